//! Passes over all changes before the steps are planned, or over all steps afterwards.

pub(super) mod detach;
pub(super) mod domain_defaults;
pub(super) mod function_defaults;
pub(super) mod labels_down;
pub(super) mod partitions;
pub(super) mod recreated;
pub(super) mod renamed_parts;
pub(super) mod view_rows;

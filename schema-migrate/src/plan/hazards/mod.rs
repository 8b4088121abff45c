//! Hazards that more than one kind of step has, and those that the structs allow.

pub(super) mod allowance;
pub(super) mod label_hazards;
pub(super) mod partition_key;
pub(super) mod trigger_hazards;

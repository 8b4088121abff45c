//! Hazards that several kinds of steps share, and hazards that the structs allow.

pub(super) mod allowance;
pub(super) mod label_hazards;
pub(super) mod partition_key;
pub(super) mod trigger_hazards;

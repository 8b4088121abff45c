//! Two owned schemas → what is different.

pub(crate) mod normal;

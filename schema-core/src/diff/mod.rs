//! Two owned schemas → what is different.

mod normal;

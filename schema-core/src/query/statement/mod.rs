//! The statements, one file each. `write` and `foreign_key_check` hold what several of them use.

pub(super) mod conflict;
pub(super) mod delete;
mod foreign_key_check;
pub(super) mod insert;
pub(super) mod insert_many;
pub(super) mod join;
pub(super) mod keyed;
mod keyset;
mod link;
pub(super) mod load;
pub(super) mod page;
pub(super) mod project;
pub(super) mod raw;
pub(super) mod returning;
mod row_key;
mod rows;
mod scalars;
pub(super) mod select;
pub(super) mod update;
pub(super) mod update_many;
pub(super) mod upsert;
pub(super) mod upsert_many;
pub(super) mod write;

//! Migrations: files of SQL that are planned from the structs.

pub mod files;

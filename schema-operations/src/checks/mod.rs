//! The table of all checks.

mod activity;
mod finders;
mod indexes;
mod integrity;
mod isolation;
mod keys;
mod server;
mod tables;

use crate::check::Check;

/// Every check, in the order of the documentation.
pub static CHECKS: &[Check] = &[
    keys::KEY_EXHAUSTION,
    keys::KEY_REFERENCE_NARROW,
    keys::SEQUENCE_BEHIND_KEY,
    indexes::FOREIGN_KEY_WITHOUT_INDEX,
    indexes::INDEX_INVALID,
    indexes::INDEX_DUPLICATE,
    indexes::INDEX_PREFIX,
    indexes::INDEX_UNUSED,
    finders::FINDER_WITHOUT_INDEX,
    finders::STATEMENT_SLOW,
    tables::SEQ_SCAN_LARGE,
    tables::TABLE_OVER_VOLUME,
    tables::TABLE_BLOAT,
    tables::DEAD_ROWS,
    tables::NEVER_ANALYZED,
    tables::AUTOVACUUM_OFF,
    tables::UNLOGGED_TABLE,
    tables::NO_PRIMARY_KEY,
    isolation::ISOLATION_DIFFERS,
    isolation::VIEW_WITHOUT_INVOKER,
    isolation::DEFINER_SEARCH_PATH,
    isolation::SCHEMA_CREATE_PUBLIC,
    isolation::SCHEMA_DIFFERS,
    integrity::TRIGGER_DISABLED,
    integrity::CONSTRAINT_NOT_VALID,
    integrity::PARTITION_RUNNING_OUT,
    integrity::DEFAULT_PARTITION_HAS_ROWS,
    activity::LOCK_BLOCKED,
    activity::TRANSACTION_IDLE,
    activity::TRANSACTION_LONG,
    activity::XMIN_HELD_BACK,
    activity::PREPARED_LEFT,
    activity::CONNECTIONS_USED,
    server::WRAPAROUND_NEAR,
    server::SLOT_RETAINS_WAL,
    server::ARCHIVE_FAILS,
    server::COLLATION_CHANGED,
    server::SETTINGS_UNSAFE,
    server::SETTINGS_SIZE,
    server::SETTINGS_TIMEOUT,
    server::EXTENSION_OUTDATED,
    server::CACHE_HIT,
    server::DEADLOCKS_SEEN,
    server::TEMP_FILES_WRITTEN,
];

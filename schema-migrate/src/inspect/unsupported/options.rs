//! Options that a user can set and that a schema cannot describe.
//!
//! The catalogs store options in lists, and some servers add their own entries (PostgreSQL 15.20: `pg_attver` on every
//! column). Therefore only the options in this table count.

/// The kind of object and the name of each option, as rows of SQL: `(VALUES ('view', 'check_option'), ..)`.
macro_rules! settable {
    () => {
        settable! {
            "table": "autovacuum_analyze_scale_factor" "autovacuum_analyze_threshold" "autovacuum_enabled"
                "autovacuum_freeze_max_age" "autovacuum_freeze_min_age" "autovacuum_freeze_table_age"
                "autovacuum_multixact_freeze_max_age" "autovacuum_multixact_freeze_min_age"
                "autovacuum_multixact_freeze_table_age" "autovacuum_vacuum_cost_delay"
                "autovacuum_vacuum_cost_limit" "autovacuum_vacuum_insert_scale_factor"
                "autovacuum_vacuum_insert_threshold" "autovacuum_vacuum_max_threshold"
                "autovacuum_vacuum_scale_factor" "autovacuum_vacuum_threshold" "fillfactor"
                "log_autovacuum_min_duration" "parallel_workers" "toast_tuple_target" "user_catalog_table"
                "vacuum_index_cleanup" "vacuum_max_eager_freeze_failure_rate" "vacuum_truncate";
            // `security_invoker` is part of a schema.
            "view": "check_option" "security_barrier";
            "index": "autosummarize" "buffering" "deduplicate_items" "fastupdate" "fillfactor"
                "gin_pending_list_limit" "pages_per_range";
            "column": "n_distinct" "n_distinct_inherited";
            // The options of operator classes in PostgreSQL and in the extensions that come with it.
            "column of an index": "false_positive_rate" "n_distinct_per_range" "numranges" "siglen"
                "values_per_range";
        }
    };
    ($($of:literal: $($name:literal)+;)+) => {
        concat!("(VALUES (NULL, NULL)", $($(", ('", $of, "', '", $name, "')",)+)+ ")")
    };
}
pub(super) use settable;

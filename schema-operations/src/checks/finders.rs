//! The statements that Freehold writes.

use crate::check::{Check, Probe, limit};
use crate::severity::Severity;

pub(super) const FINDER_WITHOUT_INDEX: Check = Check::new("finder_without_index", Severity::Warning, Probe::Finders)
    .finds("`get` or a finder that no index serves")
    .why(
        "Each one is planned with `EXPLAIN`, as the application's role and for any value, and is not run. It is a warning \
         if no index can serve it, also in one partition. If an index could and the planner reads the whole table all the same, it is advice \
         from the limit of rows on",
    )
    .fix("create the index that the struct declares, or add it")
    .limits(&[limit("rows", 10_000.0, "rows of the table")]);

pub(super) const STATEMENT_SLOW: Check = Check::new("statement_slow", Severity::Warning, Probe::Statements)
    .finds("a statement of Freehold that is slow on average, by the Rust call that writes it")
    .why(
        "Finders are recognised by the query identifier that `EXPLAIN (VERBOSE)` prints, other statements by their table. \
         Needs the extension `pg_stat_statements`",
    )
    .fix("look at its plan with `EXPLAIN (ANALYZE, BUFFERS)`")
    .limits(&[limit("milliseconds", 100.0, "milliseconds on average"), limit("calls", 50.0, "calls")]);

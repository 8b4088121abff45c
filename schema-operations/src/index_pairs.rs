//! Indexes that are there twice, and indexes whose columns another one begins with.

use freehold_schema_core::catalog::row;

/// One row for each valid index that PostgreSQL can drop or use: compared in Rust, because a join of all pairs takes
/// seconds on 1,000 tables.
pub(crate) const INDEXES: &str = "
SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS relation, c.relam::bigint AS method,
    i.indisunique AS is_unique, c.relkind = 'I' AS is_partitioned,
    i.indisreplident OR i.indisclustered OR i.indisexclusion OR i.indexrelid IN (SELECT conindid FROM pg_constraint) AS is_kept,
    ARRAY(
        SELECT concat_ws(' ', coalesce(nullif(k.number, 0)::text, pg_get_indexdef(i.indexrelid, k.n::int, false)),
            i.indclass[k.n - 1], i.indcollation[k.n - 1], i.indoption[k.n - 1])
        FROM unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) WITH ORDINALITY AS k (number, n) ORDER BY k.n
    ) AS columns,
    ARRAY(SELECT v::text FROM unnest((i.indkey::int2[])[i.indnkeyatts:i.indnatts]) v ORDER BY 1) AS included,
    coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS condition
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indisvalid AND c.oid >= 16384 AND NOT c.relispartition
ORDER BY 2, 1";

row! {
    /// An index.
    #[derive(Clone, Debug)]
    pub(crate) struct IndexRow {
        pub(crate) name: String,
        pub(crate) relation: String,
        pub(crate) method: i64,
        pub(crate) is_unique: bool,
        pub(crate) is_partitioned: bool,
        pub(crate) is_kept: bool,
        pub(crate) columns: Vec<String>,
        pub(crate) included: Vec<String>,
        pub(crate) condition: String,
    }
}

/// An index that can be dropped, with the index that serves its statements.
pub(crate) struct Pair<'a> {
    pub(crate) dropped: &'a IndexRow,
    pub(crate) kept: &'a IndexRow,
}

/// The indexes that another one equals. Of equal ones, the first by rank is kept.
pub(crate) fn duplicates(all: &[IndexRow]) -> Vec<Pair<'_>> {
    pairs(all, |one, other| {
        equal(one, other) && rank(other) < rank(one) && (!one.is_unique || other.is_unique)
    })
}

/// The indexes whose columns a longer one begins with.
pub(crate) fn prefixes(all: &[IndexRow]) -> Vec<Pair<'_>> {
    pairs(all, |one, other| !one.is_unique && is_prefix(one, other))
}

/// Each index of `all` that may be dropped, with the first other index for which `serves` holds.
fn pairs(all: &[IndexRow], serves: impl Fn(&IndexRow, &IndexRow) -> bool) -> Vec<Pair<'_>> {
    let of_tables = all.chunk_by(|one, other| one.relation == other.relation);
    let of_tables = of_tables.flat_map(|indexes| {
        let droppable = indexes.iter().filter(|index| !index.is_kept);
        droppable.filter_map(|dropped| {
            let mut others = indexes.iter().filter(|other| other.name != dropped.name);
            let kept = others.find(|other| is_alike(dropped, other) && serves(dropped, other))?;
            Some(Pair { dropped, kept })
        })
    });
    of_tables.collect()
}

fn is_alike(one: &IndexRow, other: &IndexRow) -> bool {
    one.method == other.method && one.condition == other.condition
}

fn equal(one: &IndexRow, other: &IndexRow) -> bool {
    one.columns == other.columns
        && one
            .included
            .iter()
            .all(|column| other.included.contains(column))
}

/// Whether `other` begins with the columns of `one` and has more.
fn is_prefix(one: &IndexRow, other: &IndexRow) -> bool {
    other.columns.len() > one.columns.len()
        && other.columns.starts_with(&one.columns)
        && one.included.is_empty()
}

/// An index of a constraint before a unique one, before one with more included columns, before others by name.
fn rank(index: &IndexRow) -> (bool, bool, usize, &str) {
    (
        !index.is_kept,
        !index.is_unique,
        usize::MAX - index.included.len(),
        &index.name,
    )
}

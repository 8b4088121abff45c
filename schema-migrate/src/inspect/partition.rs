//! How tables are partitioned, and their partitions.

use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::names::{qualified, written};
use super::session::{CatalogReader, row};
use super::text;
use super::unsupported::{Unsupported, UnsupportedKind};
use freehold_schema_core::ir::{Expr, Partition, PartitionBound, PartitionBy};
use freehold_schema_core::model::PartitionStrategy;

/// In `partattrs`, an expression has the number 0 and no column.
const PARTITIONED: &str = "
    SELECT p.partrelid AS relation, p.partstrat::text AS strategy,
        ARRAY(
            SELECT a.attname::text FROM unnest(p.partattrs::int2[]) WITH ORDINALITY AS key (number, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = key.number
            WHERE key.number <> 0
            ORDER BY key.position
        ) AS columns
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = wanted.oid";

/// Those in the PostgreSQL schema of their table: a partition has no other in a schema.
const PARTITIONS: &str = "
    SELECT i.inhparent AS relation, n.nspname::text AS namespace, c.relname::text AS name,
        pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_inherits i ON i.inhparent = wanted.oid
    JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
    JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relnamespace = parent.relnamespace
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relispartition
    ORDER BY i.inhparent, c.relname";

row! {
    struct PartitionedRow {
        relation: Oid,
        strategy: String,
        columns: Vec<String>,
    }
}

row! {
    struct PartitionRow {
        relation: Oid,
        namespace: String,
        name: String,
        bound: Option<String>,
    }
}

pub(super) async fn strategies(
    session: &mut CatalogReader<'_>,
    tables: &[Oid],
) -> Result<ByObject<PartitionBy>, InspectError> {
    let rows = session.of::<PartitionedRow>("partitioned tables", PARTITIONED, tables);
    let rows = rows.await?.into_iter();
    Ok(rows.map(|row| (row.relation, partition_by(row))).collect())
}

fn partition_by(row: PartitionedRow) -> PartitionBy {
    let strategy = match row.strategy.as_str() {
        "l" => PartitionStrategy::List,
        "h" => PartitionStrategy::Hash,
        _ => PartitionStrategy::Range,
    };
    PartitionBy {
        strategy,
        columns: row.columns,
    }
}

pub(super) async fn partitions(
    session: &mut CatalogReader<'_>,
    tables: &[Oid],
    unsupported: &mut Vec<Unsupported>,
) -> Result<ByObject<Partition>, InspectError> {
    let rows = session.of::<PartitionRow>("partitions", PARTITIONS, tables);
    let mut found = Vec::new();
    for row in rows.await? {
        match row.bound.as_deref().and_then(bound) {
            Some(bound) => found.push((
                row.relation,
                Partition {
                    name: row.name,
                    bound,
                },
            )),
            None => unsupported.push(Unsupported {
                kind: UnsupportedKind::PartitionBound,
                name: written(&qualified(&row.namespace, &row.name)),
            }),
        }
    }
    Ok(found.into_iter().collect())
}

/// Parses a bound such as `FOR VALUES FROM ('a') TO (MAXVALUE)`.
fn bound(text: &str) -> Option<PartitionBound> {
    if text == "DEFAULT" {
        return Some(PartitionBound::Default);
    }
    let values = |word| text::parenthesized(text, word).map(exprs);
    if let Some(list) = values("IN") {
        return Some(PartitionBound::List(list));
    }
    if let Some(hash) = text::parenthesized(text, "WITH") {
        let (modulus, remainder) = hash.split_once(',')?;
        return Some(PartitionBound::Hash(number(modulus)?, number(remainder)?));
    }
    Some(PartitionBound::Range(values("FROM")?, values("TO")?))
}

fn exprs(text: &str) -> Vec<Expr> {
    text::list(text).into_iter().map(Expr::Sql).collect()
}

/// The number after the word: `modulus 4`.
fn number(text: &str) -> Option<u32> {
    let (_, digits) = text.trim().split_once(' ')?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{bound, exprs};
    use freehold_schema_core::ir::{Expr, PartitionBound};

    fn sql(text: &str) -> Expr {
        Expr::Sql(text.to_owned())
    }

    #[test]
    fn a_range_has_a_value_for_each_column() {
        let text = "FOR VALUES FROM ('a TO (', MINVALUE) TO ('b', 10)";
        let from = vec![sql("'a TO ('"), sql("MINVALUE")];
        let to = vec![sql("'b'"), sql("10")];
        assert_eq!(bound(text), Some(PartitionBound::Range(from, to)));
    }

    #[test]
    fn a_list_may_hold_null_and_commas() {
        let values = exprs("'a, b', NULL");
        assert_eq!(values, [sql("'a, b'"), sql("NULL")]);
        let text = "FOR VALUES IN ('a, b', NULL)";
        assert_eq!(bound(text), Some(PartitionBound::List(values)));
    }

    #[test]
    fn a_hash_is_two_numbers() {
        let text = "FOR VALUES WITH (modulus 4, remainder 3)";
        assert_eq!(bound(text), Some(PartitionBound::Hash(4, 3)));
    }

    #[test]
    fn an_unknown_bound_is_none() {
        assert_eq!(bound("FOR VALUES NEAR (1)"), None);
    }
}

//! Indexes, except those of constraints.

use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::session::{CatalogReader, row};
use super::unsupported::{Unsupported, UnsupportedKind};
use freehold_schema_core::ir::{Expr, Index, IndexPart};
use freehold_schema_core::model::{IndexMethod, Nulls, SortOrder};

const INDEXES: &str = "
    SELECT i.indrelid AS relation, i.indexrelid AS oid, n.nspname::text AS namespace, c.relname::text AS name,
        am.amname::text AS method, i.indisunique AS is_unique,
        coalesce(CASE WHEN i.indisunique THEN (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean END, false) AS nulls_not_distinct,
        pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS filter
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_index i ON i.indrelid = wanted.oid
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_am am ON am.oid = c.relam
    WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint con
        WHERE con.conindid = i.indexrelid AND con.conrelid = i.indrelid AND con.contype IN ('p', 'u', 'x'))
    ORDER BY i.indrelid, c.relname";

/// The parts of indexes (`$1`). The collation is null if it is the default: that of the column or, for an expression,
/// of the type. The operator class is null if it is the default one of the type itself, not of another type that the
/// type is binary-coercible to.
const PARTS: &str = "
    SELECT i.indexrelid AS index, a.attname::text AS column,
        CASE key.number WHEN 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, key.position::integer, false) END AS expression,
        key.position > i.indnkeyatts AS is_included,
        coalesce(i.indoption[key.position - 1], 0)::integer AS options,
        coll.collname::text AS collation,
        CASE WHEN NOT class.opcdefault OR own.oid <> class.oid
            -- A type without a class takes that of the preferred type of its kind, or of a pseudo-type.
            OR (own.oid IS NULL AND NOT taken.typispreferred AND taken.typtype <> 'p') THEN class.opcname::text END AS operator_class
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_index i ON i.indexrelid = wanted.oid
    CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS key (number, position)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number AND key.number <> 0
    JOIN pg_catalog.pg_attribute part ON part.attrelid = i.indexrelid AND part.attnum = key.position
    JOIN pg_catalog.pg_type t ON t.oid = coalesce(a.atttypid, part.atttypid)
    LEFT JOIN pg_catalog.pg_collation coll ON coll.oid = i.indcollation[key.position - 1]
        AND coll.oid <> coalesce(a.attcollation, t.typcollation)
    LEFT JOIN pg_catalog.pg_opclass class ON class.oid = i.indclass[key.position - 1]
    LEFT JOIN pg_catalog.pg_type taken ON taken.oid = class.opcintype
    LEFT JOIN pg_catalog.pg_opclass own ON own.opcmethod = class.opcmethod AND own.opcdefault
        AND own.opcintype = coalesce(nullif(t.typbasetype, 0), t.oid)
    ORDER BY i.indexrelid, key.position";

/// The bits of `indoption`.
const DESCENDING: i32 = 1;
const NULLS_FIRST: i32 = 2;

row! {
    struct IndexRow {
        relation: Oid,
        oid: Oid,
        namespace: String,
        name: String,
        method: String,
        is_unique: bool,
        nulls_not_distinct: bool,
        filter: Option<String>,
    }
}

row! {
    struct PartRow {
        index: Oid,
        column: Option<String>,
        expression: Option<String>,
        is_included: bool,
        options: i32,
        collation: Option<String>,
        operator_class: Option<String>,
    }
}

pub(super) async fn indexes(
    session: &mut CatalogReader<'_>,
    relations: &[Oid],
    unsupported: &mut Vec<Unsupported>,
) -> Result<ByObject<Index>, InspectError> {
    let rows = session.of::<IndexRow>("indexes", INDEXES, relations);
    let rows = rows.await?;
    let oids: Vec<_> = rows.iter().map(|row| row.oid).collect();
    let parts = session.of::<PartRow>("parts of indexes", PARTS, &oids);
    let parts = parts.await?.into_iter();
    let mut parts: ByObject<_> = parts.map(|row| (row.index, row)).collect();
    let mut found = Vec::new();
    for row in rows {
        let parts = parts.take(row.oid);
        match method(&row.method) {
            Some(method) => found.push((row.relation, index(row, method, parts))),
            None => unsupported.push(Unsupported::new(
                UnsupportedKind::IndexMethod,
                &row.namespace,
                &row.name,
            )),
        }
    }
    Ok(found.into_iter().collect())
}

fn index(row: IndexRow, method: IndexMethod, parts: Vec<PartRow>) -> Index {
    let (included, parts): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.is_included);
    Index {
        name: row.name,
        parts: parts.into_iter().map(part).collect(),
        unique: row.is_unique,
        nulls_not_distinct: row.nulls_not_distinct,
        method,
        include: included
            .into_iter()
            .filter_map(|part| part.column)
            .collect(),
        filter: row.filter.map(Expr::Sql),
    }
}

fn method(name: &str) -> Option<IndexMethod> {
    Some(match name {
        "btree" => IndexMethod::BTree,
        "hash" => IndexMethod::Hash,
        "gin" => IndexMethod::Gin,
        "gist" => IndexMethod::Gist,
        "brin" => IndexMethod::Brin,
        _ => return None,
    })
}

fn part(row: PartRow) -> IndexPart {
    let value = match row.column {
        Some(name) => Expr::Column(name),
        None => Expr::Sql(row.expression.unwrap_or_default()),
    };
    let (order, nulls) = order(row.options);
    IndexPart {
        value,
        order,
        nulls,
        collation: row.collation,
        operator_class: row.operator_class,
    }
}

/// The default: nulls are last in ascending and first in descending order.
fn order(options: i32) -> (SortOrder, Option<Nulls>) {
    let nulls_first = options & NULLS_FIRST != 0;
    if options & DESCENDING == 0 {
        (SortOrder::Ascending, nulls_first.then_some(Nulls::First))
    } else {
        (SortOrder::Descending, (!nulls_first).then_some(Nulls::Last))
    }
}

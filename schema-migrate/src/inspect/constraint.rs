//! Primary keys, unique constraints, checks and foreign keys.

use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::names::qualified;
use super::session::{CatalogReader, row};
use freehold_schema_core::ir::{
    Check, Expr, ForeignKey, PrimaryKey, ReferentialAction, Table, Unique,
};
use freehold_schema_core::model::Deferrable;

/// Columns of newer releases are read from `to_jsonb` of the row, where they are null in an older release. That is
/// slow, so the query does it only for rows that can have them. `conparentid = 0`: a foreign key to a partitioned table
/// has one more constraint, with a parent, for each partition.
const CONSTRAINTS: &str = "
    SELECT con.conrelid AS relation, con.conname::text AS name, con.contype::text AS kind,
        ARRAY(
            SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY AS key (number, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = key.number
            ORDER BY key.position
        ) AS columns,
        ARRAY(
            SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS key (number, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = key.number
            WHERE key.position > i.indnkeyatts ORDER BY key.position
        ) AS include,
        coalesce(CASE con.contype WHEN 'u' THEN (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean END, false) AS nulls_not_distinct,
        con.condeferrable AS is_deferrable, con.condeferred AS is_deferred,
        CASE con.contype WHEN 'c' THEN pg_catalog.pg_get_expr(con.conbin, con.conrelid) END AS condition,
        target_namespace.nspname::text AS target_namespace, target.relname::text AS target,
        ARRAY(
            SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY AS key (number, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = key.number
            ORDER BY key.position
        ) AS target_columns,
        con.confdeltype::text AS on_delete, con.confupdtype::text AS on_update,
        ARRAY(
            SELECT a.attname::text
            FROM jsonb_array_elements_text(
                CASE WHEN con.confdeltype IN ('n', 'd') THEN nullif(to_jsonb(con) -> 'confdelsetcols', 'null') END
            ) WITH ORDINALITY AS key (number, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = key.number::int2
            ORDER BY key.position
        ) AS set_columns
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_constraint con ON con.conrelid = wanted.oid
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid AND con.contype IN ('p', 'u')
    LEFT JOIN pg_catalog.pg_class target ON target.oid = con.confrelid AND con.contype = 'f'
    LEFT JOIN pg_catalog.pg_namespace target_namespace ON target_namespace.oid = target.relnamespace
    WHERE con.contype IN ('p', 'u', 'c', 'f') AND con.conparentid = 0
    ORDER BY con.conrelid, con.conname";

row! {
    struct ConstraintRow {
        relation: Oid,
        name: String,
        kind: String,
        columns: Vec<String>,
        include: Vec<String>,
        nulls_not_distinct: bool,
        is_deferrable: bool,
        is_deferred: bool,
        condition: Option<String>,
        target_namespace: Option<String>,
        target: Option<String>,
        target_columns: Vec<String>,
        on_delete: String,
        on_update: String,
        set_columns: Vec<String>,
    }
}

/// A constraint of a table.
pub(super) enum Constraint {
    PrimaryKey(PrimaryKey),
    Unique(Unique),
    Check(Check),
    ForeignKey(ForeignKey),
}

impl Constraint {
    pub(super) fn add_to(self, table: &mut Table) {
        match self {
            Self::PrimaryKey(key) => table.primary_key = Some(key),
            Self::Unique(unique) => table.uniques.push(unique),
            Self::Check(check) => table.checks.push(check),
            Self::ForeignKey(key) => table.foreign_keys.push(key),
        }
    }
}

pub(super) async fn constraints(
    session: &mut CatalogReader<'_>,
    tables: &[Oid],
) -> Result<ByObject<Constraint>, InspectError> {
    let rows = session.of::<ConstraintRow>("constraints", CONSTRAINTS, tables);
    let rows = rows.await?.into_iter();
    Ok(rows.map(|row| (row.relation, constraint(row))).collect())
}

fn constraint(row: ConstraintRow) -> Constraint {
    match row.kind.as_str() {
        "p" => Constraint::PrimaryKey(PrimaryKey {
            name: row.name,
            columns: row.columns,
        }),
        "u" => Constraint::Unique(Unique {
            deferrable: row.deferrable(),
            name: row.name,
            columns: row.columns,
            include: row.include,
            nulls_not_distinct: row.nulls_not_distinct,
        }),
        "f" => Constraint::ForeignKey(foreign_key(row)),
        _ => Constraint::Check(Check {
            name: row.name,
            condition: Expr::Sql(row.condition.unwrap_or_default()),
        }),
    }
}

fn foreign_key(row: ConstraintRow) -> ForeignKey {
    ForeignKey {
        deferrable: row.deferrable(),
        target: qualified(
            row.target_namespace.as_deref().unwrap_or_default(),
            row.target.as_deref().unwrap_or_default(),
        ),
        on_delete: action(&row.on_delete, row.set_columns),
        on_update: action(&row.on_update, Vec::new()),
        name: row.name,
        columns: row.columns,
        target_columns: row.target_columns,
    }
}

impl ConstraintRow {
    fn deferrable(&self) -> Deferrable {
        match (self.is_deferrable, self.is_deferred) {
            (false, _) => Deferrable::Never,
            (true, false) => Deferrable::InitiallyImmediate,
            (true, true) => Deferrable::InitiallyDeferred,
        }
    }
}

fn action(letter: &str, columns: Vec<String>) -> ReferentialAction {
    match letter {
        "r" => ReferentialAction::Restrict,
        "c" => ReferentialAction::Cascade,
        "n" => ReferentialAction::SetNull(columns),
        "d" => ReferentialAction::SetDefault(columns),
        _ => ReferentialAction::NoAction,
    }
}

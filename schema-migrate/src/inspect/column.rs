use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::session::{CatalogReader, row};
use super::types::Types;
use freehold_schema_core::ir::{Column, Expr};
use freehold_schema_core::model::Identity;

/// A column is `serial` if its default is exactly `nextval` of the sequence that it owns.
const COLUMNS: &str = "
    SELECT a.attrelid AS relation, a.attname::text AS name, a.atttypid AS type_oid, a.atttypmod AS type_modifier,
        pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_written,
        a.attnotnull AS not_null, a.attidentity::text AS identity, a.attgenerated::text AS generated,
        d.expression,
        a.attnotnull AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) AND EXISTS (
            SELECT FROM pg_catalog.pg_depend owned
            WHERE owned.classid = 'pg_catalog.pg_class'::regclass
                AND owned.refclassid = 'pg_catalog.pg_class'::regclass
                AND owned.refobjid = a.attrelid AND owned.refobjsubid = a.attnum AND owned.deptype = 'a'
                AND d.expression = 'nextval(''' || replace(owned.objid::regclass::text, '''', '''''') || '''::regclass)'
        ) AS serial,
        pg_catalog.col_description(a.attrelid, a.attnum) AS comment
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = wanted.oid
    LEFT JOIN LATERAL (
        SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression
        FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum
        OFFSET 0
    ) d ON true
    WHERE a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attrelid, a.attnum";

row! {
    struct ColumnRow {
        relation: Oid,
        name: String,
        type_oid: Oid,
        type_modifier: i32,
        type_written: String,
        not_null: bool,
        identity: String,
        generated: String,
        expression: Option<String>,
        serial: bool,
        comment: Option<String>,
    }
}

pub(super) async fn columns(
    session: &mut CatalogReader<'_>,
    tables: &[Oid],
    types: &Types,
) -> Result<ByObject<Column>, InspectError> {
    let rows = session.of::<ColumnRow>("columns", COLUMNS, tables).await?;
    let columns = rows.into_iter();
    Ok(columns
        .map(|row| (row.relation, column(row, types)))
        .collect())
}

fn column(row: ColumnRow, types: &Types) -> Column {
    let expression = row.expression.map(Expr::Sql);
    let is_generated = !row.generated.is_empty();
    let (generated, default) = match expression {
        expression if is_generated => (expression, None),
        _ if row.serial => (None, None),
        expression => (None, expression),
    };
    Column {
        sql_type: types.sql_type(row.type_oid, row.type_modifier, &row.type_written),
        name: row.name,
        nullable: !row.not_null,
        default,
        generated,
        identity: identity(&row.identity),
        serial: row.serial,
        comment: row.comment,
        renamed_from: None,
        renamed_labels: Vec::new(),
        allow: Vec::new(),
    }
}

fn identity(letter: &str) -> Option<Identity> {
    match letter {
        "a" => Some(Identity::Always),
        "d" => Some(Identity::ByDefault),
        _ => None,
    }
}

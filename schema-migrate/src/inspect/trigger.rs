use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::names::qualified;
use super::session::{CatalogReader, row};
use super::text;
use freehold_schema_core::ir::{Expr, Trigger, TriggerEvent};
use freehold_schema_core::model::{TriggerLevel, TriggerTiming};

/// Only the whole definition of a trigger contains a condition over both rows, `OLD` and `NEW`.
const TRIGGERS: &str = "
    SELECT t.tgrelid AS relation, t.tgname::text AS name, t.tgtype::integer AS bits,
        ARRAY(
            SELECT a.attname::text FROM unnest(t.tgattr::int2[]) WITH ORDINALITY AS key (number, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = key.number
            ORDER BY key.position
        ) AS columns,
        CASE WHEN t.tgqual IS NOT NULL THEN pg_catalog.pg_get_triggerdef(t.oid) END AS definition,
        n.nspname::text AS function_namespace, p.proname::text AS function, t.tgargs AS arguments
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_trigger t ON t.tgrelid = wanted.oid
    JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE NOT t.tgisinternal AND t.tgconstraint = 0
    ORDER BY t.tgrelid, t.tgname";

/// The bits of `tgtype`.
const ROW: i32 = 1;
const BEFORE: i32 = 1 << 1;
const INSERT: i32 = 1 << 2;
const DELETE: i32 = 1 << 3;
const UPDATE: i32 = 1 << 4;
const TRUNCATE: i32 = 1 << 5;

row! {
    struct TriggerRow {
        relation: Oid,
        name: String,
        bits: i32,
        columns: Vec<String>,
        definition: Option<String>,
        function_namespace: String,
        function: String,
        arguments: Vec<u8>,
    }
}

pub(super) async fn triggers(
    session: &mut CatalogReader<'_>,
    tables: &[Oid],
) -> Result<ByObject<Trigger>, InspectError> {
    let rows = session.of::<TriggerRow>("triggers", TRIGGERS, tables);
    let rows = rows.await?.into_iter();
    Ok(rows.map(|row| (row.relation, trigger(row))).collect())
}

fn trigger(row: TriggerRow) -> Trigger {
    let definition = row.definition.as_deref();
    let condition = definition.and_then(|text| text::parenthesized(text, "WHEN"));
    Trigger {
        name: row.name,
        timing: if row.bits & BEFORE == 0 {
            TriggerTiming::After
        } else {
            TriggerTiming::Before
        },
        level: if row.bits & ROW == 0 {
            TriggerLevel::Statement
        } else {
            TriggerLevel::Row
        },
        when: condition.map(|text| Expr::Sql(text.to_owned())),
        function: qualified(&row.function_namespace, &row.function),
        arguments: arguments(&row.arguments),
        events: events(row.bits, row.columns),
    }
}

fn events(bits: i32, columns: Vec<String>) -> Vec<TriggerEvent> {
    let events = [
        (INSERT, TriggerEvent::Insert),
        (UPDATE, TriggerEvent::Update(columns)),
        (DELETE, TriggerEvent::Delete),
        (TRUNCATE, TriggerEvent::Truncate),
    ];
    let fires = |(bit, event)| (bits & bit != 0).then_some(event);
    events.into_iter().filter_map(fires).collect()
}

/// Each argument ends with a zero byte.
fn arguments(bytes: &[u8]) -> Vec<String> {
    let parts = bytes.split_inclusive(|byte| *byte == 0);
    let text = |part: &[u8]| {
        let part = part.strip_suffix(b"\0").unwrap_or(part);
        String::from_utf8_lossy(part).into_owned()
    };
    parts.map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn an_empty_argument_counts() {
        assert_eq!(arguments(b"a\0\0b\0"), ["a", "", "b"]);
        assert_eq!(arguments(b""), Vec::<String>::new());
    }
}

//! What must be true of a filled database.

use freehold::SchemaDef;
use freehold::fake::Report;
use freehold::ir::{ForeignKey, Schema, Table};
use freehold::model::{Ownership, Role, TableDef};
use freehold_test_support::Database;

use crate::TestResult;

pub(crate) fn counts(database: &Database, report: &Report) -> TestResult {
    for (table, rows) in report.tables() {
        let found = database.psql(&format!("SELECT count(*) FROM {table}"))?;
        assert_eq!(found, rows.to_string(), "{table}");
    }
    Ok(())
}

/// The owner of a row of the table with this alias, in SQL.
fn owner(def: &SchemaDef, table: &TableDef, alias: &str) -> Option<String> {
    match table.ownership {
        Ownership::Owner => Some(format!("{alias}.{}", table.primary_key.columns[0])),
        Ownership::Scope(column) => Some(format!("{alias}.{column}")),
        Ownership::Through(column) => {
            let key = table
                .foreign_keys
                .iter()
                .find(|key| key.columns == [column])?;
            let parent = named(def, key.target().table.name)?;
            let inner = format!("{alias}_");
            let found = owner(def, parent, &inner)?;
            let (name, theirs) = (parent.name.name, key.target().column);
            Some(format!(
                "(SELECT {found} FROM {name} AS {inner} WHERE {inner}.{theirs} = {alias}.{column})"
            ))
        }
        Ownership::Shared | Ownership::Internal => None,
    }
}

pub(crate) fn named<'d>(def: &'d SchemaDef, name: &str) -> Option<&'d TableDef> {
    def.tables
        .iter()
        .copied()
        .find(|table| table.name.name == name)
}

/// A row references only rows of its own owner.
pub(crate) fn owners_agree(database: &Database, def: &SchemaDef) -> TestResult {
    let schema = def.schema()?;
    for table in &schema.tables {
        for key in &table.foreign_keys {
            owners_agree_over(database, def, table, key)?;
        }
    }
    Ok(())
}

fn owners_agree_over(
    database: &Database,
    def: &SchemaDef,
    table: &Table,
    key: &ForeignKey,
) -> TestResult {
    let (Some(own), Some(target)) = (named(def, &table.name.name), named(def, &key.target.name))
    else {
        return Ok(());
    };
    let (Some(ours), Some(theirs)) = (owner(def, own, "o"), owner(def, target, "p")) else {
        return Ok(());
    };
    let on = key.columns.iter().zip(&key.target_columns);
    let on = on
        .map(|(own, theirs)| format!("o.{own} = p.{theirs}"))
        .collect::<Vec<_>>()
        .join(" AND ");
    let (name, parent) = (&table.name.name, &key.target.name);
    let question = format!(
        "SELECT count(*) FILTER (WHERE {ours} IS DISTINCT FROM {theirs}) || '/' || (count(*) > 0) \
         FROM {name} AS o JOIN {parent} AS p ON {on}"
    );
    assert_eq!(database.psql(&question)?, "0/true", "{}", key.name);
    Ok(())
}

pub(crate) fn times_are_in_order(database: &Database, def: &SchemaDef) -> TestResult {
    for table in def.tables {
        let with = |role| {
            table
                .columns
                .iter()
                .find(|it| it.role == Some(role))
                .map(|it| it.name)
        };
        let updated = with(Role::UpdatedAtByTrigger).or(with(Role::UpdatedAtByApplication));
        if let (Some(created), Some(updated)) = (with(Role::CreatedAt), updated) {
            let question = format!(
                "SELECT count(*) FROM {} WHERE {updated} < {created} OR {updated} > '2026-01-01'",
                table.name.name
            );
            assert_eq!(database.psql(&question)?, "0", "{}", table.name.name);
        }
    }
    Ok(())
}

/// The columns in which all rows have one value have it for a reason.
pub(crate) fn values_differ(database: &Database, def: &SchemaDef) -> TestResult {
    let schema = def.schema()?;
    for table in def.tables {
        for column in table.columns {
            let may_be_equal = column.secret
                || column.default.is_some() && column.role.is_none()
                || column.name == "password_hash"
                || column.first_states.len() == 1;
            let question = format!(
                "SELECT count(DISTINCT {0}::text) > 1 FROM {1}",
                quoted(column.name),
                table.name.name
            );
            let differ = database.psql(&question)?;
            assert!(
                may_be_equal || differ == "t",
                "{}.{}",
                table.name.name,
                column.name
            );
        }
    }
    partitions_have_rows(database, &schema)
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn partitions_have_rows(database: &Database, schema: &Schema) -> TestResult {
    for table in schema
        .tables
        .iter()
        .filter(|table| table.partitions.len() == 1)
    {
        let question = format!("SELECT count(*) > 0 FROM {}", table.partitions[0].name);
        assert_eq!(database.psql(&question)?, "t", "{}", table.name);
    }
    Ok(())
}

/// Each owner has about as many rows as any other.
pub(crate) fn owners_have_rows(database: &Database, def: &SchemaDef) -> TestResult {
    for table in def.tables {
        if let Some(owner) = owner(def, table, "o") {
            let question = format!(
                "SELECT max(n) - min(n) <= 1 FROM (SELECT count(*) AS n FROM {} AS o GROUP BY {owner}) AS counts",
                table.name.name
            );
            assert_eq!(database.psql(&question)?, "t", "{}", table.name.name);
        }
    }
    Ok(())
}

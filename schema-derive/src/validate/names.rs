//! Names: their length, reserved names and duplicates.

use std::collections::{HashMap, HashSet};

use crate::ast::{Table, Text};
use crate::errors::Errors;
use crate::keys::{BUILTIN_TYPES, MAX_IDENTIFIER_BYTES, SYSTEM_COLUMNS};

/// Each name must have 1 to 63 bytes and no NUL.
pub(super) fn lengths(table: &Table, errors: &Errors) {
    let own = [&table.name]
        .into_iter()
        .chain(&table.schema)
        .chain(&table.renamed_from);
    let columns = table
        .columns
        .iter()
        .flat_map(|column| [&column.name].into_iter().chain(&column.renamed_from));
    let parts = table.indexes.iter().flat_map(|index| &index.parts);
    let operator_classes = parts.filter_map(|part| part.operator_class.as_ref());
    for name in own
        .chain(columns)
        .chain(constraint_names(table))
        .chain(operator_classes)
        .chain(object_names(table))
    {
        length(name, errors);
    }
}

pub(super) fn length(name: &Text, errors: &Errors) {
    let bytes = name.value.len();
    if name.value.is_empty() {
        errors.push_at(name.span, "a name cannot be empty");
    } else if bytes > MAX_IDENTIFIER_BYTES {
        let message = format!(
            "`{}` has {bytes} bytes, but PostgreSQL truncates names to {MAX_IDENTIFIER_BYTES} bytes; choose a shorter one",
            name.value
        );
        errors.push_at(name.span, message);
    } else if name.value.contains('\0') {
        errors.push_at(name.span, "a name cannot contain a NUL character");
    }
}

/// Reports names that PostgreSQL reserves: system columns and its own schemas.
pub(super) fn taken(table: &Table, errors: &Errors) {
    let columns = table.columns.iter().map(|column| &column.name);
    for name in columns.filter(|name| SYSTEM_COLUMNS.contains(&name.value.as_str())) {
        let message = format!(
            "every PostgreSQL table has a system column `{}`; choose another `name`",
            name.value
        );
        errors.push_at(name.span, message);
    }
    if let Some(schema) = &table.schema {
        reserved_schema(schema, errors);
    }
}

/// Reports a function name that PostgreSQL would read as something else in a call.
pub(super) fn word_of_postgresql(name: &Text, errors: &Errors) {
    if BUILTIN_TYPES.contains(&name.value.as_str()) {
        errors.push_at(
            name.span,
            format!(
                "`{}` is a type or a keyword of PostgreSQL; choose another name",
                name.value
            ),
        );
    }
}

/// Reports a type name that is also a type or a keyword of PostgreSQL, which PostgreSQL would use instead.
pub(super) fn builtin_type(name: &Text, errors: &Errors) {
    if BUILTIN_TYPES.contains(&name.value.as_str()) {
        errors.push_at(name.span, format!("`{}` is a type or a keyword of PostgreSQL, which would be used instead; write `name = ..` or `schema = ..`", name.value));
    }
}

/// Reports a schema name that PostgreSQL reserves for its own schemas.
pub(super) fn reserved_schema(name: &Text, errors: &Errors) {
    if name.value.starts_with("pg_") {
        errors.push_at(
            name.span,
            "PostgreSQL reserves names that begin with `pg_` for its own schemas; choose another one",
        );
    }
}

fn constraint_names(table: &Table) -> impl Iterator<Item = &Text> {
    let keys = table
        .primary_keys
        .iter()
        .filter_map(|key| key.name.as_ref());
    let uniques = table
        .uniques
        .iter()
        .filter_map(|unique| unique.name.as_ref());
    let indexes = table.indexes.iter().filter_map(|index| index.name.as_ref());
    let checks = table.checks.iter().filter_map(|check| check.name.as_ref());
    let foreign_keys = table
        .foreign_keys
        .iter()
        .filter_map(|key| key.name.as_ref());
    keys.chain(uniques)
        .chain(indexes)
        .chain(checks)
        .chain(foreign_keys)
}

/// The names of the other objects of the table, and of the roles of its policies.
fn object_names(table: &Table) -> impl Iterator<Item = &Text> {
    let policies = table
        .policies
        .iter()
        .flat_map(|policy| [&policy.name].into_iter().chain(&policy.roles));
    let triggers = table.triggers.iter().map(|trigger| &trigger.name);
    let search = table
        .search
        .iter()
        .flat_map(|search| [&search.column, &search.language]);
    let monthly = table
        .monthly_partitions
        .iter()
        .filter_map(|monthly| monthly.function.as_ref());
    policies
        .chain(triggers)
        .chain(search)
        .chain(monthly)
        .chain(&table.active_view)
}

pub(super) fn duplicate_columns(table: &Table, errors: &Errors) {
    let mut fields: HashMap<&str, String> = HashMap::new();
    for column in &table.columns {
        if let Some(first) = fields.insert(&column.name.value, column.field.to_string()) {
            let message = format!(
                "the column name `{}` is already used by the field `{first}`; give one of the two another `name`",
                column.name.value
            );
            errors.push_at(column.name.span, message);
        }
    }
}

pub(super) fn duplicate_constraints(table: &Table, errors: &Errors) {
    let mut seen = HashSet::new();
    for name in constraint_names(table) {
        if !seen.insert(&name.value) {
            errors.push_at(
                name.span,
                format!(
                    "the name `{}` is already used in this table; choose another one",
                    name.value
                ),
            );
        }
    }
}

pub(super) fn renamed_from_itself(table: &Table, errors: &Errors) {
    let own = (&table.name, &table.renamed_from);
    let columns = table
        .columns
        .iter()
        .map(|column| (&column.name, &column.renamed_from));
    for (name, before) in [own].into_iter().chain(columns) {
        if let Some(before) = before.as_ref().filter(|before| before.value == name.value) {
            errors.push_at(
                before.span,
                format!(
                    "`{}` is the current name; `renamed_from` takes the previous name",
                    before.value
                ),
            );
        }
    }
}

//! The sequences from which an insert takes values. They need a separate right.

use crate::ir::QualifiedName;
use crate::ir::{Grant, GrantObject, Sequence};
use crate::model::{DefaultDef, Expr, Privilege, SchemaDef, TableDef};

/// Adds to a right to insert into tables the right to use their sequences.
pub(super) fn with_inserting(def: &SchemaDef, grant: Grant) -> Vec<Grant> {
    let sequences = Grant {
        privileges: vec![(Privilege::Usage, Vec::new())],
        on: GrantObject::Sequences(of_insertions(def, &grant)),
        to: grant.to.clone(),
    };
    vec![grant, sequences]
}

fn of_insertions(def: &SchemaDef, grant: &Grant) -> Vec<QualifiedName> {
    let mut privileges = grant.privileges.iter();
    if !privileges.any(|(kind, _)| matches!(kind, Privilege::Insert | Privilege::All)) {
        return Vec::new();
    }
    let tables = def.tables.iter().filter(|table| is_on(grant, table));
    let mut sequences: Vec<_> = tables.flat_map(|table| of_table(def, table)).collect();
    sequences.sort();
    sequences.dedup();
    sequences
}

fn is_on(grant: &Grant, table: &TableDef) -> bool {
    match &grant.on {
        GrantObject::Relations(names) => names.contains(&(&table.name).into()),
        GrantObject::AllTables(namespace) => {
            table.name.schema.is_none_or(|schema| schema == namespace)
        }
        _ => false,
    }
}

/// The sequences of `serial` columns, which PostgreSQL creates, and those of defaults; those of identity columns need
/// no right.
fn of_table(def: &SchemaDef, table: &TableDef) -> Vec<QualifiedName> {
    let columns = table.columns.iter();
    let sequences = columns.filter_map(|column| match &column.default {
        _ if column.serial => {
            let name = serial_name(table.name.name, column.name);
            Some(QualifiedName::new(table.name.schema, &name))
        }
        Some(DefaultDef::Expr(default)) => of_default(def, default),
        _ => None,
    });
    sequences.collect()
}

/// The sequence of `nextval('name')`, if the schema declares it.
fn of_default(def: &SchemaDef, default: &Expr) -> Option<QualifiedName> {
    let Expr::Call(function, [Expr::Text(text)]) = default else {
        return None;
    };
    let text = text.replace('"', "");
    let sequences = def.sequences.iter().map(|def| Sequence::from(def).name);
    let mut named = sequences.filter(|name| {
        let schema = name.schema.iter();
        let words: Vec<_> = schema.chain([&name.name]).map(String::as_str).collect();
        words.join(".") == text
    });
    named
        .next()
        .filter(|_| function.eq_ignore_ascii_case("nextval"))
}

/// `{table}_{column}_seq`. If it is too long, the longer of the two names is cut first (`makeObjectName` in
/// PostgreSQL's `commands/indexcmds.c`).
fn serial_name(table: &str, column: &str) -> String {
    let room = crate::ir::MAX_IDENTIFIER_BYTES - "__seq".len();
    let (mut first, mut second) = (table.len(), column.len());
    while first + second > room {
        if first > second {
            first -= 1;
        } else {
            second -= 1;
        }
    }
    format!("{}_{}_seq", clipped(table, first), clipped(column, second))
}

/// At most `bytes` bytes of a text, without cutting a character.
fn clipped(text: &str, mut bytes: usize) -> &str {
    while !text.is_char_boundary(bytes) {
        bytes -= 1;
    }
    &text[..bytes]
}

use freehold_schema_core::ir::{ForeignKey, QualifiedName, Schema, Table};
use freehold_schema_core::model::{Isolation, Ownership};

use super::sentence::Sentence;
use crate::facts::{Facts, TableFacts};

/// Who owns the rows of a table, and what holds it.
#[derive(Clone, Debug)]
pub struct OwnershipDoc {
    /// The word that declares it: `scope`.
    pub word: &'static str,
    /// Who owns the rows, in a few words: `users`, by `user_id`.
    pub short: Sentence,
    /// Who owns the rows.
    pub summary: Sentence,
    /// What keeps the rows of owners apart.
    pub locks: Vec<Lock>,
}

/// One of the things that keep the rows of owners apart.
#[derive(Clone, Debug)]
pub struct Lock {
    /// Where it is: `Types`, `Statements`, `Database`, `References`.
    pub place: &'static str,
    /// What it does.
    pub words: Sentence,
}

pub(super) fn ownership(
    schema: &Schema,
    facts: &Facts,
    table: &Table,
    known: &TableFacts,
) -> OwnershipDoc {
    let ownership = known.ownership;
    let mut locks: Vec<Lock> = Vec::new();
    locks.extend(types(ownership));
    locks.extend(statements(table, ownership));
    locks.extend(database(facts, ownership));
    locks.extend(references(schema, facts, table, known));
    OwnershipDoc {
        word: word(ownership),
        short: short(facts, table, ownership),
        summary: summary(facts, table, ownership),
        locks,
    }
}

/// The word that declares an ownership.
pub(super) const fn word(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::Owner => "owner",
        Ownership::Scope(_) => "scope",
        Ownership::Through(_) => "scope(through)",
        Ownership::Shared => "shared",
        Ownership::Internal => "internal",
    }
}

fn short(facts: &Facts, table: &Table, ownership: Ownership) -> Sentence {
    match ownership {
        Ownership::Owner => Sentence::new("each row is an owner"),
        Ownership::Scope(column) => owner_name(facts).text(", by ").code(column),
        Ownership::Through(column) => {
            let parent = parent(table, column);
            let owner = Sentence::new("the owner of ");
            match parent {
                Some(name) => owner.relation(name).text(", by ").code(column),
                None => owner.code(column),
            }
        }
        Ownership::Shared => Sentence::new("no owner: every user may see them"),
        Ownership::Internal => Sentence::new("no owner: no user reaches them"),
    }
}

fn summary(facts: &Facts, table: &Table, ownership: Ownership) -> Sentence {
    match ownership {
        Ownership::Owner => {
            Sentence::new("Each row is an owner: the rows of other tables belong to it.")
        }
        Ownership::Scope(column) => Sentence::new("Each row belongs to the row of ")
            .and(owner_name(facts))
            .text(" in ")
            .code(column)
            .text("."),
        Ownership::Through(column) => {
            let parent = parent(table, column);
            let parent = parent.map_or_else(
                || Sentence::new("the row"),
                |name| Sentence::new("the row of ").relation(name),
            );
            Sentence::new("Each row belongs to the owner of ")
                .and(parent)
                .text(" that ")
                .code(column)
                .text(" references.")
        }
        Ownership::Shared => Sentence::new("The rows have no owner. Every user may see them."),
        Ownership::Internal => Sentence::new("The rows have no owner. No user reaches them; only ")
            .code("Unscoped")
            .text(" does."),
    }
}

fn owner_name(facts: &Facts) -> Sentence {
    facts.owner().map_or_else(
        || Sentence::new("the owner"),
        |name| Sentence::default().relation(name),
    )
}

fn parent<'a>(table: &'a Table, column: &str) -> Option<&'a QualifiedName> {
    let mut keys = table.foreign_keys.iter();
    let key = keys.find(|key| key.columns == [column])?;
    Some(&key.target)
}

fn types(ownership: Ownership) -> Option<Lock> {
    let words = match ownership {
        Ownership::Owner | Ownership::Scope(_) | Ownership::Through(_) => {
            Sentence::new("A statement needs a scope: without ")
                .code("db.scope(..)")
                .text(" it does not compile.")
        }
        Ownership::Internal => Sentence::new("A statement needs ")
            .code("db.unscoped(..)")
            .text("; with a scope it does not compile."),
        Ownership::Shared => return None,
    };
    Some(Lock {
        place: "Types",
        words,
    })
}

fn statements(table: &Table, ownership: Ownership) -> Option<Lock> {
    let words = match ownership {
        Ownership::Owner => {
            let key = table.primary_key.as_ref()?.columns.first()?;
            Sentence::new("Each statement of Freehold contains ").code(format!("{key} = $1"))
        }
        Ownership::Scope(column) => {
            Sentence::new("Each statement of Freehold contains ").code(format!("{column} = $1"))
        }
        Ownership::Through(column) => {
            Sentence::new("Each statement of Freehold looks up the owner by ").code(column)
        }
        Ownership::Shared | Ownership::Internal => return None,
    };
    Some(Lock {
        place: "Statements",
        words: words.text("."),
    })
}

fn database(facts: &Facts, ownership: Ownership) -> Option<Lock> {
    let words = match (facts.isolation?, ownership) {
        (_, Ownership::Shared) => return None,
        (Isolation::Predicate, _) => Sentence::new(
            "Nothing: the schema is isolated by the conditions of Freehold's statements only.",
        ),
        (Isolation::RowSecurity(isolation), Ownership::Internal) => Sentence::new("The role ")
            .code(isolation.role)
            .text(" has no right on the table, and row-level security shows it no row."),
        (Isolation::RowSecurity(isolation), _) => Sentence::new(
            "Row-level security shows and accepts only rows of the owner in the setting ",
        )
        .code(isolation.setting)
        .text(", also to SQL that is written by hand."),
    };
    Some(Lock {
        place: "Database",
        words,
    })
}

/// The references that cannot lead to another owner's row, because they contain the scope column.
fn references(schema: &Schema, facts: &Facts, table: &Table, known: &TableFacts) -> Option<Lock> {
    let scope = known.scope()?;
    let names: Vec<_> = table
        .foreign_keys
        .iter()
        .filter(|key| contains_scope(schema, facts, key, scope))
        .map(|key| key.name.as_str())
        .collect();
    (!names.is_empty()).then(|| Lock {
        place: "References",
        words: Sentence::new("A row cannot reference another owner's row, because of ")
            .code(scope)
            .text(" in ")
            .codes(names)
            .text("."),
    })
}

/// Whether the key holds both rows to one owner: it has the scope columns of both tables at the same position.
fn contains_scope(schema: &Schema, facts: &Facts, key: &ForeignKey, scope: &str) -> bool {
    let target = facts.tables.get(&key.target).and_then(TableFacts::scope);
    let is_modelled = schema.tables.iter().any(|table| table.name == key.target);
    let mut pairs = key.columns.iter().zip(&key.target_columns);
    is_modelled && pairs.any(|(own, other)| own == scope && Some(other.as_str()) == target)
}

use std::borrow::Cow;

use freehold_schema_core::ir::{Column, Domain, Expr, Schema, SqlType, Table};
use freehold_schema_core::model::{Identity, Immutable, Role};
use freehold_schema_core::normal;

use super::sentence::Sentence;
use crate::facts::{ColumnFacts, InspectedFacts, Noted, TableFacts};
use crate::sql;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct ColumnDoc {
    /// The name.
    pub name: String,
    /// The type, as PostgreSQL writes it.
    pub sql_type: String,
    /// Whether it may be null.
    pub is_nullable: bool,
    /// The default, as SQL.
    pub default: Option<String>,
    /// What is true of its values, the shortest facts first: keys, references, checks.
    pub marks: Vec<Mark>,
    /// The labels that it may have, if it holds an enum.
    pub labels: Vec<String>,
    /// What it holds.
    pub description: Option<Sentence>,
    /// The previous name, if it was renamed.
    pub renamed_from: Option<String>,
    /// What is true of it in the database and not shown: that its domain may add a default or a `NOT NULL`.
    pub notes: Vec<String>,
}

/// A fact about a column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mark {
    /// It is part of the primary key.
    PrimaryKey,
    /// It references a column of a table.
    References {
        /// The referenced table.
        table: String,
        /// The referenced column.
        column: String,
    },
    /// No two rows have the same value in it.
    Unique,
    /// A check of this column alone, as SQL.
    Check(String),
    /// The database computes it from this expression.
    Generated(String),
    /// The database counts it; the text names how: `identity`.
    Counted(&'static str),
    /// It never changes after the insert.
    Immutable(Immutable),
    /// Its values are left out of the audit trail.
    Secret,
    /// Freehold or a trigger sets it.
    Role(Role),
}

impl Mark {
    /// The words for the mark, without the SQL of a check or the target of a reference.
    pub fn words(&self) -> &'static str {
        match self {
            Self::PrimaryKey => "primary key",
            Self::References { .. } => "references",
            Self::Unique => "unique",
            Self::Check(_) => "check",
            Self::Generated(_) => "generated",
            Self::Counted(how) => how,
            Self::Immutable(Immutable::ByDatabase) => "immutable",
            Self::Immutable(Immutable::ByApplication) => "set once",
            Self::Secret => "secret",
            Self::Role(Role::CreatedAt) => "set at insert",
            Self::Role(Role::UpdatedAtByTrigger) => "set at update, by a trigger",
            Self::Role(Role::UpdatedAtByApplication) => "set at update, by the application",
            Self::Role(Role::DeletedAt) => "marks deleted rows",
        }
    }

    /// The mark as a sentence, with its SQL or its target.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::References { table, column } => Sentence::new("references ")
                .relation_named(table)
                .text(" (")
                .code(column)
                .text(")"),
            Self::Check(condition) => Sentence::new("check ").code(condition),
            Self::Generated(expression) => Sentence::new("generated as ").code(expression),
            other => Sentence::new(other.words()),
        }
    }
}

pub(super) fn columns(
    schema: &Schema,
    table: &Table,
    facts: Option<&TableFacts>,
    inspected: &InspectedFacts,
) -> Vec<ColumnDoc> {
    let columns = table.columns.iter();
    let column = |column: &Column| {
        let known = facts.and_then(|facts| facts.column(&column.name));
        let labels = labels(schema, column, known);
        ColumnDoc {
            name: column.name.clone(),
            sql_type: type_name(column),
            is_nullable: column.nullable,
            default: column.default.as_ref().map(sql::expression),
            marks: marks(table, column, known, &labels),
            labels,
            description: column.comment.as_deref().map(Sentence::of_comment),
            renamed_from: column.renamed_from.clone(),
            notes: notes(table, column, inspected),
        }
    };
    columns.map(column).collect()
}

/// What the database alone knows of the column, or of its domain.
fn notes(table: &Table, column: &Column, inspected: &InspectedFacts) -> Vec<String> {
    let own = inspected.notes_of_part(&table.name, Noted::Column, &column.name);
    let domain = match &column.sql_type {
        SqlType::Domain(name) => inspected.notes(Noted::Domain, &name.to_string()),
        _ => Vec::new(),
    };
    let domain = domain
        .into_iter()
        .map(|note| format!("of the domain: {note}"));
    own.into_iter().map(str::to_owned).chain(domain).collect()
}

fn type_name(column: &Column) -> String {
    if column.serial {
        sql::serial_name(&column.sql_type)
    } else {
        sql::type_name(&column.sql_type)
    }
}

fn marks(
    table: &Table,
    column: &Column,
    facts: Option<&ColumnFacts>,
    labels: &[String],
) -> Vec<Mark> {
    let name = &column.name;
    let keys = table.primary_key.iter();
    let is_primary = keys.flat_map(|key| &key.columns).any(|key| key == name);
    let mut uniques = table.uniques.iter();
    let is_unique = uniques.any(|unique| unique.columns == [name.as_str()]);
    let mut marks = Vec::new();
    marks.extend(is_primary.then_some(Mark::PrimaryKey));
    marks.extend(references(table, name));
    marks.extend(is_unique.then_some(Mark::Unique));
    marks.extend(counted(column));
    let generated = column.generated.as_ref();
    marks.extend(generated.map(|expr| Mark::Generated(sql::expression(expr))));
    let labels = labels.iter().map(String::as_str);
    marks.extend(checks(table, name, &labels.collect::<Vec<_>>()));
    marks.extend(facts.into_iter().flat_map(known_marks));
    marks
}

fn known_marks(facts: &ColumnFacts) -> impl Iterator<Item = Mark> {
    // What sets a clock column also says that no statement does.
    let immutable = facts.immutable.filter(|_| facts.role.is_none());
    let immutable = immutable.map(Mark::Immutable);
    let secret = facts.is_secret.then_some(Mark::Secret);
    let role = facts.role.map(Mark::Role);
    immutable.into_iter().chain(secret).chain(role)
}

fn references<'a>(table: &'a Table, name: &'a str) -> impl Iterator<Item = Mark> {
    table.foreign_keys.iter().filter_map(move |key| {
        let position = key.columns.iter().position(|column| column == name)?;
        Some(Mark::References {
            table: key.target.to_string(),
            column: key.target_columns.get(position)?.clone(),
        })
    })
}

fn counted(column: &Column) -> Option<Mark> {
    match (column.identity, column.serial) {
        (Some(Identity::Always), _) => Some(Mark::Counted("identity, always")),
        (Some(Identity::ByDefault), _) => Some(Mark::Counted("identity, by default")),
        (None, true) => Some(Mark::Counted("counted by a sequence")),
        (None, false) => None,
    }
}

/// The checks that read no other column, without the one that lists the labels.
fn checks(table: &Table, name: &str, labels: &[&str]) -> Vec<Mark> {
    let checks = table.checks.iter();
    let of_column = checks.filter(|check| {
        let condition = read(&check.condition);
        !lists(&condition, labels) && is_of_column(&condition, name)
    });
    let marks = of_column.map(|check| Mark::Check(sql::expression(&check.condition)));
    marks.collect()
}

/// The tree of a condition. A snapshot and a database have the text.
fn read(condition: &Expr) -> Cow<'_, Expr> {
    let parsed = match condition {
        Expr::Sql(sql) => normal::parsed(sql),
        _ => None,
    };
    parsed.map_or(Cow::Borrowed(condition), Cow::Owned)
}

/// Whether a condition reads this column and no other.
fn is_of_column(condition: &Expr, name: &str) -> bool {
    let mut names = Vec::new();
    condition.visit(&mut |expr| match expr {
        Expr::Column(column) => names.push(column.clone()),
        // Which columns a text reads is not known.
        Expr::Sql(_) => names.push(String::new()),
        _ => {}
    });
    !names.is_empty() && names.iter().all(|column| column == name)
}

/// Whether the condition is that a column has one of the labels.
fn lists(condition: &Expr, labels: &[&str]) -> bool {
    let Expr::In {
        list,
        negated: false,
        ..
    } = condition
    else {
        return false;
    };
    let is_label =
        |(value, label): (&Expr, &&str)| matches!(value, Expr::Text(text) if text == label);
    list.len() == labels.len() && list.iter().zip(labels).all(is_label)
}

/// The labels of the column's enum: of its Rust type, or of its type in the database.
fn labels(schema: &Schema, column: &Column, facts: Option<&ColumnFacts>) -> Vec<String> {
    if let Some(facts) = facts.filter(|facts| !facts.labels.is_empty()) {
        return facts.labels.iter().map(ToString::to_string).collect();
    }
    match column.sql_type.element() {
        SqlType::Enum(name) => {
            let mut enums = schema.enums.iter();
            let found = enums.find(|sql_enum| sql_enum.name == *name);
            found.map_or_else(Vec::new, |sql_enum| sql_enum.labels.clone())
        }
        _ => Vec::new(),
    }
}

/// The checks of a column's domain, as SQL.
pub(super) fn domain_checks(domain: &Domain) -> Vec<String> {
    let checks = domain.checks.iter();
    checks.map(|check| sql::printer().check(check)).collect()
}

//! Prints each change as one line of English.

use std::fmt;

use super::change::{Change, Commented, ElementKind, TableChange};
use freehold_schema_core::ir::GrantObject;

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create(object) => write!(f, "add {}", object.title()),
            Self::Drop(object) => write!(f, "drop {}", object.title()),
            Self::RenameTable { from, to } => write!(f, "rename table `{from}` to `{to}`"),
            Self::Replace { new, .. } => write!(f, "change {}", new.title()),
            Self::Labels { old, new } => write!(
                f,
                "change the labels of enum `{}` from {} to {}",
                new.name,
                list(&old.labels),
                list(&new.labels)
            ),
            Self::Sequence { new, .. } => write!(f, "change sequence `{}`", new.name),
            Self::Role { new, .. } => write!(f, "change role `{}`", new.name),
            Self::Comment { on, .. } => write!(f, "change the comment of {}", commented(on)),
            Self::Table { table, change } => write!(f, "in `{table}`: {change}"),
            Self::Owner {
                old: Some(old),
                new,
            } => {
                write!(f, "give the objects of `{old}` to `{new}`")
            }
            Self::Owner { old: None, new } => write!(f, "give the objects to `{new}`"),
            Self::Rights { old, new } => {
                let verb = match (old, new) {
                    (None, _) => "grant",
                    (_, None) => "revoke",
                    _ => "change",
                };
                let Some(grant) = new.as_ref().or(old.as_ref()) else {
                    return Ok(());
                };
                write!(
                    f,
                    "{verb} the rights of `{}` on {}",
                    grant.to,
                    granted(&grant.on)
                )
            }
        }
    }
}

impl fmt::Display for TableChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(element) => write!(f, "add {}", element.title()),
            Self::Drop(element) => write!(f, "drop {}", element.title()),
            Self::Rename { kind, from, to } => {
                write!(f, "rename {} `{from}` to `{to}`", word(*kind))
            }
            Self::Type { new, .. } => write!(f, "change the type of `{}`", new.name),
            Self::Nullable { column } if column.nullable => {
                write!(f, "allow null in `{}`", column.name)
            }
            Self::Nullable { column } => write!(f, "forbid null in `{}`", column.name),
            Self::Default { new, .. } => write!(f, "change the default of `{}`", new.name),
            Self::Counted { new, .. } => write!(f, "change the sequence of `{}`", new.name),
            Self::Generated { new, .. } => write!(f, "change what `{}` is computed from", new.name),
            Self::RenameLabels { column } => write!(f, "rename labels in `{}`", column.name),
            Self::RowSecurity { new: Some(_), .. } => f.write_str("change row-level security"),
            Self::RowSecurity { new: None, .. } => f.write_str("disable row-level security"),
            Self::PartitionBy { old, new } if old == new => {
                f.write_str("change the type of a column of the partition key")
            }
            Self::PartitionBy { .. } => f.write_str("change how the rows are partitioned"),
        }
    }
}

fn word(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Column => "column",
        ElementKind::Constraint => "constraint",
        ElementKind::Index => "index",
        ElementKind::Trigger => "trigger",
        ElementKind::Policy => "policy",
        ElementKind::Partition => "partition",
    }
}

fn list(labels: &[String]) -> String {
    let labels: Vec<_> = labels.iter().map(|label| format!("`{label}`")).collect();
    labels.join(", ")
}

fn commented(on: &Commented) -> String {
    match on {
        Commented::Table(name) => format!("table `{name}`"),
        Commented::Column(table, column) | Commented::ViewColumn(table, column) => {
            format!("column `{table}.{column}`")
        }
        Commented::View { name, .. } => format!("view `{name}`"),
        Commented::Enum(name) => format!("enum `{name}`"),
        Commented::Domain(name) => format!("domain `{name}`"),
        Commented::Routine(routine) => format!("function `{}`", routine.name),
    }
}

fn granted(on: &GrantObject) -> String {
    let names = |names: Vec<String>| names.join(", ");
    match on {
        GrantObject::Relations(all) | GrantObject::Sequences(all) => {
            names(all.iter().map(|name| format!("`{name}`")).collect())
        }
        GrantObject::Routines(all) => names(
            all.iter()
                .map(|routine| format!("function `{}`", routine.name))
                .collect(),
        ),
        GrantObject::Namespaces(all) => {
            names(all.iter().map(|name| format!("schema `{name}`")).collect())
        }
        GrantObject::AllTables(namespace) => format!("every table of `{namespace}`"),
        GrantObject::Future { namespace, .. } => format!("objects created later in `{namespace}`"),
    }
}

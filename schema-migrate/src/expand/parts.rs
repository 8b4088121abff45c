//! The constraints and indexes on columns that stay for the older release.

use super::renamed_columns::{Pair, pair_of};
use crate::diff::{Change, Element, TableChange};
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Expr, ForeignKey, QualifiedName, ReferentialAction, Schema, Table};
use freehold_schema_core::sql::{called, mentions};

/// Keeps the constraints and indexes that the changes drop, if the next release can write rows with them.
pub(super) fn keep(
    middle: &mut Schema,
    before: &Schema,
    changes: &[Change],
    pairs: &[Pair],
    printer: Printer<'_>,
) {
    for (name, element) in changes.iter().filter_map(dropped) {
        let old = before.tables.iter().find(|table| table.name == *name);
        let new = middle.tables.iter().find(|table| table.name == *name);
        let Some((old, new)) = old.zip(new) else {
            continue;
        };
        let part = Part {
            schema: middle,
            old,
            new,
            pairs,
            columns: columns_of(old, element, printer),
            printer,
        };
        if part.stays(element) {
            put(middle, name, element);
        }
    }
}

fn dropped(change: &Change) -> Option<(&QualifiedName, &Element)> {
    match change {
        Change::Table {
            table,
            change: TableChange::Drop(element),
        } => Some((table, element)),
        _ => None,
    }
}

/// The columns that a constraint or an index uses.
fn columns_of(table: &Table, element: &Element, printer: Printer<'_>) -> Vec<String> {
    let mentioned = |exprs: Vec<&Expr>| {
        let sql: Vec<_> = exprs.into_iter().map(|expr| printer.expr(expr)).collect();
        let names = table.columns.iter().map(|column| column.name.clone());
        names
            .filter(|name| sql.iter().any(|sql| mentions(sql, name)))
            .collect::<Vec<_>>()
    };
    match element {
        Element::Unique(unique) => [unique.columns.clone(), unique.include.clone()].concat(),
        Element::ForeignKey(key) => key.columns.clone(),
        Element::Check(check) => mentioned(vec![&check.condition]),
        Element::Index(index) => {
            let parts = index.parts.iter().map(|part| &part.value);
            let mut columns = mentioned(parts.chain(&index.filter).collect());
            columns.extend(index.include.clone());
            columns
        }
        _ => Vec::new(),
    }
}

/// A constraint or an index that the new schema does not have.
struct Part<'a> {
    schema: &'a Schema,
    old: &'a Table,
    new: &'a Table,
    pairs: &'a [Pair],
    columns: Vec<String>,
    printer: Printer<'a>,
}

impl Part<'_> {
    fn stays(&self, element: &Element) -> bool {
        let has = |name: &String| self.new.columns.iter().any(|column| column.name == *name);
        let is_of_old = self.columns.iter().any(|name| self.is_old(name));
        is_of_old
            && self.columns.iter().all(has)
            && self.lets_write(element)
            && (self.unknown().next().is_none() || !is_taken(self.schema, self.new, element))
    }

    fn is_old(&self, name: &str) -> bool {
        self.schema.expansion.has_column(&self.new.name, name)
    }

    /// The columns that the next release does not know under any name.
    fn unknown(&self) -> impl Iterator<Item = &String> {
        let columns = self.columns.iter().filter(|name| self.is_old(name));
        columns.filter(|name| pair_of(self.pairs, &self.new.name, name).is_none())
    }

    /// Whether the next release can write rows with it.
    ///
    /// Columns that it does not know are null or have their default then.
    fn lets_write(&self, element: &Element) -> bool {
        let is_known = self.unknown().next().is_none();
        match element {
            Element::Check(check) => is_known || passes_nulls(&self.printer.expr(&check.condition)),
            Element::Unique(unique) => is_known || self.differs(unique.nulls_not_distinct),
            Element::Index(index) => {
                is_known || !index.unique || self.differs(index.nulls_not_distinct)
            }
            Element::ForeignKey(key) if is_known => self.has_mirror(key),
            Element::ForeignKey(key) => {
                matches!(&key.on_delete, ReferentialAction::SetNull(columns) if columns.is_empty())
            }
            _ => false,
        }
    }

    /// Whether rows without a value do not count as duplicates of each other.
    fn differs(&self, nulls_not_distinct: bool) -> bool {
        let has_default = |name: &String| {
            let mut columns = self.old.columns.iter();
            columns.any(|column| column.name == *name && column.default.is_some())
        };
        !nulls_not_distinct && !self.unknown().any(has_default)
    }

    /// Whether the next release has the same foreign key on the new column names.
    fn has_mirror(&self, key: &ForeignKey) -> bool {
        let renamed = |name| {
            let pair = pair_of(self.pairs, &self.new.name, name);
            pair.map_or(name, |pair| pair.new.name.as_str())
        };
        let mut keys = self.new.foreign_keys.iter();
        keys.any(|new| {
            new.target == key.target
                && new.target_columns == key.target_columns
                && new.on_delete == key.on_delete
                && new
                    .columns
                    .iter()
                    .map(String::as_str)
                    .eq(key.columns.iter().map(|name| renamed(name.as_str())))
        })
    }
}

/// The keywords that may be before a parenthesis in a condition without being a call.
const BEFORE_PARENTHESES: [&str; 8] = ["all", "and", "any", "in", "like", "not", "or", "some"];

/// Whether a condition is never false for a null: it neither tests for null nor calls a function.
///
/// In a snapshot, it is text.
fn passes_nulls(condition: &str) -> bool {
    let asks = ["null", "distinct"]
        .iter()
        .any(|word| mentions(condition, word));
    let mut called = called(condition).into_iter();
    let calls = called.any(|name| !BEFORE_PARENTHESES.contains(&name.as_str()));
    !asks && !calls
}

/// Whether the name is taken by a constraint of the table, or by a relation of any table.
fn is_taken(schema: &Schema, table: &Table, element: &Element) -> bool {
    let name = element.name();
    let relations = schema.tables.iter();
    let relations = relations.filter(|other| other.name.schema == table.name.schema);
    let mut relations = relations.flat_map(Table::relation_names);
    let checks = table.checks.iter().map(|check| check.name.as_str());
    let keys = table.foreign_keys.iter().map(|key| key.name.as_str());
    relations.any(|taken| taken == name) || checks.chain(keys).any(|taken| taken == name)
}

/// Whether another table or one of its indexes has the name: two tables may have swapped their names.
fn is_elsewhere(schema: &Schema, table: &QualifiedName, element: &Element) -> bool {
    let others = schema.tables.iter();
    let others = others.filter(|other| other.name != *table && other.name.schema == table.schema);
    let mut names = others.flat_map(Table::relation_names);
    let is_relation = matches!(element, Element::Unique(_) | Element::Index(_));
    is_relation && names.any(|taken| taken == element.name())
}

/// Adds the part. It replaces a new part of the same name, which the contracting migration adds.
///
/// Until then, the old part checks the same values, because both columns are equal.
fn put(middle: &mut Schema, name: &QualifiedName, element: &Element) {
    if is_elsewhere(middle, name, element) {
        return;
    }
    let mut tables = middle.tables.iter_mut();
    let Some(table) = tables.find(|table| table.name == *name) else {
        return;
    };
    macro_rules! put {
        ($list:ident $part:ident) => {{
            table.$list.retain(|own| own.name != $part.name);
            table.$list.push($part.clone());
        }};
    }
    match element {
        Element::Unique(unique) => put!(uniques unique),
        Element::Check(check) => put!(checks check),
        Element::ForeignKey(key) => put!(foreign_keys key),
        Element::Index(index) => put!(indexes index),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::passes_nulls;

    #[test]
    fn a_condition_that_can_see_a_null_may_refuse_it() {
        for sql in [
            "note IS NOT NULL",
            "a IS DISTINCT FROM b",
            "coalesce(length(note), 0) > 0",
            "(a > 0) AND (b IS NULL)",
        ] {
            assert!(!passes_nulls(sql), "{sql}");
        }
    }

    #[test]
    fn a_comparison_is_not_false_for_a_null() {
        for sql in [
            "price > 0",
            "(a >= 0) AND (a <= 10)",
            "status IN ('null', 'a (b')",
            "starts < ends",
        ] {
            assert!(passes_nulls(sql), "{sql}");
        }
    }
}

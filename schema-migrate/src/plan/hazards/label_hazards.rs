//! Hazards of added and removed labels for the running release.

use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use freehold_schema_core::ir::{Check, Column, QualifiedName};
use freehold_schema_core::normal;
use freehold_schema_core::sql::literal::literal;
use freehold_schema_core::sql::parts::{Part, spans};

/// The hazards of an enum or a column that gets other labels.
pub(in crate::plan) fn of_labels(of: &str, old: &[String], new: &[String]) -> Vec<Hazard> {
    let without = |all: &[String], others: &[String]| {
        let those = all.iter().filter(|label| !others.contains(label));
        let words: Vec<_> = those.map(|label| format!("`{label}`")).collect();
        (!words.is_empty()).then(|| words.join(", "))
    };
    let added = without(new, old).map(|labels| {
        Hazard::new(
            HazardKind::AllowsLabel,
            format!(
                "code that does not know {labels} of `{of}` fails at the first row that has it; deploy code that reads it before code that writes it"
            ),
        )
    });
    let removed = without(old, new).map(|labels| {
        Hazard::new(
            HazardKind::BreaksRunningCode,
            format!(
                "code that still writes {labels} to `{of}` fails after the migration; first deploy code that does not write them"
            ),
        )
    });
    added.into_iter().chain(removed).collect()
}

/// The hazards of a check that limits a column to labels and replaces another check. Renamed labels do not count.
pub(in crate::plan) fn of_check(
    context: &Context<'_>,
    table: &QualifiedName,
    check: &Check,
) -> Vec<Hazard> {
    let replaced = context.old_table(table).and_then(|old| {
        let mut checks = old.checks.iter();
        checks.find(|old| old.name == check.name)
    });
    let labels = |check: &Check| labels_of(&context.printer.expr(&check.condition));
    let (Some((column, mut old)), Some((of, mut new))) = (replaced.and_then(labels), labels(check))
    else {
        return Vec::new();
    };
    if column != of {
        return Vec::new();
    }
    let is_it = |other: &&Column| other.name == column;
    let now = context.new_table(table);
    let now = now.and_then(|table| table.columns.iter().find(is_it));
    for renamed in now.into_iter().flat_map(|column| &column.renamed_labels) {
        old.retain(|label| *label != renamed.from);
        new.retain(|label| *label != renamed.to);
    }
    of_labels(&format!("{table}.{column}"), &old, &new)
}

/// The column and the labels of `status IN ('a', 'b')` and of equivalent conditions.
fn labels_of(condition: &str) -> Option<(String, Vec<String>)> {
    let canonical = normal::expression(condition);
    let tokens = spans(&canonical);
    let ((Part::Word(column), _), rest) = tokens.split_first()? else {
        return None;
    };
    let mut labels = Vec::new();
    for (token, span) in rest {
        match token {
            Part::Literal => labels.push(literal(canonical.get(span.clone())?)?.text?),
            Part::Word(word) if word.is("any") || word.is("array") => {}
            Part::Symbol('(' | ')' | '[' | ']' | ',' | '=') => {}
            Part::Word(_) | Part::Symbol(_) | Part::Group(_) => return None,
        }
    }
    Some((column.name.clone(), labels))
}

#[cfg(test)]
mod tests {
    use super::labels_of;

    #[test]
    fn labels_are_found_in_each_way_of_writing_them() {
        let expected = |labels: &[&str]| {
            let labels = labels.iter().map(|label| (*label).to_owned());
            Some(("status".to_owned(), labels.collect::<Vec<_>>()))
        };
        for sql in [
            "status IN ('a', 'it''s')",
            "(status = ANY (ARRAY['a'::text, 'it''s'::text]))",
            "status IN ($$a$$, E'it\\'s')",
        ] {
            assert_eq!(labels_of(sql), expected(&["a", "it's"]), "{sql}");
        }
        assert_eq!(labels_of("status = 'a'"), expected(&["a"]));
        for sql in [
            "status <> 'a'",
            "lower(status) = 'a'",
            "status = 1",
            "a = 'x' OR b = 'y'",
        ] {
            assert_eq!(labels_of(sql), None, "{sql}");
        }
    }
}

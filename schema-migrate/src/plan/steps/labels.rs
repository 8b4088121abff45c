//! Labels of enum types.
//!
//! A new label is added before all other steps, in its own transaction, because PostgreSQL allows its use only after
//! that commits. PostgreSQL can neither remove a label nor change their order. For that, the type is recreated last,
//! when nothing uses the old labels, and every column gets the new type.

use super::foreign_keys_by_runner::{self, Way};
use super::rename;
use crate::diff::{self, LabelRenames};
use crate::plan::context::Context;
use crate::plan::dependents::{self, ColumnName, Dependents};
use crate::plan::hazard::{Hazard, HazardKind, HazardPlace};
use crate::plan::hazards::label_hazards;
use crate::plan::hazards::partition_key;
use crate::plan::statement::Statements;
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Column, EnumType, QualifiedName, Schema, SqlType, Table};
use freehold_schema_core::sql::labels;

pub(in crate::plan) fn change(context: &Context<'_>, old: &EnumType, new: &EnumType) -> Vec<Step> {
    let declared = diff::renamed_labels(old, new);
    let labels = old.labels.iter();
    let renamed: Vec<_> = labels
        .map(|label| labels::renamed(label, &declared))
        .collect();
    let between = between(&renamed, &new.labels);
    let with = |labels: &[String]| EnumType {
        labels: labels.to_vec(),
        ..new.clone()
    };
    let places = places(&columns(context.to, &new.name));
    let mut steps = Vec::new();
    if !declared.is_empty() {
        steps.push(rename_all(context, old, &declared));
    }
    if between != renamed {
        steps.extend(add(context, &with(&renamed), &with(&between)));
    }
    if between != new.labels {
        steps.extend(remake(context, &with(&between), new));
    }
    steps.into_iter().map(|step| step.about(&places)).collect()
}

/// The columns of a type, which a change of the type is about.
pub(in crate::plan) fn places(columns: &[ColumnName]) -> Vec<HazardPlace> {
    let columns = columns.iter();
    columns
        .map(|(table, column)| HazardPlace::column(table, column))
        .collect()
}

/// The labels of both: the old ones in their order, and each new one before the next label that is already there.
fn between(old: &[String], new: &[String]) -> Vec<String> {
    let mut all = old.to_vec();
    for (position, label) in new.iter().enumerate() {
        if all.contains(label) {
            continue;
        }
        let mut later = new.iter().skip(position);
        let next = later.find_map(|next| all.iter().position(|known| known == next));
        all.insert(next.unwrap_or(all.len()), label.clone());
    }
    all
}

fn rename_all(context: &Context<'_>, old: &EnumType, renames: &LabelRenames) -> Step {
    let printer = context.printer;
    let name = &old.name;
    let ordered = diff::in_order(renames, |_, label| aside(old, label));
    let up = ordered
        .iter()
        .map(|(from, to)| printer.rename_label(name, from, to));
    let back = ordered.iter().rev();
    let back = back.map(|(from, to)| printer.rename_label(name, to, from));
    Step::new(Phase::Labels, format!("rename labels of `{name}`"))
        .all_up(up)
        .all_down(back)
        .hazard(Hazard::new(
            HazardKind::BreaksRunningCode,
            format!("code that still uses the old labels of `{name}` fails after the migration; deploy the new code together with the migration"),
        ))
}

/// The temporary text of a label whose new text is not free yet. No label has it.
fn aside(of: &EnumType, label: &str) -> String {
    let mut text = rename::aside(label);
    while of.labels.contains(&text) {
        text = rename::aside(&format!("_{text}"));
    }
    text
}

fn add(context: &Context<'_>, old: &EnumType, new: &EnumType) -> Vec<Step> {
    let printer = context.printer;
    let labels = new.labels.iter().enumerate();
    let added = labels.filter(|(_, label)| !old.labels.contains(label));
    let statements = added.map(|(position, label)| {
        let mut later = new.labels.iter().skip(position);
        let next = later.find(|next| old.labels.contains(next));
        printer.add_label(&new.name, label, next.map(String::as_str))
    });
    let columns = columns(context.before, &new.name);
    let callers = callers(context, context.before, &new.name).into_iter();
    let tables = columns.iter().map(|(table, _)| table);
    let tables = tables.chain(callers.map(|table| &table.name));
    // After the renames of all types, because the way back recreates this type while the others still have
    // their new labels.
    let step = Step::new(Phase::Labels, format!("add labels to `{}`", new.name))
        .place(1)
        .all_up(statements)
        .all_down(recreate(context, context.before, new, old))
        .hazards(label_hazards::of_labels(
            &new.name.to_string(),
            &old.labels,
            &new.labels,
        ))
        .fails_back(format!("a row has one of the new labels of `{}`", new.name));
    let step = tables.fold(step, |step, table| {
        step.lock_back(table, LockMode::AccessExclusive)
    });
    let step = partition_key::refused_back(context.before, &columns, step);
    let dependents = Dependents::of(context.before, printer, &columns);
    foreign_keys_by_runner::around(&dependents, Way::Back, step)
}

fn remake(context: &Context<'_>, old: &EnumType, new: &EnumType) -> Vec<Step> {
    let step = Step::new(
        Phase::OldLabels,
        format!("recreate `{}` with its new labels", new.name),
    )
    .all_up(recreate(context, context.to, old, new))
    .all_down(recreate(context, context.to, new, old))
    .hazards(label_hazards::of_labels(
        &new.name.to_string(),
        &old.labels,
        &new.labels,
    ))
    .hazard(Hazard::new(
        HazardKind::DataLoss,
        format!(
            "the migration fails if a row has a label that `{}` no longer has; change such rows first",
            new.name
        ),
    ));
    let columns = columns(context.to, &new.name);
    let callers = callers(context, context.to, &new.name).into_iter();
    let step = callers.fold(step, |step, table| {
        step.lock(&table.name, LockMode::AccessExclusive)
    });
    let step = columns.iter().fold(step, |step, (table, column)| {
        let step = step.lock(table, LockMode::AccessExclusive).rewrite(table);
        let rewrite = Hazard::new(
            HazardKind::TableRewrite,
            format!(
                "`{table}` is rewritten for the labels of `{}` while reads and writes wait",
                new.name
            ),
        );
        step.hazard(rewrite.at(&[HazardPlace::column(table, column)]))
    });
    let step = partition_key::refused(context.to, &columns, &new.name, step);
    let dependents = Dependents::of(context.to, context.printer, &columns);
    foreign_keys_by_runner::around(&dependents, Way::Both, step)
}

/// The statements that recreate the type with other labels, in a schema that uses it.
fn recreate(context: &Context<'_>, schema: &Schema, old: &EnumType, new: &EnumType) -> Statements {
    let printer = context.printer;
    let aside = QualifiedName {
        schema: new.name.schema.clone(),
        name: freehold_schema_core::ir::cut(&format!("{}_before", new.name.name)),
    };
    let columns = columns(schema, &new.name);
    let is_own = |sql_type: &SqlType| is_of(sql_type, &new.name);
    let routines = dependents::routines(schema, is_own);
    let rights = diff::grants(schema);
    let (before, after) = Dependents::of(schema, printer, &columns).around(&routines, &rights);
    // The defaults may call a detached routine.
    let mut statements = Statements::default();
    statements.extend(
        own_columns(schema, &new.name)
            .filter(|(_, column)| column.default.is_some())
            .map(|(table, column)| printer.alter_column(&table.name, &column.name, "DROP DEFAULT")),
    );
    statements.extend(before);
    statements.push(printer.rename_type(&old.name, &aside.name));
    statements.push(printer.create_enum(new));
    statements.extend(printer.enum_comment(new));
    let own = own_columns(schema, &new.name);
    let own = own.filter(|(_, column)| column.generated.is_none());
    statements.extend(own.map(|(table, column)| retype(context, &table.name, column)));
    statements.push(printer.drop_enum(&EnumType {
        name: aside,
        ..old.clone()
    }));
    statements.extend(after);
    statements.extend(
        own_columns(schema, &new.name)
            .filter(|(_, column)| column.default.is_some())
            .map(|(table, column)| printer.set_default(&table.name, column)),
    );
    statements.extend(analyze(context, &columns));
    statements
}

/// Updates the statistics, which PostgreSQL drops for columns that get another type.
pub(in crate::plan) fn analyze(context: &Context<'_>, columns: &[ColumnName]) -> Vec<String> {
    let of_table = columns.chunk_by(|(table, _), (next, _)| table == next);
    let statements = of_table.filter_map(|columns| {
        let names: Vec<_> = columns.iter().map(|(_, name)| name.as_str()).collect();
        let (table, _) = columns.first()?;
        Some(context.printer.analyze(table, &names))
    });
    statements.collect()
}

/// The tables with an expression that calls a function over the type, which is detached.
fn callers<'a>(context: &Context<'a>, schema: &'a Schema, name: &QualifiedName) -> Vec<&'a Table> {
    let routines = dependents::routines(schema, |sql_type| is_of(sql_type, name));
    let names = routines.iter().map(|routine| &routine.name);
    let dependents = Dependents::of(schema, context.printer, &[]);
    dependents.calling(names).callers()
}

/// Changes the column to the recreated type by a cast to text.
fn retype(context: &Context<'_>, table: &QualifiedName, column: &Column) -> String {
    let printer = context.printer;
    let name = printer.identifier(&column.name);
    let sql_type = printer.dialect.type_name(&column.sql_type);
    let by_text = if matches!(column.sql_type, SqlType::Array(_)) {
        format!("{name}::text[]::{sql_type}")
    } else {
        format!("{name}::text::{sql_type}")
    };
    printer.change_type(table, column, &by_text)
}

fn own_columns<'a>(
    schema: &'a Schema,
    name: &'a QualifiedName,
) -> impl Iterator<Item = (&'a Table, &'a Column)> {
    schema.tables.iter().flat_map(move |table| {
        let columns = table.columns.iter();
        let own = columns.filter(move |column| is_of(&column.sql_type, name));
        own.map(move |column| (table, column))
    })
}

fn columns(schema: &Schema, name: &QualifiedName) -> Vec<ColumnName> {
    own_columns(schema, name)
        .map(|(table, column)| (table.name.clone(), column.name.clone()))
        .collect()
}

fn is_of(sql_type: &SqlType, name: &QualifiedName) -> bool {
    matches!(sql_type.element(), SqlType::Enum(own) if own == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_new_label_is_before_the_next_old_label() {
        for (old, new, both) in [
            ("a c", "a b c", "a b c"),
            ("a", "a b c", "a b c"),
            ("c", "a b c", "a b c"),
            ("a b", "b", "a b"),
            ("a b", "b a", "a b"),
            // `d` comes before `a`, which is the first old label.
            ("a b", "c b d a", "d a c b"),
        ] {
            assert_eq!(
                between(&labels(old), &labels(new)),
                labels(both),
                "{old} to {new}"
            );
        }
    }
}

//! Renames of enum labels.
//!
//! PostgreSQL stores a label of an enum type as a number. A rename therefore also applies to the defaults, checks,
//! indexes, policies and views that use the label. It does not apply to a function body, which is stored as text. The
//! labels of a text enum are stored in the rows, as text.

use super::rename_order::{is_same, rename_order, without_done};
use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::{
    Column, EnumType, Expr, QualifiedName, Query, RenamedLabel, Routine, Schema, SqlType, Table,
    View,
};
use freehold_schema_core::sql::labels::{Labels, Renames, in_value, relabel, renamed};

/// Renames of labels, from old to new, which happen all at once.
pub(crate) type LabelRenames = Vec<(String, String)>;

/// The declared renames that are not done yet.
///
/// `is_there` is whether the old side has a label, and `done` are the renames that it remembers.
pub(super) fn pending(
    declared: &[RenamedLabel],
    is_there: impl Fn(&String) -> bool,
    done: &[RenamedLabel],
) -> LabelRenames {
    let declared = declared.iter();
    let declared = declared.map(|label| (label.from.clone(), label.to.clone()));
    let is_done = |(from, to): &(String, String)| {
        let mut done = done.iter();
        done.any(|label| label.from == *from && label.to == *to)
    };
    without_done(rename_order(declared.collect(), is_there), is_done)
}

/// The renames of labels between two versions of an enum type.
pub(crate) fn of_enum(old: &EnumType, new: &EnumType) -> LabelRenames {
    let is_there = |label: &String| old.labels.contains(label);
    pending(&new.renamed_labels, is_there, &old.renamed_labels)
}

/// The old schema with the labels of its enum types renamed, also in the expressions that use them.
pub(crate) fn relabelled(old: &Schema, new: &Schema) -> Schema {
    let mut schema = old.clone();
    let mut all: Vec<(QualifiedName, LabelRenames)> = Vec::new();
    for sql_enum in &mut schema.enums {
        let mut enums = new.enums.iter();
        let now = enums.find(|now| is_same(&now.name, &sql_enum.name));
        let renames = now.map_or_else(Vec::new, |now| of_enum(sql_enum, now));
        if let Some(now) = now.filter(|_| !renames.is_empty()) {
            for label in &mut sql_enum.labels {
                *label = renamed(label, &renames);
            }
            sql_enum.renamed_labels.clone_from(&now.renamed_labels);
            all.push((sql_enum.name.clone(), renames));
        }
    }
    if !all.is_empty() {
        follow(&mut schema, &all);
    }
    schema
}

fn follow(schema: &mut Schema, all: &[(QualifiedName, LabelRenames)]) {
    let tables = schema.tables.clone();
    for table in &mut schema.tables {
        in_table(table, all);
    }
    for view in &mut schema.views {
        in_view(view, &tables, all);
    }
    for routine in &mut schema.routines {
        in_arguments(routine, all);
    }
}

fn renames_of<'r>(all: &'r [(QualifiedName, LabelRenames)], sql_type: &SqlType) -> Renames<'r> {
    match sql_type.element() {
        SqlType::Enum(name) => of_type(all, name),
        _ => &[],
    }
}

fn of_type<'r>(all: &'r [(QualifiedName, LabelRenames)], name: &QualifiedName) -> Renames<'r> {
    let mut all = all.iter();
    let found = all.find(|(own, _)| is_same(own, name));
    found.map_or(&[], |(_, renames)| renames)
}

fn in_table(table: &mut Table, all: &[(QualifiedName, LabelRenames)]) {
    let columns = table.columns.clone();
    let labels = Labels {
        of_column: &|name| of_column(columns.iter(), all, name),
        of_type: &|name| of_type(all, name),
    };
    let defaults = table.columns.iter_mut();
    let defaults: Vec<_> = defaults.map(|column| column.default.take()).collect();
    for expr in table.exprs_mut() {
        in_expr(expr, |sql| relabel(sql, &labels));
    }
    for (column, default) in table.columns.iter_mut().zip(defaults) {
        column.default = default;
        value(&mut column.default, &column.sql_type, all);
    }
}

/// The renames for a column of that name. If several tables have such a column, the one with the most renames is used.
fn of_column<'r>(
    columns: impl Iterator<Item = impl std::borrow::Borrow<Column>>,
    all: &'r [(QualifiedName, LabelRenames)],
    name: &str,
) -> Option<Renames<'r>> {
    let found = columns.filter(|column| column.borrow().name == name);
    found
        .map(|column| renames_of(all, &column.borrow().sql_type))
        .max_by_key(|renames| renames.len())
}

fn in_view(view: &mut View, tables: &[Table], all: &[(QualifiedName, LabelRenames)]) {
    let query = POSTGRES.query(&view.query);
    let read = tables.iter();
    let read: Vec<_> = read
        .filter(|table| freehold_schema_core::sql::mentions(&query, &table.name.name))
        .flat_map(|table| &table.columns)
        .collect();
    let labels = Labels {
        of_column: &|name| of_column(read.iter().copied(), all, name),
        of_type: &|name| of_type(all, name),
    };
    let follows = relabel(&query, &labels);
    if follows != query {
        view.query = Query::Source(follows);
    }
}

fn in_arguments(routine: &mut Routine, all: &[(QualifiedName, LabelRenames)]) {
    for argument in &mut routine.arguments {
        value(&mut argument.default, &argument.sql_type, all);
    }
}

fn value(default: &mut Option<Expr>, sql_type: &SqlType, all: &[(QualifiedName, LabelRenames)]) {
    let renames = renames_of(all, sql_type);
    if let Some(expr) = default.as_mut().filter(|_| !renames.is_empty()) {
        in_expr(expr, |sql| in_value(sql, renames));
    }
}

fn in_expr(expr: &mut Expr, change: impl Fn(&str) -> String) {
    let sql = POSTGRES.expr(expr);
    let follows = change(&sql);
    if follows != sql {
        *expr = Expr::Sql(follows);
    }
}

//! What stands on a column, and has to go before its type is changed and come again after.

use std::collections::HashSet;

use super::{object, rights};
use crate::ddl::printer::Printer;
use crate::diff::{self, mentions};
use crate::ir::{
    self, Argument, Expr, ForeignKey, Index, Object, Policy, QualifiedName, Query, Returns,
    Routine, Schema, SqlType, Table, Trigger, TriggerEvent, View,
};

/// A column of a table.
pub(super) type ColumnName = (QualifiedName, String);

/// Finds what stands on columns in one schema.
pub(super) struct Dependents<'a, 'c> {
    schema: &'a Schema,
    printer: Printer<'a>,
    columns: &'c [ColumnName],
}

impl<'a, 'c> Dependents<'a, 'c> {
    pub(super) fn of(schema: &'a Schema, printer: Printer<'a>, columns: &'c [ColumnName]) -> Self {
        Self {
            schema,
            printer,
            columns,
        }
    }

    pub(super) fn printer(&self) -> Printer<'a> {
        self.printer
    }

    fn tables(&self) -> HashSet<&'c QualifiedName> {
        self.columns.iter().map(|(table, _)| table).collect()
    }

    /// The views that read one of the tables, and those that read these, in the order in which they are made.
    pub(super) fn views(&self) -> Vec<&'a View> {
        if self.columns.is_empty() {
            return Vec::new();
        }
        let mut names: HashSet<&str> = self
            .tables()
            .into_iter()
            .map(|name| name.name.as_str())
            .collect();
        let mut views = Vec::new();
        for object in ir::ordered(self.schema).objects {
            let Object::View(view) = object else {
                continue;
            };
            let query = query(self.printer, view);
            if names.iter().any(|name| mentions(&query, name)) {
                names.insert(&view.name.name);
                views.push(view);
            }
        }
        views
    }

    /// The views that group over one of the tables, and those that read these, in the order in which they are made.
    pub(super) fn grouped_over(&self, tables: &[QualifiedName]) -> Vec<&'a View> {
        if tables.is_empty() {
            return Vec::new();
        }
        let of = |names: Vec<QualifiedName>| {
            let columns: Vec<ColumnName> = names
                .into_iter()
                .map(|name| (name, String::new()))
                .collect();
            Dependents::of(self.schema, self.printer, &columns).views()
        };
        let groups = |view: &&View| {
            let query = query(self.printer, view).to_lowercase();
            query.contains("group by")
        };
        let over = of(tables.to_vec()).into_iter();
        let grouped: Vec<_> = over.filter(groups).map(|view| view.name.clone()).collect();
        let above = of(grouped.clone());
        let views = ir::ordered(self.schema).objects.into_iter();
        let views = views.filter_map(|object| match object {
            Object::View(view) => Some(view),
            _ => None,
        });
        let is_above = |view: &View| above.iter().any(|other| other.name == view.name);
        views
            .filter(|view| grouped.contains(&view.name) || is_above(view))
            .collect()
    }

    /// The policies whose conditions name one of the columns, of their own table or of another that they name.
    pub(super) fn policies(&self) -> Vec<(&'a Table, &'a Policy)> {
        let all = self.schema.tables.iter();
        let all = all.flat_map(|table| table.policies.iter().map(move |policy| (table, policy)));
        let stands_on = |(table, policy): &(&Table, &Policy)| {
            let conditions = policy.using.iter().chain(&policy.with_check);
            let sql: Vec<_> = conditions.map(|expr| self.printer.expr(expr)).collect();
            let names_it = |(of, column): &ColumnName| {
                let in_reach = |sql: &&String| *of == table.name || mentions(sql, &of.name);
                sql.iter().filter(in_reach).any(|sql| mentions(sql, column))
            };
            self.columns.iter().any(names_it)
        };
        all.filter(stands_on).collect()
    }

    /// The triggers that fire at one of the columns, or ask for it.
    pub(super) fn triggers(&self) -> Vec<(&'a Table, &'a Trigger)> {
        let stands_on = |table: &Table, trigger: &Trigger| {
            let mut columns = self.columns_of(table);
            columns.any(|column| {
                let fires_at = |event: &TriggerEvent| matches!(event, TriggerEvent::Update(of) if of.iter().any(|name| name == column));
                let asks = trigger.when.as_ref();
                let asks = asks.is_some_and(|when| mentions(&self.printer.expr(when), column));
                asks || trigger.events.iter().any(fires_at)
            })
        };
        self.parts(|table| &table.triggers, stands_on)
    }

    /// The foreign keys that begin or end in one of the columns.
    pub(super) fn foreign_keys(&self) -> Vec<(&'a Table, &'a ForeignKey)> {
        let stands_on = |table: &Table, key: &ForeignKey| {
            let mut columns = self.columns.iter();
            columns.any(|(of, column)| {
                let own = *of == table.name && key.columns.contains(column);
                own || (*of == key.target && key.target_columns.contains(column))
            })
        };
        self.parts(|table| &table.foreign_keys, stands_on)
    }

    /// The checks that name one of the columns.
    pub(super) fn checks(&self) -> Vec<(&'a Table, &'a ir::Check)> {
        let stands_on = |table: &Table, check: &ir::Check| self.names_own(table, &check.condition);
        self.parts(|table| &table.checks, stands_on)
    }

    /// The indexes with an expression or a condition that names one of the columns: those of a plain column follow it by themselves.
    fn indexes(&self) -> Vec<(&'a Table, &'a Index)> {
        let stands_on = |table: &Table, index: &Index| {
            let parts = index.parts.iter().map(|part| &part.value);
            let is_plain = |expr: &&Expr| matches!(expr, Expr::Column(_));
            let mut exprs = parts.filter(|expr| !is_plain(expr)).chain(&index.filter);
            exprs.any(|expr| self.names_own(table, expr))
        };
        self.parts(|table| &table.indexes, stands_on)
    }

    /// Every index over one of the columns.
    pub(super) fn all_indexes(&self) -> Vec<(&'a Table, &'a Index)> {
        let stands_on = |table: &Table, index: &Index| {
            let mut exprs = index
                .parts
                .iter()
                .map(|part| &part.value)
                .chain(&index.filter);
            let is_included = self
                .columns_of(table)
                .any(|column| index.include.contains(column));
            is_included || exprs.any(|expr| self.names_own(table, expr))
        };
        self.parts(|table| &table.indexes, stands_on)
    }

    /// The unique constraints over one of the columns.
    pub(super) fn uniques(&self) -> Vec<(&'a Table, &'a ir::Unique)> {
        let stands_on = |table: &Table, unique: &ir::Unique| {
            let mut columns = self.columns_of(table);
            columns.any(|column| unique.columns.contains(column) || unique.include.contains(column))
        };
        self.parts(|table| &table.uniques, stands_on)
    }

    /// The computed columns that name one of the columns.
    pub(super) fn computed(&self) -> Vec<(&'a Table, &'a ir::Column)> {
        let stands_on = |table: &Table, column: &ir::Column| {
            let generated = column.generated.as_ref();
            generated.is_some_and(|expr| self.names_own(table, expr))
        };
        self.parts(|table| &table.columns, stands_on)
    }

    fn parts<T>(
        &self,
        list: impl Fn(&'a Table) -> &'a Vec<T>,
        stands_on: impl Fn(&Table, &T) -> bool,
    ) -> Vec<(&'a Table, &'a T)> {
        let mut found = Vec::new();
        for table in &self.schema.tables {
            let parts = list(table).iter().filter(|part| stands_on(table, part));
            found.extend(parts.map(|part| (table, part)));
        }
        found
    }

    fn columns_of(&self, table: &Table) -> impl Iterator<Item = &'c String> {
        let own = self.columns.iter().filter(|(of, _)| *of == table.name);
        own.map(|(_, column)| column)
    }

    fn names_own(&self, table: &Table, expr: &Expr) -> bool {
        let sql = self.printer.expr(expr);
        self.columns_of(table).any(|column| mentions(&sql, column))
    }

    /// The statements before and after a change of the columns' types that find the schema, and leave it, as it is but for the types. The
    /// foreign keys have steps of their own.
    pub(super) fn around(
        &self,
        routines: &[&Routine],
        rights: &[ir::Grant],
    ) -> (Vec<String>, Vec<String>) {
        let printer = self.printer;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let views = self.views_calling(routines);
        for view in views.iter().rev() {
            before.push(printer.drop_view(view));
        }
        for (table, policy) in self.policies() {
            before.push(printer.drop_policy(table, policy));
            after.push(printer.create_policy(table, policy));
        }
        for (table, trigger) in self.triggers() {
            before.push(printer.drop_trigger(table, trigger));
            after.push(printer.create_trigger(table, trigger));
        }
        for (table, check) in self.checks() {
            before.push(printer.drop_constraint(&table.name, &check.name));
            after.push(printer.add_check(&table.name, check, true));
        }
        for (table, index) in self.indexes() {
            before.push(printer.drop_index(&table.name, &index.name));
            after.push(printer.create_index(&table.name, index));
        }
        for (table, column) in self.computed() {
            before.push(printer.drop_column(&table.name, &column.name));
            after.insert(0, printer.add_column(&table.name, column));
        }
        for routine in routines {
            before.push(printer.drop_routine(routine));
            let object = diff::Object::Routine(Box::new((*routine).clone()));
            let rights = object::rights_of(printer, rights, &object);
            after.splice(0..0, [printer.create_routine(routine), rights].concat());
        }
        for view in views {
            after.extend(printer.create_view(view));
            after.extend(printer.change_view_owner(view));
            after.extend(rights::disinherit(printer, &view.name, rights, rights));
            let object = diff::Object::View(Box::new(view.clone()));
            after.extend(object::rights_of(printer, rights, &object));
        }
        (before, after)
    }
}

impl<'a> Dependents<'a, '_> {
    /// The views that read one of the tables or call one of the routines, and those that read these.
    fn views_calling(&self, routines: &[&Routine]) -> Vec<&'a View> {
        let called = routines.iter();
        let called = called.map(|routine| (routine.name.clone(), String::new()));
        let all: Vec<ColumnName> = self.columns.iter().cloned().chain(called).collect();
        Dependents::of(self.schema, self.printer, &all).views()
    }
}

pub(super) fn query(printer: Printer<'_>, view: &View) -> String {
    match &view.query {
        Query::Source(source) => source.clone(),
        Query::Rows { .. } => printer.create_view(view).join("\n"),
    }
}

/// The routines that take or give values of a type.
pub(super) fn routines(schema: &Schema, is_own: impl Fn(&SqlType) -> bool) -> Vec<&Routine> {
    let takes = |arguments: &[Argument]| {
        let mut arguments = arguments.iter();
        arguments.any(|argument| is_own(&argument.sql_type))
    };
    let gives = |returns: &Returns| match returns {
        Returns::Value(sql_type) | Returns::SetOf(sql_type) => is_own(sql_type),
        Returns::Table(columns) => takes(columns),
        Returns::Void | Returns::Trigger => false,
    };
    let routines = schema.routines.iter();
    routines
        .filter(|routine| takes(&routine.arguments) || gives(&routine.returns))
        .collect()
}

//! Finds the objects that depend on a column. They are dropped before its type changes and created again after it.

use std::collections::HashSet;

use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{
    self, Argument, Domain, Expr, ForeignKey, Index, Object, Policy, QualifiedName, Query, Returns,
    Routine, Schema, SqlType, Table, Trigger, TriggerEvent, View,
};
use freehold_schema_core::sql::{calls, casts_to_array, mentions};

/// A column of a table.
pub(super) type ColumnName = (QualifiedName, String);

/// A cast in an expression or a query.
#[derive(Clone, Copy)]
pub(super) enum Cast<'c> {
    /// To the type or to an array of it.
    To(&'c str),
    ToArray(&'c str),
}

impl Cast<'_> {
    fn is_in(self, sql: &str) -> bool {
        match self {
            Self::To(name) => ir::casts_to(sql, name),
            Self::ToArray(name) => casts_to_array(sql, name),
        }
    }
}

/// Finds what depends on columns of one schema, calls one of some functions, or casts to one of some types.
pub(super) struct Dependents<'a, 'c> {
    pub(super) schema: &'a Schema,
    printer: Printer<'a>,
    pub(super) columns: &'c [ColumnName],
    called: Vec<&'c str>,
    casts: Vec<Cast<'c>>,
}

impl<'a, 'c> Dependents<'a, 'c> {
    pub(super) fn of(schema: &'a Schema, printer: Printer<'a>, columns: &'c [ColumnName]) -> Self {
        Self {
            schema,
            printer,
            columns,
            called: Vec::new(),
            casts: Vec::new(),
        }
    }

    /// Also finds what calls one of the functions.
    pub(super) fn calling(self, functions: impl IntoIterator<Item = &'c QualifiedName>) -> Self {
        let mut called = self.called;
        called.extend(functions.into_iter().map(|name| name.name.as_str()));
        Self { called, ..self }
    }

    /// Also finds what casts to one of the types.
    pub(super) fn casting(self, to: impl IntoIterator<Item = Cast<'c>>) -> Self {
        let mut casts = self.casts;
        casts.extend(to);
        Self { casts, ..self }
    }

    /// The same functions and types with other columns.
    pub(super) fn over<'d>(&self, columns: &'d [ColumnName]) -> Dependents<'a, 'd>
    where
        'c: 'd,
    {
        Dependents {
            schema: self.schema,
            printer: self.printer,
            columns,
            called: self.called.clone(),
            casts: self.casts.clone(),
        }
    }

    /// Whether the expression calls one of the functions or casts to one of the types.
    pub(super) fn uses(&self, expr: &Expr) -> bool {
        if self.called.is_empty() && self.casts.is_empty() {
            return false;
        }
        let sql = self.printer.expr(expr);
        self.called.iter().any(|name| calls(&sql, name)) || self.casts_in(&sql)
    }

    fn casts_in(&self, sql: &str) -> bool {
        self.casts.iter().any(|cast| cast.is_in(sql))
    }

    pub(super) fn printer(&self) -> Printer<'a> {
        self.printer
    }

    fn tables(&self) -> HashSet<&'c QualifiedName> {
        self.columns.iter().map(|(table, _)| table).collect()
    }

    /// The views that read one of the tables, call a function or cast to a type, and the views that read those.
    ///
    /// They are in the order of creation.
    pub(super) fn views(&self) -> Vec<&'a View> {
        if self.columns.is_empty() && self.called.is_empty() && self.casts.is_empty() {
            return Vec::new();
        }
        let tables = self.tables().into_iter();
        let tables = tables.map(|name| name.name.as_str());
        let mut names: HashSet<&str> = tables.chain(self.called.iter().copied()).collect();
        let mut views = Vec::new();
        for object in ir::ordered(self.schema).objects {
            let Object::View(view) = object else {
                continue;
            };
            let query = query(self.printer, view);
            let mut indexes = view.indexes.iter().flat_map(values);
            if names.iter().any(|name| mentions(&query, name))
                || self.casts_in(&query)
                || indexes.any(|expr| self.uses(expr))
            {
                names.insert(&view.name.name);
                views.push(view);
            }
        }
        views
    }

    /// The views that group over one of the tables, and the views that read those. They are in the order of creation.
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
        let groups = |view: &&View| mentions(&query(self.printer, view), "group");
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

    /// The policies whose conditions name one of the columns or call a function.
    ///
    /// The column may be of the policy's table or of another table that the condition names.
    pub(super) fn policies(&self) -> Vec<(&'a Table, &'a Policy)> {
        let all = self.schema.tables.iter();
        let all = all.flat_map(|table| table.policies.iter().map(move |policy| (table, policy)));
        let depends = |(table, policy): &(&Table, &Policy)| {
            let conditions = policy.using.iter().chain(&policy.with_check);
            let calls = conditions.clone().any(|expr| self.uses(expr));
            let sql: Vec<_> = conditions.map(|expr| self.printer.expr(expr)).collect();
            let names_it = |(of, column): &ColumnName| {
                let in_reach = |sql: &&String| *of == table.name || mentions(sql, &of.name);
                sql.iter().filter(in_reach).any(|sql| mentions(sql, column))
            };
            calls || self.columns.iter().any(names_it)
        };
        all.filter(depends).collect()
    }

    /// The triggers that fire on one of the columns, use it in their condition, or call a function in it.
    pub(super) fn triggers(&self) -> Vec<(&'a Table, &'a Trigger)> {
        let depends = |table: &Table, trigger: &Trigger| {
            let calls = trigger.when.as_ref().is_some_and(|when| self.uses(when));
            let mut columns = self.columns_of(table);
            calls || columns.any(|column| {
                let fires_at = |event: &TriggerEvent| matches!(event, TriggerEvent::Update(of) if of.iter().any(|name| name == column));
                let asks = trigger.when.as_ref();
                let asks = asks.is_some_and(|when| mentions(&self.printer.expr(when), column));
                asks || trigger.events.iter().any(fires_at)
            })
        };
        self.parts(|table| &table.triggers, depends)
    }

    /// The foreign keys that have one of the columns on either side.
    pub(super) fn foreign_keys(&self) -> Vec<(&'a Table, &'a ForeignKey)> {
        let depends = |table: &Table, key: &ForeignKey| {
            let mut columns = self.columns.iter();
            columns.any(|(of, column)| {
                let own = *of == table.name && key.columns.contains(column);
                own || (*of == key.target && key.target_columns.contains(column))
            })
        };
        self.parts(|table| &table.foreign_keys, depends)
    }

    /// The checks that name one of the columns or call a function.
    pub(super) fn checks(&self) -> Vec<(&'a Table, &'a ir::Check)> {
        let depends = |table: &Table, check: &ir::Check| self.names_own(table, &check.condition);
        self.parts(|table| &table.checks, depends)
    }

    /// The indexes with an expression or a condition that names one of the columns or calls a function.
    ///
    /// Indexes of plain columns follow the columns automatically.
    pub(super) fn indexes(&self) -> Vec<(&'a Table, &'a Index)> {
        let depends = |table: &Table, index: &Index| {
            let parts = index.parts.iter().map(|part| &part.value);
            let is_plain = |expr: &&Expr| matches!(expr, Expr::Column(_));
            let mut exprs = parts.filter(|expr| !is_plain(expr)).chain(&index.filter);
            exprs.any(|expr| self.names_own(table, expr))
        };
        self.parts(|table| &table.indexes, depends)
    }

    /// Every index that uses one of the columns or calls a function.
    pub(super) fn all_indexes(&self) -> Vec<(&'a Table, &'a Index)> {
        let depends = |table: &Table, index: &Index| {
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
        self.parts(|table| &table.indexes, depends)
    }

    /// The unique constraints over one of the columns.
    pub(super) fn uniques(&self) -> Vec<(&'a Table, &'a ir::Unique)> {
        let depends = |table: &Table, unique: &ir::Unique| {
            let mut columns = self.columns_of(table);
            columns.any(|column| unique.columns.contains(column) || unique.include.contains(column))
        };
        self.parts(|table| &table.uniques, depends)
    }

    /// The generated columns that name one of the columns or call a function.
    pub(super) fn computed(&self) -> Vec<(&'a Table, &'a ir::Column)> {
        let depends = |table: &Table, column: &ir::Column| {
            let generated = column.generated.as_ref();
            generated.is_some_and(|expr| self.names_own(table, expr))
        };
        self.parts(|table| &table.columns, depends)
    }

    /// The columns whose default calls a function.
    pub(super) fn defaults(&self) -> Vec<(&'a Table, &'a ir::Column)> {
        let calls = |_: &Table, column: &ir::Column| {
            let default = column.default.as_ref();
            default.is_some_and(|expr| self.uses(expr))
        };
        self.parts(|table| &table.columns, calls)
    }

    /// The tables with an expression that calls a function or casts to a type.
    pub(super) fn callers(&self) -> Vec<&'a Table> {
        let calls = |table: &&Table| exprs(table).into_iter().any(|expr| self.uses(expr));
        self.schema.tables.iter().filter(calls).collect()
    }

    /// The checks of domains that call a function or cast to a type, each with its domain.
    pub(super) fn domain_checks(&self) -> Vec<(&'a Domain, &'a ir::Check)> {
        let domains = self.schema.domains.iter();
        let checks =
            domains.flat_map(|domain| domain.checks.iter().map(move |check| (domain, check)));
        checks
            .filter(|(_, check)| self.uses(&check.condition))
            .collect()
    }

    fn parts<T>(
        &self,
        list: impl Fn(&'a Table) -> &'a Vec<T>,
        depends: impl Fn(&Table, &T) -> bool,
    ) -> Vec<(&'a Table, &'a T)> {
        let mut found = Vec::new();
        for table in &self.schema.tables {
            let parts = list(table).iter().filter(|part| depends(table, part));
            found.extend(parts.map(|part| (table, part)));
        }
        found
    }

    fn columns_of(&self, table: &Table) -> impl Iterator<Item = &'c String> {
        let own = self.columns.iter().filter(|(of, _)| *of == table.name);
        own.map(|(_, column)| column)
    }

    /// Whether the expression names one of the columns of its table or calls a function.
    fn names_own(&self, table: &Table, expr: &Expr) -> bool {
        let sql = self.printer.expr(expr);
        self.columns_of(table).any(|column| mentions(&sql, column)) || self.uses(expr)
    }
}

/// All expressions of a table: defaults, generated columns, checks, policies, trigger conditions and indexes.
fn exprs(table: &Table) -> Vec<&Expr> {
    let columns = table.columns.iter();
    let columns = columns.flat_map(|column| column.default.iter().chain(&column.generated));
    let checks = table.checks.iter().map(|check| &check.condition);
    let policies = table.policies.iter();
    let policies = policies.flat_map(|policy| policy.using.iter().chain(&policy.with_check));
    let triggers = table
        .triggers
        .iter()
        .filter_map(|trigger| trigger.when.as_ref());
    let indexes = table.indexes.iter().flat_map(values);
    columns
        .chain(checks)
        .chain(policies)
        .chain(triggers)
        .chain(indexes)
        .collect()
}

/// The indexed expressions and the condition of an index.
fn values(index: &Index) -> impl Iterator<Item = &Expr> {
    let parts = index.parts.iter().map(|part| &part.value);
    parts.chain(&index.filter)
}

pub(super) fn query(printer: Printer<'_>, view: &View) -> String {
    match &view.query {
        Query::Source(source) => source.clone(),
        Query::Rows { .. } => printer.create_view(view).join("\n"),
    }
}

/// The routines that have an argument or a result of a type.
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

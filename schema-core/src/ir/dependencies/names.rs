//! The names that an object needs.

use super::object::Object;
use super::sql::{self, Kind, Name};
use crate::ir::{Argument, Body, Column, Expr, Index, Query, Returns, SqlType, Table};
use crate::model::Language;

/// The names that PostgreSQL looks up when it creates an object. Some of them need no other object, such as built-in
/// functions and the object's own columns.
#[derive(Default)]
pub(super) struct Needs {
    pub(super) names: Vec<Name>,
}

impl Needs {
    pub(super) fn of(object: Object<'_>) -> Self {
        let mut needs = Self::default();
        match object {
            Object::Domain(domain) => {
                needs.add_type(&domain.base);
                for check in &domain.checks {
                    needs.add_expr(&check.condition);
                }
            }
            Object::Routine(routine) => {
                needs.add_arguments(&routine.arguments);
                needs.add_returns(&routine.returns);
                if let (Language::Sql, Body::Source(source)) = (routine.language, &routine.body) {
                    needs.add_sql(source);
                }
            }
            Object::Table(table) => needs.add_table(table),
            Object::View(view) => {
                needs.add_query(&view.query);
                for index in &view.indexes {
                    needs.add_index(index);
                }
            }
        }
        needs
    }

    fn add_table(&mut self, table: &Table) {
        for column in &table.columns {
            self.add_column(column);
        }
        for check in &table.checks {
            self.add_expr(&check.condition);
        }
        for index in &table.indexes {
            self.add_index(index);
        }
    }

    fn add_column(&mut self, column: &Column) {
        self.add_type(&column.sql_type);
        for expr in column.default.iter().chain(&column.generated) {
            self.add_expr(expr);
        }
    }

    fn add_index(&mut self, index: &Index) {
        let values = index.parts.iter().map(|part| &part.value);
        for expr in values.chain(&index.filter) {
            self.add_expr(expr);
        }
    }

    fn add_arguments(&mut self, arguments: &[Argument]) {
        for argument in arguments {
            self.add_type(&argument.sql_type);
            if let Some(expr) = &argument.default {
                self.add_expr(expr);
            }
        }
    }

    fn add_returns(&mut self, returns: &Returns) {
        match returns {
            Returns::Value(sql_type) | Returns::SetOf(sql_type) => self.add_type(sql_type),
            Returns::Table(columns) => self.add_arguments(columns),
            Returns::Void | Returns::Trigger => {}
        }
    }

    fn add_query(&mut self, query: &Query) {
        match query {
            Query::Source(source) => self.add_sql(source),
            Query::Rows { table, filter, .. } => {
                self.add(table.schema.clone(), &table.name, Kind::Relation);
                self.add_expr(filter);
            }
        }
    }

    fn add_type(&mut self, sql_type: &SqlType) {
        match sql_type.element() {
            SqlType::Domain(name) => self.add(name.schema.clone(), &name.name, Kind::Type),
            // The row type of a table is also a type.
            SqlType::Sql(source) => self.names.extend(sql::type_names(source)),
            _ => {}
        }
    }

    fn add_expr(&mut self, expr: &Expr) {
        expr.visit(&mut |expr| match expr {
            Expr::Call(name, arguments) => {
                self.add(None, &folded(name), Kind::Call(arguments.len()));
            }
            Expr::Sql(source) => self.add_sql(source),
            _ => {}
        });
    }

    fn add_sql(&mut self, source: &str) {
        self.names.extend(sql::names(source));
    }

    fn add(&mut self, schema: Option<String>, name: &str, kind: Kind) {
        let name = name.to_owned();
        self.names.push(Name { schema, name, kind });
    }
}

/// The name of a function as printed in a call: a name in capitals only is not quoted, so PostgreSQL lowercases it.
fn folded(name: &str) -> String {
    if name.chars().all(|c| c.is_ascii_uppercase()) {
        name.to_lowercase()
    } else {
        name.to_owned()
    }
}

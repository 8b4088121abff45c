//! The canonical form of each object of a schema.

use std::collections::HashMap;

use super::rules::Tables;
use super::{expression_of, value_of};
use crate::ddl::POSTGRES;
use crate::ir::{
    Check, Domain, EnumType, Expansion, Expr, Extension, QualifiedName, Role, Schema, Table,
};
use crate::sql::tree::Type;

/// The schema that names omit, because PostgreSQL finds it without a qualifier.
pub(super) const PUBLIC: &str = "public";

/// The schema to convert, with lookups that its parts need.
pub(super) struct Normal<'s> {
    pub(super) schema: &'s Schema,
    /// The schemas, besides `pg_catalog` and `public`, whose names need no qualifier.
    path: &'s [String],
    /// The columns of each table and view, by its name in a query.
    columns: HashMap<String, Vec<String>>,
    /// Each table, by its name in a query.
    tables: HashMap<String, &'s Table>,
}

impl<'s> Normal<'s> {
    pub(super) fn of(schema: &'s Schema) -> Self {
        Self::on_path(schema, &[])
    }

    /// The same. Names of the schemas in `path` need no qualifier.
    pub(super) fn on_path(schema: &'s Schema, path: &'s [String]) -> Self {
        let columns = schema.tables.iter().map(|table| {
            let columns = table.columns.iter().map(|column| column.name.clone());
            (in_query(&table.name, path), columns.collect())
        });
        let tables = schema.tables.iter();
        let tables = tables.map(|table| (in_query(&table.name, path), table));
        Self {
            schema,
            path,
            columns: columns.collect(),
            tables: tables.collect(),
        }
    }

    pub(super) fn schema(&self) -> Schema {
        let from = self.schema;
        Schema {
            roles: from.roles.iter().map(role).collect(),
            owner: from.owner.clone(),
            schemas: from.schemas.clone(),
            extensions: from.extensions.iter().map(extension).collect(),
            enums: from.enums.iter().map(enum_type).collect(),
            domains: from
                .domains
                .iter()
                .map(|domain| self.domain(domain))
                .collect(),
            sequences: from.sequences.iter().map(super::sequence::normal).collect(),
            routines: from
                .routines
                .iter()
                .map(|routine| self.routine(routine))
                .collect(),
            tables: from.tables.iter().map(|table| self.table(table)).collect(),
            views: from.views.iter().map(|view| self.view(view)).collect(),
            grants: self.grants(),
            // An expansion says what the other objects are for. It is not an object of the database.
            expansion: Expansion::default(),
        }
    }

    fn domain(&self, domain: &Domain) -> Domain {
        let checks = domain.checks.iter();
        let mut checks: Vec<_> = checks.map(|check| self.check(check, None)).collect();
        // PostgreSQL evaluates the checks of a domain in the order of their names.
        checks.sort_by(|one, other| one.name.cmp(&other.name));
        Domain {
            name: name(&domain.name),
            base: self.sql_type(&domain.base),
            comment: comment(domain.comment.as_ref()),
            checks,
        }
    }

    pub(super) fn check(&self, check: &Check, own: Option<&QualifiedName>) -> Check {
        Check {
            name: check.name.clone(),
            condition: self.expr(&check.condition, own),
        }
    }

    /// An expression on the rows of a table, if `own` is given.
    pub(super) fn expr(&self, expr: &Expr, own: Option<&QualifiedName>) -> Expr {
        let sql = POSTGRES.expr(expr);
        Expr::Sql(self.with_tables(own, |tables| expression_of(&sql, tables)))
    }

    pub(super) fn maybe_expr(&self, expr: Option<&Expr>, own: &QualifiedName) -> Option<Expr> {
        expr.map(|expr| self.expr(expr, Some(own)))
    }

    /// An expression in a place with this type.
    pub(super) fn value(&self, expr: &Expr, place: Option<&Type>) -> Expr {
        let sql = POSTGRES.expr(expr);
        Expr::Sql(self.with_tables(None, |tables| value_of(&sql, tables, place)))
    }

    fn with_tables<T>(&self, own: Option<&QualifiedName>, run: impl FnOnce(&Tables<'_>) -> T) -> T {
        let own = own.map(|own| in_query(own, self.path));
        let columns = |table: &str| self.columns.get(table).cloned();
        let table = own.as_ref().and_then(|own| self.tables.get(own));
        let types = |column: &str| {
            let mut columns = table?.columns.iter();
            let column = columns.find(|known| known.name == column)?;
            self.place(&column.sql_type)
        };
        run(&Tables {
            own: own.as_deref(),
            columns: Some(&columns),
            types: Some(&types),
            path: self.path,
        })
    }
}

/// The name, without the schema `public`.
pub(super) fn name(name: &QualifiedName) -> QualifiedName {
    let schema = name.schema.as_deref().filter(|schema| *schema != PUBLIC);
    QualifiedName::new(schema, &name.name)
}

/// The name, as a query writes it.
fn in_query(of: &QualifiedName, path: &[String]) -> String {
    let QualifiedName { schema, name } = name(of);
    let schema = schema.filter(|schema| !path.contains(schema));
    schema.map_or_else(|| name.clone(), |schema| format!("{schema}.{name}"))
}

/// Removes an empty comment.
pub(super) fn comment(comment: Option<&String>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).cloned()
}

pub(super) fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    names
}

fn role(role: &Role) -> Role {
    Role {
        member_of: sorted(&role.member_of),
        ..role.clone()
    }
}

fn extension(extension: &Extension) -> Extension {
    let schema = extension.schema.clone();
    Extension {
        name: extension.name.clone(),
        schema: schema.filter(|schema| schema != PUBLIC),
    }
}

fn enum_type(made: &EnumType) -> EnumType {
    EnumType {
        name: name(&made.name),
        comment: comment(made.comment.as_ref()),
        labels: made.labels.clone(),
        renamed_labels: Vec::new(),
    }
}

//! The owned schema → SQL: up and down, one file per kind of object.
//!
//! A schema is printed as sections, in dependency order; each knows its way up and down. The whole script and the
//! numbered files are made of the same sections.

pub mod alter;
mod column;
mod comment;
mod constraint;
mod dialect;
mod domain;
mod expr;
mod files;
mod foreign_key;
mod grant;
mod index;
/// The order in which objects are made.
pub mod order;
mod owned_by;
mod partition;
mod policy;
mod postgres;
/// The printer of statements, and its names.
pub mod printer;
mod role;
/// Functions and procedures.
pub mod routine;
mod search;
mod section;
mod sequence;
mod table;
mod trigger;
mod types;
mod view;

pub use dialect::{Dialect, Expressions, Names, Statements, Types};
pub use files::DdlFile;
pub use postgres::{PRINTER as POSTGRES, Postgres};

use crate::ir::{Month, PartitionError, Schema};

/// The word of `GRANT` for a right.
#[cfg(feature = "postgres")]
pub(crate) fn privilege_word(kind: crate::model::Privilege) -> &'static str {
    grant::word(kind)
}

/// A name as it stands in a statement of PostgreSQL that is not DDL.
#[cfg(feature = "postgres")]
pub(crate) fn qualified(name: &crate::model::TableName) -> String {
    POSTGRES.qualified(&name.into())
}

/// An identifier as it stands in a statement of PostgreSQL.
pub fn identifier(name: &str) -> String {
    POSTGRES.identifier(name)
}

/// An expression of the model as it stands in a statement of PostgreSQL that is not DDL.
#[cfg(feature = "postgres")]
pub(crate) fn expression(expr: &crate::model::Expr) -> String {
    POSTGRES.expr(&expr.into())
}

impl Schema {
    /// The SQL that makes the schema in an empty database: roles first, then every object after those that it needs, foreign keys of a circle
    /// after the tables, and rights last, so that nobody sees a table before its policies.
    ///
    /// The same schema always gives the same text; it ends with a newline, and is empty for an empty schema.
    pub fn up(&self, dialect: &dyn Dialect) -> String {
        let sections = section::sections(self, dialect);
        let runs = sections.chunk_by(|one, next| one.by_owner == next.by_owner);
        let statements: Vec<_> = runs
            .flat_map(|run| {
                let owner = self
                    .owner()
                    .filter(|_| run.iter().all(|section| section.by_owner));
                as_role(owner, statements_up(run), dialect)
            })
            .collect();
        script(&statements)
    }

    /// The SQL that takes the schema away again. No `CASCADE`: what was made by other means and hangs on it is not lost, the script stops.
    pub fn down(&self, dialect: &dyn Dialect) -> String {
        let sections = section::sections(self, dialect);
        let statements: Vec<_> = sections
            .iter()
            .rev()
            .flat_map(|section| section.down.clone())
            .collect();
        script(&statements)
    }

    /// The SQL that takes the schema's roles away, which belong to the whole cluster: [`Schema::down`] leaves them. Those that were there before
    /// the schema stay. PostgreSQL refuses it while another database uses one of them.
    pub fn drop_roles(&self, dialect: &dyn Dialect) -> String {
        let printer = printer::Printer::new(dialect);
        let made = self.roles().iter().rev().filter(|role| !role.existing);
        let statements: Vec<_> = made.map(|role| printer.drop_role(role)).collect();
        script(&statements)
    }

    /// The SQL that makes the partitions of `count` months of a table, from `first` on, each unless it is there. Those that the schema
    /// declares are left out.
    ///
    /// `table` is the name in the database, without its PostgreSQL schema. The months of a key with a time zone are those of UTC.
    ///
    /// # Errors
    ///
    /// As [`Schema::monthly_partitions`].
    pub fn plan_monthly_partitions(
        &self,
        dialect: &dyn Dialect,
        table: &str,
        first: Month,
        count: u32,
    ) -> Result<String, PartitionError> {
        let (_, plan) = self.monthly_plan(table)?;
        let partitions = self.monthly_partitions(table, first, count)?;
        let printer = printer::Printer::new(dialect);
        let statements = printer.planned_partitions(&plan, &partitions);
        Ok(script(&as_role(self.owner(), statements, dialect)))
    }

    /// The same SQL as numbered files, one per table, each with an `-- UP` and a `-- DOWN` half. Applied in the order of
    /// their names, the upper halves make the schema; in reverse, the lower halves take it away.
    pub fn files(&self, dialect: &dyn Dialect) -> Vec<DdlFile> {
        files::files(&section::sections(self, dialect), self.owner(), dialect)
    }
}

/// The statements of the upper halves.
fn statements_up(sections: &[section::Section]) -> Vec<String> {
    let up = sections.iter().flat_map(|section| &section.up);
    up.cloned().collect()
}

/// The statements, run as a role where there is one.
fn as_role(role: Option<&str>, mut statements: Vec<String>, dialect: &dyn Dialect) -> Vec<String> {
    if let Some(role) = role.filter(|_| !statements.is_empty()) {
        statements.insert(0, printer::Printer::new(dialect).set_role(role));
        statements.push("RESET ROLE".to_owned());
    }
    statements
}

/// Statements with an empty line between two that have several lines.
pub fn script(statements: &[String]) -> String {
    let mut out = String::new();
    let mut after_block = false;
    for statement in statements {
        let block = statement.contains('\n');
        if !out.is_empty() && (block || after_block) {
            out.push('\n');
        }
        out.push_str(statement);
        out.push_str(";\n");
        after_block = block;
    }
    out
}

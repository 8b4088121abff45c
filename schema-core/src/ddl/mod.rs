//! The owned schema → SQL: up and down, one file for each kind of object.
//!
//! A schema is printed as sections in dependency order, each with its statements up and down. The whole script and the
//! numbered files consist of the same sections.

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
/// The order in which objects are created.
pub mod order;
mod owned_by;
mod partition;
mod policy;
mod postgres;
/// The printer of statements and names.
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

/// The word for a right in `GRANT`.
#[cfg(feature = "postgres")]
pub(crate) fn privilege_word(kind: crate::model::Privilege) -> &'static str {
    grant::word(kind)
}

/// A table name in a PostgreSQL statement, quoted if needed.
#[cfg(feature = "postgres")]
pub(crate) fn qualified(name: &crate::model::TableName) -> String {
    POSTGRES.qualified(&name.into())
}

/// An identifier in a PostgreSQL statement, quoted if needed.
pub fn identifier(name: &str) -> String {
    POSTGRES.identifier(name)
}

/// An expression of the model in a PostgreSQL statement.
#[cfg(feature = "postgres")]
pub(crate) fn expression(expr: &crate::model::Expr) -> String {
    POSTGRES.expr(&expr.into())
}

impl Schema {
    /// The SQL that creates the schema in an empty database.
    ///
    /// Roles come first, and each object comes after those that it needs. Foreign keys that close a cycle come after
    /// the tables. Rights come after the policies, so that no role sees a table before its policies exist.
    ///
    /// The same schema always has the same text. It ends with a newline, and is empty for an empty schema.
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

    /// The SQL that drops the schema.
    ///
    /// It uses no `CASCADE`: if an object that was created by other means depends on the schema, the script stops and
    /// the object is kept.
    pub fn down(&self, dialect: &dyn Dialect) -> String {
        let sections = section::sections(self, dialect);
        let statements: Vec<_> = sections
            .iter()
            .rev()
            .flat_map(|section| section.down.clone())
            .collect();
        script(&statements)
    }

    /// The SQL that drops the schema's roles. [`Schema::down`] keeps them, because roles belong to the whole cluster.
    ///
    /// Roles that are declared as existing are kept. PostgreSQL refuses to drop a role while another database uses it.
    pub fn drop_roles(&self, dialect: &dyn Dialect) -> String {
        let printer = printer::Printer::new(dialect);
        let made = self.roles().iter().rev().filter(|role| !role.existing);
        let statements: Vec<_> = made.map(|role| printer.drop_role(role)).collect();
        script(&statements)
    }

    /// The SQL that creates the partitions of `count` months of a table, from `first` on, if they do not exist.
    ///
    /// Partitions that the schema declares are left out. `table` is the name in the database, without its PostgreSQL
    /// schema. If the partition key has a time zone, the months are those of UTC.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Schema::monthly_partitions`].
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

    /// The SQL of [`Schema::up`] and [`Schema::down`] as numbered files, each with an `-- UP` and a `-- DOWN` half.
    ///
    /// There is a file for each table and for each other section. Applied in the order of their names, the upper halves
    /// create the schema; in reverse order, the lower halves drop it.
    pub fn files(&self, dialect: &dyn Dialect) -> Vec<DdlFile> {
        files::files(&section::sections(self, dialect), self.owner(), dialect)
    }
}

/// The statements of the sections' upper halves.
fn statements_up(sections: &[section::Section]) -> Vec<String> {
    let up = sections.iter().flat_map(|section| &section.up);
    up.cloned().collect()
}

/// The statements between `SET ROLE` and `RESET ROLE`, if there is a role.
fn as_role(role: Option<&str>, mut statements: Vec<String>, dialect: &dyn Dialect) -> Vec<String> {
    if let Some(role) = role.filter(|_| !statements.is_empty()) {
        statements.insert(0, printer::Printer::new(dialect).set_role(role));
        statements.push("RESET ROLE".to_owned());
    }
    statements
}

/// Joins statements to a script, with an empty line before and after each one of several lines.
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

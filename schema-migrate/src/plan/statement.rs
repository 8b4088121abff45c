//! The statements of a step. They are printed when a file is written; until then, passes look at their variants.

use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ddl::routine::Define;
use freehold_schema_core::ir::{Check, QualifiedName, Routine, View};
use freehold_schema_core::model::Language;

/// A statement of a step.
///
/// A statement that a later pass of the plan looks for is a variant of its own. No pass reads the text of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Statement {
    /// `CREATE FUNCTION` or `CREATE PROCEDURE`.
    DefineRoutine(Box<Routine>, Define),
    /// `CREATE VIEW` or `CREATE MATERIALIZED VIEW`.
    DefineView(Box<View>, Rows),
    /// `ALTER TABLE table ADD CONSTRAINT name CHECK (..)`.
    AddCheck(QualifiedName, Box<Check>, Rows),
    /// Any other statement.
    Sql(String),
}

/// Whether a statement reads the existing rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rows {
    /// The statement reads the rows: it fills a materialized view or validates a check.
    Read,
    /// The statement does not read rows (`WITH NO DATA`, `NOT VALID`); a later statement does.
    Later,
}

impl Statement {
    /// The SQL, without a semicolon.
    pub fn print(&self, printer: Printer<'_>) -> String {
        match self {
            Self::DefineRoutine(routine, define) => printer.define_routine(routine, *define),
            Self::DefineView(view, Rows::Read) => printer.define_view(view),
            Self::DefineView(view, Rows::Later) => {
                format!("{}\nWITH NO DATA", printer.define_view(view))
            }
            Self::AddCheck(table, check, rows) => {
                printer.add_check(table, check, *rows == Rows::Read)
            }
            Self::Sql(sql) => sql.clone(),
        }
    }

    /// The same statement without reading rows, if it reads rows and that can be done later.
    pub(super) fn without_rows(&self) -> Option<Self> {
        match self {
            Self::DefineView(view, Rows::Read) if view.materialized => {
                Some(Self::DefineView(view.clone(), Rows::Later))
            }
            Self::AddCheck(table, check, Rows::Read) => {
                Some(Self::AddCheck(table.clone(), check.clone(), Rows::Later))
            }
            _ => None,
        }
    }

    /// Whether it creates a function in SQL, whose body PostgreSQL checks when it creates it.
    pub(super) fn has_sql_body(&self) -> bool {
        matches!(self, Self::DefineRoutine(routine, _) if routine.language == Language::Sql)
    }

    pub(super) fn add_check(table: &QualifiedName, check: &Check, rows: Rows) -> Self {
        Self::AddCheck(table.clone(), Box::new(check.clone()), rows)
    }

    /// Creates a routine, with its execution rights and comment.
    pub(super) fn create_routine(printer: Printer<'_>, routine: &Routine) -> Vec<Self> {
        Self::with(
            Self::DefineRoutine(Box::new(routine.clone()), Define::New),
            printer.beside_routine(routine),
        )
    }

    /// Replaces a routine and changes its execution rights.
    pub(super) fn replace_routine(printer: Printer<'_>, old: &Routine, new: &Routine) -> Vec<Self> {
        Self::with(
            Self::DefineRoutine(Box::new(new.clone()), Define::OrReplace),
            printer.change_execution(old, new),
        )
    }

    /// Creates a view with its indexes and comments.
    pub(super) fn create_view(printer: Printer<'_>, view: &View) -> Vec<Self> {
        Self::with(
            Self::DefineView(Box::new(view.clone()), Rows::Read),
            printer.beside_view(view),
        )
    }

    fn with(first: Self, others: Vec<String>) -> Vec<Self> {
        let others = others.into_iter().map(Self::Sql);
        std::iter::once(first).chain(others).collect()
    }
}

/// Statements in order.
#[derive(Default)]
pub(super) struct Statements(Vec<Statement>);

impl Statements {
    pub(super) fn push(&mut self, statement: impl Into<Statement>) {
        self.0.push(statement.into());
    }

    pub(super) fn extend<S: Into<Statement>>(&mut self, statements: impl IntoIterator<Item = S>) {
        self.0.extend(statements.into_iter().map(Into::into));
    }
}

impl<S: Into<Statement>> FromIterator<S> for Statements {
    fn from_iter<I: IntoIterator<Item = S>>(statements: I) -> Self {
        Self(statements.into_iter().map(Into::into).collect())
    }
}

impl IntoIterator for Statements {
    type Item = Statement;
    type IntoIter = std::vec::IntoIter<Statement>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<String> for Statement {
    fn from(sql: String) -> Self {
        Self::Sql(sql)
    }
}

impl From<&str> for Statement {
    fn from(sql: &str) -> Self {
        Self::Sql(sql.to_owned())
    }
}

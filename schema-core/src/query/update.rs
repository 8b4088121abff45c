use core::marker::PhantomData;

use super::assignment::{Assignments, InUpdate};
use super::executor::{Executor, Kind, Reaches, Statement};
use super::expr::Condition;
use super::filter;
use super::insert::write_returning;
use super::node::Node;
use super::references;
use super::relation::{Deleted, Meta, Relation};
use super::select::{collect, condition, finish, list};
use super::writer::Writer;
use crate::error::Error;
use crate::model::Role;

/// The statement is about one row, by its key.
#[derive(Debug)]
pub enum One {}

/// The statement is about the rows for which a condition holds.
#[derive(Debug)]
pub enum Many {}

/// A change of rows.
#[must_use = "a statement does nothing until it is run"]
pub struct Update<T, Count> {
    condition: Node,
    set: Vec<(usize, Node)>,
    deleted: Deleted,
    types: PhantomData<fn() -> (T, Count)>,
}

impl<T: Relation, Count> Update<T, Count> {
    pub(crate) fn new(condition: Condition) -> Self {
        Self {
            condition: condition.0,
            set: Vec::new(),
            deleted: Deleted::Hidden,
            types: PhantomData,
        }
    }

    /// Sets columns, to values or to expressions over the row.
    pub fn set<A: Assignments<T, InUpdate>>(
        mut self,
        columns: impl FnOnce(T::Fields) -> A,
    ) -> Self {
        for (position, node) in columns(T::fields(0)).assignments() {
            self.set.retain(|(other, _)| *other != position);
            self.set.push((position, node.0));
        }
        self
    }

    /// Only where this holds too: for an update that must not overwrite what it has not seen.
    pub fn filter<C: Into<Condition>>(mut self, condition: impl FnOnce(T::Fields) -> C) -> Self {
        let further = condition(T::fields(0)).into().0;
        self.condition = Node::and(Some(self.condition), further);
        self
    }

    /// Deleted rows too.
    pub fn with_deleted(mut self) -> Self {
        self.deleted = Deleted::Shown;
        self
    }

    /// Changes the rows. Says how many; a row that is not to be reached counts like one that is not there.
    pub async fn execute<E: Reaches<T>>(self, executor: &E) -> Result<u64, Error> {
        let statement = self.statement(executor, false)?;
        executor.run(statement, &mut |_| Ok(())).await
    }

    /// The statement as it would be run by `executor`.
    pub fn to_sql<E: Reaches<T>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor, true)?.text)
    }

    async fn rows<E: Reaches<T>>(self, executor: &E) -> Result<Vec<T>, Error> {
        let statement = self.statement(executor, true)?;
        collect(executor, statement, <T as Relation>::read).await
    }

    fn statement<E: Executor>(&self, executor: &E, returning: bool) -> Result<Statement, Error> {
        if self.set.is_empty() {
            return Err(Error::Statement(
                "the update sets no column; say which in `.set(|row| row.column.to(value))`",
            ));
        }
        let meta = T::meta();
        let mut writer = Writer::new(executor.key());
        let texts = self.write_set(&mut writer, meta);
        write_where(&mut writer, meta, self.deleted, &self.condition);
        Self::write_references(&mut writer, meta, &texts);
        if returning {
            write_returning(&mut writer, meta);
        }
        finish(writer, Kind::Write, vec![meta])
    }

    /// Writes what is set, and says how each value stands in the statement.
    fn write_set(&self, writer: &mut Writer<'_>, meta: &'static Meta) -> Vec<(usize, String)> {
        writer.push("UPDATE ");
        writer.push(meta.name());
        writer.push(" AS t0 SET ");
        let mut texts = Vec::with_capacity(self.set.len());
        list(writer, "", self.set.iter(), |writer, (position, node)| {
            texts.push((*position, write_assignment(writer, meta, *position, node)));
        });
        write_updated_at(writer, meta);
        texts
    }

    /// What foreign keys are set to is to be reached too.
    fn write_references(writer: &mut Writer<'_>, meta: &'static Meta, texts: &[(usize, String)]) {
        if !writer.has_key() {
            return;
        }
        let positions: Vec<_> = texts.iter().map(|(position, _)| *position).collect();
        for (position, key) in references::unheld(meta, &positions) {
            if let Some((_, value)) = texts.iter().find(|(other, _)| *other == position) {
                writer.push(" AND ");
                references::write_reachable(writer, key, value);
            }
        }
    }
}

impl<T: Relation> Update<T, One> {
    /// Changes the row, and gives it back as it is now; nothing where it is not there or not to be reached.
    pub async fn fetch<E: Reaches<T>>(self, executor: &E) -> Result<Option<T>, Error> {
        Ok(self.rows(executor).await?.into_iter().next())
    }
}

impl<T: Relation> Update<T, Many> {
    /// Changes the rows, and gives them back as they are now.
    pub async fn fetch<E: Reaches<T>>(self, executor: &E) -> Result<Vec<T>, Error> {
        self.rows(executor).await
    }
}

/// Writes `title = $2`, and says how the value stands in the statement.
pub(super) fn write_assignment(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    position: usize,
    node: &Node,
) -> String {
    if let Some(column) = meta.column(position) {
        writer.push(&column.name);
    }
    writer.push(" = ");
    writer.noting(|writer| writer.node(node))
}

/// The clock of the schema is the column's default.
pub(super) fn write_updated_at(writer: &mut Writer<'_>, meta: &'static Meta) {
    let mut columns = meta.column_defs().iter();
    let by_application = |role| role == Some(Role::UpdatedAtByApplication);
    if let Some(at) = columns.position(|column| by_application(column.role)) {
        writer.push(", ");
        writer.push(&meta.columns()[at].name);
        writer.push(" = DEFAULT");
    }
}

/// ` WHERE ..`: whose rows, which of them, and the statement's own condition.
pub(super) fn write_where(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    deleted: Deleted,
    own: &Node,
) {
    let filtered = filter::write(writer, meta, 0, deleted, " WHERE ");
    writer.push(if filtered { " AND " } else { " WHERE " });
    condition(writer, own, true);
}

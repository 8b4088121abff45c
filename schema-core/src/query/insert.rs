use core::marker::PhantomData;

use super::argument::Argument;
use super::assignment::{Assignments, InInsert, InUpdate};
use super::executor::{Executor, Kind, Stamps, Statement};
use super::node::{EXCLUDED, Node};
use super::operand::ExprNode;
use super::reach;
use super::references;
use super::relation::{Meta, Relation};
use super::select::{collect, finish, list};
use super::writer::Writer;
use crate::error::Error;
use crate::model::{IndexPart, Ownership, TableDef};

/// A struct of the columns that a new row has to say. Made by `#[derive(Table)]`.
pub trait NewRow {
    /// The table.
    type Table: Relation;

    /// The places of the columns, and their values.
    #[doc(hidden)]
    fn values(self) -> Vec<(usize, Box<dyn Argument>)>;
}

/// A new row.
#[must_use = "a statement does nothing until it is run"]
pub struct Insert<T> {
    pub(super) values: Vec<(usize, Node)>,
    table: PhantomData<fn() -> T>,
}

impl<T: Relation, N: NewRow<Table = T>> From<N> for Insert<T> {
    fn from(new: N) -> Self {
        Self::new(new)
    }
}

impl<T: Relation> Insert<T> {
    pub(crate) fn new(new: impl NewRow<Table = T>) -> Self {
        let values = new.values().into_iter();
        Self {
            values: values
                .map(|(position, value)| (position, Node::Value(value, None)))
                .collect(),
            table: PhantomData,
        }
    }

    /// Sets further columns: those that may be null, and those that have a default.
    pub fn set<A: Assignments<T, InInsert>>(
        mut self,
        columns: impl FnOnce(T::Fields) -> A,
    ) -> Self {
        for (position, node) in columns(T::fields(0)).assignments() {
            self.values.retain(|(other, _)| *other != position);
            self.values.push((position, node.0));
        }
        self
    }

    /// Says what happens where there is a row already with the same values of the columns, which a key or a unique index has.
    /// The scope goes without saying.
    pub fn on_conflict<C: ConflictColumns<T>>(
        self,
        columns: impl FnOnce(T::Fields) -> C,
    ) -> OnConflict<T> {
        OnConflict {
            insert: self,
            columns: columns(T::fields(0)).positions(),
        }
    }

    /// Adds the row, and gives it back as the database has it, defaults and all.
    pub async fn fetch<E: Stamps<T>>(self, executor: &E) -> Result<T, Error> {
        let statement = self.statement(executor, None, true)?;
        let rows = collect(executor, statement, <T as Relation>::read).await?;
        rows.into_iter()
            .next()
            .ok_or_else(|| not_reachable(T::meta(), &self.positions()))
    }

    /// Adds the row.
    pub async fn execute<E: Stamps<T>>(self, executor: &E) -> Result<(), Error> {
        let statement = self.statement(executor, None, false)?;
        match executor.run(statement, &mut |_| Ok(())).await? {
            0 => Err(not_reachable(T::meta(), &self.positions())),
            _ => Ok(()),
        }
    }

    /// The statement as it would be run by `executor`.
    pub fn to_sql<E: Stamps<T>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor, None, true)?.text)
    }

    pub(super) fn positions(&self) -> Vec<usize> {
        self.values.iter().map(|(position, _)| *position).collect()
    }

    fn statement<E: Executor>(
        &self,
        executor: &E,
        conflict: Option<&Conflict>,
        returning: bool,
    ) -> Result<Statement, Error> {
        let meta = T::meta();
        let mut writer = Writer::new(executor.key());
        let stamp = stamped(meta).filter(|_| writer.has_key());
        write_into(&mut writer, meta, stamp, self.positions().into_iter());
        let asked = references::unheld(meta, &self.positions());
        let asks = writer.has_key() && !asked.is_empty();
        writer.push(if asks { " SELECT " } else { " VALUES (" });
        let values = self.write_values(&mut writer, stamp.is_some());
        if asks {
            for (at, (position, key)) in asked.iter().enumerate() {
                writer.push(if at == 0 { " WHERE " } else { " AND " });
                let value = values.iter().find(|(other, _)| other == position);
                let value = value.map_or("NULL", |(_, text)| text.as_str());
                references::write_reachable(&mut writer, key, value);
            }
        } else {
            writer.push(")");
        }
        if let Some(conflict) = conflict {
            conflict.write(&mut writer, meta);
        }
        if returning {
            write_returning(&mut writer, meta);
        }
        finish(writer, Kind::Write, vec![meta])
    }

    /// Writes the values, and says how each stands in the statement.
    fn write_values(&self, writer: &mut Writer<'_>, stamps: bool) -> Vec<(usize, String)> {
        if stamps {
            writer.key();
        }
        let mut texts = Vec::with_capacity(self.values.len());
        for (at, (position, node)) in self.values.iter().enumerate() {
            if stamps || at > 0 {
                writer.push(", ");
            }
            texts.push((*position, writer.noting(|writer| writer.node(node))));
        }
        texts
    }
}

/// `INSERT INTO tasks AS t0 (user_id, title)`
pub(super) fn write_into(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    stamp: Option<usize>,
    positions: impl Iterator<Item = usize>,
) {
    writer.push("INSERT INTO ");
    writer.push(meta.name());
    writer.push(" AS t0 (");
    list(
        writer,
        "",
        stamp.into_iter().chain(positions),
        |writer, position| {
            if let Some(column) = meta.column(position) {
                writer.push(&column.name);
            }
        },
    );
    writer.push(")");
}

/// ` RETURNING t0.id, ..`
pub(super) fn write_returning(writer: &mut Writer<'_>, meta: &'static Meta) {
    writer.push(" RETURNING ");
    writer.push(meta.select_list());
}

/// The column that is set to the owner's key.
pub(super) fn stamped(meta: &'static Meta) -> Option<usize> {
    match meta.ownership() {
        Ownership::Scope(column) => meta.position(column),
        Ownership::Owner => meta.key().first().copied(),
        Ownership::Through(_) | Ownership::Shared => None,
    }
}

/// The error where a row was not added: what it refers to is not to be reached.
pub(super) fn not_reachable(meta: &'static Meta, set: &[usize]) -> Error {
    match references::unheld(meta, set).first() {
        Some((_, key)) => references::violation(meta, key),
        None => Error::NotFound {
            table: meta.table_name().name,
        },
    }
}

/// One column of the table `T`, or a tuple of them.
pub trait ConflictColumns<T> {
    /// The places of the columns.
    #[doc(hidden)]
    fn positions(self) -> Vec<usize>;
}

impl<T, V, K> ConflictColumns<T> for crate::Column<T, V, K> {
    fn positions(self) -> Vec<usize> {
        vec![self.position()]
    }
}

impl<T, A: ConflictColumns<T>, B: ConflictColumns<T>> ConflictColumns<T> for (A, B) {
    fn positions(self) -> Vec<usize> {
        [self.0.positions(), self.1.positions()].concat()
    }
}

impl<T, A, B, C> ConflictColumns<T> for (A, B, C)
where
    A: ConflictColumns<T>,
    B: ConflictColumns<T>,
    C: ConflictColumns<T>,
{
    fn positions(self) -> Vec<usize> {
        [self.0.positions(), self.1.positions(), self.2.positions()].concat()
    }
}

/// A new row, and the columns by which it may be there already.
#[must_use = "a statement does nothing until it is run"]
pub struct OnConflict<T> {
    insert: Insert<T>,
    columns: Vec<usize>,
}

impl<T: Relation> OnConflict<T> {
    /// Leaves the row that is there as it is.
    pub fn do_nothing(self) -> Upsert<T> {
        self.with(Vec::new())
    }

    /// Changes the row that is there. The second argument is the row that would have been added.
    pub fn do_update<A: Assignments<T, InUpdate>>(
        self,
        columns: impl FnOnce(T::Fields, T::Fields) -> A,
    ) -> Upsert<T> {
        let set = columns(T::fields(0), T::fields(EXCLUDED)).assignments();
        self.with(set)
    }

    fn with(self, set: Vec<(usize, ExprNode)>) -> Upsert<T> {
        Upsert {
            insert: self.insert,
            conflict: Conflict {
                columns: self.columns,
                set: set.into_iter().map(|(at, node)| (at, node.0)).collect(),
            },
        }
    }
}

/// A new row, or what is done to the one that is there.
#[must_use = "a statement does nothing until it is run"]
pub struct Upsert<T> {
    insert: Insert<T>,
    conflict: Conflict,
}

impl<T: Relation> Upsert<T> {
    /// Adds or changes the row, and gives it back; nothing where it was left as it is.
    pub async fn fetch<E: Stamps<T>>(self, executor: &E) -> Result<Option<T>, Error> {
        let statement = self
            .insert
            .statement(executor, Some(&self.conflict), true)?;
        let rows = collect(executor, statement, <T as Relation>::read).await?;
        Ok(rows.into_iter().next())
    }

    /// Adds or changes the row. Says whether it did.
    pub async fn execute<E: Stamps<T>>(self, executor: &E) -> Result<bool, Error> {
        let statement = self
            .insert
            .statement(executor, Some(&self.conflict), false)?;
        Ok(executor.run(statement, &mut |_| Ok(())).await? > 0)
    }

    /// The statement as it would be run by `executor`.
    pub fn to_sql<E: Stamps<T>>(&self, executor: &E) -> Result<String, Error> {
        let statement = self
            .insert
            .statement(executor, Some(&self.conflict), true)?;
        Ok(statement.text)
    }
}

struct Conflict {
    columns: Vec<usize>,
    set: Vec<(usize, Node)>,
}

impl Conflict {
    fn write(&self, writer: &mut Writer<'_>, meta: &'static Meta) {
        list(
            writer,
            " ON CONFLICT (",
            self.target(meta).into_iter(),
            |writer, position| {
                if let Some(column) = meta.column(position) {
                    writer.push(&column.name);
                }
            },
        );
        writer.push(") DO ");
        if self.set.is_empty() {
            return writer.push("NOTHING");
        }
        list(
            writer,
            "UPDATE SET ",
            self.set.iter(),
            |writer, (position, node)| {
                super::update::write_assignment(writer, meta, *position, node);
            },
        );
        // The row that is there may be another owner's, where the columns are unique over all of them.
        reach::write(writer, meta, 0, " WHERE ");
    }

    /// The columns of the index: with the scope, where one is over both.
    fn target(&self, meta: &'static Meta) -> Vec<usize> {
        let mut columns = self.columns.clone();
        let Ownership::Scope(scope) = meta.ownership() else {
            return columns;
        };
        let (Some(def), Some(scope)) = (meta.table_def(), meta.position(scope)) else {
            return columns;
        };
        columns.push(scope);
        if is_unique(meta, def, &columns) {
            return columns;
        }
        columns.pop();
        columns
    }
}

/// Whether a key or a unique index is over just these columns.
fn is_unique(meta: &'static Meta, def: &'static TableDef, columns: &[usize]) -> bool {
    let is_same = |names: Vec<&str>| {
        names.len() == columns.len()
            && names
                .iter()
                .all(|name| meta.position(name).is_some_and(|at| columns.contains(&at)))
    };
    let column_of = |part: &IndexPart| match part.value {
        crate::model::Expr::Column(name) => name,
        _ => "",
    };
    is_same(def.primary_key.columns.to_vec())
        || def
            .uniques
            .iter()
            .any(|unique| is_same(unique.columns.to_vec()))
        || def
            .indexes
            .iter()
            .filter(|index| index.unique)
            .any(|index| is_same(index.parts.iter().map(column_of).collect()))
}

use core::marker::PhantomData;

use super::assignment::{Assignments, InInsert};
use super::executor::{Executor, Kind, Running, Stamps, Statement, Whose};
use super::new_values::NewValues;
use super::node::Node;
use super::references;
use super::relation::{Meta, Relation};
use super::select::{collect, finish, list};
use super::upsert::{Conflict, ConflictColumns, OnConflict};
use super::writer::{Writer, Written};
use crate::error::Error;
use crate::model::Ownership;

/// A struct of the columns that a new row has to say. Made by `#[derive(Table)]`.
pub trait NewRow {
    /// The table.
    type Table: Relation;

    /// Puts the values of the columns.
    #[doc(hidden)]
    fn values(self, into: &mut NewValues<'_>);
}

/// A new row.
#[must_use = "a statement does nothing until it is run"]
pub struct Insert<T> {
    meta: &'static Meta,
    pub(super) values: Vec<(usize, Node)>,
    table: PhantomData<fn() -> T>,
}

impl<T: Relation> Insert<T> {
    pub(crate) fn new(new: impl NewRow<Table = T>) -> Self {
        let meta = T::meta();
        let mut values = Vec::with_capacity(meta.column_defs().len());
        new.values(&mut NewValues::of_row(&mut values));
        Self {
            meta,
            values,
            table: PhantomData,
        }
    }

    /// A row of a table that is known at run time alone.
    #[cfg(feature = "testing")]
    pub(crate) fn over(meta: &'static Meta, values: Vec<(usize, Node)>) -> Self {
        Self {
            meta,
            values,
            table: PhantomData,
        }
    }

    /// The same, or what is done with the row that has these columns' values already.
    #[cfg(feature = "testing")]
    pub(crate) fn upsert(self, columns: Vec<usize>, set: Vec<(usize, Node)>) -> super::Upsert<T> {
        super::Upsert::new(self, columns, set)
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
    ///
    /// A key that is deferrable tells no conflict, and neither do columns that no key has: then the statement is
    /// [`Error::NoKey`], and nothing is sent.
    pub fn on_conflict<C: ConflictColumns<T>>(
        self,
        columns: impl FnOnce(T::Fields) -> C,
    ) -> OnConflict<T> {
        OnConflict::new(self, columns(T::fields(0)))
    }

    /// Adds the row, and gives it back as the database has it, defaults and all.
    pub fn fetch<E: Stamps<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let statement = self.statement(executor, None, true)?;
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            rows.into_iter()
                .next()
                .ok_or_else(|| not_reachable(self.meta, &self.positions()))
        })
    }

    /// Adds the row.
    pub fn execute<E: Stamps<T>>(self, executor: &E) -> Running<'_, ()> {
        Box::pin(async move {
            let statement = self.statement(executor, None, false)?;
            match executor.run(statement, &mut |_| Ok(())).await? {
                0 => Err(not_reachable(self.meta, &self.positions())),
                _ => Ok(()),
            }
        })
    }

    /// The statement as it would be run by `executor`.
    pub fn to_sql<E: Stamps<T>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor, None, true)?.into_text())
    }

    pub(crate) fn meta(&self) -> &'static Meta {
        self.meta
    }

    pub(super) fn positions(&self) -> Vec<usize> {
        self.values.iter().map(|(position, _)| *position).collect()
    }

    pub(crate) fn statement<E: Executor>(
        &self,
        executor: &E,
        conflict: Option<&Conflict>,
        returning: bool,
    ) -> Result<Statement, Error> {
        let meta = self.meta;
        refuse_internal(meta, executor.whose())?;
        let positions = self.positions();
        refuse_owner(meta, &positions, In::Insert)?;
        let conflict = conflict
            .map(|conflict| Ok::<_, Error>((conflict, conflict.target(meta)?)))
            .transpose()?;
        let mut writer = Writer::new(executor.whose()).over_one(meta);
        let stamp = stamped(meta).filter(|_| writer.has_key());
        write_into(&mut writer, meta, stamp, positions.iter().copied());
        let asked = references::unheld(meta, &positions);
        let asks = writer.has_key() && !asked.is_empty();
        let is_empty = stamp.is_none() && self.values.is_empty();
        writer.push(match (asks, is_empty) {
            (true, _) => " SELECT ",
            (false, false) => " VALUES (",
            (false, true) => " DEFAULT VALUES",
        });
        let values = self.write_values(&mut writer, meta, stamp);
        if asks {
            for (at, key) in asked.into_iter().enumerate() {
                writer.push(if at == 0 { " WHERE " } else { " AND " });
                let unset = |column: &str| references::unset(meta, column);
                let values = references::values_of(&writer, meta, key, &values, unset);
                references::write_reachable(&mut writer, key, &values);
            }
        } else if !is_empty {
            writer.push(")");
        }
        if let Some((conflict, target)) = conflict {
            conflict.write(&mut writer, meta, target);
        }
        if returning {
            write_returning(&mut writer, meta);
        }
        finish(writer, Kind::Write, meta)
    }

    /// Writes the values, and says where each is.
    fn write_values(
        &self,
        writer: &mut Writer<'_>,
        meta: &'static Meta,
        stamp: Option<usize>,
    ) -> Vec<(usize, Written)> {
        let mut texts = Vec::with_capacity(self.values.len() + 1);
        if let Some(position) = stamp {
            texts.push((position, writer.noting(Writer::key)));
        }
        for (position, node) in &self.values {
            if !texts.is_empty() {
                writer.push(", ");
            }
            texts.push((*position, write_value(writer, meta, *position, node)));
        }
        texts
    }

    /// Asks whether all rows that this one refers to can be reached, where a statement that asked it added no row.
    pub(super) async fn refers_to_reachable<E: Executor>(
        &self,
        executor: &E,
    ) -> Result<bool, Error> {
        let meta = self.meta;
        let asked = references::unheld(meta, &self.positions());
        if asked.is_empty() || !executor.whose().is_owner() {
            return Ok(true);
        }
        let mut writer = Writer::new(executor.whose());
        writer.push("SELECT TRUE FROM (SELECT ");
        let stamp = stamped(meta);
        let set = self.write_values(&mut writer, meta, stamp);
        writer.push(") AS i (");
        let names: Vec<_> = (0..set.len()).map(|at| format!("c{at}")).collect();
        writer.push(&names.join(", "));
        writer.push(")");
        let values: Vec<_> = set
            .into_iter()
            .zip(&names)
            .map(|((position, _), name)| (position, format!("i.{name}")))
            .collect();
        for (at, key) in asked.into_iter().enumerate() {
            writer.push(if at == 0 { " WHERE " } else { " AND " });
            let values = references::values_among(meta, key, &values);
            references::write_reachable(&mut writer, key, &values);
        }
        let statement = finish(writer, Kind::Read, meta)?;
        let mut is_reachable = false;
        let mut on_row = |_| {
            is_reachable = true;
            Ok(())
        };
        executor.run(statement, &mut on_row).await?;
        Ok(is_reachable)
    }
}

/// Writes a value as the column takes it, and says where.
pub(super) fn write_value(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    position: usize,
    node: &Node,
) -> Written {
    let column = Node::column(meta, 0, position).as_column();
    writer.noting(|writer| {
        writer.values_of(column, |writer| match node {
            Node::Value(argument, _) => {
                let cast = meta
                    .column(position)
                    .and_then(|column| column.cast.as_deref());
                writer.argument(&**argument, cast);
            }
            node => writer.operand(node),
        });
    })
}

/// Which statement sets a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Insert,
    Update,
}

/// No statement sets the column that says whose the row is: the types say so, and a column that somebody made by hand is no way
/// round.
pub(super) fn refuse_owner(meta: &'static Meta, set: &[usize], by: In) -> Result<(), Error> {
    let through = match meta.ownership() {
        Ownership::Through(column) if by == In::Update => meta.position(column),
        _ => None,
    };
    let fixed = stamped(meta).into_iter().chain(through);
    if fixed.into_iter().any(|position| set.contains(&position)) {
        return Err(Error::Statement(
            "the statement sets the column that says whose the row is; run it in the scope of that owner instead",
        ));
    }
    Ok(())
}

/// No owner adds rows to an internal table: the types say so, and a statement that has no types to say it is refused here.
pub(super) fn refuse_internal(meta: &'static Meta, whose: Whose<'_>) -> Result<(), Error> {
    match whose {
        Whose::Owner(..) | Whose::Nobody if meta.ownership().is_internal() => {
            Err(Error::Statement(
                "the table is `internal`, and no user adds rows to it; run the statement by `db.unscoped(\"why\")`",
            ))
        }
        Whose::Owner(..) | Whose::Nobody | Whose::Everybody => Ok(()),
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
    writer.push(" AS t0");
    let positions: Vec<_> = stamp.into_iter().chain(positions).collect();
    if positions.is_empty() {
        return;
    }
    list(writer, " (", positions.into_iter(), |writer, position| {
        if let Some(column) = meta.column(position) {
            writer.push(&column.name);
        }
    });
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
        Ownership::Through(_) | Ownership::Shared | Ownership::Internal => None,
    }
}

/// The error where a row was not added: what it refers to is not to be reached.
pub(super) fn not_reachable(meta: &'static Meta, set: &[usize]) -> Error {
    match references::unheld(meta, set).first() {
        Some(key) => references::violation(meta, key),
        None => Error::NotFound {
            table: meta.table_name().name,
        },
    }
}

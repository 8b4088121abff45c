//! Inserts that may find the row there already.

use super::assignment::{Assignments, InUpdate};
use super::executor::{Executor, Running, Stamps};
use super::filter;
use super::insert::{In, Insert, not_reachable, refuse_owner};
use super::node::{EXCLUDED, Node};
use super::operand::ExprNode;
use super::references;
use super::relation::{Deleted, Meta, Relation};
use super::select::{collect, list};
use super::update::{write_assignment, write_updated_at};
use super::writer::{Writer, Written};
use crate::ddl;
use crate::error::Error;
use crate::model::{Deferrable, Expr, IndexPart, Ownership};

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
    pub(super) fn new(insert: Insert<T>, columns: impl ConflictColumns<T>) -> Self {
        Self {
            insert,
            columns: columns.positions(),
        }
    }

    /// Leaves the row that is there as it is.
    pub fn do_nothing(self) -> Upsert<T> {
        self.with(Vec::new())
    }

    /// Changes the row that is there, unless it is deleted. The second argument is the row that would have been added.
    pub fn do_update<A: Assignments<T, InUpdate>>(
        self,
        columns: impl FnOnce(T::Fields, T::Fields) -> A,
    ) -> Upsert<T> {
        let set = columns(T::fields(0), T::fields(EXCLUDED)).assignments();
        self.with(set)
    }

    fn with(self, set: Vec<(usize, ExprNode)>) -> Upsert<T> {
        let set = set.into_iter().map(|(at, node)| (at, node.0));
        Upsert::new(self.insert, self.columns, set.collect())
    }
}

/// A new row, or what is done to the one that is there.
#[must_use = "a statement does nothing until it is run"]
pub struct Upsert<T> {
    insert: Insert<T>,
    conflict: Conflict,
}

impl<T: Relation> Upsert<T> {
    pub(super) fn new(insert: Insert<T>, columns: Vec<usize>, set: Vec<(usize, Node)>) -> Self {
        Self {
            insert,
            conflict: Conflict { columns, set },
        }
    }

    /// Adds or changes the row by whomever. Says how many rows it was.
    pub(crate) async fn run<E: Executor>(&self, executor: &E) -> Result<u64, Error> {
        let statement = self
            .insert
            .statement(executor, Some(&self.conflict), false)?;
        let changed = executor.run(statement, &mut |_| Ok(())).await?;
        if changed == 0 {
            self.nothing(executor).await?;
        }
        Ok(changed)
    }

    /// Adds or changes the row, and gives it back; nothing where it was left as it is.
    pub fn fetch<E: Stamps<T>>(self, executor: &E) -> Running<'_, Option<T>> {
        Box::pin(async move {
            let statement = self
                .insert
                .statement(executor, Some(&self.conflict), true)?;
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            Ok(rows.into_iter().next())
        })
    }

    /// Adds or changes the row. Says whether it did.
    pub fn execute<E: Stamps<T>>(self, executor: &E) -> Running<'_, bool> {
        Box::pin(async move { Ok(self.run(executor).await? > 0) })
    }

    /// Nothing was added or changed: because of the row that is there, or because what it refers to is not to be reached.
    async fn nothing<E: Executor>(&self, executor: &E) -> Result<(), Error> {
        let meta = self.insert.meta();
        if !self.insert.refers_to_reachable(executor).await? {
            return Err(not_reachable(meta, &self.insert.positions()));
        }
        references::refuse_unreachable(executor, meta, &self.conflict.set).await?;
        Ok(())
    }

    /// The statement as it would be run by `executor`.
    pub fn to_sql<E: Stamps<T>>(&self, executor: &E) -> Result<String, Error> {
        let statement = self
            .insert
            .statement(executor, Some(&self.conflict), true)?;
        Ok(statement.into_text())
    }
}

pub(crate) struct Conflict {
    columns: Vec<usize>,
    set: Vec<(usize, Node)>,
}

impl Conflict {
    /// The key by which a conflict is told. Refuses columns that no key has, and a change of whose the row is.
    pub(super) fn target(&self, meta: &'static Meta) -> Result<Target, Error> {
        let set: Vec<_> = self.set.iter().map(|(position, _)| *position).collect();
        refuse_owner(meta, &set, In::Update)?;
        self.find(meta).ok_or_else(|| self.no_key(meta))
    }

    fn no_key(&self, meta: &'static Meta) -> Error {
        let scope = scope(meta);
        let without_scope = |key: Target| {
            let names = key.columns.into_iter().filter(|&at| Some(at) != scope);
            names
                .filter_map(|at| meta.column_name(at))
                .map(str::to_owned)
                .collect()
        };
        let given = self.columns.iter().filter_map(|&at| meta.column_name(at));
        Error::NoKey {
            table: meta.table_name().name,
            columns: given.map(str::to_owned).collect(),
            keys: keys(meta).into_iter().map(without_scope).collect(),
        }
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>, meta: &'static Meta, target: Target) {
        list(
            writer,
            " ON CONFLICT (",
            target.columns.into_iter(),
            |writer, position| {
                if let Some(column) = meta.column(position) {
                    writer.push(&column.name);
                }
            },
        );
        writer.push(")");
        if let Some(filter) = target.filter {
            writer.push(" WHERE ");
            writer.push(&ddl::expression(filter));
        }
        if self.set.is_empty() {
            return writer.push(" DO NOTHING");
        }
        let mut texts = Vec::with_capacity(self.set.len());
        list(
            writer,
            " DO UPDATE SET ",
            self.set.iter(),
            |writer, (position, node)| {
                texts.push((*position, write_assignment(writer, meta, *position, node)));
            },
        );
        write_updated_at(writer, meta);
        self.write_where(writer, meta, &texts);
    }

    /// The row that is there may be deleted, and is left alone then; it may be another owner's, where the columns are unique over all
    /// of them; and what it is made to refer to has to be reached.
    fn write_where(
        &self,
        writer: &mut Writer<'_>,
        meta: &'static Meta,
        texts: &[(usize, Written)],
    ) {
        let held = filter::write(writer, meta, 0, Deleted::Hidden, " WHERE ");
        if !writer.has_key() {
            return;
        }
        let lead = if held { " AND " } else { " WHERE " };
        let positions: Vec<_> = self.set.iter().map(|(position, _)| *position).collect();
        let keys = references::unheld(meta, &positions);
        references::write_all_reachable(writer, meta, &keys, &self.set, texts, lead);
    }

    /// The index: with the scope, where one is over both.
    fn find(&self, meta: &'static Meta) -> Option<Target> {
        let with_scope: Vec<_> = self.columns.iter().copied().chain(scope(meta)).collect();
        let is_over = |columns: &[usize], key: &Target| {
            key.columns.len() == columns.len() && key.columns.iter().all(|at| columns.contains(at))
        };
        let mut keys = keys(meta);
        let of_scope = keys.iter().position(|key| is_over(&with_scope, key));
        let at = of_scope.or_else(|| keys.iter().position(|key| is_over(&self.columns, key)))?;
        Some(keys.swap_remove(at))
    }
}

fn scope(meta: &'static Meta) -> Option<usize> {
    match meta.ownership() {
        Ownership::Scope(scope) => meta.position(scope),
        _ => None,
    }
}

/// A key or a unique index that a conflict is told by.
pub(crate) struct Target {
    columns: Vec<usize>,
    /// The condition of a partial index.
    filter: Option<&'static Expr>,
}

/// The keys and the unique indexes by which PostgreSQL tells a conflict: those over columns alone, which are checked with each row.
fn keys(meta: &'static Meta) -> Vec<Target> {
    let Some(def) = meta.table_def() else {
        return Vec::new();
    };
    let over = |names: &mut dyn Iterator<Item = Option<&'static str>>, filter| {
        let columns = names
            .map(|name| meta.position(name?))
            .collect::<Option<_>>()?;
        Some(Target { columns, filter })
    };
    let immediate = def
        .uniques
        .iter()
        .filter(|unique| matches!(unique.deferrable, Deferrable::Never));
    let whole =
        std::iter::once(def.primary_key.columns).chain(immediate.map(|unique| unique.columns));
    let whole = whole.filter_map(|names| over(&mut names.iter().map(|name| Some(*name)), None));
    let indexes = def.indexes.iter().filter(|index| index.unique);
    let of_indexes = indexes.filter_map(|index| {
        over(
            &mut index.parts.iter().map(column_of),
            index.filter.as_ref(),
        )
    });
    whole.chain(of_indexes).collect()
}

fn column_of(part: &IndexPart) -> Option<&'static str> {
    match part.value {
        Expr::Column(name) => Some(name),
        _ => None,
    }
}

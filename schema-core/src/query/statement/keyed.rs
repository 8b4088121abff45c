use std::sync::Arc;

use sqlx::postgres::PgRow;

use super::select::Select;
use crate::error::Error;
use crate::model::BinaryOp;
use crate::query::access::CanRead;
use crate::query::argument::{Argument, value};
use crate::query::executor::{Executor, Running, Statement, not_found};
use crate::query::expr::Condition;
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::operand::ExprNode;
use crate::query::relation::Relation;
use crate::query::text_cache::{CachedText, Equalities, Mode};
use crate::wire::{ColumnValue, RowReader};

/// A table whose rows are found by a primary key of type `Key`. `#[derive(Table)]` implements it.
///
/// `Key` is the type of the key's column, or a tuple if the key has several. The scope column is not part of it: the
/// scope that runs the statement fills it in.
#[diagnostic::on_unimplemented(
    message = "`{Key}` is not the key of `{Self}`",
    label = "not the type of the primary key",
    note = "give the value of the primary key's column, or a tuple if the key has several; leave out the scope column, which the scope fills in"
)]
pub trait Keyed<Key>: Relation {}

/// A key, or a tuple of the values of its columns.
pub trait KeyValues {
    /// The values, in the order of the key's columns.
    #[doc(hidden)]
    fn values(self) -> Vec<Arc<dyn Argument>>;
}

#[diagnostic::do_not_recommend]
impl<V: ColumnValue> KeyValues for V {
    fn values(self) -> Vec<Arc<dyn Argument>> {
        vec![value(self)]
    }
}

macro_rules! key_values {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: ColumnValue),*> KeyValues for ($($name,)*) {
            fn values(self) -> Vec<Arc<dyn Argument>> {
                #[allow(non_snake_case)]
                let ($($name,)*) = self;
                vec![$(value($name)),*]
            }
        }
    };
}

key_values!();
key_values!(A B);
key_values!(A B C);
key_values!(A B C D);
key_values!(A B C D E);

/// The condition that a row has this key. The scope column is not part of it.
pub(in crate::query) fn key_is(meta: &'static Meta, key: impl KeyValues) -> Condition {
    let columns = meta.key_without_scope().iter().copied();
    let values = key.values().into_iter();
    equal(
        meta,
        columns.zip(values.map(|value| Node::Value(value, None))),
    )
}

/// The condition that each column equals its value.
fn equal(meta: &'static Meta, values: impl Iterator<Item = (usize, Node)>) -> Condition {
    let conditions = values.map(|(position, value)| {
        let column = Node::column(meta, 0, position);
        let value = match value {
            // The cast to the column's type, where PostgreSQL would choose another type.
            Node::Value(value, _) => Node::Value(value, column.cast()),
            other => other,
        };
        Node::binary(BinaryOp::Eq, column.compared(), value)
    });
    let all = conditions.reduce(|all, next| Node::and(Some(all), next));
    Condition(all.unwrap_or(Node::Bool(true)))
}

/// A statement that finds one row, by the primary key or a unique index. `get` and the generated finders return it.
#[must_use = "a statement does nothing until it is run"]
pub struct FindOne<T> {
    pub(super) select: Select<T>,
}

impl<T> FindOne<T> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.select.table()
    }
}

impl<T> Clone for FindOne<T> {
    fn clone(&self) -> Self {
        Self {
            select: self.select.clone(),
        }
    }
}

impl<T: Relation> FindOne<T> {
    pub(crate) fn new(condition: Condition) -> Self {
        Self {
            select: Select::new().filter(|_| condition),
        }
    }

    /// Finds the row even if it is marked as deleted.
    pub fn with_deleted(mut self) -> Self {
        self.select = self.select.with_deleted();
        self
    }

    /// Locks the row until the transaction ends: `FOR UPDATE`. Use it in a transaction.
    pub fn for_update(mut self) -> Self {
        self.select = self.select.for_update();
        self
    }

    /// Returns the row, or `None` if it does not exist or belongs to another owner.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if several rows have the key: over all owners, or among deleted rows.
    pub fn fetch_optional<E: CanRead<T>>(self, executor: &E) -> Running<'_, Option<T>> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            let mut found = None;
            let mut on_row = |row: PgRow| match found {
                None => {
                    found = Some(<T as Relation>::read(&mut RowReader::new(&row, true))?);
                    Ok(())
                }
                Some(_) => Err(SEVERAL),
            };
            executor.run(statement, &mut on_row).await?;
            Ok(found)
        })
    }

    /// The statement. Its text is written once for each kind of executor, and kept.
    fn statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        let select = &self.select;
        let Some(by) = select.filter.as_ref().and_then(Equalities::of) else {
            return select.statement(executor);
        };
        let (visibility, finders) = (executor.visibility(), select.first.finders());
        let mode = Mode::new(visibility, select.deleted, select.lock);
        let kept = finders.find(mode, &by);
        if let Some((text, arguments)) = kept.and_then(|kept| kept.with(visibility, &by)) {
            return Ok(Statement {
                text,
                arguments,
                kind: select.kind(),
                tables: select.first.into(),
            });
        }
        let writer = select.written(executor);
        let (key_at, parameters) = (writer.key_at(), writer.parameters());
        let statement = select.finish(writer)?;
        if let Some(text) = CachedText::new(&statement.text, &by, key_at, parameters) {
            finders.keep(mode, &by, &text);
        }
        Ok(statement)
    }

    /// Returns the row.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the row does not exist or belongs to another owner, and those of
    /// [`fetch_optional`](Self::fetch_optional).
    pub fn fetch_one<E: CanRead<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(T::meta()))
        })
    }

    /// Whether the row exists and can be reached.
    pub fn exists<E: CanRead<T>>(self, executor: &E) -> Running<'_, bool> {
        Box::pin(async move { self.select.exists(executor).await })
    }

    /// Runs `EXPLAIN` on the statement, with its values, and returns PostgreSQL's plan.
    pub fn explain<E: CanRead<T>>(self, executor: &E) -> Running<'_, String> {
        self.select.explain(executor)
    }

    /// Returns the SQL that `executor` would run. It does not run it.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the statement cannot be written. [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanRead<T>>(&self, executor: &E) -> Result<String, Error> {
        self.select.to_sql(executor)
    }
}

/// The error if a key finds several rows.
pub(super) const SEVERAL: Error = Error::Statement(
    "several rows have this key: each owner may have one, and deleted rows may share one; use `select()` with a filter, or run the statement in a scope",
);

/// Finds rows by the columns of an index.
#[doc(hidden)]
pub fn find<T: Relation, const N: usize>(values: [(usize, ExprNode); N]) -> Select<T> {
    Select::new().filter(|_| found::<T, N>(values))
}

/// Finds one row by the columns of a unique index.
#[doc(hidden)]
pub fn find_one<T: Relation, const N: usize>(values: [(usize, ExprNode); N]) -> FindOne<T> {
    FindOne::new(found::<T, N>(values))
}

fn found<T: Relation, const N: usize>(values: [(usize, ExprNode); N]) -> Condition {
    let values = values.into_iter();
    equal(T::meta(), values.map(|(position, node)| (position, node.0)))
}

impl<'n> Equalities<'n> {
    /// The equalities of the condition. `None` if it contains anything else.
    pub(super) fn of(condition: &'n Node) -> Option<Self> {
        let mut all = Some(Vec::new());
        condition.each_conjunct(&mut |conjunct| match (equality(conjunct), &mut all) {
            (Some(one), Some(all)) => all.push(one),
            _ => all = None,
        });
        all.map(Self)
    }
}

/// The column and the value of `t0.id = $1`. A cast of either depends only on the column.
fn equality(node: &Node) -> Option<(usize, &dyn Argument)> {
    let Node::Binary(BinaryOp::Eq, column, value) = node else {
        return None;
    };
    let column = match &**column {
        Node::Cast(column, _) => column,
        other => other,
    };
    match (column, &**value) {
        (Node::Column(column), Node::Value(value, _)) => Some((column.position, &**value)),
        _ => None,
    }
}

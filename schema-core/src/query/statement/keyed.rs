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

/// A table whose rows are found by a key of type `Key`: that of the primary key's column without the scope, which who asks gives,
/// or a tuple of several. Made by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{Key}` is not the key of `{Self}`",
    label = "another type than that of the primary key",
    note = "give the value of the primary key's column, of several a tuple; the scope is not among it, since who runs the statement says it"
)]
pub trait Keyed<Key>: Relation {}

/// A key, or a tuple of its values.
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

/// That a row has the key, without the scope.
pub(in crate::query) fn key_is(meta: &'static Meta, key: impl KeyValues) -> Condition {
    let columns = meta.key_without_scope().iter().copied();
    let values = key.values().into_iter();
    equal(
        meta,
        columns.zip(values.map(|value| Node::Value(value, None))),
    )
}

/// That each column has its value.
fn equal(meta: &'static Meta, values: impl Iterator<Item = (usize, Node)>) -> Condition {
    let conditions = values.map(|(position, value)| {
        let column = Node::column(meta, 0, position);
        let value = match value {
            // Of the column's type, where PostgreSQL would choose another.
            Node::Value(value, _) => Node::Value(value, column.cast()),
            other => other,
        };
        Node::binary(BinaryOp::Eq, column.compared(), value)
    });
    let all = conditions.reduce(|all, next| Node::and(Some(all), next));
    Condition(all.unwrap_or(Node::Bool(true)))
}

/// The row that a unique index or a key finds, where it is there and can be reached.
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

    /// The row even if it is deleted.
    pub fn with_deleted(mut self) -> Self {
        self.select = self.select.with_deleted();
        self
    }

    /// Locks the row until the transaction ends: `FOR UPDATE`.
    pub fn for_update(mut self) -> Self {
        self.select = self.select.for_update();
        self
    }

    /// The row, or `None` if it does not exist or belongs to another owner.
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

    /// The statement, whose text is written once for each kind of executor.
    fn statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        let select = &self.select;
        let Some(by) = select.filter.as_ref().and_then(Equalities::of) else {
            return select.statement(executor);
        };
        let (whose, finders) = (executor.visibility(), select.first.finders());
        let mode = Mode::new(whose, select.deleted, select.lock);
        let kept = finders.find(mode, &by);
        if let Some((text, arguments)) = kept.and_then(|kept| kept.with(whose, &by)) {
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

    /// The row.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the row does not exist or belongs to another owner.
    pub fn fetch_one<E: CanRead<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(T::meta()))
        })
    }

    /// Whether the row is there.
    pub fn exists<E: CanRead<T>>(self, executor: &E) -> Running<'_, bool> {
        Box::pin(async move { self.select.exists(executor).await })
    }

    /// How PostgreSQL would run the statement, with its values: `EXPLAIN`.
    pub fn explain<E: CanRead<T>>(self, executor: &E) -> Running<'_, String> {
        self.select.explain(executor)
    }

    /// The statement as it would be run by `executor`.
    pub fn to_sql<E: CanRead<T>>(&self, executor: &E) -> Result<String, Error> {
        self.select.to_sql(executor)
    }
}

/// Several rows where one was asked for.
pub(super) const SEVERAL: Error = Error::Statement(
    "several rows have this key: each owner may have one, and deleted rows may share one; take `select()` with a filter, or say whose by a scope",
);

/// The rows that an index finds.
#[doc(hidden)]
pub fn find<T: Relation, const N: usize>(values: [(usize, ExprNode); N]) -> Select<T> {
    Select::new().filter(|_| found::<T, N>(values))
}

/// The row that a unique index finds.
#[doc(hidden)]
pub fn find_one<T: Relation, const N: usize>(values: [(usize, ExprNode); N]) -> FindOne<T> {
    FindOne::new(found::<T, N>(values))
}

fn found<T: Relation, const N: usize>(values: [(usize, ExprNode); N]) -> Condition {
    let values = values.into_iter();
    equal(T::meta(), values.map(|(position, node)| (position, node.0)))
}

impl<'n> Equalities<'n> {
    /// Those of the condition, unless something else is in it.
    pub(super) fn of(condition: &'n Node) -> Option<Self> {
        let mut all = Some(Vec::new());
        condition.each_conjunct(&mut |conjunct| match (equality(conjunct), &mut all) {
            (Some(one), Some(all)) => all.push(one),
            _ => all = None,
        });
        all.map(Self)
    }
}

/// The column and the value of `t0.id = $1`. The type that either is cast to is that of the column.
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

use super::select::Select;
use crate::query::join_key::{JoinKey, JoinKeyClosure, Reference, matching};
use crate::query::leakproof;
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::relation::Relation;
use crate::query::row_filter;
use crate::query::sources::Sources;
use crate::query::visibility::Deleted;
use crate::query::writer::{Writer, condition};

/// A table that is joined to those before it.
#[derive(Clone)]
pub(crate) struct Join {
    pub(crate) meta: &'static Meta,
    pub(crate) left: bool,
    on: Node,
    /// What is asked of its rows beside.
    filter: Option<Node>,
    /// Whether one row of the tables before it may have several of its.
    pub(crate) is_many: bool,
}

impl Join {
    /// A table that is known at run time alone.
    #[cfg(feature = "testing")]
    pub(crate) fn new(meta: &'static Meta, left: bool, on: Node) -> Self {
        Self {
            meta,
            left,
            on,
            filter: None,
            is_many: false,
        }
    }

    /// A table that may have no row.
    pub(crate) fn left(meta: &'static Meta, on: Node, filter: Option<Node>) -> Self {
        Self {
            meta,
            left: true,
            on,
            filter,
            is_many: false,
        }
    }

    /// The table is held to the owner's rows in its own condition, by whatever way it is reached.
    pub(super) fn write(&self, writer: &mut Writer<'_>, source: usize, deleted: Deleted) {
        writer.push(if self.left { " LEFT JOIN " } else { " JOIN " });
        writer.push(self.meta.name());
        writer.push(" AS ");
        writer.alias('t', source);
        writer.push(" ON ");
        condition(writer, &self.on, true);
        row_filter::write(writer, self.meta, source, deleted, " AND ");
        if let Some(own) = &self.filter {
            writer.push(" AND ");
            leakproof::condition(writer, own);
        }
    }
}

/// The tables, and one more.
pub trait JoinWith<T>: Sources {
    /// All of them, as a tuple.
    type Output: Sources;
}

impl<A: Relation, T> JoinWith<T> for A
where
    (A, T): Sources,
{
    type Output = (A, T);
}

macro_rules! join_with {
    ($($name:ident)*) => {
        impl<$($name,)* T> JoinWith<T> for ($($name,)*)
        where
            ($($name,)*): Sources,
            ($($name,)* T,): Sources,
        {
            type Output = ($($name,)* T,);
        }
    };
}

join_with!(A B);
join_with!(A B C);

impl<S: Sources> Select<S> {
    /// Joins the row that a declared foreign key references, by its column or a tuple of its columns; rows that reference none are
    /// left out.
    pub fn join<R, C, P>(
        self,
        columns: impl JoinKeyClosure<S::Columns, R, C, P>,
    ) -> Select<S::Output>
    where
        P: Relation,
        S: JoinWith<P>,
    {
        self.join_parent::<_, P>(&columns.reference(S::columns()), false)
    }

    /// Joins the row that a declared foreign key references, or nothing where there is none.
    pub fn left_join<R, C, P>(
        self,
        columns: impl JoinKeyClosure<S::Columns, R, C, P>,
    ) -> Select<S::Output>
    where
        P: Relation,
        S: JoinWith<Option<P>>,
    {
        self.join_parent::<_, P>(&columns.reference(S::columns()), true)
    }

    /// Joins the rows that reference the first table, by the column that does or a tuple of the columns; rows without any are left
    /// out.
    pub fn join_children<C>(self, columns: impl JoinKey<C, S::First>) -> Select<S::Output>
    where
        C: Relation,
        S: JoinWith<C>,
    {
        self.join_child(columns.reference(), false)
    }

    /// Joins the rows that reference the first table, by the column that does or a tuple of the columns, or nothing where there are
    /// none.
    pub fn left_join_children<C>(self, columns: impl JoinKey<C, S::First>) -> Select<S::Output>
    where
        C: Relation,
        S: JoinWith<Option<C>>,
    {
        self.join_child(columns.reference(), true)
    }

    fn join_parent<Output, P: Relation>(self, reference: &Reference, left: bool) -> Select<Output> {
        let source = self.joins.len() + 1;
        let meta = P::meta();
        let on = matching(reference, meta, source);
        self.with_join(meta, left, on, false)
    }

    fn join_child<Output>(self, reference: Reference, left: bool) -> Select<Output> {
        let reference = reference.at(self.joins.len() + 1);
        let on = matching(&reference, self.first, 0);
        self.with_join(reference.child, left, on, true)
    }

    fn with_join<Output>(
        mut self,
        meta: &'static Meta,
        left: bool,
        on: Node,
        is_many: bool,
    ) -> Select<Output> {
        self.joins.push(Join {
            meta,
            left,
            on,
            filter: None,
            is_many,
        });
        self.over()
    }
}

use super::select::Select;
use crate::query::join_key::{JoinKey, JoinKeyClosure, Reference, matching};
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::relation::Relation;
use crate::query::sources::Sources;
use crate::query::subquery::Join;

/// The tables of a statement, and one more.
pub trait JoinWith<T>: Sources {
    /// All the tables, as a tuple.
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
    /// Joins the row that a declared foreign key references, by its column or a tuple of its columns.
    ///
    /// Rows that reference no row are left out. Of a row's parent in another table, only one that the executor may
    /// reach is joined.
    ///
    /// ```sql
    /// SELECT .. FROM tasks AS t0
    /// JOIN projects AS t1 ON t0.project_id = t1.id AND t0.user_id = t1.user_id AND t1.user_id = $1
    /// WHERE t0.user_id = $1
    /// ```
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

    /// Joins the row that a declared foreign key references: `LEFT JOIN`. It is `None` for rows that reference no row.
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

    /// Joins the rows that reference the first table, by the referencing column or a tuple of columns.
    ///
    /// A row of the first table appears once for each child. Rows without a child are left out.
    pub fn join_children<C>(self, columns: impl JoinKey<C, S::First>) -> Select<S::Output>
    where
        C: Relation,
        S: JoinWith<C>,
    {
        self.join_child(columns.reference(), false)
    }

    /// Joins the rows that reference the first table, by the referencing column or a tuple of columns: `LEFT JOIN`.
    ///
    /// A row of the first table appears once for each child; without a child it appears once, with `None`.
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

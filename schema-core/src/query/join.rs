use super::expr::column_ref;
use super::filter;
use super::guard::{self, Guarded};
use super::node::{ColumnRef, Node};
use super::reach::single_column_key;
use super::relation::{Deleted, Meta, Relation};
use super::select::Select;
use super::sources::Sources;
use super::writer::Writer;
use crate::model::column_kind::To;
use crate::model::{BinaryOp, Column};
use crate::rules;

/// A table that is joined to those before it.
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
    pub(super) fn left(meta: &'static Meta, on: Node, filter: Option<Node>) -> Self {
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
        super::select::condition(writer, &self.on, true);
        filter::write(writer, self.meta, source, deleted, " AND ");
        if let Some(own) = &self.filter {
            writer.push(" AND ");
            // Of the tables before it the condition names none.
            let tables = vec![Guarded::new(self.meta); source + 1];
            guard::write(writer, &tables, own);
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
    /// Joins the row that a column references; rows that reference none are left out.
    pub fn join<T, V, P, K>(
        self,
        column: impl FnOnce(S::Columns) -> Column<T, V, To<P, K>>,
    ) -> Select<S::Output>
    where
        T: Relation,
        P: Relation,
        S: JoinWith<P>,
    {
        self.join_parent::<_, P>(column_ref(column(S::columns())), false)
    }

    /// Joins the row that a column references, or nothing where there is none.
    pub fn left_join<T, V, P, K>(
        self,
        column: impl FnOnce(S::Columns) -> Column<T, V, To<P, K>>,
    ) -> Select<S::Output>
    where
        T: Relation,
        P: Relation,
        S: JoinWith<Option<P>>,
    {
        self.join_parent::<_, P>(column_ref(column(S::columns())), true)
    }

    /// Joins the rows that reference the first table, by the column that does; rows without any are left out.
    pub fn join_children<C, V, K>(self, column: Column<C, V, To<S::First, K>>) -> Select<S::Output>
    where
        C: Relation,
        S: JoinWith<C>,
    {
        self.join_child(column_ref(column), false)
    }

    /// Joins the rows that reference the first table, by the column that does, or nothing where there are none.
    pub fn left_join_children<C, V, K>(
        self,
        column: Column<C, V, To<S::First, K>>,
    ) -> Select<S::Output>
    where
        C: Relation,
        S: JoinWith<Option<C>>,
    {
        self.join_child(column_ref(column), true)
    }

    fn join_parent<Output, P: Relation>(mut self, column: ColumnRef, left: bool) -> Select<Output> {
        let source = self.joins.len() + 1;
        let meta = P::meta();
        let on = matching(column, meta, source);
        self.joins.push(Join {
            meta,
            left,
            on,
            filter: None,
            is_many: false,
        });
        self.over()
    }

    fn join_child<Output>(mut self, mut column: ColumnRef, left: bool) -> Select<Output> {
        let source = self.joins.len() + 1;
        column.source = u8::try_from(source).unwrap_or(super::node::EXCLUDED);
        let on = matching(column, self.first, 0);
        self.joins.push(Join {
            meta: column.meta,
            left,
            on,
            filter: None,
            is_many: true,
        });
        self.over()
    }
}

/// `t0.order_id = t1.id`, and the scopes too where the foreign key carries them.
pub(crate) fn matching(column: ColumnRef, parent: &'static Meta, parent_source: usize) -> Node {
    let child = column.meta;
    let name = child.column_defs().get(column.position).map(|def| def.name);
    let key = name
        .zip(child.table_def())
        .and_then(|(name, def)| Some((def, single_column_key(def, name)?)));
    let Some((def, key)) = key else {
        return Node::Bool(false);
    };
    let equal = |own: usize, theirs: &str| {
        let theirs = parent.position(theirs)?;
        Some(Node::binary(
            BinaryOp::Eq,
            Node::column(child, column.source.into(), own),
            Node::column(parent, parent_source, theirs),
        ))
    };
    let mut on = equal(column.position, key.target().column);
    if let Some((own, theirs)) = rules::carries_scope(def, key) {
        let scopes = child.position(own).and_then(|own| equal(own, theirs));
        on = on
            .zip(scopes)
            .map(|(on, scopes)| Node::and(Some(on), scopes));
    }
    on.unwrap_or(Node::Bool(false))
}

//! The foreign keys that tables are joined along: a column that references a row, or a tuple of columns.

use super::argument::{Argument, received_list};
use super::expr::column_ref;
use super::meta::Meta;
use super::node::{ColumnRef, EXCLUDED, Node};
use super::sources::Source;
use crate::model::column_kind::To;
use crate::model::{BinaryOp, Column, ForeignKeyDef, TableDef};
use crate::rules;
use crate::types::SqlValue;
use crate::wire::ColumnValue;

/// A declared foreign key from `Child` to `Parent`.
///
/// It is a column with `references = ..`, or the columns of a `foreign_key(..)` as a tuple, in its order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a declared foreign key to join or load along",
    label = "does not reference the other table",
    note = "give a column with `references = ..`, or all columns of a `foreign_key(..)` as a tuple, in its order: `(line.region, line.order_id)`"
)]
pub trait JoinKey<Child, Parent> {
    /// The columns of the foreign key.
    #[doc(hidden)]
    fn reference(self) -> Reference;
}

/// Implemented for a table with a foreign key to `Parent` over columns of these kinds.
///
/// `#[derive(Table)]` implements it.
#[doc(hidden)]
pub trait HasForeignKey<Kinds, Parent> {}

#[diagnostic::do_not_recommend]
impl<S: Source, P, V, K> JoinKey<S::Relation, P> for Column<S, V, To<P, K>>
where
    V: SqlValue + ColumnValue + 'static,
{
    fn reference(self) -> Reference {
        Reference::new(column_ref(self), &[], vec![received_list::<V>])
    }
}

macro_rules! along {
    ($($column:ident $source:ident $value:ident $kind:ident),*) => {
        #[diagnostic::do_not_recommend]
        impl<S, P, V, K, $($source, $value, $kind),*> JoinKey<S::Relation, P>
            for (Column<S, V, K>, $(Column<$source, $value, $kind>),*)
        where
            S: Source,
            S::Relation: HasForeignKey<(K, $($kind),*), P>,
            V: SqlValue + ColumnValue + 'static,
            $($source: Source<Relation = S::Relation>, $value: SqlValue + ColumnValue + 'static,)*
        {
            fn reference(self) -> Reference {
                let (first, $($column),*) = self;
                let lists = vec![received_list::<V>, $(received_list::<$value>),*];
                Reference::new(column_ref(first), &[$(column_ref($column)),*], lists)
            }
        }
    };
}

along!(b T W L);
along!(b T W L, c U X M);
along!(b T W L, c U X M, d Q Y N);
along!(b T W L, c U X M, d Q Y N, e R Z O);

/// A closure from the columns `X` of a statement's tables to a foreign key.
///
/// It is a separate trait so that rustc reports a mistake at the closure instead of at the method.
pub trait JoinKeyClosure<X, Key, Child, Parent>: FnOnce(X) -> Key {
    /// The columns of the foreign key.
    #[doc(hidden)]
    fn reference(self, columns: X) -> Reference;
}

impl<F, X, R, C, P> JoinKeyClosure<X, R, C, P> for F
where
    F: FnOnce(X) -> R,
    R: JoinKey<C, P>,
{
    fn reference(self, columns: X) -> Reference {
        self(columns).reference()
    }
}

/// The columns of a foreign key, in one of the statement's tables.
#[derive(Clone, Debug)]
pub struct Reference {
    pub(super) child: &'static Meta,
    pub(super) source: u8,
    /// The positions of the columns, in the order of the foreign key.
    pub(super) positions: Vec<usize>,
    /// For each column, the function that makes an array of its values, to load the rows that have them.
    pub(super) lists: Vec<MakeList>,
    /// Whether all columns are of one table of the statement. A statement can have the same table twice.
    is_of_one_source: bool,
}

/// Makes an array of values that are in the binary form that the server sent.
type MakeList = fn(Vec<Vec<u8>>) -> std::sync::Arc<dyn Argument>;

/// Positions of columns that are equal: in the child, and in the parent.
type Pairs = Vec<(usize, usize)>;

impl Reference {
    fn new(first: ColumnRef, others: &[ColumnRef], lists: Vec<MakeList>) -> Self {
        let all = std::iter::once(&first).chain(others);
        Self {
            child: first.meta,
            source: first.source,
            positions: all.map(|column| column.position).collect(),
            lists,
            is_of_one_source: others.iter().all(|column| column.source == first.source),
        }
    }

    /// A foreign key of a table that is known only at run time.
    #[cfg(feature = "testing")]
    pub(crate) fn of_key(child: &'static Meta, source: u8, key: &ForeignKeyDef) -> Self {
        let columns = key.columns.iter();
        Self {
            child,
            source,
            positions: columns
                .filter_map(|column| child.position(column))
                .collect(),
            lists: Vec::new(),
            is_of_one_source: true,
        }
    }

    /// The same columns, in the statement's table number `source`.
    pub(super) fn at(mut self, source: usize) -> Self {
        // `source` is below 4: a statement has at most four tables.
        self.source = u8::try_from(source).unwrap_or(EXCLUDED);
        self
    }

    /// The columns of the foreign key, and the scope columns if the key carries them.
    pub(super) fn pairs(&self, parent: &'static Meta) -> Result<Pairs, &'static str> {
        if !self.is_of_one_source {
            return Err(OF_SEVERAL);
        }
        self.declared(parent).ok_or(UNDECLARED)
    }

    fn declared(&self, parent: &'static Meta) -> Option<Pairs> {
        let def = self.child.table_def()?;
        let key = self.key(def, parent)?;
        let theirs = key.references.iter().map(|column| column.column);
        let columns = self.positions.iter().copied().zip(theirs);
        let scopes = rules::carries_scope(def, key);
        let scopes = scopes.and_then(|(own, theirs)| Some((self.child.position(own)?, theirs)));
        let pairs = columns.chain(scopes);
        pairs
            .map(|(own, theirs)| Some((own, parent.position(theirs)?)))
            .collect()
    }

    /// The declared foreign key over exactly these columns.
    fn key(&self, def: &'static TableDef, parent: &'static Meta) -> Option<&'static ForeignKeyDef> {
        let has_columns = |key: &&ForeignKeyDef| {
            let columns = key.columns.iter().map(|column| self.child.position(column));
            columns.eq(self.positions.iter().map(|&at| Some(at)))
        };
        let leads_there = |key: &&ForeignKeyDef| {
            !key.references.is_empty() && key.target().table.is(parent.table_name())
        };
        let mut keys = def.foreign_keys.iter().filter(has_columns);
        keys.find(leads_there)
    }
}

/// `t0.region = t1.region AND t0.order_id = t1.id`
pub(crate) fn matching(reference: &Reference, parent: &'static Meta, parent_source: usize) -> Node {
    let pairs = match reference.pairs(parent) {
        Ok(pairs) => pairs,
        Err(why) => return Node::Refused(why),
    };
    let (child, source) = (reference.child, usize::from(reference.source));
    let equal = pairs.into_iter().map(|(own, theirs)| {
        Node::binary(
            BinaryOp::Eq,
            Node::column(child, source, own),
            Node::column(parent, parent_source, theirs),
        )
    });
    let all = equal.reduce(|all, next| Node::and(Some(all), next));
    all.unwrap_or(Node::Refused(UNDECLARED))
}

const OF_SEVERAL: &str = "the columns of the foreign key are from several tables of the statement; take all of them from one table";

const UNDECLARED: &str = "the columns of the join are not a declared foreign key of their table; take columns of `COLUMNS`, or of the closure's argument";

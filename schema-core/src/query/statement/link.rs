//! What connects children to their parents: the columns of a foreign key, and how their values are compared.

use std::borrow::Cow;

use super::row_key::RowKey;
use crate::error::Error;
use crate::model::{ScalarType, SqlType};
use crate::query::join_key::Reference;
use crate::query::meta::Meta;
use crate::query::node::{Among, Node};

/// The parents whose children are loaded: the values of each column of the foreign key.
#[doc(hidden)]
pub struct OnlyOf(pub(super) Vec<Among>);

/// How a child's column is compared with its parent's.
#[derive(Clone, Copy)]
pub(super) enum Equality {
    OfBytes,
    /// Without regard to case: `citext`.
    WithoutCase,
}

impl Equality {
    /// How columns of this type are compared.
    fn by(sql_type: Option<&SqlType>) -> Result<Self, Error> {
        match sql_type {
            Some(SqlType::Scalar(ScalarType::Citext)) => Ok(Self::WithoutCase),
            Some(SqlType::Scalar(ScalarType::Numeric(_))) => Err(Error::Statement(
                "equal `numeric` values may have different digits, so children cannot be matched to their parents by them; join the tables instead",
            )),
            Some(SqlType::Domain(def)) => Self::by(Some(&def.base)),
            _ => Ok(Self::OfBytes),
        }
    }

    /// The value in the form that is compared.
    fn of(self, value: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::OfBytes => Cow::Borrowed(value),
            Self::WithoutCase => {
                let lower = String::from_utf8_lossy(value).to_lowercase();
                Cow::Owned(lower.into_bytes())
            }
        }
    }
}

/// The columns that connect a child to its parent.
pub(super) struct Link {
    pub(super) reference: Reference,
    /// The positions in the child's rows: the foreign key, and the scope if the key carries it.
    pub(super) own: Vec<usize>,
    /// The positions of the same columns in the parent's rows.
    pub(super) theirs: Vec<usize>,
}

impl Link {
    pub(super) fn new(reference: Reference, parent: &'static Meta) -> Result<Self, Error> {
        let pairs = reference.pairs(parent).map_err(Error::Statement)?;
        let (own, theirs) = pairs.into_iter().unzip();
        Ok(Self {
            reference,
            own,
            theirs,
        })
    }

    /// How each of the columns is compared.
    pub(super) fn equalities(&self) -> Result<Vec<Equality>, Error> {
        let types = self.own.iter().map(|&at| self.reference.child.sql_type(at));
        types.map(Equality::by).collect()
    }

    /// The keys of the parents. `None` if no parent has a key without nulls.
    pub(super) fn of_parents(&self, parents: &[RowKey]) -> Option<OnlyOf> {
        let parents: Vec<_> = parents.iter().filter(|key| key.is_whole()).collect();
        if parents.is_empty() {
            return None;
        }
        let columns = self.reference.positions.iter().zip(&self.reference.lists);
        let values = columns.enumerate().map(|(at, (&position, list))| {
            let operand = Node::column(self.reference.child, 0, position);
            let of_parents = parents.iter();
            let of_parents = of_parents.filter_map(|key| key.values().nth(at)?.map(<[u8]>::to_vec));
            Among {
                cast: operand.cast(),
                list: list(of_parents.collect()),
                operand,
            }
        });
        Some(OnlyOf(values.collect()))
    }
}

/// The key in the form that is compared. `None` if one of its values is null, because null equals nothing.
pub(super) fn compared(key: RowKey, equalities: &[Equality]) -> Option<RowKey> {
    if !key.is_whole() {
        return None;
    }
    if equalities
        .iter()
        .all(|equality| matches!(equality, Equality::OfBytes))
    {
        return Some(key);
    }
    let values = key.values().flatten().zip(equalities);
    let mut compared = RowKey::EMPTY;
    for (value, equality) in values {
        compared.push(Some(&equality.of(value)));
    }
    Some(compared)
}

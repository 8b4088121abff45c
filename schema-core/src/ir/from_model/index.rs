//! Indexes of tables and of materialized views.

use super::texts::owned;
use crate::ir::{Expr, Index, IndexPart};
use crate::model::{self, IndexDef};

/// An index of the given name.
pub(super) fn index(def: &IndexDef, name: String) -> Index {
    Index {
        name,
        parts: def.parts.iter().map(index_part).collect(),
        unique: def.unique,
        nulls_not_distinct: def.nulls_not_distinct,
        method: def.method,
        include: owned(def.include),
        filter: def.filter.as_ref().map(Expr::from),
    }
}

fn index_part(def: &model::IndexPart) -> IndexPart {
    IndexPart {
        value: (&def.value).into(),
        order: def.order,
        nulls: def.nulls,
        collation: def.collation.map(str::to_owned),
        operator_class: def.operator_class.map(str::to_owned),
    }
}

/// The word for a part of an index in the index's default name.
pub(super) fn part_name(expr: &model::Expr) -> &'static str {
    match *expr {
        model::Expr::Column(name) | model::Expr::Call(name, _) => name,
        _ => "expr",
    }
}

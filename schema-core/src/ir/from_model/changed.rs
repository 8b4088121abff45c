//! Whether an update changes a column.

use crate::ir::Expr;
use crate::model::{ColumnDef, RowVersion, ScalarType, SqlType};

/// Whether an update changes the column.
pub(super) fn is_changed(column: &ColumnDef) -> Expr {
    let side = |version| comparable(column, row(version, column));
    Expr::IsDistinct(
        Box::new(side(RowVersion::New)),
        Box::new(side(RowVersion::Old)),
    )
}

/// A value that can be compared. It is cast to text if the type has no equality, an unknown one, or one that ignores
/// case.
fn comparable(column: &ColumnDef, value: Expr) -> Expr {
    if has_equality(&column.sql_type) {
        value
    } else {
        Expr::Cast(Box::new(value), "text".to_owned())
    }
}

fn has_equality(sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Scalar(scalar) => !matches!(scalar, ScalarType::Json | ScalarType::Citext),
        SqlType::Array(element) => has_equality(element),
        SqlType::Domain(def) => has_equality(&def.base),
        SqlType::Enum(_) => true,
        SqlType::Sql(_) => false,
    }
}

pub(super) fn row(version: RowVersion, column: &ColumnDef) -> Expr {
    Expr::Row(version, column.name.to_owned())
}

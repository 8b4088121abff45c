//! What the condition of a partial index means for the rows that it has.

use freehold_schema_core::ir::Expr;
use freehold_schema_core::model::BinaryOp;
use freehold_schema_core::normal;

/// Whether the condition leaves out only rows in which one of the columns is null.
///
/// Such an index has every row that references something: a comparison with `=` is never true for null.
pub(crate) fn leaves_out_only_nulls(condition: &Expr, columns: &[String]) -> bool {
    match condition {
        Expr::IsNull {
            operand,
            negated: true,
        } => matches!(&**operand, Expr::Column(name) if columns.contains(name)),
        Expr::Binary(BinaryOp::And, left, right) => {
            leaves_out_only_nulls(left, columns) && leaves_out_only_nulls(right, columns)
        }
        Expr::Sql(sql) => {
            let parsed = normal::parsed(sql);
            // A text that does not parse stays a text.
            let parsed = parsed.filter(|parsed| !matches!(parsed, Expr::Sql(_)));
            parsed.is_some_and(|parsed| leaves_out_only_nulls(&parsed, columns))
        }
        _ => false,
    }
}

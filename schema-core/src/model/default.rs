use super::Expr;

/// The default of a column.
#[derive(Clone, Copy, Debug)]
pub enum DefaultDef {
    /// An expression.
    Expr(Expr),
    /// The schema's clock.
    Clock,
}

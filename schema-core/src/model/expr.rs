/// An expression over the columns of one table: a check, a partial index, a generated column, a default.
#[derive(Clone, Copy, Debug)]
pub enum Expr {
    /// A column, by its name in the database.
    Column(&'static str),
    /// A number, as written in SQL.
    Number(&'static str),
    /// A text.
    Text(&'static str),
    /// `true` or `false`.
    Bool(bool),
    /// `NULL`.
    Null,
    /// A niladic function that SQL writes without parentheses, such as `current_date`.
    Keyword(&'static str),
    /// An operator before its operand.
    Unary(UnaryOp, &'static Expr),
    /// An operator between its operands.
    Binary(BinaryOp, &'static Expr, &'static Expr),
    /// `operand IS NULL`, or `IS NOT NULL` where `negated`.
    IsNull {
        /// The expression that is tested.
        operand: &'static Expr,
        /// Whether it is `IS NOT NULL`.
        negated: bool,
    },
    /// `operand IN (list)`, or `NOT IN` where `negated`.
    In {
        /// The expression that is looked up.
        operand: &'static Expr,
        /// The list that is searched.
        list: &'static [Expr],
        /// Whether it is `NOT IN`.
        negated: bool,
    },
    /// `operand BETWEEN low AND high`.
    Between {
        /// The expression that is compared.
        operand: &'static Expr,
        /// The lower bound, which is part of the range.
        low: &'static Expr,
        /// The upper bound, which is part of the range.
        high: &'static Expr,
    },
    /// A function call.
    Call(&'static str, &'static [Expr]),
    /// `CAST(operand AS type)`.
    Cast(&'static Expr, &'static str),
    /// A column of the row before or after a change, in the condition of a trigger.
    Row(RowVersion, &'static str),
    /// `document @@ websearch_to_tsquery(text)`
    Search {
        /// The document that is searched, of type `tsvector`.
        document: &'static Expr,
        /// The query, in the syntax of a web search engine.
        text: &'static Expr,
    },
    /// SQL, passed on as written.
    Sql(&'static str),
}

/// The row that a trigger sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum RowVersion {
    /// `OLD`, before the change
    Old,
    /// `NEW`, after the change
    New,
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum UnaryOp {
    /// `NOT`
    Not,
    /// `-`
    Minus,
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum BinaryOp {
    /// `OR`
    Or,
    /// `AND`
    And,
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `LIKE`
    Like,
    /// `ILIKE`
    ILike,
    /// `~`, the match of a regular expression
    Matches,
    /// `~*`, the match of a regular expression without regard to case
    MatchesIgnoreCase,
    /// `@>`
    Contains,
    /// `<@`
    ContainedBy,
    /// `&&`
    Overlaps,
    /// `||`, which joins texts, arrays and `jsonb`
    Concat,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
}

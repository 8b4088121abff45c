use super::QualifiedName;
use super::SqlType;
use crate::model::{self, BinaryOp, RowVersion, UnaryOp};

/// An expression over the columns of one table, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Expr {
    /// A column.
    Column(String),
    /// A number, as written in SQL.
    Number(String),
    /// A text.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// `NULL`.
    Null,
    /// A niladic function that SQL writes without parentheses.
    Keyword(String),
    /// An operator before its operand.
    Unary(UnaryOp, Box<Expr>),
    /// An operator between its operands.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `operand IS NULL`, or `IS NOT NULL` where `negated`.
    IsNull {
        /// The expression that is tested.
        operand: Box<Expr>,
        /// Whether it is `IS NOT NULL`.
        negated: bool,
    },
    /// `operand IN (list)`, or `NOT IN` where `negated`.
    In {
        /// The expression that is looked up.
        operand: Box<Expr>,
        /// The list that is searched.
        list: Vec<Expr>,
        /// Whether it is `NOT IN`.
        negated: bool,
    },
    /// `operand BETWEEN low AND high`.
    Between {
        /// The expression that is compared.
        operand: Box<Expr>,
        /// The lower bound.
        low: Box<Expr>,
        /// The upper bound.
        high: Box<Expr>,
    },
    /// `left IS DISTINCT FROM right`
    IsDistinct(Box<Expr>, Box<Expr>),
    /// A function call.
    Call(String, Vec<Expr>),
    /// `CAST(operand AS type)`.
    Cast(Box<Expr>, String),
    /// `CAST(ARRAY[elements] AS element_type[])`; only the checks that Freehold makes use it.
    Array {
        /// The elements.
        elements: Vec<Expr>,
        /// Their type.
        element_type: SqlType,
    },
    /// A column of the row before or after a change, in the condition of a trigger.
    Row(RowVersion, String),
    /// `document @@ websearch_to_tsquery(text)`
    Search {
        /// The document that is searched.
        document: Box<Expr>,
        /// The query.
        text: Box<Expr>,
    },
    /// The document of a full-text search: the texts of columns, each with its weight.
    Document {
        /// The text-search configuration.
        language: String,
        /// The columns, with the letters of their weights.
        parts: Vec<(Expr, String)>,
    },
    /// Whether a row belongs to the user whose key is in a setting.
    OwnedBy {
        /// The setting.
        setting: String,
        /// How the row's owner is found.
        owner: RowOwner,
    },
    /// SQL, passed on as written.
    Sql(String),
}

/// How the owner of a row is found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum RowOwner {
    /// In a column of the row.
    Column {
        /// The column.
        name: String,
        /// Its type.
        sql_type: SqlType,
    },
    /// By the row that it references.
    Through {
        /// The table of this row.
        table: QualifiedName,
        /// The table that it references.
        parent: QualifiedName,
        /// The columns of this row, each with the parent's.
        columns: Vec<(String, String)>,
        /// How the owner of the parent's row is found.
        owner: Box<RowOwner>,
    },
}

impl Expr {
    /// Calls `see` for the expression and then for every expression in it.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match self {
            Self::Unary(_, operand) | Self::IsNull { operand, .. } | Self::Cast(operand, _) => {
                operand.visit(see);
            }
            Self::Binary(_, left, right) | Self::IsDistinct(left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::In { operand, list, .. } => {
                operand.visit(see);
                for expr in list {
                    expr.visit(see);
                }
            }
            Self::Between { operand, low, high } => {
                for expr in [operand, low, high] {
                    expr.visit(see);
                }
            }
            Self::Call(_, list) | Self::Array { elements: list, .. } => {
                for expr in list {
                    expr.visit(see);
                }
            }
            Self::Search { document, text } => {
                document.visit(see);
                text.visit(see);
            }
            Self::Document { parts, .. } => {
                for (expr, _) in parts {
                    expr.visit(see);
                }
            }
            Self::Column(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Bool(_)
            | Self::Null
            | Self::Keyword(_)
            | Self::Row(..)
            | Self::OwnedBy { .. }
            | Self::Sql(_) => {}
        }
    }

    /// Calls `see` for every expression in it and then for the expression itself; `see` may change them.
    pub fn visit_mut(&mut self, see: &mut impl FnMut(&mut Self)) {
        for operand in self.operands_mut() {
            operand.visit_mut(see);
        }
        see(self);
    }

    fn operands_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::Unary(_, operand) | Self::IsNull { operand, .. } | Self::Cast(operand, _) => {
                vec![operand]
            }
            Self::Binary(_, left, right) | Self::IsDistinct(left, right) => vec![left, right],
            Self::In { operand, list, .. } => std::iter::once(&mut **operand).chain(list).collect(),
            Self::Between { operand, low, high } => vec![operand, low, high],
            Self::Call(_, list) | Self::Array { elements: list, .. } => list.iter_mut().collect(),
            Self::Search { document, text } => vec![document, text],
            Self::Document { parts, .. } => parts.iter_mut().map(|(expr, _)| expr).collect(),
            Self::Column(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Bool(_)
            | Self::Null
            | Self::Keyword(_)
            | Self::Row(..)
            | Self::OwnedBy { .. }
            | Self::Sql(_) => Vec::new(),
        }
    }

    /// `operand IN (labels)`.
    pub(super) fn is_one_of(operand: &str, labels: Vec<Self>) -> Self {
        Self::In {
            operand: Box::new(Self::Column(operand.to_owned())),
            list: labels,
            negated: false,
        }
    }

    /// `operand <@ ARRAY[labels]`.
    pub(super) fn are_all_of(operand: &str, labels: Vec<Self>, element_type: SqlType) -> Self {
        Self::Binary(
            BinaryOp::ContainedBy,
            Box::new(Self::Column(operand.to_owned())),
            Box::new(Self::Array {
                elements: labels,
                element_type,
            }),
        )
    }
}

impl From<&model::Expr> for Expr {
    fn from(expr: &model::Expr) -> Self {
        match *expr {
            model::Expr::Column(name) => Self::Column(name.to_owned()),
            model::Expr::Number(text) => Self::Number(text.to_owned()),
            model::Expr::Text(text) => Self::Text(text.to_owned()),
            model::Expr::Bool(value) => Self::Bool(value),
            model::Expr::Null => Self::Null,
            model::Expr::Keyword(word) => Self::Keyword(word.to_owned()),
            model::Expr::Unary(op, operand) => Self::Unary(op, boxed(operand)),
            model::Expr::Binary(op, left, right) => Self::Binary(op, boxed(left), boxed(right)),
            model::Expr::IsNull { operand, negated } => Self::IsNull {
                operand: boxed(operand),
                negated,
            },
            model::Expr::In {
                operand,
                list,
                negated,
            } => Self::In {
                operand: boxed(operand),
                list: each(list),
                negated,
            },
            model::Expr::Between { operand, low, high } => Self::Between {
                operand: boxed(operand),
                low: boxed(low),
                high: boxed(high),
            },
            model::Expr::Call(name, arguments) => Self::Call(name.to_owned(), each(arguments)),
            model::Expr::Cast(operand, sql_type) => Self::Cast(boxed(operand), sql_type.to_owned()),
            model::Expr::Row(version, name) => Self::Row(version, name.to_owned()),
            model::Expr::Search { document, text } => Self::Search {
                document: boxed(document),
                text: boxed(text),
            },
            model::Expr::Sql(sql) => Self::Sql(sql.to_owned()),
        }
    }
}

fn boxed(expr: &model::Expr) -> Box<Expr> {
    Box::new(Expr::from(expr))
}

fn each(exprs: &[model::Expr]) -> Vec<Expr> {
    exprs.iter().map(Expr::from).collect()
}

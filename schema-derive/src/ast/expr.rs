//! Expressions over the columns of a table.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Ident, LitStr, Path};

use crate::keys::Method;

/// An expression.
pub(crate) enum Expr {
    Column(Ident),
    Number {
        digits: String,
        span: Span,
    },
    Text(LitStr),
    Bool {
        value: bool,
        span: Span,
    },
    Null(Span),
    Keyword(Ident),
    Variant(Path),
    Not(Box<Expr>),
    Minus(Box<Expr>),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    Method(Method, Box<Expr>, Vec<Expr>),
    Call(Ident, Vec<Expr>),
    Cast(Box<Expr>, &'static str),
    /// A column of the row before or after a change, and the span of `old` or `new`.
    Row(RowVersion, Ident, Span),
    Sql(LitStr),
}

impl Expr {
    /// The span of the first token.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Column(ident) | Self::Keyword(ident) | Self::Call(ident, _) => ident.span(),
            Self::Number { span, .. }
            | Self::Bool { span, .. }
            | Self::Null(span)
            | Self::Row(.., span) => *span,
            Self::Text(text) | Self::Sql(text) => text.span(),
            Self::Variant(path) => path.span(),
            Self::Not(operand)
            | Self::Minus(operand)
            | Self::Cast(operand, _)
            | Self::Binary(_, operand, _)
            | Self::Method(_, operand, _) => operand.span(),
        }
    }

    /// The identifier of each use of a column, in order.
    pub(crate) fn columns(&self) -> Vec<&Ident> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Column(ident) = expr {
                found.push(ident);
            }
        });
        found
    }

    /// Each use of a column of the row before or after a change, with the row and the span of `old` or `new`.
    pub(crate) fn rows(&self) -> Vec<(RowVersion, &Ident, Span)> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Row(version, column, span) = expr {
                found.push((*version, column, *span));
            }
        });
        found
    }

    /// The path of each enum value.
    pub(crate) fn variants(&self) -> Vec<&Path> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Variant(path) = expr {
                found.push(path);
            }
        });
        found
    }

    /// Calls `see` with the expression and with every expression inside it.
    pub(crate) fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match self {
            Self::Not(operand) | Self::Minus(operand) | Self::Cast(operand, _) => {
                operand.visit(see);
            }
            Self::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Method(_, operand, arguments) => {
                operand.visit(see);
                for argument in arguments {
                    argument.visit(see);
                }
            }
            Self::Call(_, arguments) => {
                for argument in arguments {
                    argument.visit(see);
                }
            }
            _ => {}
        }
    }
}

/// The value of a key, with the span of the key.
pub(crate) struct Valued {
    pub(crate) key: Span,
    pub(crate) expr: Expr,
}

/// The row before or after a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RowVersion {
    Old,
    New,
}

impl RowVersion {
    /// The version that the word `old` or `new` names.
    pub(crate) fn of(word: &Ident) -> Option<Self> {
        [Self::Old, Self::New]
            .into_iter()
            .find(|version| word == version.word())
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

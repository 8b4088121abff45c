//! Functions and procedures.

use proc_macro2::Span;
use syn::{Ident, Path, Type};

use super::{Column, Source, SqlType, Text};
use crate::keys::Place;

/// A `#[derive(Function)]` or `#[derive(Procedure)]` struct.
pub(crate) struct Routine {
    pub(crate) kind: RoutineKind,
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    /// The fields. An argument uses only the name, the type and the default of a column.
    pub(crate) arguments: Vec<Column>,
    pub(crate) returns: Returns,
    /// The span of the key `trigger`, if it is a function for triggers.
    pub(crate) trigger: Option<Span>,
    pub(crate) language: Option<Language>,
    /// The variant of `Volatility`.
    pub(crate) volatility: Option<&'static str>,
    pub(crate) strict: bool,
    pub(crate) parallel_safe: bool,
    pub(crate) search_path: Option<Text>,
    pub(crate) security_definer: Option<SecurityDefiner>,
    pub(crate) execute: Option<Vec<Text>>,
    pub(crate) body: Option<Source>,
    pub(crate) comment: Option<Text>,
}

impl Routine {
    /// The output arguments of a procedure.
    pub(crate) fn outputs(&self) -> &[Output] {
        match &self.returns {
            Returns::Out(outputs) => outputs,
            _ => &[],
        }
    }

    /// The columns of the rows that a function returns.
    pub(crate) fn columns(&self) -> &[Output] {
        match &self.returns {
            Returns::Table(_, columns) => columns,
            _ => &[],
        }
    }
}

/// The kind of a routine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoutineKind {
    Function,
    Procedure,
}

impl RoutineKind {
    /// The word for the kind, which is also the name of the attribute.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Procedure => "procedure",
        }
    }

    /// The place of the keys of this kind.
    pub(crate) const fn place(self) -> Place {
        match self {
            Self::Function => Place::Function,
            Self::Procedure => Place::Procedure,
        }
    }
}

/// What a routine returns, with the span of `returns`.
pub(crate) enum Returns {
    Nothing,
    Value(Span, Typed),
    SetOf(Span, Typed),
    Table(Span, Vec<Output>),
    /// The output arguments of a procedure.
    Out(Vec<Output>),
    /// `returns` or the arguments have a mistake.
    Unknown,
}

impl Returns {
    /// The span of `returns`; `None` for a procedure, which has no such key.
    pub(crate) const fn span(&self) -> Option<Span> {
        match self {
            Self::Value(span, _) | Self::SetOf(span, _) | Self::Table(span, _) => Some(*span),
            Self::Nothing | Self::Out(_) | Self::Unknown => None,
        }
    }
}

/// A Rust type, and the type word that it is stored as: `String as varchar`.
pub(crate) struct Typed {
    pub(crate) rust_type: Type,
    pub(crate) sql_type: Option<SqlType>,
}

/// A name with its type: `total: Decimal`.
pub(crate) struct Output {
    pub(crate) name: Text,
    pub(crate) value: Typed,
}

/// The language of a body.
pub(crate) struct Language {
    pub(crate) span: Span,
    /// The variant of `Language`.
    pub(crate) variant: &'static str,
}

/// The key `security_definer = "the reason"`.
pub(crate) struct SecurityDefiner {
    pub(crate) span: Span,
    pub(crate) reason: Text,
}

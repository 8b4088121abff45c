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
    /// The fields. An argument has the name, the type and the default of a column.
    pub(crate) arguments: Vec<Column>,
    pub(crate) returns: Returns,
    /// Of a function for triggers, the key's place.
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
    /// The arguments that come out of a procedure.
    pub(crate) fn outputs(&self) -> &[Output] {
        match &self.returns {
            Returns::Out(outputs) => outputs,
            _ => &[],
        }
    }

    /// The columns of the rows that a function gives back.
    pub(crate) fn columns(&self) -> &[Output] {
        match &self.returns {
            Returns::Table(_, columns) => columns,
            _ => &[],
        }
    }
}

/// What a routine is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoutineKind {
    Function,
    Procedure,
}

impl RoutineKind {
    /// The word for it, which is that of its attribute.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Procedure => "procedure",
        }
    }

    /// Where its keys stand.
    pub(crate) const fn place(self) -> Place {
        match self {
            Self::Function => Place::Function,
            Self::Procedure => Place::Procedure,
        }
    }
}

/// What a routine gives back, with the place of `returns`.
pub(crate) enum Returns {
    Nothing,
    Value(Span, Typed),
    SetOf(Span, Typed),
    Table(Span, Vec<Output>),
    /// The arguments that come out of a procedure.
    Out(Vec<Output>),
    /// A mistake was found in it, or in the arguments.
    Unknown,
}

impl Returns {
    /// Where it is said; nowhere for a procedure, which has no such key.
    pub(crate) const fn span(&self) -> Option<Span> {
        match self {
            Self::Value(span, _) | Self::SetOf(span, _) | Self::Table(span, _) => Some(*span),
            Self::Nothing | Self::Out(_) | Self::Unknown => None,
        }
    }
}

/// A type, and the type word that it is stored as: `String as varchar`.
pub(crate) struct Typed {
    pub(crate) rust_type: Type,
    pub(crate) sql_type: Option<SqlType>,
}

/// `total: Decimal`
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

/// `security_definer = "the reason"`
pub(crate) struct SecurityDefiner {
    pub(crate) span: Span,
    pub(crate) reason: Text,
}

//! The nouns: what the attributes of an item say, with the place of each word.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Generics, Ident, LitStr, Path, Type, Visibility};

use crate::keys::{Method, TypeWord};

mod domain;
mod partition;
mod policy;
mod routine;
mod schema;
mod search;
mod transition;
mod trigger;
mod view;

pub(crate) use domain::Domain;
pub(crate) use partition::{MonthlyPartitions, Months, Partition, PartitionBound, PartitionBy};
pub(crate) use policy::Policy;
pub(crate) use routine::{Language, Output, Returns, Routine, RoutineKind, SecurityDefiner, Typed};
pub(crate) use schema::{
    Audit, DatabaseRole, Extension, Grant, GrantOn, Isolation, Names, Number, Privilege,
    RowSecurity, Schema, Sequence, UpdatedAt,
};
pub(crate) use search::{Search, SearchPart};
pub(crate) use transition::{Step, Transitions};
pub(crate) use trigger::{Event, RowVersion, Trigger};
pub(crate) use view::{Switch, View};

/// A text and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// SQL that is passed on: the body of a function, the query of a view.
pub(crate) enum Source {
    Text(LitStr),
    /// The path of a file, from the directory of the user's `Cargo.toml`.
    File(LitStr),
}

/// A `#[derive(Table)]` struct.
pub(crate) struct Table {
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    pub(crate) generics: Generics,
    pub(crate) krate: Path,
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    /// What the keys say; one of them is right, and none may be there where a mistake was found in it.
    pub(crate) ownerships: Vec<Ownership>,
    pub(crate) columns: Vec<Column>,
    pub(crate) primary_keys: Vec<PrimaryKey>,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) checks: Vec<Check>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) partition_by: Option<PartitionBy>,
    pub(crate) partitions: Vec<Partition>,
    pub(crate) monthly_partitions: Option<MonthlyPartitions>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) force_row_security: Option<Span>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) audit: Option<Span>,
    pub(crate) search: Option<Search>,
    pub(crate) active_view: Option<Text>,
    pub(crate) comment: Option<Text>,
    pub(crate) renamed_from: Option<Text>,
    pub(crate) allow: Vec<Ident>,
}

impl Table {
    /// The column that an identifier means: by the field's name, or by the column's.
    pub(crate) fn column(&self, ident: &Ident) -> Option<&Column> {
        let word = unraw(ident);
        let by_field = self.columns.iter().find(|column| column.field_name == word);
        by_field.or_else(|| self.columns.iter().find(|column| column.name.value == word))
    }

    /// The ownership, where just one is said.
    pub(crate) fn ownership(&self) -> Option<&Ownership> {
        self.ownerships.first()
    }

    /// The primary key's columns.
    pub(crate) fn key_columns(&self) -> &[Ident] {
        self.primary_keys.first().map_or(&[], |key| &key.columns)
    }

    /// Whether the table allows a rule.
    pub(crate) fn allows(&self, rule: &str) -> bool {
        self.allow.iter().any(|allowed| allowed == rule)
    }
}

/// An identifier without `r#`.
pub(crate) fn unraw(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// Who owns the rows.
pub(crate) enum Ownership {
    Owner(Span),
    Scope(Ident),
    Through(Ident),
    Shared(Span),
    Internal(Span),
}

impl Ownership {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Owner(span) | Self::Shared(span) | Self::Internal(span) => *span,
            Self::Scope(column) | Self::Through(column) => column.span(),
        }
    }
}

/// A field.
pub(crate) struct Column {
    pub(crate) field: Ident,
    /// The field's name without `r#`, kept as text since an identifier makes a new one each time it is asked.
    pub(crate) field_name: String,
    pub(crate) visibility: Visibility,
    pub(crate) rust_type: Type,
    pub(crate) name: Text,
    pub(crate) sql_type: Option<SqlType>,
    pub(crate) sql_type_raw: Option<Text>,
    pub(crate) identity: Option<Identity>,
    pub(crate) serial: Option<Span>,
    pub(crate) default: Option<Valued>,
    pub(crate) generated: Option<Valued>,
    pub(crate) roles: Vec<Role>,
    pub(crate) immutable: Option<Span>,
    pub(crate) transitions: Option<Transitions>,
    pub(crate) secret: Option<Span>,
    pub(crate) comment: Option<Text>,
    pub(crate) renamed_from: Option<Text>,
    pub(crate) allow: Vec<Ident>,
}

impl Column {
    /// Whether the column allows a rule.
    pub(crate) fn allows(&self, rule: &str) -> bool {
        self.allow.iter().any(|allowed| allowed == rule)
    }

    pub(crate) fn is_created_at(&self) -> bool {
        self.roles
            .iter()
            .any(|role| matches!(role.kind, RoleKind::CreatedAt))
    }

    pub(crate) fn is_updated_at(&self) -> bool {
        self.roles
            .iter()
            .any(|role| matches!(role.kind, RoleKind::UpdatedAt { .. }))
    }

    pub(crate) fn is_deleted_at(&self) -> bool {
        self.roles
            .iter()
            .any(|role| matches!(role.kind, RoleKind::DeletedAt))
    }
}

/// The value of a key, with the key's place.
pub(crate) struct Valued {
    pub(crate) key: Span,
    pub(crate) expr: Expr,
}

/// `identity` or `identity = by_default`.
pub(crate) struct Identity {
    pub(crate) span: Span,
    pub(crate) by_default: bool,
}

/// What the library does with a column.
pub(crate) struct Role {
    pub(crate) span: Span,
    pub(crate) kind: RoleKind,
}

#[derive(Clone, Copy)]
#[allow(clippy::enum_variant_names)] // They are the keys' words.
pub(crate) enum RoleKind {
    CreatedAt,
    UpdatedAt { by_application: bool },
    DeletedAt,
}

impl RoleKind {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt { .. } => "updated_at",
            Self::DeletedAt => "deleted_at",
        }
    }
}

/// A type word with its arguments.
pub(crate) struct SqlType {
    pub(crate) word: &'static TypeWord,
    pub(crate) span: Span,
    pub(crate) arguments: SqlTypeArguments,
}

pub(crate) enum SqlTypeArguments {
    None,
    Length(u32),
    Digits(u16, i16),
    Element(Box<SqlType>),
}

/// A primary key, of one column or of several.
pub(crate) struct PrimaryKey {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Ident>,
}

/// A unique constraint without condition, expression or order.
pub(crate) struct Unique {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Ident>,
    pub(crate) include: Vec<Ident>,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) deferrable: Option<Deferrable>,
}

/// An index.
pub(crate) struct Index {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) parts: Vec<IndexPart>,
    pub(crate) unique: bool,
    pub(crate) nulls_not_distinct: Option<Span>,
    pub(crate) method: Option<&'static str>,
    pub(crate) include: Vec<Ident>,
    pub(crate) filter: Option<Expr>,
}

/// A part of an index.
pub(crate) struct IndexPart {
    pub(crate) value: Expr,
    pub(crate) descending: bool,
    pub(crate) nulls_first: Option<bool>,
    pub(crate) collation: Option<LitStr>,
    pub(crate) operator_class: Option<Text>,
}

impl IndexPart {
    pub(crate) fn of(value: Expr) -> Self {
        Self {
            value,
            descending: false,
            nulls_first: None,
            collation: None,
            operator_class: None,
        }
    }

    /// The column, where the part is one.
    pub(crate) fn column(&self) -> Option<&Ident> {
        match &self.value {
            Expr::Column(ident) => Some(ident),
            _ => None,
        }
    }

    /// Whether it is a column and nothing else.
    pub(crate) fn is_plain(&self) -> bool {
        self.column().is_some()
            && !self.descending
            && self.nulls_first.is_none()
            && self.collation.is_none()
            && self.operator_class.is_none()
    }
}

/// A check.
pub(crate) struct Check {
    pub(crate) name: Option<Text>,
    pub(crate) condition: Expr,
    /// The column that it stands at, which its name by convention is made of.
    pub(crate) column: Option<Ident>,
}

/// A foreign key.
pub(crate) struct ForeignKey {
    /// The place of `references` or of `foreign_key`.
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Ident>,
    pub(crate) target: Option<Target>,
    pub(crate) on_delete: Option<Action>,
    pub(crate) on_update: Option<Action>,
    pub(crate) deferrable: Option<Deferrable>,
    pub(crate) allow: Vec<Ident>,
}

/// The table and the columns that a foreign key references.
pub(crate) struct Target {
    pub(crate) table: Path,
    pub(crate) columns: Vec<Ident>,
}

/// A referential action.
pub(crate) struct Action {
    pub(crate) span: Span,
    pub(crate) variant: &'static str,
    pub(crate) columns: Vec<Ident>,
}

/// `deferrable`, or `deferrable = initially_deferred`.
#[derive(Clone, Copy)]
pub(crate) struct Deferrable {
    pub(crate) initially_deferred: bool,
}

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
    /// A column of the row before or after a change, and where the row's word stands.
    Row(RowVersion, Ident, Span),
    Sql(LitStr),
}

impl Expr {
    /// Where it begins.
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

    /// The identifiers of its columns, in order, each time they stand.
    pub(crate) fn columns(&self) -> Vec<&Ident> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Column(ident) = expr {
                found.push(ident);
            }
        });
        found
    }

    /// Its columns of a row before or after a change, with that row and the place where it stands.
    pub(crate) fn rows(&self) -> Vec<(RowVersion, &Ident, Span)> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Row(version, column, span) = expr {
                found.push((*version, column, *span));
            }
        });
        found
    }

    /// The paths of its enum values.
    pub(crate) fn variants(&self) -> Vec<&Path> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Variant(path) = expr {
                found.push(path);
            }
        });
        found
    }

    /// Shows itself and every expression in it.
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

/// A `#[derive(SqlEnum)]` enum.
pub(crate) struct SqlEnum {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) native: bool,
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    /// `comment = ".."`, or the doc comment.
    pub(crate) comment: Option<Text>,
    /// The places of the keys that only a native enum has.
    pub(crate) native_keys: Vec<Ident>,
    pub(crate) labels: Vec<Label>,
    /// The variants for labels that the enum does not know.
    pub(crate) others: Vec<OtherVariant>,
}

/// A variant for labels that the enum does not know.
pub(crate) struct OtherVariant {
    pub(crate) variant: Ident,
    /// The places of the keys about a label, of which it has none.
    pub(crate) label_keys: Vec<Ident>,
}

/// A variant of an enum.
pub(crate) struct Label {
    pub(crate) variant: Ident,
    pub(crate) text: Text,
    pub(crate) renamed_from: Option<Text>,
}

/// A `#[derive(Key)]` struct.
pub(crate) struct Key {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    /// The type inside; `None` where a mistake was found.
    pub(crate) inner: Option<Type>,
}

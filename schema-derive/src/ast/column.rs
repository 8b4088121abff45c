use proc_macro2::Span;
use syn::{Ident, Type, Visibility};

use super::{Text, Transitions, Valued};
use crate::keys::TypeWord;

/// A field.
pub(crate) struct Column {
    pub(crate) field: Ident,
    /// The field's name without `r#`. It is stored because `Ident::to_string` allocates at each call.
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

/// `identity` or `identity = by_default`.
pub(crate) struct Identity {
    pub(crate) span: Span,
    pub(crate) by_default: bool,
}

/// A column that Freehold sets itself.
pub(crate) struct Role {
    pub(crate) span: Span,
    pub(crate) kind: RoleKind,
}

#[derive(Clone, Copy)]
#[allow(clippy::enum_variant_names)] // The variants have the names of the keys.
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

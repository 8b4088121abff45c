//! The syntax tree of `schema!`.

use proc_macro2::Span;
use syn::{Attribute, Ident, Path, Visibility};

use super::{Source, Text};
use crate::keys::{APPLICATION_ROLE, GrantObject};

/// The content of a `schema!`.
pub(crate) struct Schema {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) tables: Vec<Path>,
    pub(crate) views: Vec<Path>,
    /// Functions and procedures.
    pub(crate) functions: Vec<Path>,
    pub(crate) sequences: Vec<Sequence>,
    pub(crate) extensions: Vec<Extension>,
    pub(crate) roles: Vec<DatabaseRole>,
    pub(crate) grants: Vec<Grant>,
    pub(crate) isolation: Isolation,
    pub(crate) audit: Option<Audit>,
    pub(crate) updated_at: Option<UpdatedAt>,
}

impl Schema {
    /// The sequence of this name.
    pub(crate) fn sequence(&self, name: &str) -> Option<&Sequence> {
        self.sequences
            .iter()
            .find(|sequence| sequence.name.value == name)
    }

    /// The names of the roles of the schema: declared ones and those of the isolation.
    pub(crate) fn role_names(&self) -> impl Iterator<Item = &str> + Clone {
        let declared = self.roles.iter().map(|role| role.name.value.as_str());
        declared.chain(self.isolation.role_names())
    }
}

/// A sequence.
pub(crate) struct Sequence {
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    pub(crate) start: Option<Number>,
    pub(crate) increment: Option<Number>,
    pub(crate) min: Option<Number>,
    pub(crate) max: Option<Number>,
    pub(crate) cache: Option<Number>,
    pub(crate) cycle: bool,
}

/// An integer, and its span.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    pub(crate) value: i64,
    pub(crate) span: Span,
}

/// An extension of the database.
pub(crate) struct Extension {
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
}

/// A role of the database.
pub(crate) struct DatabaseRole {
    pub(crate) name: Text,
    pub(crate) existing: Option<Span>,
    pub(crate) login: Option<Span>,
    pub(crate) no_inherit: Option<Span>,
    pub(crate) bypass_rls: Option<Span>,
    pub(crate) member_of: Vec<Text>,
}

/// A grant of rights to roles.
pub(crate) struct Grant {
    /// The span of `grant`.
    pub(crate) span: Span,
    pub(crate) privileges: Vec<Privilege>,
    /// The objects of the grant; `None` if `on` is missing or has a mistake.
    pub(crate) on: Option<GrantOn>,
    pub(crate) to: Vec<Text>,
    pub(crate) future: Option<Span>,
}

/// A right of a grant.
pub(crate) struct Privilege {
    pub(crate) span: Span,
    pub(crate) word: &'static str,
    /// The variant of `Privilege`.
    pub(crate) variant: &'static str,
    /// The columns of the right; empty for all columns.
    pub(crate) columns: Vec<Ident>,
}

/// The objects of a grant.
pub(crate) struct GrantOn {
    pub(crate) span: Span,
    pub(crate) object: GrantObject,
    /// The objects by name; `None` for all objects of the kind.
    pub(crate) names: Option<Names>,
}

impl GrantOn {
    /// The table or view, if the grant names exactly one.
    pub(crate) fn single_relation(&self) -> Option<&Path> {
        match (&self.names, self.object) {
            (Some(Names::Paths(paths)), GrantObject::Tables | GrantObject::Views) => {
                match paths.as_slice() {
                    [path] => Some(path),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Objects by name.
pub(crate) enum Names {
    /// Tables, views and functions, named by their Rust types.
    Paths(Vec<Path>),
    /// Sequences and PostgreSQL schemas, named by words.
    Words(Vec<Text>),
}

/// How the rows of different users are kept apart.
pub(crate) enum Isolation {
    Predicate,
    RowSecurity(RowSecurity),
}

impl Isolation {
    /// The names of the roles that the user writes.
    pub(crate) fn roles(&self) -> impl Iterator<Item = &Text> + Clone {
        let written = match self {
            Self::Predicate => [None; 4],
            Self::RowSecurity(names) => {
                [&names.role, &names.owner, &names.login, &names.admin].map(Option::as_ref)
            }
        };
        written.into_iter().flatten()
    }

    /// The default name of the application's role, if row-level security is on and the user writes no name.
    pub(crate) fn default_role(&self) -> Option<&'static str> {
        let is_default = matches!(self, Self::RowSecurity(names) if names.role.is_none());
        is_default.then_some(APPLICATION_ROLE)
    }

    /// The names of all roles of the isolation, including the default name of the application's role.
    pub(crate) fn role_names(&self) -> impl Iterator<Item = &str> + Clone {
        let written = self.roles().map(|role| role.value.as_str());
        self.default_role().into_iter().chain(written)
    }
}

/// The setting and the roles of row-level security.
#[derive(Default)]
pub(crate) struct RowSecurity {
    pub(crate) setting: Option<Text>,
    pub(crate) role: Option<Text>,
    pub(crate) owner: Option<Text>,
    pub(crate) login: Option<Text>,
    pub(crate) admin: Option<Text>,
}

/// The audit trail, which records the changes of audited tables.
#[derive(Default)]
pub(crate) struct Audit {
    pub(crate) table: Option<Text>,
    pub(crate) schema: Option<Text>,
    pub(crate) actor: Option<Text>,
}

/// How `created_at` and `updated_at` are set.
#[derive(Default)]
pub(crate) struct UpdatedAt {
    pub(crate) function: Option<Text>,
    /// The variant of `Clock`.
    pub(crate) clock: Option<&'static str>,
    pub(crate) body: Option<Source>,
}

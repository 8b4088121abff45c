//! What stands in a `schema!`.

use proc_macro2::Span;
use syn::{Attribute, Ident, Path, Visibility};

use super::{Source, Text};
use crate::keys::{APPLICATION_ROLE, GrantObject};

/// A `schema!`.
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

    /// The names of the roles that the schema has.
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

/// A whole number and where it stands.
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

/// Rights, given to roles.
pub(crate) struct Grant {
    /// The place of `grant`.
    pub(crate) span: Span,
    pub(crate) privileges: Vec<Privilege>,
    /// What they are on; `None` where it is missing, or where a mistake was found in it.
    pub(crate) on: Option<GrantOn>,
    pub(crate) to: Vec<Text>,
    pub(crate) future: Option<Span>,
}

/// A right.
pub(crate) struct Privilege {
    pub(crate) span: Span,
    pub(crate) word: &'static str,
    /// The variant of `Privilege`.
    pub(crate) variant: &'static str,
    /// The columns that it is for; none is all of them.
    pub(crate) columns: Vec<Ident>,
}

/// What rights are given on.
pub(crate) struct GrantOn {
    pub(crate) span: Span,
    pub(crate) object: GrantObject,
    /// The objects by name; without them it is all of the kind.
    pub(crate) names: Option<Names>,
}

impl GrantOn {
    /// The table or the view, where it is one by name.
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
    /// Tables, views and functions: types.
    Paths(Vec<Path>),
    /// Sequences and PostgreSQL schemas: words.
    Words(Vec<Text>),
}

/// How one user's rows are held apart from another's.
pub(crate) enum Isolation {
    Predicate,
    RowSecurity(RowSecurity),
}

impl Isolation {
    /// The roles' names that are written.
    pub(crate) fn roles(&self) -> impl Iterator<Item = &Text> + Clone {
        let written = match self {
            Self::Predicate => [None; 4],
            Self::RowSecurity(names) => {
                [&names.role, &names.owner, &names.login, &names.admin].map(Option::as_ref)
            }
        };
        written.into_iter().flatten()
    }

    /// The application's role, where it is not written.
    pub(crate) fn default_role(&self) -> Option<&'static str> {
        let is_default = matches!(self, Self::RowSecurity(names) if names.role.is_none());
        is_default.then_some(APPLICATION_ROLE)
    }

    /// The roles' names, the application's among them though it is not written.
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

/// Where the changes of audited tables are written.
#[derive(Default)]
pub(crate) struct Audit {
    pub(crate) table: Option<Text>,
    pub(crate) schema: Option<Text>,
    pub(crate) actor: Option<Text>,
}

/// How `created_at` and `updated_at` are kept.
#[derive(Default)]
pub(crate) struct UpdatedAt {
    pub(crate) function: Option<Text>,
    /// The variant of `Clock`.
    pub(crate) clock: Option<&'static str>,
    pub(crate) body: Option<Source>,
}

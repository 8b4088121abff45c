//! The rules of a schema: one file each, a const function that `schema!` calls at compile time and
//! [`SchemaDef::validate`] at run time. The same function, so the same words.
//!
//! What one struct can answer without its types is checked by the derive, which points at the word; those rules have
//! their names here and their code there.

mod cascade_from_shared;
mod duplicate_routine;
mod duplicate_table;
mod granted;
mod granted_internal;
mod granted_materialized_view;
mod granted_partition;
mod granted_truncate;
mod index_method;
mod index_not_leakproof;
mod internal_reference;
mod key_not_null;
mod reference_target;
mod required_cycle;
mod scope_not_null;
mod scope_owner;
mod set_null_not_null;
mod single_column_reference;
mod single_owner;
mod through_reference;
mod unindexed_shared_reference;
mod unknown_role;
mod unlisted_reference;
mod unscoped_reference;
mod uuid_key;

pub use index_method::serves;
pub(crate) use single_column_reference::carries_scope;

use crate::message::Message;
use crate::model::{ForeignKeyDef, RoutineDef, SchemaDef, TableDef, ViewDef};

/// A rule: a mistake that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name, which `allow(..)` takes and the documentation has a page for.
    pub name: &'static str,
    /// Who finds it.
    pub place: Place,
    /// Where it can be allowed by name.
    pub allow: Allow,
}

/// Who finds a violation of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A derive, at the word that is wrong.
    Derive,
    /// `schema!`, at the table, the view or the function in the list.
    Schema,
    /// [`SchemaDef::validate`] alone.
    Validate,
}

/// Where a rule can be allowed by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Allow {
    /// Nowhere: it holds users' rows apart, or PostgreSQL would refuse the schema.
    Never,
    /// On the table.
    Table,
    /// On the column.
    Column,
    /// On the table or on the column.
    TableOrColumn,
    /// On the view.
    View,
    /// On the table or on the view.
    TableOrView,
}

/// A place in a schema that breaks a rule.
#[derive(Clone, Copy, Debug)]
pub struct Violation {
    /// The rule.
    pub rule: &'static Rule,
    /// The table, the view or the function that breaks it; for a grant, the schema.
    pub object: &'static str,
    /// What is wrong and what to write instead.
    pub message: Message,
}

impl Violation {
    pub(crate) const fn new(rule: &'static Rule, table: &TableDef, parts: &[&str]) -> Self {
        Self::of(rule, table.name.name, parts)
    }

    pub(crate) const fn of_view(rule: &'static Rule, view: &ViewDef, parts: &[&str]) -> Self {
        Self {
            rule,
            object: view.name.name,
            message: message(parts, rule, "view"),
        }
    }

    const fn of_routine(rule: &'static Rule, routine: &RoutineDef, parts: &[&str]) -> Self {
        Self::of(rule, routine.name.name, parts)
    }

    pub(crate) const fn of(rule: &'static Rule, object: &'static str, parts: &[&str]) -> Self {
        Self {
            rule,
            object,
            message: message(parts, rule, "table"),
        }
    }
}

/// The message about an object of a kind, with how the rule is allowed.
const fn message(parts: &[&str], rule: &Rule, kind: &'static str) -> Message {
    let message = Message::of(parts);
    let place = match rule.allow {
        Allow::Never => return message,
        Allow::Table | Allow::TableOrColumn => "table",
        Allow::Column => "column",
        Allow::View => "view",
        Allow::TableOrView => kind,
    };
    message
        .with(", or allow it with `#[")
        .with(place)
        .with("(allow(")
        .with(rule.name)
        .with("))]`")
}

impl core::fmt::Display for Violation {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message.as_str())
    }
}

impl Rule {
    const fn derive(name: &'static str, allow: Allow) -> Self {
        Self {
            name,
            place: Place::Derive,
            allow,
        }
    }

    const fn schema(name: &'static str, allow: Allow) -> Self {
        Self {
            name,
            place: Place::Schema,
            allow,
        }
    }

    /// Whether the table allows it.
    const fn is_allowed(&self, table: &TableDef) -> bool {
        crate::model::holds_text(table.allow, self.name)
    }

    /// Whether the table or the foreign key allows it.
    const fn is_allowed_for(&self, table: &TableDef, key: &ForeignKeyDef) -> bool {
        self.is_allowed(table) || crate::model::holds_text(key.allow, self.name)
    }
}

/// The questions about one list of a schema, each a function of a rule's file.
macro_rules! questions {
    ($what:literal, $first:ident, $all:ident: $($rule:ident::$check:ident)*) => {
        #[doc = concat!("The first rule that the ", $what, " at `index` of the schema's list breaks.")]
        pub const fn $first(schema: &SchemaDef, index: usize) -> Option<Violation> {
            $(if let Some(violation) = $rule::$check(schema, index) {
                return Some(violation);
            })*
            None
        }

        #[doc = concat!("All rules that the ", $what, " at `index` of the schema's list breaks.")]
        fn $all(schema: &SchemaDef, index: usize) -> impl Iterator<Item = Violation> + use<> {
            [$($rule::$check(schema, index)),*].into_iter().flatten()
        }
    };
}

macro_rules! schema_rules {
    ($($rule:ident)*) => {
        questions! { "table", first_violation, table_violations: $($rule::check)* }

        /// The rules about tables.
        const TABLE_RULES: &[Rule] = &[$($rule::RULE),*];
    };
}

// In this order: what makes the next rule's question pointless comes first.
schema_rules! {
    duplicate_table
    unlisted_reference
    reference_target
    key_not_null
    index_method
    single_owner
    scope_owner
    scope_not_null
    through_reference
    set_null_not_null
    required_cycle
    single_column_reference
    unscoped_reference
    internal_reference
    cascade_from_shared
    unindexed_shared_reference
    uuid_key
    index_not_leakproof
    unknown_role
    granted_partition
    granted_truncate
    granted_internal
}

questions! {
    "view", first_view_violation, view_violations:
    duplicate_table::check_view
    granted_materialized_view::check_view
    granted_internal::check_view
}

questions! {
    "function or procedure", first_routine_violation, routine_violations:
    duplicate_routine::check_routine
    unknown_role::check_routine
}

/// The rules about views, functions and procedures alone.
const OTHER_RULES: &[Rule] = &[granted_materialized_view::RULE, duplicate_routine::RULE];

/// The rules that the derives check.
const DERIVE_RULES: &[Rule] = &[
    Rule::derive("ownership", Allow::Never),
    Rule::derive("primary_key", Allow::Never),
    Rule::derive("delete_action", Allow::Never),
    Rule::derive("scope_reference", Allow::Never),
    Rule::derive("set_null_columns", Allow::Never),
    Rule::derive("timestamps", Allow::Table),
    Rule::derive("redundant_index", Allow::Table),
    Rule::derive("unindexed_foreign_key", Allow::TableOrColumn),
    Rule::derive("unindexed_scope", Allow::TableOrColumn),
    Rule::derive("too_many_indexes", Allow::Table),
    Rule::derive("soft_delete_unique", Allow::TableOrColumn),
    Rule::derive("unique_across_scopes", Allow::TableOrColumn),
    Rule::derive("sensitive_column", Allow::TableOrColumn),
    Rule::derive("reg_type", Allow::Column),
    Rule::derive("view_security_invoker", Allow::View),
    Rule::derive("security_definer", Allow::Never),
    Rule::derive("policy_always_true", Allow::Table),
    Rule::derive("multiple_permissive_policies", Allow::Table),
];

/// The rule that needs the names that are made when the schema is built.
pub(crate) const DUPLICATE_NAME: Rule = Rule {
    name: "duplicate_name",
    place: Place::Validate,
    allow: Allow::Never,
};

/// The rule that needs the names in the SQL of views and functions.
pub(crate) const DEPENDENCY_CYCLE: Rule = Rule {
    name: "dependency_cycle",
    place: Place::Validate,
    allow: Allow::Never,
};

/// The rule that needs the names in the SQL of views: what is shared and reads what has an owner.
pub(crate) const UNSCOPED_VIEW: Rule = Rule {
    name: "unscoped_view",
    place: Place::Validate,
    allow: Allow::View,
};

/// The same for what is internal.
pub(crate) const INTERNAL_VIEW: Rule = Rule {
    name: "internal_view",
    place: Place::Validate,
    allow: Allow::View,
};

/// Every rule, in the order of the documentation.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    DERIVE_RULES
        .iter()
        .chain(TABLE_RULES)
        .chain(OTHER_RULES)
        .chain([
            &DUPLICATE_NAME,
            &DEPENDENCY_CYCLE,
            &UNSCOPED_VIEW,
            &INTERNAL_VIEW,
        ])
}

/// Every violation of the rules of `schema!`: by table, by view, by function, by grant.
pub(crate) fn all_violations(schema: &SchemaDef) -> impl Iterator<Item = Violation> {
    let of_tables = (0..schema.tables.len()).flat_map(|index| table_violations(schema, index));
    let of_views = (0..schema.views.len()).flat_map(|index| view_violations(schema, index));
    let of_routines =
        (0..schema.routines.len()).flat_map(|index| routine_violations(schema, index));
    let of_grants =
        (0..schema.grants.len()).filter_map(|index| unknown_role::check_grant(schema, index));
    of_tables
        .chain(of_views)
        .chain(of_routines)
        .chain(of_grants)
}

/// Stops the compilation where the table at `index` of the schema's list breaks a rule. `schema!` calls it for each table,
/// with the table's name as the place.
///
/// # Panics
///
/// With the violation's message.
#[track_caller]
pub const fn assert_table(schema: &SchemaDef, index: usize) {
    if !schema.has_incomplete {
        assert_none(first_violation(schema, index).as_ref());
    }
}

/// As [`assert_table`], for the view at `index` of the schema's views.
///
/// # Panics
///
/// With the violation's message.
#[track_caller]
pub const fn assert_view(schema: &SchemaDef, index: usize) {
    if !schema.has_incomplete {
        assert_none(first_view_violation(schema, index).as_ref());
    }
}

/// As [`assert_table`], for the function or procedure at `index` of the schema's routines.
///
/// # Panics
///
/// With the violation's message.
#[track_caller]
pub const fn assert_routine(schema: &SchemaDef, index: usize) {
    if !schema.has_incomplete {
        assert_none(first_routine_violation(schema, index).as_ref());
    }
}

#[track_caller]
#[allow(clippy::panic)]
const fn assert_none(violation: Option<&Violation>) {
    if let Some(violation) = violation {
        panic!("{}", violation.message.as_str());
    }
}

/// The foreign key of `table` whose only column is `column`.
const fn foreign_key_of(table: &TableDef, column: &str) -> Option<&'static ForeignKeyDef> {
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if key.columns.len() == 1 && crate::model::same_text(key.columns[0], column) {
            return Some(key);
        }
        i += 1;
    }
    None
}

/// Whether the column may be null; `false` for one that is not there.
const fn may_be_null(table: &TableDef, column: &str) -> bool {
    match table.column(column) {
        Some(column) => column.nullable,
        None => false,
    }
}

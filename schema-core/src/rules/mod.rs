//! The rules of a schema, one file each.
//!
//! Each rule is a const function. `schema!` calls it at compile time and [`SchemaDef::validate`] at run time, so that
//! the message is the same.
//!
//! The derives check the rules that need only one struct and not its types, and report the error at the word that
//! breaks the rule. Those rules have only their names here.

mod cascade_from_shared;
mod column;
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
mod rule;
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
pub use rule::{Allow, Place, Rule, Violation};
pub(crate) use single_column_reference::carries_scope;

use crate::model::SchemaDef;

/// The checks of one list of a schema, each a function of a rule's file.
macro_rules! checks {
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
        checks! { "table", first_violation, table_violations: $($rule::check)* }

        /// The rules about tables.
        const TABLE_RULES: &[Rule] = &[$($rule::RULE),*];
    };
}

// The order matters: if a rule is broken, some of those after it make no sense.
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

checks! {
    "view", first_view_violation, view_violations:
    duplicate_table::check_view
    granted_materialized_view::check_view
    granted_internal::check_view
}

checks! {
    "function or procedure", first_routine_violation, routine_violations:
    duplicate_routine::check_routine
    unknown_role::check_routine
}

/// The rules that are only about views, functions and procedures.
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

/// This rule needs the default names, which are made when the schema is built.
pub(crate) const DUPLICATE_NAME: Rule = Rule {
    name: "duplicate_name",
    place: Place::Validate,
    allow: Allow::Never,
};

/// This rule needs the names in the SQL of views and functions.
pub(crate) const DEPENDENCY_CYCLE: Rule = Rule {
    name: "dependency_cycle",
    place: Place::Validate,
    allow: Allow::Never,
};

/// This rule needs the names in the SQL of views: a shared view reads a table that has an owner.
pub(crate) const UNSCOPED_VIEW: Rule = Rule {
    name: "unscoped_view",
    place: Place::Validate,
    allow: Allow::View,
};

/// The same for an internal view or table: a view that users can read reads it.
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

/// All violations of the rules of `schema!`: first of tables, then of views, of functions and of grants.
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

/// Fails the compilation if the table at `index` of the schema's list breaks a rule.
///
/// `schema!` calls it for each table, with the span of the table's name.
///
/// # Panics
///
/// Panics with the violation's message.
#[track_caller]
pub const fn assert_table(schema: &SchemaDef, index: usize) {
    if !schema.has_incomplete {
        assert_none(first_violation(schema, index).as_ref());
    }
}

/// Like [`assert_table`], for the view at `index` of the schema's views.
///
/// # Panics
///
/// Panics with the violation's message.
#[track_caller]
pub const fn assert_view(schema: &SchemaDef, index: usize) {
    if !schema.has_incomplete {
        assert_none(first_view_violation(schema, index).as_ref());
    }
}

/// Like [`assert_table`], for the function or procedure at `index` of the schema's routines.
///
/// # Panics
///
/// Panics with the violation's message.
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

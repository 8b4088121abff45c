//! The rules that can be checked on one struct alone, one function for each. No parsing, no quoting.

mod active_view;
mod allow;
mod columns;
mod conflicts;
mod domain;
mod expressions;
mod indexes;
mod names;
mod ownership;
mod partitions;
mod policies;
mod references;
mod required;
mod routine;
mod schema;
mod search;
mod source;
mod sql_enum;
mod texts;
mod transitions;
mod triggers;
mod uniques;
mod view;
mod volume;

pub(crate) use domain::domain;
pub(crate) use routine::routine;
pub(crate) use schema::schema;
pub(crate) use sql_enum::sql_enum;
pub(crate) use view::view;

use crate::ast::Table;
use crate::errors::Errors;

type TableRule = fn(&Table, &Errors);

/// Rules about mistakes in what is written.
const WRITTEN: &[TableRule] = &[
    names::lengths,
    names::taken,
    names::duplicate_columns,
    names::duplicate_constraints,
    names::renamed_from_itself,
    texts::nul,
    texts::empty,
    columns::unknown_in_lists,
    columns::repeated_in_lists,
    expressions::casts,
    expressions::unknown_columns,
    expressions::without_column,
    expressions::defaults,
    expressions::changing,
    expressions::generated_from_itself,
    expressions::default_lengths,
    conflicts::values,
    conflicts::roles,
    conflicts::immutable_roles,
    conflicts::immutable_generated,
    conflicts::secret_key,
    conflicts::repeated_roles,
    conflicts::types,
    conflicts::primary_keys,
    conflicts::unique_primary_key,
    conflicts::unique_twice,
    ownership::one,
    ownership::known_column,
    partitions::strategy,
    partitions::values,
    references::repeated_target,
    references::set_columns,
    indexes::methods,
    indexes::nulls_not_distinct,
    policies::duplicates,
    policies::commands,
    triggers::duplicates,
    triggers::events,
    triggers::plain_columns,
    triggers::rows,
    triggers::rows_elsewhere,
    transitions::states,
    transitions::targets,
    transitions::first_states,
    transitions::unchanging,
    transitions::types,
    search::columns,
    search::name,
    volume::columns,
    active_view::name,
];

/// Rules about valid but risky choices.
const JUDGED: &[TableRule] = &[
    references::set_null_columns,
    indexes::redundant_index,
    indexes::too_many_indexes,
    uniques::soft_delete_unique,
    uniques::unique_across_scopes,
    columns::sensitive_column,
    columns::reg_type,
    policies::always_true,
    policies::multiple_permissive,
];

/// Rules about missing keys. They run only if everything else parsed, so that a misspelt word is one mistake, not two.
const REQUIRED: &[TableRule] = &[
    required::columns,
    ownership::required,
    required::primary_key,
    required::delete_action,
    required::scope_reference,
    required::timestamps,
    references::column_count,
    partitions::keys,
    partitions::monthly,
    policies::conditions,
    policies::force,
    active_view::deleted_at,
    volume::rows,
    indexes::unindexed_scope,
    indexes::unindexed_foreign_key,
];

/// Adds every mistake of the table to `errors`.
pub(crate) fn table(table: &Table, errors: &Errors) {
    let run = |rules: &[TableRule]| {
        for rule in rules {
            rule(table, errors);
        }
    };
    run(WRITTEN);
    let understood = errors.is_empty();
    run(JUDGED);
    if understood {
        run(REQUIRED);
    }
}

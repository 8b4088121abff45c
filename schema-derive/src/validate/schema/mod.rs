//! The rules of `schema!`'s options; those of its tables, views and functions are the core's.

mod grants;
mod isolation;
mod names;
mod roles;
mod sequences;
mod updated_at;

use crate::ast::Schema;
use crate::errors::Errors;

type SchemaRule = fn(&Schema, &Errors);

/// Whether what is written makes sense.
const WRITTEN: &[SchemaRule] = &[
    names::lengths,
    names::taken_schemas,
    names::duplicates,
    sequences::numbers,
    roles::reserved,
    roles::duplicates,
    roles::existing,
    roles::member_of_itself,
    isolation::settings,
    isolation::audit_schema,
    updated_at::function,
    updated_at::body,
    grants::privileges,
    grants::columns,
    grants::names,
    grants::future,
];

/// What is missing. It is asked for only where everything that is written was understood: a misspelt word is one mistake, not two.
const REQUIRED: &[SchemaRule] = &[
    grants::required,
    grants::unknown_sequences,
    roles::unknown_role,
];

/// Pushes every mistake of the options into the sink.
pub(crate) fn schema(schema: &Schema, errors: &Errors) {
    let run = |rules: &[SchemaRule]| {
        for rule in rules {
            rule(schema, errors);
        }
    };
    run(WRITTEN);
    if errors.is_empty() {
        run(REQUIRED);
    }
}

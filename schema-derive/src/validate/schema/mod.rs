//! The rules about the options of `schema!`. The core has the rules about its tables, views and functions.

mod grants;
mod isolation;
mod names;
mod roles;
mod sequences;
mod updated_at;

use crate::ast::Schema;
use crate::errors::Errors;

type SchemaRule = fn(&Schema, &Errors);

/// Rules about mistakes in what is written.
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

/// Rules about missing keys. They run only if everything else parsed, so that a misspelt word is one mistake, not two.
const REQUIRED: &[SchemaRule] = &[
    grants::required,
    grants::unknown_sequences,
    roles::unknown_role,
];

/// Adds every mistake of the options to `errors`.
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

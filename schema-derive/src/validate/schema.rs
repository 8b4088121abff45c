//! The rules of `schema!`'s options; those of its tables are the core's.

use super::names::length;
use crate::ast::Schema;
use crate::errors::Errors;
use crate::keys::BUILTIN_TYPES;

/// Pushes every mistake of the options into the sink.
pub(crate) fn schema(schema: &Schema, errors: &Errors) {
    if let Some(function) = &schema.function {
        length(function, errors);
        if BUILTIN_TYPES.contains(&function.value.as_str()) {
            errors.push_at(
                function.span,
                format!(
                    "`{}` is a word of PostgreSQL itself; choose another name",
                    function.value
                ),
            );
        }
    }
}

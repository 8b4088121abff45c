//! The trigger function of `updated_at`.

use crate::ast::{Schema, Source};
use crate::errors::Errors;
use crate::validate::{names, texts};

/// Reports a name that PostgreSQL would read as something else in a call.
pub(super) fn function(schema: &Schema, errors: &Errors) {
    let function = schema.updated_at.iter().flat_map(|kept| &kept.function);
    function.for_each(|name| names::word_of_postgresql(name, errors));
}

/// Reports an empty body, and a body that PostgreSQL cannot store.
pub(super) fn body(schema: &Schema, errors: &Errors) {
    let body = schema
        .updated_at
        .as_ref()
        .and_then(|kept| kept.body.as_ref());
    match body {
        Some(Source::Text(text)) => {
            texts::not_empty(
                text,
                "the body is empty; write it in PL/pgSQL: `body = \"BEGIN .. END;\"`",
                errors,
            );
            texts::literal(text, "a body", errors);
        }
        Some(Source::File(path)) => {
            texts::not_empty(
                path,
                "the path is empty; write the path of a file: `body_file = \"sql/touch.sql\"`",
                errors,
            );
        }
        None => {}
    }
}

//! The trigger function of `updated_at`.

use syn::LitStr;

use crate::ast::{Body, Schema};
use crate::errors::Errors;
use crate::keys::BUILTIN_TYPES;
use crate::validate::texts;

/// A name that PostgreSQL would read as something else.
pub(super) fn function(schema: &Schema, errors: &Errors) {
    let function = schema.updated_at.iter().flat_map(|kept| &kept.function);
    for name in function.filter(|name| BUILTIN_TYPES.contains(&name.value.as_str())) {
        errors.push_at(
            name.span,
            format!(
                "`{}` is a word of PostgreSQL itself; choose another name",
                name.value
            ),
        );
    }
}

/// A body that is not there, or that PostgreSQL cannot hold.
pub(super) fn body(schema: &Schema, errors: &Errors) {
    let body = schema
        .updated_at
        .as_ref()
        .and_then(|kept| kept.body.as_ref());
    match body {
        Some(Body::Text(text)) => {
            not_empty(
                text,
                "the body is empty; write it in PL/pgSQL: `body = \"BEGIN .. END;\"`",
                errors,
            );
            texts::literal(text, "a body", errors);
        }
        Some(Body::File(path)) => {
            not_empty(
                path,
                "the path is empty; write that of a file: `body_file = \"sql/touch.sql\"`",
                errors,
            );
        }
        None => {}
    }
}

fn not_empty(text: &LitStr, message: &str, errors: &Errors) {
    if text.value().trim().is_empty() {
        errors.push_at(text.span(), message);
    }
}

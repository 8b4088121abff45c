//! What has to compile, and what it does then. Each file is the root of a small program: it must not refer to `crate`.

// The cases are written as users write code, not in the style of this repository.
#![allow(clippy::all, clippy::pedantic, clippy::restriction)]
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_qualifications,
    elided_lifetimes_in_paths
)]

mod cycle;
mod doc_comments;
mod duplicate_enum_name;
mod duplicate_function_name;
mod duplicate_name;
mod empty_schema;
mod generics;
mod index_by_extension;
mod internal;
mod internal_names;
mod local_items;
mod many_attributes;
mod mixed_case;
mod option_alias;
mod raw_identifiers;
mod renamed_crate;
mod reserved_words;
mod routines_local;
mod routines_shadowed;
mod rules_wait;
mod self_reference;
mod shadowed_prelude;
mod shadowed_primitives;
mod table_objects;
mod visibility;

//! Every word of the attributes, listed once: where it belongs, and how it is written.

mod domain;
mod expressions;
mod key;
mod lists;
mod objects;
mod ownership;
mod places;
mod routine;
mod rules;
mod schema;
mod types;
mod view;

pub(crate) use expressions::{
    CHANGING, KEYWORDS, METHODS, Method, PART_METHODS, SPECIAL_CALLS, SQL_WORDS,
};
pub(crate) use lists::{
    ACTIONS, BUILTIN_TYPES, CASES, FOREIGN_WORDS, INDEX_METHODS, MAX_IDENTIFIER_BYTES, MAX_INDEXES,
    SENSITIVE, STRATEGIES, SYSTEM_COLUMNS,
};
pub(crate) use objects::{
    POLICY_COMMANDS, SEARCH_COLUMN, SEARCH_LANGUAGE, TRIGGER_EVENTS, TRIGGER_LEVELS, WEIGHTS,
};
pub(crate) use ownership::{OWNERSHIPS, OwnershipWord};
pub(crate) use places::Place;
pub(crate) use routine::{LANGUAGES, VOLATILITIES};
pub(crate) use rules::{Allow, FOREIGN_KEY_RULES, HAZARDS, RULES, is_hazard};
pub(crate) use schema::{
    APPLICATION_ROLE, AUDIT_TABLE, CLOCKS, COLUMN_PRIVILEGES, EVERYBODY, GRANT_OBJECTS,
    GrantObject, ISOLATIONS, PRIVILEGES, RESERVED_ROLES,
};
pub(crate) use types::{NO_ENUMS, TYPES, TypeArguments, TypeWord, type_word};

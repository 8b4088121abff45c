//! The rules of `schema!`, asked at run time of a list that was not made by `schema!`.

#![allow(missing_docs, dead_code)] // The structs here are schemas; nobody reads their fields.

use freehold::prelude::*;
use freehold::{SchemaDef, Table};

#[derive(Key)]
struct UserId(Uuid);

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: UserId,
}

#[derive(Table)]
#[table(name = counters, shared, allow(timestamps))]
struct Counter {
    #[column(primary_key)]
    id: i64,
    #[column(index, references = User::id, on_delete = set_null)]
    user_id: UserId,
}

static BROKEN: SchemaDef = SchemaDef::new("BROKEN", &[User::DEF, Counter::DEF, User::DEF]);

/// Each violation as `rule: table: message`.
fn violations(schema: &SchemaDef) -> Vec<String> {
    let found = schema.validate();
    let line =
        |found: &freehold::Violation| format!("{}: {}: {found}", found.rule.name, found.object);
    found.iter().map(line).collect()
}

#[test]
fn every_violation_is_found_with_the_words_of_the_compile_error() {
    assert_eq!(
        violations(&BROKEN),
        [
            "set_null_not_null: counters: `on_delete` would set `counters.user_id` to null, which it can never be; make the field an `Option`, give it a `default` for `set_default`, or choose `cascade` or `restrict`",
            "unscoped_reference: counters: `counters` is `shared`, but `user_id` references the owned table `users`; if its rows belong to that user, write `scope = user_id`, or allow it with `#[table(allow(unscoped_reference))]`",
            "uuid_key: counters: the primary key `counters.id` is `bigint`, which tells outsiders how many rows there are; use a `Uuid` with `default = gen_random_uuid()`, or allow it with `#[table(allow(uuid_key))]`",
            "duplicate_table: users: the table name `users` is already used in this schema; give one of the two another `name`",
            "single_owner: users: `users` and `users` are both `owner`; one table's rows are the users, the others are `scope = ..` or `shared`",
            "duplicate_name: users: the name `users` of `users` is already used by `users`; give one of the two another `name`",
            "duplicate_name: users: the name `pk_users` of `users` is already used by `users`; give one of the two another `name`",
        ]
    );
}

#[test]
fn a_schema_that_breaks_a_rule_is_not_built() {
    let message = BROKEN
        .schema()
        .map_or_else(|error| error.to_string(), |_| String::new());
    assert!(
        message.starts_with("the schema `BROKEN` breaks 7 rule(s):\n  set_null_not_null: "),
        "{message}"
    );
}

#[test]
fn a_table_of_a_list_without_an_index_of_names_is_found_too() {
    static LIST: SchemaDef = SchemaDef::new("LIST", &[User::DEF]);
    assert_eq!(violations(&LIST), Vec::<String>::new());
}

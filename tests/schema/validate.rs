//! The rules of `schema!`, checked at run time for a list that `schema!` did not create.

use freehold::model::{GrantDef, GrantOn, Privilege, PrivilegeDef, RoleDef, TableName};
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
fn every_violation_has_the_text_of_the_compile_error() {
    assert_eq!(
        violations(&BROKEN),
        [
            "set_null_not_null: counters: `on_delete` would set `counters.user_id` to null, which it can never be; make the field an `Option`, give it a `default` for `set_default`, or choose `cascade` or `restrict`",
            "unscoped_reference: counters: `counters` is `shared`, but `user_id` references the owned table `users`; if its rows belong to that user, write `scope = user_id`, or allow it with `#[table(allow(unscoped_reference))]`",
            "uuid_key: counters: the primary key `counters.id` is `bigint`, which reveals to outsiders how many rows there are; use a `Uuid` with `default = gen_random_uuid()`, or allow it with `#[table(allow(uuid_key))]`",
            "duplicate_table: users: the table name `users` is already used in this schema; give one of the two another `name`",
            "single_owner: users: `users` and `users` are both `owner`; one table's rows are the users, the others are `scope = ..`, `shared` or `internal`",
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
fn a_list_without_an_index_of_names_is_validated_too() {
    static LIST: SchemaDef = SchemaDef::new("LIST", &[User::DEF]);
    assert_eq!(violations(&LIST), Vec::<String>::new());
}

#[derive(Table)]
#[table(name = notes, scope = user_id, active_view = open_notes, allow(timestamps))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: UserId,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = logs, scope = user_id, primary_key(user_id, day), index(user_id, day.desc()))]
#[table(partition_by = range(day), partition(name = logs_2025, from = "2025-01-01", to = "2026-01-01"))]
#[table(allow(timestamps))]
struct Log {
    #[column(references = User::id, on_delete = cascade)]
    user_id: UserId,
    day: NaiveDate,
}

#[derive(Table)]
#[table(name = people, internal, audit, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(name = countries, shared, allow(timestamps))]
struct Country {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Function)]
#[function(name = note_ids, language = sql, volatility = stable, returns(set_of = Uuid), body = "SELECT id FROM notes")]
struct NoteIds;

#[derive(Function)]
#[function(name = later_ids, language = plpgsql, returns(set_of = Uuid), body = "BEGIN RETURN QUERY SELECT id FROM notes; END;")]
struct LaterIds;

/// A schema with one view.
macro_rules! view {
    ($module:ident, $ownership:ident $(= $column:ident)?, $query:literal $(, $rule:ident)?) => {
        mod $module {
            use freehold::prelude::*;

            use super::{Country, LaterIds, Log, Note, NoteIds, Person, User};

            #[derive(View)]
            #[view(name = own_notes, scope = user_id, query = "SELECT id, user_id FROM notes")]
            struct OwnNote {
                id: Uuid,
                user_id: Uuid,
            }

            #[derive(View)]
            #[view(name = heads, internal, query = "SELECT id FROM people")]
            struct Head {
                id: Uuid,
            }

            #[derive(View)]
            #[view(name = seen, $ownership $(= $column)?, query = $query $(, allow($rule))?)]
            struct Seen {
                id: Uuid,
            }

            schema!(
                pub(super) SCHEMA = [User, Note, Log, Person, Country],
                views(OwnNote, Head, Seen),
                functions(NoteIds, LaterIds),
            );
        }
    };
}

view!(of_table, shared, "SELECT id FROM notes");
view!(
    of_join,
    shared,
    "SELECT c.id FROM countries AS c, users AS u"
);
view!(
    of_subquery,
    shared,
    "SELECT id FROM countries WHERE id IN (SELECT id FROM public.notes)"
);
view!(
    of_with,
    shared,
    "WITH n AS (SELECT id FROM notes) SELECT id FROM n"
);
view!(of_view, shared, "SELECT id FROM own_notes");
view!(of_active_view, shared, "SELECT id FROM open_notes");
view!(of_partition, shared, "SELECT user_id AS id FROM logs_2025");
view!(of_function, shared, "SELECT id FROM note_ids() AS id");
view!(of_internal, shared, "SELECT id FROM people");
view!(of_internal_view, shared, "SELECT id FROM heads");
view!(
    of_trail,
    shared,
    "SELECT id::text::uuid AS id FROM audit.log"
);
view!(scoped_of_internal, scope = id, "SELECT id FROM people");

/// The violations of the view `seen`.
fn about_seen(schema: &SchemaDef) -> Vec<String> {
    let found = schema.validate();
    assert!(
        found.iter().all(|found| found.object == "seen"),
        "{found:?}"
    );
    let line = |found: &freehold::Violation| format!("{}: {found}", found.rule.name);
    found.iter().map(line).collect()
}

#[test]
fn a_shared_view_over_owned_rows_is_refused() {
    let read = [
        (&of_table::SCHEMA, "notes"),
        (&of_join::SCHEMA, "users"),
        (&of_subquery::SCHEMA, "notes"),
        (&of_with::SCHEMA, "notes"),
        (&of_view::SCHEMA, "own_notes"),
        (&of_active_view::SCHEMA, "open_notes"),
        (&of_partition::SCHEMA, "logs"),
        (&of_function::SCHEMA, "notes"),
    ];
    for (schema, name) in read {
        let message = format!(
            "unscoped_view: `seen` is `shared`, but it reads `{name}`, whose rows have an owner; write `scope = ..` with the column of the owner's key, or `internal` if no user may see them, or allow it with `#[view(allow(unscoped_view))]`"
        );
        assert_eq!(about_seen(schema), [message]);
    }
}

/// The mode makes no difference: row-level security would show too few rows, predicates too many.
#[test]
fn a_shared_view_over_owned_rows_is_refused_in_both_modes() {
    let predicate = of_table::SCHEMA.isolation(freehold::model::Isolation::Predicate);
    assert_eq!(about_seen(&predicate), about_seen(&of_table::SCHEMA));
}

#[test]
fn a_view_over_an_internal_table_is_refused_unless_it_is_internal() {
    let read = [
        (&of_internal::SCHEMA, "people"),
        (&of_internal_view::SCHEMA, "heads"),
        (&of_trail::SCHEMA, "log"),
        (&scoped_of_internal::SCHEMA, "people"),
    ];
    for (schema, name) in read {
        let message = format!(
            "internal_view: `seen` is not `internal`, but it reads `{name}`, which no user reaches; make the view `internal` too, or allow it with `#[view(allow(internal_view))]`"
        );
        assert_eq!(about_seen(schema), [message]);
    }
}

view!(shared_only, shared, "SELECT id FROM countries");
view!(
    named_like_one,
    shared,
    "WITH notes AS (SELECT id FROM countries) SELECT id FROM notes"
);
view!(
    in_a_text,
    shared,
    "SELECT id FROM countries WHERE 'x FROM notes' <> '' -- FROM notes"
);
view!(of_plpgsql, shared, "SELECT id FROM later_ids() AS id");
view!(scoped, scope = id, "SELECT user_id AS id FROM notes");
view!(
    internal,
    internal,
    "SELECT n.id FROM notes AS n, people AS p"
);
view!(allowed, shared, "SELECT id FROM notes", unscoped_view);
view!(
    allowed_internal,
    shared,
    "SELECT id FROM people",
    internal_view
);

/// Freehold does not know what a `plpgsql` function reads.
#[test]
fn other_views_are_not_refused() {
    for schema in [
        &shared_only::SCHEMA,
        &named_like_one::SCHEMA,
        &in_a_text::SCHEMA,
        &of_plpgsql::SCHEMA,
        &scoped::SCHEMA,
        &internal::SCHEMA,
        &allowed::SCHEMA,
        &allowed_internal::SCHEMA,
    ] {
        assert_eq!(about_seen(schema), Vec::<String>::new());
    }
}

/// A hand-written model can make the application's role a member of another role.
#[test]
fn a_right_of_a_role_counts_for_its_members() {
    static GRANTS: &[GrantDef] = &[GrantDef::new(
        &[PrivilegeDef::new(Privilege::Select)],
        GrantOn::Relations(&[TableName::new(None, "people")]),
        "readers",
    )];
    static MEMBER: &[RoleDef] = &[
        RoleDef::new("readers"),
        RoleDef::new("writers").member_of(&["readers"]),
        RoleDef::new("app_user").member_of(&["writers"]),
    ];
    static APART: &[RoleDef] = &[RoleDef::new("readers").member_of(&["app_user"])];
    static PEOPLE: SchemaDef = SchemaDef::new("PEOPLE", &[Person::DEF]).grants(GRANTS);
    let rules = |schema: &SchemaDef| {
        let found = schema.validate();
        found
            .iter()
            .map(|found| found.rule.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(&PEOPLE.roles(MEMBER)), ["granted_internal"]);
    assert_eq!(rules(&PEOPLE.roles(APART)), [""; 0]);
}

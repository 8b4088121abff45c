//! The owner of a row, by keys of several types and through other rows.

use freehold::SchemaDef;
use freehold::prelude::*;

use super::{TestResult, database_with, lines};

/// A schema whose users have a key of this type.
macro_rules! schema_with_key {
    ($module:ident, $key:ty $(, $word:tt $(($length:literal))?)?) => {
        mod $module {
            use freehold::prelude::*;

            #[derive(Table)]
            #[table(name = users, owner, allow(timestamps, uuid_key, index_not_leakproof))]
            pub(super) struct User {
                #[column(primary_key $(, $word $(($length))?)?)]
                id: $key,
            }

            #[derive(Table)]
            #[table(name = notes, scope = user_id, primary_key(user_id, id))]
            #[table(allow(timestamps, uuid_key, index_not_leakproof))]
            pub(super) struct Note {
                #[column(references = User::id, on_delete = cascade $(, $word $(($length))?)?)]
                user_id: $key,
                id: i32,
            }

            schema!(pub(super) SCHEMA = [User, Note], isolation(role = row_owners_app));
        }
    };
}

#[derive(Domain)]
#[domain(varchar(4))]
pub(crate) struct ShortName(String);

#[derive(Domain)]
#[domain(check(value > 0))]
pub(crate) struct Number(i32);

schema_with_key!(text, String);
schema_with_key!(varchar, String, varchar(4));
schema_with_key!(char, String, char(4));
schema_with_key!(citext, String, citext);
schema_with_key!(domain, super::ShortName);
schema_with_key!(number, super::Number);

const TEXTS: [(&str, &SchemaDef); 5] = [
    ("text", &text::SCHEMA),
    ("varchar", &varchar::SCHEMA),
    ("char", &char::SCHEMA),
    ("citext", &citext::SCHEMA),
    ("domain", &domain::SCHEMA),
];

/// A query as the application, for one user.
fn as_user(user: &str, query: &str) -> String {
    format!(
        "BEGIN; SET LOCAL ROLE row_owners_app; SET LOCAL app.user_id = '{user}'; {query}; COMMIT;"
    )
}

#[test]
fn a_key_that_is_too_long_finds_no_row() -> TestResult {
    for (name, schema) in TEXTS {
        let database = database_with(schema)?;
        database.psql("INSERT INTO users VALUES ('ann1'), ('ann2'), (''); INSERT INTO notes VALUES ('ann1', 1), ('ann2', 2), ('', 3)")?;
        let (own, too_long) = (
            as_user("ann1", "SELECT id FROM notes"),
            as_user("ann12", "SELECT id FROM notes"),
        );
        assert_eq!(lines(&database, &own)?, ["1"], "{name}");
        assert_eq!(lines(&database, &too_long)?, Vec::<String>::new(), "{name}");
    }
    Ok(())
}

/// After a transaction that set it, the setting is empty.
#[test]
fn an_empty_setting_finds_no_row() -> TestResult {
    for (name, schema) in TEXTS {
        let database = database_with(schema)?;
        database.psql("INSERT INTO users VALUES (''); INSERT INTO notes VALUES ('', 1)")?;
        let after = format!(
            "{} SET ROLE row_owners_app; SELECT id FROM notes",
            as_user("ann", "SELECT 'ran'")
        );
        assert_eq!(lines(&database, &after)?, ["ran"], "{name}");
    }
    Ok(())
}

#[test]
fn a_policy_uses_the_index_of_the_key() -> TestResult {
    let number = ("number", &number::SCHEMA);
    for (name, schema) in TEXTS.into_iter().chain([number]) {
        let database = database_with(schema)?;
        let query = as_user("1", "EXPLAIN SELECT id FROM notes");
        let plan = database.psql(&format!("SET enable_seqscan = off; {query}"))?;
        assert!(plan.contains("Index Cond: ("), "{name}: {plan}");
    }
    Ok(())
}

#[derive(Table)]
#[table(name = users, owner, allow(timestamps, uuid_key))]
struct User {
    #[column(primary_key)]
    id: i32,
}

#[derive(Table)]
#[table(name = "Lists", schema = "App", scope = user_id, allow(timestamps, uuid_key, unique_across_scopes))]
struct List {
    #[column(primary_key)]
    id: i32,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: i32,
}

/// Its name is the alias that the policy of `owner_1` would give it.
#[derive(Table)]
#[table(name = owner_2, scope(through = list_id), allow(timestamps, uuid_key))]
struct Item {
    #[column(primary_key)]
    id: i32,
    #[column(name = "list Id", index, references = List::id, on_delete = cascade)]
    list_id: i32,
}

#[derive(Table)]
#[table(name = owner_1, scope(through = item_id), allow(timestamps, uuid_key))]
struct Part {
    #[column(primary_key)]
    id: i32,
    #[column(index, references = Item::id, on_delete = cascade)]
    item_id: i32,
}

schema!(
    CHAIN = [User, List, Item, Part],
    isolation(role = row_owners_app)
);

#[test]
fn a_table_may_have_the_name_that_policies_give_a_parent() -> TestResult {
    let database = database_with(&CHAIN)?;
    database.psql(
        "INSERT INTO users VALUES (1), (2);
         INSERT INTO \"App\".\"Lists\" VALUES (11, 1), (12, 2);
         INSERT INTO owner_2 VALUES (21, 11), (22, 12);
         INSERT INTO owner_1 VALUES (31, 21), (32, 22)",
    )?;
    let seen = as_user(
        "1",
        "SELECT id FROM owner_1 UNION ALL SELECT id FROM owner_2",
    );
    assert_eq!(lines(&database, &seen)?, ["31", "21"]);
    Ok(())
}

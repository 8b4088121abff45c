use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines};

/// Names of each kind that need quotes.
#[derive(Table)]
#[table(name = "Odd \"Table\"", schema = "Odd; Schema", shared)]
#[table(index(mixed.desc(), name = "Idx Ü"))]
struct Odd {
    #[column(primary_key)]
    id: Uuid,
    #[column(name = "Mixed Case", check(mixed > 0), unique)]
    mixed: i32,
    #[column(name = "it's", references = Self::id, on_delete = cascade, index)]
    its: Option<Uuid>,
    r#type: String,
    #[column(name = "größe", generated = mixed + 1)]
    size: i32,
    #[column(created_at, name = "created At")]
    created: DateTime<Utc>,
    #[column(updated_at, name = "updated At")]
    updated: DateTime<Utc>,
}

/// Names of 63 bytes, so that the names derived from them are too long.
#[derive(Table)]
#[table(name = a_table_whose_name_has_all_of_the_sixty_three_bytes_there_may_b, shared, allow(timestamps))]
#[table(
    unique(a_column_whose_name_is_quite_long_too_and_which_ends_in_1),
    unique(a_column_whose_name_is_quite_long_too_and_which_ends_in_2)
)]
struct Long {
    #[column(primary_key)]
    id: Uuid,
    #[column(check(a_column_whose_name_is_quite_long_too_and_which_ends_in_1 > 0))]
    a_column_whose_name_is_quite_long_too_and_which_ends_in_1: i32,
    #[column(check(a_column_whose_name_is_quite_long_too_and_which_ends_in_2 > 0))]
    a_column_whose_name_is_quite_long_too_and_which_ends_in_2: i32,
}

schema!(ODD = [Odd]);
schema!(LONG = [Long]);
schema!(EMPTY = []);

#[test]
fn names_that_need_quotes_are_quoted() -> TestResult {
    let database = database_with(&ODD)?;
    let columns = lines(
        &database,
        r#"SELECT attname FROM pg_attribute WHERE attrelid = '"Odd; Schema"."Odd ""Table"""'::regclass AND attnum > 0 ORDER BY attnum"#,
    )?;
    assert_eq!(
        columns,
        [
            "id",
            "Mixed Case",
            "it's",
            "type",
            "größe",
            "created At",
            "updated At"
        ]
    );
    Ok(())
}

#[test]
fn names_that_need_quotes_are_dropped_too() -> TestResult {
    assert_down_leaves_nothing(&ODD)
}

#[test]
fn default_names_are_cut_to_63_bytes_and_stay_different() -> TestResult {
    let database = database_with(&LONG)?;
    let names = lines(
        &database,
        "SELECT conname FROM pg_constraint WHERE conrelid = (SELECT oid FROM pg_class WHERE relname LIKE 'a_table%') ORDER BY 1",
    )?;
    assert_eq!(
        names.len(),
        5,
        "a primary key, two checks and two uniques: {names:?}"
    );
    for name in &names {
        assert!(name.len() <= 63, "`{name}` has {} bytes", name.len());
    }
    let printed = LONG.schema()?.up(&freehold::Postgres);
    for name in &names {
        assert!(
            printed.contains(name),
            "PostgreSQL cut `{name}`, not the printer"
        );
    }
    Ok(())
}

#[test]
fn an_empty_schema_is_an_empty_script() -> TestResult {
    let schema = EMPTY.schema()?;
    assert_eq!(schema.up(&freehold::Postgres), "");
    assert_eq!(schema.down(&freehold::Postgres), "");
    assert_eq!(schema.files(&freehold::Postgres), []);
    Ok(())
}

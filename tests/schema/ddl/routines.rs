//! Hand-written functions, procedures and triggers.

use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

/// The sum.
#[derive(Function)]
#[function(name = "Add", schema = math, language = sql, volatility = immutable, strict, parallel_safe)]
#[function(returns = i32, body = "SELECT a + b")]
struct Add {
    a: i32,
    #[argument(default = 1)]
    b: i32,
}

#[derive(Function)]
#[function(name = secrets, language = plpgsql, returns(table(name: String, size: i64)))]
#[function(
    security_definer = "counts what nobody may read",
    search_path = "",
    execute(reader)
)]
#[function(
    body = "BEGIN RETURN QUERY SELECT 'pg_authid', count(*) FROM pg_catalog.pg_authid WHERE false; END;"
)]
struct Secrets {}

#[derive(Function)]
#[function(name = "order", returns = i32, body = "BEGIN RETURN \"position\" + \"select\" + \"Mixed\" + \"values\"; END;")]
struct Reserved {
    position: i32,
    select: i32,
    #[argument(name = "Mixed")]
    mixed: i32,
    values: i32,
}

#[derive(Procedure)]
#[procedure(name = halve, out(half: i32, rest: i32), body = "BEGIN half := n / 2; rest := n % 2; END;")]
struct Halve {
    n: i32,
}

#[derive(Function)]
#[function(trigger, name = note_change)]
#[function(
    body = "BEGIN NEW.note := TG_ARGV[0] || coalesce(NEW.note, '') || $$ it's $$; RETURN NEW; END;"
)]
struct NoteChange {}

#[derive(Function)]
#[function(trigger, name = count_statement)]
#[function(body = "BEGIN INSERT INTO counted DEFAULT VALUES; RETURN NULL; END;")]
struct CountStatement {}

#[derive(Table)]
#[table(name = items, shared, allow(timestamps, uuid_key))]
#[table(trigger(
    name = note_price,
    before(update(price, note)),
    when(new.price != old.price),
    function = NoteChange,
    arguments("it's ")
))]
#[table(trigger(
    name = count_items,
    after(insert, update, delete, truncate),
    each = statement,
    function = CountStatement
))]
struct Item {
    #[column(primary_key)]
    id: i32,
    price: i32,
    note: Option<String>,
}

#[derive(Table)]
#[table(name = counted, shared, allow(timestamps, uuid_key))]
struct Counted {
    #[column(primary_key, identity)]
    id: i32,
}

schema!(
    ITEMS = [Item, Counted],
    functions(Add, Secrets, Reserved, Halve, NoteChange, CountStatement),
    role(reader)
);

#[test]
fn a_function_has_its_declared_properties() -> TestResult {
    let database = database_with(&ITEMS)?;
    let found = lines(
        &database,
        "SELECT math.\"Add\"(2), math.\"Add\"(2, 3), math.\"Add\"(2, NULL) IS NULL;
         SELECT provolatile, proisstrict, proparallel, prosecdef, obj_description(oid) FROM pg_proc WHERE proname = 'Add';
         SELECT prosecdef, proconfig FROM pg_proc WHERE proname = 'secrets'",
    )?;
    assert_eq!(
        found,
        ["3|5|t", "i|t|s|f|The sum.", "t|{\"search_path=\\\"\\\"\"}"]
    );
    Ok(())
}

#[test]
fn an_argument_may_have_a_keyword_as_its_name() -> TestResult {
    let database = database_with(&ITEMS)?;
    assert_eq!(lines(&database, "SELECT \"order\"(1, 2, 3, 4)")?, ["10"]);
    Ok(())
}

#[test]
fn a_security_definer_function_is_only_for_the_named_roles() -> TestResult {
    let database = database_with(&ITEMS)?;
    database.psql(
        "DO $$ BEGIN CREATE ROLE stranger; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    )?;
    let allowed = lines(
        &database,
        "SET ROLE reader; SELECT name, size FROM secrets()",
    )?;
    assert_eq!(allowed, ["pg_authid|0"]);
    let message = refusal(&database, "SET ROLE stranger; SELECT secrets()")?;
    assert!(
        message.contains("permission denied for function secrets"),
        "{message}"
    );
    Ok(())
}

#[test]
fn a_procedure_returns_its_out_arguments() -> TestResult {
    let database = database_with(&ITEMS)?;
    assert_eq!(lines(&database, "CALL halve(7, NULL, NULL)")?, ["3|1"]);
    Ok(())
}

#[test]
fn a_trigger_fires_at_its_events_under_its_condition() -> TestResult {
    let database = database_with(&ITEMS)?;
    let found = lines(
        &database,
        "INSERT INTO items VALUES (1, 10, 'a'), (2, 20, NULL);
         UPDATE items SET price = 10;
         UPDATE items SET note = 'kept' WHERE id = 1;
         TRUNCATE counted;
         DELETE FROM items WHERE false;
         SELECT id, price, note FROM items ORDER BY id;
         SELECT count(*) FROM counted",
    )?;
    assert_eq!(found, ["1|10|kept", "2|10|it's  it's ", "1"]);
    Ok(())
}

#[test]
fn down_drops_them() -> TestResult {
    assert_down_leaves_nothing(&ITEMS)
}

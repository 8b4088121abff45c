//! Comparisons of two databases: an object that is not modelled is never treated as absent.

use std::error::Error;

use freehold_test_support::Database;

use crate::{Shop, TestResult};

const WITH: &str = "CREATE TABLE rooms (during int4range, EXCLUDE USING gist (during WITH &&))";
const WITHOUT: &str = "CREATE TABLE rooms (during int4range)";

#[test]
fn an_object_in_only_one_of_them_is_a_difference() -> TestResult {
    let shop = Shop::open()?;
    let (with, without) = (
        shop.server.create_database("with")?,
        shop.server.create_database("without")?,
    );
    with.psql(WITH)?;
    without.psql(WITHOUT)?;
    let told = "exclusion constraint `rooms.rooms_during_excl`\n";
    let (status, printed) =
        shop.schema(&["diff", "--from", &with.url(), "--to", &without.url()])?;
    let first = ["only in the first database, not modelled: ", told].concat();
    assert_eq!((status, printed), (3, first.clone()));
    let (status, printed) =
        shop.schema(&["diff", "--from", &without.url(), "--to", &with.url()])?;
    let second = ["only in the second database, not modelled: ", told].concat();
    assert_eq!((status, printed), (3, second));
    let (status, printed) = shop.schema(&["diff", "--from", &with.url(), "--to", &with.url()])?;
    let both = [
        "no differences\nthe same in the two databases, not modelled: ",
        told,
    ]
    .concat();
    assert_eq!((status, printed), (0, both));
    Ok(())
}

/// Objects that both databases have are compared by their definitions.
#[test]
fn different_definitions_are_a_difference() -> TestResult {
    const ONE: &str = "
        CREATE TABLE t (a int, b text, c varchar(9) COLLATE \"C\", CHECK (a > 0) NO INHERIT, EXCLUDE USING gist (int4range(a, a) WITH &&));
        CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
        CREATE INDEX by_hash ON t USING hash (a) WITH (fillfactor = 70);
        CREATE VIEW v AS SELECT a FROM t;
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION note();
        CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note();
        CREATE STATISTICS s (ndistinct) ON a, b FROM t;
        CREATE FUNCTION parsed() RETURNS int LANGUAGE sql RETURN 1;
        CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
        CREATE TYPE pair AS (a int, b int);
        CREATE DOMAIN amount AS int DEFAULT 1;
        CREATE TABLE u (id bigint, other bigint);
        CREATE SEQUENCE owned OWNED BY u.id;
        CREATE FUNCTION definer(n int) RETURNS int LANGUAGE sql SECURITY DEFINER RETURN n;
        REVOKE EXECUTE ON FUNCTION definer FROM PUBLIC;
        CREATE AGGREGATE noted(int) (SFUNC = int4pl, STYPE = int);
        COMMENT ON AGGREGATE noted(int) IS 'one';
        CREATE TYPE of_comments AS (a int);
        COMMENT ON COLUMN of_comments.a IS 'one';
        CREATE TABLE identified (id int NOT NULL UNIQUE);
        ALTER TABLE identified REPLICA IDENTITY FULL;
        COMMENT ON INDEX by_hash IS 'one';
        CREATE TABLE p (k int, v int) PARTITION BY LIST (k);
        CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
        CREATE INDEX own ON p_1 (k, v);";
    let other = [
        ("COLLATE \"C\"", "COLLATE \"POSIX\""),
        ("int4range(a, a)", "int4range(a, a + 1)"),
        ("INSTEAD NOTHING", "ALSO SELECT 1"),
        ("fillfactor = 70", "fillfactor = 80"),
        ("INSTEAD OF INSERT", "INSTEAD OF UPDATE"),
        ("AFTER INSERT", "AFTER UPDATE"),
        ("(ndistinct)", "(mcv)"),
        ("RETURN 1", "RETURN 2"),
        ("STYPE = int", "STYPE = int, INITCOND = '0'"),
        ("b int)", "b text)"),
        ("DEFAULT 1", "DEFAULT 2"),
        ("OWNED BY u.id", "OWNED BY u.other"),
        ("REVOKE EXECUTE ON FUNCTION definer FROM PUBLIC;", ""),
        ("noted(int) IS 'one'", "noted(int) IS 'two'"),
        ("of_comments.a IS 'one'", "of_comments.a IS 'two'"),
        ("IDENTITY FULL", "IDENTITY USING INDEX identified_id_key"),
        ("INDEX by_hash IS 'one'", "INDEX by_hash IS 'two'"),
        ("p_1 (k, v)", "p_1 (v, k)"),
    ];
    let changed = other
        .iter()
        .fold(ONE.to_owned(), |sql, (from, to)| sql.replace(from, to));
    let shop = Shop::open()?;
    let (one, two) = (
        shop.server.create_database("one")?,
        shop.server.create_database("two")?,
    );
    one.psql(ONE)?;
    two.psql(&changed)?;
    let (status, printed) = shop.schema(&["diff", "--from", &one.url(), "--to", &one.url()])?;
    assert_eq!(status, 0, "{printed}");
    assert!(!printed.contains("not compared: "), "{printed}");
    let (status, printed) = shop.schema(&["diff", "--from", &one.url(), "--to", &two.url()])?;
    assert_eq!(status, 3, "{printed}");
    for name in [
        "`t.c`",
        "`t.t_int4range_excl`",
        "`t.r`",
        "`t.by_hash`",
        "`v.instead`",
        "`t.late`",
        "`s`",
        "`parsed()`",
        "`total(integer)`",
        "`pair`",
        "`amount`",
        "`owned`",
        "`definer(n integer)`",
        "`noted(integer)`",
        "`of_comments`",
        "`identified`",
        "`by_hash`",
        "`p_1.own`",
    ] {
        let mut lines = printed.lines();
        let told = lines
            .any(|line| line.starts_with("different in the two databases") && line.contains(name));
        assert!(told, "{name} is not told in\n{printed}");
    }
    Ok(())
}

#[test]
fn the_sql_is_refused_unless_unmodelled_objects_may_be_left_out() -> TestResult {
    let shop = Shop::open()?;
    let (with, without) = (
        shop.server.create_database("with")?,
        shop.server.create_database("without")?,
    );
    with.psql(WITH)?;
    let between = [
        "diff",
        "--sql",
        "--from",
        &without.url(),
        "--to",
        &with.url(),
    ];
    let (status, printed) = shop.schema(&between)?;
    assert_eq!(status, 3, "{printed}");
    assert!(
        !printed.contains("CREATE TABLE"),
        "SQL was printed:\n{printed}"
    );
    for words in [
        "exclusion constraint `rooms.rooms_during_excl`",
        "--leave-out-unmodelled",
    ] {
        assert!(
            printed.contains(words),
            "`{words}` is missing in:\n{printed}"
        );
    }
    let (_, printed) = shop.schema(&[&between[..], &["--leave-out-unmodelled"]].concat())?;
    assert!(printed.contains("CREATE TABLE rooms"), "{printed}");
    assert!(
        printed.contains("-- only in the second database, not modelled: exclusion constraint"),
        "{printed}"
    );
    Ok(())
}

/// psql runs the output unchanged: each stage in the transaction that it needs, and no statement of the way back.
#[test]
fn the_sql_has_changes_hazards_transactions_and_the_way_back() -> TestResult {
    let shop = Shop::open()?;
    let (old, new) = (
        shop.server.create_database("old")?,
        shop.server.create_database("new")?,
    );
    old.psql("CREATE TABLE t (a integer PRIMARY KEY, gone text)")?;
    new.psql("CREATE TABLE t (a integer PRIMARY KEY, b text); CREATE INDEX t_b ON t (b)")?;
    let between = ["diff", "--from", &old.url(), "--to", &new.url()];
    let (_, sql) = shop.schema(&[&between[..], &["--sql"]].concat())?;
    for words in [
        "-- in `t`: drop column `gone`\n",
        "-- hazard: data_loss: ",
        "-- locks: `t` ACCESS EXCLUSIVE (reads and writes wait)\n",
        "\nBEGIN;\n",
        "\nCOMMIT;\n",
        "-- outside a transaction\n",
        "\nCREATE INDEX CONCURRENTLY t_b ON t (b);\n",
        "-- The reverse:\n",
        "-- ALTER TABLE t ADD COLUMN gone text;\n",
    ] {
        assert!(sql.contains(words), "`{words}` is missing in:\n{sql}");
    }
    let script = shop.directory.path().join("diff.sql");
    std::fs::write(&script, &sql)?;
    old.psql_file(&script)?;
    let (status, printed) = shop.schema(&between)?;
    assert_eq!((status, printed.as_str()), (0, "no differences\n"));
    Ok(())
}

#[test]
fn a_url_of_another_kind_of_database_is_refused() -> TestResult {
    let shop = Shop::open()?;
    let (status, printed) = shop.schema(&["diff", "--from", "mysql://root@localhost/shop"])?;
    assert_eq!(
        (status, printed.as_str()),
        (
            1,
            "error: `mysql://` is not a URL of PostgreSQL; write `postgres://user@host/database`\n"
        )
    );
    Ok(())
}

/// The type of a sequence limits its values, even if no option sets a limit.
#[test]
fn the_type_of_a_sequence_is_changed() -> TestResult {
    let shop = Shop::open()?;
    let forms = [
        "CREATE SEQUENCE s",
        "CREATE SEQUENCE s AS integer",
        "CREATE SEQUENCE s AS smallint INCREMENT BY -1 MAXVALUE 100 START WITH 100 CACHE 2",
        "CREATE SEQUENCE s AS integer MAXVALUE 1000 START WITH 7",
    ];
    for old in forms {
        for new in forms.into_iter().filter(|new| *new != old) {
            let (from, to) = (
                shop.server.create_database("from")?,
                shop.server.create_database("to")?,
            );
            from.psql(old)?;
            to.psql(new)?;
            let between = ["diff", "--from", &from.url(), "--to", &to.url()];
            let (status, sql) = shop.schema(&[&between[..], &["--sql"]].concat())?;
            assert_eq!(status, 3, "from `{old}` to `{new}`: {sql}");
            from.psql(&sql)?;
            let options =
                "SELECT seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax FROM pg_sequence";
            assert_eq!(
                from.psql(options)?,
                to.psql(options)?,
                "from `{old}` to `{new}`: {sql}"
            );
            let (status, printed) = shop.schema(&between)?;
            assert_eq!(status, 0, "from `{old}` to `{new}`: {printed}");
        }
    }
    Ok(())
}

/// Creates two databases. Returns the first one, and the SQL that turns it into the second one.
fn sql_between(shop: &Shop, old: &str, new: &str) -> Result<(Database, String), Box<dyn Error>> {
    let (from, to) = (
        shop.server.create_database("from")?,
        shop.server.create_database("to")?,
    );
    from.psql(old)?;
    to.psql(new)?;
    let (status, sql) =
        shop.schema(&["diff", "--sql", "--from", &from.url(), "--to", &to.url()])?;
    assert_eq!(status, 3, "{sql}");
    Ok((from, sql))
}

/// A change between `ALWAYS` and `BY DEFAULT` keeps the counter: a number is not given out twice.
#[test]
fn an_identity_column_keeps_its_counter() -> TestResult {
    let shop = Shop::empty()?;
    let (database, sql) = sql_between(
        &shop,
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text);
            INSERT INTO t (v) SELECT 'v' FROM generate_series(1, 100); DELETE FROM t WHERE id > 50",
        "CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v text)",
    )?;
    assert!(!sql.contains("hazard"), "{sql}");
    database.psql(&sql)?;
    let next = database.psql("INSERT INTO t (v) VALUES ('next') RETURNING id")?;
    assert_eq!(next.lines().next(), Some("101"), "{sql}");
    Ok(())
}

#[test]
fn a_nullable_column_that_becomes_an_identity_names_the_nulls_that_fail() -> TestResult {
    let shop = Shop::empty()?;
    let (_, sql) = sql_between(
        &shop,
        "CREATE TABLE t (id bigint, v text)",
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, v text)",
    )?;
    let hazard = "-- hazard: checks_rows: the migration fails if a row has a null in `t.id`";
    assert!(sql.contains(hazard), "{sql}");
    Ok(())
}

#[test]
fn a_lost_counter_is_named() -> TestResult {
    let shop = Shop::empty()?;
    for counted in ["id bigserial", "id bigint GENERATED ALWAYS AS IDENTITY"] {
        let (_, sql) = sql_between(
            &shop,
            &format!("CREATE TABLE t ({counted}, v text)"),
            "CREATE TABLE t (id bigint NOT NULL, v text)",
        )?;
        let lost = "-- down: does not restore the position of the sequence of `t.id`";
        assert!(sql.contains(lost), "of `{counted}`: {sql}");
    }
    Ok(())
}

/// A column that the way back adds again is empty, so constraints on it can fail.
#[test]
fn the_way_back_of_a_dropped_column_names_what_fails() -> TestResult {
    let shop = Shop::empty()?;
    for (old, new, refuses) in [
        (
            "CREATE TABLE t (id int PRIMARY KEY, v text)",
            "CREATE TABLE t (v text)",
            "the primary key `t_pkey`",
        ),
        (
            "CREATE TABLE t (a text, v text, CONSTRAINT said CHECK (a IS NOT NULL))",
            "CREATE TABLE t (v text)",
            "the check `said`",
        ),
    ] {
        let (_, sql) = sql_between(&shop, old, new)?;
        let fails = "-- down: fails if `t` has rows: ";
        assert!(sql.contains(fails) && sql.contains(refuses), "{sql}");
    }
    let (_, sql) = sql_between(
        &shop,
        "CREATE TABLE t (a text, v text, CHECK (a <> ''))",
        "CREATE TABLE t (v text)",
    )?;
    assert!(
        !sql.contains("down: fails if"),
        "a check lets null pass:\n{sql}"
    );
    Ok(())
}

/// A dropped name beside an added one may be a rename; Freehold does not guess.
#[test]
fn a_dropped_column_beside_an_added_one_of_its_type_may_be_a_rename() -> TestResult {
    let shop = Shop::empty()?;
    let advice = "write `#[column(renamed_from = due_on)]` at `payable_on`";
    let old = "CREATE TABLE t (due_on date, v text)";
    let (_, sql) = sql_between(&shop, old, "CREATE TABLE t (payable_on date, v text)")?;
    assert!(sql.contains(advice), "{sql}");
    for other in [
        "CREATE TABLE t (payable_on text, v text)",
        "CREATE TABLE t (v text)",
    ] {
        let (_, sql) = sql_between(&shop, old, other)?;
        assert!(!sql.contains("renamed_from"), "to `{other}`: {sql}");
    }
    Ok(())
}

/// The policies take effect when row-level security is enabled.
#[test]
fn policies_without_row_level_security_are_created_and_dropped_with_their_table() -> TestResult {
    let shop = Shop::empty()?;
    let with =
        "CREATE TABLE x (a int); CREATE POLICY p ON x AS RESTRICTIVE FOR SELECT USING (a > 0)";
    for (old, new) in [("SELECT 1", with), (with, "SELECT 1")] {
        let (from, to) = (
            shop.server.create_database("from")?,
            shop.server.create_database("to")?,
        );
        from.psql(old)?;
        to.psql(new)?;
        let between = ["diff", "--from", &from.url(), "--to", &to.url()];
        let (_, sql) = shop.schema(&[&between[..], &["--sql"]].concat())?;
        let both = sql.contains("CREATE POLICY p ON x") && sql.contains("DROP TABLE x");
        assert!(both, "from `{old}`: {sql}");
        from.psql(&sql)?;
        let (status, printed) = shop.schema(&between)?;
        assert_eq!(status, 0, "from `{old}`: {printed}");
    }
    Ok(())
}

/// The key enforces what the index enforced, and serves the same searches.
#[test]
fn a_unique_index_that_becomes_a_key_loses_no_guarantee() -> TestResult {
    let shop = Shop::empty()?;
    let old =
        "CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX t_a_b ON t (a, b)";
    for (key, told) in [
        ("PRIMARY KEY (a, b)", [false, false]),
        ("UNIQUE (a, b)", [false, false]),
        ("UNIQUE (b, a)", [false, true]),
        ("UNIQUE (a)", [true, true]),
        ("CHECK (a > b)", [true, true]),
    ] {
        let new = format!("CREATE TABLE t (a int NOT NULL, b int NOT NULL, CONSTRAINT held {key})");
        let (database, sql) = sql_between(&shop, old, &new)?;
        let found = ["guarantee_lost", "slows_queries"].map(|hazard| sql.contains(hazard));
        assert_eq!(found, told, "to `{key}`:\n{sql}");
        database.psql(&sql)?;
    }
    Ok(())
}

/// Properties of a recreated object that no schema can describe are a hazard.
#[test]
fn lost_properties_of_recreated_objects_are_hazards() -> TestResult {
    const OLD: &str = "
        CREATE TABLE t (id int PRIMARY KEY, a int, c varchar(9) COLLATE \"C\");
        CREATE VIEW v WITH (security_barrier) AS SELECT id, a FROM t;
        CREATE FUNCTION ins() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION ins();
        CREATE FUNCTION f() RETURNS int LANGUAGE sql COST 500 LEAKPROOF AS 'SELECT 1';
        CREATE DOMAIN d AS text NOT NULL;
        CREATE VIEW other WITH (security_barrier) AS SELECT 1 AS one;";
    let changed = OLD
        .replace("a int", "a bigint")
        .replace("varchar(9)", "text");
    let changed = changed.replace("'SELECT 1'", "'SELECT 2'");
    let changed = changed.replace("d AS text", "d AS varchar(3)");
    let shop = Shop::open()?;
    let (old, new) = (
        shop.server.create_database("old")?,
        shop.server.create_database("new")?,
    );
    old.psql(OLD)?;
    new.psql(&changed)?;
    let between = ["diff", "--sql", "--from", &old.url(), "--to", &new.url()];
    let (_, sql) = shop.schema(&between)?;
    let hazards = sql.lines().filter(|line| line.contains("is recreated;"));
    let told: Vec<_> = hazards
        .filter_map(|line| line.split(" is lost when ").nth(1))
        .map(|rest| rest.split(" is recreated").next().unwrap_or_default())
        .collect();
    assert_eq!(told, ["`d`", "`f`", "`f`", "`v`", "`t.c`", "`v`"], "{sql}");
    let (_, value) = shop.json(&[&between[..], &["--json"]].concat())?;
    assert_eq!(
        value["hazards"].as_array().map(Vec::len),
        Some(6),
        "{value}"
    );
    assert_eq!(value["hazards"][0]["name"], "guarantee_lost");
    Ok(())
}

/// A recreated partition loses its own objects. A plan with a partition in another PostgreSQL schema is refused.
#[test]
fn partitions_that_no_plan_keeps_are_named_or_refused() -> TestResult {
    const OLD: &str = "
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        CREATE TABLE t (id int, k text) PARTITION BY LIST (k);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES IN ('1');
        CREATE TRIGGER own BEFORE UPDATE ON t_1 FOR EACH ROW EXECUTE FUNCTION note();";
    const ELSEWHERE: &str = "
        CREATE SCHEMA s2; CREATE TABLE t (id int, k text) PARTITION BY LIST (k);
        CREATE TABLE s2.t_1 PARTITION OF t FOR VALUES IN ('1');";
    let renamed = OLD
        .replace("TABLE t (", "TABLE tn (")
        .replace("OF t ", "OF tn ");
    let commented = format!("{OLD} COMMENT ON TABLE t_1 IS 'the first'");
    let indexed = format!("{ELSEWHERE} CREATE INDEX t_id ON t (id)");
    let shop = Shop::open()?;
    for (old, new, told) in [
        (
            OLD,
            &renamed,
            "hazard: guarantee_lost: part that only a partition has `t_1.own` is lost",
        ),
        (
            &commented,
            &commented.replace("'1'", "'2'"),
            "hazard: guarantee_lost: comment `t_1` is lost",
        ),
        (
            ELSEWHERE,
            &indexed,
            "partition in another schema than its table `s2.t_1`",
        ),
    ] {
        let (from, to) = (
            shop.server.create_database("from")?,
            shop.server.create_database("to")?,
        );
        from.psql(old)?;
        to.psql(new)?;
        let (status, printed) = shop.schema(&[
            "diff",
            "--sql",
            "--from",
            &from.url(),
            "--to",
            &to.url(),
            "--schema",
            "public",
        ])?;
        assert_eq!(status, 3, "{printed}");
        assert!(printed.contains(told), "`{told}` is missing in\n{printed}");
        assert!(
            !printed.contains("CREATE INDEX"),
            "a plan that fails was printed:\n{printed}"
        );
    }
    Ok(())
}

/// The whole foreign key is validated, also if it references a partitioned table.
#[test]
fn a_foreign_key_to_a_partitioned_table_is_validated() -> TestResult {
    const OLD: &str = "
        CREATE TABLE p (k text, id int, PRIMARY KEY (k, id)) PARTITION BY LIST (k);
        CREATE TABLE p_1 PARTITION OF p FOR VALUES IN ('1');
        CREATE TABLE c (k text, pid int);";
    let new = format!(
        "{OLD} ALTER TABLE c ADD CONSTRAINT c_fk FOREIGN KEY (k, pid) REFERENCES p (k, id)"
    );
    let shop = Shop::open()?;
    let (from, to) = (
        shop.server.create_database("from")?,
        shop.server.create_database("to")?,
    );
    from.psql(OLD)?;
    to.psql(&new)?;
    let between = ["diff", "--from", &from.url(), "--to", &to.url()];
    let (_, sql) = shop.schema(&[&between[..], &["--sql"]].concat())?;
    from.psql(&sql)?;
    let (status, printed) = shop.schema(&between)?;
    assert_eq!((status, printed.as_str()), (0, "no differences\n"));
    Ok(())
}

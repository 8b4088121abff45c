//! Each command that reads a database lists what it cannot compare, in each output format.

use crate::{Shop, TestResult};

/// One object that weakens the schema, one that does not, and a PostgreSQL schema that is not inspected.
const BESIDE: &str = "ALTER TABLE users DISABLE TRIGGER audit_users;
    CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
    CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.t (a integer);";

const WEAKENED: &str = "weakened: trigger that is disabled or fires only on replicas `users.audit_users`; \
    enable it: `ALTER TABLE users ENABLE TRIGGER audit_users`\n";
const NOT_COMPARED: &str = "not modelled, so not compared: aggregate function `total(integer)`\n";
const NOT_INSPECTED: &str = "not inspected: PostgreSQL schema `elsewhere`\n";

#[test]
fn check_prints_text_json_and_sarif() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql(BESIDE)?;
    let (status, printed) = shop.schema(&["check"])?;
    assert_eq!(
        (status, printed),
        (3, [WEAKENED, NOT_COMPARED, NOT_INSPECTED].concat())
    );
    let (status, value) = shop.json(&["check", "--json"])?;
    assert_eq!(status, 3, "{value}");
    assert_eq!(value["changes"], serde_json::json!([]));
    let unmodelled = &value["unmodelled"];
    assert_eq!(unmodelled[0]["kind"], "aggregate");
    assert_eq!(unmodelled[0]["is_difference"], false);
    assert_eq!(unmodelled[1]["kind"], "disabled_trigger");
    assert_eq!(unmodelled[1]["name"], "users.audit_users");
    assert_eq!(unmodelled[1]["standing"], "weakens");
    assert_eq!(value["not_inspected"], serde_json::json!(["elsewhere"]));
    let (status, value) = shop.json(&["check", "--sarif"])?;
    assert_eq!((status, &value["version"]), (3, &"2.1.0".into()));
    let results = value["runs"][0]["results"].as_array().ok_or("no results")?;
    let rules: Vec<_> = results.iter().map(|result| &result["ruleId"]).collect();
    assert_eq!(
        rules,
        [
            "drift/not-compared",
            "drift/weakened",
            "drift/not-looked-at"
        ]
    );
    for result in results {
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(place, "migrations/schema.json");
        let rule = result["ruleIndex"]
            .as_u64()
            .and_then(|at| usize::try_from(at).ok());
        let rule = &value["runs"][0]["tool"]["driver"]["rules"][rule.ok_or("no rule")?];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    Ok(())
}

/// `--schema NAME` includes a schema.
#[test]
fn a_named_schema_is_looked_at() -> TestResult {
    let shop = Shop::open()?;
    shop.database
        .psql("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.t (a integer)")?;
    let (status, printed) = shop.schema(&["check"])?;
    assert_eq!(
        (status, printed),
        (0, ["no differences\n", NOT_INSPECTED].concat())
    );
    let (status, printed) = shop.schema(&["check", "--schema", "elsewhere"])?;
    assert_eq!(status, 3, "{printed}");
    assert!(printed.contains("drop table `elsewhere.t`"), "{printed}");
    Ok(())
}

#[test]
fn diff_lists_what_it_does_not_compare() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql(BESIDE)?;
    let url = shop.database.url();
    let (status, printed) = shop.schema(&["diff", "--from", &url, "--to", "structs"])?;
    assert_eq!(
        (status, printed),
        (3, [WEAKENED, NOT_COMPARED, NOT_INSPECTED].concat())
    );
    let (_, value) = shop.json(&["diff", "--from", &url, "--sql", "--json"])?;
    assert_eq!(value["drift"]["unmodelled"][1]["kind"], "disabled_trigger");
    Ok(())
}

#[test]
fn a_snapshot_of_a_database_lists_what_it_leaves_out() -> TestResult {
    let shop = Shop::open()?;
    shop.schema(&["migrate", "new", "begin"])?;
    let (status, printed) = shop.schema(&["migrate", "snapshot"])?;
    assert_eq!((status, printed.as_str()), (0, "migrations/schema.json\n"));
    shop.database.psql(BESIDE)?;
    let (status, printed) = shop.schema(&["migrate", "snapshot"])?;
    let told = [
        "migrations/schema.json\n",
        WEAKENED,
        NOT_COMPARED,
        NOT_INSPECTED,
    ];
    assert_eq!((status, printed), (3, told.concat()));
    let (_, value) = shop.json(&["migrate", "snapshot", "--json"])?;
    assert_eq!(value["drift"]["unmodelled"][1]["name"], "users.audit_users");
    Ok(())
}

/// A database with the shop and more objects, and the first migration. Returns the shop and the version.
fn with_more() -> Result<(Shop, String), Box<dyn std::error::Error>> {
    let shop = Shop::open()?;
    let (_, value) = shop.json(&["migrate", "new", "begin", "--json"])?;
    let files = value["files"].as_array().ok_or("no files were written")?;
    let mut files = files.iter().filter_map(|file| file.as_str());
    let file = files.rfind(|file| file.ends_with(".up.sql"));
    let name = file.and_then(|file| file.rsplit('/').next());
    let version = name.and_then(|name| name.split('_').next());
    shop.database.psql(BESIDE)?;
    shop.database
        .psql("ALTER TABLE products ADD COLUMN by_hand text")?;
    let version = version.ok_or("no file was written")?.to_owned();
    Ok((shop, version))
}

#[test]
fn a_baseline_is_refused_if_the_database_is_different() -> TestResult {
    let (shop, version) = with_more()?;
    let baseline = ["migrate", "baseline", version.as_str()];
    let (status, printed) = shop.schema(&baseline)?;
    assert_eq!(status, 3, "{printed}");
    let told = [WEAKENED, NOT_COMPARED, NOT_INSPECTED].concat();
    for part in [
        "nothing is recorded: the database differs from the schema after migration",
        "in `products`: drop column `by_hand`\n",
        &told,
    ] {
        assert!(printed.contains(part), "{part}\n{printed}");
    }
    let (_, history) = shop.schema(&["migrate", "status"])?;
    assert!(history.contains("pending"), "{history}");
    let accepting = [
        "--accept",
        "products.by_hand",
        "--accept",
        "users.audit_users",
    ];
    let (status, printed) = shop.schema(&[&baseline[..], &accepting].concat())?;
    assert_eq!(status, 0, "{printed}");
    assert!(printed.contains(" as applied\n"), "{printed}");
    Ok(())
}

#[test]
fn force_writes_a_baseline_of_a_different_database() -> TestResult {
    let (shop, version) = with_more()?;
    let (status, printed) = shop.schema(&["migrate", "baseline", &version, "--force"])?;
    assert_eq!(status, 3, "{printed}");
    assert!(printed.contains(" as applied\n"), "{printed}");
    Ok(())
}

/// `--accept` also accepts modelled objects, and reports a name that matches nothing.
#[test]
fn a_table_by_hand_is_accepted_by_its_name() -> TestResult {
    let shop = Shop::open()?;
    shop.database
        .psql("CREATE TABLE raw (id bigint PRIMARY KEY); ALTER TABLE raw SET UNLOGGED")?;
    let (status, printed) = shop.schema(&["check"])?;
    assert_eq!(status, 3, "{printed}");
    let (status, printed) = shop.schema(&["check", "--accept", "raw"])?;
    assert_eq!(status, 0, "{printed}");
    assert!(
        printed.contains("accepted: table `raw`, which the schema does not declare\n"),
        "{printed}"
    );
    let (status, printed) = shop.schema(&["check", "--accept", "raw", "--accept", "audit.logg"])?;
    assert_eq!(status, 0, "{printed}");
    assert!(
        printed.contains("warning: `audit.logg` is accepted"),
        "{printed}"
    );
    let (status, printed) = shop.schema(&["check", "--schema", "no_such"])?;
    assert_eq!(status, 1, "{printed}");
    assert!(
        printed.contains("the database has no PostgreSQL schema `no_such`"),
        "{printed}"
    );
    Ok(())
}

/// If the objects belong to another role than the schema declares, the database is different, also for their owner.
#[test]
fn another_owner_is_a_difference_and_the_plan_changes_it() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql("ALTER ROLE shop_owner LOGIN")?;
    let as_owner = shop.database.url().replace("postgres@", "shop_owner@");
    let (status, printed) = shop.schema(&["diff", "--from", &as_owner, "--to", "structs"])?;
    assert!(
        !printed.contains("give the objects"),
        "asked as the owner, {status}: {printed}"
    );
    shop.database
        .psql("ALTER ROLE shop_owner NOLOGIN; REASSIGN OWNED BY shop_owner TO postgres")?;
    let (status, printed) = shop.schema(&["check"])?;
    assert_eq!(
        (status, printed.as_str()),
        (3, "give the objects to `shop_owner`\n")
    );
    let (_, sql) = shop.schema(&[
        "diff",
        "--sql",
        "--from",
        &shop.database.url(),
        "--to",
        "structs",
    ])?;
    shop.database.psql(&sql)?;
    let (status, printed) = shop.schema(&["check"])?;
    assert_eq!((status, printed.as_str()), (0, "no differences\n"));
    Ok(())
}

/// With `--strict`, an object that is not compared is a difference.
#[test]
fn strict_fails_if_something_is_not_compared() -> TestResult {
    let shop = Shop::open()?;
    let (status, printed) = shop.schema(&["check", "--strict"])?;
    assert_eq!(status, 0, "{printed}");
    shop.database
        .psql("CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)")?;
    assert_eq!(shop.schema(&["check"])?.0, 0, "without --strict");
    let (status, printed) = shop.schema(&["check", "--strict"])?;
    assert_eq!(
        (status, printed.as_str()),
        (
            3,
            "no differences\nnot modelled, so not compared: aggregate function `total(integer)`\n"
        )
    );
    let (status, _) = shop.schema(&["check", "--strict", "--accept", "total(integer)"])?;
    assert_eq!(status, 0, "it is accepted");
    Ok(())
}

/// Migrations that leave something that weakens the schema are not proved.
#[test]
fn verify_refuses_migrations_that_weaken_the_schema() -> TestResult {
    let shop = Shop::open()?;
    shop.schema(&["migrate", "new", "begin"])?;
    let migrations = shop.directory.path().join("migrations");
    for (name, sql) in [
        (
            "99990101000000_faster.up.sql",
            "ALTER TABLE audit.log SET UNLOGGED;\nCREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);\n",
        ),
        (
            "99990101000000_faster.down.sql",
            "DROP AGGREGATE total(integer);\nALTER TABLE audit.log SET LOGGED;\n",
        ),
    ] {
        std::fs::write(migrations.join(name), sql)?;
    }
    let (status, printed) = shop.schema(&["migrate", "adopt"])?;
    assert_eq!(status, 0, "{printed}");
    let (status, printed) = shop.schema(&["migrate", "verify"])?;
    assert_eq!(status, 3, "{printed}");
    assert!(
        printed.contains("weakened: unlogged table or sequence `audit.log`"),
        "{printed}"
    );
    let (status, printed) = shop.schema(&["migrate", "verify", "--accept", "audit.log"])?;
    assert_eq!(status, 0, "{printed}");
    for line in [
        NOT_COMPARED,
        "accepted: unlogged table or sequence `audit.log`\n",
    ] {
        assert!(printed.contains(line), "`{line}` is missing in:\n{printed}");
    }
    Ok(())
}

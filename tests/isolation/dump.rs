//! The backup of `pg_dump`, made by the role `admin`: whole, and restored to the same schema and rows.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use freehold_test_support::{Database, Server};

use crate::TestResult;
use crate::shop::Shop;

/// Each relation that stores rows, with its rows in an order that two databases share. `postgres` sees all of them.
const ROWS: &str = r"
    SELECT format('SELECT %L || count(*) || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), %L) FROM %s t',
            c.oid::regclass || ': ', '', c.oid::regclass)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname IN ('public', 'audit')
    ORDER BY c.oid::regclass::text \gexec";

/// What `pg_dump` does with each table and sequence: it locks the one and reads the other.
const READS: &str = r"
    \connect - shop_admin
    BEGIN;
    SELECT format(CASE c.relkind WHEN 'S' THEN 'SELECT count(*) FROM %s' ELSE 'LOCK TABLE %s IN ACCESS SHARE MODE' END,
            c.oid::regclass)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'S') AND n.nspname IN ('public', 'audit') \gexec
    COMMIT;";

#[test]
fn the_admin_reads_every_table_and_sequence() -> TestResult {
    let shop = Shop::open()?;
    let read = |shop: &Shop| shop.database().psql(READS).map(drop);
    read(&shop)
        .map_err(|error| format!("`shop_admin` cannot read what a dump contains: {error}"))?;
    shop.change("CREATE TABLE order_events_2027_01 PARTITION OF order_events FOR VALUES FROM ('2027-01-01') TO ('2027-02-01')")?;
    read(&shop).map_err(|error| format!("`shop_admin` cannot read a new partition: {error}"))?;
    // On a server of its own, because roles belong to the server and other tests use this one.
    let server = Server::start()?;
    let database = server.create_database("without")?;
    database.psql(&Shop::schema()?.up(&freehold::Postgres))?;
    database.psql("REVOKE pg_read_all_data FROM shop_admin")?;
    let refused = database.psql(READS);
    assert!(
        refused.is_err(),
        "`pg_read_all_data` was not what gave the right"
    );
    Ok(())
}

#[test]
fn a_dump_by_the_admin_is_restored_whole() -> TestResult {
    let Some(programs) = programs()? else {
        // The servers that CI fetches from npm come without these programs.
        eprintln!("note: there is no `pg_dump` beside the server's programs, and no dump was made");
        return Ok(());
    };
    let shop = Shop::open()?;
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("shop.dump");
    let source = shop
        .database()
        .url()
        .replacen("postgres@", "shop_admin@", 1);
    run(
        &programs,
        "pg_dump",
        &["--format=custom", "--dbname", &source, "--file"],
        &file,
    )?;
    let restored = Server::shared().create_database("restored")?;
    let restore = |target: &str, more: &[&str]| {
        let arguments = [more, &["--exit-on-error", "--dbname", target]].concat();
        run(&programs, "pg_restore", &arguments, &file)
    };
    restore(&restored.url(), &[])?;
    expect_same(shop.database(), &restored)?;

    // The admin may create objects only in a database of its own, and gives them to no other role.
    let of_admin = Server::shared().create_database("of_admin")?;
    of_admin.psql(&format!(
        "ALTER DATABASE {} OWNER TO shop_admin",
        of_admin.name()
    ))?;
    let target = of_admin.url().replacen("postgres@", "shop_admin@", 1);
    restore(&target, &["--no-owner"])?;
    assert_eq!(
        of_admin.psql(ROWS)?,
        shop.database().psql(ROWS)?,
        "the rows that the admin restored are different"
    );
    Ok(())
}

/// The rows and the catalog are the same.
fn expect_same(source: &Database, restored: &Database) -> TestResult {
    assert_eq!(
        restored.psql(ROWS)?,
        source.psql(ROWS)?,
        "the restored rows are different"
    );
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalog.sql");
    assert_eq!(
        restored.catalog(&catalog)?,
        source.catalog(&catalog)?,
        "the restored schema is different"
    );
    Ok(())
}

/// The directory with `pg_dump` and `pg_restore` of the server's release, if they are installed.
fn programs() -> Result<Option<PathBuf>, Box<dyn Error>> {
    let version = Server::shared().create_database("version")?;
    let number = version.psql("SELECT current_setting('server_version_num')::integer / 10000")?;
    let chosen = std::env::var_os("FREEHOLD_PG_BIN").map(PathBuf::from);
    let debian = PathBuf::from(format!("/usr/lib/postgresql/{number}/bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).collect::<Vec<_>>();
    let mut all = chosen.into_iter().chain([debian]).chain(in_path);
    Ok(all.find(|directory| is_of(directory, &number)))
}

/// Whether the directory has both programs of this release. Each release reads only dumps of its own and older ones.
fn is_of(directory: &Path, release: &str) -> bool {
    let version = |program: &str| {
        let output = Command::new(directory.join(program))
            .arg("--version")
            .output()
            .ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let mut both = ["pg_dump", "pg_restore"].into_iter();
    both.all(|program| version(program).is_some_and(|text| text.contains(&format!(") {release}."))))
}

fn run(programs: &Path, program: &str, arguments: &[&str], file: &Path) -> TestResult {
    let output = Command::new(programs.join(program))
        .args(arguments)
        .arg(file)
        .output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && errors.is_empty(),
        "`{program}` failed: {errors}"
    );
    Ok(())
}

//! The server: settings, statistics, replication, versions.

use std::time::Duration;

use freehold::operations::Severity::{self, Advice, Error, Warning};
use freehold_test_support::{Server, Stop};

use crate::TestResult;
use crate::case::{Shop, case, planted_for_people, statements};

/// A shop on a server of its own, with other settings.
fn with_settings(settings: &[&str]) -> Result<(Shop, Server), Box<dyn std::error::Error>> {
    let mut server = Server::start()?;
    let database = server.create_database("settings")?;
    for setting in settings {
        database.psql(&format!("ALTER SYSTEM SET {setting}"))?;
    }
    drop(database);
    server.restart(Stop::Fast)?;
    Ok((Shop::on(&server)?, server))
}

#[test]
fn an_old_transaction_is_found() -> TestResult {
    let shop = Shop::open()?;
    case("wraparound")?.expect_none(&shop, "of a new database")?;
    let old = case("wraparound")?
        .limit("warning", 0.0)?
        .limit("times", 0.0)?;
    let object = format!("database {}", shop.database.name());
    let findings = old.findings(&shop)?;
    let found = findings
        .iter()
        .find(|finding| finding.object == object)
        .ok_or("the database is not found")?;
    assert_eq!(found.severity, Warning);
    assert!(found.fix.contains("VACUUM"), "{}", found.fix);
    let older = old.limit("error", 0.0)?.findings(&shop)?;
    assert!(
        older.iter().all(|finding| finding.severity == Error),
        "{older:?}"
    );
    Ok(())
}

#[test]
fn a_slot_that_keeps_wal_is_found_and_an_archive_that_fails() -> TestResult {
    let settings = [
        "wal_level = replica",
        "max_wal_senders = 2",
        "archive_mode = on",
        "archive_command = 'false'",
    ];
    let (shop, _server) = with_settings(&settings)?;
    let slot = case("slot_retains_wal")?;
    let fault = "SELECT pg_create_physical_replication_slot('left_over', true)";
    let finding = slot.finds(&shop, fault, Warning, "replication slot left_over")?;
    assert_eq!(
        statements(&finding.fix)[0],
        "SELECT pg_drop_replication_slot('left_over')"
    );
    shop.database
        .psql("SELECT pg_drop_replication_slot('left_over')")?;
    slot.expect_none(&shop, "after the fix")?;

    shop.database.psql(
        "CREATE TABLE items (id bigint); INSERT INTO items VALUES (1); SELECT pg_switch_wal()",
    )?;
    let archive = case("archive_fails")?;
    for _ in 0..100 {
        if !archive.findings(&shop)?.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let finding = archive.found(&shop, Error, "archiver")?;
    assert!(finding.fix.contains("archive_command"), "{}", finding.fix);
    Ok(())
}

#[test]
fn a_failing_archive_is_not_found_where_nothing_is_archived() -> TestResult {
    case("archive_fails")?.expect_none(&Shop::open()?, "without an archive")
}

#[test]
fn a_changed_collation_is_found() -> TestResult {
    let shop = Shop::open()?;
    let case = case("collation_changed")?;
    // A collation of the C library has a version only if the system has the locale, so the test makes a provider's own.
    let fault = "CREATE COLLATION words (provider = icu, locale = 'und'); \
        CREATE TABLE items (id bigint PRIMARY KEY, a text COLLATE words); CREATE INDEX ON items (a); \
        UPDATE pg_collation SET collversion = '0.1' WHERE collname = 'words'";
    let finding = case.finds(&shop, fault, Error, "collation public.words")?;
    assert!(
        statements(&finding.fix).contains(&"ALTER COLLATION public.words REFRESH VERSION"),
        "{}",
        finding.fix
    );
    shop.database
        .psql("REINDEX TABLE items; ALTER COLLATION public.words REFRESH VERSION")?;
    case.expect_none(&shop, "after the fix")
}

#[test]
fn an_unsafe_setting_is_found() -> TestResult {
    let shop = Shop::open()?;
    let case = case("settings_unsafe")?;
    let names = |shop: &Shop| -> Result<Vec<(Severity, String)>, Box<dyn std::error::Error>> {
        let findings = case.findings(shop)?;
        Ok(findings
            .into_iter()
            .map(|finding| (finding.severity, finding.object))
            .collect())
    };
    // The servers of tests turn these off.
    let of_tests = [
        (Error, "setting autovacuum".to_owned()),
        (Error, "setting fsync".to_owned()),
        (Error, "setting full_page_writes".to_owned()),
    ];
    assert_eq!(names(&shop)?, of_tests);
    let name = shop.database.name();
    shop.database
        .psql(&format!("ALTER DATABASE {name} SET enable_seqscan = off"))?;
    let found = names(&shop)?;
    assert_eq!(found[3..], [(Warning, "setting enable_seqscan".to_owned())]);
    shop.database
        .psql(&format!("ALTER DATABASE {name} RESET enable_seqscan"))?;
    assert_eq!(names(&shop)?, of_tests);
    Ok(())
}

#[test]
fn memory_settings_are_compared_with_the_machine() -> TestResult {
    let shop = Shop::open()?;
    case("settings_size")?.expect_none(&shop, "without the memory of the machine")?;
    let large = case("settings_size")?.limit("memory", 64e9)?;
    let finding = large.found(&shop, Advice, "setting shared_buffers")?;
    assert!(
        statements(&finding.fix)[0].starts_with("ALTER SYSTEM SET shared_buffers = '8192 MB'"),
        "{}",
        finding.fix
    );
    let small = case("settings_size")?.limit("memory", 1e6)?;
    small.found(&shop, Advice, "setting work_mem")?;
    Ok(())
}

/// On a server of its own, because roles belong to the server.
#[test]
fn a_login_without_a_timeout_is_found() -> TestResult {
    let server = Server::start()?;
    let shop = Shop::on(&server)?;
    let case = case("settings_timeout")?;
    let finding = case.found(&shop, Advice, "role shop_login")?;
    case.is_cured_by_its_fix(&shop, &finding)
}

#[test]
fn an_extension_of_an_older_version_is_found() -> TestResult {
    planted_for_people(
        &case("extension_outdated")?,
        "UPDATE pg_extension SET extversion = '0.1' WHERE extname = 'plpgsql'",
        Advice,
        "extension plpgsql",
        "`ALTER EXTENSION plpgsql UPDATE`",
    )
}

#[test]
fn a_low_rate_of_the_cache_is_found() -> TestResult {
    let shop = Shop::open()?;
    let object = format!("database {}", shop.database.name());
    let low = case("cache_hit")?
        .limit("days", 0.0)?
        .limit("blocks", 0.0)?
        .limit("rate", 1.1)?;
    let finding = low.found(&shop, Advice, &object)?;
    assert!(finding.fix.contains("shared_buffers"), "{}", finding.fix);
    case("cache_hit")?
        .limit("days", 0.0)?
        .limit("blocks", 0.0)?
        .limit("rate", 0.0)?
        .expect_none(&shop, "of rate 0")
}

#[test]
fn temporary_files_are_found() -> TestResult {
    let shop = Shop::open()?;
    let object = format!("database {}", shop.database.name());
    let case = case("temp_files")?.limit("advice", 100_000.0)?;
    let fault = "SET work_mem = '64kB'; SELECT count(*) FROM (SELECT n FROM generate_series(1, 200000) n ORDER BY n DESC OFFSET 1) s";
    let finding = case.finds(&shop, fault, Advice, &object)?;
    assert!(finding.fix.contains("log_temp_files"), "{}", finding.fix);
    Ok(())
}

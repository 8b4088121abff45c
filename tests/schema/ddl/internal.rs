//! Internal tables in the DDL: rights and row-level security of the isolation.

use freehold::model::Isolation;
use freehold::prelude::*;
use freehold::{Postgres, SchemaDef};

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

#[derive(Table)]
#[table(name = countries, shared, allow(timestamps, uuid_key))]
struct Country {
    #[column(primary_key)]
    code: String,
}

#[derive(Table)]
#[table(name = jobs, internal, active_view, allow(timestamps))]
#[table(policy(name = jobs_worker, to = internal_worker, using(attempts < 3), with_check(attempts < 4)))]
struct Job {
    #[column(primary_key, serial)]
    id: i64,
    #[column(default = 0)]
    attempts: i32,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(View)]
#[view(name = job_counts, internal, query = "SELECT count(*) AS jobs FROM jobs")]
struct JobCount {
    jobs: i64,
}

schema!(
    WORKS = [Country, Job, Person],
    views(JobCount),
    isolation(role = internal_app, admin = internal_admin),
    role(internal_worker),
    grant(select, insert, on = tables, to = internal_app),
    grant(select, on = views, to = internal_app),
    grant(
        select,
        update(attempts),
        on = tables(Job),
        to = internal_worker
    ),
);

/// The statements of the DDL that contain a word.
fn statements(schema: &SchemaDef, word: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let up = schema.schema()?.up(&Postgres);
    let lines = up.lines().filter(|line| line.contains(word));
    Ok(lines.map(str::to_owned).collect())
}

/// Row-level security is not forced on either table, so a function with the rights of their owner can still write.
#[test]
fn an_internal_table_has_row_security_without_an_isolation_policy() -> TestResult {
    assert_eq!(
        statements(&WORKS, "ROW LEVEL SECURITY")?,
        [
            "ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;",
            "ALTER TABLE people ENABLE ROW LEVEL SECURITY;",
        ]
    );
    let policies = statements(&WORKS, "CREATE POLICY")?;
    assert_eq!(policies.len(), 1, "{policies:?}");
    assert!(policies[0].contains("jobs_worker"), "{policies:?}");
    Ok(())
}

/// `on = tables` and `on = views` leave them out.
#[test]
fn the_application_has_no_right_on_internal_objects() -> TestResult {
    let database = database_with(&WORKS)?;
    let of_role = |role: &str| {
        lines(
            &database,
            &format!(
                "SELECT c.relname || ' ' || string_agg(a.privilege_type, ',' ORDER BY a.privilege_type)
                 FROM pg_class AS c, aclexplode(c.relacl) AS a
                 WHERE a.grantee = '{role}'::regrole GROUP BY c.relname ORDER BY c.relname"
            ),
        )
    };
    assert_eq!(of_role("internal_app")?, ["countries INSERT,SELECT"]);
    assert_eq!(
        of_role("internal_admin")?,
        [
            "countries DELETE,INSERT,SELECT,UPDATE",
            "job_counts SELECT",
            "jobs DELETE,INSERT,SELECT,UPDATE",
            "jobs_active SELECT",
            "jobs_id_seq USAGE",
            "people DELETE,INSERT,SELECT,UPDATE",
        ]
    );
    Ok(())
}

/// A worker with a role of its own has what its grant and its policy allow.
#[test]
fn a_separate_worker_role_reaches_an_internal_table() -> TestResult {
    let database = database_with(&WORKS)?;
    database.psql("INSERT INTO jobs (attempts) VALUES (0), (3)")?;
    let taken =
        "SET ROLE internal_worker; UPDATE jobs SET attempts = attempts + 1 RETURNING attempts";
    assert_eq!(lines(&database, taken)?, ["1"]);
    let message = refusal(&database, "SET ROLE internal_app; SELECT FROM jobs")?;
    assert!(
        message.contains("permission denied for table jobs"),
        "{message}"
    );
    Ok(())
}

#[test]
fn in_mode_predicate_it_has_no_row_security() -> TestResult {
    static JOBS: SchemaDef = SchemaDef::new("JOBS", &[Person::DEF]).isolation(Isolation::Predicate);
    for word in ["ROW LEVEL SECURITY", "GRANT", "ROLE"] {
        assert_eq!(statements(&JOBS, word)?, Vec::<String>::new(), "{word}");
    }
    Ok(())
}

#[test]
fn down_drops_everything() -> TestResult {
    assert_down_leaves_nothing(&WORKS)
}

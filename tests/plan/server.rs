//! Databases that are emptied between two schemas, which is faster than creating new ones.

use std::error::Error;

use freehold::inspect::{Inspection, adopt_same_queries, inspect};
use freehold::plan::{Mode, Plan};
use freehold::{Postgres, Schema};
use freehold_test_support::{Database, Server};
use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Executor as _, Row as _};

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// A database, and a connection to it.
pub(crate) struct Place {
    connection: PgConnection,
    _database: Database,
}

impl Place {
    pub(crate) async fn new(name: &str) -> Result<Self, Failure> {
        let database = Server::shared().create_database(name)?;
        Ok(Self {
            connection: PgConnection::connect(&database.url()).await?,
            _database: database,
        })
    }

    pub(crate) async fn empty(&mut self) -> Result<(), Failure> {
        self.run("RESET ROLE; DROP SCHEMA IF EXISTS audit, app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC").await
    }

    /// Runs statements as `psql` does: statements without a transaction of their own run in one.
    pub(crate) async fn run(&mut self, sql: &str) -> Result<(), Failure> {
        self.connection
            .execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())))
            .await
            .map_err(|error| format!("{error}\n-- in --\n{sql}"))?;
        Ok(())
    }

    pub(crate) async fn make(&mut self, schema: &Schema) -> Result<(), Failure> {
        self.empty().await?;
        self.run(&schema.up(&Postgres)).await
    }

    pub(crate) async fn up(&mut self, plan: &Plan) -> Result<(), Failure> {
        for stage in &plan.stages {
            let statements = plan.up(stage, &Postgres);
            self.stage(stage.mode, &statements).await?;
        }
        Ok(())
    }

    pub(crate) async fn down(&mut self, plan: &Plan) -> Result<(), Failure> {
        for stage in plan.stages.iter().rev() {
            let statements = plan.down(stage, &Postgres);
            let mode = if statements.iter().any(|sql| sql.contains(" CONCURRENTLY ")) {
                Mode::Alone
            } else {
                Mode::Transaction
            };
            self.stage(mode, &statements).await?;
        }
        Ok(())
    }

    pub(crate) async fn stage(&mut self, mode: Mode, statements: &[String]) -> Result<(), Failure> {
        if mode == Mode::Alone {
            for statement in statements {
                self.run(statement).await?;
            }
            return Ok(());
        }
        if statements.is_empty() {
            return Ok(());
        }
        let script = statements.join(";\n");
        if let Err(error) = self.run(&format!("BEGIN;\n{script};\nCOMMIT")).await {
            self.run("ROLLBACK").await?;
            return Err(error);
        }
        Ok(())
    }

    /// The content of the database, one fact per line.
    pub(crate) async fn catalog(&mut self) -> Result<Vec<String>, Failure> {
        let mut facts = Vec::new();
        for query in catalog_queries() {
            let rows = sqlx::query(sqlx::AssertSqlSafe(query))
                .persistent(false)
                .fetch_all(&mut self.connection)
                .await?;
            for row in rows {
                let fact: Option<String> = row.try_get(0)?;
                facts.extend(fact.filter(|fact| !fact.contains("freehold_left_out")));
            }
        }
        facts.sort_unstable();
        Ok(facts)
    }

    /// The current schema. `schema` determines the roles and names that matter.
    pub(crate) async fn inspect(&mut self, schema: &Schema) -> Result<Schema, Failure> {
        let mut found = self.find(&Inspection::of(schema)).await?;
        adopt_same_queries(&mut self.connection, &mut found, schema).await?;
        Ok(found)
    }

    pub(crate) async fn find(&mut self, what: &Inspection) -> Result<Schema, Failure> {
        Ok(inspect(&mut self.connection, what).await?.schema)
    }

    pub(crate) async fn rows(&mut self, sql: &str) -> Result<Vec<String>, Failure> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
            .persistent(false)
            .fetch_all(&mut self.connection)
            .await?;
        let mut texts = Vec::new();
        for row in rows {
            texts.push(row.try_get::<Option<String>, _>(0)?.unwrap_or_default());
        }
        Ok(texts)
    }
}

/// The queries of the script that describes a catalog, without the commands of `psql`, and constraints with their
/// names, which it leaves out.
fn catalog_queries() -> Vec<String> {
    const SCRIPT: &str = include_str!("../fixtures/catalog.sql");
    const OURS: &str =
        "IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'audit', 'app'))";
    // PostgreSQL chooses the names of the objects that a partition gets from its table, and the names of `NOT NULL`
    // constraints, which PostgreSQL 18 lists beside the other constraints, and which stay when a table or a column is
    // renamed.
    const NAMES: &str = "SELECT format('constraint name %s %s', conrelid::regclass, conname) FROM pg_constraint
        WHERE connamespace = :ns AND conrelid <> 0 AND conparentid = 0 AND contype <> 'n'
        UNION ALL SELECT format('trigger name %s %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT format('owner %s %s', oid::regclass, relowner::regrole) FROM pg_class WHERE relnamespace = :ns
            AND NOT (relkind = 'i' AND relispartition)
        UNION ALL SELECT format('owner of type %s %s', oid::regtype, typowner::regrole) FROM pg_type
            WHERE typnamespace = :ns AND typtype IN ('e', 'd')
        UNION ALL SELECT format('domain %s %s', oid::regtype, format_type(typbasetype, typtypmod)) FROM pg_type
            WHERE typnamespace = :ns AND typtype = 'd'
        UNION ALL SELECT format('domain check %s %s %s', contypid::regtype, conname, pg_get_constraintdef(oid)) FROM pg_constraint
            WHERE connamespace = :ns AND contypid <> 0
        UNION ALL SELECT format('owner of function %s %s', oid::regprocedure, proowner::regrole) FROM pg_proc
            WHERE pronamespace = :ns AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e')
        UNION ALL SELECT format('schema %s of %s %s', nspname, nspowner::regrole, nspacl) FROM pg_namespace WHERE nspname IN ('audit', 'app')
        UNION ALL SELECT format('right on %s %s %s', oid::regclass, grantee::regrole, privilege_type) FROM pg_class, aclexplode(relacl)
            WHERE relnamespace = :ns AND relkind = 'S' AND grantee <> relowner
        UNION ALL SELECT format('right on %s %s %s', pg_proc.oid::regprocedure, grantee::regrole, privilege_type) FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
            WHERE pronamespace = :ns AND grantee <> proowner
        UNION ALL SELECT format('right by default %s %s %s', defaclnamespace::regnamespace, defaclobjtype, defaclacl) FROM pg_default_acl
        UNION ALL SELECT format('extension %s in %s', extname, extnamespace::regnamespace) FROM pg_extension
        UNION ALL SELECT format('sequence %s %s', seqrelid::regclass, (seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle)) FROM pg_sequence";
    let lines = SCRIPT
        .lines()
        .filter(|line| !line.starts_with("--") && !line.starts_with("\\set"));
    let script = lines.collect::<Vec<_>>().join("\n");
    let queries = script
        .split(";\n")
        .map(|query| query.trim().trim_end_matches(';').to_owned());
    let queries = queries.filter(|query| !query.is_empty());
    let queries = queries.chain([NAMES.to_owned()]);
    let of_ours = |query: String| {
        query
            .replace("= :ns", OURS)
            .replace("schemaname = 'public'", "schemaname IN ('public', 'app')")
            .replace(
                "table_schema = 'public'",
                "table_schema IN ('public', 'audit', 'app')",
            )
    };
    queries.map(of_ours).collect()
}

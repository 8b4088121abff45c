//! The six schemas of `examples/schemas`: from nothing to each, and to nothing again.

use freehold::plan::Plan;
use freehold::{Postgres, Schema};

use crate::schemas;
use crate::server::{Failure, Place};

/// The content of a database besides the facts, which cover only the schema `public`.
const LEFT: &str = "
    SELECT 'schema ' || nspname FROM pg_namespace WHERE oid >= 16384 AND nspname <> 'public'
    UNION ALL SELECT 'relation ' || oid::regclass FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT 'type ' || oid::regtype FROM pg_type WHERE oid >= 16384
    UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE oid >= 16384
    UNION ALL SELECT 'default right of ' || defaclrole::regrole FROM pg_default_acl
    UNION ALL SELECT 'right of ' || refobjid::regrole || ' on ' || classid::regclass
        FROM pg_shdepend JOIN pg_database ON pg_database.oid = dbid AND datname = current_database()
        WHERE refclassid = 'pg_authid'::regclass";

#[test]
fn each_schema_is_planned_from_nothing_and_to_nothing_again() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        for (name, def) in &schemas::ALL {
            let schema = Schema::from_def(def)?;
            let there_and_back = there_and_back(name, &schema).await;
            there_and_back.map_err(|error| format!("`{name}`: {error}"))?;
        }
        Ok(())
    })
}

async fn there_and_back(name: &str, schema: &Schema) -> Result<(), Failure> {
    let (mut planned, mut fresh) = (Place::new(name).await?, Place::new(name).await?);
    fresh.run(&schema.up(&Postgres)).await?;
    let wanted = fresh.catalog().await?;
    let empty = (planned.catalog().await?, planned.rows(LEFT).await?);
    let plan = Plan::between(&Schema::default(), schema, &Postgres);
    for _ in 0..2 {
        planned.up(&plan).await?;
        assert_eq!(planned.catalog().await?, wanted, "the catalog of `{name}`");
        planned.down(&plan).await?;
        let left = (planned.catalog().await?, planned.rows(LEFT).await?);
        assert_eq!(left, empty, "what is left of `{name}`");
    }
    Ok(())
}

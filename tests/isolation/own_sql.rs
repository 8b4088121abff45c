//! Raw SQL that tries to change its owner, and what it leaves on the connection: user `A` runs it, and `B` is the next
//! one in a pool of one connection.

use freehold::error::Error;
use freehold::model::Isolation;
use freehold::prelude::*;
use freehold_test_support::{Database, Server};
use tokio::sync::Mutex;

use crate::TestResult;

#[derive(Key, Clone, Debug, PartialEq, Eq)]
pub struct TenantId(String);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberId(i64);

#[derive(Table, Debug, Clone)]
#[table(name = tenants, owner, allow(timestamps, uuid_key))]
pub struct Tenant {
    #[column(primary_key)]
    pub id: TenantId,
}

#[derive(Table, Debug, Clone)]
#[table(name = documents, scope = tenant_id, audit, allow(timestamps, uuid_key))]
pub struct Document {
    #[column(primary_key, serial)]
    pub id: i32,
    #[column(references = Tenant::id, on_delete = cascade, index)]
    pub tenant_id: TenantId,
    pub title: String,
}

schema!(
    pub ARCHIVE = [Tenant, Document],
    isolation(setting = "app.tenant", role = archive_app, login = archive_login, owner = archive_owner, admin = archive_admin),
);

/// Roles belong to the whole cluster; one test at a time creates them.
static SETUP: Mutex<()> = Mutex::const_new(());

const A: &str = "aaaa";
const B: &str = "bbbb";

struct World {
    database: Database,
    db: Db,
}

impl World {
    /// `A` and `B` each have a document.
    async fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let database = Server::shared().create_database("own_sql")?;
        let login = {
            let _one = SETUP.lock().await;
            Db::setup(&ARCHIVE, &database.url()).await?
        };
        let db = Db::builder(&login)
            .schema(&ARCHIVE)
            .admin_url(&database.url())
            .pool_size(1)
            .connect()
            .await?;
        let world = Self { database, db };
        for tenant in [A, B] {
            let scope = world.scope(tenant);
            Tenant::insert(NewTenant {}).execute(&scope).await?;
            Document::insert(document(tenant)).execute(&scope).await?;
        }
        Ok(world)
    }

    fn scope(&self, tenant: &str) -> Scope<TenantId> {
        self.db.scope(TenantId::from(tenant.to_owned()))
    }

    /// Columns of the last row of the trail.
    fn trail(&self, columns: &str) -> Result<String, Box<dyn std::error::Error>> {
        let text = format!("SELECT {columns} FROM audit.log ORDER BY id DESC LIMIT 1");
        Ok(self.database.psql(&text)?)
    }
}

fn document(title: &str) -> NewDocument {
    NewDocument {
        title: title.to_owned(),
    }
}

async fn one<R>(scope: &Scope<TenantId>, sql: &str) -> Result<R, Error>
where
    (R,): freehold::query::FromRow,
{
    let row: Option<(R,)> = scope.sql(sql).fetch_optional().await?;
    row.map(|(value,)| value)
        .ok_or(Error::NotFound { table: "" })
}

/// If `standard_conforming_strings` is off, a backslash before a quote ends the literal.
#[tokio::test]
async fn a_key_stays_a_literal_with_any_setting_of_the_session() -> TestResult {
    const SETTINGS: [&str; 3] = [
        "SELECT set_config('standard_conforming_strings', 'off', true)",
        "SELECT set_config('standard_conforming_strings', 'off', false)",
        "SELECT set_config('backslash_quote', 'on', false)",
    ];
    let world = World::new().await?;
    let hostile = format!("\\'; SET LOCAL app.tenant TO {B}; --");
    let evil = world.scope(&hostile);
    for setting in SETTINGS {
        let seen = evil.transaction(async |tx| {
            tx.sql(setting).execute().await?;
            let rows = tx.sql("SELECT current_setting('app.tenant'), count(*) FROM documents");
            rows.fetch_all::<(String, i64)>().await
        });
        assert_eq!(seen.await?, [(hostile.clone(), 0)], "after `{setting}`");
    }
    let control = format!(
        "SET standard_conforming_strings = off; SET app.tenant = '{}'; SHOW app.tenant",
        hostile.replace('\'', "''")
    );
    let seen = world.database.psql(&control);
    assert!(
        seen.is_err() || seen.is_ok_and(|seen| !seen.contains(&hostile)),
        "the key is no attack on a literal whose quotes alone are doubled"
    );
    Ok(())
}

/// A key of another type belongs to another table: the owner with the same value is a different one.
#[tokio::test]
async fn raw_sql_needs_a_scope_of_the_owners_keys() -> TestResult {
    const COUNT: &str = "SELECT count(*) FROM documents";
    let world = World::new().await?;
    assert_eq!(one::<i64>(&world.scope(A), COUNT).await?, 1);
    let by_text = world.db.scope(A.to_owned());
    let by_member = world.db.scope(MemberId::from(1));
    let refused = [
        by_text.sql(COUNT).fetch_all::<(i64,)>().await.err(),
        by_member.sql(COUNT).fetch_all::<(i64,)>().await.err(),
        by_text
            .transaction(async |tx| tx.sql(COUNT).fetch_all::<(i64,)>().await)
            .await
            .err(),
    ];
    for error in refused {
        let text = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(
            text.contains("a key of the owners' table"),
            "not refused: `{text}`"
        );
    }
    Ok(())
}

/// Freehold resets the settings about the actor that an earlier statement changed.
#[tokio::test]
async fn raw_sql_forges_no_later_entry_of_the_trail() -> TestResult {
    let world = World::new().await?;
    let me = world.scope(A);
    for setting in [
        "freehold.reason",
        "freehold.caller",
        "freehold.actor",
        "app.tenant",
    ] {
        let forge = format!("SELECT set_config('{setting}', '{B}', false)");
        me.transaction(async |tx| {
            tx.sql(&forge).execute().await?;
            let update = Document::update_where(|_| freehold::query::Condition::always());
            update.set(|row| row.title.to("changed")).execute(tx).await
        })
        .await?;
        let entry = world.trail("actor, reason IS NULL, caller IS NULL")?;
        assert_eq!(entry, format!("{A}|t|t"), "`{setting}` was believed");
    }
    let control = format!(
        "BEGIN; SET LOCAL freehold.reason = '{B}'; UPDATE documents SET title = 'x'; COMMIT"
    );
    world.database.psql(&control)?;
    assert_eq!(
        world.trail("reason")?,
        B,
        "the trail does not have the reason at all"
    );
    Ok(())
}

#[tokio::test]
async fn the_trail_shows_who_acted_for_the_owner() -> TestResult {
    let world = World::new().await?;
    let member = MemberId::from(7);
    let me = world.scope(A).acting_as(&member);
    Document::insert(document("by 7")).execute(&me).await?;
    assert_eq!(
        world.trail("actor, new_row ->> 'tenant_id'")?,
        format!("7|{A}")
    );
    me.transaction(async |tx| {
        tx.sql("SELECT set_config('freehold.actor', 'forged', true)")
            .execute()
            .await?;
        Document::insert(document("by 7 too")).execute(tx).await
    })
    .await?;
    assert_eq!(world.trail("actor")?, "7");
    Document::insert(document("by the owner"))
        .execute(&world.scope(A))
        .await?;
    assert_eq!(
        world.trail("actor")?,
        A,
        "the actor is still there for the next scope"
    );
    let nobody = world.scope(A).acting_as(&String::new());
    let refused = Document::insert(document("by nobody"))
        .execute(&nobody)
        .await;
    assert!(matches!(refused, Err(Error::Encode(_))), "{refused:?}");

    let by_predicates = Db::builder(&world.database.url())
        .schema(&ARCHIVE)
        .isolation(Isolation::Predicate)
        .connect()
        .await?;
    let me = by_predicates
        .scope(TenantId::from(A.to_owned()))
        .acting_as(&member);
    Document::update_where(|row| row.title.eq("by 7"))
        .set(|row| row.title.to("by 7 again"))
        .execute(&me)
        .await?;
    assert_eq!(world.trail("actor")?, "7", "by predicates");
    Ok(())
}

/// Each statement leaves something in the session that the next user could read.
#[tokio::test]
async fn no_state_is_left_for_the_next_user() -> TestResult {
    let world = World::new().await?;
    let (a, b) = (world.scope(A), world.scope(B));
    // The typed insert took a number from the sequence, on the only connection.
    Document::insert(document("counted")).execute(&a).await?;
    for sql in ["SELECT lastval()", "SELECT currval('documents_id_seq')"] {
        let seen = one::<i64>(&b, sql).await;
        assert!(
            seen.is_err(),
            "`{sql}` tells the last number of A: {seen:?}"
        );
        let seen = b.transaction(async |tx| tx.sql(sql).fetch_all::<(i64,)>().await);
        let seen = seen.await;
        assert!(
            seen.is_err(),
            "`{sql}` tells the last number of A: {seen:?}"
        );
    }
    let own = b.transaction(async |tx| {
        Document::insert(document("counted")).execute(tx).await?;
        tx.sql("SELECT currval('documents_id_seq') > 0")
            .fetch_all::<(bool,)>()
            .await
    });
    assert_eq!(
        own.await?,
        [(true,)],
        "an own number is to be had in the same transaction"
    );

    let mut drawn = Vec::new();
    for _ in 0..2 {
        a.sql("SELECT setseed(0.5)").execute().await?;
        drawn.push(one::<f64>(&b, "SELECT random()").await?);
    }
    assert_ne!(
        drawn[0].to_bits(),
        drawn[1].to_bits(),
        "A chooses the random numbers of B"
    );
    Ok(())
}

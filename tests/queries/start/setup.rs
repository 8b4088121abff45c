//! What `setup` creates, and further checks.

use freehold::error::Error;
use freehold::model::Isolation;
use freehold::prelude::*;
use freehold_test_support::Server;

use crate::TestResult;
use crate::schema::{SHOP, User};
use crate::shop::{A, Mode, Shop, new_user, user};

/// Existing objects stay unchanged.
#[tokio::test]
async fn a_second_setup_changes_nothing() -> TestResult {
    let shop = Shop::empty(Mode::RowSecurity).await?;
    User::insert(new_user(A)).execute(&shop.a()).await?;
    let url = Db::setup(&SHOP, &shop.database.url()).await?;
    let db = Db::builder(&url).schema(&SHOP).connect().await?;
    assert!(User::get(user(A)).exists(&db.scope(user(A))).await?);
    shop.database.psql("DROP TABLE order_events")?;
    let partial = Db::setup(&SHOP, &shop.database.url()).await;
    assert!(matches!(partial, Err(Error::Setup(_))), "{partial:?}");
    Ok(())
}

#[tokio::test]
async fn unscoped_work_needs_an_administrator_and_no_password_is_printed() -> TestResult {
    let shop = Shop::empty(Mode::RowSecurity).await?;
    let db = Db::builder(&shop.url).schema(&SHOP).connect().await?;
    let refused = User::select().count(&db.unscoped("counts")).await;
    assert!(matches!(refused, Err(Error::NoAdmin)), "{refused:?}");
    assert!(!format!("{:?}", Db::builder("postgres://u:secret@h/d")).contains("secret"));
    Ok(())
}

/// Raw SQL leaves nothing on the connection for the next user.
#[tokio::test]
async fn raw_sql_leaves_nothing_on_the_connection() -> TestResult {
    let shop = Shop::empty(Mode::RowSecurity).await?;
    let db = Shop::builder(Mode::RowSecurity, &shop.url)
        .pool_size(1)
        .connect()
        .await?;
    let me = db.scope(user(A));
    let id = user(0xb).as_inner().to_string();
    me.sql("SELECT set_config('app.user_id', $1, false)")
        .bind(id)
        .execute()
        .await?;
    let again = db.scope(user(A));
    let left = again.sql("SELECT current_setting('app.user_id')");
    assert_eq!(
        left.fetch_all::<(String,)>().await?,
        [(user(A).as_inner().to_string(),)]
    );
    me.sql("SELECT pg_advisory_lock(42)").execute().await?;
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(shop.database.psql(locks)?, "0");
    Ok(())
}

/// Every table is shared, so no rows are kept apart.
mod dictionary {
    use freehold::prelude::*;

    #[derive(Table, Debug, Clone)]
    #[table(name = words, shared, allow(timestamps, uuid_key))]
    pub struct Word {
        #[column(primary_key)]
        pub id: i32,
        pub text: String,
    }

    schema!(pub DICTIONARY = [Word]);
}

#[tokio::test]
async fn a_schema_of_shared_tables_connects_with_the_result_of_setup() -> TestResult {
    use dictionary::{DICTIONARY, NewWord, Word};
    let database = Server::shared().create_database("dictionary")?;
    let url = Db::setup(&DICTIONARY, &database.url()).await?;
    let db = Db::builder(&url).schema(&DICTIONARY).connect().await?;
    let new = NewWord {
        id: 1,
        text: "tea".to_owned(),
    };
    Word::insert(new).execute(&db.unscoped("fills")).await?;
    assert_eq!(Word::select().count(&db).await?, 1);
    Ok(())
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn a_schema_of_shared_tables_has_test_databases() -> TestResult {
    use dictionary::{DICTIONARY, Word};
    let admin = Server::shared().create_database("dictionary_tests")?;
    let database = freehold::testing::TestDatabase::new(&DICTIONARY, &admin.url()).await?;
    let row = database.factory().await?.shared_row::<Word>().await?;
    let found = Word::get(row.id).fetch_one(database.db()).await?;
    assert_eq!(found.text, row.text);
    Ok(())
}

/// The server logs each statement that creates a role, and the log does not contain the password.
#[tokio::test]
async fn the_password_of_the_login_is_in_no_log() -> TestResult {
    let server = Server::start()?;
    let database = server.create_database("logged")?;
    database.psql("ALTER SYSTEM SET log_statement = 'all'")?;
    database.psql("SELECT pg_reload_conf()")?;
    let url = Db::setup(&SHOP, &database.url()).await?;
    let password = password_of(&url);
    assert!(password.len() >= 32, "no password");
    let log = std::fs::read_to_string(server.directory().join("log"))?;
    assert!(
        log.contains("PASSWORD 'SCRAM-SHA-256$4096:"),
        "nothing is logged"
    );
    assert!(!log.contains(&password), "the password is in the log");
    // The login works if the server requires the password, and a wrong password does not.
    let rules = "host all postgres 127.0.0.1/32 trust\nlocal all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    std::fs::write(server.directory().join("data/pg_hba.conf"), rules)?;
    database.psql("SELECT pg_reload_conf()")?;
    let wrong = url.replace(&password, &password.replace(['0', '1', '2', '3'], "f"));
    let begun = std::time::Instant::now();
    loop {
        let refused = Db::builder(&wrong).schema(&SHOP).connect().await;
        if matches!(refused, Err(Error::Connect(_))) {
            break;
        }
        // The server reads its rules a moment later.
        assert!(
            begun.elapsed().as_secs() < 10,
            "a wrong password signs in: {refused:?}"
        );
    }
    Db::builder(&url).schema(&SHOP).connect().await?;
    Ok(())
}

fn password_of(url: &str) -> String {
    let login = url.split('@').next().unwrap_or_default();
    login.rsplit(':').next().unwrap_or_default().to_owned()
}

/// A zero byte ends a parameter in the startup message, and the text after it would be another parameter.
#[tokio::test]
async fn a_zero_byte_starts_no_parameter() -> TestResult {
    let database = Server::shared().create_database("zero")?;
    let url = database.url();
    let names = ["x\0user\0postgres", "\0"];
    for name in names {
        let builder = Db::builder(&url).isolation(Isolation::Predicate);
        let refused = builder.application_name(name).connect().await;
        assert!(
            matches!(refused, Err(Error::Url(_))),
            "{name:?}: {refused:?}"
        );
    }
    let (head, _) = url.rsplit_once('/').ok_or("no database")?;
    let urls = [
        url.replace("postgres@", "nobody%00user%00postgres@"),
        format!("{head}/template1%00user%00postgres"),
        format!("{head}/template1?options[geqo]=off%00user%00postgres"),
        format!("{head}/template1?application_name=x%00user%00postgres"),
    ];
    for url in urls {
        let refused = Db::builder(&url)
            .isolation(Isolation::Predicate)
            .connect()
            .await;
        assert!(matches!(refused, Err(Error::Url(_))), "{url}: {refused:?}");
    }
    Ok(())
}

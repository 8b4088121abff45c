//! An exhausted pool, a statement that takes too long, a lost server: each has its own error, and the next statement
//! works.

use std::time::Duration;

use freehold::error::Error;
use freehold::prelude::*;

use crate::TestResult;
use crate::proxy::{Proxy, port_of};
use crate::schema::Order;
use crate::shop::{A, BOTH, Mode, Shop, user};

#[tokio::test]
async fn an_exhausted_pool_reports_its_size() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let builder = Shop::builder(mode, &shop.url).pool_size(1);
        let db = builder
            .acquire_timeout(Duration::from_millis(50))
            .connect()
            .await?;
        let me = db.scope(user(A));
        let waited = me
            .transaction(async |_| Ok::<_, Error>(Order::select().count(&me).await))
            .await?;
        let Err(Error::PoolExhausted { size, waited }) = waited else {
            return Err(format!("{mode:?}: {waited:?}").into());
        };
        assert_eq!((size, waited), (1, Duration::from_millis(50)), "{mode:?}");
        assert_eq!(Order::select().count(&me).await?, 1, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_cancelled() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let builder = Shop::builder(mode, &shop.url).admin_url(&shop.database.url());
        let db = builder
            .statement_timeout(Duration::from_millis(50))
            .connect()
            .await?;
        let admin = db.unscoped("sleeps");
        let slept = admin.sql("SELECT pg_sleep(5)").execute().await;
        assert!(
            matches!(slept, Err(Error::StatementTimeout(_))),
            "{mode:?}: {slept:?}"
        );
        assert_eq!(Order::select().count(&admin).await?, 2, "{mode:?}");
    }
    Ok(())
}

/// All connections of the pool are lost at once: one statement fails, and the next one gets a new connection.
#[tokio::test]
async fn a_pool_recovers_after_all_connections_are_lost() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let proxy = Proxy::start(port_of(&shop.url)).await?;
        let builder = Shop::builder(mode, &proxy.url(&shop.url)).pool_size(4);
        let db = builder.connect().await?;
        let me = db.scope(user(A));
        let all = || Order::select().count(&me);
        let four = tokio::join!(all(), all(), all(), all());
        for count in [four.0, four.1, four.2, four.3] {
            assert_eq!(count?, 1, "{mode:?}");
        }
        proxy.cut();
        tokio::time::sleep(Duration::from_millis(50)).await;
        proxy.mend();
        let lost = all().await;
        assert!(
            matches!(lost, Err(Error::ConnectionLost(_))),
            "{mode:?}: {lost:?}"
        );
        assert_eq!(all().await?, 1, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_lost_in_a_transaction_is_connection_lost() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let me = shop.a();
        let lost: Result<i64, Error> = me
            .transaction(async |tx| {
                Order::select().count(tx).await?;
                let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
                shop.database.psql(end).map_err(|_| Error::Aborted)?;
                Order::select().count(tx).await
            })
            .await;
        assert!(
            matches!(lost, Err(Error::ConnectionLost(_))),
            "{mode:?}: {lost:?}"
        );
        assert_eq!(Order::select().count(&me).await?, 1, "{mode:?}");
    }
    Ok(())
}

/// A server that does not exist has another error than a lost one.
#[tokio::test]
async fn a_missing_server_is_a_connect_error() -> TestResult {
    let refused = Shop::builder(Mode::RowSecurity, "postgres://shop_login@127.0.0.1:1/x");
    let refused = refused.connect().await;
    assert!(matches!(refused, Err(Error::Connect(_))), "{refused:?}");
    let no_url = Db::connect("not a url").await;
    assert!(matches!(no_url, Err(Error::Url(_))), "{no_url:?}");
    Ok(())
}

/// A table changed under a prepared statement: its connection is not used again.
#[tokio::test]
async fn a_stale_statement_is_prepared_again() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let db = Shop::builder(mode, &shop.url)
            .pool_size(1)
            .connect()
            .await?;
        let me = db.scope(user(A));
        Order::select().fetch_all(&me).await?;
        shop.database
            .psql("ALTER TABLE orders ALTER note TYPE varchar(50)")?;
        let _ = Order::select().fetch_all(&me).await;
        assert_eq!(Order::select().fetch_all(&me).await?.len(), 1, "{mode:?}");
    }
    Ok(())
}

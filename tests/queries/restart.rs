//! A server that restarts, by a shutdown and by a crash: running work fails with `ConnectionLost`, nothing is half
//! written, and the next statement works.

use std::time::Duration;

use freehold::error::Error;
use freehold::prelude::*;
use freehold_test_support::{Server, Stop};
use futures_util::StreamExt as _;
use tokio::time::{sleep, timeout};

use crate::TestResult;
use crate::schema::{Address, Order};
use crate::shop::{BOTH, Mode, Shop, new_address, new_order};

/// More time than anything here needs: a statement that waits for a lost server would wait forever.
const PATIENCE: Duration = Duration::from_secs(30);

/// A shop on a server of its own, how the server is stopped, and the name for failure messages.
struct Place<'s> {
    server: &'s mut Server,
    shop: Shop,
    how: Stop,
    name: String,
}

impl<'s> Place<'s> {
    async fn new(
        server: &'s mut Server,
        mode: Mode,
        how: Stop,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let shop = Shop::open_on(server, mode).await?;
        // A crash must not lose the initial rows.
        shop.database.psql("CHECKPOINT")?;
        Ok(Self {
            server,
            shop,
            how,
            name: format!("{mode:?}, {how:?}"),
        })
    }

    /// Opens as many connections as the pool may have, and returns all of them.
    async fn fill_pool(&self) -> Result<(), Error> {
        let me = self.shop.a();
        let all = || Order::select().count(&me);
        let four = tokio::join!(all(), all(), all(), all());
        for count in [four.0, four.1, four.2, four.3] {
            count?;
        }
        Ok(())
    }

    /// The number of orders of `A`, queried once.
    async fn orders(&self) -> Result<i64, Error> {
        let me = self.shop.a();
        let count = Order::select().count(&me);
        timeout(PATIENCE, count).await.unwrap_or(Ok(-1))
    }

    fn is_lost<T: std::fmt::Debug>(&self, outcome: &Result<T, Error>) {
        let is_lost = matches!(outcome, Err(Error::ConnectionLost(_)));
        assert!(is_lost, "{}: {outcome:?}", self.name);
    }
}

/// Runs the test in both modes, after a shutdown and after a crash.
async fn everywhere(test: impl AsyncFn(Place<'_>) -> TestResult) -> TestResult {
    let mut server = Server::start()?;
    for mode in BOTH {
        for how in [Stop::Fast, Stop::Immediate] {
            test(Place::new(&mut server, mode, how).await?).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_running_statement_is_lost() -> TestResult {
    everywhere(async |place: Place<'_>| {
        let admin = place.shop.db.unscoped("sleeps");
        let sleeping =
            tokio::spawn(async move { admin.sql("SELECT pg_sleep(600)").execute().await });
        let is_running = "SELECT count(*) FROM pg_stat_activity \
            WHERE query = 'SELECT pg_sleep(600)' AND state = 'active'";
        while place.shop.database.psql(is_running)? != "1" {
            sleep(Duration::from_millis(10)).await;
        }
        place.server.restart(place.how)?;
        let lost = timeout(PATIENCE, sleeping).await??;
        place.is_lost(&lost);
        // The administrator's pool noticed the restart, and the other pool knows it too.
        assert_eq!(place.orders().await?, 1, "{}", place.name);
        let admin = place.shop.db.unscoped("counts");
        assert_eq!(Order::select().count(&admin).await?, 2, "{}", place.name);
        Ok(())
    })
    .await
}

/// A write that waits for a lock during the restart is lost and not written.
#[tokio::test]
async fn a_waiting_write_is_not_written() -> TestResult {
    everywhere(async |place: Place<'_>| {
        let (holder, writer) = (place.shop.a(), place.shop.a());
        let mut waited = None;
        let held = holder.transaction(async |tx| {
            Order::update_where(|order| order.number.eq(1))
                .set(|order| order.note.to("held"))
                .execute(tx)
                .await?;
            let waiting = tokio::spawn(async move {
                Order::update_where(|order| order.number.eq(1))
                    .set(|order| order.note.to("waited"))
                    .execute(&writer)
                    .await
            });
            let is_waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
            while psql(&place.shop, is_waiting)? != "1" {
                sleep(Duration::from_millis(10)).await;
            }
            place
                .server
                .restart(place.how)
                .map_err(|_| Error::Aborted)?;
            waited = Some(timeout(PATIENCE, waiting).await);
            Ok::<_, Error>(())
        });
        let held = held.await;
        // The transaction had only `COMMIT` left to send.
        place.is_lost(&held);
        place.is_lost(&waited.ok_or("nothing waited")???);
        let notes = Order::select().columns(|order| order.note);
        assert_eq!(
            notes.fetch_all(&place.shop.a()).await?,
            [None],
            "{}",
            place.name
        );
        Ok(())
    })
    .await
}

fn psql(shop: &Shop, sql: &str) -> Result<String, Error> {
    shop.database.psql(sql).map_err(|_| Error::Aborted)
}

#[tokio::test]
async fn a_running_transaction_keeps_nothing() -> TestResult {
    everywhere(async |place: Place<'_>| {
        let me = place.shop.a();
        let mut second = None;
        let ended = me
            .transaction(async |tx| {
                let address = Address::insert(new_address()).fetch_one(tx).await?;
                place
                    .server
                    .restart(place.how)
                    .map_err(|_| Error::Aborted)?;
                let order = Order::insert(new_order(2, address.id)).execute(tx).await;
                second = Some(order);
                Ok::<_, Error>(())
            })
            .await;
        place.is_lost(&second.ok_or("no second statement")?);
        // The closure ignored the error, but the end is an error anyway.
        let name = &place.name;
        assert!(matches!(ended, Err(Error::Aborted)), "{name}: {ended:?}");
        assert_eq!(place.orders().await?, 1, "{}", place.name);
        let addresses = Address::select().count(&place.shop.a()).await?;
        assert_eq!(addresses, 1, "{}: half a transaction", place.name);
        Ok(())
    })
    .await
}

/// All idle connections are dead at once: at most one statement fails.
#[tokio::test]
async fn a_pool_of_dead_connections_costs_one_statement() -> TestResult {
    everywhere(async |place: Place<'_>| {
        place.fill_pool().await?;
        place.server.restart(place.how)?;
        let mut outcomes = Vec::new();
        for _ in 0..8 {
            outcomes.push(place.orders().await);
        }
        let failed: Vec<_> = outcomes.iter().filter(|one| one.is_err()).collect();
        assert!(failed.len() <= 1, "{}: {failed:?}", place.name);
        if let Some(first) = outcomes.first().filter(|first| first.is_err()) {
            place.is_lost(first);
        }
        for count in outcomes.iter().skip(1) {
            assert!(matches!(count, Ok(1)), "{}: {count:?}", place.name);
        }
        let admin = place.shop.db.unscoped("counts");
        assert_eq!(Order::select().count(&admin).await?, 2, "{}", place.name);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_running_stream_ends_with_an_error() -> TestResult {
    /// More rows than fit into the sockets.
    const ORDERS: i32 = 6_000;
    everywhere(async |place: Place<'_>| {
        let me = place.shop.a();
        let address = Address::select()
            .fetch_optional(&me)
            .await?
            .ok_or("no address")?;
        let note = "n".repeat(4_000);
        let many = (2..ORDERS).map(|number| {
            Order::insert(new_order(number, address.id)).set(|order| order.note.to(note.clone()))
        });
        Order::insert_many(many).execute(&me).await?;
        place.shop.database.psql("CHECKPOINT")?;
        let mut rows = Order::select().fetch(&me);
        let first = rows.next().await;
        assert!(matches!(first, Some(Ok(_))), "{}: {first:?}", place.name);
        place.server.restart(place.how)?;
        let mut read = 1;
        let end = loop {
            match timeout(PATIENCE, rows.next()).await? {
                Some(Ok(_)) => read += 1,
                Some(Err(error)) => break Err(error),
                None => break Ok(read),
            }
        };
        place.is_lost(&end);
        assert!(read < ORDERS - 1, "{}: {read} rows", place.name);
        drop(rows);
        let all = i64::from(ORDERS - 1);
        assert_eq!(place.orders().await?, all, "{}", place.name);
        Ok(())
    })
    .await
}

/// Without a server each statement fails at once. When the server is back, the next statement works.
#[tokio::test]
async fn a_stopped_server_is_a_connect_error() -> TestResult {
    everywhere(async |place: Place<'_>| {
        place.fill_pool().await?;
        place.server.stop(place.how)?;
        place.is_lost(&place.orders().await);
        for _ in 0..5 {
            let refused = place.orders().await;
            let is_refused = matches!(refused, Err(Error::Connect(_)));
            assert!(is_refused, "{}: {refused:?}", place.name);
        }
        let me = place.shop.a();
        let begun = me.transaction(async |tx| Order::select().count(tx).await);
        let begun: Result<i64, Error> = timeout(PATIENCE, begun).await?;
        assert!(
            matches!(begun, Err(Error::Connect(_))),
            "{}: {begun:?}",
            place.name
        );
        place.server.start_again()?;
        assert_eq!(place.orders().await?, 1, "{}", place.name);
        Ok(())
    })
    .await
}

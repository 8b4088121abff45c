//! Dropped futures: the next user of the connection is not mistaken for another one, and is not inside an open
//! transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use freehold::error::Error;
use freehold::prelude::*;

use crate::TestResult;
use crate::schema::Order;
use crate::shop::{A, B, BOTH, Mode, Shop, new_order, user};

/// The number of dropped futures.
const CANCELLATIONS: u32 = 10_000;
const TASKS: u32 = 8;

/// Units of work are dropped at varying times, so that every point is hit. Complete units between them must see the
/// rows of their own user.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_cancellations_leak_no_user() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let builder = Shop::builder(mode, &shop.url).pool_size(3);
        let db = builder.connect().await?;
        let dropped = Arc::new(AtomicU32::new(0));
        let addresses = [of_a.address.id, of_b.address.id];
        let tasks = (0..TASKS).map(|task| {
            let (db, dropped) = (db.clone(), dropped.clone());
            tokio::spawn(async move {
                let mut round = task;
                while dropped.load(Ordering::Relaxed) < CANCELLATIONS {
                    round = round.wrapping_add(1);
                    cancel_one(&db, round, addresses, &dropped).await;
                    if round.is_multiple_of(8) {
                        see_own(&db, if round.is_multiple_of(16) { A } else { B }).await?;
                    }
                }
                Ok::<_, String>(())
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await??;
        }
        for of in [A, B] {
            see_own(&db, of).await?;
        }
        assert!(dropped.load(Ordering::Relaxed) >= CANCELLATIONS, "{mode:?}");
    }
    Ok(())
}

/// Starts one of four kinds of work, and drops it after 0 to 1.5 milliseconds.
async fn cancel_one(
    db: &Db,
    round: u32,
    addresses: [crate::schema::AddressId; 2],
    dropped: &AtomicU32,
) {
    let of_b = round.is_multiple_of(2);
    let me = db.scope(user(if of_b { B } else { A }));
    let address = addresses[usize::from(of_b)];
    let after = Duration::from_micros(u64::from(round.wrapping_mul(37) % 1500));
    let work = async {
        match round % 4 {
            0 => Order::select().fetch_all(&me).await.map(drop),
            1 => Order::update_where(|order| order.number.gt(0))
                .set(|order| order.note.to("x"))
                .execute(&me)
                .await
                .map(drop),
            2 => me
                .transaction(async |tx| {
                    Order::select().count(tx).await?;
                    Order::insert(new_order(1, address)).execute(tx).await
                })
                .await
                .map(drop),
            _ => {
                me.transaction(async |tx| {
                    Order::select().fetch_all(tx).await?;
                    std::future::pending::<Result<(), Error>>().await
                })
                .await
            }
        }
    };
    if tokio::time::timeout(after, work).await.is_err() {
        dropped.fetch_add(1, Ordering::Relaxed);
    }
}

/// Asserts that a user sees only the own rows, and that changes are kept.
async fn see_own(db: &Db, of: u128) -> Result<(), String> {
    let me = db.scope(user(of));
    let orders = Order::select()
        .fetch_all(&me)
        .await
        .map_err(|error| format!("{error:?}"))?;
    let strangers = orders
        .iter()
        .filter(|order| order.user_id != user(of))
        .count();
    if strangers > 0 || orders.len() != 1 {
        return Err(format!(
            "{of:x} sees {} orders, {strangers} of another user",
            orders.len()
        ));
    }
    Ok(())
}

/// With one connection and any dropped work, the next unit of work is not inside an open transaction.
#[tokio::test]
async fn the_next_unit_of_work_starts_a_new_transaction() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let db = Shop::builder(mode, &shop.url)
            .pool_size(1)
            .connect()
            .await?;
        for step in 0..200 {
            let me = db.scope(user(A));
            let work = me.transaction(async |tx| {
                Order::insert(new_order(1000 + step, of_a.address.id))
                    .execute(tx)
                    .await?;
                tokio::time::sleep(Duration::from_micros(200)).await;
                std::future::pending::<Result<(), Error>>().await
            });
            let after = Duration::from_micros(u64::from(step.unsigned_abs()) * 20);
            let _ = tokio::time::timeout(after, work).await;
            assert_eq!(
                Order::select().count(&db.scope(user(A))).await?,
                1,
                "{mode:?}, step {step}"
            );
            assert_eq!(
                Order::select().count(&db.scope(user(B))).await?,
                1,
                "{mode:?}, step {step}"
            );
        }
    }
    Ok(())
}

/// A dropped insert may or may not have run, so nothing of its transaction is kept.
#[tokio::test]
async fn a_transaction_with_a_dropped_statement_keeps_nothing() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let (taken, release) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
        let holder = me.transaction(async |tx| {
            Order::insert(new_order(7, of_a.address.id))
                .execute(tx)
                .await?;
            taken.notify_one();
            release.notified().await;
            Ok::<_, Error>(())
        });
        let waiter = async {
            taken.notified().await;
            let done: Result<(), Error> = me
                .transaction(async |tx| {
                    // It waits for the other transaction, which has inserted the same number.
                    let insert = Order::insert(new_order(7, of_a.address.id));
                    let waiting = insert.execute(tx);
                    let _ = tokio::time::timeout(Duration::from_millis(100), waiting).await;
                    release.notify_one();
                    Ok(())
                })
                .await;
            done
        };
        let (first, second) = tokio::join!(holder, waiter);
        first?;
        assert!(
            matches!(second, Err(Error::Aborted)),
            "{mode:?}: {second:?}"
        );
        assert_eq!(Order::select().count(&me).await?, 2, "{mode:?}");
        assert_eq!(
            Order::select().count(&me).await?,
            2,
            "{mode:?}: the connection is usable"
        );
    }
    Ok(())
}

/// The connection of a dropped stream is closed.
#[tokio::test]
async fn a_dropped_stream_leaves_no_transaction() -> TestResult {
    use futures_util::StreamExt as _;
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let db = Shop::builder(mode, &shop.url)
            .pool_size(1)
            .connect()
            .await?;
        let me = db.scope(user(A));
        let many = (10..3000).map(|number| new_order(number, of_a.address.id));
        Order::insert_many(many).execute(&me).await?;
        for _ in 0..20 {
            let mut stream = Box::pin(Order::select().fetch(&me));
            assert!(
                stream.next().await.is_some_and(|row| row.is_ok()),
                "{mode:?}"
            );
            drop(stream);
            assert_eq!(
                Order::select().count(&db.scope(user(B))).await?,
                1,
                "{mode:?}"
            );
        }
    }
    Ok(())
}

/// An open stream holds the connection of the transaction. Another statement is an error; it does not wait forever.
#[tokio::test]
async fn a_statement_beside_an_open_stream_of_a_transaction_is_an_error() -> TestResult {
    use futures_util::StreamExt as _;
    let (shop, ..) = Shop::open(Mode::Predicate).await?;
    let said = shop
        .a()
        .transaction(async |tx| {
            let mut stream = Box::pin(Order::select().fetch(tx));
            let _first = stream.next().await;
            let said = Order::select().count(tx).await;
            drop(stream);
            let after = Order::select().count(tx).await?;
            Ok::<_, Error>((said.is_err(), after))
        })
        .await?;
    assert_eq!(said, (true, 1));
    Ok(())
}

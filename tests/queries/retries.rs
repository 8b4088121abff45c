//! Transactions that run again: with pauses, from a spawned task, and from a handler of a web server.

use std::future::Future;
use std::time::{Duration, Instant};

use freehold::error::Error;
use freehold::prelude::*;
use freehold::scope::{IsolationLevel, TransactionOptions};
use tokio::time::timeout;

use crate::TestResult;
use crate::schema::{Address, Order, OrderId, UserId};
use crate::shop::{A, BOTH, Mode, Shop, new_order, user};

const SERIALIZABLE: TransactionOptions =
    TransactionOptions::new().isolation(IsolationLevel::Serializable);

/// Twelve tasks transfer from one order to the other or back, eight times each. All of them finish.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conflicting_transactions_all_finish() -> TestResult {
    const TASKS: i32 = 12;
    const EACH: i32 = 8;
    let (shop, rows, _) = Shop::open(Mode::RowSecurity).await?;
    let me = shop.a();
    let other = Order::insert(new_order(2, rows.address.id))
        .fetch_one(&me)
        .await?;
    let orders = [rows.order.id, other.id];
    for order in orders {
        Order::update(order)
            .set(|order| order.note.to("1000"))
            .execute(&me)
            .await?;
    }
    let tasks = (0..TASKS).map(|task| {
        let me = me.clone();
        tokio::spawn(async move {
            let [from, to] = if task % 2 == 0 { [0, 1] } else { [1, 0] };
            for _ in 0..EACH {
                transfer(&me, orders[from], orders[to]).await?;
            }
            Ok::<_, Error>(())
        })
    });
    for done in futures_util::future::join_all(tasks).await {
        let done = done?;
        assert!(done.is_ok(), "{done:?}");
    }
    let notes = Order::select()
        .columns(|order| order.note)
        .fetch_all(&me)
        .await?;
    let sum: i32 = notes
        .iter()
        .flatten()
        .map(|note| note.parse().unwrap_or(0))
        .sum();
    assert_eq!(sum, 2_000, "{notes:?}");
    Ok(())
}

/// The work of each task.
async fn transfer(me: &Scope<UserId>, from: OrderId, to: OrderId) -> Result<(), Error> {
    let pauses = (Duration::from_millis(5), Duration::from_millis(200));
    let options = SERIALIZABLE.retries(40).pauses(pauses.0, pauses.1);
    me.transaction_with(options, async |tx| {
        for (order, by) in [(from, -1), (to, 1)] {
            let balance = Order::get(order).fetch_one(tx).await?.note;
            let balance = balance
                .and_then(|balance| balance.parse().ok())
                .unwrap_or(0_i32)
                + by;
            let update = Order::update(order).set(|order| order.note.to(balance.to_string()));
            update.execute(tx).await?;
        }
        Ok(())
    })
    .await
}

/// Causes a serialization failure from another connection while the transaction runs.
async fn fails_always(shop: &Shop, options: TransactionOptions, order: OrderId) -> (u32, Duration) {
    let tries = std::sync::atomic::AtomicU32::new(0);
    let (me, beside) = (shop.a(), shop.a());
    let begun = Instant::now();
    let failed = me
        .transaction_with(options, async |tx| {
            tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Order::get(order).fetch_optional(tx).await?;
            let update = || Order::update(order).set(|order| order.note.to("x"));
            update().execute(&beside).await?;
            update().execute(tx).await
        })
        .await;
    assert!(matches!(failed, Err(Error::Serialization(_))), "{failed:?}");
    (tries.into_inner(), begun.elapsed())
}

#[tokio::test]
async fn a_transaction_runs_as_often_as_allowed_and_waits_before() -> TestResult {
    for mode in BOTH {
        let (shop, rows, _) = Shop::open(mode).await?;
        let at_once = SERIALIZABLE
            .retries(4)
            .pauses(Duration::ZERO, Duration::ZERO);
        let (tries, took) = fails_always(&shop, at_once, rows.order.id).await;
        assert_eq!(tries, 5, "{mode:?}");
        assert!(
            took < Duration::from_secs(10),
            "{mode:?}: it waits for {took:?}"
        );
        // Four random pauses of at most ten seconds: they last less than one second in total once in 100,000 runs.
        let begun = Instant::now();
        let long = at_once.pauses(Duration::from_secs(10), Duration::from_secs(10));
        let waits = timeout(
            Duration::from_secs(1),
            fails_always(&shop, long, rows.order.id),
        );
        assert!(
            waits.await.is_err(),
            "{mode:?}: it ended in {:?}",
            begun.elapsed()
        );
    }
    Ok(())
}

/// The bounds of a handler of axum, and of what a runtime spawns.
fn handler<F, Fut, R>(handler: F) -> F
where
    F: Fn(Scope<UserId>, OrderId) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    handler
}

/// The future stays `Send`, whether the closure captures by reference or by move.
#[tokio::test]
async fn a_transaction_runs_in_a_spawned_task_and_in_a_handler() -> TestResult {
    for mode in BOTH {
        let (shop, rows, _) = Shop::open(mode).await?;
        let (id, options) = (rows.order.id, SERIALIZABLE.retries(3));
        let me = shop.a();
        let found = tokio::spawn(async move {
            me.transaction_with(options, async |tx| Order::get(id).fetch_optional(tx).await)
                .await
        });
        assert!(found.await??.is_some(), "{mode:?}: captured by a reference");
        let (me, note) = (shop.a(), "moved".to_owned());
        let changed = tokio::spawn(async move {
            me.transaction_with(options, async move |tx| {
                let order = Order::update(id).set(|order| order.note.to(note));
                order.execute(tx).await
            })
            .await
        });
        changed.await??;
        let admin = shop.db.unscoped("counts in a task");
        let counted = tokio::spawn(async move {
            admin
                .transaction_with(options, async |tx| {
                    let count = Address::select().count(tx).await?;
                    tx.savepoint(async |tx| Order::get(id).fetch_optional(tx).await)
                        .await?;
                    Ok::<_, Error>(count)
                })
                .await
        });
        assert_eq!(counted.await??, 2, "{mode:?}");
        let endpoint = handler(move |me: Scope<UserId>, id: OrderId| async move {
            me.transaction_with(options, async |tx| Order::get(id).fetch_one(tx).await)
                .await
        });
        let shown = tokio::spawn(endpoint(shop.db.scope(user(A)), id)).await??;
        assert_eq!(shown.note.as_deref(), Some("moved"), "{mode:?}");
    }
    Ok(())
}

/// Leaked by safe code: the transaction is an error and keeps nothing.
#[tokio::test]
async fn a_leaked_stream_ends_the_transaction() -> TestResult {
    for mode in BOTH {
        let (shop, rows, _) = Shop::open(mode).await?;
        let me = shop.a();
        let ended = me.transaction(async |tx| {
            Order::insert(new_order(7, rows.address.id))
                .execute(tx)
                .await?;
            let mut stream = Order::select().fetch(tx);
            futures_util::StreamExt::next(&mut stream).await;
            std::mem::forget(stream);
            Ok::<_, Error>(())
        });
        let ended = timeout(Duration::from_secs(10), ended).await?;
        assert!(
            matches!(ended, Err(Error::Statement(_))),
            "{mode:?}: {ended:?}"
        );
        assert_eq!(Order::select().count(&me).await?, 1, "{mode:?}: it is kept");
        let mut statement = Box::pin(async {
            me.transaction(async |tx| {
                let mut count = Box::pin(Order::select().count(tx));
                let begun = timeout(Duration::from_micros(1), &mut count).await;
                std::mem::forget(count);
                let _ = begun;
                Ok::<_, Error>(())
            })
            .await
        });
        let ended = timeout(Duration::from_secs(10), &mut statement).await?;
        // It may have finished before it was leaked.
        assert!(
            matches!(ended, Ok(()) | Err(Error::Statement(_))),
            "{mode:?}: {ended:?}"
        );
        assert_eq!(Order::select().count(&me).await?, 1, "{mode:?}");
    }
    Ok(())
}

//! Transactions: commit and rollback, savepoints, ignored failures, and retries.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use freehold::error::Error;
use freehold::prelude::*;
use freehold::scope::{IsolationLevel, TransactionOptions};

use crate::TestResult;
use crate::schema::{Order, OrderItem};
use crate::shop::{BOTH, Shop, new_order};

#[tokio::test]
async fn a_transaction_is_kept_completely_or_not_at_all() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        me.transaction(async |tx| {
            Order::insert(new_order(2, of_a.address.id))
                .execute(tx)
                .await?;
            Order::insert(new_order(3, of_a.address.id))
                .execute(tx)
                .await
        })
        .await?;
        assert_eq!(Order::select().count(&me).await?, 3, "{mode:?}");
        let failed: Result<u64, Error> = me
            .transaction(async |tx| {
                Order::insert(new_order(4, of_a.address.id))
                    .execute(tx)
                    .await?;
                Order::insert(new_order(4, of_a.address.id))
                    .execute(tx)
                    .await
            })
            .await;
        assert!(
            matches!(failed, Err(Error::Unique { .. })),
            "{mode:?}: {failed:?}"
        );
        assert_eq!(Order::select().count(&me).await?, 3, "{mode:?}");
    }
    Ok(())
}

/// PostgreSQL answers the `COMMIT` of a failed transaction with `ROLLBACK`, and without an error.
#[tokio::test]
async fn an_ignored_failure_is_an_error_at_the_end() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let done: Result<(), Error> = me
            .transaction(async |tx| {
                Order::insert(new_order(2, of_a.address.id))
                    .execute(tx)
                    .await?;
                let _ = Order::insert(new_order(2, of_a.address.id))
                    .execute(tx)
                    .await;
                Ok(())
            })
            .await;
        assert!(matches!(done, Err(Error::Aborted)), "{mode:?}: {done:?}");
        assert_eq!(Order::select().count(&me).await?, 1, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_savepoint_fails_without_its_transaction() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        me.transaction(async |tx| {
            Order::insert(new_order(2, of_a.address.id))
                .execute(tx)
                .await?;
            let failed: Result<u64, Error> = tx
                .savepoint(async |tx| {
                    Order::insert(new_order(3, of_a.address.id))
                        .execute(tx)
                        .await?;
                    Order::insert(new_order(2, of_a.address.id))
                        .execute(tx)
                        .await
                })
                .await;
            assert!(failed.is_err(), "{mode:?}");
            tx.savepoint(async |tx| {
                Order::insert(new_order(5, of_a.address.id))
                    .execute(tx)
                    .await
            })
            .await?;
            Ok::<_, Error>(())
        })
        .await?;
        let numbers = Order::select()
            .order_by(|order| order.number.asc())
            .columns(|order| order.number);
        assert_eq!(numbers.fetch_all(&me).await?, [1, 2, 5], "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_transaction_with_a_dropped_savepoint_keeps_nothing() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let done: Result<(), Error> = me
            .transaction(async |tx| {
                let never = tx.savepoint(async |tx| {
                    Order::insert(new_order(2, of_a.address.id))
                        .execute(tx)
                        .await?;
                    std::future::pending::<Result<(), Error>>().await
                });
                let _ = tokio::time::timeout(std::time::Duration::from_millis(200), never).await;
                Ok(())
            })
            .await;
        assert!(matches!(done, Err(Error::Aborted)), "{mode:?}: {done:?}");
        assert_eq!(Order::select().count(&me).await?, 1, "{mode:?}");
    }
    Ok(())
}

/// A statement outside of an open savepoint would be rolled back with it.
#[tokio::test]
async fn statements_outside_of_an_open_savepoint_are_errors() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        me.transaction(async |tx| {
            let said = tx
                .savepoint(async |_| {
                    let beside = Order::insert(new_order(2, of_a.address.id))
                        .execute(tx)
                        .await;
                    Ok::<_, Error>(matches!(beside, Err(Error::Statement(_))))
                })
                .await?;
            assert!(said, "{mode:?}");
            let second = tx.savepoint(async |_| {
                let beside = tx.savepoint(async |_| Ok::<_, Error>(())).await;
                Ok::<_, Error>(matches!(beside, Err(Error::Statement(_))))
            });
            assert!(second.await?, "{mode:?}");
            let nested = tx.savepoint(async |one| {
                one.savepoint(async |two| {
                    Order::insert(new_order(3, of_a.address.id))
                        .execute(two)
                        .await
                })
                .await?;
                Order::select().count(one).await
            });
            assert_eq!(nested.await?, 2, "{mode:?}");
            Order::insert(new_order(4, of_a.address.id))
                .execute(tx)
                .await
        })
        .await?;
        assert_eq!(Order::select().count(&me).await?, 3, "{mode:?}");
    }
    Ok(())
}

/// Two transactions read what the other one writes: one of two serializable transactions must run again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_runs_again_after_a_serialization_failure() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let both_have_read = tokio::sync::Barrier::new(2);
        let runs = AtomicU32::new(0);
        let options = TransactionOptions::new()
            .isolation(IsolationLevel::Serializable)
            .retries(5);
        let raise = async |first: bool| {
            let is_first_run = AtomicBool::new(true);
            me.transaction_with(options, async |tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                let item = OrderItem::get(of_a.items[0].id).fetch_one(tx).await?;
                if is_first_run.swap(false, Ordering::Relaxed) {
                    both_have_read.wait().await;
                }
                let by = if first { 1 } else { 10 };
                OrderItem::update(item.id)
                    .set(|row| row.quantity.to(item.quantity + by))
                    .execute(tx)
                    .await
            })
            .await
        };
        let (one, other) = tokio::join!(raise(true), raise(false));
        one?;
        other?;
        let item = OrderItem::get(of_a.items[0].id).fetch_one(&me).await?;
        assert_eq!(item.quantity, 2 + 11, "{mode:?}: an update was lost");
        assert!(
            runs.load(Ordering::Relaxed) > 2,
            "{mode:?}: none was run again"
        );
    }
    Ok(())
}

/// The future of a transaction is `Send`.
#[tokio::test]
async fn a_transaction_can_be_spawned() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let address = of_a.address.id;
        let count = tokio::spawn(async move {
            me.transaction(async |tx| {
                Order::insert(new_order(2, address)).execute(tx).await?;
                let _ = tx
                    .savepoint(async |tx| Order::select().count(tx).await)
                    .await?;
                Order::select().count(tx).await
            })
            .await
        });
        assert_eq!(count.await??, 2, "{mode:?}");
    }
    Ok(())
}

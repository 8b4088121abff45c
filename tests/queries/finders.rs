//! A table caches the text of a statement that finds a row. The text is used only for the case for which it was
//! written.

use freehold::prelude::*;

use crate::TestResult;
use crate::schema::{Order, Product, User};
use crate::shop::{A, B, BOTH, Shop, user};

/// Each executor runs twice, in turns, so that every second statement uses a cached text.
#[tokio::test]
async fn a_cached_text_serves_only_its_kind_of_executor() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let (a, b) = (shop.a(), shop.b());
        let everybody = shop.db.unscoped("counting");
        for round in ["first", "second"] {
            for (key, by_a, by_b) in [(of_a.order.id, true, false), (of_b.order.id, false, true)] {
                let at = format!("{mode:?}, {round} round, {key:?}");
                let of_a = Order::get(key).fetch_optional(&a).await?;
                assert_eq!(of_a.is_some(), by_a, "{at}: A");
                let of_b = Order::get(key).fetch_optional(&b).await?;
                assert_eq!(of_b.is_some(), by_b, "{at}: B");
                let of_all = Order::get(key).fetch_optional(&everybody).await?;
                assert_eq!(of_all.map(|order| order.id), Some(key), "{at}: unscoped");
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_cached_text_shows_deleted_rows_only_if_requested() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let me = shop.a();
        User::delete(user(A)).execute(&me).await?;
        for round in ["first", "second"] {
            let hidden = User::get(user(A)).fetch_optional(&me).await?;
            assert!(hidden.is_none(), "{mode:?}, {round} round: a deleted row");
            let shown = User::get(user(A))
                .with_deleted()
                .fetch_optional(&me)
                .await?;
            assert!(shown.is_some(), "{mode:?}, {round} round: no deleted row");
            let foreign = User::get(user(B))
                .with_deleted()
                .fetch_optional(&me)
                .await?;
            assert!(foreign.is_none(), "{mode:?}, {round} round: a foreign row");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_cached_text_locks_only_if_requested() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let key = of_a.order.id;
        for round in ["first", "second"] {
            let plain = Order::get(key).fetch_optional(&shop.a()).await?;
            assert!(plain.is_some(), "{mode:?}, {round} round");
            shop.a()
                .transaction(async |tx| {
                    Order::get(key).for_update().fetch_one(tx).await?;
                    let other = shop.a();
                    let waiting = other.transaction(async |tx| {
                        let free = Order::select().for_update_skip_locked();
                        free.fetch_all(tx).await
                    });
                    let free = waiting.await?;
                    let is_free = free.iter().any(|order| order.id == key);
                    assert!(!is_free, "{mode:?}, {round} round: the row is not locked");
                    Ok::<_, freehold::Error>(())
                })
                .await?;
        }
    }
    Ok(())
}

/// The text depends on the columns, and each value goes to the place of its column.
#[tokio::test]
async fn finders_of_other_columns_have_other_texts() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        for round in ["first", "second"] {
            let by_sku = Product::by_sku("TEA").fetch_optional(&shop.db).await?;
            let id = by_sku.map(|product| product.id);
            assert!(
                id.is_some(),
                "{mode:?}, {round} round: by the unique column"
            );
            if let Some(id) = id {
                let by_key = Product::get(id).fetch_optional(&shop.db).await?;
                let sku = by_key.map(|product| product.sku);
                assert_eq!(
                    sku.as_deref(),
                    Some("TEA"),
                    "{mode:?}, {round} round: by the key"
                );
            }
            let none = Product::by_sku("NONE").fetch_optional(&shop.db).await?;
            assert!(none.is_none(), "{mode:?}, {round} round: another value");
        }
    }
    Ok(())
}

/// The error of a value that cannot be sent names its column, with and without a cached text.
#[tokio::test]
async fn a_value_that_cannot_be_sent_names_its_column() -> TestResult {
    let (shop, ..) = Shop::open(BOTH[0]).await?;
    Product::by_sku("TEA").fetch_optional(&shop.db).await?;
    for text in [
        "\0",
        "longer than \0 eight",
        "exactly\0",
        "at the end of sixteen\0",
    ] {
        let refused = Product::by_sku(text).fetch_optional(&shop.db).await;
        let said = refused.err().map(|error| error.to_string());
        let said = said.unwrap_or_default();
        assert!(said.contains("`sku`"), "{text:?}: {said}");
    }
    Ok(())
}

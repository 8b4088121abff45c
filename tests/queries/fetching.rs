//! The verbs have the meaning that they have in sqlx; statements can be cloned and printed.

use std::error::Error as _;

use freehold::error::Error;
use freehold::prelude::*;
use futures_util::TryStreamExt as _;

use crate::TestResult;
use crate::schema::{Order, OrderItem, Product};
use crate::shop::{BOTH, Mode, Shop, new_item, new_order};

#[tokio::test]
async fn fetch_one_is_an_error_without_a_row() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        let theirs = of_b.order.id;
        let none = || Order::select().filter(|order| order.number.eq(999));
        let missing = [
            Order::get(theirs).fetch_one(&me).await.map(drop),
            none().fetch_one(&me).await.map(drop),
            none()
                .columns(|order| order.id)
                .fetch_one(&me)
                .await
                .map(drop),
            none()
                .with(OrderItem::select(), |item| item.order_id)
                .fetch_one(&me)
                .await
                .map(drop),
            Order::get(theirs)
                .with(OrderItem::select(), |item| item.order_id)
                .fetch_one(&me)
                .await
                .map(drop),
            Order::update(theirs)
                .set(|order| order.note.to("mine"))
                .fetch_one(&me)
                .await
                .map(drop),
        ];
        for (at, missing) in missing.into_iter().enumerate() {
            let Err(error) = missing else {
                return Err(format!("{mode:?}: statement {at} found a row").into());
            };
            assert!(
                matches!(error, Error::NotFound { table: "orders" }) && error.is_not_found(),
                "{mode:?}: statement {at}: {error:?}"
            );
        }
        let own = Order::get(of_a.order.id).fetch_one(&me).await?;
        assert_eq!(own.number, of_a.order.number, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn fetch_optional_reads_one_row_of_many() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        Order::insert(new_order(7, of_a.address.id))
            .execute(&me)
            .await?;
        let last = Order::select().order_by(|order| order.number.desc());
        let first = last.clone().fetch_optional(&me).await?;
        assert_eq!(first.map(|order| order.number), Some(7), "{mode:?}");
        let number = last.clone().columns(|order| order.number);
        assert_eq!(number.fetch_one(&me).await?, 7, "{mode:?}");
        let with_items = last.clone().with(OrderItem::select(), |item| item.order_id);
        let found = with_items.fetch_optional(&me).await?;
        let found = found.map(|(order, items)| (order.number, items.len()));
        assert_eq!(found, Some((7, 0)), "{mode:?}");
        let none = last.limit(0).fetch_optional(&me).await?;
        assert!(none.is_none(), "{mode:?}: `limit(0)` has a first row");
    }
    Ok(())
}

#[tokio::test]
async fn fetch_is_a_stream() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        for number in 2..5 {
            let order = Order::insert(new_order(number, of_a.address.id));
            assert_eq!(order.execute(&me).await?, 1, "{mode:?}");
        }
        let by_number = Order::select().order_by(|order| order.number.asc());
        let rows: Vec<Order> = by_number.clone().fetch(&me).try_collect().await?;
        let numbers: Vec<i32> = rows.into_iter().map(|order| order.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4], "{mode:?}");
        let columns = by_number.columns(|order| (order.number, order.note));
        let rows: Vec<(i32, Option<String>)> = columns.fetch(&me).try_collect().await?;
        assert_eq!(rows.len(), 4, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn raw_sql_has_the_same_verbs() -> TestResult {
    let (shop, of_a, _) = Shop::open(Mode::RowSecurity).await?;
    let me = shop.a();
    Order::insert(new_order(2, of_a.address.id))
        .execute(&me)
        .await?;
    let text = "SELECT number FROM orders WHERE number >= $1 ORDER BY number";
    let sql = |from: i32| me.sql(text).bind(from);
    assert_eq!(sql(1).fetch_all::<(i32,)>().await?, [(1,), (2,)]);
    assert_eq!(sql(2).fetch_one::<(i32,)>().await?, (2,));
    assert_eq!(sql(3).fetch_optional::<(i32,)>().await?, None);
    let rows: Vec<(i32,)> = sql(1).fetch::<(i32,)>().try_collect().await?;
    assert_eq!(rows, [(1,), (2,)]);
    let orders: Vec<Order> = me
        .sql("SELECT * FROM orders")
        .fetch::<Order>()
        .try_collect()
        .await?;
    assert_eq!(orders.len(), 2);
    let missing = sql(3).fetch_one::<(i32,)>().await;
    assert!(
        matches!(&missing, Err(error @ Error::NoRow) if error.is_not_found()),
        "{missing:?}"
    );
    Ok(())
}

/// One filter serves the count and the page.
#[tokio::test]
async fn a_clone_is_the_same_statement() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        Order::insert(new_order(2, of_a.address.id))
            .execute(&me)
            .await?;
        let wanted = Order::select().filter(|order| order.number.gt(1));
        assert_eq!(wanted.clone().count(&me).await?, 1, "{mode:?}");
        let page = wanted.clone().page(10);
        assert_eq!(page.clone().to_sql(&me)?, page.to_sql(&me)?, "{mode:?}");
        assert_eq!(page.fetch_page(&me).await?.rows.len(), 1, "{mode:?}");
        let update =
            Order::update_where(|order| order.number.gt(1)).set(|order| order.note.to("again"));
        assert_eq!(update.clone().execute(&me).await?, 1, "{mode:?}");
        assert_eq!(update.execute(&me).await?, 1, "{mode:?}");
    }
    Ok(())
}

/// A value may be a secret, and a log is the wrong place for it.
#[tokio::test]
async fn debug_shows_the_table_and_no_value() -> TestResult {
    let (shop, of_a, _) = Shop::open(Mode::RowSecurity).await?;
    let me = shop.a();
    let note = "a word of A";
    let item = new_item(of_a.order.id, of_a.items[0].product_id);
    let shown = [
        format!("{:?}", Order::select().filter(|order| order.note.eq(note))),
        format!("{:?}", Order::get(of_a.order.id)),
        format!(
            "{:?}",
            Order::insert(new_order(3, of_a.address.id)).set(|order| order.note.to(note))
        ),
        format!(
            "{:?}",
            Order::update(of_a.order.id).set(|order| order.note.to(note))
        ),
        format!("{:?}", Order::delete(of_a.order.id)),
        format!("{:?}", Order::select().page(3)),
        format!("{:?}", Order::select().columns(|order| order.note)),
    ];
    for shown in shown {
        assert!(shown.contains("table: \"orders\""), "{shown}");
        assert!(!shown.contains(note), "{shown}");
    }
    let many = format!("{:?}", OrderItem::insert_many([item]));
    assert_eq!(many, "InsertMany { table: \"order_items\", .. }");
    let sql = format!("{:?}", me.sql("SELECT $1").bind(note.to_owned()));
    assert_eq!(sql, "Sql { text: \"SELECT $1\", .. }");
    Ok(())
}

#[tokio::test]
async fn an_error_keeps_its_cause() -> TestResult {
    let (shop, of_a, _) = Shop::open(Mode::RowSecurity).await?;
    let taken = Order::insert(new_order(1, of_a.address.id));
    let Err(error) = taken.execute(&shop.a()).await else {
        return Err("the number was free".into());
    };
    assert_eq!(error.code().as_deref(), Some("23505"));
    assert_eq!(error.table(), Some("orders"));
    assert_eq!(error.constraint(), Some("uq_orders_user_id_number"));
    assert!(error.source().is_some() && error.as_database_error().is_some());
    let absent = Product::get(Uuid::from_u128(1).into())
        .fetch_one(&shop.db)
        .await;
    let Err(absent) = absent else {
        return Err("the product was there".into());
    };
    assert_eq!((absent.code(), absent.table()), (None, Some("products")));
    Ok(())
}

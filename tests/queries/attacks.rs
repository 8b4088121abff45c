//! User `A` tries each way to a row of `B` through the typed interface, and with raw SQL where it is allowed.

use freehold::error::Error;
use freehold::prelude::*;
use freehold::query::Condition;

use crate::TestResult;
use crate::schema::{Address, NewOrderItem, Order, OrderEvent, OrderItem, User};
use crate::shop::{A, B, BOTH, Mode, Shop, new_address, new_item, new_order, user};

/// The text of an error. It must not reveal whose rows exist.
fn kind(error: &Error) -> String {
    error.to_string()
}

#[tokio::test]
async fn no_key_of_another_user_finds_changes_or_deletes_a_row() -> TestResult {
    for mode in BOTH {
        let (shop, _, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        assert!(
            User::get(user(B)).fetch_optional(&me).await?.is_none(),
            "{mode:?}"
        );
        assert!(
            User::by_email("b@example.com")
                .fetch_optional(&me)
                .await?
                .is_none(),
            "{mode:?}"
        );
        assert!(
            Address::get(of_b.address.id)
                .fetch_optional(&me)
                .await?
                .is_none(),
            "{mode:?}"
        );
        let change = Address::update(of_b.address.id).set(|address| address.city.to("Basel"));
        assert_eq!(change.execute(&me).await?, 0, "{mode:?}");
        assert_eq!(
            Address::purge(of_b.address.id).execute(&me).await?,
            0,
            "{mode:?}"
        );
        assert_eq!(User::delete(user(B)).execute(&me).await?, 0, "{mode:?}");
        assert_eq!(User::purge(user(B)).execute(&me).await?, 0, "{mode:?}");
        let theirs = Address::get(of_b.address.id).fetch_one(&shop.b()).await?;
        assert_eq!(theirs.city, "Bern", "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn no_condition_leaves_the_scope() -> TestResult {
    for mode in BOTH {
        let (shop, _, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        let theirs = user(B);
        let counts = [
            Order::select()
                .filter(|order| order.user_id.eq(theirs))
                .count(&me)
                .await?,
            Order::select()
                .filter(|order| order.id.eq(of_b.order.id).or(order.user_id.eq(theirs)))
                .count(&me)
                .await?,
            Order::select()
                .join(|order| order.address_id)
                .filter(|(_, address)| address.id.eq(of_b.address.id))
                .count(&me)
                .await?,
            OrderEvent::select().with_deleted().count(&me).await?,
        ];
        assert_eq!(counts, [0; 4], "{mode:?}");
        let all = Order::select()
            .filter(|order| order.number.eq(1).or(Condition::always()))
            .fetch_all(&me)
            .await?;
        assert!(all.iter().all(|order| order.user_id == user(A)), "{mode:?}");
        assert_eq!(all.len(), 1, "{mode:?}");
    }
    Ok(())
}

/// Another user's row counts as missing: both references fail with the same message.
#[tokio::test]
async fn a_reference_to_another_users_row_fails_like_one_to_a_missing_row() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        let nobody = Uuid::from_u128(0xdead);
        let product = of_a.items[0].product_id;
        let theirs = Order::insert(new_order(5, of_b.address.id))
            .execute(&me)
            .await;
        let none = Order::insert(new_order(5, nobody.into()))
            .execute(&me)
            .await;
        assert_eq!(
            theirs.map_err(|error| kind(&error)),
            none.map_err(|error| kind(&error))
        );
        let theirs = OrderItem::insert(new_item(of_b.order.id, product))
            .execute(&me)
            .await;
        let none = OrderItem::insert(new_item(nobody.into(), product))
            .execute(&me)
            .await;
        assert!(
            matches!(theirs, Err(Error::ForeignKey { .. })),
            "{mode:?}: {theirs:?}"
        );
        assert_eq!(
            theirs.map_err(|error| kind(&error)),
            none.map_err(|error| kind(&error))
        );
        let move_to =
            |order| OrderItem::update(of_a.items[0].id).set(move |item| item.order_id.to(order));
        let theirs = move_to(of_b.order.id).execute(&me).await;
        let none = move_to(nobody.into()).execute(&me).await;
        assert!(
            !matches!(theirs, Ok(1)),
            "{mode:?}: the item went to the order of B"
        );
        assert_eq!(
            theirs.map_err(|error| kind(&error)),
            none.map_err(|error| kind(&error))
        );
    }
    Ok(())
}

#[tokio::test]
async fn keys_and_numbers_of_another_user_can_be_used() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        let same_key = Address::insert(new_address()).set(|address| address.id.to(of_b.address.id));
        assert_eq!(same_key.fetch_one(&me).await?.user_id, user(A), "{mode:?}");
        let same =
            Order::insert(new_order(2, of_a.address.id)).set(|order| order.id.to(of_b.order.id));
        let upsert = same
            .on_conflict(|order| order.id)
            .do_update(|order, new| order.note.to(new.note));
        assert_eq!(
            upsert.execute(&me).await?,
            1,
            "{mode:?}: it is in the way of B's order"
        );
        let theirs = Order::select().fetch_all(&shop.b()).await?;
        assert_eq!(theirs.len(), 1, "{mode:?}");
        assert_eq!(theirs[0].number, 1, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn no_row_is_inserted_if_one_of_many_references_another_users_row() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        let product = of_a.items[0].product_id;
        OrderItem::purge(of_a.items[0].id).execute(&me).await?;
        let items: [NewOrderItem; 2] = [
            new_item(of_a.order.id, product),
            new_item(of_b.order.id, product),
        ];
        let added = OrderItem::insert_many(items).execute(&me).await;
        assert!(
            matches!(added, Err(Error::ForeignKey { .. })),
            "{mode:?}: {added:?}"
        );
        assert_eq!(OrderItem::select().count(&me).await?, 0, "{mode:?}");
    }
    Ok(())
}

/// Statements of `A` under row-level security, and their results.
#[tokio::test]
async fn raw_sql_is_restricted_too() -> TestResult {
    let (shop, _, of_b) = Shop::open(Mode::RowSecurity).await?;
    let me = shop.a();
    let b = Uuid::from_u128(B);
    let visible: Vec<(i64,)> = me
        .sql("SELECT count(*) FROM users, orders, order_items, addresses WHERE orders.user_id = $1")
        .bind(b)
        .fetch_all()
        .await?;
    assert_eq!(visible, [(0,)]);
    for sql in [
        "UPDATE orders SET user_id = $1",
        "INSERT INTO addresses (user_id, street, city, postal_code, country) VALUES ($1, 's', 'c', 'p', 'CH')",
    ] {
        let done = me.sql(sql).bind(b).execute().await;
        assert!(
            matches!(done, Err(Error::NotPermitted(_))),
            "{sql}: {done:?}"
        );
    }
    for sql in [
        "SELECT 1 FROM order_events_2026_01",
        "SELECT 1 FROM order_events_default",
        "SELECT 1 FROM audit.log",
        "INSERT INTO products (sku, name, price) VALUES ('X', 'X', 1)",
        "UPDATE products SET price = 0",
        "DELETE FROM products",
        "SELECT set_config('role', 'shop_admin', true)",
        "SELECT set_config('role', 'shop_owner', true)",
    ] {
        let done = me.sql(sql).execute().await;
        assert!(
            matches!(done, Err(Error::NotPermitted(_))),
            "{sql}: {done:?}"
        );
    }
    let total = me.sql("SELECT order_total($1)").bind(of_b.order.id);
    assert_eq!(total.fetch_all::<(i64,)>().await?, [(0,)]);
    let summaries = "SELECT count(*) FROM order_summaries WHERE user_id = $1";
    let summaries = me.sql(summaries).bind(b);
    assert_eq!(summaries.fetch_all::<(i64,)>().await?, [(0,)]);
    let changed = me
        .sql("UPDATE orders SET note = 'x' WHERE user_id = $1")
        .bind(b)
        .execute()
        .await?;
    assert_eq!(changed, 0);
    for sql in [
        "DROP TABLE orders",
        "SET LOCAL app.user_id = 'b'",
        "RESET ROLE",
        "COMMIT",
        "BEGIN",
    ] {
        let done = me.sql(sql).execute().await;
        assert!(matches!(done, Err(Error::Statement(_))), "{sql}: {done:?}");
    }
    let two = me.sql("SELECT 1; RESET ROLE").execute().await;
    assert!(two.is_err(), "two statements at once: {two:?}");
    Ok(())
}

/// SQL that changes the user affects only itself: the next statement of the transaction belongs to `A` again.
#[tokio::test]
async fn the_owner_does_not_change_within_a_transaction() -> TestResult {
    let (shop, ..) = Shop::open(Mode::RowSecurity).await?;
    let seen = shop
        .a()
        .transaction(async |tx| {
            tx.sql("SELECT set_config('app.user_id', $1, true)")
                .bind(Uuid::from_u128(B).to_string())
                .execute()
                .await?;
            let typed = Order::select().fetch_all(tx).await?;
            let own = tx
                .sql("SELECT user_id FROM orders")
                .fetch_all::<(Uuid,)>()
                .await?;
            Ok::<_, Error>((typed.len(), own))
        })
        .await?;
    assert_eq!(seen, (1, vec![(Uuid::from_u128(A),)]));
    Ok(())
}

/// A client that invents a cursor gets another place in its own list.
#[tokio::test]
async fn a_cursor_of_another_user_leads_to_own_rows() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        for (of, rows) in [(A, &of_a), (B, &of_b)] {
            let me = shop.db.scope(user(of));
            for number in 2..6 {
                Order::insert(new_order(number, rows.address.id))
                    .execute(&me)
                    .await?;
            }
        }
        let page = || Order::select().order_by(|order| order.number.asc()).page(2);
        let theirs = page().fetch_page(&shop.b()).await?;
        let mine = page().after(theirs.next).fetch_page(&shop.a()).await?;
        assert!(
            mine.rows.iter().all(|order| order.user_id == user(A)),
            "{mode:?}"
        );
        let numbers: Vec<_> = mine.rows.iter().map(|order| order.number).collect();
        // After the number 2 or at it, depending on the key of B's order.
        assert!(
            numbers == [3, 4] || numbers == [2, 3],
            "{mode:?}: {numbers:?}"
        );
    }
    Ok(())
}

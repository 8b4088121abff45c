//! The effect of each kind of statement, which concerns only the rows of its owner.

use freehold::prelude::*;

use crate::TestResult;
use crate::schema::{Address, NewUser, Order, OrderItem, OrderStatus, OrderSummary, Product, User};
use crate::shop::{A, BOTH, Mode, Shop, new_address, new_item, new_order, new_user, user};

#[tokio::test]
async fn a_key_finds_the_row_only_for_its_owner() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let found = Order::get(of_a.order.id).fetch_optional(&shop.a()).await?;
        assert_eq!(found.map(|order| order.number), Some(1), "{mode:?}");
        let found = Order::get(of_a.order.id).fetch_optional(&shop.b()).await?;
        assert!(found.is_none(), "{mode:?}: B finds the order of A");
    }
    Ok(())
}

#[tokio::test]
async fn shared_rows_can_be_read_by_everyone() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let by_db = Product::by_sku("TEA").fetch_optional(&shop.db).await?;
        let by_scope = Product::by_sku("TEA").fetch_optional(&shop.a()).await?;
        assert!(by_db.is_some() && by_scope.is_some(), "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_closure_filters_orders_and_limits() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        for number in 2..=6 {
            Order::insert(new_order(number, of_a.address.id))
                .set(|order| order.note.to(format!("note {number}")))
                .execute(&me)
                .await?;
        }
        let select = Order::select()
            .filter(|order| order.number.gt(2) & order.note.like("note %"))
            .filter(|order| order.number.eq(3).or(order.number.is_in([4, 5, 99])))
            .order_by(|order| order.number.desc())
            .limit(2)
            .offset(1);
        let numbers: Vec<_> = select
            .fetch_all(&me)
            .await?
            .iter()
            .map(|order| order.number)
            .collect();
        assert_eq!(numbers, [4, 3], "{mode:?}");
        let none = Order::select().filter(|order| order.number.is_in([]));
        assert_eq!(none.count(&me).await?, 0, "{mode:?}");
        let between = Order::select().filter(|order| !order.number.between(2, 6));
        assert_eq!(between.count(&me).await?, 1, "{mode:?}");
        let sum = Order::select().filter(|order| (order.number + 1).eq(4));
        assert_eq!(sum.count(&me).await?, 1, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn aggregates_use_only_own_rows() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        for number in [2, 5] {
            Order::insert(new_order(number, of_a.address.id))
                .execute(&me)
                .await?;
        }
        let orders = Order::select;
        assert_eq!(orders().count(&me).await?, 3, "{mode:?}");
        assert!(orders().exists(&me).await?, "{mode:?}");
        assert!(
            !orders()
                .filter(|order| order.number.gt(9))
                .exists(&me)
                .await?,
            "{mode:?}"
        );
        assert_eq!(
            orders().sum(&me, |order| order.number).await?,
            Some(8),
            "{mode:?}"
        );
        assert_eq!(
            orders().min(&me, |order| order.number).await?,
            Some(1),
            "{mode:?}"
        );
        assert_eq!(
            orders().max(&me, |order| order.number).await?,
            Some(5),
            "{mode:?}"
        );
        let mean = orders().avg(&me, |order| order.number).await?;
        assert!(
            mean.is_some_and(|mean| (mean - 8.0 / 3.0).abs() < 1e-9),
            "{mode:?}: {mean:?}"
        );
        let none = orders().filter(|order| order.number.gt(9));
        assert_eq!(none.sum(&me, |order| order.number).await?, None, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn groups_have_their_aggregates() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        for number in [2, 3] {
            Order::insert(new_order(number, of_a.address.id))
                .execute(&me)
                .await?;
        }
        Order::update(of_a.order.id)
            .set(|order| order.status.to(OrderStatus::Confirmed))
            .execute(&me)
            .await?;
        let by_status = Order::select()
            .order_by(|order| order.status.asc())
            .group_by(|order| order.status)
            .aggregate(|order| (count(), order.number.sum()));
        assert_eq!(
            by_status.fetch_all(&me).await?,
            [
                (OrderStatus::Confirmed, (1, Some(1))),
                (OrderStatus::Pending, (2, Some(5)))
            ],
            "{mode:?}"
        );
        let columns = Order::select()
            .order_by(|order| order.number.asc())
            .columns(|order| (order.number, order.note));
        assert_eq!(columns.fetch_all(&me).await?[0], (1, None), "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn joins_follow_references_within_the_scope() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let rows = OrderItem::select()
            .join(|item| item.order_id)
            .join(|(_, order)| order.address_id)
            .left_join(|(item, ..)| item.product_id)
            .filter(|(_, order, address, product)| {
                order.number.eq(1) & address.city.eq("Bern") & product.sku.eq("TEA")
            })
            .fetch_all(&me)
            .await?;
        let [(item, order, address, product)] = rows.as_slice() else {
            return Err(format!("{mode:?}: {} rows", rows.len()).into());
        };
        assert_eq!((item.order_id, order.id), (of_a.order.id, of_a.order.id));
        assert_eq!(address.id, of_a.address.id);
        assert!(product.is_some());
        let children = Address::select()
            .left_join_children(Order::COLUMNS.address_id)
            .fetch_all(&me)
            .await?;
        assert_eq!(children.len(), 1, "{mode:?}");
        assert!(children[0].1.is_some(), "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_parent_without_children_is_kept_by_a_left_join() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let me = shop.a();
        let lonely = Address::insert(new_address()).fetch_one(&me).await?;
        let rows = Address::select()
            .left_join_children(Order::COLUMNS.address_id)
            .filter(|(address, _)| address.id.eq(lonely.id))
            .fetch_all(&me)
            .await?;
        assert_eq!(rows.len(), 1, "{mode:?}");
        assert!(rows[0].1.is_none(), "{mode:?}");
        let inner = Address::select()
            .join_children(Order::COLUMNS.address_id)
            .filter(|(address, _)| address.id.eq(lonely.id));
        assert_eq!(inner.count(&me).await?, 0, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_insert_returns_the_row_as_the_database_stores_it() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let order = Order::insert(new_order(7, of_a.address.id))
            .set(|order| order.note.to("by hand"))
            .fetch_one(&shop.a())
            .await?;
        assert_eq!(order.user_id, user(A), "{mode:?}: the scope is stamped");
        assert_eq!(order.status, OrderStatus::Pending, "{mode:?}: the default");
        assert_eq!(order.note.as_deref(), Some("by hand"), "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn many_rows_are_inserted_by_one_statement() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let many = (10..1010).map(|number| new_order(number, of_a.address.id));
        assert_eq!(
            Order::insert_many(many).execute(&me).await?,
            1000,
            "{mode:?}"
        );
        let with_notes = (2000..2003).map(|number| {
            let note = (number > 2000).then(|| format!("{number}"));
            Order::insert(new_order(number, of_a.address.id)).set(|order| order.note.to(note))
        });
        let rows = Order::insert_many(with_notes).fetch_all(&me).await?;
        let notes: Vec<_> = rows.iter().map(|order| order.note.as_deref()).collect();
        assert_eq!(notes, [None, Some("2001"), Some("2002")], "{mode:?}");
        let nothing: [crate::schema::NewOrder; 0] = [];
        assert_eq!(
            Order::insert_many(nothing).execute(&me).await?,
            0,
            "{mode:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn on_conflict_keeps_or_changes_the_own_row() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        let again =
            || Order::insert(new_order(1, of_a.address.id)).set(|order| order.note.to("new"));
        let left = again().on_conflict(|order| order.number).do_nothing();
        assert!(left.fetch_optional(&me).await?.is_none(), "{mode:?}");
        let changed = again()
            .on_conflict(|order| order.number)
            .do_update(|_, new| Order::COLUMNS.note.to(new.note))
            .fetch_optional(&me)
            .await?
            .ok_or("nothing was changed")?;
        assert_eq!(changed.id, of_a.order.id, "{mode:?}");
        assert_eq!(changed.note.as_deref(), Some("new"), "{mode:?}");
        let theirs = Order::get(of_b.order.id).fetch_one(&shop.b()).await?;
        assert_eq!(theirs.note, None, "{mode:?}: the order of B was changed");
    }
    Ok(())
}

#[tokio::test]
async fn an_update_changes_only_own_rows() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        let changed = Order::update_where(|_| freehold::query::Condition::always())
            .set(|order| order.note.to("mine"))
            .execute(&me)
            .await?;
        assert_eq!(changed, 1, "{mode:?}");
        let none = Order::update(of_b.order.id).set(|order| order.note.to("mine"));
        assert_eq!(none.execute(&me).await?, 0, "{mode:?}");
        let item = OrderItem::update(of_a.items[0].id)
            .set(|item| item.quantity.to(item.quantity + 3))
            .fetch_optional(&me)
            .await?;
        assert_eq!(item.map(|item| item.quantity), Some(5), "{mode:?}");
        let stale = Order::update(of_a.order.id)
            .filter(|order| order.status.eq(OrderStatus::Shipped))
            .set(|order| order.note.to(None));
        assert_eq!(stale.execute(&me).await?, 0, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_deleted_user_is_marked_found_on_request_and_restored() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let me = shop.a();
        assert_eq!(User::delete(user(A)).execute(&me).await?, 1, "{mode:?}");
        assert!(
            !User::get(user(A)).exists(&me).await?,
            "{mode:?}: still seen"
        );
        assert_eq!(
            User::delete(user(A)).execute(&me).await?,
            0,
            "{mode:?}: deleted twice"
        );
        assert_eq!(
            User::select().with_deleted().count(&me).await?,
            1,
            "{mode:?}"
        );
        assert_eq!(
            User::select().only_deleted().count(&me).await?,
            1,
            "{mode:?}"
        );
        assert_eq!(User::restore(user(A)).execute(&me).await?, 1, "{mode:?}");
        assert!(User::get(user(A)).exists(&me).await?, "{mode:?}: not back");
        assert_eq!(
            User::select().only_deleted().count(&me).await?,
            0,
            "{mode:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_row_without_deleted_at_is_removed() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let me = shop.a();
        assert_eq!(
            OrderItem::delete(of_b.items[0].id).execute(&me).await?,
            0,
            "{mode:?}"
        );
        assert_eq!(
            OrderItem::delete(of_a.items[0].id).execute(&me).await?,
            1,
            "{mode:?}"
        );
        assert_eq!(OrderItem::select().count(&me).await?, 0, "{mode:?}");
        assert_eq!(OrderItem::select().count(&shop.b()).await?, 1, "{mode:?}");
        let restore = OrderItem::restore(of_a.items[0].id).execute(&me).await;
        assert!(restore.is_err(), "{mode:?}: there is nothing to restore");
    }
    Ok(())
}

#[tokio::test]
async fn a_view_is_read_like_a_table() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let summaries = OrderSummary::select()
            .filter(|order| order.total.gt(1))
            .fetch_all(&shop.a())
            .await?;
        let totals: Vec<_> = summaries
            .iter()
            .map(|order| (order.items, order.total))
            .collect();
        assert_eq!(totals, [(1, 1000)], "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_search_looks_in_the_document() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let found = |words: &'static str| Product::select().search(words);
        assert_eq!(found("green teas").count(&shop.db).await?, 1, "{mode:?}");
        assert_eq!(found("green -tea").count(&shop.db).await?, 0, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn raw_sql_sees_only_own_rows_or_is_refused() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let sql = "SELECT number, note FROM orders WHERE id = $1 OR true";
        let rows = me
            .sql(sql)
            .bind(of_a.order.id)
            .fetch_all::<(i32, Option<String>)>()
            .await;
        match mode {
            Mode::RowSecurity => assert_eq!(rows?, [(1, None)]),
            Mode::Predicate => assert!(rows.is_err(), "nothing restricts it"),
        }
        let admin = shop.db.unscoped("counts");
        // Columns are read by name: their order differs from that of the fields.
        let users: Vec<User> = admin
            .sql("SELECT deleted_at, updated_at, created_at, name, password_hash, email, id FROM users ORDER BY id")
            .fetch_all()
            .await?;
        assert_eq!(users.len(), 2, "{mode:?}");
        assert_eq!(users[0].email, "a@example.com", "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn unscoped_work_sees_all_rows_and_adds_users() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let admin = shop.db.unscoped("looks around");
        assert_eq!(Order::select().count(&admin).await?, 2, "{mode:?}");
        let new = NewUser {
            email: "c@example.com".to_owned(),
            ..new_user(0xc)
        };
        let added = User::insert(new).fetch_one(&admin).await?;
        assert_ne!(added.id, user(A), "{mode:?}");
        assert_eq!(User::select().count(&admin).await?, 3, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_stream_returns_the_rows_one_by_one() -> TestResult {
    use futures_util::StreamExt as _;
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let many = (10..510).map(|number| new_order(number, of_a.address.id));
        Order::insert_many(many).execute(&me).await?;
        let stream = Order::select()
            .order_by(|order| order.number.asc())
            .fetch(&me);
        let mut stream = std::pin::pin!(stream);
        let mut count = 0;
        while let Some(order) = stream.next().await {
            count += 1;
            assert!(order?.number > 0, "{mode:?}");
        }
        assert_eq!(count, 501, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_finder_can_be_extended() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let item = OrderItem::by_order_id_and_product_id(of_a.order.id, of_a.items[0].product_id);
        assert!(item.fetch_optional(&me).await?.is_some(), "{mode:?}");
        let items = OrderItem::by_order_id(of_a.order.id).order_by(|item| item.quantity.desc());
        assert_eq!(items.fetch_all(&me).await?.len(), 1, "{mode:?}");
        let more = new_item(of_a.order.id, of_a.items[0].product_id);
        assert!(
            OrderItem::insert(more).execute(&me).await.is_err(),
            "{mode:?}: twice"
        );
    }
    Ok(())
}

/// Unscoped work has a reason, and the trail contains it.
#[tokio::test]
async fn the_audit_trail_contains_the_reason_and_the_caller() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        Order::update(of_a.order.id)
            .set(|order| order.note.to("own"))
            .execute(&shop.a())
            .await?;
        let line = line!() + 1;
        let admin = shop.db.unscoped("a customer's request, 'urgent'");
        Order::update_where(|order| order.id.eq(of_a.order.id))
            .set(|order| order.note.to("by support"))
            .execute(&admin)
            .await?;
        let trail = "SELECT coalesce(reason, 'none') || '|' || coalesce(caller, 'none') FROM audit.log \
            WHERE table_name = 'orders' AND action = 'update' ORDER BY id";
        let trail = shop.database.psql(trail)?;
        let lines: Vec<_> = trail.lines().collect();
        let by_support =
            format!("a customer's request, 'urgent'|tests/queries/statements.rs:{line}:");
        assert_eq!(lines.first(), Some(&"none|none"), "{mode:?}");
        assert!(
            lines
                .get(1)
                .is_some_and(|line| line.starts_with(&by_support)),
            "{mode:?}: {trail}"
        );
    }
    Ok(())
}

//! Rows with their children: one statement for one row, and one more statement for many.

use freehold::prelude::*;

use crate::TestResult;
use crate::schema::{Address, NewProduct, Order, OrderItem, Product};
use crate::shop::{BOTH, Shop, new_item, new_order};

#[tokio::test]
async fn one_row_is_loaded_with_its_children() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        let order = |id| Order::get(id).with(OrderItem::select(), |item| item.order_id);
        let (found, items) = order(of_a.order.id)
            .fetch_optional(&shop.a())
            .await?
            .ok_or("no order")?;
        assert_eq!(found.id, of_a.order.id, "{mode:?}");
        assert_eq!(items.len(), 1, "{mode:?}");
        assert!(
            order(of_b.order.id)
                .fetch_optional(&shop.a())
                .await?
                .is_none(),
            "{mode:?}"
        );
        let empty = Order::insert(new_order(2, of_a.address.id))
            .fetch_one(&shop.a())
            .await?;
        let (_, items) = order(empty.id)
            .fetch_optional(&shop.a())
            .await?
            .ok_or("no order")?;
        assert_eq!(items.len(), 0, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn filters_and_orders_of_children_apply() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        let products = ["MUG", "POT"].map(|sku| NewProduct {
            sku: sku.to_owned(),
            name: sku.to_owned(),
            price: 1,
        });
        let admin = shop.db.unscoped("fills the catalogue");
        for product in Product::insert_many(products).fetch_all(&admin).await? {
            OrderItem::insert(new_item(of_a.order.id, product.id))
                .execute(&me)
                .await?;
        }
        OrderItem::update_where(|item| item.product_id.ne(of_a.items[0].product_id))
            .set(|item| item.quantity.to(9))
            .execute(&me)
            .await?;
        let many = OrderItem::select()
            .filter(|item| item.quantity.gt(2))
            .order_by(|item| item.product_id.desc());
        let one = Order::get(of_a.order.id).with(many, |item| item.order_id);
        let (_, items) = one.fetch_optional(&me).await?.ok_or("no order")?;
        assert_eq!(items.len(), 2, "{mode:?}");
        assert!(
            items[0].product_id.as_inner() > items[1].product_id.as_inner(),
            "{mode:?}"
        );
        let first = OrderItem::select()
            .order_by(|item| item.quantity.asc())
            .limit(1);
        let one = Order::get(of_a.order.id).with(first, |item| item.order_id);
        let (_, items) = one.fetch_optional(&me).await?.ok_or("no order")?;
        assert_eq!(items.len(), 1, "{mode:?}");
        assert_eq!(items[0].quantity, 2, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn many_rows_are_loaded_with_their_children_at_every_level() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let me = shop.a();
        for number in 2..5 {
            let order = Order::insert(new_order(number, of_a.address.id))
                .fetch_one(&me)
                .await?;
            let item = new_item(order.id, of_a.items[0].product_id);
            OrderItem::insert(item).execute(&me).await?;
        }
        let orders = Order::select()
            .order_by(|order| order.number.asc())
            .with(OrderItem::select(), |item| item.order_id);
        let addresses = Address::select().with(orders, |order| order.address_id);
        let loaded = addresses.fetch_all(&me).await?;
        let [(address, orders)] = loaded.as_slice() else {
            return Err(format!("{mode:?}: {} addresses", loaded.len()).into());
        };
        assert_eq!(address.id, of_a.address.id);
        let numbers: Vec<_> = orders
            .iter()
            .map(|(order, items)| (order.number, items.len()))
            .collect();
        assert_eq!(numbers, [(1, 1), (2, 1), (3, 1), (4, 1)], "{mode:?}");
    }
    Ok(())
}

/// For unscoped work, two users may have rows with the same id. Each child belongs to the parent of its own user.
#[tokio::test]
async fn children_of_the_same_key_belong_to_their_own_parents() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, of_b) = Shop::open(mode).await?;
        Order::insert(new_order(8, of_a.address.id))
            .set(|order| order.id.to(of_b.order.id))
            .execute(&shop.a())
            .await?;
        let admin = shop.db.unscoped("reports");
        let loaded = Order::select()
            .filter(|order| order.id.eq(of_b.order.id))
            .with(OrderItem::select(), |item| item.order_id)
            .fetch_all(&admin)
            .await?;
        for (order, items) in &loaded {
            assert!(
                items.iter().all(|item| item.user_id == order.user_id),
                "{mode:?}"
            );
        }
        let count: usize = loaded.iter().map(|(_, items)| items.len()).sum();
        assert_eq!((loaded.len(), count), (2, 1), "{mode:?}");
    }
    Ok(())
}

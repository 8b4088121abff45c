//! A refusal of the database is an error with the constraint of the model.

use freehold::error::Error;
use freehold::prelude::*;

use crate::TestResult;
use crate::schema::{Address, Order, OrderItem, OrderStatus, User};
use crate::shop::{BOTH, Mode, Shop, new_item, new_order, new_user};

#[tokio::test]
async fn a_duplicate_value_names_its_constraint() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let taken = Order::insert(new_order(1, of_a.address.id))
            .execute(&shop.a())
            .await;
        let Err(Error::Unique {
            table,
            constraint,
            columns,
            ..
        }) = taken
        else {
            return Err(format!("{mode:?}: {taken:?}").into());
        };
        assert_eq!(table, "orders");
        assert_eq!(constraint, "uq_orders_user_id_number");
        assert_eq!(columns, ["user_id", "number"]);
    }
    Ok(())
}

#[tokio::test]
async fn a_reference_to_a_missing_row_names_its_constraint() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let nothing = Uuid::from_u128(0xdead).into();
        let refused = OrderItem::insert(new_item(of_a.order.id, nothing))
            .execute(&shop.a())
            .await;
        let Err(Error::ForeignKey {
            table,
            constraint,
            columns,
            ..
        }) = refused
        else {
            return Err(format!("{mode:?}: {refused:?}").into());
        };
        assert_eq!(table, "order_items");
        assert_eq!(constraint, "fk_order_items_product_id");
        assert_eq!(columns, ["product_id"]);
    }
    Ok(())
}

/// The foreign key belongs to a table that the statement does not name.
#[tokio::test]
async fn a_referenced_row_names_the_constraint_that_keeps_it() -> TestResult {
    let (shop, of_a, _) = Shop::open(Mode::RowSecurity).await?;
    let refused = Address::delete(of_a.address.id).execute(&shop.a()).await;
    let Err(Error::ForeignKey {
        table,
        constraint,
        columns,
        ..
    }) = refused
    else {
        return Err(format!("{refused:?}").into());
    };
    assert_eq!(table, "orders");
    assert_eq!(constraint, "fk_orders_address_id");
    assert_eq!(columns, ["user_id", "address_id"]);
    Ok(())
}

#[tokio::test]
async fn a_violated_check_names_its_constraint() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let refused = OrderItem::update(of_a.items[0].id)
            .set(|item| item.quantity.to(0))
            .execute(&shop.a())
            .await;
        let Err(Error::Check {
            table, constraint, ..
        }) = refused
        else {
            return Err(format!("{mode:?}: {refused:?}").into());
        };
        assert_eq!(
            (table.as_str(), constraint.as_str()),
            ("order_items", "chk_order_items_quantity")
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_forbidden_step_is_refused_with_a_message() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        let refused = Order::update(of_a.order.id)
            .set(|order| order.status.to(OrderStatus::Delivered))
            .execute(&shop.a())
            .await;
        let Err(Error::Refused { table, message, .. }) = refused else {
            return Err(format!("{mode:?}: {refused:?}").into());
        };
        assert_eq!(table, "orders");
        assert!(
            message.contains("pending") && message.contains("delivered"),
            "{message}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_text_that_is_too_long_is_a_value_error() -> TestResult {
    for mode in BOTH {
        let (shop, ..) = Shop::open(mode).await?;
        let long = crate::schema::NewUser {
            name: "x".repeat(101),
            ..new_user(0xc)
        };
        let admin = shop.db.unscoped("adds a user");
        let refused = User::insert(long).execute(&admin).await;
        assert!(
            matches!(refused, Err(Error::Value(_))),
            "{mode:?}: {refused:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_missing_row_is_not_found() -> TestResult {
    for mode in BOTH {
        let (shop, _, of_b) = Shop::open(mode).await?;
        let missing = Order::get(of_b.order.id).fetch_one(&shop.a()).await;
        assert!(
            matches!(missing, Err(Error::NotFound { table: "orders" })),
            "{mode:?}"
        );
    }
    Ok(())
}

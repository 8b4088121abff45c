//! The rows that every database of the shop needs: its products, and a user for demonstrations with an order.

use freehold::prelude::*;
use freehold::seed::{Seed, rows};

use crate::schemas::shop::{
    Address, AddressId, NewAddress, NewOrder, NewOrderItem, NewProduct, NewUser, Order, OrderId,
    OrderItem, OrderItemId, Product, ProductId, SHOP, UserId,
};

/// A key that is fixed here, so that a second run finds the row again.
fn key<K: From<Uuid>>(number: u128) -> K {
    K::from(Uuid::from_u128(number))
}

/// The rows, for `schema seed`.
pub(crate) fn shop() -> Seed {
    let (ada, home, first) = (
        key::<UserId>(0xada),
        key::<AddressId>(0xadd),
        key::<OrderId>(0x0dd),
    );
    let user = NewUser {
        email: "ada@example.com".into(),
        password_hash: "$2b$10$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK".into(),
        name: "Ada Moore".into(),
    };
    let address = NewAddress {
        street: "38 Mill Lane".into(),
        city: "Cambridge".into(),
        postal_code: "58523".into(),
        country: "GB".into(),
    };
    let order = NewOrder {
        number: 1,
        address_id: home,
    };
    Seed::new(&SHOP)
        .without_owner(
            rows([
                product("LAMP-1", 4_900, 0x1),
                product("DESK-1", 29_900, 0x2),
            ])
            .by(|p| p.sku)
            .updating(),
        )
        .of_owner(ada, rows([user]))
        .of_owner(ada, rows([Address::insert(address).set(|a| a.id.to(home))]))
        .of_owner(ada, rows([Order::insert(order).set(|o| o.id.to(first))]))
        .of_owner(ada, rows([item(first, 0x1), item(first, 0x2)]))
}

fn product(sku: &str, price: i64, number: u128) -> freehold::query::Insert<Product> {
    let new = NewProduct {
        sku: sku.into(),
        name: sku.to_lowercase(),
        price,
    };
    Product::insert(new).set(|p| p.id.to(key::<ProductId>(number)))
}

fn item(order: OrderId, number: u128) -> freehold::query::Insert<OrderItem> {
    let new = NewOrderItem {
        order_id: order,
        product_id: key(number),
        quantity: 1,
        unit_price: 4_900,
    };
    OrderItem::insert(new).set(|i| i.id.to(key::<OrderItemId>(number)))
}

//! A small shop as Freehold would have it. It mirrors no SQL: PostgreSQL itself holds the rows of one user apart from another's.
//!
//! The application signs in as `shop_login`, which may do nothing, and begins each transaction with
//! `SET LOCAL ROLE shop_app; SET LOCAL app.user_id = '..'`. Then it has that user's rows and the catalogue. `tests/isolation` tries
//! to get at more.

use freehold::prelude::*;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderItemId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderEventId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStatus {
    Pending,
    Confirmed,
    Shipped,
    Delivered,
    Cancelled,
}

/// People who buy.
// `Debug` is made by the derive, since it must not print the secret.
#[derive(Table, Clone)]
#[table(name = users, owner, audit, active_view = active_users)]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    /// Unique over all users, so whoever signs up learns that an address is taken.
    // One who left and comes back gets the old account, not a second one.
    #[column(
        varchar(255),
        unique,
        check(email.matches(r"^[^@]+@[^@]+\.[^@]+$")),
        allow(soft_delete_unique)
    )]
    pub email: String,
    #[column(secret)]
    pub password_hash: String,
    #[column(varchar(100))]
    pub name: String,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Where a user's orders go.
// With the user in the key, nobody learns from a key whether another user has a row of it.
#[derive(Table, Debug, Clone)]
#[table(name = addresses, scope = user_id, primary_key(user_id, id))]
pub struct Address {
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(default = gen_random_uuid())]
    pub id: AddressId,
    #[column(varchar(200))]
    pub street: String,
    #[column(varchar(100))]
    pub city: String,
    #[column(varchar(20))]
    pub postal_code: String,
    #[column(char(2))]
    pub country: String,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// What the shop sells. Every user sees it, and none changes it.
#[derive(Table, Debug, Clone)]
#[table(name = products, shared, search(name = a, description = b))]
pub struct Product {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ProductId,
    #[column(varchar(50), unique)]
    pub sku: String,
    #[column(varchar(200))]
    pub name: String,
    pub description: Option<String>,
    /// In cents.
    #[column(check(price >= 0))]
    pub price: i64,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// What a user ordered.
#[derive(Table, Debug, Clone)]
#[table(
    name = orders, scope = user_id, audit,
    primary_key(user_id, id), unique(user_id, number), index(user_id, status), index(user_id, address_id)
)]
pub struct Order {
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(default = gen_random_uuid())]
    pub id: OrderId,
    /// Counted for each user.
    #[column(immutable, check(number > 0))]
    pub number: i32,
    #[column(
        default = OrderStatus::Pending,
        transitions(=> pending; pending => confirmed, cancelled; confirmed => shipped, cancelled; shipped => delivered)
    )]
    pub status: OrderStatus,
    // The foreign key becomes `(user_id, address_id)`: it cannot lead to another user's address.
    #[column(references = Address::id, on_delete = restrict)]
    pub address_id: AddressId,
    pub note: Option<String>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// A product in an order, once.
#[derive(Table, Debug, Clone)]
#[table(name = order_items, scope = user_id, primary_key(user_id, id))]
#[table(unique(user_id, order_id, product_id))]
pub struct OrderItem {
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(default = gen_random_uuid())]
    pub id: OrderItemId,
    #[column(references = Order::id, on_delete = cascade)]
    pub order_id: OrderId,
    #[column(index, references = Product::id, on_delete = restrict)]
    pub product_id: ProductId,
    #[column(check(quantity > 0))]
    pub quantity: i32,
    /// In cents, as it was when the order was made.
    #[column(immutable, check(unit_price >= 0))]
    pub unit_price: i64,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// What happened to an order. A partition holds a month.
// It is written once, so there is no `updated_at`; the month is to choose the partition, so `created_at` is part of the key.
#[derive(Table, Debug, Clone)]
#[table(name = order_events, scope = user_id, primary_key(user_id, id, created_at))]
#[table(partition_by = range(created_at))]
#[table(partition(name = order_events_2026_01, from = "2026-01-01 00:00:00+00", to = "2026-02-01 00:00:00+00"))]
#[table(partition(name = order_events_default, default))]
#[table(monthly_partitions(function = create_order_event_partitions, ahead = 3))]
#[table(index(user_id, order_id, created_at.desc()))]
#[table(allow(timestamps))]
pub struct OrderEvent {
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(default = gen_random_uuid())]
    pub id: OrderEventId,
    #[column(references = Order::id, on_delete = cascade)]
    pub order_id: OrderId,
    pub status: OrderStatus,
    pub note: Option<String>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

/// Orders with the number of their items and their total in cents.
#[derive(View, Debug, Clone)]
#[view(
    name = order_summaries,
    scope = user_id,
    query = "SELECT o.user_id, o.id, o.number, o.status, count(i.id) AS items, coalesce(sum(i.quantity * i.unit_price), 0)::bigint AS total
FROM orders AS o
LEFT JOIN order_items AS i ON i.user_id = o.user_id AND i.order_id = o.id
GROUP BY o.user_id, o.id"
)]
pub struct OrderSummary {
    pub user_id: UserId,
    pub id: OrderId,
    pub number: i32,
    pub status: OrderStatus,
    pub items: i64,
    pub total: i64,
}

/// The total of an order in cents; of another user's order it is 0, as of one that is not there.
#[derive(Function)]
#[function(
    name = order_total,
    returns = i64,
    language = sql,
    volatility = stable,
    search_path = "public, pg_temp",
    body = "SELECT coalesce(sum(quantity * unit_price), 0)::bigint FROM order_items WHERE order_id = wanted"
)]
pub struct OrderTotal {
    pub wanted: OrderId,
}

schema!(
    pub SHOP = [User, Address, Product, Order, OrderItem, OrderEvent],
    views(OrderSummary),
    functions(OrderTotal),
    isolation(role = shop_app, owner = shop_owner, login = shop_login, admin = shop_admin)
);

//! A small shop that uses row-level security: PostgreSQL itself keeps the rows of users apart.
//!
//! The application signs in as `shop_login`, which has no rights of its own. It begins each transaction with
//! `SET LOCAL ROLE shop_app; SET LOCAL app.user_id = '..'`. It then reaches the rows of that user, and the shared
//! products. `tests/isolation` tries to reach more.

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
// The derive implements `Debug` here, because the output must not contain the secret.
#[derive(Table, Clone)]
#[table(name = users, owner, audit, active_view = active_users, volume(rows = 10_000, per_day = 50))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    /// Unique over all users, so a user who signs up learns that an address is taken.
    // A user who leaves and comes back gets the old account again, not a second one.
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
// The key starts with the user. So a duplicate key cannot reveal that another user has a row with the same `id`.
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

/// The products of the shop. Every user can read them, and no user can change them.
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
    primary_key(user_id, id), unique(user_id, number), index(user_id, status), index(user_id, address_id),
    volume(rows = 1_000_000, per_day = 2_000)
)]
pub struct Order {
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(default = gen_random_uuid())]
    pub id: OrderId,
    /// Each user's orders are numbered separately.
    #[column(immutable, check(number > 0))]
    pub number: i32,
    #[column(
        default = OrderStatus::Pending,
        transitions(=> pending; pending => confirmed, cancelled; confirmed => shipped, cancelled; shipped => delivered)
    )]
    pub status: OrderStatus,
    // The foreign key becomes `(user_id, address_id)`, so it cannot refer to another user's address.
    #[column(references = Address::id, on_delete = restrict)]
    pub address_id: AddressId,
    pub note: Option<String>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// A product in an order. Each product appears at most once in an order.
#[derive(Table, Debug, Clone)]
#[table(name = order_items, scope = user_id, primary_key(user_id, id))]
#[table(unique(user_id, order_id, product_id))]
#[table(volume(rows = 3_000_000, per_day = 6_000))]
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
    /// In cents, at the time of the order.
    #[column(immutable, check(unit_price >= 0))]
    pub unit_price: i64,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// What happened to an order. Each partition holds one month.
// A row is never changed, so there is no `updated_at`. The key must contain the partition key `created_at`.
#[derive(Table, Debug, Clone)]
#[table(name = order_events, scope = user_id, primary_key(user_id, id, created_at))]
#[table(partition_by = range(created_at))]
#[table(partition(name = order_events_2026_01, from = "2026-01-01 00:00:00+00", to = "2026-02-01 00:00:00+00"))]
#[table(partition(name = order_events_default, default))]
#[table(monthly_partitions(function = create_order_event_partitions, ahead = 3))]
#[table(index(user_id, order_id, created_at.desc()))]
#[table(volume(rows = 4_000_000, per_day = 8_000, width(note = 60)))]
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

/// The total of an order in cents. It is 0 for an order that does not exist or belongs to another user.
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

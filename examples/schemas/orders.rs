//! The orders of a shop: their items, where they are sent, and the history of their status.

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentMethodId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderItemId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderStatusHistoryId(Uuid);

// Stored as text with a check constraint: a new status changes the check, not the type.
#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStatus {
    Pending,
    Processing,
    Shipped,
    Delivered,
    Cancelled,
}

// Orders refer to the next four tables. Here these have only their keys.

#[derive(Table, Debug, Clone)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
}

#[derive(Table, Debug, Clone)]
#[table(name = addresses, shared, allow(timestamps))]
pub struct Address {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: AddressId,
}

#[derive(Table, Debug, Clone)]
#[table(name = payment_methods, shared, allow(timestamps))]
pub struct PaymentMethod {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: PaymentMethodId,
}

#[derive(Table, Debug, Clone)]
#[table(name = products, shared, allow(timestamps))]
pub struct Product {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ProductId,
}

#[derive(Table, Debug, Clone)]
#[table(name = orders, scope = user_id, volume(rows = 10_000_000, per_day = 10_000))]
#[table(index(user_id, status, name = idx_orders_user_status))]
#[table(policy(
    name = orders_select_policy,
    for = select,
    using(
        user_id == current_setting("app.user_id") as uuid
            || current_setting("app.role") == "admin"
    )
))]
// `idx_orders_user_id` is a prefix of `idx_orders_user_status`.
#[table(allow(redundant_index))]
pub struct Order {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderId,
    #[column(index, references = User::id, on_delete = restrict)]
    pub user_id: UserId,
    #[column(varchar(20), index, default = OrderStatus::Pending)]
    pub status: OrderStatus,
    #[column(numeric(10, 2), check(total_amount >= 0))]
    pub total_amount: Decimal,
    #[column(references = Address::id, on_delete = restrict, allow(unindexed_foreign_key))]
    pub shipping_address_id: AddressId,
    #[column(references = PaymentMethod::id, on_delete = restrict, allow(unindexed_foreign_key))]
    pub payment_method_id: PaymentMethodId,
    #[column(varchar(50))]
    pub tracking_number: Option<String>,
    pub estimated_delivery: Option<NaiveDate>,
    #[column(index(desc), created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = order_items, scope(through = order_id), allow(timestamps))]
#[table(volume(rows = 30_000_000, per_day = 30_000))]
pub struct OrderItem {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderItemId,
    #[column(index, references = Order::id, on_delete = cascade)]
    pub order_id: OrderId,
    #[column(index, references = Product::id, on_delete = restrict)]
    pub product_id: ProductId,
    #[column(check(quantity > 0))]
    pub quantity: i32,
    #[column(numeric(10, 2), check(price >= 0))]
    pub price: Decimal,
}

// A row of the history is never changed, so there is no `updated_at`.
#[derive(Table, Debug, Clone)]
#[table(name = order_status_history, scope(through = order_id), allow(timestamps))]
#[table(volume(rows = 40_000_000, per_day = 40_000))]
pub struct OrderStatusHistory {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderStatusHistoryId,
    #[column(index, references = Order::id, on_delete = cascade)]
    pub order_id: OrderId,
    // Without a check constraint: old rows may have a status that no longer exists.
    #[column(varchar(20))]
    pub status: String,
    #[column(references = User::id, on_delete = restrict, allow(unindexed_foreign_key))]
    pub changed_by: UserId,
    #[column(index(desc), created_at)]
    pub created_at: DateTime<Utc>,
}

// Each order, with the number of its items.
#[derive(View, Debug, Clone)]
#[view(name = v_order_summary, scope = user_id)]
#[view(query = "
    SELECT o.id, o.user_id, o.status, o.total_amount, o.created_at, COUNT(oi.id) AS item_count
    FROM orders o
    LEFT JOIN order_items oi ON o.id = oi.order_id
    GROUP BY o.id, o.user_id, o.status, o.total_amount, o.created_at
")]
pub struct OrderSummary {
    pub id: OrderId,
    pub user_id: UserId,
    pub status: OrderStatus,
    pub total_amount: Decimal,
    pub created_at: DateTime<Utc>,
    pub item_count: i64,
}

// Creates an order with all its items in one call.
#[derive(Function, Debug, Clone)]
#[function(name = sp_create_order, returns = Uuid, language = plpgsql)]
#[function(body_file = "examples/schemas/sql/sp_create_order.sql")]
pub struct CreateOrder {
    pub p_user_id: UserId,
    pub p_shipping_address_id: AddressId,
    pub p_payment_method_id: PaymentMethodId,
    pub p_items: Value,
}

schema!(
    pub ORDERS = [User, Address, PaymentMethod, Product, Order, OrderItem, OrderStatusHistory],
    views(OrderSummary),
    functions(CreateOrder),
    isolation = predicate,
    updated_at(function = trigger_set_updated_at)
);

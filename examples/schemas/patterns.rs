//! Common PostgreSQL patterns: users, orders, soft deletion, settings in JSON, an audit log.

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;
use std::net::IpAddr;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderItemId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettingId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditLogId(Uuid);

#[derive(Table, Debug, Clone)]
#[table(name = users, owner)]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(varchar(255), unique)]
    pub email: String,
    #[column(varchar(255))]
    pub password_hash: String,
    #[column(varchar(255))]
    pub full_name: String,
    pub avatar_url: Option<String>,
    #[column(varchar(50), default = "user")]
    pub role: String,
    #[column(default = true)]
    pub is_active: bool,
    pub email_verified_at: Option<DateTime<Utc>>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = orders, scope = user_id)]
pub struct Order {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderId,
    #[column(index, references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(varchar(50), index, default = "pending")]
    pub status: String,
    #[column(numeric(10, 2))]
    pub total_amount: Decimal,
    #[column(index(desc), created_at)]
    pub created_at: DateTime<Utc>,
    // Set by the application: only `users` has a trigger.
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = products, shared, allow(timestamps))]
pub struct Product {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ProductId,
    #[column(varchar(255))]
    pub name: String,
    #[column(numeric(10, 2))]
    pub price: Decimal,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = order_items, scope(through = order_id))]
#[table(unique(order_id, product_id))]
// `idx_order_items_order_id` is a prefix of the index of the unique constraint.
#[table(allow(timestamps, redundant_index))]
pub struct OrderItem {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderItemId,
    #[column(index, references = Order::id, on_delete = cascade)]
    pub order_id: OrderId,
    #[column(index, references = Product::id, on_delete = restrict)]
    pub product_id: ProductId,
    #[column(check(quantity > 0))]
    pub quantity: i32,
    #[column(numeric(10, 2))]
    pub unit_price: Decimal,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

// Soft deletion: the row stays, `deleted_at` records when it was deleted, and the index holds only live rows.
#[derive(Table, Debug, Clone)]
#[table(name = resources, shared, allow(timestamps))]
pub struct Resource {
    #[column(
        primary_key,
        index(name = idx_resources_active, where = deleted_at.is_null()),
        default = gen_random_uuid()
    )]
    pub id: ResourceId,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

// Preferences of any shape in one column. The GIN index finds rows by what the value contains.
#[derive(Table, Debug, Clone)]
#[table(name = settings, scope = user_id, allow(timestamps))]
pub struct Setting {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: SettingId,
    #[column(references = User::id, on_delete = cascade, allow(unindexed_scope))]
    pub user_id: UserId,
    #[column(index(using = gin), default = "{}")]
    pub preferences: Value,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

// Who changed which row of which table, and how. An entry may have no user, and is never changed.
#[derive(Table, Debug, Clone)]
#[table(name = audit_log, shared)]
#[table(index(table_name, record_id, name = idx_audit_log_table_record))]
#[table(allow(timestamps))]
pub struct AuditLog {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: AuditLogId,
    #[column(varchar(100))]
    pub table_name: String,
    pub record_id: Uuid,
    #[column(varchar(20))]
    pub action: String,
    pub old_data: Option<Value>,
    pub new_data: Option<Value>,
    #[column(
        references = User::id,
        on_delete = no_action,
        allow(unindexed_foreign_key, unscoped_reference)
    )]
    pub user_id: Option<UserId>,
    pub ip_address: Option<IpAddr>,
    #[column(index(desc), created_at)]
    pub created_at: DateTime<Utc>,
}

schema!(
    pub PATTERNS = [User, Order, Product, OrderItem, Resource, Setting, AuditLog],
    isolation = predicate,
    updated_at(function = update_updated_at)
);

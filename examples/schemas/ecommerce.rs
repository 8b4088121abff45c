//! A whole shop: users, orders, payments, shipments, stock and an audit log. Amounts are whole cents.
//!
//! The SQL has no triggers: the application sets every `updated_at`.

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserAddressId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserPaymentMethodId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderItemId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShipmentId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct InventoryId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct InventoryTransactionId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditLogId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = user_role)]
pub enum UserRole {
    Admin,
    Manager,
    Employee,
    Customer,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = address_type)]
pub enum AddressType {
    Shipping,
    Billing,
    Return,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = order_status)]
pub enum OrderStatus {
    Pending,
    Confirmed,
    Shipped,
    Delivered,
    Cancelled,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = payment_status)]
pub enum PaymentStatus {
    Pending,
    Succeeded,
    Failed,
    Refunded,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = carrier)]
pub enum Carrier {
    Usps,
    Fedex,
    Ups,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = transaction_type)]
pub enum TransactionType {
    Purchase,
    Sale,
    Adjustment,
    CountVariance,
    Return,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = audit_entity_type)]
pub enum AuditEntityType {
    User,
    Order,
    Payment,
    Product,
    Inventory,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = audit_action)]
pub enum AuditAction {
    Create,
    Update,
    Delete,
    View,
    Export,
}

#[derive(Table, Debug, Clone)]
#[table(active_view)]
#[table(name = users, owner)]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(
        varchar(255),
        unique,
        check(email.matches(r"^[^@]+@[^@]+\.[^@]+$")),
        allow(soft_delete_unique)
    )]
    pub email: String,
    #[column(varchar(255), check(length(password_hash) >= 60))]
    pub password_hash: String,
    #[column(varchar(100))]
    pub first_name: String,
    #[column(varchar(100))]
    pub last_name: String,
    #[column(varchar(20))]
    pub phone: Option<String>,
    #[column(index(name = users_role), default = UserRole::Customer)]
    pub role: UserRole,
    #[column(default = false)]
    pub email_verified: bool,
    #[column(index(name = users_created_at), check(created_at <= now()), created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table, Debug, Clone)]
#[table(name = user_addresses, scope = user_id)]
pub struct UserAddress {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserAddressId,
    #[column(index(name = user_addresses_user_id), references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub r#type: AddressType,
    #[column(varchar(255))]
    pub line1: String,
    #[column(varchar(255))]
    pub line2: Option<String>,
    #[column(varchar(100))]
    pub city: String,
    #[column(varchar(50))]
    pub state: String,
    #[column(varchar(100))]
    pub country: String,
    #[column(varchar(20))]
    pub postal_code: String,
    #[column(index(name = user_addresses_is_default), default = false)]
    pub is_default: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = user_payment_methods, scope = user_id)]
#[table(unique(user_id, stripe_payment_method_id))]
// `user_payment_methods_user_id` is a prefix of the index of the unique constraint.
// A deleted payment method keeps its number at the payment provider. The provider never gives a number twice.
#[table(allow(redundant_index, soft_delete_unique))]
pub struct UserPaymentMethod {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserPaymentMethodId,
    #[column(
        index(name = user_payment_methods_user_id),
        references = User::id,
        on_delete = cascade
    )]
    pub user_id: UserId,
    #[column(unique, allow(unique_across_scopes))]
    pub stripe_payment_method_id: String,
    #[column(varchar(4))]
    pub card_last4: String,
    #[column(varchar(50))]
    pub card_brand: String,
    #[column(check(exp_month.between(1, 12)))]
    pub exp_month: i32,
    pub exp_year: i32,
    #[column(index(name = user_payment_methods_is_default), default = false)]
    pub is_default: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table, Debug, Clone)]
#[table(name = orders, scope = customer_id)]
#[table(index(customer_id, created_at, name = orders_customer_created))]
#[table(check(total == subtotal + shipping_cost + tax))]
#[table(check(shipped_at.is_null() || shipped_at >= created_at))]
#[table(check(delivered_at.is_null() || delivered_at >= shipped_at))]
#[table(check(cancelled_at.is_null() || cancelled_at >= created_at))]
#[table(check(!(delivered_at.is_not_null() && cancelled_at.is_not_null())))]
pub struct Order {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderId,
    #[column(
        index(name = orders_active, where = deleted_at.is_null()),
        references = User::id,
        on_delete = restrict
    )]
    pub customer_id: UserId,
    // The order number that the customer sees. No two orders share it, not even a deleted one.
    #[column(varchar(50), unique, allow(soft_delete_unique, unique_across_scopes))]
    pub order_number: String,
    #[column(index(name = orders_status), default = OrderStatus::Pending)]
    pub status: OrderStatus,
    #[column(check(subtotal > 0))]
    pub subtotal: i64,
    #[column(default = 0, check(shipping_cost >= 0))]
    pub shipping_cost: i64,
    #[column(default = 0, check(tax >= 0))]
    pub tax: i64,
    #[column(check(total > 0))]
    pub total: i64,
    #[column(
        references = UserAddress::id,
        on_delete = restrict,
        allow(single_column_reference, unindexed_foreign_key)
    )]
    pub shipping_address_id: UserAddressId,
    #[column(
        references = UserAddress::id,
        on_delete = restrict,
        allow(single_column_reference, unindexed_foreign_key)
    )]
    pub billing_address_id: UserAddressId,
    #[column(check(created_at <= now()), created_at)]
    pub created_at: DateTime<Utc>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table, Debug, Clone)]
#[table(name = products, shared)]
pub struct Product {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ProductId,
    #[column(unique)]
    pub sku: String,
    pub name: String,
    pub description: Option<String>,
    #[column(varchar(100), index(name = products_category))]
    pub category: String,
    pub price: i64,
    pub cost: Option<i64>,
    pub image_url: Option<String>,
    #[column(index(name = products_is_active), default = true)]
    pub is_active: bool,
    #[column(index(name = products_created_at), created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = order_items, scope(through = order_id))]
#[table(unique(order_id, product_id))]
// `order_items_order_id` is a prefix of the index of the unique constraint.
#[table(allow(timestamps, redundant_index))]
pub struct OrderItem {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderItemId,
    #[column(index(name = order_items_order_id), references = Order::id, on_delete = cascade)]
    pub order_id: OrderId,
    #[column(index(name = order_items_product_id), references = Product::id, on_delete = restrict)]
    pub product_id: ProductId,
    #[column(check(quantity > 0))]
    pub quantity: i32,
    #[column(check(unit_price > 0))]
    pub unit_price: i64,
    #[column(check(line_total > 0))]
    pub line_total: i64,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = payments, scope(through = order_id))]
// An order may have many attempts to pay, and one success per payment method.
#[table(unique(
    order_id,
    payment_method_id,
    name = payments_one_success,
    where = status == PaymentStatus::Succeeded
))]
#[table(index(order_id, status, name = payments_order_status))]
#[table(index(status, created_at, name = payments_status_created))]
#[table(allow(timestamps))]
pub struct Payment {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: PaymentId,
    #[column(references = Order::id, on_delete = restrict)]
    pub order_id: OrderId,
    #[column(
        references = UserPaymentMethod::id,
        on_delete = restrict,
        allow(single_column_reference, unindexed_foreign_key)
    )]
    pub payment_method_id: UserPaymentMethodId,
    #[column(check(amount > 0), check(amount <= 99999999))]
    pub amount: i64,
    #[column(default = PaymentStatus::Pending)]
    pub status: PaymentStatus,
    // Given by the payment provider, unique over all users.
    #[column(varchar(100), unique, allow(unique_across_scopes))]
    pub stripe_charge_id: Option<String>,
    pub failure_reason: Option<String>,
    #[column(default = now())]
    pub attempted_at: DateTime<Utc>,
    #[column(check(created_at <= now()), created_at)]
    pub created_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = shipments, scope(through = order_id), allow(timestamps))]
pub struct Shipment {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ShipmentId,
    #[column(unique, references = Order::id, on_delete = restrict)]
    pub order_id: OrderId,
    pub carrier: Carrier,
    // Given by the carrier, unique over all users.
    #[column(varchar(100), unique, allow(unique_across_scopes))]
    pub tracking_number: String,
    pub label_url: String,
    pub estimated_delivery: Option<DateTime<Utc>>,
    #[column(default = now())]
    pub shipped_at: DateTime<Utc>,
    pub delivered_at: Option<DateTime<Utc>>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = inventory, shared, allow(timestamps))]
pub struct Inventory {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: InventoryId,
    #[column(unique, references = Product::id, on_delete = restrict)]
    pub product_id: ProductId,
    #[column(check(quantity_on_hand >= 0))]
    pub quantity_on_hand: i32,
    #[column(default = 0, check(quantity_reserved >= 0))]
    pub quantity_reserved: i32,
    #[column(
        index(name = inventory_quantity_available),
        generated = quantity_on_hand - quantity_reserved
    )]
    pub quantity_available: i32,
    #[column(check(reorder_point > 0))]
    pub reorder_point: i32,
    pub warehouse_location: Option<String>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
    pub last_counted_at: Option<DateTime<Utc>>,
}

#[derive(Table, Debug, Clone)]
#[table(name = inventory_transactions, shared, allow(timestamps))]
pub struct InventoryTransaction {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: InventoryTransactionId,
    #[column(
        index(name = inventory_transactions_product_id),
        references = Product::id,
        on_delete = restrict
    )]
    pub product_id: ProductId,
    #[column(
        index(name = inventory_transactions_order_id),
        references = Order::id,
        on_delete = restrict,
        allow(unscoped_reference)
    )]
    pub order_id: Option<OrderId>,
    #[column(index(name = inventory_transactions_type))]
    pub r#type: TransactionType,
    pub quantity_change: i32,
    pub notes: Option<String>,
    // The user who counted or booked the stock. The stock itself has no owner.
    #[column(
        references = User::id,
        on_delete = restrict,
        allow(unindexed_foreign_key, unscoped_reference)
    )]
    pub created_by: UserId,
    #[column(index(name = inventory_transactions_created_at), created_at)]
    pub created_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = audit_logs, shared, partition_by = range(created_at))]
#[table(partition(name = audit_logs_2024_01, from = "2024-01-01 00:00:00+00", to = "2024-02-01 00:00:00+00"))]
// The table is partitioned by month, so the key must contain `created_at`.
#[table(primary_key(id, created_at))]
#[table(index(user_id, created_at, name = audit_logs_user_created))]
#[table(index(entity_type, entity_id, created_at, name = audit_logs_entity_created))]
#[table(allow(timestamps))]
pub struct AuditLog {
    #[column(default = gen_random_uuid())]
    pub id: AuditLogId,
    #[column(references = User::id, on_delete = restrict, allow(unscoped_reference))]
    pub user_id: Option<UserId>,
    pub entity_type: AuditEntityType,
    pub entity_id: Uuid,
    pub action: AuditAction,
    pub old_values: Option<Value>,
    pub new_values: Option<Value>,
    #[column(varchar(45))]
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

schema!(
    pub ECOMMERCE = [
        User,
        UserAddress,
        UserPaymentMethod,
        Order,
        Product,
        OrderItem,
        Payment,
        Shipment,
        Inventory,
        InventoryTransaction,
        AuditLog,
    ],
    isolation = predicate
);

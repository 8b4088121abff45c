//! A storefront: customers, a searchable catalogue, orders with their amounts, an audit log.
//!
//! Few columns of its SQL are `NOT NULL`. So many fields are an `Option`, and no table can declare the user who owns
//! its rows.

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;
use std::net::IpAddr;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderItemId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStatus {
    Pending,
    Processing,
    Shipped,
    Delivered,
    Cancelled,
    Refunded,
}

#[derive(Table, Debug, Clone)]
#[table(name = users, owner)]
// `idx_users_email` duplicates the index of the unique constraint.
#[table(allow(redundant_index))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(
        varchar(255),
        unique,
        index,
        check(chk_email_format: email.matches_ignore_case(r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$")),
        allow(soft_delete_unique)
    )]
    pub email: String,
    #[column(varchar(255))]
    pub password_hash: String,
    #[column(varchar(100))]
    pub name: Option<String>,
    #[column(varchar(20))]
    pub phone: Option<String>,
    #[column(default = false)]
    pub email_verified: Option<bool>,
    #[column(varchar(20), index(where = deleted_at.is_null()), default = "active")]
    pub status: Option<String>,
    pub last_login: Option<NaiveDateTime>,
    #[column(index, created_at)]
    pub created_at: Option<NaiveDateTime>,
    #[column(updated_at)]
    pub updated_at: Option<NaiveDateTime>,
    #[column(deleted_at)]
    pub deleted_at: Option<NaiveDateTime>,
}

#[derive(Table, Debug, Clone)]
#[table(name = categories, shared, allow(timestamps))]
pub struct Category {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: CategoryId,
}

#[derive(Table, Debug, Clone)]
#[table(name = addresses, shared, allow(timestamps))]
pub struct Address {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: AddressId,
}

#[derive(Table, Debug, Clone)]
#[table(name = products, shared)]
// `idx_products_sku` duplicates the index of the unique constraint.
#[table(allow(redundant_index))]
pub struct Product {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ProductId,
    #[column(varchar(50), unique, index)]
    pub sku: String,
    #[column(varchar(255))]
    pub name: String,
    pub description: Option<String>,
    #[column(
        index(name = idx_products_category),
        references = Category::id,
        on_delete = no_action
    )]
    pub category_id: Option<CategoryId>,
    #[column(numeric(10, 2), index, check(price >= 0))]
    pub price: Decimal,
    #[column(numeric(10, 2), check(cost >= 0))]
    pub cost: Option<Decimal>,
    #[column(default = 0, check(stock_quantity >= 0))]
    pub stock_quantity: Option<i32>,
    #[column(default = 10)]
    pub low_stock_threshold: Option<i32>,
    #[column(numeric(8, 3))]
    pub weight_kg: Option<Decimal>,
    pub dimensions_cm: Option<Value>,
    #[column(default = "[]")]
    pub images: Option<Value>,
    #[column(index(using = gin))]
    pub tags: Option<Vec<String>>,
    #[column(index(name = idx_products_active, where = is_active == true), default = true)]
    pub is_active: Option<bool>,
    #[column(created_at)]
    pub created_at: Option<NaiveDateTime>,
    #[column(updated_at = application)]
    pub updated_at: Option<NaiveDateTime>,
    #[column(index(name = idx_products_search, using = gin))]
    pub search_vector: Option<TsVector>,
}

#[derive(Table, Debug, Clone)]
// `user_id` is nullable in this schema. An order may have no owner, so the table cannot be scoped by it.
#[table(name = orders, shared)]
#[table(check(
    chk_order_amounts: total_amount == subtotal + tax_amount + shipping_amount - discount_amount
))]
#[table(policy(
    name = orders_user_policy,
    to = app_write,
    using(user_id == current_setting("app.current_user_id") as uuid)
))]
// `idx_orders_number` duplicates the index of the unique constraint. `app_admin` has all rights, also `TRUNCATE`.
#[table(allow(redundant_index, granted_truncate))]
pub struct Order {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderId,
    #[column(varchar(20), unique, index(name = idx_orders_number))]
    pub order_number: String,
    #[column(
        index(name = idx_orders_user),
        references = User::id,
        on_delete = restrict,
        allow(unscoped_reference)
    )]
    pub user_id: Option<UserId>,
    #[column(varchar(20), index, default = OrderStatus::Pending)]
    pub status: OrderStatus,
    #[column(numeric(10, 2))]
    pub subtotal: Decimal,
    #[column(numeric(10, 2), default = 0)]
    pub tax_amount: Option<Decimal>,
    #[column(numeric(10, 2), default = 0)]
    pub shipping_amount: Option<Decimal>,
    #[column(numeric(10, 2), default = 0)]
    pub discount_amount: Option<Decimal>,
    #[column(numeric(10, 2))]
    pub total_amount: Decimal,
    #[column(varchar(3), default = "USD")]
    pub currency: Option<String>,
    #[column(references = Address::id, on_delete = no_action, allow(unindexed_foreign_key))]
    pub shipping_address_id: Option<AddressId>,
    #[column(references = Address::id, on_delete = no_action, allow(unindexed_foreign_key))]
    pub billing_address_id: Option<AddressId>,
    pub notes: Option<String>,
    #[column(default = "{}")]
    pub metadata: Option<Value>,
    #[column(index(desc), created_at)]
    pub created_at: Option<NaiveDateTime>,
    #[column(updated_at = application)]
    pub updated_at: Option<NaiveDateTime>,
    pub completed_at: Option<NaiveDateTime>,
}

#[derive(Table, Debug, Clone)]
// `order_id` is nullable too, so an item cannot be scoped through its order.
#[table(name = order_items, shared)]
#[table(check(
    chk_item_amounts: total_amount == (unit_price * quantity) - discount_amount + tax_amount
))]
#[table(allow(timestamps))]
pub struct OrderItem {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderItemId,
    #[column(index(name = idx_order_items_order), references = Order::id, on_delete = cascade)]
    pub order_id: Option<OrderId>,
    #[column(
        index(name = idx_order_items_product),
        references = Product::id,
        on_delete = no_action
    )]
    pub product_id: Option<ProductId>,
    #[column(check(quantity > 0))]
    pub quantity: i32,
    #[column(numeric(10, 2))]
    pub unit_price: Decimal,
    #[column(numeric(10, 2), default = 0)]
    pub discount_amount: Option<Decimal>,
    #[column(numeric(10, 2), default = 0)]
    pub tax_amount: Option<Decimal>,
    #[column(numeric(10, 2))]
    pub total_amount: Decimal,
    #[column(default = "{}")]
    pub metadata: Option<Value>,
}

#[derive(Table, Debug, Clone)]
#[table(name = audit_log, shared, partition_by = range(created_at))]
#[table(partition(name = audit_log_2025_01, from = "2025-01-01", to = "2025-02-01"))]
// The table is partitioned by month, so the key must contain `created_at`.
#[table(primary_key(id, created_at))]
#[table(index(table_name, record_id, name = idx_audit_table_record))]
#[table(allow(timestamps, uuid_key))]
pub struct AuditLog {
    #[column(serial)]
    pub id: i64,
    #[column(varchar(50))]
    pub table_name: String,
    pub record_id: Uuid,
    #[column(varchar(10), index(name = idx_audit_action))]
    pub action: String,
    #[column(
        index(name = idx_audit_user),
        references = User::id,
        on_delete = no_action,
        allow(unscoped_reference)
    )]
    pub user_id: Option<UserId>,
    pub old_values: Option<Value>,
    pub new_values: Option<Value>,
    pub changed_fields: Option<Vec<String>>,
    pub ip_address: Option<IpAddr>,
    pub user_agent: Option<String>,
    #[column(index(desc, name = idx_audit_created), created_at)]
    pub created_at: NaiveDateTime,
}

#[derive(View, Debug, Clone)]
#[view(name = v_user_order_summary, scope = user_id)]
#[view(query = "
    SELECT u.id as user_id, u.email, u.name, COUNT(DISTINCT o.id) as total_orders, SUM(o.total_amount) as lifetime_value,
           AVG(o.total_amount) as avg_order_value, MAX(o.created_at) as last_order_date
    FROM users u LEFT JOIN orders o ON u.id = o.user_id
    WHERE u.deleted_at IS NULL
    GROUP BY u.id, u.email, u.name
")]
pub struct UserOrderSummary {
    pub user_id: UserId,
    pub email: String,
    pub name: Option<String>,
    pub total_orders: i64,
    pub lifetime_value: Option<Decimal>,
    pub avg_order_value: Option<Decimal>,
    pub last_order_date: Option<NaiveDateTime>,
}

#[derive(View, Debug, Clone)]
#[view(name = mv_product_performance, shared, materialized)]
#[view(index(product_id, name = mv_product_performance_product_id_idx))]
#[view(query = "
    SELECT p.id as product_id, p.sku, p.name, COUNT(DISTINCT oi.order_id) as times_ordered, SUM(oi.quantity) as total_quantity_sold,
           SUM(oi.total_amount) as total_revenue, AVG(oi.unit_price) as avg_selling_price, p.stock_quantity as current_stock
    FROM products p LEFT JOIN order_items oi ON p.id = oi.product_id LEFT JOIN orders o ON oi.order_id = o.id
    WHERE o.status NOT IN ('cancelled', 'refunded')
    GROUP BY p.id, p.sku, p.name, p.stock_quantity
")]
pub struct ProductPerformance {
    pub product_id: ProductId,
    pub sku: String,
    pub name: String,
    pub times_ordered: i64,
    pub total_quantity_sold: Option<i64>,
    pub total_revenue: Option<Decimal>,
    pub avg_selling_price: Option<Decimal>,
    pub current_stock: Option<i32>,
}

#[derive(Function, Debug, Clone)]
#[function(name = generate_order_number, returns = String as varchar, language = plpgsql)]
#[function(body = "
DECLARE
    order_num VARCHAR;
BEGIN
    order_num := 'ORD-' || TO_CHAR(CURRENT_DATE, 'YYMMDD') || '-' || LPAD(NEXTVAL('order_number_seq')::TEXT, 6, '0');
    RETURN order_num;
END;
")]
pub struct GenerateOrderNumber {}

#[derive(Function, Debug, Clone)]
#[function(name = calculate_order_total, returns = Decimal, language = plpgsql)]
#[function(body = "
DECLARE
    total DECIMAL;
BEGIN
    SELECT SUM(total_amount) INTO total FROM order_items WHERE order_id = order_id_param;
    RETURN COALESCE(total, 0);
END;
")]
pub struct CalculateOrderTotal {
    pub order_id_param: OrderId,
}

#[derive(Procedure, Debug, Clone)]
#[procedure(name = process_order, out(success: bool, message: String), language = plpgsql)]
#[procedure(body_file = "examples/schemas/sql/process_order.sql")]
pub struct ProcessOrder {
    pub order_id_param: OrderId,
}

schema!(
    pub STOREFRONT = [User, Category, Address, Product, Order, OrderItem, AuditLog],
    views(UserOrderSummary, ProductPerformance),
    functions(GenerateOrderNumber, CalculateOrderTotal, ProcessOrder),
    sequence(order_number_seq),
    extension(pgcrypto),
    role(app_read),
    role(app_write),
    role(app_admin),
    grant(select, on = all_tables, to = app_read),
    grant(select, insert, update, on = all_tables, to = app_write),
    grant(all, on = all_tables, to = app_admin),
    isolation = predicate,
    updated_at(function = update_updated_at_column, clock = current_timestamp)
);

//! The queries of the example schemas, each as a typed call.
//!
//! A query about one user runs with that user's `Scope`. A query over all users runs with `Unscoped`, which an
//! administrator gets by giving a reason.

pub mod orders {
    use freehold::prelude::*;
    use freehold::query::{FindWithChildren, Paged, Select};

    use crate::schemas::orders::{Order, OrderId, OrderItem, OrderStatus};

    /// An order with its items, in one statement.
    pub fn order_with_items(id: OrderId) -> FindWithChildren<Order, OrderItem> {
        Order::get(id).with(OrderItem::select(), |item| item.order_id)
    }

    /// A user's orders in one status, newest first, by offset.
    pub fn orders_by_status(status: OrderStatus, limit: u32, offset: u32) -> Select<Order> {
        Order::by_status(status)
            .order_by(|order| order.created_at.desc())
            .limit(limit)
            .offset(offset)
    }

    /// The same by key: each page costs as much as the first.
    pub fn page_of_orders_by_status(status: OrderStatus, rows: u32) -> Paged<Order> {
        Order::by_status(status)
            .order_by(|order| order.created_at.desc())
            .page(rows)
    }
}

pub mod tasks {
    use freehold::prelude::*;
    use freehold::query::Select;

    use crate::schemas::tasks::{Task, TaskStatus};

    /// All tasks of a user, newest first.
    pub fn all_tasks() -> Select<Task> {
        Task::select().order_by(|task| task.created_at.desc())
    }

    /// A user's tasks in one status.
    pub fn tasks_by_status(status: TaskStatus) -> Select<Task> {
        Task::by_status(status)
    }

    /// A user's tasks that are not done and were due before `today`.
    pub fn overdue_tasks(today: NaiveDate) -> Select<Task> {
        Task::select().filter(|task| task.status.ne(TaskStatus::Done) & task.due_date.lt(today))
    }
}

pub mod ecommerce {
    use freehold::prelude::*;
    use freehold::query::{Condition, Expr, FindOne, Projected, Select};

    use crate::schemas::ecommerce::{
        AuditEntityType, AuditLog, Inventory, Order, OrderId, OrderItem, OrderStatus, Payment,
        PaymentStatus, ProductId, User, UserId,
    };

    /// The user who signs in. The owner is not known yet, so this runs unscoped.
    pub fn user_by_email(email: &str) -> FindOne<User> {
        User::by_email(email)
    }

    /// The users who signed up after `since`. Runs unscoped.
    pub fn users_created_since(since: DateTime<Utc>) -> Select<User> {
        User::select().filter(|user| user.created_at.gt(since))
    }

    /// A user's orders, newest first.
    pub fn orders_of_user() -> Select<Order> {
        Order::select().order_by(|order| order.created_at.desc())
    }

    /// All orders in one status. Runs unscoped.
    pub fn orders_by_status(status: OrderStatus) -> Select<Order> {
        Order::by_status(status)
    }

    /// An order by the number that the customer knows.
    pub fn order_by_number(number: &str) -> FindOne<Order> {
        Order::by_order_number(number)
    }

    /// How many orders a user made after `since`.
    pub fn count_of_orders_since(since: DateTime<Utc>) -> Projected<Order, Expr<i64>> {
        Order::select()
            .filter(|order| order.created_at.gt(since))
            .columns(|_| count())
    }

    /// The items of an order.
    pub fn items_of_order(order: OrderId) -> Select<OrderItem> {
        OrderItem::by_order_id(order)
    }

    /// How often a product was ordered. Runs unscoped.
    pub fn count_of_orders_of_product(product: ProductId) -> Projected<OrderItem, Expr<i64>> {
        OrderItem::by_product_id(product).columns(|_| count())
    }

    /// The stock of one product.
    pub fn stock_of_product(product: ProductId) -> FindOne<Inventory> {
        Inventory::by_product_id(product)
    }

    /// The products to reorder. No index serves a comparison of two columns. So the caller passes the largest reorder
    /// point of all products, and an index serves that bound.
    pub fn low_stock(largest_reorder_point: i32) -> Select<Inventory> {
        Inventory::select().filter(|stock| -> Condition {
            stock.quantity_available.lt(largest_reorder_point)
                & stock.quantity_available.lt(stock.reorder_point)
        })
    }

    /// The successful payment of an order.
    pub fn successful_payment(order: OrderId) -> Select<Payment> {
        Payment::by_order_id_and_status(order, PaymentStatus::Succeeded)
    }

    /// The failed payments, newest first. Runs unscoped.
    pub fn failed_payments(limit: u32) -> Select<Payment> {
        Payment::by_status(PaymentStatus::Failed)
            .order_by(|payment| payment.created_at.desc())
            .limit(limit)
    }

    /// What a user did, newest first.
    pub fn actions_of_user(user: UserId) -> Select<AuditLog> {
        AuditLog::by_user_id(user).order_by(|entry| entry.created_at.desc())
    }

    /// What happened to one entity, newest first.
    pub fn history_of(entity: AuditEntityType, id: Uuid) -> Select<AuditLog> {
        AuditLog::by_entity_type_and_entity_id(entity, id).order_by(|entry| entry.created_at.desc())
    }

    /// What happened between two times. PostgreSQL skips the partitions of other months.
    pub fn entries_between(from: DateTime<Utc>, to: DateTime<Utc>) -> Select<AuditLog> {
        AuditLog::select().filter(|entry| entry.created_at.between(from, to))
    }
}

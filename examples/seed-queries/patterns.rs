//! The queries of the schemas, each as a typed call. What belongs to a user is run by the user's scope; what asks over all users
//! by an administrator, who says why.

pub mod orders {
    use freehold::prelude::*;
    use freehold::query::{FindWithChildren, Paged, Select};

    use crate::schemas::orders::{Order, OrderId, OrderItem, OrderStatus};

    /// An order with its items, in one statement.
    pub fn order_with_items(id: OrderId) -> FindWithChildren<Order, OrderItem> {
        Order::get(id).with(OrderItem::select(), |item| item.order_id)
    }

    /// A user's orders of a status, newest first, by offset.
    pub fn orders_by_status(status: OrderStatus, limit: u32, offset: u32) -> Select<Order> {
        Order::by_status(status)
            .order_by(|order| order.created_at.desc())
            .limit(limit)
            .offset(offset)
    }

    /// The same by key: each page costs what the first does.
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

    /// The tasks of a status.
    pub fn tasks_by_status(status: TaskStatus) -> Select<Task> {
        Task::by_status(status)
    }

    /// The tasks that should have been done before `today`.
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

    /// Who signs in. Nobody knows yet whose scope it is: an administrator asks.
    pub fn user_by_email(email: &str) -> FindOne<User> {
        User::by_email(email)
    }

    /// Who signed up since a time. An administrator asks.
    pub fn users_created_since(since: DateTime<Utc>) -> Select<User> {
        User::select().filter(|user| user.created_at.gt(since))
    }

    /// A user's orders, newest first.
    pub fn orders_of_user() -> Select<Order> {
        Order::select().order_by(|order| order.created_at.desc())
    }

    /// All orders of a status. An administrator asks.
    pub fn orders_by_status(status: OrderStatus) -> Select<Order> {
        Order::by_status(status)
    }

    /// An order by the number that the customer was told.
    pub fn order_by_number(number: &str) -> FindOne<Order> {
        Order::by_order_number(number)
    }

    /// How many orders a user made since a time.
    pub fn count_of_orders_since(since: DateTime<Utc>) -> Projected<Order, Expr<i64>> {
        Order::select()
            .filter(|order| order.created_at.gt(since))
            .columns(|_| count())
    }

    /// The items of an order.
    pub fn items_of_order(order: OrderId) -> Select<OrderItem> {
        OrderItem::by_order_id(order)
    }

    /// How often a product was ordered. An administrator asks.
    pub fn count_of_orders_of_product(product: ProductId) -> Projected<OrderItem, Expr<i64>> {
        OrderItem::by_product_id(product).columns(|_| count())
    }

    /// The stock of a product.
    pub fn stock_of_product(product: ProductId) -> FindOne<Inventory> {
        Inventory::by_product_id(product)
    }

    /// What has to be ordered again. No index serves the comparison of two columns: the largest reorder point there is bounds the
    /// rows that are looked at, and an index serves that.
    pub fn low_stock(largest_reorder_point: i32) -> Select<Inventory> {
        Inventory::select().filter(|stock| -> Condition {
            stock.quantity_available.lt(largest_reorder_point)
                & stock.quantity_available.lt(stock.reorder_point)
        })
    }

    /// The payment of an order that succeeded.
    pub fn successful_payment(order: OrderId) -> Select<Payment> {
        Payment::by_order_id_and_status(order, PaymentStatus::Succeeded)
    }

    /// The payments that failed, newest first. An administrator asks.
    pub fn failed_payments(limit: u32) -> Select<Payment> {
        Payment::by_status(PaymentStatus::Failed)
            .order_by(|payment| payment.created_at.desc())
            .limit(limit)
    }

    /// What a user did, newest first.
    pub fn actions_of_user(user: UserId) -> Select<AuditLog> {
        AuditLog::by_user_id(user).order_by(|entry| entry.created_at.desc())
    }

    /// What happened to a thing, newest first.
    pub fn history_of(entity: AuditEntityType, id: Uuid) -> Select<AuditLog> {
        AuditLog::by_entity_type_and_entity_id(entity, id).order_by(|entry| entry.created_at.desc())
    }

    /// What happened between two times: the partitions of other months are not looked at.
    pub fn entries_between(from: DateTime<Utc>, to: DateTime<Utc>) -> Select<AuditLog> {
        AuditLog::select().filter(|entry| entry.created_at.between(from, to))
    }
}

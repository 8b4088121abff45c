//! Tests of the expansion. The compile-fail cases of the crate `freehold` test the messages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod expansion;
mod hygiene;
mod mangled;
mod vocabulary;

use proc_macro2::TokenStream;
use quote::quote;

/// A small table with one of each basic item.
fn small_table() -> TokenStream {
    quote! {
        /// A task.
        #[table(name = tasks, scope = user_id)]
        #[table(index(user_id, status), unique(user_id, title, where = deleted_at.is_null()))]
        #[table(check(title_not_empty: length(trim(title)) > 0))]
        pub struct Task {
            #[column(primary_key, default = gen_random_uuid())]
            pub id: TaskId,
            /// Owner of the task.
            #[column(references = User::id, on_delete = cascade)]
            pub user_id: UserId,
            #[column(varchar(200))]
            pub title: String,
            #[column(default = Status::Todo, check(status != Status::Done || deleted_at.is_not_null()))]
            pub status: Status,
            #[column(created_at)]
            pub created_at: DateTime<Utc>,
            #[column(updated_at)]
            pub updated_at: DateTime<Utc>,
            #[column(deleted_at)]
            pub deleted_at: Option<DateTime<Utc>>,
        }
    }
}

/// A table with one of each object beside columns and constraints.
fn full_table() -> TokenStream {
    quote! {
        #[table(name = orders, scope = user_id, audit, force_row_security, active_view)]
        #[table(partition_by = range(created_at), monthly_partitions(function = create_order_partitions, ahead = 6))]
        #[table(policy(name = own_orders, for = select, to(app_read, app_write), restrictive, using(user_id == current_setting("app.user_id") as uuid)))]
        #[table(policy(name = new_orders, for = insert, with_check_sql = "note <> ''"))]
        #[table(trigger(name = check_stock, before(insert, update(note)), when(new.status == Status::Pending), function = CheckStock, arguments("a")))]
        #[table(trigger(name = emptied, after(truncate), each = statement, function = Emptied))]
        #[table(search(note = a, words = b))]
        #[table(allow(timestamps, redundant_index))]
        #[table(primary_key(id, created_at), index(user_id), check(document.search("two words")))]
        pub struct Order {
            pub id: OrderId,
            #[column(references = User::id, on_delete = cascade)]
            user_id: UserId,
            #[column(transitions(pending => confirmed, Loop; confirmed => shipped))]
            pub(crate) status: Status,
            #[column(secret)]
            card: Card,
            note: Option<String>,
            words: String,
            document: TsVector,
            created_at: DateTime<Utc>,
            #[column(deleted_at)]
            deleted_at: Option<DateTime<Utc>>,
        }
    }
}

fn small_enum() -> TokenStream {
    quote! {
        #[sql_enum(native, name = task_status)]
        pub enum Status {
            Todo,
            #[sql_enum(rename = "done!", renamed_from = "finished")]
            Done,
        }
    }
}

fn small_schema() -> TokenStream {
    quote!(pub TASKS = [User, Task], updated_at(function = touch, clock = current_timestamp))
}

/// A schema with one of each option.
fn full_schema() -> TokenStream {
    quote! {
        pub SHOP = [User, Order],
        views(OrderSummary),
        functions(ProcessOrder),
        sequence(order_number_seq, schema = app, start = 1, increment = -1, min = -9, max = 9, cache = 2, cycle),
        extension("uuid-ossp", schema = extensions),
        role(app_read),
        role(app_report, login, no_inherit, bypass_rls, member_of(app_read)),
        role(rds_superuser, existing),
        grant(select, insert, update, delete, on = tables, to(app_read, app_report), future),
        grant(select(id), update(id, note), on = tables(Order), to = app_read),
        grant(select(id), on = views(OrderSummary), to = app_read),
        grant(usage, on = sequences(order_number_seq), to = app_read),
        grant(execute, on = functions(ProcessOrder), to = public),
        grant(usage, on = schemas(app), to = app_read),
        isolation(setting = "shop.user_id", role = shop_user, owner = shop_owner, login = shop_login, admin = shop_admin),
        audit(schema = trail, table = changes, actor = "shop.user_id"),
        updated_at(body_file = "sql/touch.sql")
    }
}

fn small_domain() -> TokenStream {
    quote! {
        /// An e-mail address.
        #[domain(name = email_address, varchar(255))]
        #[domain(check(value.matches("^[^@]+@[^@]+$")), check_sql(lower_case: "value = lower(value)"))]
        pub struct Email(String);
    }
}

fn small_view() -> TokenStream {
    quote! {
        /// The orders of each user.
        #[view(name = order_totals, scope = user_id, materialized, unique(user_id), query_file = "sql/totals.sql")]
        #[view(allow(granted_materialized_view))]
        pub struct OrderTotals {
            pub user_id: UserId,
            #[view(name = sum, comment = "Of all orders.")]
            pub total: Option<Decimal>,
        }
    }
}

fn small_function() -> TokenStream {
    quote! {
        /// The orders from a total on.
        #[function(schema = app, returns(table(id: OrderId, note: Option<String> as varchar(20))))]
        #[function(language = sql, volatility = stable, strict, parallel_safe, search_path = "")]
        #[function(security_definer = "counts the rows of all users", execute(app_user), body = "SELECT 1")]
        pub struct OrdersFrom {
            pub user_id: UserId,
            #[argument(name = least, numeric(10, 2), default = 0)]
            pub total: Decimal,
        }
    }
}

fn small_procedure() -> TokenStream {
    quote! {
        #[procedure(out(success: bool, message: String), body = "BEGIN END;")]
        pub struct ProcessOrder {
            pub order_id: OrderId,
        }
    }
}

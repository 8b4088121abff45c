//! A schema whose foreign keys have several columns: with and without the scope, with a column in two of them,
//! nullable, to the table itself, to a shared table, and with case-insensitive text.

use freehold::prelude::*;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentId(Uuid);

#[derive(Table, Debug, Clone)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
}

#[derive(Table, Debug, Clone)]
#[table(name = articles, shared, primary_key(maker, code), allow(timestamps, uuid_key))]
pub struct Article {
    pub maker: String,
    #[column(citext)]
    pub code: String,
}

/// Two users may have orders with the same region and number.
#[derive(Table, Debug, Clone)]
#[table(name = orders, scope = user_id, primary_key(user_id, region, number))]
#[table(foreign_key(parent_region, parent_number, references = Self(region, number), on_delete = set_null(parent_region, parent_number)))]
#[table(allow(timestamps, unindexed_foreign_key, uuid_key))]
pub struct Order {
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub region: String,
    pub number: i32,
    pub parent_region: Option<String>,
    pub parent_number: Option<i32>,
}

/// The region belongs to the order and also to the replaced order.
#[derive(Table, Debug, Clone)]
#[table(name = lines, scope = user_id, index(user_id, region, number))]
#[table(foreign_key(region, number, references = Order(region, number), on_delete = cascade))]
#[table(foreign_key(region, replaced_number, references = Order(region, number), on_delete = set_null(replaced_number)))]
#[table(foreign_key(maker, code, references = Article(maker, code), on_delete = set_null(maker, code)))]
#[table(allow(timestamps, unindexed_foreign_key, unindexed_shared_reference))]
pub struct Line {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: LineId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub region: String,
    pub number: i32,
    pub replaced_number: Option<i32>,
    pub maker: Option<String>,
    #[column(citext)]
    pub code: Option<String>,
    #[column(default = 1)]
    pub amount: i32,
}

/// The foreign key names the scope itself.
#[derive(Table, Debug, Clone)]
#[table(name = payments, scope = user_id, index(user_id, region, number))]
#[table(foreign_key(user_id, region, number, references = Order(user_id, region, number), on_delete = cascade))]
#[table(allow(timestamps, unindexed_foreign_key, uuid_key))]
pub struct Payment {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: PaymentId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub region: String,
    pub number: i32,
}

schema!(pub DELIVERIES = [User, Article, Order, Line, Payment]);

//! The code that the macros emit depends on no name in scope: here the usual names are missing or mean something else.

#![no_implicit_prelude]
#![allow(non_camel_case_types)]

pub mod core {}
pub mod std {}
pub mod alloc {}
pub mod freehold_schema_core {}
pub mod sqlx {}
pub struct Option;
pub struct Some;
pub struct None;
pub struct Result;
pub struct Ok;
pub struct Err;
pub struct String;
pub struct Vec;
pub struct Box;
pub struct Table;
pub struct TableDef;
pub struct Column;
pub struct ColumnDef;
pub struct Schema;
pub struct SchemaDef;
pub struct SqlType;
pub struct SqlValue;
pub struct SqlEnum;
pub struct Key;
pub struct Default;
pub trait Clone {}
pub trait Copy {}
pub trait From {}
pub trait Into {}
pub trait Send {}
pub trait Debug {}

#[derive(::freehold::Key)]
pub struct UserId(::freehold::prelude::Uuid);

#[derive(::freehold::SqlEnum)]
#[sql_enum(native)]
pub enum Status {
    Todo,
    #[sql_enum(rename = "finished", renamed_from = "done")]
    Done,
}

#[derive(::freehold::Table)]
#[table(owner, comment = "people", renamed_from = people)]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(default = Status::Todo)]
    pub status: Status,
    #[column(created_at)]
    pub created_at: ::freehold::prelude::DateTime<::freehold::prelude::Utc>,
    #[column(updated_at)]
    pub updated_at: ::freehold::prelude::DateTime<::freehold::prelude::Utc>,
    #[column(deleted_at)]
    pub deleted_at: ::std::option::Option<::freehold::prelude::DateTime<::freehold::prelude::Utc>>,
}

#[derive(::freehold::Table)]
#[table(scope = user_id, allow(timestamps), index(title.desc().nulls_last().collate("C").ops(text_pattern_ops), name = by, where = done, include(number)))]
#[table(unique(user_id, number, deferrable = initially_deferred), check(number.between(1, 5) && title.is_not_null()))]
#[table(check(status.is_in(Status::Todo, Status::Done) || !done), check_sql(sure: "true"))]
pub struct Task {
    #[column(primary_key, default_sql = "gen_random_uuid()")]
    pub id: ::freehold::prelude::Uuid,
    #[column(references = User::id, on_delete = cascade, on_update = restrict, deferrable)]
    pub user_id: UserId,
    #[column(varchar(20), default = "a", immutable, comment = "b", renamed_from = heading)]
    pub title: ::std::option::Option<::std::string::String>,
    #[column(default = -1)]
    pub number: i32,
    #[column(numeric(10, 2), default = 1.5)]
    pub price: ::freehold::prelude::Decimal,
    #[column(default = true)]
    pub done: bool,
    pub status: Status,
    #[column(array(varchar(3)))]
    pub tags: ::std::vec::Vec<::std::string::String>,
    #[column(generated = number * 2)]
    pub twice: i32,
    #[column(identity = by_default)]
    pub counted: i64,
    #[column(index, references = Self::id, on_delete = set_null(parent))]
    pub parent: ::std::option::Option<::freehold::prelude::Uuid>,
    #[column(sql_type = "point")]
    pub place: ::std::string::String,
}

#[derive(::freehold::Table)]
#[table(name = accounts, shared, audit, search(label = a), active_view, force_row_security, allow(timestamps, sensitive_column))]
#[table(policy(name = few, restrictive, using(status == Status::Done), with_check_sql = "true"))]
#[table(trigger(name = touched, after(insert, update(title)), when(new.title.is_not_null()), function = Touched, arguments("a")))]
pub struct Account {
    #[column(primary_key)]
    pub id: ::freehold::prelude::Uuid,
    #[column(secret)]
    pub title: ::std::string::String,
    pub label: ::std::string::String,
    #[column(secret, transitions(todo => done))]
    pub status: Status,
    #[column(deleted_at)]
    pub deleted_at: ::std::option::Option<::freehold::prelude::DateTime<::freehold::prelude::Utc>>,
}

pub struct Touched;

impl ::freehold::model::Routine for Touched {
    const DEF: &'static ::freehold::model::RoutineDef = &::freehold::model::RoutineDef::function(
        ::freehold::model::TableName::new(::std::option::Option::None, "touched"),
        &[],
        ::freehold::model::Returns::Trigger,
        ::freehold::model::Language::PlPgSql,
        "BEGIN RETURN NULL; END;",
    );
}

impl ::freehold::model::TriggerFunction for Touched {}

::freehold::schema!(pub APP = [User, Task], updated_at(function = touch, clock = current_timestamp));
::freehold::schema!(pub EMPTY = []);

#[test]
fn runs() {
    ::std::assert!(APP.validate().is_empty());
}

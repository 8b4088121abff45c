//! The code that the derives of views, functions, procedures and domains emit depends on no name in scope: here the usual
//! names are missing or mean something else.

#![no_implicit_prelude]
#![allow(non_camel_case_types)]

pub mod core {}
pub mod std {}
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
pub struct View;
pub struct ViewDef;
pub struct Routine;
pub struct RoutineDef;
pub struct Domain;
pub struct DomainDef;
pub struct Newtype;
pub struct Call;
pub struct Rows;
pub struct Default;
pub trait From {}
pub trait Into {}

#[derive(::freehold::Domain)]
#[domain(varchar(255), check(value.matches("^[^@]+@[^@]+$")), check_sql(lower_case: "value = lower(value)"))]
#[domain(name = email_address, schema = app, comment = "An e-mail address.")]
pub struct Email(::std::string::String);

#[derive(::freehold::View)]
#[view(name = v_users, schema = app, scope = id, query = "SELECT * FROM users", comment = "Users.")]
pub struct UserRow {
    pub id: ::freehold::prelude::Uuid,
    #[view(name = other, comment = "The address.")]
    pub email: ::std::option::Option<Email>,
}

#[derive(::freehold::View)]
#[view(
    shared,
    materialized,
    query = "SELECT 1 AS number",
    allow(granted_materialized_view)
)]
#[view(unique(number, nulls_not_distinct, include(text)), index(lower(text).desc(), name = by_text, where = number > 1))]
pub struct Stored {
    pub number: i32,
    pub text: ::std::string::String,
}

#[derive(::freehold::View)]
#[view(
    shared,
    security_invoker = false,
    query = "SELECT 1 AS number",
    allow(view_security_invoker)
)]
pub struct Everybodys {
    pub number: i32,
}

#[derive(::freehold::Function)]
#[function(name = total, schema = app, returns = ::std::option::Option<Email>, language = sql, volatility = immutable)]
#[function(
    strict,
    parallel_safe,
    search_path = "public, pg_temp",
    security_definer = "a reason",
    execute(app_user, public)
)]
#[function(body = "SELECT 1", comment = "A total.")]
pub struct Total {
    #[argument(name = id, uuid)]
    pub user_id: ::freehold::prelude::Uuid,
    #[argument(varchar(3), default = "a")]
    pub text: ::std::string::String,
}

#[derive(::freehold::Function)]
#[function(returns(set_of = ::std::string::String as varchar(3)), volatility = volatile, body = "BEGIN END;")]
pub struct Texts {}

#[derive(::freehold::Function)]
#[function(returns(table(number: i32, text: ::std::string::String as varchar)), body = "BEGIN END;")]
pub struct Lines;

#[derive(::freehold::Function)]
#[function(body = "BEGIN END;")]
pub struct Nothing;

#[derive(::freehold::Function)]
#[function(trigger, language = plpgsql, body = "BEGIN RETURN NEW; END;")]
pub struct Touch;

#[derive(::freehold::Procedure)]
#[procedure(out(success: bool, message: ::std::string::String as text), body = "BEGIN END;")]
pub struct Process {
    pub email: Email,
}

#[derive(::freehold::Procedure)]
#[procedure(name = "Run it", schema = app, language = sql, search_path = "", security_definer = "a reason", execute(app_user))]
#[procedure(body = "SELECT 1", comment = "Runs.")]
pub struct Run;

::freehold::schema!(
    pub APP = [],
    views(UserRow, Stored, Everybodys),
    functions(Total, Texts, Lines, Nothing, Touch, Process, Run)
);

#[test]
fn runs() {
    ::std::assert!(APP.validate().is_empty());
}

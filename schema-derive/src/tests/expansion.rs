//! Snapshots of the expansions. Accept a change with `cargo insta review` or `INSTA_UPDATE=always`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    full_schema, full_table, small_domain, small_enum, small_function, small_procedure,
    small_schema, small_table, small_view,
};
use crate::ast::RoutineKind;

fn pretty(tokens: &TokenStream) -> String {
    let file = syn::parse2(tokens.clone()).expect("the expansion is a list of items");
    prettyplease::unparse(&file)
}

fn function_of(tokens: TokenStream) -> TokenStream {
    crate::routine(RoutineKind::Function, tokens)
}

#[test]
fn table() {
    insta::assert_snapshot!(pretty(&crate::table(small_table())));
}

#[test]
fn table_objects() {
    insta::assert_snapshot!(pretty(&crate::table(full_table())));
}

#[test]
fn sql_enum() {
    insta::assert_snapshot!(pretty(&crate::sql_enum(small_enum())));
}

#[test]
fn key() {
    insta::assert_snapshot!(pretty(&crate::key(quote!(
        pub struct UserId(Uuid);
    ))));
}

#[test]
fn domain() {
    insta::assert_snapshot!(pretty(&crate::domain(small_domain())));
}

#[test]
fn view() {
    insta::assert_snapshot!(pretty(&crate::view(small_view())));
}

#[test]
fn function() {
    insta::assert_snapshot!(pretty(&function_of(small_function())));
}

#[test]
fn trigger_function() {
    let function = quote! {
        #[function(trigger, body_file = "sql/touch.sql")]
        struct Touch;
    };
    insta::assert_snapshot!(pretty(&function_of(function)));
}

#[test]
fn procedure() {
    let procedure = crate::routine(RoutineKind::Procedure, small_procedure());
    insta::assert_snapshot!(pretty(&procedure));
}

#[test]
fn a_mistake_keeps_the_call_of_a_function() {
    let mistaken = quote! {
        #[function(returns = Decimal, volatile, body = "SELECT 1")]
        pub struct Total {
            pub order_id: OrderId,
        }
    };
    insta::assert_snapshot!(pretty(&function_of(mistaken)));
}

#[test]
fn schema() {
    insta::assert_snapshot!(pretty(&crate::schema_list(small_schema())));
}

#[test]
fn schema_options() {
    insta::assert_snapshot!(pretty(&crate::schema_list(full_schema())));
}

#[test]
fn a_mistake_keeps_the_columns_of_a_table() {
    let mistaken = quote! {
        #[table(nmae = users, owner)]
        pub struct User {
            pub id: UserId,
        }
    };
    insta::assert_snapshot!(pretty(&crate::table(mistaken)));
}

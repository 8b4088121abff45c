//! What the derives emit, as snapshots: `cargo insta review`, or `INSTA_UPDATE=always`, blesses a change.

use proc_macro2::TokenStream;
use quote::quote;

use super::{full_schema, full_table, small_enum, small_schema, small_table};

fn pretty(tokens: &TokenStream) -> String {
    let file = syn::parse2(tokens.clone()).expect("the expansion is a list of items");
    prettyplease::unparse(&file)
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
fn schema() {
    insta::assert_snapshot!(pretty(&crate::schema_list(small_schema())));
}

#[test]
fn schema_options() {
    insta::assert_snapshot!(pretty(&crate::schema_list(full_schema())));
}

#[test]
fn a_mistake_leaves_the_columns_that_others_reference() {
    let mistaken = quote! {
        #[table(nmae = users, owner)]
        pub struct User {
            pub id: UserId,
        }
    };
    insta::assert_snapshot!(pretty(&crate::table(mistaken)));
}

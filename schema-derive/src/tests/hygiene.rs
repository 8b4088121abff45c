//! Every path in an expansion is absolute, goes through `__s`, or is the user's: a user may shadow any other name.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};

use super::{
    full_schema, full_table, small_domain, small_enum, small_function, small_procedure,
    small_schema, small_table, small_view,
};
use crate::ast::RoutineKind;

/// The first segments of the paths, without those that begin with `::`.
#[derive(Default)]
struct Paths {
    relative: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let first = path
                .segments
                .first()
                .map(|segment| segment.ident.to_string());
            self.relative.extend(first);
        }
        visit::visit_path(self, path);
    }

    // The names of attributes belong to the language.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

fn relative_paths(expansion: TokenStream) -> Vec<String> {
    let file: syn::File = syn::parse2(expansion).expect("the expansion is a list of items");
    let mut paths = Paths::default();
    paths.visit_file(&file);
    paths.relative.into_iter().collect()
}

#[test]
fn a_table_names_nothing_but_the_users_types() {
    let users = [
        "DateTime",
        "NewTask",
        "Option",
        "Self",
        "Status",
        "String",
        "Task",
        "TaskId",
        "User",
        "UserId",
        "Utc",
        "__DEFINITION",
        "__META",
        "__Source",
        "__TaskColumns",
        "__error",
        "__s",
        "__value",
        "cells",
        "into",
        "self",
        "source",
        "status",
        "title",
    ];
    assert_eq!(relative_paths(crate::table(small_table())), users);
}

#[test]
fn the_other_objects_of_a_table_name_nothing_but_the_users_types() {
    let names = [
        "Card",
        "CheckStock",
        "DateTime",
        "Emptied",
        "NewOrder",
        "Option",
        "Order",
        "OrderId",
        "Self",
        "Status",
        "String",
        "TsVector",
        "User",
        "UserId",
        "Utc",
        "__DEFINITION",
        "__META",
        "__OrderColumns",
        "__Order_status_from_Confirmed",
        "__Order_status_from_Pending",
        "__Order_status_transitions",
        "__Source",
        "__error",
        "__s",
        "__value",
        "cells",
        "crate",
        "f",
        "id",
        "into",
        "self",
        "source",
        "state",
    ];
    assert_eq!(relative_paths(crate::table(full_table())), names);
}

/// The names of type parameters.
#[derive(Default)]
struct Parameters(BTreeSet<String>);

impl<'ast> Visit<'ast> for Parameters {
    fn visit_type_param(&mut self, parameter: &'ast syn::TypeParam) {
        self.0.insert(parameter.ident.to_string());
        visit::visit_type_param(self, parameter);
    }
}

/// A type parameter with the name of a user's struct would hide the struct.
#[test]
fn no_type_parameter_hides_a_users_type() {
    let expansions = [small_table(), full_table()].map(crate::table);
    for expansion in expansions.into_iter().chain([crate::view(small_view())]) {
        let file: syn::File = syn::parse2(expansion).expect("the expansion is a list of items");
        let mut parameters = Parameters::default();
        parameters.visit_file(&file);
        let plain = parameters.0.iter().find(|name| !name.starts_with("__"));
        assert_eq!(
            plain, None,
            "a type parameter is no name that a user would choose"
        );
        assert!(!parameters.0.is_empty());
    }
}

#[test]
fn an_enum_names_nothing_but_itself() {
    let names = ["Self", "Status", "__s", "label", "self"];
    assert_eq!(relative_paths(crate::sql_enum(small_enum())), names);
}

#[test]
fn a_key_names_nothing_but_itself_and_its_field() {
    let names = ["Self", "UserId", "Uuid", "__s", "key", "self", "value"];
    assert_eq!(
        relative_paths(crate::key(quote!(
            struct UserId(Uuid);
        ))),
        names
    );
}

#[test]
fn a_domain_names_nothing_but_itself_and_its_field() {
    let names = ["Email", "Self", "String", "__s", "key", "self", "value"];
    assert_eq!(relative_paths(crate::domain(small_domain())), names);
}

#[test]
fn a_view_names_nothing_but_the_users_types() {
    let users = [
        "Decimal",
        "Option",
        "OrderTotals",
        "Self",
        "UserId",
        "__DEFINITION",
        "__META",
        "__OrderTotalsColumns",
        "__Source",
        "__error",
        "__s",
        "__value",
        "cells",
        "self",
        "source",
    ];
    assert_eq!(relative_paths(crate::view(small_view())), users);
}

#[test]
fn a_function_and_a_procedure_name_nothing_but_the_users_types() {
    let function = crate::routine(RoutineKind::Function, small_function());
    let users = [
        "Decimal",
        "Option",
        "OrderId",
        "OrdersFrom",
        "String",
        "UserId",
        "__s",
    ];
    assert_eq!(relative_paths(function), users);
    let procedure = crate::routine(RoutineKind::Procedure, small_procedure());
    let users = ["OrderId", "ProcessOrder", "String", "__s", "bool"];
    assert_eq!(relative_paths(procedure), users);
}

#[test]
fn a_schema_names_nothing_but_its_tables() {
    let names = ["TASKS", "Task", "User", "__TABLES", "__s"];
    assert_eq!(relative_paths(crate::schema_list(small_schema())), names);
}

#[test]
fn the_options_of_a_schema_name_nothing_but_views_and_functions() {
    let names = [
        "Order",
        "OrderSummary",
        "ProcessOrder",
        "SHOP",
        "User",
        "__TABLES",
        "__s",
    ];
    assert_eq!(relative_paths(crate::schema_list(full_schema())), names);
}

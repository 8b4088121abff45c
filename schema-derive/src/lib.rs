//! The derive macros of the crate `freehold`; its documentation describes them.
//!
//! Each macro has the same phases, with one folder each: tokens → `parse` → `ast` → `validate` → `expand`.
//! A phase pushes each mistake to `errors::Errors` and continues, so that all mistakes are reported at once.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod ast;
mod errors;
mod expand;
mod keys;
mod parse;
mod suggest;
#[cfg(test)]
mod tests;
mod validate;

use proc_macro::TokenStream;

/// Makes a struct a table.
///
/// ```ignore
/// #[derive(Table)]
/// #[table(name = tasks, scope = user_id, index(user_id, done))]
/// pub struct Task {
///     #[column(primary_key, default = gen_random_uuid())]
///     pub id: TaskId,
///     #[column(references = User::id, on_delete = cascade)]
///     pub user_id: UserId,
///     pub title: String,
///     #[column(default = false)]
///     pub done: bool,
///     #[column(created_at)]
///     pub created_at: DateTime<Utc>,
///     #[column(updated_at)]
///     pub updated_at: DateTime<Utc>,
/// }
/// ```
///
/// The struct gets the statements of `freehold::query::TableQueries`: `Task::select()`, `Task::get(id)`,
/// `Task::insert(NewTask { .. })`, `Task::update(id)`, `Task::delete(id)`. It also gets a finder for each prefix of an
/// index, such as `Task::by_done(false)`. List the struct in `schema!` to check it together with the tables that it
/// references. The page `freehold::attributes` lists every word of the attributes, and `freehold::queries` shows the
/// statements.
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    table(input.into()).into()
}

/// Makes an enum without fields a column type. `freehold::attributes` lists the words of the attribute.
///
/// The column is a text with a check on its labels or, with `#[sql_enum(native)]`, of an enum type of the database.
#[proc_macro_derive(SqlEnum, attributes(sql_enum))]
pub fn derive_sql_enum(input: TokenStream) -> TokenStream {
    sql_enum(input.into()).into()
}

/// Makes a tuple struct of one field a key: a distinct type, stored as the type of its field.
#[proc_macro_derive(Key, attributes(key))]
pub fn derive_key(input: TokenStream) -> TokenStream {
    key(input.into()).into()
}

/// Makes a tuple struct of one field a domain: a database type that restricts the type of the field with checks.
#[proc_macro_derive(Domain, attributes(domain))]
pub fn derive_domain(input: TokenStream) -> TokenStream {
    domain(input.into()).into()
}

/// Makes a struct a view, plain or materialized: its fields are the columns of the query.
#[proc_macro_derive(View, attributes(view))]
pub fn derive_view(input: TokenStream) -> TokenStream {
    view(input.into()).into()
}

/// Makes a struct a function of the database: its fields are the arguments.
#[proc_macro_derive(Function, attributes(function, argument))]
pub fn derive_function(input: TokenStream) -> TokenStream {
    routine(ast::RoutineKind::Function, input.into()).into()
}

/// Makes a struct a procedure of the database: its fields are the arguments.
#[proc_macro_derive(Procedure, attributes(procedure, argument))]
pub fn derive_procedure(input: TokenStream) -> TokenStream {
    routine(ast::RoutineKind::Procedure, input.into()).into()
}

/// Makes a schema of tables and checks the rules that need several tables: `schema!(pub APP = [User, Task]);`.
#[proc_macro]
pub fn schema(input: TokenStream) -> TokenStream {
    schema_list(input.into()).into()
}

fn table(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let errors = errors::Errors::default();
    let Some(table) = parse::table(input, &errors) else {
        return errors.into_compile_error();
    };
    validate::table(&table, &errors);
    match errors.finish() {
        Ok(()) => expand::table(&table),
        Err(error) => expand::beside_error(&error, &expand::fallback_table(&table)),
    }
}

fn sql_enum(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let errors = errors::Errors::default();
    let Some(sql_enum) = parse::sql_enum(input, &errors) else {
        return errors.into_compile_error();
    };
    validate::sql_enum(&sql_enum, &errors);
    match errors.finish() {
        Ok(()) => expand::sql_enum(&sql_enum),
        Err(error) => expand::beside_error(&error, &expand::fallback_sql_enum(&sql_enum)),
    }
}

fn key(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let errors = errors::Errors::default();
    let key = parse::key(input, &errors);
    match (key, errors.finish()) {
        (Some(key), Ok(())) => expand::key(&key),
        (Some(key), Err(error)) => expand::beside_error(&error, &expand::key(&key)),
        (None, Err(error)) => error.into_compile_error(),
        (None, Ok(())) => proc_macro2::TokenStream::new(),
    }
}

fn domain(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let errors = errors::Errors::default();
    let Some(domain) = parse::domain(input, &errors) else {
        return errors.into_compile_error();
    };
    validate::domain(&domain, &errors);
    match errors.finish() {
        Ok(()) => expand::domain(&domain),
        Err(error) => expand::beside_error(&error, &expand::fallback_domain(&domain)),
    }
}

fn view(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let errors = errors::Errors::default();
    let Some(view) = parse::view(input, &errors) else {
        return errors.into_compile_error();
    };
    validate::view(&view, &errors);
    match errors.finish() {
        Ok(()) => expand::view(&view),
        Err(error) => expand::beside_error(&error, &expand::fallback_view(&view)),
    }
}

fn routine(kind: ast::RoutineKind, input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let errors = errors::Errors::default();
    let Some(routine) = parse::routine(kind, input, &errors) else {
        return errors.into_compile_error();
    };
    validate::routine(&routine, &errors);
    match errors.finish() {
        Ok(()) => expand::routine(&routine),
        Err(error) => expand::beside_error(&error, &expand::fallback_routine(&routine)),
    }
}

fn schema_list(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let errors = errors::Errors::default();
    let schema = parse::schema(input, &errors);
    if let Some(schema) = &schema {
        validate::schema(schema, &errors);
    }
    match (schema, errors.finish()) {
        (Some(schema), Ok(())) => expand::schema(&schema),
        (Some(schema), Err(error)) => {
            expand::beside_error(&error, &expand::fallback_schema(&schema))
        }
        (None, Err(error)) => error.into_compile_error(),
        (None, Ok(())) => proc_macro2::TokenStream::new(),
    }
}

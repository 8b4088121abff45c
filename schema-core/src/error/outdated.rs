//! The differences between a database and the schema that `connect` refuses.

/// How the database differs from the schema: it is not migrated, or a name leads elsewhere.
///
/// `connect` checks this in both isolation modes; it says nothing about isolation. Additional objects of the database
/// and the types of columns are not checked, because the previous release still runs while a new one is rolled out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Outdated {
    /// Tables, views or columns are missing.
    #[error(
        "the database has no {}; run the migrations (`schema migrate up`)",
        listed(names)
    )]
    Missing {
        /// The missing tables and views, and the missing columns as `table.column`.
        names: Vec<String>,
    },
    /// A table or view exists, but not on the search path.
    #[error(
        "`{name}` is in the PostgreSQL schema `{namespace}`, which is not on the search path; run `ALTER ROLE .. SET search_path = {namespace}` for the login, or write `schema = {namespace}` in the structs"
    )]
    NotOnPath {
        /// The table or view.
        name: String,
        /// The PostgreSQL schema that has an object with this name.
        namespace: String,
    },
    /// The application's role may not use the PostgreSQL schema.
    #[error(
        "`{role}` may not use the PostgreSQL schema `{namespace}`, where `{name}` is; run `GRANT USAGE ON SCHEMA {namespace} TO {role}`"
    )]
    NoUsage {
        /// The role.
        role: String,
        /// The table or view.
        name: String,
        /// The PostgreSQL schema.
        namespace: String,
    },
    /// The name leads to an object of another kind.
    #[error(
        "`{name}` is a {found} in the database and a {wanted} in the schema; run the migrations (`schema migrate up`)"
    )]
    OtherKind {
        /// The table or view.
        name: String,
        /// The kind in the schema.
        wanted: &'static str,
        /// The kind in the database.
        found: &'static str,
    },
}

fn listed(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

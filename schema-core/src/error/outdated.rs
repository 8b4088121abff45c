//! What a database lacks that the schema says.

/// How the database is not the one that the schema describes: it is not migrated, or names lead elsewhere.
///
/// This says nothing about isolation, and is asked in both modes. What the database has beyond the schema is no matter, and neither
/// are the types of columns: while a release is rolled out, the one before goes on running.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Outdated {
    /// Tables, views or columns are not there.
    #[error(
        "the database has no {}; run the migrations (`schema migrate up`)",
        listed(names)
    )]
    Missing {
        /// The tables and views, and the columns as `table.column`.
        names: Vec<String>,
    },
    /// A table or view is there, but not where its name is looked for.
    #[error(
        "`{name}` is in the PostgreSQL schema `{namespace}`, where a name without a schema is not looked for; run `ALTER ROLE .. SET search_path = {namespace}` for the login, or say `schema = {namespace}` in the structs"
    )]
    NotOnPath {
        /// The table or view.
        name: String,
        /// The PostgreSQL schema that has one of this name.
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
    /// What the name leads to is of another kind.
    #[error(
        "`{name}` is a {found} in the database and a {wanted} in the schema; run the migrations (`schema migrate up`)"
    )]
    OtherKind {
        /// The table or view.
        name: String,
        /// What the schema says.
        wanted: &'static str,
        /// What the database has.
        found: &'static str,
    },
}

fn listed(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

//! Reads a live PostgreSQL database into the owned schema, the type that structs are built into.
//!
//! ```no_run
//! # async fn example(url: &str) -> Result<(), Box<dyn std::error::Error>> {
//! use freehold_schema_migrate::inspect::{Inspection, inspect};
//! use sqlx::Connection as _;
//!
//! let mut connection = sqlx::PgConnection::connect(url).await?;
//! let inspected = inspect(&mut connection, &Inspection::default()).await?;
//! for table in inspected.schema.tables() {
//!     println!("{}: {} columns", table.name.name, table.columns.len());
//! }
//! for unsupported in &inspected.unsupported {
//!     println!("not in the schema: {unsupported}");
//! }
//! # Ok(())
//! # }
//! ```

mod by_object;
mod column;
mod constraint;
mod default_rights;
mod domain;
mod enum_type;
mod error;
mod extension;
mod index;
mod inspection;
mod names;
mod namespace;
mod owner;
mod partition;
mod policy;
mod relation;
mod rights;
mod role;
mod routine;
mod sequence;
mod session;
mod table;
mod text;
mod trigger;
mod types;
mod unsupported;
mod view;
mod view_queries;

use sqlx::PgConnection;

pub use self::error::InspectError;
pub use self::inspection::Inspection;
pub use self::unsupported::{Unsupported, UnsupportedKind};
pub use self::view_queries::adopt_same_queries;

use self::owner::Owners;
use std::collections::HashMap;

use self::session::CatalogReader;
use self::types::Types;
use freehold_schema_core::ir::Schema;

/// An inspected database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Inspected {
    /// What a schema can describe.
    ///
    /// - Objects, and the parts of tables other than columns, are ordered by name; `public` is left out of names.
    /// - An expression is [`Expr::Sql`](freehold_schema_core::ir::Expr::Sql), as PostgreSQL prints it with an empty
    ///   search path and in UTC; a column of an index is [`Expr::Column`](freehold_schema_core::ir::Expr::Column).
    /// - A partition is listed only in its table, and the index of a constraint is only listed as the constraint.
    /// - There is one grant for each object and role, with every privilege by name, never `ALL` on a table. A routine
    ///   that `PUBLIC` may not execute lists the roles that may, and has no grant.
    /// - No role is `existing`, and nothing has a `renamed_from`.
    pub schema: Schema,
    /// What a schema cannot describe, ordered by kind and name.
    pub unsupported: Vec<Unsupported>,
    /// The definitions of unsupported objects, as PostgreSQL prints them, if a catalog has one. Two databases are
    /// compared by them.
    pub definitions: HashMap<Unsupported, String>,
    /// The PostgreSQL schemas with tables, views, functions or types that were not inspected, ordered by name.
    pub other_namespaces: Vec<String>,
}

/// Reads a database into a schema.
///
/// It reads everything in one read-only transaction, from one snapshot. The number of queries does not depend on the
/// number of objects. The role of the connection needs no right other than `CONNECT`: everyone may read the catalogs.
/// PostgreSQL 12 or later.
///
/// # Errors
///
/// [`InspectError`] if the connection is inside a transaction, or if a query fails.
pub async fn inspect(
    connection: &mut PgConnection,
    what: &Inspection,
) -> Result<Inspected, InspectError> {
    let mut session = CatalogReader::begin(connection, what).await?;
    let inspected = read(&mut session, what).await?;
    session.end().await?;
    Ok(inspected)
}

async fn read(
    session: &mut CatalogReader<'_>,
    what: &Inspection,
) -> Result<Inspected, InspectError> {
    let mut owners = Owners::default();
    let mut unsupported = unsupported::found(session).await?;
    let types = Types::read(session).await?;
    let (tables, views) = relation::relations(session).await?;
    let routines = routine::routines(session, &types, &mut owners, &mut unsupported).await?;
    let mut schema = Schema {
        schemas: namespace::namespaces(session, &mut owners).await?,
        extensions: extension::extensions(session).await?,
        enums: enum_type::enums(session, &mut owners).await?,
        domains: domain::domains(session, &types, &mut owners).await?,
        sequences: sequence::sequences(session, &mut owners, &mut unsupported).await?,
        tables: table::tables(session, tables, &types, &mut owners, &mut unsupported).await?,
        views: view::views(session, views, &mut unsupported).await?,
        ..Schema::default()
    };
    settle_owners(&mut schema, (session, what), &owners, &mut unsupported);
    schema.grants = rights::grants(session, schema.owner(), &mut unsupported).await?;
    schema.grants.extend(rights::of_routines(&routines));
    let later = default_rights::grants(session, &mut unsupported).await?;
    schema.grants.extend(later);
    schema.routines = routines.into_iter().map(|found| found.routine).collect();
    schema.roles = role::roles(session, &schema, what, &mut unsupported).await?;
    unsupported.sort();
    unsupported.dedup();
    Ok(Inspected {
        schema,
        definitions: unsupported::definitions(session, &unsupported).await?,
        unsupported,
        other_namespaces: namespace::others(session).await?,
    })
}

/// Sets the schema's owner to the role that owns most objects, and reports objects of other owners. If that role is the
/// connected one, the owner stays unset unless the caller asked for that role.
fn settle_owners(
    schema: &mut Schema,
    (session, what): (&CatalogReader<'_>, &Inspection),
    owners: &Owners,
    unsupported: &mut Vec<Unsupported>,
) {
    let connected = &session.connected;
    let owner = owners
        .most(&schema.views)
        .unwrap_or_else(|| connected.clone());
    unsupported.extend(owners.others(&owner));
    for view in &mut schema.views {
        view.owner = view.owner.take().filter(|other| *other != owner);
    }
    schema.owner = Some(owner).filter(|owner| owner != connected || what.roles.contains(owner));
}

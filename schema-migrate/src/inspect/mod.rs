//! A live database → the owned schema, of the same type as the one that structs are built into.
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

/// A database, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// What a schema can say.
    ///
    /// - Objects, and the parts of tables beside columns, are in the order of their names; `public` is not named.
    /// - An expression is [`Expr::Sql`](freehold_schema_core::ir::Expr::Sql) as PostgreSQL prints it with an empty search path and in UTC; a column of an
    ///   index is [`Expr::Column`](freehold_schema_core::ir::Expr::Column).
    /// - A partition stands with its table alone, and an index that holds a constraint is the constraint.
    /// - There is one grant for each object and role, with every privilege by name: never `ALL` on a table. Who may execute a routine that
    ///   not everybody may is said by the routine alone.
    /// - No role is `existing`, and nothing is renamed.
    pub schema: Schema,
    /// What a schema cannot say, in the order of kinds and names.
    pub unsupported: Vec<Unsupported>,
    /// What defines those of them that a catalog defines, as PostgreSQL prints it: of two databases they are compared by it.
    pub definitions: HashMap<Unsupported, String>,
    /// The PostgreSQL schemas with tables, views, functions or types that were not looked at, in the order of their names.
    pub other_namespaces: Vec<String>,
}

/// Reads a database into a schema.
///
/// Everything is read in one transaction that cannot write, at one moment. How many questions are asked does not depend on what there is.
/// The role of the connection needs no rights beside that to connect: the catalogs are open to everybody. PostgreSQL 12 or later.
///
/// # Errors
///
/// [`InspectError`], where the connection is inside a transaction already, or fails.
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

/// Says the role that owns most once, and the others beside it. The role that asks is named where somebody asks about it.
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

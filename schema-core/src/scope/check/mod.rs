//! What `connect` asks a database, before anything relies on it.
//!
//! PostgreSQL's row-level security holds neither superusers nor `BYPASSRLS`, a table's owner can turn it off, and it holds just those
//! tables that have it, by the policies that they have. So each of these is asked, once, when a [`Db`](super::Db) is made.
//!
//! Everything is asked in one transaction that only reads, at one moment. It takes on the application's role before it looks for
//! tables, so that a name means what it means in the application's statements: settings of the login, of the database and of the URL
//! make the search path, and the role's rights decide which of its schemas count. How many questions there are does not depend on
//! how large the schema is.
//!
//! | file | asks |
//! |---|---|
//! | [`server`] | the release of the server, whose early ones have holes; the extension `citus` |
//! | [`roles`] | what the login is, what it can become, and the application's role |
//! | [`relations`] | whether tables, views and columns are there; in both modes of isolation |
//! | [`tables`] | whether row-level security is enabled and forced |
//! | [`policies`] | whether the policies are there that the schema declares, and none that widens |
//! | [`rights`] | rights that policies do not hold: `TRUNCATE`, those on partitions and on the audit trail |
//! | [`views`] | views that read as somebody whom row-level security does not hold, and materialized views |

mod asking;
mod policies;
mod relations;
mod rights;
mod roles;
mod server;
mod tables;
mod views;
mod wanted;

pub use crate::error::outdated::Outdated;
pub use crate::error::refusal::{PolicyDifference, Refusal};

use self::asking::Asking;
use self::relations::Relation;
use self::roles::Reachable;
use super::session::Session;
use crate::error::Error;
use crate::ir::Schema;
use crate::model::{Isolation, RowSecurityDef, SchemaDef};

/// Asks what the isolation needs to hold, and of a schema whether it is there.
pub(super) async fn check(
    session: &mut Session,
    isolation: &Isolation,
    schema: Option<&'static SchemaDef>,
) -> Result<(), Error> {
    // As it is connected to: the builder may name another role or setting than the schema.
    let schema = schema.map(|schema| schema.isolation(*isolation));
    match (isolation, schema) {
        (Isolation::RowSecurity(names), schema) => {
            let (mut asking, server) = Asking::begin(session).await?;
            server::refuse(&server)?;
            let reachable = roles::check(&mut asking, names).await?;
            if let Some(schema) = schema {
                check_schema(&mut asking, &schema, names, &reachable).await?;
            }
            asking.end();
        }
        (Isolation::Predicate, Some(schema)) => {
            let (mut asking, path) = Asking::begin_as_login(session).await?;
            let built = Schema::build(&schema);
            let wanted = wanted::of(&schema, &built);
            relations::find(&mut asking, &wanted, &path).await?;
            asking.end();
        }
        (Isolation::Predicate, None) => {}
    }
    Ok(())
}

async fn check_schema(
    asking: &mut Asking<'_>,
    schema: &SchemaDef,
    isolation: &RowSecurityDef,
    reachable: &Reachable,
) -> Result<(), Error> {
    let built = Schema::build(schema);
    let wanted = wanted::of(schema, &built);
    let path = asking.become_role(isolation.role).await?;
    let relations = relations::find(asking, &wanted, &path).await?;
    relations::refuse_other_kinds(&relations)?;
    relations::refuse_unusable(&relations, isolation.role)?;
    tables::refuse_open(&relations)?;
    policies::check(asking, &built, &path, &relations, reachable).await?;
    rights::check(asking, &built, &relations, reachable).await?;
    views::check(asking, &built, &relations, reachable).await
}

/// The tables of a schema whose rows row-level security has to hold, or that are closed to the application.
fn held<'r, 's>(relations: &'r [Relation<'s>]) -> impl Iterator<Item = &'r Relation<'s>> {
    relations.iter().filter(|relation| {
        use wanted::{Kind, Standing};
        match relation.wanted.kind {
            Kind::Table {
                standing: Standing::Owned | Standing::Closed,
                ..
            } => true,
            Kind::Table {
                standing: Standing::Shared,
                ..
            }
            | Kind::View { .. } => false,
        }
    })
}

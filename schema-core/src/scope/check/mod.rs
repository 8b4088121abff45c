//! The checks of `connect`, before anything relies on the database.
//!
//! PostgreSQL's row-level security does not apply to superusers and to roles with `BYPASSRLS`. A table's owner can turn
//! it off. It applies only to tables that have it enabled, with the policies that they have. All of this is checked
//! once, when a [`Db`](super::Db) is made.
//!
//! The checks run in one read-only transaction, at one moment. It takes on the application's role before it looks for
//! tables, so that a name means the same as in the application's statements. Settings of the login, of the database and
//! of the URL make the search path, and the role's rights decide which of its schemas count. The number of queries does
//! not depend on the size of the schema.
//!
//! | file | checks |
//! |---|---|
//! | [`server`] | the server's release, because early ones have holes; the extension `citus` |
//! | [`roles`] | the login, the roles that it can become, and the application's role |
//! | [`relations`] | that tables, views and columns exist; in both isolation modes |
//! | [`tables`] | that row-level security is enabled and forced |
//! | [`policies`] | that the declared policies exist, and no policy that shows more rows |
//! | [`rights`] | rights that policies do not limit: `TRUNCATE`, rights on partitions and on the audit trail |
//! | [`views`] | views that read with the rights of a role which bypasses row-level security; materialized views |

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

/// Checks what the isolation relies on and, with a schema, that its objects exist.
pub(super) async fn check(
    session: &mut Session,
    isolation: &Isolation,
    schema: Option<&'static SchemaDef>,
) -> Result<(), Error> {
    // With the isolation of the builder, which may name another role or setting than the schema.
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

/// The tables whose rows row-level security must protect, or that are closed to the application.
fn protected<'r, 's>(relations: &'r [Relation<'s>]) -> impl Iterator<Item = &'r Relation<'s>> {
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

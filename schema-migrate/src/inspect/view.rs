use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::index;
use super::relation::{Relation, oids};
use super::session::{CatalogReader, row};
use super::unsupported::Unsupported;
use freehold_schema_core::ir::{Query, View};

const VIEWS: &str = "
    SELECT c.oid AS relation, pg_catalog.pg_get_viewdef(c.oid) AS query,
        EXISTS (
            SELECT FROM pg_catalog.pg_options_to_table(c.reloptions) o
            WHERE o.option_name = 'security_invoker' AND o.option_value::boolean
        ) AS security_invoker
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_class c ON c.oid = wanted.oid";

const COMMENTS: &str = "
    SELECT a.attrelid AS relation, a.attname::text AS column, d.description AS comment
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = wanted.oid AND a.attnum > 0
    JOIN pg_catalog.pg_description d
        ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
    ORDER BY a.attrelid, a.attnum";

row! {
    struct ViewRow {
        relation: Oid,
        query: String,
        security_invoker: bool,
    }
}

row! {
    struct CommentRow {
        relation: Oid,
        column: String,
        comment: String,
    }
}

/// The views, each with its owner.
pub(super) async fn views(
    session: &mut CatalogReader<'_>,
    relations: Vec<Relation>,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<View>, InspectError> {
    let all = oids(&relations);
    let rows = session.of::<ViewRow>("views", VIEWS, &all).await?;
    let mut rows: ByObject<_> = rows.into_iter().map(|row| (row.relation, row)).collect();
    let comments = session.of::<CommentRow>("comments of views", COMMENTS, &all);
    let comments = comments.await?.into_iter();
    let mut comments: ByObject<_> = comments
        .map(|row| (row.relation, (row.column, row.comment)))
        .collect();
    let stored = oids(relations.iter().filter(|view| view.is_materialized()));
    let mut indexes = index::indexes(session, &stored, unsupported).await?;
    let views = relations.into_iter().filter_map(|relation| {
        let row = rows.take(relation.oid).pop()?;
        Some(View {
            name: relation.qualified(),
            column_comments: comments.take(relation.oid),
            query: Query::Source(without_semicolon(&row.query)),
            materialized: relation.is_materialized(),
            security_invoker: row.security_invoker,
            indexes: indexes.take(relation.oid),
            comment: relation.comment,
            owner: Some(relation.owner),
        })
    });
    Ok(views.collect())
}

fn without_semicolon(query: &str) -> String {
    query.trim().trim_end_matches(';').to_owned()
}

//! An extension gives `gin` and `gist` classes for the types that a B-tree orders.

use freehold::prelude::*;

#[derive(SqlEnum)]
enum Kind {
    A,
    B,
}

#[derive(Table)]
#[table(
    shared,
    allow(timestamps),
    index(org_id, title.ops(gin_trgm_ops), using = gin),
    index(org_id, kind, due, using = gist)
)]
struct Item {
    #[column(primary_key)]
    id: Uuid,
    org_id: Uuid,
    title: String,
    kind: Kind,
    due: NaiveDate,
}

schema!(pub APP = [Item], extension(btree_gin), extension(btree_gist), extension(pg_trgm));

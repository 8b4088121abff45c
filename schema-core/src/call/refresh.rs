use std::future::Future;

use sqlx::postgres::Postgres;
use sqlx::{AssertSqlSafe, Executor, Result};

use crate::ddl;
use crate::error::said;
use crate::model::{MaterializedView, ViewDef};

/// Makes the rows of a materialized view anew.
pub trait Refresh: MaterializedView {
    /// Makes the rows anew. The view can be read meanwhile where it has a unique index over columns alone and without
    /// `where`; else who reads it waits.
    fn refresh<'c, E>(executor: E) -> impl Future<Output = Result<()>> + Send
    where
        E: Executor<'c, Database = Postgres>,
    {
        // The text is made of the definition alone, each name quoted where it has to be.
        let query = sqlx::query(AssertSqlSafe(statement(Self::DEF))).persistent(false);
        async move { query.execute(executor).await.map(drop).map_err(said) }
    }
}

impl<V: MaterializedView> Refresh for V {}

fn statement(view: &ViewDef) -> String {
    let concurrently = if view.refreshes_concurrently() {
        "CONCURRENTLY "
    } else {
        ""
    };
    format!(
        "REFRESH MATERIALIZED VIEW {concurrently}{}",
        ddl::qualified(&view.name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Expr, IndexDef, IndexPart, Ownership, TableName};

    const NAME: TableName = TableName::new(Some("app"), "user");
    const A: IndexPart = IndexPart::column("a");
    const B: IndexPart = IndexPart::column("b");
    const LOWER: IndexPart = IndexPart::new(Expr::Call("lower", &[Expr::Column("a")]));

    fn refresh(indexes: &'static [IndexDef]) -> String {
        let view = ViewDef::new(NAME, Ownership::Shared, &[], "").materialized();
        statement(&view.indexes(indexes))
    }

    #[test]
    fn a_unique_index_over_columns_lets_it_be_read_meanwhile() {
        const INDEXES: &[IndexDef] = &[IndexDef::new(&[A]), IndexDef::new(&[A, B]).unique()];
        assert_eq!(
            refresh(INDEXES),
            "REFRESH MATERIALIZED VIEW CONCURRENTLY app.\"user\""
        );
    }

    #[test]
    fn another_index_does_not() {
        const INDEXES: &[IndexDef] = &[
            IndexDef::new(&[A]),
            IndexDef::new(&[A]).unique().filter(Expr::Bool(true)),
            IndexDef::new(&[LOWER]).unique(),
        ];
        assert_eq!(refresh(INDEXES), "REFRESH MATERIALIZED VIEW app.\"user\"");
    }
}

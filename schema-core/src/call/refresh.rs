use crate::ddl;
use crate::model::{MaterializedView, ViewDef};
use crate::query::{Executor, Running, Statement};

/// Refreshes the rows of a materialized view. Each struct with `#[derive(View)]` and `#[view(materialized)]` has it.
pub trait Refresh: MaterializedView {
    /// Runs `REFRESH MATERIALIZED VIEW`.
    ///
    /// It adds `CONCURRENTLY` if the view has a unique index over columns only and without `where`. Without it, readers
    /// of the view wait until it is refreshed.
    ///
    /// PostgreSQL allows it only for a member of the role that owns the view. Usually that is `db.unscoped("why")`.
    ///
    /// # Errors
    ///
    /// [`Error::NotPermitted`](crate::Error::NotPermitted) if the role is not a member of the view's owner.
    fn refresh<E: Executor>(executor: &E) -> Running<'_, ()> {
        // The text comes only from the definition, with each name quoted if necessary.
        let statement = Statement::without_rows(statement(Self::DEF));
        Box::pin(async move {
            executor.run(statement, &mut |_| Ok(())).await?;
            Ok(())
        })
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
    fn a_unique_index_over_columns_allows_concurrent_reads() {
        const INDEXES: &[IndexDef] = &[IndexDef::new(&[A]), IndexDef::new(&[A, B]).unique()];
        assert_eq!(
            refresh(INDEXES),
            "REFRESH MATERIALIZED VIEW CONCURRENTLY app.\"user\""
        );
    }

    #[test]
    fn other_indexes_do_not_allow_concurrent_reads() {
        const INDEXES: &[IndexDef] = &[
            IndexDef::new(&[A]),
            IndexDef::new(&[A]).unique().filter(Expr::Bool(true)),
            IndexDef::new(&[LOWER]).unique(),
        ];
        assert_eq!(refresh(INDEXES), "REFRESH MATERIALIZED VIEW app.\"user\"");
    }
}

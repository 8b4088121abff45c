use crate::ddl;
use crate::model::{MaterializedView, ViewDef};
use crate::query::{Executor, Running, Statement};

/// Refreshes the rows of a materialized view.
pub trait Refresh: MaterializedView {
    /// Runs `REFRESH MATERIALIZED VIEW`, with `CONCURRENTLY` if the view has a unique index over columns alone and
    /// without `where`; readers of the view wait otherwise.
    ///
    /// PostgreSQL lets only a member of the role that owns the view refresh it: as a rule that is
    /// `db.unscoped("why")`.
    ///
    /// # Errors
    ///
    /// [`Error::NotPermitted`](crate::Error::NotPermitted) if the role is not a member of the view's owner.
    fn refresh<E: Executor>(executor: &E) -> Running<'_, ()> {
        // The text comes from the definition alone, with each name quoted where it has to be.
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

use super::{IndexDef, Ownership, SqlType, TableName};
use crate::types::SqlValue;

/// A struct that is a view. Made by `#[derive(View)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a view",
    label = "this is not a view",
    note = "add `#[derive(View)]` to `{Self}`; list tables in the `[..]` of `schema!` and views in `views(..)`"
)]
pub trait View {
    /// A struct with one [`Column`](super::Column) for each field.
    type Columns;
    /// The view's name.
    const NAME: TableName;
    /// Who owns the rows.
    const OWNERSHIP: Ownership;
    /// The columns, by the names of the fields.
    const COLUMNS: Self::Columns;
    /// The whole definition.
    const DEF: &'static ViewDef;
}

/// A view whose rows are stored. Made by `#[derive(View)]` with `#[view(materialized)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a materialized view",
    label = "its rows are not stored",
    note = "write `#[view(materialized)]`, or read it without `refresh`"
)]
pub trait MaterializedView: View {}

/// The definition of a view.
#[derive(Clone, Copy, Debug)]
pub struct ViewDef {
    /// The name.
    pub name: TableName,
    /// Who owns the rows.
    pub ownership: Ownership,
    /// The comment.
    pub comment: Option<&'static str>,
    /// The columns, in the order of the fields. They are found by name: the query may return them in another order.
    pub columns: &'static [ViewColumnDef],
    /// The query, passed on as written.
    pub query: &'static str,
    /// Whether the rows are stored.
    pub materialized: bool,
    /// Whether it reads its tables with the rights of the caller, so that row-level security applies.
    ///
    /// The default is `true`.
    pub security_invoker: bool,
    /// The indexes of a materialized view.
    pub indexes: &'static [IndexDef],
    /// The rules that this view may break.
    pub allow: &'static [&'static str],
    /// Whether the derive reported an error, so that the definition is incomplete.
    pub incomplete: bool,
}

impl ViewDef {
    /// A view of `columns`, defined by `query`.
    pub const fn new(
        name: TableName,
        ownership: Ownership,
        columns: &'static [ViewColumnDef],
        query: &'static str,
    ) -> Self {
        Self {
            name,
            ownership,
            comment: None,
            columns,
            query,
            materialized: false,
            security_invoker: true,
            indexes: &[],
            allow: &[],
            incomplete: false,
        }
    }

    /// A placeholder for a view whose derive reported an error.
    pub const fn incomplete(name: TableName, ownership: Ownership) -> Self {
        let mut view = Self::new(name, ownership, &[], "");
        view.incomplete = true;
        view
    }

    /// Sets the comment.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Stores the rows.
    pub const fn materialized(mut self) -> Self {
        self.materialized = true;
        self
    }

    /// Makes it read its tables with the rights of the view's owner.
    pub const fn security_definer(mut self) -> Self {
        self.security_invoker = false;
        self
    }

    /// Sets the indexes.
    pub const fn indexes(mut self, indexes: &'static [IndexDef]) -> Self {
        self.indexes = indexes;
        self
    }

    /// Whether its rows can be refreshed while it is read.
    ///
    /// PostgreSQL needs a unique index over columns only and without a condition (manual, `REFRESH MATERIALIZED VIEW`).
    pub const fn refreshes_concurrently(&self) -> bool {
        let mut i = 0;
        while i < self.indexes.len() {
            if self.indexes[i].is_unique_over_every_row() {
                return self.materialized;
            }
            i += 1;
        }
        false
    }

    /// Allows this view to break `rules`.
    pub const fn allow(mut self, rules: &'static [&'static str]) -> Self {
        self.allow = rules;
        self
    }
}

/// A column of a view.
#[derive(Clone, Copy, Debug)]
pub struct ViewColumnDef {
    /// The name.
    pub name: &'static str,
    /// The type that the field reads.
    pub sql_type: SqlType,
    /// The name of the field's Rust type.
    pub rust_type: fn() -> &'static str,
    /// Whether the field can hold a null.
    pub nullable: bool,
    /// The comment.
    pub comment: Option<&'static str>,
}

impl ViewColumnDef {
    /// A column that is read as `V`.
    pub const fn new<V: SqlValue>(name: &'static str) -> Self {
        Self {
            name,
            sql_type: V::TYPE,
            rust_type: core::any::type_name::<V>,
            nullable: V::NULLABLE,
            comment: None,
        }
    }

    /// Sets the comment.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }
}

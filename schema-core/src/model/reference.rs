use super::{Column, Deferrable, Ownership, Table, TableDef, TableName};

/// A foreign key of a table.
#[derive(Clone, Copy, Debug)]
pub struct ForeignKeyDef {
    /// The constraint's name; without one, `fk_{table}_{columns}`.
    pub name: Option<&'static str>,
    /// The columns that reference, in order.
    pub columns: &'static [&'static str],
    /// The referenced columns in the same order, all of one table.
    pub references: &'static [Reference],
    /// What happens to this row when the referenced one is deleted.
    pub on_delete: Action,
    /// What happens to this row when the referenced key is updated.
    pub on_update: Action,
    /// When it is checked.
    pub deferrable: Deferrable,
    /// The rules that may be broken by this foreign key.
    pub allow: &'static [&'static str],
}

impl ForeignKeyDef {
    /// A foreign key from `columns` to `references`.
    pub const fn new(
        columns: &'static [&'static str],
        references: &'static [Reference],
        on_delete: Action,
    ) -> Self {
        Self {
            name: None,
            columns,
            references,
            on_delete,
            on_update: Action::NoAction,
            deferrable: Deferrable::Never,
            allow: &[],
        }
    }

    /// Names the constraint.
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Sets what happens when the referenced key is updated.
    pub const fn on_update(mut self, action: Action) -> Self {
        self.on_update = action;
        self
    }

    /// Sets when it is checked.
    pub const fn deferrable(mut self, deferrable: Deferrable) -> Self {
        self.deferrable = deferrable;
        self
    }

    /// Allows this foreign key to break `rules`.
    pub const fn allow(mut self, rules: &'static [&'static str]) -> Self {
        self.allow = rules;
        self
    }

    /// The first referenced column, which also names the referenced table.
    pub const fn target(&self) -> &'static Reference {
        &self.references[0]
    }
}

/// A column that a foreign key references.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The table's name.
    pub table: TableName,
    /// Who owns the table's rows.
    pub ownership: Ownership,
    /// The column's name.
    pub column: &'static str,
    /// The table's definition.
    ///
    /// It is a function because tables may reference each other in a cycle, which const data cannot.
    pub def: fn() -> &'static TableDef,
}

impl<T: Table, V, K> Column<T, V, K> {
    /// This column as the target of a foreign key whose field has type `F`: `V` or `Option<V>`.
    pub const fn referenced_by<F: ForeignKeyOf<V>>(&self) -> Reference {
        Reference {
            table: T::NAME,
            ownership: T::OWNERSHIP,
            column: self.name(),
            def: T::definition,
        }
    }
}

/// A type whose values can reference a column of type `Target`: the same type, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "this field is `{Self}`, but the column it references is `{Target}`",
    label = "write `{Target}`, or `Option<{Target}>` for a reference that may be missing"
)]
pub trait ForeignKeyOf<Target> {}

#[diagnostic::do_not_recommend]
impl<T> ForeignKeyOf<T> for T {}

#[diagnostic::do_not_recommend]
impl<T> ForeignKeyOf<T> for Option<T> {}

/// What happens to a row when the row that it references is deleted or its key is updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The change is refused at the end of the statement or, if the constraint is deferred, of the transaction.
    NoAction,
    /// The change is refused at once.
    Restrict,
    /// The row is deleted or updated too.
    Cascade,
    /// The columns are set to null: those listed, or all of the foreign key if the list is empty.
    SetNull(&'static [&'static str]),
    /// The columns are set to their defaults: those listed, or all of the foreign key if the list is empty.
    SetDefault(&'static [&'static str]),
}

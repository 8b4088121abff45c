use super::{
    CheckDef, ColumnDef, ForeignKeyDef, IndexDef, MonthlyPartitionsDef, Ownership, PartitionByDef,
    PartitionDef, PolicyDef, PrimaryKeyDef, SearchDef, TableName, TriggerDef, UniqueDef, VolumeDef,
    hash,
};

/// A struct that is a table. Made by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "this is not a table",
    note = "add `#[derive(Table)]` to `{Self}`"
)]
pub trait Table {
    /// A struct with one [`Column`](super::Column) for each field.
    type Columns;
    /// The table's name.
    const NAME: TableName;
    /// Who owns the rows.
    const OWNERSHIP: Ownership;
    /// The columns, by the names of the fields.
    const COLUMNS: Self::Columns;
    /// The whole definition.
    const DEF: &'static TableDef;

    /// The whole definition, as a function: foreign keys of other tables keep it.
    fn definition() -> &'static TableDef {
        Self::DEF
    }
}

/// The definition of a table.
#[derive(Clone, Copy, Debug)]
pub struct TableDef {
    /// The name.
    pub name: TableName,
    /// Who owns the rows.
    pub ownership: Ownership,
    /// The comment.
    pub comment: Option<&'static str>,
    /// The columns, in the order of the fields.
    pub columns: &'static [ColumnDef],
    /// The primary key.
    pub primary_key: PrimaryKeyDef,
    /// The unique constraints.
    pub uniques: &'static [UniqueDef],
    /// The indexes.
    pub indexes: &'static [IndexDef],
    /// The checks.
    pub checks: &'static [CheckDef],
    /// The foreign keys.
    pub foreign_keys: &'static [ForeignKeyDef],
    /// How the rows are distributed over partitions.
    pub partition_by: Option<PartitionByDef>,
    /// The partitions.
    pub partitions: &'static [PartitionDef],
    /// How monthly partitions are created ahead of time.
    pub monthly_partitions: Option<MonthlyPartitionsDef>,
    /// The policies written by hand.
    pub policies: &'static [PolicyDef],
    /// Whether row-level security also applies to its owner. Under the schema's own isolation it always does.
    pub force_row_security: bool,
    /// The triggers written by hand.
    pub triggers: &'static [TriggerDef],
    /// Whether its changes are written to the audit trail.
    pub audit: bool,
    /// Its full-text search.
    pub search: Option<SearchDef>,
    /// How many rows it is expected to have.
    pub volume: Option<VolumeDef>,
    /// The view of the rows that are not deleted.
    pub active_view: Option<&'static str>,
    /// The path of the struct: `shop::sales::Order`.
    pub path: &'static str,
    /// The previous name of a renamed table.
    pub renamed_from: Option<&'static str>,
    /// The rules and migration hazards that are allowed for this table.
    pub allow: &'static [&'static str],
    /// Whether the derive reported an error, so that the definition is incomplete.
    pub incomplete: bool,
}

impl TableDef {
    /// A table of `columns`.
    pub const fn new(
        name: TableName,
        ownership: Ownership,
        columns: &'static [ColumnDef],
        primary_key: PrimaryKeyDef,
    ) -> Self {
        Self {
            name,
            ownership,
            comment: None,
            columns,
            primary_key,
            uniques: &[],
            indexes: &[],
            checks: &[],
            foreign_keys: &[],
            partition_by: None,
            partitions: &[],
            monthly_partitions: None,
            policies: &[],
            force_row_security: false,
            triggers: &[],
            audit: false,
            search: None,
            volume: None,
            active_view: None,
            path: "",
            renamed_from: None,
            allow: &[],
            incomplete: false,
        }
    }

    /// A placeholder for a table whose derive reported an error, so that other tables can still reference it.
    pub const fn incomplete(name: TableName, ownership: Ownership) -> Self {
        let mut table = Self::new(name, ownership, &[], PrimaryKeyDef::new(&[]));
        table.incomplete = true;
        table
    }

    /// Sets the comment.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Sets the unique constraints.
    pub const fn uniques(mut self, uniques: &'static [UniqueDef]) -> Self {
        self.uniques = uniques;
        self
    }

    /// Sets the indexes.
    pub const fn indexes(mut self, indexes: &'static [IndexDef]) -> Self {
        self.indexes = indexes;
        self
    }

    /// Sets the checks.
    pub const fn checks(mut self, checks: &'static [CheckDef]) -> Self {
        self.checks = checks;
        self
    }

    /// Sets the foreign keys.
    pub const fn foreign_keys(mut self, foreign_keys: &'static [ForeignKeyDef]) -> Self {
        self.foreign_keys = foreign_keys;
        self
    }

    /// Distributes the rows over partitions.
    pub const fn partition_by(mut self, partition_by: PartitionByDef) -> Self {
        self.partition_by = Some(partition_by);
        self
    }

    /// Sets the partitions.
    pub const fn partitions(mut self, partitions: &'static [PartitionDef]) -> Self {
        self.partitions = partitions;
        self
    }

    /// Creates monthly partitions ahead of time.
    pub const fn monthly_partitions(mut self, monthly: MonthlyPartitionsDef) -> Self {
        self.monthly_partitions = Some(monthly);
        self
    }

    /// Sets the policies.
    pub const fn policies(mut self, policies: &'static [PolicyDef]) -> Self {
        self.policies = policies;
        self
    }

    /// Applies row-level security to the table's owner too.
    pub const fn force_row_security(mut self) -> Self {
        self.force_row_security = true;
        self
    }

    /// Sets the triggers.
    pub const fn triggers(mut self, triggers: &'static [TriggerDef]) -> Self {
        self.triggers = triggers;
        self
    }

    /// Writes its changes to the audit trail.
    pub const fn audit(mut self) -> Self {
        self.audit = true;
        self
    }

    /// Makes it searchable.
    pub const fn search(mut self, search: SearchDef) -> Self {
        self.search = Some(search);
        self
    }

    /// Sets how many rows it is expected to have.
    pub const fn volume(mut self, volume: VolumeDef) -> Self {
        self.volume = Some(volume);
        self
    }

    /// Sets the path of the struct.
    pub const fn path(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    /// Names the view of the rows that are not deleted.
    pub const fn active_view(mut self, name: &'static str) -> Self {
        self.active_view = Some(name);
        self
    }

    /// Sets the previous name of a renamed table.
    pub const fn renamed_from(mut self, name: &'static str) -> Self {
        self.renamed_from = Some(name);
        self
    }

    /// Allows rules and migration hazards for this table.
    pub const fn allow(mut self, rules: &'static [&'static str]) -> Self {
        self.allow = rules;
        self
    }

    /// The column `name`, if there is one.
    pub const fn column(&self, name: &str) -> Option<&'static ColumnDef> {
        let hash = hash(name);
        let mut columns = self.columns;
        while let [first, rest @ ..] = columns {
            if first.hash == hash {
                return Some(first);
            }
            columns = rest;
        }
        None
    }
}

//! The description as the const model.

use freehold::SchemaDef;
use freehold::model::{
    ColumnDef, Isolation, Ownership, PartitionByDef, PartitionStrategy, PrimaryKeyDef,
    RowSecurityDef, ScalarType, SqlType, TableDef, TableName,
};

use super::Spec;
use super::grants::READER;
use super::partitions::partitions;
use super::tables::TableSpec;
use super::words::{names, text};

/// The rules about quality, which a random schema does not follow.
const ALLOWED: &[&str] = &[
    "uuid_key",
    "unlisted_reference",
    "unscoped_reference",
    "cascade_from_shared",
    "unindexed_shared_reference",
    "index_not_leakproof",
    "internal_reference",
];

/// The owners of the rows in scoped tables.
pub(super) static USERS: TableDef = TableDef::new(
    TableName::new(None, "users"),
    Ownership::Owner,
    &[ColumnDef::new::<i64>("id")],
    PrimaryKeyDef::new(&["id"]),
)
.allow(ALLOWED);

impl Spec {
    /// The schema as the derives would create it.
    pub(crate) fn def(&self) -> SchemaDef {
        SchemaDef::new("RANDOM", self.table_defs())
            .roles(READER)
            .grants(self.grant_defs())
            .views(self.view_defs())
            .routines(self.routine_defs())
            .sequences(self.sequence_defs())
            .extensions(self.extension_defs())
            .isolation(self.isolation())
    }

    fn isolation(&self) -> Isolation {
        if !self.isolated {
            return Isolation::Predicate;
        }
        let isolation = RowSecurityDef::new();
        Isolation::RowSecurity(if self.owned {
            isolation.owner("random_owner")
        } else {
            isolation
        })
    }

    fn table_defs(&self) -> &'static [&'static TableDef] {
        let users = self.isolated.then_some(&USERS).into_iter();
        let tables = self.tables.iter();
        let tables = tables.map(|table| &*Box::leak(Box::new(self.table(table))));
        users.chain(tables).collect::<Vec<_>>().leak()
    }

    fn table(&self, spec: &TableSpec) -> TableDef {
        let def = TableDef::new(
            spec.relation().table_name(),
            spec.ownership(),
            self.column_defs(spec),
            PrimaryKeyDef::new(names(&spec.key_columns())),
        )
        .uniques(spec.unique_defs())
        .checks(spec.check_defs(self))
        .indexes(spec.index_defs(self))
        .foreign_keys(self.foreign_keys(spec))
        .policies(spec.policy_defs(self))
        .triggers(self.trigger_defs(spec))
        .allow(ALLOWED);
        let def = match spec.partitions {
            Some(count) => def
                .partition_by(PartitionByDef::new(PartitionStrategy::Range, &["day"]))
                .partitions(partitions(&spec.name, count)),
            None => def,
        };
        let def = if spec.audited { def.audit() } else { def };
        let def = spec
            .search
            .iter()
            .fold(def, |def, search| def.search(search.def()));
        let def = spec
            .comment
            .as_ref()
            .map_or(def, |comment| def.comment(text(comment)));
        spec.renamed_from
            .as_ref()
            .map_or(def, |from| def.renamed_from(text(from)))
    }

    fn column_defs(&self, spec: &TableSpec) -> &'static [ColumnDef] {
        let mut columns = vec![ColumnDef::new::<i64>("id").identity::<i64>(spec.counted)];
        if spec.is_scoped() {
            columns.push(ColumnDef::new::<i64>("user_id"));
        }
        if spec.partitions.is_some() {
            let mut day = ColumnDef::new::<i64>("day");
            day.sql_type = SqlType::Scalar(ScalarType::Date);
            columns.push(day);
        }
        columns.extend(
            spec.columns
                .iter()
                .map(|column| self.column_def(spec, column)),
        );
        columns.leak()
    }
}

//! Primary keys, and references to them or to other keys.

use freehold::model::{
    Action, Deferrable, ForeignKeyDef, Ownership, Reference, ScalarType, TableDef, TableName,
};

use super::Spec;
use super::columns::{ColumnSpec, Kind};
use super::def::USERS;
use super::namespaces::Relation;
use super::search::is_text;
use super::tables::TableSpec;
use super::words::{names, text};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct ReferenceSpec {
    pub(super) column: String,
    pub(super) target: Relation,
    pub(super) target_column: String,
    action: Action,
    deferrable: Deferrable,
}

impl TableSpec {
    pub(super) fn key_columns(&self) -> Vec<String> {
        let day = self.partitions.map(|_| "day".to_owned());
        let own = std::iter::once("id".to_owned()).chain(day);
        own.chain(self.key.clone()).collect()
    }

    /// The column that others may reference besides `id`.
    fn unique_column(&self, random: &mut Random) -> Option<&ColumnSpec> {
        let (_, names) = self.uniques.get(random.below(self.uniques.len()))?;
        let mut columns = self.columns.iter();
        let column = columns.find(|column| *names == [column.name.clone()])?;
        let is_made = matches!(
            column.kind,
            Kind::Counted(_) | Kind::Serial | Kind::Computed(_) | Kind::TextEnum(_)
        );
        Some(column).filter(|_| !is_made)
    }

    /// Whether a foreign key from the column `from` can reference the column.
    fn is_referable(&self, column: &str, from: &ColumnSpec) -> bool {
        if column == "id" {
            return self.key_columns().len() == 1;
        }
        let is_unique = self.uniques.iter().any(|(_, names)| *names == [column]);
        let mut columns = self.columns.iter();
        let is_same = |other: &&ColumnSpec| {
            other.name == column && (other.kind == from.kind || is_text(other) && is_text(from))
        };
        is_unique && self.partitions.is_none() && columns.any(|other| is_same(&other))
    }
}

impl Spec {
    pub(super) fn change_key(&mut self, random: &mut Random) {
        self.with_table(random, |table, random| {
            let of_rows = |column: &&ColumnSpec| !matches!(column.kind, Kind::Computed(_));
            let columns: Vec<_> = table.columns.iter().filter(of_rows).collect();
            if !columns.is_empty() && table.key.take().is_none() {
                table.key = Some(random.pick(&columns).name.clone());
            }
        });
    }

    pub(super) fn add_reference(&mut self, random: &mut Random) {
        let target = random.pick(&self.tables);
        let unique = target.unique_column(random).filter(|_| random.one_in(2));
        let (kind, target_column) = match unique {
            Some(column) => (column.kind.clone(), column.name.clone()),
            None => (Kind::Scalar(ScalarType::BigInt), "id".to_owned()),
        };
        let target = target.relation();
        let column = ColumnSpec {
            name: self.name("of"),
            renamed_from: None,
            kind,
            nullable: true,
            default: false,
            hand: None,
            renamed_labels: Vec::new(),
            comment: None,
        };
        self.with_table(random, move |table, random| {
            let actions = [
                Action::NoAction,
                Action::Cascade,
                Action::Restrict,
                Action::SetNull(&[]),
            ];
            let deferrable = [
                Deferrable::Never,
                Deferrable::Never,
                Deferrable::InitiallyDeferred,
            ];
            table.references.push(ReferenceSpec {
                column: column.name.clone(),
                target: target.clone(),
                target_column: target_column.clone(),
                action: *random.pick(&actions),
                deferrable: *random.pick(&deferrable),
            });
            table.columns.push(column.clone());
        });
    }

    /// Drops references to a key that no longer exists.
    pub(super) fn forget_dangling_references(&mut self) {
        let targets = self.tables.clone();
        for table in &mut self.tables {
            let columns = &table.columns;
            table.references.retain(|reference| {
                let from = columns
                    .iter()
                    .find(|column| column.name == reference.column);
                let mut targets = targets.iter();
                let target = targets.find(|target| target.relation() == reference.target);
                target.zip(from).is_some_and(|(target, from)| {
                    target.is_referable(&reference.target_column, from)
                })
            });
        }
    }

    pub(super) fn foreign_keys(&self, table: &TableSpec) -> &'static [ForeignKeyDef] {
        let references = table.references.iter();
        let keys = references.map(|reference| self.foreign_key(table, reference));
        keys.chain(table.is_scoped().then(to_user))
            .collect::<Vec<_>>()
            .leak()
    }

    fn foreign_key(&self, table: &TableSpec, spec: &ReferenceSpec) -> ForeignKeyDef {
        let target = self.table_of(&spec.target);
        let reference = Reference {
            table: spec.target.table_name(),
            ownership: target.map_or(Ownership::Shared, TableSpec::ownership),
            column: text(&spec.target_column),
            def: || &NOTHING,
        };
        let mut columns = table.columns.iter();
        let is_nullable = columns.any(|column| column.name == spec.column && column.nullable)
            && table.key.as_ref() != Some(&spec.column);
        let action = match spec.action {
            Action::SetNull(_) if !is_nullable => Action::NoAction,
            action => action,
        };
        ForeignKeyDef::new(
            names(std::slice::from_ref(&spec.column)),
            vec![reference].leak(),
            action,
        )
        .deferrable(spec.deferrable)
    }
}

fn to_user() -> ForeignKeyDef {
    let reference = Reference {
        table: TableName::new(None, "users"),
        ownership: Ownership::Owner,
        column: "id",
        def: || &USERS,
    };
    ForeignKeyDef::new(&["user_id"], vec![reference].leak(), Action::Cascade)
}

static NOTHING: TableDef = TableDef::incomplete(TableName::new(None, "nothing"), Ownership::Shared);

use std::cell::OnceCell;
use std::collections::HashSet;

use super::changes;
use super::dependents::{ColumnName, Dependents};
use super::names::Names;
use super::places::Places;
use crate::diff::{self, Change, Element, Object, TableChange};
use freehold_schema_core::ddl::order::CreationOrder;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Column, Domain, Grant, Index, QualifiedName, Schema, Table};

/// What the steps are planned from.
pub(super) struct Context<'a> {
    /// The old schema with its declared renames applied.
    pub(super) from: &'a Schema,
    /// The new schema.
    pub(super) to: &'a Schema,
    /// The new schema including the defaults that are set only after their domain has its new base type.
    pub(super) whole: &'a Schema,
    /// The old schema before any rename.
    pub(super) before: &'a Schema,
    pub(super) printer: Printer<'a>,
    /// The names that are taken before the first step.
    pub(super) names: Names,
    pub(super) old_order: CreationOrder<'a>,
    pub(super) new_order: CreationOrder<'a>,
    old_places: Places,
    new_places: Places,
    /// The old rights, one grant for each object and role.
    pub(super) old_grants: Vec<Grant>,
    /// The new rights.
    pub(super) new_grants: Vec<Grant>,
    /// The columns that get another type, are recreated, or are generated and dropped.
    ///
    /// Their dependents are dropped while they change.
    unsettled: HashSet<ColumnName>,
    /// The views that depend on a primary key which this plan adds.
    late_views: HashSet<QualifiedName>,
    /// The routines that are dropped and created again.
    pub(super) remade: Vec<QualifiedName>,
    /// The routines among these that use the row type of a dropped relation.
    over_rows: HashSet<QualifiedName>,
    /// The columns whose default changes.
    redefaulted: HashSet<ColumnName>,
    recreated: HashSet<QualifiedName>,
    created: HashSet<QualifiedName>,
    dropped: HashSet<QualifiedName>,
    /// The dropped tables, partitions and views whose names no other relation gets.
    gone: HashSet<QualifiedName>,
    /// The dropped tables, partitions and views that are created again, unchanged or as another relation of the name.
    reused_names: HashSet<QualifiedName>,
    /// Whether dropped tables must be dropped early, to free names or routines. Computed once for all of them.
    makes_room: OnceCell<bool>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        (before, from): (&'a Schema, &'a Schema),
        (to, whole): (&'a Schema, &'a Schema),
        (changes, over_rows): (&[Change], HashSet<QualifiedName>),
        printer: Printer<'a>,
    ) -> Self {
        let relations = |of: fn(&Change) -> Option<&QualifiedName>| {
            changes.iter().filter_map(of).cloned().collect()
        };
        let (reused_names, gone) = dropped_relations((from, to), changes);
        let mut remade = remade_routines((from, to), changes, printer);
        remade.extend(over_rows.iter().cloned());
        Self {
            before,
            from,
            to,
            whole,
            printer,
            names: Names::of((before, from), changes),
            old_order: CreationOrder::of(from),
            new_order: CreationOrder::of(to),
            old_places: Places::of(from),
            new_places: Places::of(to),
            old_grants: diff::grants(from),
            new_grants: diff::grants(to),
            unsettled: unsettled(from, changes, &remade, printer),
            remade,
            over_rows,
            late_views: late_views(to, changes, printer),
            redefaulted: changes.iter().filter_map(changes::redefaulted).collect(),
            recreated: relations(Change::recreated_table),
            created: relations(changes::created_relation),
            dropped: relations(changes::dropped_relation),
            gone,
            reused_names,
            makes_room: OnceCell::new(),
        }
    }

    /// Whether this plan creates the table or view. No other session waits for a lock on it.
    pub(super) fn is_new(&self, relation: &QualifiedName) -> bool {
        self.created.contains(relation)
    }

    /// Whether the view can be created only after the primary keys.
    pub(super) fn is_late(&self, view: &QualifiedName) -> bool {
        self.late_views.contains(view)
    }

    /// Whether the column exists before with the same type and the same default.
    pub(super) fn keeps_default(&self, table: &QualifiedName, column: &Column) -> bool {
        let old = self.old_table(table);
        let mut columns = old.into_iter().flat_map(|old| &old.columns);
        let is_there =
            columns.any(|old| old.name == column.name && old.sql_type == column.sql_type);
        let name = (table.clone(), column.name.clone());
        is_there && !self.is_recreated(table) && !self.redefaulted.contains(&name)
    }

    /// Whether the routine uses the row type of a relation that is dropped or recreated.
    pub(super) fn is_over_rows(&self, routine: &QualifiedName) -> bool {
        self.over_rows.contains(routine)
    }

    /// Whether this plan recreates the table.
    pub(super) fn is_recreated(&self, relation: &QualifiedName) -> bool {
        self.recreated.contains(relation)
    }

    /// The tables, partitions and views that are dropped and created again.
    pub(super) fn reused_names(&self) -> impl Iterator<Item = &QualifiedName> {
        self.reused_names.iter()
    }

    /// Whether this plan drops the table or view.
    pub(super) fn is_dropped(&self, relation: &QualifiedName) -> bool {
        self.dropped.contains(relation)
    }

    /// Whether this plan drops the table, partition or view, and creates no other relation of its name.
    pub(super) fn is_gone(&self, relation: &QualifiedName) -> bool {
        self.gone.contains(relation)
    }

    /// Whether this plan drops the table, partition or view, and creates a relation of its name.
    pub(super) fn reuses_name(&self, relation: &QualifiedName) -> bool {
        self.reused_names.contains(relation)
    }

    pub(super) fn dropped_tables(&self) -> impl Iterator<Item = &'a Table> {
        let tables = self.from.tables.iter();
        tables.filter(|table| self.is_dropped(&table.name))
    }

    /// Whether dropped tables must be dropped early, to free names or routines. `ask` computes it on the first call.
    pub(super) fn makes_room(&self, ask: impl FnOnce() -> bool) -> bool {
        *self.makes_room.get_or_init(ask)
    }

    /// The old table, by its new name.
    pub(super) fn old_table(&self, name: &QualifiedName) -> Option<&'a Table> {
        self.from.tables.iter().find(|table| table.name == *name)
    }

    pub(super) fn new_table(&self, name: &QualifiedName) -> Option<&'a Table> {
        self.to.tables.iter().find(|table| table.name == *name)
    }

    /// The domain: the new one if both schemas have it.
    pub(super) fn domain(&self, name: &QualifiedName) -> Option<&'a Domain> {
        let mut domains = self.to.domains.iter().chain(&self.from.domains);
        domains.find(|domain| domain.name == *name)
    }

    pub(super) fn old_column(&self, table: &QualifiedName, name: &str) -> Option<&'a Column> {
        let mut columns = self.old_table(table)?.columns.iter();
        columns.find(|column| column.name == name)
    }

    pub(super) fn new_column(&self, table: &QualifiedName, name: &str) -> Option<&'a Column> {
        let mut columns = self.new_table(table)?.columns.iter();
        columns.find(|column| column.name == name)
    }

    /// Whether one of the two releases does not know the column. The other release no longer relies on it.
    pub(super) fn is_leaving(&self, table: &QualifiedName, column: &str) -> bool {
        let sides = [&self.from.expansion, &self.to.expansion];
        sides.iter().any(|side| side.has_column(table, column))
    }

    /// Whether one of the two releases does not know the table.
    pub(super) fn is_leaving_table(&self, table: &QualifiedName) -> bool {
        let sides = [&self.from.expansion, &self.to.expansion];
        sides.iter().any(|side| side.has_relation(table))
    }

    /// The generated columns that are recreated.
    ///
    /// A column that they use changes its type, or a function that they call is dropped.
    pub(super) fn recomputed(&self, changes: &[Change]) -> Vec<(&'a Table, &'a Column)> {
        let retyped = changes::retyped_columns(changes);
        let dependents = Dependents::of(self.from, self.printer, &retyped);
        let computed = dependents.calling(&self.remade).computed();
        let is_own = |(table, column): &(&Table, &Column)| {
            changes
                .iter()
                .any(|change| changes::is_of_column(change, &table.name, &column.name))
        };
        let stays =
            |table: &Table| !self.is_dropped(&table.name) && !self.is_recreated(&table.name);
        computed
            .into_iter()
            .filter(|column| stays(column.0) && !is_own(column))
            .collect()
    }

    /// The columns whose dependents are dropped while they change.
    pub(super) fn unsettled_columns(&self) -> impl Iterator<Item = &ColumnName> {
        self.unsettled.iter()
    }

    /// Whether the index uses one of the [unsettled columns](Self::unsettled_columns), or calls a function that is
    /// recreated.
    pub(super) fn is_unsettled(&self, table: &QualifiedName, index: &Index) -> bool {
        let exprs = index
            .parts
            .iter()
            .map(|part| &part.value)
            .chain(&index.filter);
        let dependents = Dependents::of(self.from, self.printer, &[]).calling(&self.remade);
        if exprs.clone().any(|expr| dependents.uses(expr)) {
            return true;
        }
        let sql: Vec<_> = exprs.map(|expr| self.printer.expr(expr)).collect();
        let mut columns = self.unsettled.iter().filter(|(of, _)| of == table);
        columns.any(|(_, column)| {
            index.include.contains(column)
                || sql
                    .iter()
                    .any(|sql| freehold_schema_core::sql::mentions(sql, column))
        })
    }

    /// Whether the table is partitioned. PostgreSQL can do less on such a table without a strong lock.
    pub(super) fn is_partitioned(&self, name: &QualifiedName) -> bool {
        self.new_table(name)
            .is_some_and(|table| table.partition_by.is_some())
    }

    pub(super) fn new_place(&self, object: &Object) -> i64 {
        self.new_places.get(object)
    }

    pub(super) fn old_place(&self, object: &Object) -> i64 {
        self.old_places.get(object)
    }

    pub(super) fn place_of_table(&self, name: &QualifiedName) -> i64 {
        self.new_places.relation(name)
    }
}

/// The relations that the changes drop: those whose names the new schema has too, and the others.
fn dropped_relations(
    (from, to): (&Schema, &Schema),
    changes: &[Change],
) -> (HashSet<QualifiedName>, HashSet<QualifiedName>) {
    let tables = to.tables.iter().flat_map(changes::table_relations);
    let views = to.views.iter().map(|view| view.name.clone());
    let there: HashSet<_> = tables.chain(views).collect();
    let dropped = changes.iter();
    let dropped = dropped.flat_map(|change| changes::dropped_relations(from, change));
    dropped.partition(|name| there.contains(name))
}

fn late_views(schema: &Schema, changes: &[Change], printer: Printer<'_>) -> HashSet<QualifiedName> {
    let tables = changes.iter().filter_map(|change| match change {
        Change::Table {
            table,
            change: TableChange::Add(Element::PrimaryKey(_)),
        } => Some(table.clone()),
        _ => None,
    });
    let tables: Vec<_> = tables.collect();
    let views = Dependents::of(schema, printer, &[]).grouped_over(&tables);
    views.into_iter().map(|view| view.name.clone()).collect()
}

/// The routines that PostgreSQL cannot replace.
///
/// A dropped routine counts too if something calls it and another routine of the same name stays: the call may resolve
/// to that one afterwards, although its text is the same.
fn remade_routines(
    (from, to): (&Schema, &Schema),
    changes: &[Change],
    printer: Printer<'_>,
) -> Vec<QualifiedName> {
    let remade = changes.iter().filter_map(|change| match change {
        Change::Replace {
            old: Object::Routine(old),
            new: Object::Routine(new),
        } if !changes::is_replaceable(old, new) => Some(&new.name),
        Change::Drop(Object::Routine(old)) => {
            let mut others = to.routines.iter();
            let stays = others.any(|new| new.name == old.name);
            (stays && is_called(from, &old.name, printer)).then_some(&old.name)
        }
        _ => None,
    });
    remade.cloned().collect()
}

fn is_called(schema: &Schema, name: &QualifiedName, printer: Printer<'_>) -> bool {
    let column = [(name.clone(), String::new())];
    let dependents = Dependents::of(schema, printer, &column).calling([name]);
    !dependents.callers().is_empty() || !dependents.views().is_empty()
}

fn unsettled(
    schema: &Schema,
    changes: &[Change],
    remade: &[QualifiedName],
    printer: Printer<'_>,
) -> HashSet<ColumnName> {
    let mut columns = changes::retyped_columns(changes);
    let computed = Dependents::of(schema, printer, &columns)
        .calling(remade)
        .computed()
        .into_iter();
    let computed: Vec<_> = computed
        .map(|(table, column)| (table.name.clone(), column.name.clone()))
        .collect();
    columns.extend(computed);
    columns.extend(changes.iter().filter_map(|change| match change {
        Change::Table {
            table,
            change: TableChange::Drop(Element::Column(column)),
        } if column.generated.is_some() => Some((table.clone(), column.name.clone())),
        _ => None,
    }));
    columns.into_iter().collect()
}

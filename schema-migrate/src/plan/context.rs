use std::cell::OnceCell;
use std::collections::HashSet;

use super::changes;
use super::dependents::{ColumnName, Dependents};
use super::names::Names;
use super::places::Places;
use crate::diff::{self, Change, Element, Object, TableChange};
use freehold_schema_core::ddl::order::Order;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Column, Domain, Grant, Index, QualifiedName, Schema, Table};

/// What the steps are planned from.
pub(super) struct Context<'a> {
    /// The old schema, with the names of the new one.
    pub(super) from: &'a Schema,
    pub(super) to: &'a Schema,
    /// The new schema with the defaults that wait for the base of their domain.
    pub(super) whole: &'a Schema,
    /// The old schema as it is, before anything is renamed.
    pub(super) before: &'a Schema,
    pub(super) printer: Printer<'a>,
    /// The names that are taken before anything is done.
    pub(super) names: Names,
    pub(super) old_order: Order<'a>,
    pub(super) new_order: Order<'a>,
    old_places: Places,
    new_places: Places,
    /// The rights before, one grant for each object and role.
    pub(super) old_grants: Vec<Grant>,
    /// The rights after.
    pub(super) new_grants: Vec<Grant>,
    /// The columns that are of another type, or made anew, or computed and gone: what stands on them cannot stay meanwhile.
    unsettled: HashSet<ColumnName>,
    /// The views that stand on a primary key which comes with this plan.
    late_views: HashSet<QualifiedName>,
    /// The routines that go before they come again.
    pub(super) remade: Vec<QualifiedName>,
    /// Those of them that take or give the rows of a relation that goes.
    over_rows: HashSet<QualifiedName>,
    /// The columns that get another default.
    redefaulted: HashSet<ColumnName>,
    recreated: HashSet<QualifiedName>,
    created: HashSet<QualifiedName>,
    dropped: HashSet<QualifiedName>,
    /// The tables, partitions and views that go and whose names no other gets.
    gone: HashSet<QualifiedName>,
    /// Those that go, and that come again as they were or as others of the name.
    made_again: HashSet<QualifiedName>,
    /// Whether the tables that go have to make room first: asked of all of them together, once.
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
        let (made_again, gone) = dropped_relations((from, to), changes);
        let mut remade = remade_routines((from, to), changes, printer);
        remade.extend(over_rows.iter().cloned());
        Self {
            before,
            from,
            to,
            whole,
            printer,
            names: Names::of((before, from), changes),
            old_order: Order::of(from),
            new_order: Order::of(to),
            old_places: Places::of(from),
            new_places: Places::of(to),
            old_grants: diff::grants(from),
            new_grants: diff::grants(to),
            unsettled: unsettled(from, changes, &remade, printer),
            remade,
            over_rows,
            late_views: late_views(to, changes, printer),
            redefaulted: changes.iter().filter_map(changes::redefaulted).collect(),
            recreated: relations(changes::recreated_relation),
            created: relations(changes::created_relation),
            dropped: relations(changes::dropped_relation),
            gone,
            made_again,
            makes_room: OnceCell::new(),
        }
    }

    /// Whether the table or the view is made by this plan: nobody waits for a lock on it.
    pub(super) fn is_new(&self, relation: &QualifiedName) -> bool {
        self.created.contains(relation)
    }

    /// Whether the view can only be made when the primary keys are.
    pub(super) fn is_late(&self, view: &QualifiedName) -> bool {
        self.late_views.contains(view)
    }

    /// Whether the column is there before with the same type and the same default.
    pub(super) fn keeps_default(&self, table: &QualifiedName, column: &Column) -> bool {
        let old = self.old_table(table);
        let mut columns = old.into_iter().flat_map(|old| &old.columns);
        let is_there =
            columns.any(|old| old.name == column.name && old.sql_type == column.sql_type);
        let name = (table.clone(), column.name.clone());
        is_there && !self.is_recreated(table) && !self.redefaulted.contains(&name)
    }

    /// Whether the routine takes or gives the rows of a relation that goes, for good or to come again.
    pub(super) fn is_over_rows(&self, routine: &QualifiedName) -> bool {
        self.over_rows.contains(routine)
    }

    /// Whether the table is made anew by this plan.
    pub(super) fn is_recreated(&self, relation: &QualifiedName) -> bool {
        self.recreated.contains(relation)
    }

    /// The tables, partitions and views that go and come again.
    pub(super) fn made_again(&self) -> impl Iterator<Item = &QualifiedName> {
        self.made_again.iter()
    }

    /// Whether the table or the view goes with this plan.
    pub(super) fn is_dropped(&self, relation: &QualifiedName) -> bool {
        self.dropped.contains(relation)
    }

    /// Whether the table, the partition or the view goes with this plan, and no other of its name comes.
    pub(super) fn is_gone(&self, relation: &QualifiedName) -> bool {
        self.gone.contains(relation)
    }

    /// Whether the table, the partition or the view goes with this plan, and one of its name comes.
    pub(super) fn is_made_again(&self, relation: &QualifiedName) -> bool {
        self.made_again.contains(relation)
    }

    pub(super) fn dropped_tables(&self) -> impl Iterator<Item = &'a Table> {
        let tables = self.from.tables.iter();
        tables.filter(|table| self.is_dropped(&table.name))
    }

    /// Whether the tables that go have to make room first; `ask` finds it out.
    pub(super) fn makes_room(&self, ask: impl FnOnce() -> bool) -> bool {
        *self.makes_room.get_or_init(ask)
    }

    /// The table as it was, under its new name.
    pub(super) fn old_table(&self, name: &QualifiedName) -> Option<&'a Table> {
        self.from.tables.iter().find(|table| table.name == *name)
    }

    pub(super) fn new_table(&self, name: &QualifiedName) -> Option<&'a Table> {
        self.to.tables.iter().find(|table| table.name == *name)
    }

    /// The domain, as it will be where it is in both schemas.
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

    /// Whether one of two releases does not know the column: the other one relies on nothing about it any more.
    pub(super) fn is_leaving(&self, table: &QualifiedName, column: &str) -> bool {
        let sides = [&self.from.expansion, &self.to.expansion];
        sides.iter().any(|side| side.has_column(table, column))
    }

    /// Whether one of two releases does not know the table.
    pub(super) fn is_leaving_table(&self, table: &QualifiedName) -> bool {
        let sides = [&self.from.expansion, &self.to.expansion];
        sides.iter().any(|side| side.has_relation(table))
    }

    /// The computed columns that are made anew since what they are computed from has another type, or a function goes that they call.
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

    /// The columns that are not what they were meanwhile.
    pub(super) fn unsettled_columns(&self) -> impl Iterator<Item = &ColumnName> {
        self.unsettled.iter()
    }

    /// Whether the index stands on a column that is not what it was meanwhile, or on a function.
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

    /// Whether the table is dealt out to partitions, for which PostgreSQL can do less without a lock.
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

/// The relations that go: those whose names are there afterwards, and the others.
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

/// Those that PostgreSQL cannot replace. Where others of the name are there afterwards, what calls the one that goes may mean one of these
/// then, without saying so.
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

//! Detaches objects inside the step that recreates a type.
//!
//! It detaches what depends on the type's columns, the functions that use the type, and what calls those.

use std::collections::HashSet;

use super::domain::uses;
use super::rights;
use crate::diff;
use crate::plan::dependents::{ColumnName, Dependents};
use crate::plan::statement::{Rows, Statement};
use crate::plan::step::LockMode;
use freehold_schema_core::ir::{Grant, Index, QualifiedName, Routine, Table, View};

/// An object that is dropped and created again.
pub(in crate::plan) struct Part {
    drop: String,
    make: Vec<Statement>,
    /// The tables and views that the drop locks.
    pub(in crate::plan) locks: Vec<(QualifiedName, LockMode)>,
    pub(in crate::plan) cost: Cost,
}

/// What creating a part again does to the rows of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum Cost {
    Nothing,
    Read,
    Rewrite,
}

impl Part {
    fn new(drop: String, make: Vec<Statement>) -> Self {
        Self {
            drop,
            make,
            locks: Vec::new(),
            cost: Cost::Nothing,
        }
    }

    fn of(relation: &QualifiedName, drop: String, make: impl Into<Statement>, cost: Cost) -> Self {
        Self {
            locks: vec![(relation.clone(), LockMode::AccessExclusive)],
            cost,
            ..Self::new(drop, vec![make.into()])
        }
    }
}

/// The statements that drop the parts, and those that create them again.
pub(in crate::plan) fn statements(parts: Vec<Part>) -> (Vec<Statement>, Vec<Statement>) {
    let before = parts.iter().rev();
    let before = before.map(|part| part.drop.clone().into()).collect();
    let after = parts.into_iter().flat_map(|part| part.make);
    (before, after.collect())
}

/// The locks that dropping the parts takes.
pub(in crate::plan) fn locks(parts: &[Part]) -> impl Iterator<Item = (&QualifiedName, LockMode)> {
    let locks = parts.iter().flat_map(|part| &part.locks);
    locks.map(|(relation, mode)| (relation, *mode))
}

/// The tables that are rewritten to create the parts again.
pub(in crate::plan) fn rewritten(parts: &[Part]) -> impl Iterator<Item = &QualifiedName> {
    let parts = parts.iter().filter(|part| part.cost == Cost::Rewrite);
    parts.flat_map(|part| part.locks.iter().map(|(table, _)| table))
}

impl Dependents<'_, '_> {
    /// The statements before and after a change of the columns' types.
    ///
    /// They leave the schema the same except for the types.
    ///
    /// Foreign keys have separate steps. The defaults of the columns themselves are part of the change.
    pub(in crate::plan) fn around(
        &self,
        routines: &[&Routine],
        rights: &[Grant],
    ) -> (Vec<Statement>, Vec<Statement>) {
        statements(self.detached_parts(routines, rights))
    }

    /// The parts, in the order in which they are created again.
    pub(in crate::plan) fn detached_parts(
        &self,
        routines: &[&Routine],
        rights: &[Grant],
    ) -> Vec<Part> {
        let names = || routines.iter().map(|routine| &routine.name);
        let own = self.over(self.columns).calling(names());
        let computed = own.computed().into_iter();
        let computed: Vec<ColumnName> = computed
            .map(|(table, column)| (table.name.clone(), column.name.clone()))
            .collect();
        let columns = [self.columns, &computed].concat();
        let all = own.over(&columns);
        let over_computed = Dependents::of(self.schema, self.printer(), &computed);
        let parts = [
            all.routines_aside(routines, rights),
            own.domain_checks_aside(),
            own.computed_aside(rights),
            own.defaults_aside(),
            all.policies_and_triggers_aside(),
            all.checks_aside(),
            over_computed.uniques_aside(),
            all.indexes_aside(&over_computed),
            all.views_aside(rights),
        ];
        parts.into_iter().flatten().collect()
    }

    fn routines_aside(&self, routines: &[&Routine], rights: &[Grant]) -> Vec<Part> {
        let printer = self.printer();
        let aside = routines.iter().map(|routine| {
            let object = diff::Object::Routine(Box::new((*routine).clone()));
            let unwanted = rights::disinherit_object(printer, &object, rights, rights);
            let rights = rights::rights_of(printer, rights, &object);
            let beside = unwanted.into_iter().chain(rights).map(Statement::Sql);
            let again = Statement::create_routine(printer, routine).into_iter();
            let again = again.chain(beside).collect();
            Part::new(printer.drop_routine(routine), again)
        });
        aside.collect()
    }

    fn domain_checks_aside(&self) -> Vec<Part> {
        let printer = self.printer();
        let aside = self.domain_checks().into_iter().map(|(domain, check)| {
            let tables = uses::columns(self.schema, &domain.name).into_iter();
            let drop = printer.drop_domain_check(&domain.name, check);
            let add = printer.add_domain_check(&domain.name, check);
            Part {
                locks: tables.map(|(table, _)| (table, LockMode::Share)).collect(),
                cost: Cost::Read,
                ..Part::new(drop, vec![add.into()])
            }
        });
        aside.collect()
    }

    fn computed_aside(&self, rights: &[Grant]) -> Vec<Part> {
        let printer = self.printer();
        let aside = self.computed().into_iter().map(|(table, column)| {
            let add = printer.add_column(&table.name, column);
            let comment = printer.column_comment(&table.name, column).into_iter();
            let rights = rights::on_column(printer, rights, &table.name, &column.name);
            let beside = comment.chain(rights).map(Statement::Sql);
            let drop = printer.drop_column(&table.name, &column.name);
            let part = Part::of(&table.name, drop, add, Cost::Rewrite);
            Part {
                make: part.make.into_iter().chain(beside).collect(),
                ..part
            }
        });
        aside.collect()
    }

    /// The defaults of columns other than those whose types change.
    fn defaults_aside(&self) -> Vec<Part> {
        let printer = self.printer();
        let is_own = |table: &Table, column: &str| {
            let mut columns = self.columns.iter();
            columns.any(|(of, own)| *of == table.name && own == column)
        };
        let others = self.defaults().into_iter();
        let others = others.filter(|(table, column)| !is_own(table, &column.name));
        let aside = others.map(|(table, column)| {
            let drop = printer.alter_column(&table.name, &column.name, "DROP DEFAULT");
            let set = printer.set_default(&table.name, column);
            Part::of(&table.name, drop, set, Cost::Nothing)
        });
        aside.collect()
    }

    fn policies_and_triggers_aside(&self) -> Vec<Part> {
        let printer = self.printer();
        let policies = self.policies().into_iter().map(|(table, policy)| {
            let drop = printer.drop_policy(table, policy);
            let make = printer.create_policy(table, policy);
            Part::of(&table.name, drop, make, Cost::Nothing)
        });
        let triggers = self.triggers().into_iter().map(|(table, trigger)| {
            let drop = printer.drop_trigger(table, trigger);
            let make = printer.create_trigger(table, trigger);
            Part::of(&table.name, drop, make, Cost::Nothing)
        });
        policies.chain(triggers).collect()
    }

    fn checks_aside(&self) -> Vec<Part> {
        let printer = self.printer();
        let aside = self.checks().into_iter().map(|(table, check)| {
            let drop = printer.drop_constraint(&table.name, &check.name);
            let add = Statement::add_check(&table.name, check, Rows::Read);
            Part::of(&table.name, drop, add, Cost::Read)
        });
        aside.collect()
    }

    fn uniques_aside(&self) -> Vec<Part> {
        let printer = self.printer();
        let aside = self.uniques().into_iter().map(|(table, unique)| {
            let drop = printer.drop_constraint(&table.name, &unique.name);
            let add = printer.add_unique(&table.name, unique);
            Part::of(&table.name, drop, add, Cost::Read)
        });
        aside.collect()
    }

    /// The indexes, with those that are dropped with a generated column.
    fn indexes_aside(&self, over_computed: &Dependents<'_, '_>) -> Vec<Part> {
        let printer = self.printer();
        let mut seen = HashSet::new();
        let all = self.indexes().into_iter();
        let all = all.chain(over_computed.all_indexes());
        let each =
            all.filter(|(table, index): &(&Table, &Index)| seen.insert((&table.name, &index.name)));
        let aside = each.map(|(table, index)| {
            let drop = printer.drop_index(&table.name, &index.name);
            let create = printer.create_index(&table.name, index);
            Part::of(&table.name, drop, create, Cost::Read)
        });
        aside.collect()
    }

    fn views_aside(&self, rights: &[Grant]) -> Vec<Part> {
        let views = self.views();
        let aside = views.into_iter().map(|view| Part {
            locks: vec![(view.name.clone(), LockMode::AccessExclusive)],
            ..Part::new(
                self.printer().drop_view(view),
                self.view_again(view, rights),
            )
        });
        aside.collect()
    }

    fn view_again(&self, view: &View, rights: &[Grant]) -> Vec<Statement> {
        let printer = self.printer();
        let object = diff::Object::View(Box::new(view.clone()));
        let beside = printer.change_view_owner(view).into_iter();
        let beside = beside
            .chain(rights::disinherit(printer, &view.name, rights, rights))
            .chain(rights::rights_of(printer, rights, &object));
        let made = Statement::create_view(printer, view).into_iter();
        made.chain(beside.map(Statement::Sql)).collect()
    }
}

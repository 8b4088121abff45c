//! Expressions that keep values of a domain inside a constant: an array of them, or a row.
//!
//! PostgreSQL cannot hold those against a check. It reads the rows of tables for that, and newer minor releases (15.20 of those that were
//! tried) refuse where a constant of such a type is kept in a default of a function or a column, a check, a policy, a condition of a trigger,
//! a computed column, an index or a view: `cannot alter type "d" because function f(d[]) uses it`. Which expression has a constant PostgreSQL
//! alone knows, so that all are meant that may have one: what calls a function over such a type, and what casts to it.

use super::uses;
use crate::diff;
use crate::plan::dependents::{self, Cast, Dependents};
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::statement::Statement;
use crate::plan::step::Step;
use crate::plan::steps::detach_in_step::{self, Cost, Part};
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{QualifiedName, Routine, Schema, SqlType, Table};
use freehold_schema_core::sql::mentions;

/// What may keep values of a domain, in one schema.
pub(in crate::plan) struct KeptValues<'a> {
    pub(in crate::plan) domain: &'a QualifiedName,
    schema: &'a Schema,
    printer: Printer<'a>,
    /// The tables whose rows have a value.
    rows: Vec<&'a Table>,
    /// The functions that take or give values in an array or a row.
    over: Vec<&'a Routine>,
    /// The functions with a default that may keep values.
    defaulted: Vec<&'a Routine>,
}

impl<'a> KeptValues<'a> {
    pub(in crate::plan) fn of(
        schema: &'a Schema,
        domain: &'a QualifiedName,
        printer: Printer<'a>,
    ) -> Self {
        let has_one = |table: &&Table| {
            let mut columns = table.columns.iter();
            columns.any(|column| uses::is_of(&column.sql_type, domain))
        };
        let rows: Vec<_> = schema.tables.iter().filter(has_one).collect();
        let over = dependents::routines(schema, |sql_type| holds(sql_type, domain, &rows));
        let mut kept = Self {
            domain,
            schema,
            printer,
            rows,
            over,
            defaulted: Vec::new(),
        };
        kept.find_defaulted();
        kept
    }

    /// Those whose defaults call one of them are among them.
    fn find_defaulted(&mut self) {
        loop {
            let keep = |routine: &&Routine| self.is_defaulted(routine);
            let found: Vec<_> = self.schema.routines.iter().filter(keep).collect();
            if found.len() == self.defaulted.len() {
                return;
            }
            self.defaulted = found;
        }
    }

    fn is_defaulted(&self, routine: &Routine) -> bool {
        let dependents = self.dependents();
        let mut arguments = routine.arguments.iter();
        arguments.any(|argument| {
            let holds = holds(&argument.sql_type, self.domain, &self.rows);
            let default = argument.default.as_ref();
            default.is_some_and(|default| holds || dependents.uses(default))
        })
    }

    fn dependents(&self) -> Dependents<'a, '_> {
        let called = self.over.iter().chain(&self.defaulted);
        let rows = self.rows.iter().map(|table| Cast::To(&table.name.name));
        Dependents::of(self.schema, self.printer, &[])
            .calling(called.map(|routine| &routine.name))
            .casting(rows.chain([Cast::ToArray(&self.domain.name)]))
    }

    pub(in crate::plan) fn is_empty(&self) -> bool {
        self.parts().is_empty()
    }

    fn parts(&self) -> Vec<Part> {
        let rights = diff::grants(self.schema);
        self.dependents().detached_parts(&self.defaulted, &rights)
    }

    /// What puts all of it aside, and what makes it again.
    pub(in crate::plan) fn around(&self) -> (Vec<Statement>, Vec<Statement>) {
        detach_in_step::statements(self.parts())
    }

    /// The step, of which the way there puts it aside.
    pub(in crate::plan) fn put_aside_by(&self, step: Step) -> Step {
        self.parts().iter().fold(step, |step, part| {
            part.locks.iter().fold(step, |step, (relation, mode)| {
                let step = step.lock_there(relation, *mode);
                match part.cost {
                    Cost::Nothing => step,
                    Cost::Read => self.with_hazard(step.scan(relation), relation),
                    Cost::Rewrite => self.with_rewrite(step, relation),
                }
            })
        })
    }

    /// The step, of which the way back does.
    pub(in crate::plan) fn put_aside_by_the_way_back(&self, step: Step) -> Step {
        detach_in_step::locks(&self.parts()).fold(step, |step, (relation, mode)| {
            step.lock_back(relation, mode)
        })
    }

    fn with_hazard(&self, step: Step, table: &QualifiedName) -> Step {
        let text = format!(
            "`{table}` is read for a check or an index that may keep a `{}`, and everybody waits",
            self.domain
        );
        once(step, Hazard::new(HazardKind::BlockingLock, text))
    }

    fn with_rewrite(&self, step: Step, table: &QualifiedName) -> Step {
        let text = format!(
            "`{table}` is rewritten for a computed column that may keep a `{}`, and everybody waits",
            self.domain
        );
        let step = step.rewrite(table);
        once(step, Hazard::new(HazardKind::TableRewrite, text))
    }
}

/// The step with the hazard, if it has it not yet.
fn once(step: Step, hazard: Hazard) -> Step {
    if step.hazards.contains(&hazard) {
        return step;
    }
    step.hazard(hazard)
}

/// Whether a constant of the type may have a value of the domain inside.
fn holds(sql_type: &SqlType, domain: &QualifiedName, rows: &[&Table]) -> bool {
    match sql_type {
        SqlType::Array(_) => uses::is_of(sql_type, domain),
        SqlType::Sql(sql) => rows.iter().any(|table| mentions(sql, &table.name.name)),
        SqlType::Scalar(_) | SqlType::Enum(_) | SqlType::Domain(_) => false,
    }
}

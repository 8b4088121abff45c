//! Expressions with a constant array or row that contains values of a domain.
//!
//! PostgreSQL cannot check such values. It validates a domain's check by reading the rows of tables. Newer minor
//! releases (15.20 among those that were tried) refuse this if a default of a function or a column, a check, a policy,
//! a trigger condition, a generated column, an index or a view contains such a constant. The error is
//! `cannot alter type "d" because function f(d[]) uses it`.
//!
//! Only PostgreSQL knows which expression contains such a constant. So every expression that may contain one counts:
//! those that call a function over such a type, and those that cast to it.

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

/// The objects of one schema that may contain values of a domain.
pub(in crate::plan) struct KeptValues<'a> {
    pub(in crate::plan) domain: &'a QualifiedName,
    schema: &'a Schema,
    printer: Printer<'a>,
    /// The tables whose rows contain a value.
    rows: Vec<&'a Table>,
    /// The functions with an argument or a result that is an array or a row with such values.
    over: Vec<&'a Routine>,
    /// The functions with a default that may contain values.
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

    /// Finds the functions with such defaults, including defaults that call another such function.
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

    /// The statements that drop these objects, and those that create them again.
    pub(in crate::plan) fn around(&self) -> (Vec<Statement>, Vec<Statement>) {
        detach_in_step::statements(self.parts())
    }

    /// The step with the locks and hazards of detaching on the way there.
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

    /// The step with the locks of detaching on the way back.
    pub(in crate::plan) fn put_aside_by_the_way_back(&self, step: Step) -> Step {
        detach_in_step::locks(&self.parts()).fold(step, |step, (relation, mode)| {
            step.lock_back(relation, mode)
        })
    }

    fn with_hazard(&self, step: Step, table: &QualifiedName) -> Step {
        let text = format!(
            "`{table}` is read to recreate a check or an index that may contain a `{}`, while reads and writes wait",
            self.domain
        );
        once(step, Hazard::new(HazardKind::BlockingLock, text))
    }

    fn with_rewrite(&self, step: Step, table: &QualifiedName) -> Step {
        let text = format!(
            "`{table}` is rewritten to recreate a generated column that may contain a `{}`, while reads and writes wait",
            self.domain
        );
        let step = step.rewrite(table);
        once(step, Hazard::new(HazardKind::TableRewrite, text))
    }
}

/// Adds the hazard unless the step has it already.
fn once(step: Step, hazard: Hazard) -> Step {
    if step.hazards.contains(&hazard) {
        return step;
    }
    step.hazard(hazard)
}

/// Whether a constant of the type may contain a value of the domain.
fn holds(sql_type: &SqlType, domain: &QualifiedName, rows: &[&Table]) -> bool {
    match sql_type {
        SqlType::Array(_) => uses::is_of(sql_type, domain),
        SqlType::Sql(sql) => rows.iter().any(|table| mentions(sql, &table.name.name)),
        SqlType::Scalar(_) | SqlType::Enum(_) | SqlType::Domain(_) => false,
    }
}

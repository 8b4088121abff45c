use freehold_schema_core::ddl::routine::{self, Define};
use freehold_schema_core::ir::{Body, Routine};
use freehold_schema_core::model::Volatility;

use super::sentence::Sentence;
use crate::sql;

/// A function or a procedure.
#[derive(Clone, Debug)]
pub struct RoutineDoc {
    /// The name.
    pub name: String,
    /// `FUNCTION` or `PROCEDURE`.
    pub kind: &'static str,
    /// The name with the types of the arguments.
    pub signature: String,
    /// What it returns, as SQL.
    pub returns: String,
    /// What it does.
    pub purpose: Option<Sentence>,
    /// Whose rights it has, and what PostgreSQL may assume about it.
    pub properties: Vec<Sentence>,
    /// The statement that creates it.
    pub definition: String,
}

/// The functions and procedures, in the order of the schema.
pub(super) fn routines(routines: &[Routine]) -> Vec<RoutineDoc> {
    let doc = |routine: &Routine| RoutineDoc {
        name: routine.name.to_string(),
        kind: routine::kind(routine.kind),
        signature: sql::printer().signature(routine),
        returns: sql::printer().returns(&routine.returns),
        purpose: purpose(routine),
        properties: properties(routine),
        definition: sql::printer().define_routine(routine, Define::New),
    };
    routines.iter().map(doc).collect()
}

fn purpose(routine: &Routine) -> Option<Sentence> {
    let written = routine.comment.as_deref().map(Sentence::of_comment);
    written.or_else(|| Some(Sentence::new("It ").and(does(routine)?).text(".")))
}

/// What a function that Freehold writes does, without a subject.
pub(super) fn does(routine: &Routine) -> Option<Sentence> {
    let words = match &routine.body {
        Body::Source(_) => return None,
        Body::SetColumn { column, value } => Sentence::new("sets ")
            .code(column)
            .text(" to ")
            .code(sql::expression(value)),
        Body::SameColumns { from, to, .. } => Sentence::new("keeps ")
            .code(from)
            .text(" and ")
            .code(to)
            .text(" equal for the release that runs now"),
        Body::Keep { .. } => Sentence::new("rejects states and changes that are not allowed"),
        Body::RecordChange(record) => {
            Sentence::new("writes the change to ").relation(&record.trail)
        }
        Body::MonthlyPartitions { plan, .. } => {
            Sentence::new("creates the monthly partitions of ").relation(&plan.table)
        }
    };
    Some(words)
}

fn properties(routine: &Routine) -> Vec<Sentence> {
    let volatility = match routine.volatility {
        Volatility::Volatile => None,
        Volatility::Stable => Some("reads, and changes nothing (`STABLE`)"),
        Volatility::Immutable => Some("depends on its arguments only (`IMMUTABLE`)"),
    };
    let rights = if routine.security_definer {
        "runs with the rights of its owner (`SECURITY DEFINER`)"
    } else {
        "runs with the rights of its caller"
    };
    let role = routine.run_as.as_ref().map(|role| {
        Sentence::new("switches to the role ")
            .code(role)
            .text(" while it runs")
    });
    let execute = routine
        .execute
        .as_ref()
        .map(|roles| match roles.as_slice() {
            [] => Sentence::new("only its owner may execute it"),
            roles => Sentence::new("may be executed by ").codes(roles.iter().map(String::as_str)),
        });
    let texts = volatility.into_iter().chain([rights]);
    texts
        .map(Sentence::of_comment)
        .chain(role)
        .chain(execute)
        .collect()
}

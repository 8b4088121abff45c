//! Two functions with the same name and the same argument types: PostgreSQL cannot distinguish them.

use super::{Allow, Rule, Violation};
use crate::model::{ArgumentDef, RoutineDef, SchemaDef, SqlType, TableName, same_text};

pub(super) const RULE: Rule = Rule::schema("duplicate_routine", Allow::Never);

pub(super) const fn check_routine(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let routine = schema.routines[index];
    let mut i = 0;
    while i < index {
        if is_same(routine, schema.routines[i]) {
            return Some(Violation::of_routine(
                &RULE,
                routine,
                &[
                    "a function `",
                    routine.name.name,
                    "` with the same arguments is already in this schema; give one of the two another `name`",
                ],
            ));
        }
        i += 1;
    }
    None
}

/// Whether both have the same name and arguments. Functions and procedures share one namespace.
const fn is_same(one: &RoutineDef, other: &RoutineDef) -> bool {
    one.name.is(&other.name) && takes_the_same(one.arguments, other.arguments)
}

/// Whether the input arguments have the same types in the same order.
const fn takes_the_same(ones: &[ArgumentDef], others: &[ArgumentDef]) -> bool {
    let (mut i, mut j) = (next_in(ones, 0), next_in(others, 0));
    while i < ones.len() && j < others.len() {
        if !is_same_type(&ones[i].sql_type, &others[j].sql_type) {
            return false;
        }
        i = next_in(ones, i + 1);
        j = next_in(others, j + 1);
    }
    i == ones.len() && j == others.len()
}

/// The index of the next input argument from `at` on, or the number of arguments.
const fn next_in(arguments: &[ArgumentDef], mut at: usize) -> usize {
    while at < arguments.len() && arguments[at].out {
        at += 1;
    }
    at
}

/// Whether PostgreSQL treats both as one type. It ignores lengths and digits: `varchar(10)` is `varchar` here.
const fn is_same_type(one: &SqlType, other: &SqlType) -> bool {
    match (one, other) {
        (SqlType::Scalar(one), SqlType::Scalar(other)) => same_text(one.word(), other.word()),
        (SqlType::Array(one), SqlType::Array(other)) => is_same_type(one, other),
        (SqlType::Enum(one), SqlType::Enum(other)) => {
            let name = TableName::new(one.schema, one.name);
            name.is(&TableName::new(other.schema, other.name))
        }
        (SqlType::Domain(one), SqlType::Domain(other)) => one.name.is(&other.name),
        (SqlType::Sql(one), SqlType::Sql(other)) => same_text(one, other),
        _ => false,
    }
}

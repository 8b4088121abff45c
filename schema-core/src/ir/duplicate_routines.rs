//! A function that Freehold makes for a table with the name of another one. The rule `duplicate_routine` is about two
//! that are written by hand.

use super::duplicate_name::violation;
use super::from_model::routine::written;
use super::{Routine, Schema, SqlType};
use crate::model::SchemaDef;
use crate::rules::Violation;

/// The functions that Freehold generates with the name and the arguments of an earlier function.
pub(super) fn duplicate_routines(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let by_hand = written(schema);
    let (of_user, made) = built.routines().split_at(by_hand.len());
    let mut found = Vec::new();
    for (position, function) in made.iter().enumerate() {
        let name = &function.name.name;
        let of = "a function that is made for a table";
        let mut both = by_hand.iter().zip(of_user);
        if let Some((def, _)) = both.find(|(_, other)| is_same(other, function)) {
            found.push(violation(def.name.name, name, "a function", of));
        } else if made
            .iter()
            .take(position)
            .any(|other| is_same(other, function))
        {
            found.push(violation(schema.name, name, of, "another one"));
        }
    }
    found
}

/// Whether PostgreSQL treats both as the same function: the names and the types of the inputs are equal.
fn is_same(one: &Routine, other: &Routine) -> bool {
    one.name == other.name && types_in(one).eq(types_in(other))
}

fn types_in(routine: &Routine) -> impl Iterator<Item = &SqlType> {
    let arguments = routine.arguments.iter();
    let goes_in = arguments.filter(|argument| !argument.out);
    goes_in.map(|argument| &argument.sql_type)
}

//! Objects that need each other in a circle, so that none of them can be made first.

use super::Schema;
use super::dependencies::ordered;
use crate::message::Message;
use crate::model::SchemaDef;
use crate::rules::{DEPENDENCY_CYCLE, Violation};

/// Every circle.
pub(super) fn dependency_cycles(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let cycles = ordered(built).cycles;
    let violation = |cycle: &Vec<String>| Violation {
        rule: &DEPENDENCY_CYCLE,
        table: schema.name,
        message: Message::of(&[
            "these need each other, so that none of them can be made first: ",
            &cycle.join(" → "),
            "; write one of the functions in `plpgsql`, which looks names up when it is called, or take one of the steps out",
        ]),
    };
    cycles.iter().map(violation).collect()
}

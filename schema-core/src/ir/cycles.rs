//! Objects that need each other in a circle, so that none of them can be made first.

use super::Schema;
use super::dependencies::ordered;
use crate::model::SchemaDef;
use crate::rules::{DEPENDENCY_CYCLE, Violation};

/// Every circle.
pub(super) fn dependency_cycles(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let cycles = ordered(built).cycles;
    let violation = |cycle: &Vec<String>| {
        let parts = [
            "these need each other, so that none of them can be made first: ",
            &cycle.join(" → "),
            "; write one of the functions in `plpgsql`, which looks names up when it is called, or take one of the steps out",
        ];
        Violation::of(&DEPENDENCY_CYCLE, schema.name, &parts)
    };
    cycles.iter().map(violation).collect()
}

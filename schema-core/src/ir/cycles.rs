//! Objects that need each other in a cycle, so that none of them can be created first.

use super::Schema;
use super::dependencies::ordered;
use crate::model::SchemaDef;
use crate::rules::{DEPENDENCY_CYCLE, Violation};

/// All cycles.
pub(super) fn dependency_cycles(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let cycles = ordered(built).cycles;
    let violation = |cycle: &Vec<String>| {
        let parts = [
            "these objects need each other, so none of them can be created first: ",
            &cycle.join(" → "),
            "; write one of the functions in `plpgsql`, which looks names up when it is called, or remove one of these dependencies",
        ];
        Violation::of(&DEPENDENCY_CYCLE, schema.name, &parts)
    };
    cycles.iter().map(violation).collect()
}

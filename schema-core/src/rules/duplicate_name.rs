//! Two relations of one name: indexes and tables share a namespace, and names are made, and cut to 63 bytes, only when the
//! schema is built.

use std::collections::HashMap;

use super::{Allow, Place, Rule, Violation};
use crate::ir::Schema;
use crate::model::SchemaDef;

pub(super) const RULE: Rule = Rule {
    name: "duplicate_name",
    place: Place::Validate,
    allow: Allow::Never,
};

pub(super) fn check(schema: &SchemaDef) -> Vec<Violation> {
    let built = Schema::build(schema);
    let mut owner_of: HashMap<(Option<&str>, &str), &str> = HashMap::new();
    let mut found = Vec::new();
    for (table, def) in built.tables().iter().zip(schema.tables) {
        for name in table.relation_names() {
            let key = (table.name.schema.as_deref(), name);
            if let Some(other) = owner_of.insert(key, &table.name.name) {
                let parts = [
                    "the name `",
                    name,
                    "` of `",
                    &table.name.name,
                    "` is already used by `",
                    other,
                    "`; give one of the two another `name`",
                ];
                found.push(Violation::new(&RULE, def, &parts));
            }
        }
    }
    found
}

//! Secret columns that stay: the audit trail continues to leave them out.

use freehold_schema_core::ir::{Body, QualifiedName, Schema};

/// Leaves the kept columns out of the audited rows if they were left out before.
pub(super) fn keep(middle: &mut Schema, before: &Schema) {
    let names: Vec<_> = middle.expansion.names().map(str::to_owned).collect();
    for routine in &mut middle.routines {
        let secret = left_out(before, &routine.name);
        if let Body::RecordChange(record) = &mut routine.body {
            let kept = secret.iter().filter(|name| names.contains(name));
            let missing: Vec<_> = kept
                .filter(|name| !record.left_out.contains(name))
                .cloned()
                .collect();
            record.left_out.extend(missing);
        }
    }
}

fn left_out(schema: &Schema, name: &QualifiedName) -> Vec<String> {
    let mut routines = schema.routines.iter();
    let routine = routines.find(|routine| routine.name == *name);
    routine.map_or_else(Vec::new, |routine| routine.left_out().to_vec())
}

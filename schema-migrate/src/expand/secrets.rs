//! Secret columns that stay: the audit trail goes on to leave them out of the rows.

use freehold_schema_core::ir::{Body, QualifiedName, Schema};

/// Leaves the kept columns out of the rows that the trail writes, where it left them out before.
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
    match routine.map(|routine| &routine.body) {
        Some(Body::RecordChange(record)) => record.left_out.clone(),
        Some(Body::Source(source)) => written_out(source),
        _ => Vec::new(),
    }
}

/// The columns that the function's text takes out of a row: in a snapshot there is nothing but that.
fn written_out(source: &str) -> Vec<String> {
    let list = source
        .split_once("to_jsonb(NEW) - ARRAY[")
        .and_then(|(_, rest)| rest.split_once(']'));
    let Some((list, _)) = list else {
        return Vec::new();
    };
    let names = list.split(", ").map(|name| name.trim_matches('\''));
    names.map(|name| name.replace("''", "'")).collect()
}

#[cfg(test)]
mod tests {
    use super::written_out;
    use freehold_schema_core::ddl::{Dialect as _, Postgres};
    use freehold_schema_core::ir::{Body, QualifiedName, RecordChange};

    #[test]
    fn what_is_left_out_is_read_from_the_text_of_the_function() {
        let left_out = ["pin", "it's"].map(str::to_owned).to_vec();
        let body = Body::RecordChange(RecordChange {
            trail: QualifiedName::new(Some("audit"), "log"),
            table: "people".to_owned(),
            key: vec!["id".to_owned()],
            columns: Vec::new(),
            left_out: left_out.clone(),
            actor: "app.user_id".to_owned(),
            acting: None,
        });
        assert_eq!(written_out(&Postgres.routine_body(&body)), left_out);
    }
}

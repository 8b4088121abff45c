//! Upgrades snapshots of older formats.

use freehold_schema_core::ir::{Body, Schema};
use freehold_schema_core::sql::listed_texts;

/// The tokens before the list of columns that an audit function leaves out of a row.
const BEFORE_THE_LIST: &[&str] = &["to_jsonb", "(", "NEW", ")", "-", "ARRAY", "["];

/// Format 1 has these columns only in the text of the function: `to_jsonb(NEW) - ARRAY['pin', 'token']`.
pub(super) fn from_1(schema: &mut Schema) {
    for routine in &mut schema.routines {
        if let Body::Source(source) = &routine.body {
            routine.left_out = listed_texts(source, BEFORE_THE_LIST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::from_1;
    use freehold_schema_core::ddl::POSTGRES;
    use freehold_schema_core::ir::{Body, QualifiedName, RecordChange, Routine, Schema};

    fn upgraded(left_out: &[&str]) -> Vec<String> {
        let record = Body::RecordChange(RecordChange {
            trail: QualifiedName::new(Some("audit"), "log"),
            table: "people".to_owned(),
            key: vec!["id".to_owned()],
            columns: Vec::new(),
            left_out: left_out.iter().map(|name| (*name).to_owned()).collect(),
            actor: "app.user_id".to_owned(),
            acting: None,
        });
        let body = Body::Source(POSTGRES.dialect.routine_body(&record));
        let name = QualifiedName::new(None, "audit_people");
        let mut schema = Schema {
            routines: vec![Routine::trigger_function(name, body)],
            ..Schema::default()
        };
        from_1(&mut schema);
        schema.routines.remove(0).left_out
    }

    #[test]
    fn what_a_function_leaves_out_is_read_from_its_text() {
        assert_eq!(upgraded(&["pin", "it's", "a]b"]), ["pin", "it's", "a]b"]);
    }

    #[test]
    fn a_function_without_secrets_leaves_nothing_out() {
        assert_eq!(upgraded(&[]), [""; 0]);
    }
}

use std::sync::OnceLock;

use crate::ddl;
use crate::model::{Returns, RoutineDef, RoutineKind};
use crate::query::argument_type;

/// The SQL that calls a routine, made at the first call.
#[derive(Debug)]
pub struct CallText {
    routine: &'static RoutineDef,
    text: OnceLock<String>,
}

impl CallText {
    /// The text for a routine.
    pub const fn new(routine: &'static RoutineDef) -> Self {
        Self {
            routine,
            text: OnceLock::new(),
        }
    }

    /// The SQL.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| statement(self.routine))
    }
}

fn statement(routine: &RoutineDef) -> String {
    let name = ddl::qualified(&routine.name);
    let call = format!("{name}({})", parameters(routine));
    match (routine.kind, &routine.returns) {
        (RoutineKind::Procedure, _) => format!("CALL {call}"),
        (RoutineKind::Function, Returns::SetOf(_) | Returns::Table(_)) => {
            format!("SELECT * FROM {call}")
        }
        (RoutineKind::Function, _) => format!("SELECT {call}"),
    }
}

/// `$1::uuid, NULL::text`: each argument with its type, so that the right one of several functions with this name is
/// called.
fn parameters(routine: &RoutineDef) -> String {
    let mut count = 0;
    let parameters = routine.arguments.iter().map(|argument| {
        let sql_type = argument_type(&argument.sql_type);
        if argument.out {
            return format!("NULL::{sql_type}");
        }
        count += 1;
        format!("${count}::{sql_type}")
    });
    let parameters: Vec<_> = parameters.collect();
    parameters.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArgumentDef, Language, ScalarType, SqlType, TableName};

    const NAME: TableName = TableName::new(Some("app"), "Do it");
    const NUMBER: SqlType = SqlType::Scalar(ScalarType::Integer);
    const CALL: &str = r#"app."Do it"()"#;

    fn function(returns: Returns) -> String {
        statement(&RoutineDef::function(NAME, &[], returns, Language::Sql, ""))
    }

    #[test]
    fn a_value_is_selected() {
        assert_eq!(function(Returns::Void), format!("SELECT {CALL}"));
        assert_eq!(function(Returns::Value(NUMBER)), format!("SELECT {CALL}"));
    }

    #[test]
    fn rows_are_selected_from() {
        let from = format!("SELECT * FROM {CALL}");
        assert_eq!(function(Returns::SetOf(NUMBER)), from);
        assert_eq!(function(Returns::Table(&[])), from);
    }

    #[test]
    fn an_out_argument_of_a_procedure_is_null_in_its_call() {
        const ARGUMENTS: &[ArgumentDef] = &[
            ArgumentDef::new::<i64>("a"),
            ArgumentDef::new::<bool>("b").out(),
            ArgumentDef::new::<String>("c").out(),
        ];
        let def = RoutineDef::procedure(NAME, ARGUMENTS, Language::PlPgSql, "");
        assert_eq!(
            statement(&def),
            r#"CALL app."Do it"($1::bigint, NULL::boolean, NULL::text)"#
        );
    }
}

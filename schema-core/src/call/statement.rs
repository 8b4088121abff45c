use std::sync::OnceLock;

use crate::ddl::{self, POSTGRES};
use crate::model::{Returns, RoutineDef, RoutineKind, ScalarType, SqlType};

/// The SQL that calls a routine, made at the first call.
#[derive(Debug)]
pub struct CallText {
    routine: &'static RoutineDef,
    text: OnceLock<String>,
}

impl CallText {
    /// The statement of a routine.
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

/// `$1::uuid, NULL::text`: each with its type, so that of several functions of the name the right one is called.
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

/// The type that PostgreSQL knows an argument by, which is without length and digits. A cast to `varchar(20)`, or to a domain
/// over it, would cut a longer text without a word: to the domain PostgreSQL goes on by itself, and refuses.
pub(crate) fn argument_type(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Scalar(ScalarType::Char(_)) => "bpchar".to_owned(),
        SqlType::Scalar(scalar) => scalar.word().to_owned(),
        SqlType::Array(element) => format!("{}[]", argument_type(element)),
        SqlType::Domain(def) => argument_type(&def.base),
        SqlType::Enum(_) | SqlType::Sql(_) => {
            POSTGRES.dialect.type_name(&sql_type.into()).into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArgumentDef, DomainDef, Language, TableName};

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
    fn what_comes_out_of_a_procedure_is_null_in_its_call() {
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

    #[test]
    fn no_cast_can_cut_a_value() {
        const DOMAIN: DomainDef = DomainDef::new(
            TableName::new(None, "short"),
            SqlType::Scalar(ScalarType::Varchar(Some(3))),
        );
        const DIGITS: ScalarType = ScalarType::Numeric(Some((5, 2)));
        const TYPES: &[(SqlType, &str)] = &[
            (SqlType::Scalar(ScalarType::Varchar(Some(3))), "varchar"),
            (SqlType::Scalar(ScalarType::Char(3)), "bpchar"),
            (SqlType::Scalar(DIGITS), "numeric"),
            (SqlType::Domain(&DOMAIN), "varchar"),
            (SqlType::Array(&SqlType::Domain(&DOMAIN)), "varchar[]"),
        ];
        for (sql_type, cast) in TYPES {
            assert_eq!(argument_type(sql_type), *cast);
        }
    }
}

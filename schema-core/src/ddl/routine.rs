use super::printer::Printer;
use crate::ir::{Argument, Returns, Routine};
use crate::model::{Language, RoutineKind, Volatility};
use crate::sql::search_path;

/// How a routine is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Define {
    /// No routine with its name and arguments exists.
    New,
    /// It replaces a routine with the same arguments and result type.
    OrReplace,
}

impl Define {
    fn words(self) -> &'static str {
        match self {
            Self::New => "CREATE",
            Self::OrReplace => "CREATE OR REPLACE",
        }
    }
}

impl Printer<'_> {
    /// `CREATE FUNCTION` or `CREATE PROCEDURE`, its execution rights and its comment.
    pub fn create_routine(self, routine: &Routine) -> Vec<String> {
        let mut statements = vec![self.define_routine(routine, Define::New)];
        statements.extend(self.beside_routine(routine));
        statements
    }

    /// The statements that set execution rights and the comment.
    pub fn beside_routine(self, routine: &Routine) -> Vec<String> {
        let mut statements = self.execution(routine);
        let comment = routine.comment.iter();
        statements.extend(
            comment.map(|text| self.comment(kind(routine.kind), &self.signature(routine), text)),
        );
        statements
    }

    /// The statements that set execution rights, unless every role may execute it.
    fn execution(self, routine: &Routine) -> Vec<String> {
        let Some(roles) = &routine.execute else {
            return Vec::new();
        };
        let signature = format!("{} {}", kind(routine.kind), self.signature(routine));
        let mut statements = vec![format!("REVOKE EXECUTE ON {signature} FROM PUBLIC")];
        let roles: Vec<_> = roles.iter().map(|role| self.role_name(role)).collect();
        if !roles.is_empty() {
            let roles = roles.join(", ");
            statements.push(format!("GRANT EXECUTE ON {signature} TO {roles}"));
        }
        statements
    }

    /// The statements that change the execution rights from those of `old` to those of `new`.
    pub fn change_execution(self, old: &Routine, new: &Routine) -> Vec<String> {
        let mut statements = Vec::new();
        if old.execute == new.execute {
            return statements;
        }
        let signature = format!("{} {}", kind(new.kind), self.signature(new));
        let roles = old
            .execute
            .iter()
            .flatten()
            .map(|role| self.role_name(role));
        let roles: Vec<_> = roles.collect();
        if !roles.is_empty() {
            let roles = roles.join(", ");
            statements.push(format!("REVOKE EXECUTE ON {signature} FROM {roles}"));
        }
        statements.extend(self.execution(new));
        if new.execute.is_none() {
            statements.push(format!("GRANT EXECUTE ON {signature} TO PUBLIC"));
        }
        statements
    }

    /// `DROP FUNCTION name(..)`, or `DROP PROCEDURE`.
    pub fn drop_routine(self, routine: &Routine) -> String {
        format!("DROP {} {}", kind(routine.kind), self.signature(routine))
    }

    /// `CREATE FUNCTION` or `CREATE PROCEDURE`, with `OR REPLACE` if it replaces another.
    pub fn define_routine(self, routine: &Routine, define: Define) -> String {
        let arguments: Vec<_> = routine
            .arguments
            .iter()
            .map(|argument| self.argument(routine.kind, argument))
            .collect();
        let returns = match routine.kind {
            RoutineKind::Function => format!(" RETURNS {}", self.returns(&routine.returns)),
            RoutineKind::Procedure => String::new(),
        };
        let head = format!(
            "{} {} {}({}){returns}",
            define.words(),
            kind(routine.kind),
            self.qualified(&routine.name),
            arguments.join(", ")
        );
        let mut lines = vec![head, format!("LANGUAGE {}", language(routine.language))];
        lines.extend(properties(routine));
        lines.extend(
            routine
                .search_path
                .as_ref()
                .map(|path| format!("SET search_path = {}", self.search_path(path))),
        );
        lines.extend(
            routine
                .run_as
                .as_ref()
                .map(|role| format!("SET role = {}", self.identifier(role))),
        );
        let body = self.dialect.routine_body(&routine.body);
        lines.push(self.dialect.quoted_body(&body));
        lines.join("\n")
    }

    /// The name with the types of its arguments, which distinguish it from others with its name.
    pub fn signature(self, routine: &Routine) -> String {
        let arguments = routine.arguments.iter().map(|argument| {
            let sql_type = self.dialect.type_name(&argument.sql_type);
            match (routine.kind, argument.out) {
                (RoutineKind::Function, _) => sql_type.into_owned(),
                (RoutineKind::Procedure, false) => format!("IN {sql_type}"),
                (RoutineKind::Procedure, true) => format!("OUT {sql_type}"),
            }
        });
        let arguments: Vec<_> = arguments.collect();
        format!(
            "{}({})",
            self.qualified(&routine.name),
            arguments.join(", ")
        )
    }

    fn argument(self, kind: RoutineKind, argument: &Argument) -> String {
        let mode = match (kind, argument.out) {
            (RoutineKind::Function, _) => "",
            (RoutineKind::Procedure, false) => "IN ",
            (RoutineKind::Procedure, true) => "OUT ",
        };
        let default = argument
            .default
            .as_ref()
            .map(|expr| format!(" DEFAULT {}", self.expr(expr)));
        format!(
            "{mode}{} {}{}",
            self.argument_name(&argument.name),
            self.dialect.type_name(&argument.sql_type),
            default.unwrap_or_default()
        )
    }

    /// What a function returns, as after `RETURNS`.
    pub fn returns(self, returns: &Returns) -> String {
        match returns {
            Returns::Void => "void".to_owned(),
            Returns::Trigger => "trigger".to_owned(),
            Returns::Value(sql_type) => self.dialect.type_name(sql_type).into_owned(),
            Returns::SetOf(sql_type) => format!("SETOF {}", self.dialect.type_name(sql_type)),
            Returns::Table(columns) => {
                let columns: Vec<_> = columns
                    .iter()
                    .map(|column| self.argument(RoutineKind::Function, column))
                    .collect();
                format!("TABLE ({})", columns.join(", "))
            }
        }
    }

    /// Names separated by commas, each quoted if needed; `''` for the empty path.
    fn search_path(self, path: &str) -> String {
        let names = search_path(path);
        let names: Vec<_> = names.iter().map(|name| self.identifier(name)).collect();
        if names.is_empty() {
            "''".to_owned()
        } else {
            names.join(", ")
        }
    }
}

/// `FUNCTION` or `PROCEDURE`.
pub fn kind(kind: RoutineKind) -> &'static str {
    match kind {
        RoutineKind::Function => "FUNCTION",
        RoutineKind::Procedure => "PROCEDURE",
    }
}

fn language(language: Language) -> &'static str {
    match language {
        Language::Sql => "sql",
        Language::PlPgSql => "plpgsql",
    }
}

/// The properties that are not the default, one on each line.
fn properties(routine: &Routine) -> Vec<String> {
    let mut words = Vec::new();
    match routine.volatility {
        Volatility::Volatile => {}
        Volatility::Stable => words.push("STABLE"),
        Volatility::Immutable => words.push("IMMUTABLE"),
    }
    if routine.strict {
        words.push("STRICT");
    }
    if routine.parallel_safe {
        words.push("PARALLEL SAFE");
    }
    if routine.security_definer {
        words.push("SECURITY DEFINER");
    }
    words.into_iter().map(str::to_owned).collect()
}

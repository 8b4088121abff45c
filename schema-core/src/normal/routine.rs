//! Functions and procedures.

use super::object::{Normal, comment, name, sorted};
use crate::ddl::POSTGRES;
use crate::ir::{Argument, Body, Returns, Routine};

impl Normal<'_> {
    pub(super) fn routine(&self, routine: &Routine) -> Routine {
        Routine {
            name: name(&routine.name),
            comment: comment(routine.comment.as_ref()),
            arguments: self.arguments(&routine.arguments),
            returns: self.returns(&routine.returns),
            search_path: routine.search_path.as_deref().map(search_path),
            execute: routine.execute.as_deref().and_then(execute),
            body: Body::Source(POSTGRES.dialect.routine_body(&routine.body)),
            // The body includes it, too.
            left_out: Vec::new(),
            ..routine.clone()
        }
    }

    pub(super) fn arguments(&self, arguments: &[Argument]) -> Vec<Argument> {
        let normal = |argument: &Argument| Argument {
            name: argument.name.clone(),
            sql_type: self.sql_type(&argument.sql_type),
            out: argument.out,
            default: argument
                .default
                .as_ref()
                .map(|default| self.value(default, self.place(&argument.sql_type).as_ref())),
        };
        arguments.iter().map(normal).collect()
    }

    fn returns(&self, returns: &Returns) -> Returns {
        match returns {
            Returns::Value(sql_type) => Returns::Value(self.sql_type(sql_type)),
            Returns::SetOf(sql_type) => Returns::SetOf(self.sql_type(sql_type)),
            Returns::Table(columns) => Returns::Table(self.arguments(columns)),
            other => other.clone(),
        }
    }
}

/// The roles that may execute it, sorted; `None` if everyone may.
fn execute(roles: &[String]) -> Option<Vec<String>> {
    let everybody = roles.iter().any(|role| role == "public");
    (!everybody).then(|| sorted(roles))
}

/// The schemas of a search path, separated by commas and without quotes.
fn search_path(path: &str) -> String {
    crate::sql::search_path(path).join(", ")
}

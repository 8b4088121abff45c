use super::{DefaultDef, Expr, SqlType, TableName};
use crate::types::{SqlValue, StoredAs};

/// A struct that is a function or a procedure; its fields are the arguments.
///
/// Made by `#[derive(Function)]` and `#[derive(Procedure)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a function nor a procedure",
    label = "this cannot be called in the database",
    note = "add `#[derive(Function)]` or `#[derive(Procedure)]` to `{Self}`"
)]
pub trait Routine {
    /// The whole definition.
    const DEF: &'static RoutineDef;
}

/// A function that triggers call. Made by `#[derive(Function)]` with `#[function(trigger)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a trigger function",
    label = "no trigger can call this",
    note = "write `#[derive(Function)] #[function(trigger, ..)]` at `{Self}`"
)]
pub trait TriggerFunction: Routine {
    /// The whole definition, as a function: a trigger keeps it.
    fn definition() -> &'static RoutineDef {
        Self::DEF
    }
}

/// The definition of a function or a procedure.
#[derive(Clone, Copy, Debug)]
pub struct RoutineDef {
    /// The name.
    pub name: TableName,
    /// Whether it is a function or a procedure.
    pub kind: RoutineKind,
    /// The comment.
    pub comment: Option<&'static str>,
    /// The arguments, in order: `OUT` arguments come after the others.
    pub arguments: &'static [ArgumentDef],
    /// What a function returns.
    pub returns: Returns,
    /// The language: `sql` or `plpgsql`.
    pub language: Language,
    /// What PostgreSQL may assume about a function.
    pub volatility: Volatility,
    /// Whether a null argument makes the result null, without a call (`STRICT`).
    pub strict: bool,
    /// Whether it may run in a parallel worker (`PARALLEL SAFE`).
    pub parallel_safe: bool,
    /// `SET search_path`, passed on as written; `""` is the empty path.
    pub search_path: Option<&'static str>,
    /// The reason for running it with the rights of its owner (`SECURITY DEFINER`), if it does.
    pub security_definer: Option<&'static str>,
    /// The roles that may execute it.
    ///
    /// `None`: every role may, as in PostgreSQL, or only its owner if it is `SECURITY DEFINER`.
    pub execute: Option<&'static [&'static str]>,
    /// The body, passed on as written.
    pub body: &'static str,
    /// The rules that it may break.
    pub allow: &'static [&'static str],
    /// Whether the derive reported an error, so that the definition is incomplete.
    pub incomplete: bool,
}

impl RoutineDef {
    /// A function.
    pub const fn function(
        name: TableName,
        arguments: &'static [ArgumentDef],
        returns: Returns,
        language: Language,
        body: &'static str,
    ) -> Self {
        Self {
            name,
            kind: RoutineKind::Function,
            comment: None,
            arguments,
            returns,
            language,
            volatility: Volatility::Volatile,
            strict: false,
            parallel_safe: false,
            search_path: None,
            security_definer: None,
            execute: None,
            body,
            allow: &[],
            incomplete: false,
        }
    }

    /// A procedure.
    pub const fn procedure(
        name: TableName,
        arguments: &'static [ArgumentDef],
        language: Language,
        body: &'static str,
    ) -> Self {
        let mut routine = Self::function(name, arguments, Returns::Void, language, body);
        routine.kind = RoutineKind::Procedure;
        routine
    }

    /// A placeholder for a routine whose derive reported an error.
    pub const fn incomplete(name: TableName) -> Self {
        let mut routine = Self::function(name, &[], Returns::Void, Language::Sql, "");
        routine.incomplete = true;
        routine
    }

    /// Sets the comment.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Sets the volatility.
    pub const fn volatility(mut self, volatility: Volatility) -> Self {
        self.volatility = volatility;
        self
    }

    /// Makes the result null if an argument is null.
    pub const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Allows it to run in a parallel worker.
    pub const fn parallel_safe(mut self) -> Self {
        self.parallel_safe = true;
        self
    }

    /// Sets the search path that its body runs with.
    pub const fn search_path(mut self, search_path: &'static str) -> Self {
        self.search_path = Some(search_path);
        self
    }

    /// Makes it run with the rights of its owner, and records the reason.
    pub const fn security_definer(mut self, reason: &'static str) -> Self {
        self.security_definer = Some(reason);
        self
    }

    /// Allows only these roles to execute it.
    pub const fn execute(mut self, roles: &'static [&'static str]) -> Self {
        self.execute = Some(roles);
        self
    }

    /// Allows it to break `rules`.
    pub const fn allow(mut self, rules: &'static [&'static str]) -> Self {
        self.allow = rules;
        self
    }
}

/// The kind of a routine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum RoutineKind {
    /// A function, which is called in an expression.
    Function,
    /// A procedure, which is called with `CALL` and may commit.
    Procedure,
}

/// The language of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Language {
    /// `sql`: PostgreSQL parses the body when the function is created, so the objects that it names must exist.
    Sql,
    /// `plpgsql`: PostgreSQL looks up names when the function is called.
    PlPgSql,
}

/// What PostgreSQL may assume about a function (manual, 38.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Volatility {
    /// Nothing.
    Volatile,
    /// Within a statement the same arguments have the same result, and the function changes no data.
    Stable,
    /// The same arguments always have the same result.
    Immutable,
}

/// What a function returns.
#[derive(Clone, Copy, Debug)]
pub enum Returns {
    /// Nothing
    Void,
    /// The row of a trigger (`trigger`)
    Trigger,
    /// One value
    Value(SqlType),
    /// Any number of values
    SetOf(SqlType),
    /// Any number of rows of these columns
    Table(&'static [ArgumentDef]),
}

/// An argument of a routine, or a column of the rows that it returns.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentDef {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub sql_type: SqlType,
    /// Whether it is an output of a procedure (`OUT`).
    pub out: bool,
    /// The default.
    pub default: Option<DefaultDef>,
}

impl ArgumentDef {
    /// An argument of `V`.
    pub const fn new<V: SqlValue>(name: &'static str) -> Self {
        Self {
            name,
            sql_type: V::TYPE,
            out: false,
            default: None,
        }
    }

    /// An argument of `V`, passed as another type than the default one of `V`.
    pub const fn stored_as<V: StoredAs<Word>, Word>(name: &'static str, sql_type: SqlType) -> Self {
        let mut argument = Self::new::<V>(name);
        argument.sql_type = sql_type;
        argument
    }

    /// Makes it an output (`OUT`).
    pub const fn out(mut self) -> Self {
        self.out = true;
        self
    }

    /// Sets the default.
    pub const fn default(mut self, expr: Expr) -> Self {
        self.default = Some(DefaultDef::Expr(expr));
        self
    }
}

/// The SQL type of a result that is read as `V`, if `V` can be stored as `Word`.
pub const fn returned_as<V: StoredAs<Word>, Word>(sql_type: SqlType) -> SqlType {
    sql_type
}

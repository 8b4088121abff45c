use super::{DefaultDef, Expr, SqlType, TableName};
use crate::types::{SqlValue, StoredAs};

/// A struct that is a function or a procedure; its fields are the arguments. Made by `#[derive(Function)]` and `#[derive(Procedure)]`.
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
    /// The whole definition, as a function: what a trigger keeps.
    fn definition() -> &'static RoutineDef {
        Self::DEF
    }
}

/// The definition of a function or a procedure.
#[derive(Clone, Copy, Debug)]
pub struct RoutineDef {
    /// The name.
    pub name: TableName,
    /// What it is.
    pub kind: RoutineKind,
    /// The comment.
    pub comment: Option<&'static str>,
    /// The arguments, in order; those that come out after those that go in.
    pub arguments: &'static [ArgumentDef],
    /// What a function gives back.
    pub returns: Returns,
    /// The language: `sql` or `plpgsql`.
    pub language: Language,
    /// What PostgreSQL may assume of a function.
    pub volatility: Volatility,
    /// Whether a null argument makes the result null, without a call (`STRICT`).
    pub strict: bool,
    /// Whether it may run in a parallel worker (`PARALLEL SAFE`).
    pub parallel_safe: bool,
    /// `SET search_path`, passed on as written; `""` is the empty one.
    pub search_path: Option<&'static str>,
    /// Why it runs with the rights of its owner (`SECURITY DEFINER`), where it does.
    pub security_definer: Option<&'static str>,
    /// The roles that may execute it. Without it everybody may, as in PostgreSQL; of one that runs with its owner's rights nobody else.
    pub execute: Option<&'static [&'static str]>,
    /// The body, passed on as written.
    pub body: &'static str,
    /// The rules that are allowed for it.
    pub allow: &'static [&'static str],
    /// Whether the derive reported an error, so that this is not all of it.
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

    /// What stands in for a routine whose derive reported an error.
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

    /// Makes the result null where an argument is.
    pub const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Lets it run in a parallel worker.
    pub const fn parallel_safe(mut self) -> Self {
        self.parallel_safe = true;
        self
    }

    /// Sets the search path that its body is run with.
    pub const fn search_path(mut self, search_path: &'static str) -> Self {
        self.search_path = Some(search_path);
        self
    }

    /// Runs it with the rights of its owner, for a reason.
    pub const fn security_definer(mut self, reason: &'static str) -> Self {
        self.security_definer = Some(reason);
        self
    }

    /// Lets these roles execute it, and nobody else.
    pub const fn execute(mut self, roles: &'static [&'static str]) -> Self {
        self.execute = Some(roles);
        self
    }

    /// Allows rules for it.
    pub const fn allow(mut self, rules: &'static [&'static str]) -> Self {
        self.allow = rules;
        self
    }
}

/// What a routine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum RoutineKind {
    /// A function, which stands in an expression.
    Function,
    /// A procedure, which is called by itself and may commit.
    Procedure,
}

/// The language of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Language {
    /// `sql`: PostgreSQL reads the body when the function is made, so that what it names has to be there.
    Sql,
    /// `plpgsql`: PostgreSQL looks the names up when it is called.
    PlPgSql,
}

/// What PostgreSQL may assume of a function (manual, 38.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Volatility {
    /// Anything.
    Volatile,
    /// The same result for the same arguments within a statement; it changes nothing.
    Stable,
    /// The same result for the same arguments, always.
    Immutable,
}

/// What a function gives back.
#[derive(Clone, Copy, Debug)]
pub enum Returns {
    /// Nothing
    Void,
    /// The row of a trigger
    Trigger,
    /// One value
    Value(SqlType),
    /// Any number of values
    SetOf(SqlType),
    /// Any number of rows of these columns
    Table(&'static [ArgumentDef]),
}

/// An argument of a routine, or a column of what it gives back.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentDef {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub sql_type: SqlType,
    /// Whether it comes out of a procedure (`OUT`).
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

    /// An argument of `V` with another type than its own.
    pub const fn stored_as<V: StoredAs<Word>, Word>(name: &'static str, sql_type: SqlType) -> Self {
        let mut argument = Self::new::<V>(name);
        argument.sql_type = sql_type;
        argument
    }

    /// Makes it one that comes out.
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

/// The SQL type that a function gives back as `V`, by its own type or another word's.
pub const fn returned_as<V: StoredAs<Word>, Word>(sql_type: SqlType) -> SqlType {
    sql_type
}

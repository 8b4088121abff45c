use std::fmt;

use freehold_schema_core::TableDef;
use freehold_schema_core::ir::{self, Expr, SqlType};
use freehold_schema_core::model::{self, ColumnDef, Immutable, Role, ScalarType};

use crate::error::FakeError;
use crate::options::{Generator, Options};
use crate::random::{Random, hash};
use crate::value::{Kind, Limits, Natural, Value, Words};

/// The plan of a column.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // They are independent facts.
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) natural: Natural,
    pub(crate) source: Source,
    pub(crate) nullable: bool,
    /// How many of 1,000 rows have no value.
    pub(crate) nulls: u64,
    /// Whether other rows find this one by the column, or PostgreSQL a duplicate.
    pub(crate) is_key: bool,
    /// Whether no other value is possible: the time of creation, the key of partitions.
    pub(crate) is_settled: bool,
    /// Whether PostgreSQL counts its values by a sequence.
    pub(crate) has_sequence: bool,
    /// Whether no update may change it.
    pub(crate) immutable: bool,
    /// The random numbers of its values, and those that decide about nulls.
    pub(crate) random: Random,
    pub(crate) null_random: Random,
}

/// Where the values of a column come from.
#[derive(Clone)]
pub(crate) enum Source {
    /// From the column alone.
    Natural,
    /// Nowhere: PostgreSQL sets it.
    Database,
    /// From a generator that is written by hand.
    Given(Generator),
    /// From this column of the referenced row.
    Parent { reference: usize, column: usize },
    /// The key of the owner, who has no row to reference.
    Owner,
    /// A number: that of the row, or that of the row among those of its owner.
    Counter { in_owner: bool },
    /// This digit of a group's key.
    Digit { group: usize, digit: usize },
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Natural => "natural",
            Self::Database => "database",
            Self::Given(_) => "given",
            Self::Parent { .. } => "parent",
            Self::Owner => "owner",
            Self::Counter { .. } => "counter",
            Self::Digit { .. } => "digit",
        };
        f.write_str(word)
    }
}

impl Column {
    /// Whether rows contain it.
    pub(crate) const fn is_written(&self) -> bool {
        !matches!(self.source, Source::Database)
    }

    /// Whether a check may demand another value.
    pub(crate) const fn is_free(&self) -> bool {
        matches!(self.source, Source::Natural) && !self.is_key && !self.is_settled
    }
}

/// What a column of time means: by its attribute, otherwise by its name.
pub(super) fn role(column: &ColumnDef) -> Option<Role> {
    let by_name = match column.name {
        "created_at" | "created_on" | "created" => Some(Role::CreatedAt),
        "updated_at" | "modified_at" => Some(Role::UpdatedAtByApplication),
        "deleted_at" => Some(Role::DeletedAt),
        _ => None,
    };
    let is_time = matches!(
        column.sql_type,
        model::SqlType::Scalar(ScalarType::Date | ScalarType::Timestamp | ScalarType::TimestampTz)
    );
    column.role.or_else(|| by_name.filter(|_| is_time))
}

pub(super) fn read(
    def: &'static TableDef,
    table: &ir::Table,
    column: &ir::Column,
    kind: Option<&Kind>,
    limits: Limits,
    options: &Options,
) -> Result<Column, FakeError> {
    let of_struct = def.columns.iter().find(|it| it.name == column.name);
    let name = table.name.to_string();
    let key = |use_of: &str| hash(options.seed, &[&name, &column.name, use_of]);
    let source = source(table, column, kind, options)?;
    let role = of_struct.and_then(role);
    let is_partitioned = !limits.spans.is_empty();
    let has_sequence = column.serial || column.identity.is_some();
    let natural = natural(table, column, of_struct, kind, limits);
    // Columns about one person have the same random numbers, so that they agree.
    let value_key = match natural.words.of_person(&column.name) {
        Some(person) => hash(options.seed, &[&name, &person, "person"]),
        None => key("value"),
    };
    Ok(Column {
        name: column.name.clone(),
        natural,
        source: match source {
            Source::Natural if has_sequence => Source::Counter { in_owner: false },
            other => other,
        },
        nullable: column.nullable,
        nulls: nulls(column, role),
        is_key: false,
        is_settled: is_partitioned || role == Some(Role::CreatedAt),
        has_sequence,
        immutable: of_struct.is_some_and(|it| it.immutable == Some(Immutable::ByDatabase)),
        random: Random::new(value_key),
        null_random: Random::new(key("null")),
    })
}

fn source(
    table: &ir::Table,
    column: &ir::Column,
    kind: Option<&Kind>,
    options: &Options,
) -> Result<Source, FakeError> {
    if column.generated.is_some() {
        return Ok(Source::Database);
    }
    let mut generators = options.generators.iter();
    let given = generators.find(|((name, of), _)| {
        *of == column.name && (table.name.name == *name || table.name.to_string() == *name)
    });
    if let Some((_, generator)) = given {
        return Ok(Source::Given(generator.clone()));
    }
    match (kind, &column.sql_type) {
        (Some(_), _) => Ok(Source::Natural),
        // PostgreSQL sets what it can.
        (None, _) if column.nullable || column.default.is_some() => Ok(Source::Database),
        (None, sql_type) => Err(FakeError::UnknownType {
            table: table.name.name.clone(),
            column: column.name.clone(),
            sql_type: type_name(sql_type),
        }),
    }
}

fn type_name(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Sql(sql) => sql.clone(),
        SqlType::Domain(name) | SqlType::Enum(name) => name.to_string(),
        SqlType::Array(element) => format!("{}[]", type_name(element)),
        SqlType::Scalar(scalar) => scalar.word().to_owned(),
    }
}

fn natural(
    table: &ir::Table,
    column: &ir::Column,
    of_struct: Option<&ColumnDef>,
    kind: Option<&Kind>,
    limits: Limits,
) -> Natural {
    let kind = kind.cloned().unwrap_or(Kind::Json);
    let words = if of_struct.is_some_and(|it| it.secret) {
        Words::Secret
    } else {
        Words::of(&table.name.name, &column.name)
    };
    let default = column
        .default
        .as_ref()
        .and_then(|default| constant(default, &kind));
    Natural {
        kind,
        words,
        limits,
        default,
    }
}

fn constant(expr: &Expr, kind: &Kind) -> Option<Value> {
    match expr {
        Expr::Text(text) | Expr::Number(text) => kind.read(text),
        Expr::Bool(value) => Some(Value::Bool(*value)),
        Expr::Cast(operand, _) => constant(operand, kind),
        _ => None,
    }
}

/// Few rows are deleted, and a time that every row could have is rarely missing.
const fn nulls(column: &ir::Column, role: Option<Role>) -> u64 {
    match (column.nullable, role) {
        (false, _)
        | (true, Some(Role::CreatedAt | Role::UpdatedAtByTrigger | Role::UpdatedAtByApplication)) => {
            0
        }
        (true, Some(Role::DeletedAt)) => 900,
        (true, None) => 200,
    }
}

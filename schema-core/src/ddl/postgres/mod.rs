//! PostgreSQL, from version 15.

mod batches;
mod bodies;
mod immutable_trigger;
mod types;

use std::borrow::Cow;

use super::dialect::sealed::Sealed;
use super::dialect::{Expressions, Names, Statements, Types};
use super::printer::Printer;
use crate::ir::{Body, SqlType};
use crate::model::{BinaryOp, ScalarType};
use crate::sql::quote::{self, Quoting};

/// PostgreSQL, from version 15.
#[derive(Clone, Copy, Debug, Default)]
pub struct Postgres;

/// The printer of SQL that is always for PostgreSQL: for comparison with a catalog, or to run on a PostgreSQL pool.
pub const PRINTER: Printer<'static> = Printer { dialect: &Postgres };

impl Sealed for Postgres {}

impl Names for Postgres {
    fn quoting(&self) -> Quoting {
        quote::POSTGRES
    }
}

impl Types for Postgres {
    fn type_name(&self, sql_type: &SqlType) -> Cow<'static, str> {
        types::name(*self, sql_type)
    }

    fn serial_name(&self, sql_type: &SqlType) -> Cow<'static, str> {
        match sql_type {
            SqlType::Scalar(ScalarType::SmallInt) => "smallserial".into(),
            SqlType::Scalar(ScalarType::Integer) => "serial".into(),
            _ => "bigserial".into(),
        }
    }
}

impl Expressions for Postgres {
    fn operator(&self, op: BinaryOp) -> &'static str {
        match op {
            BinaryOp::Or => "OR",
            BinaryOp::And => "AND",
            BinaryOp::Eq => "=",
            BinaryOp::Ne => "<>",
            BinaryOp::Lt => "<",
            BinaryOp::Le => "<=",
            BinaryOp::Gt => ">",
            BinaryOp::Ge => ">=",
            BinaryOp::Like => "LIKE",
            BinaryOp::ILike => "ILIKE",
            BinaryOp::Matches => "~",
            BinaryOp::MatchesIgnoreCase => "~*",
            BinaryOp::Contains => "@>",
            BinaryOp::ContainedBy => "<@",
            BinaryOp::Overlaps => "&&",
            BinaryOp::Concat => "||",
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::Rem => "%",
        }
    }

    fn placeholder(&self, number: usize, out: &mut String) {
        use std::fmt::Write as _;
        // Writing to a `String` cannot fail.
        let _ = write!(out, "${number}");
    }

    /// The setting is read without a default: if no owner is set, PostgreSQL rejects the statement instead of returning
    /// no rows.
    ///
    /// After a transaction that set it, the setting is the empty text, which most types reject too. A text type accepts
    /// it, so it becomes null there and cannot match a user's key.
    fn setting(&self, name: &str, sql_type: &SqlType) -> String {
        let setting = format!("current_setting({})", quote::text(name));
        let setting = if types::may_be_empty(sql_type) {
            format!("nullif({setting}, '')")
        } else {
            setting
        };
        format!("(SELECT {setting}::{})", self.type_name(sql_type))
    }

    fn search(&self, document: &str, text: &str) -> String {
        format!("{document} @@ websearch_to_tsquery({text})")
    }

    fn search_in(&self, language: &str, document: &str, text: &str) -> String {
        let language = quote::text(language);
        format!("{document} @@ websearch_to_tsquery({language}::regconfig, {text})")
    }

    /// The configuration is a constant, because only then is `to_tsvector` immutable.
    fn document(&self, language: &str, text: &str, weight: &str) -> String {
        let language = quote::text(language);
        format!("setweight(to_tsvector({language}::regconfig, {text}), '{weight}')")
    }
}

impl Statements for Postgres {
    fn routine_body(&self, body: &Body) -> String {
        bodies::body(*self, body)
    }

    fn quoted_body(&self, body: &str) -> String {
        let quote = quote::dollar_quote(body);
        format!("AS {quote}\n{body}\n{quote}")
    }

    /// If two scripts create the object at the same time, one fails on a unique index of the catalog, with another
    /// error than usual.
    fn unless_exists(&self, statement: &str) -> String {
        let body = format!(
            "BEGIN\n    {statement};\nEXCEPTION WHEN duplicate_object OR unique_violation THEN\n    NULL;\nEND"
        );
        block(&body)
    }

    fn if_empty(&self, table: &str, statement: &str) -> String {
        block(&format!(
            "BEGIN\n    IF NOT EXISTS (SELECT FROM {table}) THEN\n        {statement};\n    END IF;\nEND"
        ))
    }

    fn drop_owned_sequence(&self, table: &str, column: &str) -> String {
        let (table, column) = (quote::text(table), quote::text(column));
        block(&format!(
            "BEGIN\n    EXECUTE 'DROP SEQUENCE ' || pg_get_serial_sequence({table}, {column});\nEND"
        ))
    }

    fn rename_owned_sequence(&self, table: &str, column: &str, to: &str) -> String {
        let (table, column, to) = (quote::text(table), quote::text(column), quote::text(to));
        block(&format!(
            "BEGIN\n    EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', pg_get_serial_sequence({table}, {column}), {to});\nEND"
        ))
    }

    fn rename_in_partitions(&self, table: &str, from: &str, to: &str) -> String {
        let (table, from, to) = (quote::text(table), quote::text(from), quote::text(to));
        block(&format!(
            "DECLARE
    partition_name regclass;
BEGIN
    FOR partition_name IN
        SELECT part.conrelid FROM pg_constraint AS part JOIN pg_constraint AS whole ON whole.oid = part.conparentid
        WHERE whole.conrelid = {table}::regclass AND whole.conname = {to} AND part.conrelid <> whole.conrelid AND part.conname = {from}
    LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', partition_name, {from}, {to});
    END LOOP;
END"
        ))
    }

    fn continue_sequence(&self, table: &str, column: &str, quoted_column: &str) -> String {
        let (of, name) = (quote::text(table), quote::text(column));
        let last = format!("max({quoted_column})");
        format!(
            "SELECT setval(pg_get_serial_sequence({of}, {name}), coalesce({last}, 1), {last} IS NOT NULL) FROM {table}"
        )
    }

    fn in_batches(&self, table: &str, key: &[String], change: &str, rows: u32) -> String {
        block(&batches::block(table, key, change, rows))
    }
}

/// A `DO` block of PL/pgSQL.
fn block(body: &str) -> String {
    let quote = quote::dollar_quote(body);
    format!("DO {quote}\n{body}\n{quote}")
}

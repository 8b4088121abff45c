//! Finds out whether a default is volatile. To add a column with such a default, PostgreSQL rewrites the whole table.

use freehold_schema_core::ir::Expr;
use freehold_schema_core::sql::called;

/// Functions with one result for a whole statement, or for ever (`pg_proc.provolatile`, PostgreSQL 15).
///
/// A function that is not in this list counts as volatile.
const STABLE: &[&str] = &[
    "now",
    "transaction_timestamp",
    "statement_timestamp",
    "current_setting",
    "coalesce",
    "lower",
    "upper",
    "trim",
    "btrim",
    "ltrim",
    "rtrim",
    "concat",
    "length",
    "abs",
    "ceil",
    "floor",
    "round",
    "date_trunc",
    "make_date",
    "make_interval",
    "make_timestamp",
    "to_char",
    "to_date",
    "to_timestamp",
    "to_tsvector",
    "jsonb_build_object",
    "jsonb_build_array",
    "json_build_object",
    "md5",
    "timezone",
    "array",
    "cast",
    "nullif",
    "greatest",
    "least",
    "setweight",
    "replace",
    "left",
    "right",
    "substring",
    "inet_client_addr",
];

/// Whether the value may differ from row to row.
pub(super) fn is_volatile(expr: &Expr) -> bool {
    let mut volatile = false;
    expr.visit(&mut |expr| {
        volatile |= match expr {
            Expr::Call(name, _) => !is_stable(name),
            Expr::Sql(sql) => called(sql).iter().any(|name| !is_stable(name)),
            _ => false,
        };
    });
    volatile
}

/// Whether a function returns one value for a whole statement.
pub fn is_stable(name: &str) -> bool {
    let name = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    STABLE.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_for_each_row_is_volatile() {
        for sql in [
            "gen_random_uuid()",
            "clock_timestamp()",
            "nextval('s'::regclass)",
            "lower(f(1))",
            "random()",
            "random ()",
            "1.0 + /* it's */ random()",
            "E'\\'' || random()",
        ] {
            assert!(is_volatile(&Expr::Sql(sql.to_owned())), "{sql}");
        }
    }

    #[test]
    fn a_value_for_the_statement_is_not() {
        for sql in [
            "now()",
            "'gen_random_uuid()'",
            "0",
            "(now() + '1 day'::interval)",
            "pg_catalog.lower('A')",
        ] {
            assert!(!is_volatile(&Expr::Sql(sql.to_owned())), "{sql}");
        }
    }
}

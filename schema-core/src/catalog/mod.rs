//! Reads the catalogs of PostgreSQL: shared by the check in `connect` and by inspection.

use crate::model::PolicyCommand;

/// A row of a query's result. Each field is read from the column with its name.
#[doc(hidden)]
#[macro_export]
macro_rules! __catalog_row {
    ($(#[$meta:meta])* $visibility:vis struct $Row:ident { $($of_field:vis $field:ident: $Type:ty,)+ }) => {
        $(#[$meta])*
        $visibility struct $Row { $($of_field $field: $Type,)+ }

        impl<'r> $crate::__sqlx::FromRow<'r, $crate::__sqlx::postgres::PgRow> for $Row {
            fn from_row(row: &'r $crate::__sqlx::postgres::PgRow) -> $crate::__sqlx::Result<Self> {
                use $crate::__sqlx::Row as _;
                Ok(Self { $($field: row.try_get(stringify!($field))?,)+ })
            }
        }
    };
}
pub use __catalog_row as row;

/// Settings that make PostgreSQL print everything in one form, with names qualified and times in UTC.
pub const ONE_FORM: &str = "
    SET LOCAL search_path = '';
    SET LOCAL TimeZone = 'UTC';
    SET LOCAL DateStyle = 'ISO';
    SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL bytea_output = 'hex';
    SET LOCAL extra_float_digits = 1;
    SET LOCAL quote_all_identifiers = off;
    SET LOCAL standard_conforming_strings = on";

/// The command that a letter of `pg_policy.polcmd` means.
pub fn policy_command(letter: &str) -> PolicyCommand {
    match letter {
        "r" => PolicyCommand::Select,
        "a" => PolicyCommand::Insert,
        "w" => PolicyCommand::Update,
        "d" => PolicyCommand::Delete,
        _ => PolicyCommand::All,
    }
}

//! Columns that get another type.

use squawk_syntax::ast::{
    AlterColumn, AlterColumnOption, AlterTableAction, AstNode as _, CastExpr, SetType,
};

use crate::found::{At, Found};
use crate::name::{Name, lower, word};
use crate::parts;
use crate::rule::{LintRule, ToldBy};
use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::SqlType;
use freehold_schema_core::model::ScalarType;
use freehold_schema_migrate::plan::HazardKind;
use freehold_schema_migrate::plan::cast::{self, Values};

pub(crate) static LK06: LintRule = LintRule::error(
    "LK06",
    "column_type",
    "a column gets a type for which the table is rewritten",
)
.why("PostgreSQL rewrites the table and its indexes while everybody waits. From `varchar(n)` to `text` or to a longer `varchar`, and to a wider `numeric` of the same scale, nothing is written.")
.instead("add a column of the new type, write both, fill it in batches, and change over to it in a release")
.told_by(ToldBy::Hazard(&[HazardKind::TableRewrite]));

pub(super) static LK16: LintRule = LintRule::warning(
    "LK16",
    "collation",
    "a column gets another collation",
)
.why("PostgreSQL rebuilds every index with the column while everybody waits, and comparisons give other results.")
.instead("drop the indexes, change the collation, and build them again with `CONCURRENTLY`")
.told_by(ToldBy::Hazard(&[HazardKind::TableRewrite, HazardKind::BlockingLock]));

pub(super) static CK09: LintRule = LintRule::warning(
    "CK09",
    "type_under_check",
    "a column that a check reads gets another type",
)
.why("PostgreSQL makes the check again and reads all rows for it while everybody waits, even where it writes nothing.")
.instead("drop the check, change the type, add the check with `NOT VALID` and validate it in another transaction")
.told_by(ToldBy::Hazard(&[HazardKind::TableRewrite, HazardKind::BlockingLock]));

pub(super) static DS08: LintRule = LintRule::warning(
    "DS08",
    "narrower_type",
    "a column gets a type that does not hold all of its values",
)
.why("Values are rounded or cut, or it fails at the first one that does not fit.")
.instead(
    "look for the values that do not fit before, in a query of the migration, and allow it here",
)
.told_by(ToldBy::Hazard(&[
    HazardKind::DataLoss,
    HazardKind::ChecksRows,
    HazardKind::FailsOnRows,
]));

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    for (table, action) in at.actions() {
        if let AlterTableAction::AlterColumn(column) = action
            && let Some(AlterColumnOption::SetType(set)) = column.option()
        {
            of_column(at, &table, &column, &set, found);
        }
    }
}

fn of_column(at: &At<'_>, table: &Name, column: &AlterColumn, set: &SetType, found: &mut Found) {
    let name = column.column_name_ref().map(|it| word(it.syntax()));
    let name = name.unwrap_or_default();
    if let Some(collation) = set.collate() {
        let message = format!("the indexes of `{table}` with `{name}` are rebuilt");
        found.add(at.find(&LK16, collation.syntax(), message).on(table));
    }
    let Some(to) = set.ty().map(|ty| parts::sql_type(&ty)) else {
        return;
    };
    let known = at.known.table(table);
    let from = known.and_then(|table| table.columns.get(&name));
    let cast = from.map(|from| cast::cast(from, &to));
    let rewrites = cast.map_or_else(|| !may_be_free(&to), |cast| cast.rewrites);
    // In UTC both are the same eight bytes, and PostgreSQL 12 and later write nothing.
    let is_moment = from.is_some_and(is_moment) && is_moment(&to);
    let rewrites = rewrites && !(is_moment && at.transaction.is_utc());
    let to = POSTGRES.dialect.type_name(&to);
    if rewrites || is_computed(set, &name) {
        let message = match from {
            Some(from) => {
                let from = POSTGRES.dialect.type_name(from);
                format!("`{table}` is rewritten for `{name}` to be `{to}` instead of `{from}`")
            }
            None => format!("`{table}` is rewritten for `{name}` to be `{to}`"),
        };
        found.add(at.find(&LK06, set.syntax(), message).on(table));
    } else if let Some(check) = known.and_then(|table| {
        let mut checks = table.checks.iter();
        checks.find(|(_, check)| check.columns.contains(&name))
    }) {
        let message = format!(
            "all rows of `{table}` are read for the check `{}` of `{name}`",
            check.0
        );
        found.add(at.find(&CK09, set.syntax(), message).on(table));
    }
    if cast.is_some_and(|cast| cast.values != Values::Kept) && !is_moment {
        let message = format!("`{to}` does not hold everything that `{name}` can hold");
        found.add(at.find(&DS08, set.syntax(), message).on(table));
    }
}

/// Whether `USING` is more than the cast that is made anyway.
fn is_computed(set: &SetType, column: &str) -> bool {
    let Some(expr) = set.using_expr().and_then(|using| using.expr()) else {
        return false;
    };
    if lower(expr.syntax()) == column {
        return false;
    }
    let cast = CastExpr::cast(expr.syntax().clone());
    let inner = cast.and_then(|cast| cast.expr());
    inner.is_none_or(|inner| word(inner.syntax()) != column || lower(inner.syntax()).contains(' '))
}

fn is_moment(ty: &SqlType) -> bool {
    matches!(
        ty,
        SqlType::Scalar(ScalarType::Timestamp | ScalarType::TimestampTz)
    )
}

/// What nothing is written for, from a type that is not known but likely the one that it widens.
fn may_be_free(to: &SqlType) -> bool {
    matches!(
        to,
        SqlType::Scalar(
            ScalarType::Text
                | ScalarType::Varchar(None)
                | ScalarType::Inet
                | ScalarType::Numeric(None)
        )
    )
}

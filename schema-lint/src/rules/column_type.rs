//! Columns whose type changes.

use squawk_syntax::ast::{
    AlterColumn, AlterColumnOption, AlterTableAction, AstNode as _, CastExpr, SetType,
};

use crate::findings::{At, Findings};
use crate::name::{Name, lower, word};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::SqlType;
use freehold_schema_core::model::ScalarType;
use freehold_schema_migrate::plan::HazardKind;
use freehold_schema_migrate::plan::cast::{self, Values};

pub(crate) static LK06: LintRule = LintRule::error(
    "LK06",
    "column_type",
    "a column gets a type that rewrites the table",
)
.why("PostgreSQL rewrites the table and its indexes, and blocks reads and writes. It rewrites nothing for a change from `varchar(n)` to `text` or to a longer `varchar`, or to a wider `numeric` of the same scale.")
.instead("add a column of the new type, write both columns, fill the new one in batches, and switch to it in a release")
.reported_by(ReportedBy::Hazard(&[HazardKind::TableRewrite]));

pub(super) static LK16: LintRule = LintRule::warning(
    "LK16",
    "collation",
    "a column gets another collation",
)
.why("PostgreSQL rebuilds every index with the column, and blocks reads and writes. Comparisons may give other results.")
.instead("drop the indexes, change the collation, and recreate them with `CONCURRENTLY`")
.reported_by(ReportedBy::Hazard(&[HazardKind::TableRewrite, HazardKind::BlockingLock]));

pub(super) static CK09: LintRule = LintRule::warning(
    "CK09",
    "type_under_check",
    "a column that a check reads gets another type",
)
.why("PostgreSQL recreates the check and reads all rows for it, and blocks reads and writes. It does so even if it rewrites nothing.")
.instead("drop the check, change the type, add the check with `NOT VALID` and validate it in another transaction")
.reported_by(ReportedBy::Hazard(&[HazardKind::TableRewrite, HazardKind::BlockingLock]));

pub(super) static DS08: LintRule = LintRule::warning(
    "DS08",
    "narrower_type",
    "a column gets a type that cannot store all of its values",
)
.why("PostgreSQL rounds or truncates values, or the statement fails at the first value that does not fit.")
.instead(
    "check for values that do not fit in a query before the statement, and allow the rule here",
)
.reported_by(ReportedBy::Hazard(&[
    HazardKind::DataLoss,
    HazardKind::ChecksRows,
    HazardKind::FailsOnRows,
]));

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    for (table, action) in at.actions() {
        if let AlterTableAction::AlterColumn(column) = action
            && let Some(AlterColumnOption::SetType(set)) = column.option()
        {
            of_column(at, &table, &column, &set, found);
        }
    }
}

fn of_column(at: &At<'_>, table: &Name, column: &AlterColumn, set: &SetType, found: &mut Findings) {
    let name = column.column_name_ref().map(|it| word(it.syntax()));
    let name = name.unwrap_or_default();
    if let Some(collation) = set.collate() {
        let message = format!("PostgreSQL rebuilds the indexes of `{table}` that contain `{name}`");
        found.add(at.find(&LK16, collation.syntax(), message).on(table));
    }
    let Some(to) = set.ty().map(|ty| parts::sql_type(&ty)) else {
        return;
    };
    let known = at.known.table(table);
    let from = known.and_then(|table| table.columns.get(&name));
    let cast = from.map(|from| cast::cast(from, &to));
    let rewrites = cast.map_or_else(|| !may_be_free(&to), |cast| cast.rewrites);
    // With the time zone UTC, both types have the same eight bytes, so PostgreSQL 12 and later rewrite nothing.
    let is_moment = from.is_some_and(is_moment) && is_moment(&to);
    let rewrites = rewrites && !(is_moment && at.transaction.is_utc());
    let to = POSTGRES.dialect.type_name(&to);
    if rewrites || is_computed(set, &name) {
        let message = match from {
            Some(from) => {
                let from = POSTGRES.dialect.type_name(from);
                format!("PostgreSQL rewrites `{table}` to change `{name}` from `{from}` to `{to}`")
            }
            None => format!("PostgreSQL rewrites `{table}` to change `{name}` to `{to}`"),
        };
        found.add(at.find(&LK06, set.syntax(), message).on(table));
    } else if let Some(check) = known.and_then(|table| {
        let mut checks = table.checks.iter();
        checks.find(|(_, check)| check.columns.contains(&name))
    }) {
        let message = format!(
            "PostgreSQL reads all rows of `{table}` for the check `{}` of `{name}`",
            check.0
        );
        found.add(at.find(&CK09, set.syntax(), message).on(table));
    }
    if cast.is_some_and(|cast| cast.values != Values::Kept) && !is_moment {
        let message = format!("`{to}` cannot store every value of `{name}`");
        found.add(at.find(&DS08, set.syntax(), message).on(table));
    }
}

/// Whether `USING` computes more than the cast that PostgreSQL applies anyway.
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

/// Whether a change to this type is free if it widens the old type. The old type is not known here.
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

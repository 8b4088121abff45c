//! Row-level security of a table: that of the schema's isolation, and what is written by hand.
//!
//! The isolation has two policies. The restrictive one applies to every role, so that no permissive policy, also a
//! later one, can expose another owner's row. The permissive one admits the application's role: without a permissive
//! policy PostgreSQL shows no row.

use super::facts::row_security;
use super::texts::owned;
use crate::ir::names::Names;
use crate::ir::{Expr, Policy, RowOwner, RowSecurity, SqlType};
use crate::model::{
    self, ColumnDef, Ownership, PolicyCommand, PolicyDef, RowSecurityDef, ScalarType, SchemaDef,
    TableDef,
};

/// The rule `through_reference` rejects cycles; this limit only makes the recursion end.
const MAX_STEPS: usize = 64;

/// The table's row-level security, if it has any.
///
/// An internal table has it without a policy of the isolation, so that a right that is granted by mistake shows no row.
/// It is not forced there, so that functions with the rights of the table's owner can still write.
pub(super) fn of_table(def: &SchemaDef, table: &TableDef) -> Option<RowSecurity> {
    let isolates = row_security(def).is_some();
    let is_enabled = isolates && !table.ownership.is_shared();
    (is_enabled || !table.policies.is_empty()).then_some(RowSecurity {
        force: (isolates && table.ownership.is_owned()) || table.force_row_security,
    })
}

/// The policies of the table, those of the isolation first.
pub(super) fn policies(def: &SchemaDef, table: &TableDef) -> Vec<Policy> {
    let mut names = Names::default();
    for policy in table.policies {
        names.given(policy.name);
    }
    let isolation = row_security(def).filter(|_| table.ownership.is_owned());
    let generated = isolation.into_iter().flat_map(|isolation| {
        [
            access(table, &isolation, &mut names),
            separation(table, &isolation, &mut names),
        ]
    });
    let mut policies: Vec<_> = generated.collect();
    policies.extend(table.policies.iter().map(written));
    policies
}

fn access(table: &TableDef, isolation: &RowSecurityDef, names: &mut Names) -> Policy {
    Policy {
        name: names.by_convention(table.name.name, "access", []),
        command: PolicyCommand::All,
        restrictive: false,
        roles: owned(&[isolation.role]),
        using: Some(Expr::Bool(true)),
        with_check: Some(Expr::Bool(true)),
    }
}

fn separation(table: &TableDef, isolation: &RowSecurityDef, names: &mut Names) -> Policy {
    let condition = is_own_row(table, isolation);
    Policy {
        name: names.by_convention(table.name.name, "isolation", []),
        command: PolicyCommand::All,
        restrictive: true,
        roles: Vec::new(),
        using: Some(condition.clone()),
        with_check: Some(condition),
    }
}

/// The condition that the row belongs to the user. If no owner is found, it is false, so that the table shows no row.
fn is_own_row(table: &TableDef, isolation: &RowSecurityDef) -> Expr {
    let setting = isolation.setting.to_owned();
    row_owner(table, MAX_STEPS).map_or(Expr::Bool(false), |owner| Expr::OwnedBy { setting, owner })
}

fn row_owner(table: &TableDef, steps: usize) -> Option<RowOwner> {
    match table.ownership {
        Ownership::Owner => table
            .primary_key
            .columns
            .first()
            .and_then(|column| in_column(table, column)),
        Ownership::Scope(column) => in_column(table, column),
        Ownership::Through(column) => through(table, column, steps.checked_sub(1)?),
        Ownership::Shared | Ownership::Internal => None,
    }
}

fn in_column(table: &TableDef, column: &str) -> Option<RowOwner> {
    table.column(column).map(|column| RowOwner::Column {
        name: column.name.to_owned(),
        sql_type: type_of_setting(column),
    })
}

/// The type of the setting, without a length or a scale. A length would cut the setting and a scale would round it, and
/// an invalid key could become another user's key.
fn type_of_setting(column: &ColumnDef) -> SqlType {
    match SqlType::from(base(&column.sql_type)) {
        SqlType::Scalar(ScalarType::Varchar(_)) => SqlType::Scalar(ScalarType::Text),
        // `char` without a length would be `char(1)`, and a comparison with `text` could not use the index.
        SqlType::Scalar(ScalarType::Char(_)) => SqlType::Sql("bpchar".to_owned()),
        SqlType::Scalar(ScalarType::Numeric(_)) => SqlType::Scalar(ScalarType::Numeric(None)),
        other => other,
    }
}

/// The type under all domains: a domain has the length of its base.
fn base(sql_type: &model::SqlType) -> &model::SqlType {
    match sql_type {
        model::SqlType::Domain(def) => base(&def.base),
        other => other,
    }
}

fn through(table: &TableDef, column: &str, steps: usize) -> Option<RowOwner> {
    let key = table
        .foreign_keys
        .iter()
        .find(|key| key.columns == [column])?;
    let parent = (key.target().def)();
    let theirs = key.references.iter().map(|reference| reference.column);
    let columns = key.columns.iter().copied().zip(theirs);
    Some(RowOwner::Through {
        table: (&table.name).into(),
        parent: (&parent.name).into(),
        columns: columns
            .map(|(own, theirs)| (own.to_owned(), theirs.to_owned()))
            .collect(),
        owner: Box::new(row_owner(parent, steps)?),
    })
}

fn written(def: &PolicyDef) -> Policy {
    Policy {
        name: def.name.to_owned(),
        command: def.command,
        restrictive: def.restrictive,
        roles: owned(def.roles),
        using: def.using.as_ref().map(Expr::from),
        with_check: def.with_check.as_ref().map(Expr::from),
    }
}

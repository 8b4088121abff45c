//! The checks of a table and of the domains of its columns.

use std::borrow::Cow;

use freehold_schema_core::ir::{self, Expr, Schema, SqlType};
use freehold_schema_core::model::BinaryOp;
use freehold_schema_core::normal;

use crate::check::{Scope, Test, narrow};
use crate::random::hash;
use crate::value::{Kind, Limits};

/// A check that is understood.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) test: Test,
    pub(crate) key: u64,
}

pub(super) struct Checks {
    pub(super) checks: Vec<Check>,
    /// Whether there is one that is not understood.
    pub(super) has_unknown: bool,
}

impl Checks {
    /// Reads the checks, and adds to the limits of each column what they demand of it.
    pub(super) fn read(
        table: &ir::Table,
        scope: &Scope<'_>,
        limits: &mut [Limits],
        seed: u64,
    ) -> Self {
        let mut read = Self {
            checks: Vec::new(),
            has_unknown: false,
        };
        let name = table.name.to_string();
        for check in &table.checks {
            read.add(check, scope, &name, seed);
        }
        for (at, column) in table.columns.iter().enumerate() {
            let names = names_in_domain(at, scope.names.len());
            let of_domain = Scope {
                names: &names,
                ..*scope
            };
            for check in checks_of(&column.sql_type, scope.schema) {
                read.add(check, &of_domain, &name, seed);
            }
        }
        for check in &read.checks {
            narrow(&check.test, scope.kinds, limits);
        }
        for (column, limits) in table.columns.iter().zip(limits) {
            if let SqlType::Array(element) = &column.sql_type {
                read.has_unknown |= !narrow_element(element, scope, limits);
            }
        }
        read
    }

    /// Adds a check, in the parts that an `AND` joins.
    fn add(&mut self, check: &ir::Check, scope: &Scope<'_>, table: &str, seed: u64) {
        let condition = tree(&check.condition);
        let mut parts = Vec::new();
        conjuncts(&condition, &mut parts);
        for part in parts {
            match scope.test(part) {
                Some(test) => self.checks.push(Check {
                    name: check.name.clone(),
                    test,
                    key: hash(seed, &[table, &check.name, "check"]),
                }),
                None => self.has_unknown = true,
            }
        }
    }
}

/// The condition as a tree, if it is SQL that can be one.
fn tree(condition: &Expr) -> Cow<'_, Expr> {
    match condition {
        Expr::Sql(sql) => normal::parsed(sql).map_or(Cow::Borrowed(condition), Cow::Owned),
        other => Cow::Borrowed(other),
    }
}

/// The conditions that an `AND` joins.
fn conjuncts<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    match expr {
        Expr::Binary(BinaryOp::And, left, right) => {
            conjuncts(left, found);
            conjuncts(right, found);
        }
        other => found.push(other),
    }
}

/// Adds to the limits what a domain demands of an array's elements. Returns whether all of it is understood.
fn narrow_element(element: &SqlType, scope: &Scope<'_>, limits: &mut Limits) -> bool {
    let kinds = [Kind::of(element, scope.schema)];
    let of_element = Scope {
        names: &["value".to_owned()],
        kinds: &kinds,
        ..*scope
    };
    let mut is_known = true;
    for check in checks_of(element, scope.schema) {
        match of_element.test(&tree(&check.condition)) {
            Some(test) => narrow(&test, &kinds, std::slice::from_mut(limits.of_element())),
            None => is_known = false,
        }
    }
    is_known
}

/// The checks of a domain, and of the domains that it restricts further.
fn checks_of<'s>(sql_type: &SqlType, schema: &'s Schema) -> Vec<&'s ir::Check> {
    let SqlType::Domain(name) = sql_type else {
        return Vec::new();
    };
    let Some(domain) = schema.domains.iter().find(|domain| domain.name == *name) else {
        return Vec::new();
    };
    let mut checks = checks_of(&domain.base, schema);
    checks.extend(&domain.checks);
    checks
}

/// The names that the checks of a column's domain know: only `value`, which is the column.
fn names_in_domain(column: usize, count: usize) -> Vec<String> {
    let name = |at| if at == column { "value" } else { "" };
    (0..count).map(|at| name(at).to_owned()).collect()
}

//! What the rows of a table have to be: unique constraints and checks.

use freehold::model::{BinaryOp, CheckDef, Expr, UniqueDef};

use super::Spec;
use super::tables::TableSpec;
use super::words::{names, text};
use crate::random::Random;

impl Spec {
    pub(super) fn add_unique(&mut self, random: &mut Random) {
        let name = self.name("uq");
        self.with_table(random, move |table, random| {
            let ordered = table.ordered();
            if !ordered.is_empty() {
                // PostgreSQL makes one of two that are the same.
                let mut columns = vec![random.pick(&ordered).clone()];
                columns.extend(table.partitions.map(|_| "day".to_owned()));
                if table.uniques.iter().all(|(_, others)| *others != columns) {
                    table.uniques.push((name.clone(), columns));
                }
            }
        });
    }

    pub(super) fn add_check(&mut self, random: &mut Random) {
        let name = self.name("chk");
        self.with_table(random, move |table, random| {
            if table.columns.is_empty() {
                return;
            }
            let column = random.pick(&table.columns);
            let name = if random.one_in(2) {
                name.clone()
            } else {
                String::new()
            };
            table.checks.push((name, column.name.clone()));
        });
    }
}

impl TableSpec {
    pub(super) fn unique_defs(&self) -> &'static [UniqueDef] {
        let def = |(name, columns): &(String, Vec<String>)| {
            UniqueDef::new(names(columns)).name(text(name))
        };
        self.uniques.iter().map(def).collect::<Vec<_>>().leak()
    }

    pub(super) fn check_defs(&self) -> &'static [CheckDef] {
        let checks = self.checks.iter().map(|(name, column)| check(name, column));
        checks.collect::<Vec<_>>().leak()
    }
}

/// Not null, or two: what holds for every type.
fn check(name: &str, column: &str) -> CheckDef {
    let column = text(column);
    let operand: &'static Expr = Box::leak(Box::new(Expr::Column(column)));
    let is_null = Box::leak(Box::new(Expr::IsNull {
        operand,
        negated: false,
    }));
    let large: &'static Expr = Box::leak(Box::new(Expr::Binary(
        BinaryOp::Gt,
        &Expr::Column("id"),
        &Expr::Number("-5"),
    )));
    let condition = Expr::Binary(BinaryOp::Or, is_null, large);
    let check = CheckDef::new(vec![column].leak(), condition);
    if name.is_empty() {
        check
    } else {
        check.name(text(name))
    }
}

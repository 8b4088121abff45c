//! Constraints on the rows of a table: unique constraints and checks.

use freehold::model::{BinaryOp, CheckDef, Expr, UniqueDef};

use super::Spec;
use super::columns::Kind;
use super::hand::Hand;
use super::tables::TableSpec;
use super::words::{names, text};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct CheckSpec {
    name: String,
    pub(super) column: String,
    pub(super) hand: Option<Hand>,
}

impl Spec {
    /// A condition on a column: it equals its first label if it has labels, else it is not null.
    pub(super) fn condition(&self, table: &TableSpec, column: &str) -> Expr {
        let operand: &'static Expr = Box::leak(Box::new(Expr::Column(text(column))));
        let mut columns = table.columns.iter();
        let found = columns.find(|own| own.name == column);
        match found.and_then(|own| self.label_of(&own.kind)) {
            Some(label) => {
                let label = Box::leak(Box::new(Expr::Text(label)));
                Expr::Binary(BinaryOp::Eq, operand, label)
            }
            None => Expr::IsNull {
                operand,
                negated: true,
            },
        }
    }

    /// The first label of an enum of either kind.
    pub(super) fn label_of(&self, kind: &Kind) -> Option<&'static str> {
        match kind {
            Kind::Enum(name) => self.first_label(name),
            Kind::TextEnum(labels) => labels.first().copied(),
            _ => None,
        }
    }

    pub(super) fn add_unique(&mut self, random: &mut Random) {
        let name = self.name("uq");
        self.with_table(random, move |table, random| {
            let ordered = table.ordered();
            if !ordered.is_empty() {
                // PostgreSQL merges two equal constraints into one.
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
            let column = column.name.clone();
            let hand = Hand::maybe(random);
            table.checks.push(CheckSpec { name, column, hand });
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

    pub(super) fn check_defs(&self, spec: &Spec) -> &'static [CheckDef] {
        let checks = self.checks.iter();
        let checks = checks.map(|own| own.def(spec, self));
        let call = spec.value_call().filter(|_| self.calls);
        let calling = call.map(|call| {
            let condition = format!("id > -5 OR {call} IS NULL");
            CheckDef::new(&["id"], Expr::Sql(text(&condition))).name("calls")
        });
        checks.chain(calling).collect::<Vec<_>>().leak()
    }
}

impl CheckSpec {
    /// A condition on the column, or on a large `id`, which holds for every row.
    fn def(&self, spec: &Spec, table: &TableSpec) -> CheckDef {
        let condition = spec.condition_of(table, &self.column, self.hand);
        let condition = match condition {
            Expr::Sql(sql) => Expr::Sql(text(&format!("id > -5 OR ({sql}\n)"))),
            condition => or_large(condition),
        };
        let check = CheckDef::new(vec![text(&self.column)].leak(), condition);
        if self.name.is_empty() {
            check
        } else {
            check.name(text(&self.name))
        }
    }
}

fn or_large(condition: Expr) -> Expr {
    let large: &'static Expr = Box::leak(Box::new(Expr::Binary(
        BinaryOp::Gt,
        &Expr::Column("id"),
        &Expr::Number("-5"),
    )));
    Expr::Binary(BinaryOp::Or, Box::leak(Box::new(condition)), large)
}

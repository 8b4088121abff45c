//! Policies that are written by hand.

use freehold::model::{Expr, PolicyCommand, PolicyDef};

use super::Spec;
use super::tables::TableSpec;
use super::words::text;
use crate::random::Random;

impl Spec {
    pub(super) fn change_policy(&mut self, random: &mut Random) {
        self.with_table(random, |table, random| {
            if table.columns.is_empty() {
                return;
            }
            let column = random.pick(&table.columns).name.clone();
            table.policy = (table.policy.is_none() || random.one_in(2)).then_some(column);
        });
    }
}

impl TableSpec {
    pub(super) fn policy_defs(&self, spec: &Spec) -> &'static [PolicyDef] {
        let call = spec.value_call().filter(|_| self.calls);
        let policies = self.policy.iter();
        let policies = policies.map(|column| policy(column, call.as_deref()));
        policies.collect::<Vec<_>>().leak()
    }
}

/// About the column, or what a function gives.
fn policy(column: &str, call: Option<&str>) -> PolicyDef {
    if let Some(call) = call {
        let calling = PolicyDef::new("by_hand", PolicyCommand::Select);
        return calling.using(Expr::Sql(text(&format!("{call} IS NULL"))));
    }
    let operand: &'static Expr = Box::leak(Box::new(Expr::Column(text(column))));
    PolicyDef::new("by_hand", PolicyCommand::Select).using(Expr::IsNull {
        operand,
        negated: true,
    })
}

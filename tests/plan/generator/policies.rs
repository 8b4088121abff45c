//! Hand-written policies.

use freehold::model::{Expr, PolicyCommand, PolicyDef};

use super::Spec;
use super::hand::Hand;
use super::questions::Question;
use super::tables::TableSpec;
use super::words::text;
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct PolicySpec {
    pub(super) column: String,
    hand: Option<Hand>,
    /// A condition on another table.
    pub(super) question: Option<Question>,
}

impl Spec {
    pub(super) fn change_policy(&mut self, random: &mut Random) {
        let question = self.any_question(random);
        self.with_table(random, move |table, random| {
            if table.columns.is_empty() {
                return;
            }
            let column = random.pick(&table.columns).name.clone();
            // No normal form reads a policy with `WITH`, so such a policy cannot be compared.
            let question = question.clone().filter(|question| !question.has_with());
            let policy = PolicySpec {
                question: question.map(|own| own.about(&column)),
                hand: Hand::maybe(random),
                column,
            };
            table.policy = (table.policy.is_none() || random.one_in(2)).then_some(policy);
        });
    }
}

impl TableSpec {
    pub(super) fn policy_defs(&self, spec: &Spec) -> &'static [PolicyDef] {
        let policies = self.policy.iter();
        let policies = policies.map(|policy| {
            let condition = spec.policy_condition(self, policy);
            PolicyDef::new("by_hand", PolicyCommand::Select).using(condition)
        });
        policies.collect::<Vec<_>>().leak()
    }
}

impl Spec {
    /// A condition on the column, on the result of a function, or on another table.
    fn policy_condition(&self, table: &TableSpec, policy: &PolicySpec) -> Expr {
        let call = self.value_call().filter(|_| table.calls);
        if let Some(call) = call {
            return Expr::Sql(text(&format!("{call} IS NULL")));
        }
        let question = policy.question.as_ref();
        if let Some(asked) = question.and_then(|question| self.asked(question, table)) {
            let own = table.columns.iter().find(|own| own.name == policy.column);
            let own = own.zip(policy.hand);
            let own = own.map(|(own, hand)| self.written(own, &table.name, hand));
            let also = own.map_or_else(String::new, |own| format!("\nOR {own}"));
            return Expr::Sql(text(&format!("{asked}{also}")));
        }
        self.condition_of(table, &policy.column, policy.hand)
    }
}

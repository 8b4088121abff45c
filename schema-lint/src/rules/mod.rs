//! The rules, one file for each family.

mod add_column;
mod behaviour;
mod column_kinds;
mod column_type;
mod constraint;
mod domain;
mod drop;
mod enums;
pub(super) mod history;
mod index;
mod lock;
mod lock_duration;
mod names;
mod not_null;
mod objects;
mod outside_transaction;
mod partition;
mod rename;
mod rewrite;
mod roles;
mod rows;
mod security;
pub(super) mod transaction;

use super::LintRule;
use super::findings::{At, Findings};

/// The functions that check each statement.
pub(super) const CHECKS: &[fn(&At<'_>, &mut Findings)] = &[
    add_column::check,
    not_null::check,
    column_type::check,
    rewrite::check,
    lock::check,
    lock_duration::check,
    index::check,
    outside_transaction::check,
    constraint::check,
    domain::check,
    drop::check,
    rows::check,
    rename::check,
    behaviour::check,
    objects::check,
    roles::check,
    security::check,
    enums::check,
    transaction::check,
    partition::check,
    column_kinds::check,
    names::check,
];

/// The rules about statements that fail in any file. Down files are checked with these rules only.
pub(super) const FAILING: &[&LintRule] = &[
    &outside_transaction::IX03,
    &transaction::TX01,
    &transaction::TX02,
    &transaction::TX06,
    &history::HX05,
];

/// Every rule, by family and number. Missing numbers are reserved for rules that other parts of Freehold check.
pub static RULES: &[&LintRule] = &[
    &add_column::LK01,
    &add_column::LK02,
    &add_column::LK03,
    &not_null::LK04,
    &add_column::LK05,
    &column_type::LK06,
    &rewrite::LK07,
    &rewrite::LK08,
    &rewrite::LK09,
    &lock::LK10,
    &lock_duration::LK11,
    &lock_duration::LK12,
    &lock_duration::LK13,
    &lock_duration::LK14,
    &lock::LK15,
    &column_type::LK16,
    &add_column::LK17,
    &lock::LK18,
    &lock::LK19,
    &lock_duration::LK20,
    &lock::LK21,
    &lock::LK22,
    &index::IX01,
    &index::IX02,
    &outside_transaction::IX03,
    &index::IX04,
    &index::IX05,
    &index::IX06,
    &index::IX10,
    &index::IX12,
    &rewrite::IX13,
    &constraint::CK01,
    &constraint::CK02,
    &constraint::CK03,
    &constraint::CK04,
    &constraint::CK05,
    &constraint::CK07,
    &domain::CK08,
    &column_type::CK09,
    &constraint::CK10,
    &constraint::CK11,
    &constraint::CK12,
    &column_kinds::CK13,
    &drop::DS01,
    &drop::DS02,
    &drop::DS03,
    &drop::DS04,
    &drop::DS05,
    &rows::DS06,
    &drop::DS07,
    &column_type::DS08,
    &drop::DS09,
    &drop::DS10,
    &drop::DS11,
    &rows::DS12,
    &roles::DS13,
    &drop::DS14,
    &rename::BC01,
    &rename::BC02,
    &rename::BC03,
    &rename::BC04,
    &not_null::BC05,
    &behaviour::BC06,
    &behaviour::BC07,
    &behaviour::BC08,
    &behaviour::BC09,
    &not_null::BC10,
    &behaviour::BC11,
    &behaviour::BC12,
    &objects::BC13,
    &objects::BC14,
    &objects::BC15,
    &objects::BC16,
    &not_null::BC17,
    &roles::SE01,
    &roles::SE02,
    &roles::SE03,
    &security::SE04,
    &security::SE05,
    &security::SE06,
    &roles::SE07,
    &roles::SE08,
    &roles::SE09,
    &security::SE10,
    &roles::SE11,
    &enums::EN01,
    &enums::EN02,
    &enums::EN03,
    &enums::EN04,
    &transaction::TX01,
    &transaction::TX02,
    &outside_transaction::TX03,
    &transaction::TX05,
    &transaction::TX06,
    &partition::PT01,
    &partition::PT02,
    &partition::PT03,
    &column_kinds::TY01,
    &column_kinds::TY02,
    &column_kinds::TY03,
    &column_kinds::TY04,
    &column_kinds::TY05,
    &column_kinds::TY06,
    &column_kinds::TY08,
    &names::NM07,
    &names::NM08,
    &names::NM10,
    &history::HX05,
    &history::HX06,
    &history::HX07,
];

/// Returns the rule with this id, such as `LK01`.
pub fn rule(id: &str) -> Option<&'static LintRule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

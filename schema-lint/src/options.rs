use std::collections::BTreeSet;

/// What the caller knows and wants.
///
/// ```
/// use freehold_schema_lint::Options;
///
/// let options = Options { applied: [20_261_127_143_000].into(), ..Options::default() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The versions that have been applied. They are read, for what is there, and nothing is found in them. None of them by default.
    pub applied: BTreeSet<i64>,
    /// Whether the runner sets a `lock_timeout` of its own, as that of this crate does. With another one, LK11 asks each file for it. On.
    pub runner_sets_lock_timeout: bool,
    /// The ids of opt-in rules that are looked for.
    pub enabled: BTreeSet<String>,
    /// The ids of rules that are not looked for.
    pub disabled: BTreeSet<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            applied: BTreeSet::new(),
            runner_sets_lock_timeout: true,
            enabled: BTreeSet::new(),
            disabled: BTreeSet::new(),
        }
    }
}

impl Options {
    pub(super) fn looks_for(&self, rule: &super::LintRule) -> bool {
        let is_on = !rule.is_opt_in || self.enabled.contains(rule.id);
        is_on && !self.disabled.contains(rule.id)
    }
}

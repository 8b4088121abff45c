use std::collections::BTreeSet;

/// Options of the lint: which migrations are applied, and which rules run.
///
/// ```
/// use freehold_schema_lint::Options;
///
/// let options = Options { applied: [20_261_127_143_000].into(), ..Options::default() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The versions of the applied migrations. The lint reads them to learn what exists, and reports nothing in them.
    /// Empty by default.
    pub applied: BTreeSet<i64>,
    /// Whether the runner sets a `lock_timeout`, as Freehold's runner does. If not, LK11 requires one in each file.
    /// `true` by default.
    pub runner_sets_lock_timeout: bool,
    /// The ids of opt-in rules that run.
    pub enabled: BTreeSet<String>,
    /// The ids of rules that do not run.
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

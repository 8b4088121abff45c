//! The names of the rules, and of the hazards of migrations.

/// Where a rule can be allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Allow {
    Never,
    Table,
    Column,
    TableOrColumn,
    View,
    TableOrView,
}

impl Allow {
    pub(crate) const fn on_table(self) -> bool {
        matches!(self, Self::Table | Self::TableOrColumn | Self::TableOrView)
    }

    pub(crate) const fn on_column(self) -> bool {
        matches!(self, Self::Column | Self::TableOrColumn)
    }

    pub(crate) const fn on_view(self) -> bool {
        matches!(self, Self::View | Self::TableOrView)
    }
}

/// Every rule, and where it can be allowed. The core has the same list; a test compares the two.
pub(crate) const RULES: &[(&str, Allow)] = &[
    ("ownership", Allow::Never),
    ("primary_key", Allow::Never),
    ("delete_action", Allow::Never),
    ("scope_reference", Allow::Never),
    ("set_null_columns", Allow::Never),
    ("timestamps", Allow::Table),
    ("redundant_index", Allow::Table),
    ("unindexed_foreign_key", Allow::TableOrColumn),
    ("unindexed_scope", Allow::TableOrColumn),
    ("too_many_indexes", Allow::Table),
    ("soft_delete_unique", Allow::TableOrColumn),
    ("unique_across_scopes", Allow::TableOrColumn),
    ("sensitive_column", Allow::TableOrColumn),
    ("reg_type", Allow::Column),
    ("view_security_invoker", Allow::View),
    ("security_definer", Allow::Never),
    ("policy_always_true", Allow::Table),
    ("multiple_permissive_policies", Allow::Table),
    ("duplicate_table", Allow::Never),
    ("unlisted_reference", Allow::Never),
    ("reference_target", Allow::Never),
    ("key_not_null", Allow::Never),
    ("index_method", Allow::Never),
    ("single_owner", Allow::Never),
    ("scope_owner", Allow::Never),
    ("scope_not_null", Allow::Never),
    ("through_reference", Allow::Never),
    ("set_null_not_null", Allow::Never),
    ("required_cycle", Allow::Never),
    ("single_column_reference", Allow::TableOrColumn),
    ("unscoped_reference", Allow::TableOrColumn),
    ("internal_reference", Allow::TableOrColumn),
    ("cascade_from_shared", Allow::TableOrColumn),
    ("unindexed_shared_reference", Allow::TableOrColumn),
    ("uuid_key", Allow::Table),
    ("index_not_leakproof", Allow::Table),
    ("unknown_role", Allow::Never),
    ("granted_partition", Allow::Table),
    ("granted_truncate", Allow::Table),
    ("granted_internal", Allow::TableOrView),
    ("granted_materialized_view", Allow::View),
    ("duplicate_routine", Allow::Never),
    ("duplicate_name", Allow::Never),
    ("dependency_cycle", Allow::Never),
    ("unscoped_view", Allow::View),
    ("internal_view", Allow::View),
];

/// The rules that can be allowed on a foreign key.
pub(crate) const FOREIGN_KEY_RULES: &[&str] = &[
    "unindexed_foreign_key",
    "single_column_reference",
    "unscoped_reference",
    "internal_reference",
    "cascade_from_shared",
    "unindexed_shared_reference",
];

/// The hazards of migrations, and whether a plan with the hazard is refused until it is allowed.
///
/// The core has the same list; a test compares the two.
pub(crate) const HAZARDS: &[(&str, bool)] = &[
    ("data_loss", true),
    ("irreversible", true),
    ("table_rewrite", true),
    ("blocking_lock", true),
    ("breaks_running_code", true),
    ("fails_on_rows", true),
    ("guarantee_lost", true),
    ("checks_rows", false),
    ("rights_changed", false),
    ("slows_queries", false),
    ("fires_triggers", false),
    ("allows_null", false),
    ("allows_label", false),
];

/// Whether `name` is the name of a hazard.
pub(crate) fn is_hazard(name: &str) -> bool {
    HAZARDS.iter().any(|(hazard, _)| *hazard == name)
}

//! The keys of each attribute.

use super::key::{
    ALLOW, COMMENT, CRATE, INDEX_LIST, Key, NAME, SCHEMA, UNIQUE_LIST, once, repeated,
};
use super::types::{TYPES, TypeWord};
use super::{domain, objects, ownership, routine, schema, view};

/// A place for keys: an attribute, or the parentheses of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Table,
    Column,
    Index,
    ColumnIndex,
    Unique,
    PrimaryKey,
    ForeignKey,
    Enum,
    Variant,
    Partition,
    MonthlyPartitions,
    Policy,
    Trigger,
    Search,
    Volume,
    Key,
    Domain,
    View,
    ViewColumn,
    Function,
    Procedure,
    Argument,
    Returns,
    Schema,
    Sequence,
    Extension,
    DatabaseRole,
    Grant,
    RowSecurity,
    Audit,
    UpdatedAt,
}

const RENAMED_FROM: Key = once("renamed_from", "renamed_from = old_name");
const CHECK: Key = repeated("check", "check(length(title) > 0)");
const CHECK_SQL: Key = repeated(
    "check_sql",
    "check_sql = \"length(title) > 0\"` or `check_sql(name: \"..\")",
);
const REFERENCES: Key = once("references", "references = User::id");
const ON_DELETE: Key = once("on_delete", "on_delete = cascade");
const ON_UPDATE: Key = once("on_update", "on_update = cascade");
const DEFERRABLE: Key = once(
    "deferrable",
    "deferrable` or `deferrable = initially_deferred",
);
const WHERE: Key = once("where", "where = deleted_at.is_null()");
const PRIMARY_KEY_OPTIONS: &[Key] = &[NAME];
const INCLUDE: Key = once("include", "include(title)");
const USING: Key = once("using", "using = gin");
const UNIQUE_FLAG: Key = once("unique", "unique");
const NULLS_NOT_DISTINCT: Key = once("nulls_not_distinct", "nulls_not_distinct");

const TABLE: &[Key] = &[
    NAME,
    SCHEMA,
    ownership::OWNER,
    ownership::SCOPE,
    ownership::SHARED,
    ownership::INTERNAL,
    once("primary_key", "primary_key(order_id, product_id)"),
    UNIQUE_LIST,
    INDEX_LIST,
    CHECK,
    CHECK_SQL,
    repeated(
        "foreign_key",
        "foreign_key(user_id, project_id, references = Project(user_id, id), on_delete = cascade)",
    ),
    once("partition_by", "partition_by = range(created_at)"),
    repeated(
        "partition",
        "partition(name = logs_2025, from = \"2025-01-01\", to = \"2026-01-01\")",
    ),
    once(
        "monthly_partitions",
        "monthly_partitions` or `monthly_partitions(function = create_log_partitions)",
    ),
    repeated(
        "policy",
        "policy(name = own_orders, for = select, to = app_read, using(user_id == 1))",
    ),
    once("force_row_security", "force_row_security"),
    repeated(
        "trigger",
        "trigger(name = check_stock, before(insert), function = CheckStock)",
    ),
    once("audit", "audit"),
    once("search", "search(title = a, description = b)"),
    once("volume", "volume(rows = 1_000_000, per_day = 2_000)"),
    once("active_view", "active_view` or `active_view = active_users"),
    COMMENT,
    RENAMED_FROM,
    ALLOW,
    CRATE,
];

const COLUMN: &[Key] = &[
    NAME,
    once("sql_type", "sql_type = \"point\""),
    once("primary_key", "primary_key"),
    once("identity", "identity` or `identity = by_default"),
    once("serial", "serial"),
    repeated("unique", "unique` or `unique(name = ..)"),
    repeated("index", "index` or `index(desc)"),
    CHECK,
    CHECK_SQL,
    REFERENCES,
    ON_DELETE,
    ON_UPDATE,
    DEFERRABLE,
    once("default", "default = gen_random_uuid()"),
    once("default_sql", "default_sql = \"now() + interval '1 day'\""),
    once("generated", "generated = quantity * price"),
    once("generated_sql", "generated_sql = \"quantity * price\""),
    once("created_at", "created_at"),
    once("updated_at", "updated_at` or `updated_at = application"),
    once("deleted_at", "deleted_at"),
    once("immutable", "immutable"),
    once(
        "transitions",
        "transitions(=> pending; pending => confirmed, cancelled; confirmed => shipped)",
    ),
    once("secret", "secret"),
    COMMENT,
    RENAMED_FROM,
    ALLOW,
];

const INDEX: &[Key] = &[NAME, USING, WHERE, INCLUDE, UNIQUE_FLAG, NULLS_NOT_DISTINCT];

const COLUMN_INDEX: &[Key] = &[
    NAME,
    USING,
    WHERE,
    INCLUDE,
    UNIQUE_FLAG,
    NULLS_NOT_DISTINCT,
    once("asc", "asc"),
    once("desc", "desc"),
    once("nulls_first", "nulls_first"),
    once("nulls_last", "nulls_last"),
    once("ops", "ops = jsonb_path_ops"),
];

const UNIQUE: &[Key] = &[NAME, WHERE, INCLUDE, NULLS_NOT_DISTINCT, DEFERRABLE];

const FOREIGN_KEY: &[Key] = &[NAME, REFERENCES, ON_DELETE, ON_UPDATE, DEFERRABLE, ALLOW];

const PARTITION: &[Key] = &[
    NAME,
    once("from", "from = \"2025-01-01\"` or `from(2025, 1)"),
    once("to", "to = \"2026-01-01\"` or `to(2026, 1)"),
    once("in", "in(\"eu\", \"us\")"),
    once("modulus", "modulus = 4"),
    once("remainder", "remainder = 0"),
    once("default", "default"),
];

const ENUM: &[Key] = &[
    once("native", "native"),
    NAME,
    SCHEMA,
    once("rename_all", "rename_all = \"snake_case\""),
    COMMENT,
    CRATE,
];

const VARIANT: &[Key] = &[
    once("rename", "rename = \"label\""),
    once("renamed_from", "renamed_from = \"old label\""),
    once("other", "other"),
];

const KEY: &[Key] = &[CRATE];

impl Place {
    /// The keys that belong here.
    pub(crate) const fn keys(self) -> &'static [Key] {
        match self {
            Self::Table => TABLE,
            Self::Column => COLUMN,
            Self::Index => INDEX,
            Self::ColumnIndex => COLUMN_INDEX,
            Self::Unique => UNIQUE,
            Self::PrimaryKey => PRIMARY_KEY_OPTIONS,
            Self::ForeignKey => FOREIGN_KEY,
            Self::Partition => PARTITION,
            Self::MonthlyPartitions => objects::MONTHLY_PARTITIONS,
            Self::Policy => objects::POLICY,
            Self::Trigger => objects::TRIGGER,
            Self::Search => objects::SEARCH,
            Self::Volume => objects::VOLUME,
            Self::Enum => ENUM,
            Self::Variant => VARIANT,
            Self::Key => KEY,
            Self::Domain => domain::DOMAIN,
            Self::View => view::VIEW,
            Self::ViewColumn => view::VIEW_COLUMN,
            Self::Function => routine::FUNCTION,
            Self::Procedure => routine::PROCEDURE,
            Self::Argument => routine::ARGUMENT,
            Self::Returns => routine::RETURNS,
            Self::Schema => schema::SCHEMA_OPTIONS,
            Self::Sequence => schema::SEQUENCE,
            Self::Extension => schema::EXTENSION,
            Self::DatabaseRole => schema::DATABASE_ROLE,
            Self::Grant => schema::GRANT,
            Self::RowSecurity => schema::ROW_SECURITY,
            Self::Audit => schema::AUDIT,
            Self::UpdatedAt => schema::UPDATED_AT,
        }
    }

    /// The place as a user writes it.
    pub(crate) const fn written(self) -> &'static str {
        match self {
            Self::Table => "#[table(..)]",
            Self::Column => "#[column(..)]",
            Self::Index | Self::ColumnIndex => "index(..)",
            Self::Unique => "unique(..)",
            Self::PrimaryKey => "primary_key(..)",
            Self::ForeignKey => "foreign_key(..)",
            Self::Partition => "partition(..)",
            Self::MonthlyPartitions => "monthly_partitions(..)",
            Self::Policy => "policy(..)",
            Self::Trigger => "trigger(..)",
            Self::Search => "search(..)",
            Self::Volume => "volume(..)",
            Self::Enum | Self::Variant => "#[sql_enum(..)]",
            Self::Key => "#[key(..)]",
            Self::Domain => "#[domain(..)]",
            Self::View | Self::ViewColumn => "#[view(..)]",
            Self::Function => "#[function(..)]",
            Self::Procedure => "#[procedure(..)]",
            Self::Argument => "#[argument(..)]",
            Self::Returns => "returns(..)",
            Self::Schema => "schema!(..)",
            Self::Sequence => "sequence(..)",
            Self::Extension => "extension(..)",
            Self::DatabaseRole => "role(..)",
            Self::Grant => "grant(..)",
            Self::RowSecurity => "isolation(..)",
            Self::Audit => "audit(..)",
            Self::UpdatedAt => "updated_at(..)",
        }
    }

    /// The place that a user may have confused with this one.
    pub(crate) const fn counterpart(self) -> Option<Self> {
        match self {
            Self::Table => Some(Self::Column),
            Self::Column => Some(Self::Table),
            Self::Enum => Some(Self::Variant),
            Self::Variant => Some(Self::Enum),
            Self::Function => Some(Self::Procedure),
            Self::Procedure => Some(Self::Function),
            _ => None,
        }
    }

    /// The key with this word.
    pub(crate) fn key(self, word: &str) -> Option<&'static Key> {
        self.keys().iter().find(|key| key.word == word)
    }

    /// The words of the keys that belong here, including type words.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        let takes_types = matches!(self, Self::Column | Self::Argument | Self::Domain);
        let types: &[TypeWord] = if takes_types { TYPES } else { &[] };
        let keys = self.keys().iter().map(|key| key.word);
        keys.chain(types.iter().map(|sql_type| sql_type.word))
    }
}

//! Every word of the attributes, once: where it may stand, and how it is written.

/// Where keys stand.
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
    Key,
    Schema,
    UpdatedAt,
}

/// A key: its word, how it is written, and whether it may be repeated.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) word: &'static str,
    pub(crate) usage: &'static str,
    pub(crate) repeats: bool,
}

const fn once(word: &'static str, usage: &'static str) -> Key {
    Key {
        word,
        usage,
        repeats: false,
    }
}

const fn repeated(word: &'static str, usage: &'static str) -> Key {
    Key {
        word,
        usage,
        repeats: true,
    }
}

const NAME: Key = once("name", "name = some_name");
const CRATE: Key = once("crate", "crate = ::some::path");
const COMMENT: Key = once("comment", "comment = \"text\"");
const RENAMED_FROM: Key = once("renamed_from", "renamed_from = old_name");
const ALLOW: Key = repeated("allow", "allow(rule)");
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
const SCHEMA: Key = once("schema", "schema = app");

const TABLE: &[Key] = &[
    NAME,
    SCHEMA,
    once("owner", "owner"),
    once("scope", "scope = user_id"),
    once("shared", "shared"),
    once("primary_key", "primary_key(order_id, product_id)"),
    repeated("unique", "unique(user_id, slug)"),
    repeated("index", "index(user_id, created_at.desc())"),
    CHECK,
    CHECK_SQL,
    repeated(
        "foreign_key",
        "foreign_key(user_id, project_id, references = Project(user_id, id), on_delete = cascade)",
    ),
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
];

const KEY: &[Key] = &[CRATE];

const SCHEMA_OPTIONS: &[Key] = &[
    once(
        "updated_at",
        "updated_at(function = set_updated_at, clock = now)",
    ),
    CRATE,
];

const UPDATED_AT: &[Key] = &[
    once("function", "function = set_updated_at"),
    once("clock", "clock = current_timestamp"),
];

impl Place {
    /// The keys that may stand here.
    pub(crate) const fn keys(self) -> &'static [Key] {
        match self {
            Self::Table => TABLE,
            Self::Column => COLUMN,
            Self::Index => INDEX,
            Self::ColumnIndex => COLUMN_INDEX,
            Self::Unique => UNIQUE,
            Self::PrimaryKey => PRIMARY_KEY_OPTIONS,
            Self::ForeignKey => FOREIGN_KEY,
            Self::Enum => ENUM,
            Self::Variant => VARIANT,
            Self::Key => KEY,
            Self::Schema => SCHEMA_OPTIONS,
            Self::UpdatedAt => UPDATED_AT,
        }
    }

    /// The place as it is written.
    pub(crate) const fn written(self) -> &'static str {
        match self {
            Self::Table => "#[table(..)]",
            Self::Column => "#[column(..)]",
            Self::Index | Self::ColumnIndex => "index(..)",
            Self::Unique => "unique(..)",
            Self::PrimaryKey => "primary_key(..)",
            Self::ForeignKey => "foreign_key(..)",
            Self::Enum | Self::Variant => "#[sql_enum(..)]",
            Self::Key => "#[key(..)]",
            Self::Schema => "schema!(..)",
            Self::UpdatedAt => "updated_at(..)",
        }
    }

    /// The place that a word of this one may have been meant for.
    pub(crate) const fn counterpart(self) -> Option<Self> {
        match self {
            Self::Table => Some(Self::Column),
            Self::Column => Some(Self::Table),
            Self::Enum => Some(Self::Variant),
            Self::Variant => Some(Self::Enum),
            _ => None,
        }
    }

    /// The key of this word.
    pub(crate) fn key(self, word: &str) -> Option<&'static Key> {
        self.keys().iter().find(|key| key.word == word)
    }

    /// The words of the keys that may stand here, type words among them.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        let types: &[TypeWord] = if self == Self::Column { TYPES } else { &[] };
        let keys = self.keys().iter().map(|key| key.word);
        keys.chain(types.iter().map(|sql_type| sql_type.word))
    }
}

/// The arguments of a type word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TypeArguments {
    /// `text`
    None,
    /// `varchar(255)` or `varchar`
    OptionalLength,
    /// `char(2)`
    Length,
    /// `numeric(10, 2)` or `numeric`
    OptionalDigits,
    /// `array(text)`
    Element,
}

/// A type word of `#[column(..)]`.
#[derive(Debug)]
pub(crate) struct TypeWord {
    pub(crate) word: &'static str,
    /// The variant of `SqlType`.
    pub(crate) variant: &'static str,
    /// The word that `StoredAs` knows it by.
    pub(crate) stored_as: &'static str,
    pub(crate) arguments: TypeArguments,
}

const fn plain(word: &'static str, variant: &'static str) -> TypeWord {
    with(word, variant, TypeArguments::None)
}

const fn with(word: &'static str, variant: &'static str, arguments: TypeArguments) -> TypeWord {
    TypeWord {
        word,
        variant,
        stored_as: word,
        arguments,
    }
}

/// Every type word.
pub(crate) const TYPES: &[TypeWord] = &[
    plain("boolean", "Boolean"),
    plain("smallint", "SmallInt"),
    plain("integer", "Integer"),
    plain("bigint", "BigInt"),
    plain("real", "Real"),
    plain("double", "DoublePrecision"),
    with("numeric", "Numeric", TypeArguments::OptionalDigits),
    TypeWord {
        word: "decimal",
        variant: "Numeric",
        stored_as: "numeric",
        arguments: TypeArguments::OptionalDigits,
    },
    plain("text", "Text"),
    with("varchar", "Varchar", TypeArguments::OptionalLength),
    with("char", "Char", TypeArguments::Length),
    plain("citext", "Citext"),
    plain("bytea", "Bytea"),
    plain("uuid", "Uuid"),
    plain("date", "Date"),
    plain("time", "Time"),
    plain("timestamp", "Timestamp"),
    plain("timestamptz", "TimestampTz"),
    plain("interval", "Interval"),
    plain("json", "Json"),
    plain("jsonb", "Jsonb"),
    plain("inet", "Inet"),
    plain("cidr", "Cidr"),
    plain("tsvector", "TsVector"),
    with("array", "Array", TypeArguments::Element),
];

/// The type word of this name.
pub(crate) fn type_word(word: &str) -> Option<&'static TypeWord> {
    TYPES.iter().find(|sql_type| sql_type.word == word)
}

/// Where a rule can be allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Allow {
    Never,
    Table,
    Column,
    TableOrColumn,
}

impl Allow {
    pub(crate) const fn on_table(self) -> bool {
        matches!(self, Self::Table | Self::TableOrColumn)
    }

    pub(crate) const fn on_column(self) -> bool {
        matches!(self, Self::Column | Self::TableOrColumn)
    }
}

/// Every rule, and where `allow(..)` takes it. The core has the same list; a test holds the two together.
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
    ("duplicate_table", Allow::Never),
    ("unlisted_reference", Allow::Never),
    ("reference_target", Allow::Never),
    ("key_not_null", Allow::Never),
    ("single_owner", Allow::Never),
    ("scope_owner", Allow::Never),
    ("scope_not_null", Allow::Never),
    ("through_reference", Allow::Never),
    ("set_null_not_null", Allow::Never),
    ("required_cycle", Allow::Never),
    ("single_column_reference", Allow::TableOrColumn),
    ("unscoped_reference", Allow::TableOrColumn),
    ("cascade_from_shared", Allow::TableOrColumn),
    ("uuid_key", Allow::Table),
    ("index_not_leakproof", Allow::Table),
    ("duplicate_name", Allow::Never),
];

/// The rules that a foreign key can be allowed to break.
pub(crate) const FOREIGN_KEY_RULES: &[&str] = &[
    "unindexed_foreign_key",
    "single_column_reference",
    "unscoped_reference",
    "cascade_from_shared",
];

/// A method of the expression language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Method {
    IsNull { negated: bool },
    IsIn { negated: bool },
    Between,
    Operator(&'static str),
}

/// The methods of the expression language, with how each is written.
pub(crate) const METHODS: &[(&str, Method, &str)] = &[
    ("is_null", Method::IsNull { negated: false }, "a.is_null()"),
    (
        "is_not_null",
        Method::IsNull { negated: true },
        "a.is_not_null()",
    ),
    ("is_in", Method::IsIn { negated: false }, "a.is_in(1, 2)"),
    (
        "is_not_in",
        Method::IsIn { negated: true },
        "a.is_not_in(1, 2)",
    ),
    ("between", Method::Between, "a.between(1, 5)"),
    ("like", Method::Operator("Like"), "a.like(\"x%\")"),
    ("ilike", Method::Operator("ILike"), "a.ilike(\"x%\")"),
    ("matches", Method::Operator("Matches"), "a.matches(\"^x\")"),
    (
        "matches_ignore_case",
        Method::Operator("MatchesIgnoreCase"),
        "a.matches_ignore_case(\"^x\")",
    ),
    ("contains", Method::Operator("Contains"), "a.contains(b)"),
    (
        "contained_by",
        Method::Operator("ContainedBy"),
        "a.contained_by(b)",
    ),
    ("overlaps", Method::Operator("Overlaps"), "a.overlaps(b)"),
];

/// Words of other crates and of SQL, and what says the same here.
pub(crate) const FOREIGN_WORDS: &[(&str, &str)] = &[
    (
        "nullable",
        "a column may be null when its field is an `Option`",
    ),
    ("null", "a column may be null when its field is an `Option`"),
    (
        "not_null",
        "a column is `NOT NULL` unless its field is an `Option`",
    ),
    ("auto_increment", "write `identity`"),
    ("autoincrement", "write `identity`"),
    ("bigserial", "write `serial`; the field's type says which"),
    (
        "type",
        "write the type itself, such as `varchar(255)`, or `sql_type = \"..\"`",
    ),
    (
        "rename",
        "write `name = ..`, or `renamed_from = ..` for the name before",
    ),
    ("table_name", "write `name = ..`"),
    ("column_name", "write `name = ..`"),
    ("fk", "write `references = User::id, on_delete = ..`"),
    (
        "soft_delete",
        "write `deleted_at` at the field of the time of deletion",
    ),
];

/// SQL words that people write by habit, and what to write here.
pub(crate) const SQL_WORDS: &[(&str, &str)] = &[
    ("is", ".is_null()` or `.is_not_null()"),
    ("and", "&&"),
    ("or", "||"),
    ("not", "!"),
    ("like", ".like(\"x%\")"),
    ("ilike", ".ilike(\"x%\")"),
    ("in", ".is_in(1, 2)"),
    ("between", ".between(1, 5)"),
];

/// The words that SQL writes without parentheses and that are no columns.
pub(crate) const KEYWORDS: &[&str] = &[
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
];

/// The referential actions, with the variant of `Action`.
pub(crate) const ACTIONS: &[(&str, &str)] = &[
    ("no_action", "NoAction"),
    ("restrict", "Restrict"),
    ("cascade", "Cascade"),
    ("set_null", "SetNull"),
    ("set_default", "SetDefault"),
];

/// The access methods of an index, with the variant of `IndexMethod`.
pub(crate) const INDEX_METHODS: &[(&str, &str)] = &[
    ("btree", "BTree"),
    ("hash", "Hash"),
    ("gin", "Gin"),
    ("gist", "Gist"),
    ("brin", "Brin"),
];

/// The methods of an index's part, with how each is written.
pub(crate) const PART_METHODS: &[&str] =
    &["asc", "desc", "nulls_first", "nulls_last", "collate", "ops"];

/// The cases of an enum's labels.
pub(crate) const CASES: &[&str] = &[
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
    "camelCase",
    "PascalCase",
    "lowercase",
    "UPPERCASE",
];

/// The words of which one in a column's name says that it holds a secret.
pub(crate) const SENSITIVE: &[&str] = &[
    "password",
    "passwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "private_key",
    "ssn",
    "social_security",
    "credit_card",
    "card_number",
    "cvv",
    "iban",
];

/// The longest identifier of PostgreSQL, in bytes.
pub(crate) const MAX_IDENTIFIER_BYTES: usize = 63;

/// With more indexes than this a table is questioned.
pub(crate) const MAX_INDEXES: usize = 10;

//! Lists of words, and the limits of names and numbers.

/// Words of other crates and of SQL, and what to write here instead.
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
    (
        "bigserial",
        "write `serial`; the field's type sets its size",
    ),
    (
        "type",
        "write the type itself, such as `varchar(255)`, or `sql_type = \"..\"`",
    ),
    (
        "rename",
        "write `name = ..`, or `renamed_from = ..` for the previous name",
    ),
    ("table_name", "write `name = ..`"),
    ("column_name", "write `name = ..`"),
    ("fk", "write `references = User::id, on_delete = ..`"),
    (
        "soft_delete",
        "write `deleted_at` on the field for the time of deletion",
    ),
    ("stable", "write `volatility = stable`"),
    ("volatile", "remove it, or write `volatility = volatile`"),
    (
        "procedures",
        "write `functions(..)`, which takes procedures too",
    ),
    (
        "materialized_views",
        "write `views(..)`, which takes materialized views too",
    ),
];

/// The referential actions, with the variant of `Action`.
pub(crate) const ACTIONS: &[(&str, &str)] = &[
    ("no_action", "NoAction"),
    ("restrict", "Restrict"),
    ("cascade", "Cascade"),
    ("set_null", "SetNull"),
    ("set_default", "SetDefault"),
];

/// The strategies of partitioning, with the variant of `PartitionStrategy`.
pub(crate) const STRATEGIES: &[(&str, &str)] =
    &[("range", "Range"), ("list", "List"), ("hash", "Hash")];

/// The access methods of an index, with the variant of `IndexMethod`.
pub(crate) const INDEX_METHODS: &[(&str, &str)] = &[
    ("btree", "BTree"),
    ("hash", "Hash"),
    ("gin", "Gin"),
    ("gist", "Gist"),
    ("brin", "Brin"),
];

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

/// Words that suggest a secret if they are in the name of a column.
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

/// The system columns of every table (PostgreSQL manual, 5.5).
pub(crate) const SYSTEM_COLUMNS: &[&str] = &["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// Names that a native enum cannot have.
///
/// They are PostgreSQL's types, which PostgreSQL finds first, and words that its grammar reads differently in the place
/// of a type.
#[rustfmt::skip]
pub(crate) const BUILTIN_TYPES: &[&str] = &[
    "aclitem", "between", "bigint", "bit", "bool", "boolean", "box", "bpchar", "bytea", "char", "character", "cid", "cidr", "circle",
    "coalesce", "date", "datemultirange", "daterange", "dec", "decimal", "double", "exists", "extract", "float", "float4", "float8",
    "greatest", "grouping", "inet", "inout", "int", "int2", "int4", "int4multirange", "int4range", "int8", "int8multirange",
    "int8range", "integer", "interval", "json", "jsonb", "jsonpath", "least", "line", "lseg", "macaddr", "macaddr8", "money", "name",
    "national", "nchar", "none", "normalize", "nullif", "numeric", "nummultirange", "numrange", "oid", "out", "overlay", "path",
    "point", "polygon", "position", "precision", "real", "record", "refcursor", "row", "setof", "smallint", "substring", "text", "tid",
    "time", "timestamp", "timestamptz", "timetz", "treat", "trim", "tsmultirange", "tsquery", "tsrange", "tstzmultirange",
    "tstzrange", "tsvector", "uuid", "values", "varbit", "varchar", "void", "xid", "xid8", "xml",
];

/// The longest identifier of PostgreSQL, in bytes.
pub(crate) const MAX_IDENTIFIER_BYTES: usize = 63;

/// The largest number of indexes that the rule `too_many_indexes` accepts.
pub(crate) const MAX_INDEXES: usize = 10;

//! The words that a value is chosen from, and the limits of names and numbers.

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

//! The words of the expression language.

/// A method of the expression language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Method {
    IsNull { negated: bool },
    IsIn { negated: bool },
    Between,
    Search,
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
    ("concat", Method::Operator("Concat"), "a.concat(b)"),
    ("contains", Method::Operator("Contains"), "a.contains(b)"),
    (
        "contained_by",
        Method::Operator("ContainedBy"),
        "a.contained_by(b)",
    ),
    ("search", Method::Search, "a.search(\"two words\")"),
    ("overlaps", Method::Operator("Overlaps"), "a.overlaps(b)"),
];

/// SQL words that users write by habit, and what to write here.
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

/// SQL functions that are called without parentheses. These words are not columns.
pub(crate) const KEYWORDS: &[&str] = &[
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
];

/// The methods of a part of an index.
pub(crate) const PART_METHODS: &[&str] =
    &["asc", "desc", "nulls_first", "nulls_last", "collate", "ops"];

/// SQL functions with their own syntax, and a call that does the same.
pub(crate) const SPECIAL_CALLS: &[(&str, &str)] = &[
    ("extract", "date_part(\"year\", day)"),
    ("position", "strpos(text, part)"),
    ("overlay", "substr(text, 1, 2)"),
    ("array", "string_to_array(\"a,b\", \",\")"),
    ("interval", "make_interval(0, 0, 0, 1)"),
];

/// Functions that are not immutable. PostgreSQL refuses them in an index and in a generated column.
pub(crate) const CHANGING: &[&str] = &[
    "now",
    "clock_timestamp",
    "statement_timestamp",
    "transaction_timestamp",
    "timeofday",
    "random",
    "gen_random_uuid",
    "nextval",
    "currval",
    "current_setting",
    "age",
    "concat",
    "concat_ws",
    "to_char",
];

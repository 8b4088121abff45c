//! Operator classes: PostgreSQL does not print the default class of a type, so a declared default is removed.

use crate::ir::SqlType;
use crate::model::{IndexMethod, ScalarType};

/// Whether an index has this class by default (`pg_opclass`, PostgreSQL 15 to 18; `btree_gin`, `btree_gist`, `ltree`
/// and `hstore`).
///
/// The type of an expression is not known. There, every class counts that is the default of some type.
pub(super) fn is_default(method: IndexMethod, of: Option<&SqlType>, class: &str) -> bool {
    match of {
        Some(SqlType::Scalar(scalar)) => of_scalar(method, *scalar) == class,
        Some(SqlType::Array(_)) => class == "array_ops",
        Some(SqlType::Enum(_)) => of_word(method, "enum") == class,
        Some(SqlType::Domain(_) | SqlType::Sql(_)) | None => {
            ScalarType::ALL
                .iter()
                .any(|scalar| of_scalar(method, *scalar) == class)
                || OF_OTHERS.contains(&(method, class))
        }
    }
}

/// The default classes of types that are declared as SQL.
const OF_OTHERS: [(IndexMethod, &str); 14] = [
    (IndexMethod::BTree, "range_ops"),
    (IndexMethod::BTree, "multirange_ops"),
    (IndexMethod::Hash, "range_ops"),
    (IndexMethod::Hash, "multirange_ops"),
    (IndexMethod::BTree, "ltree_ops"),
    (IndexMethod::BTree, "hstore_ops"),
    (IndexMethod::Gin, "gin_hstore_ops"),
    (IndexMethod::Gist, "range_ops"),
    (IndexMethod::Gist, "multirange_ops"),
    (IndexMethod::Gist, "point_ops"),
    (IndexMethod::Gist, "box_ops"),
    (IndexMethod::Gist, "gist_ltree_ops"),
    (IndexMethod::Gist, "gist_hstore_ops"),
    (IndexMethod::Brin, "range_inclusion_ops"),
];

/// The default class of a type; empty if the method has none for it.
fn of_scalar(method: IndexMethod, scalar: ScalarType) -> String {
    use IndexMethod as M;
    use ScalarType as S;
    match (method, scalar) {
        (_, S::Json) | (M::Gist | M::Brin, S::Jsonb) | (M::Hash | M::Brin, S::TsVector) => {
            String::new()
        }
        // `cidr` uses the classes of `inet`, and `varchar` those of `text`, unless an extension has a class for it.
        (M::BTree | M::Hash, S::Cidr) => "inet_ops".to_owned(),
        (M::Brin, S::Inet | S::Cidr) => "inet_inclusion_ops".to_owned(),
        (M::BTree | M::Hash | M::Gist | M::Brin, S::Varchar(_))
        | (M::Gin | M::Gist | M::Brin, S::Citext) => of_word(method, "text"),
        (M::Gist, S::TsVector) => "tsvector_ops".to_owned(),
        (_, scalar) => of_word(method, scalar.catalog_name()),
    }
}

fn of_word(method: IndexMethod, word: &str) -> String {
    match method {
        IndexMethod::BTree | IndexMethod::Hash | IndexMethod::Gin => format!("{word}_ops"),
        IndexMethod::Gist => format!("gist_{word}_ops"),
        IndexMethod::Brin => format!("{word}_minmax_ops"),
    }
}

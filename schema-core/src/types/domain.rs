use super::{Newtype, SqlValue, StoredAs};
use crate::model::{DomainDef, SqlType};

/// A type of the database that restricts another. Made by `#[derive(Domain)]` on a tuple struct of one field.
///
/// A column of it takes no type word, because the domain is its type, and cannot be `serial` or `identity`.
pub trait Domain: Newtype {
    /// The definition.
    const DEF: &'static DomainDef;
}

/// The type that a domain restricts: the type of `Inner`.
///
/// # Panics
///
/// Panics at compile time if `Inner` is an `Option`, an enum or another domain.
#[track_caller]
pub const fn domain_base<Inner: SqlValue>() -> SqlType {
    assert!(
        !Inner::NULLABLE,
        "a domain is never null, only a column can be; remove `Option` from the field's type, and write `Option` around the domain"
    );
    assert!(
        Inner::ENUM.is_none(),
        "a domain cannot hold an enum, because its labels would be lost; use the enum itself"
    );
    assert!(
        !holds_domain(&Inner::TYPE),
        "a domain narrows a type of PostgreSQL, not another domain; write the checks of both in this one"
    );
    Inner::TYPE
}

/// The type that a domain restricts, if a type word names it.
///
/// # Panics
///
/// Panics like [`domain_base`].
#[track_caller]
pub const fn domain_base_as<Inner: StoredAs<Word>, Word>(sql_type: SqlType) -> SqlType {
    let _ = domain_base::<Inner>();
    sql_type
}

const fn holds_domain(sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Domain(_) => true,
        SqlType::Array(element) => holds_domain(element),
        _ => false,
    }
}

use super::{Newtype, SqlValue, StoredAs};
use crate::model::{DomainDef, SqlType};

/// A type of the database that narrows another. Made by `#[derive(Domain)]` on a tuple struct of one field.
///
/// A column of it takes no type word, since the domain is its type, and is neither `serial` nor `identity`.
pub trait Domain: Newtype {
    /// The definition.
    const DEF: &'static DomainDef;
}

/// The type that a domain narrows: that of the type inside.
///
/// # Panics
///
/// At compile time, where the type inside is an `Option`, an enum or another domain.
#[track_caller]
pub const fn domain_base<Inner: SqlValue>() -> SqlType {
    assert!(
        !Inner::NULLABLE,
        "a domain says what a value is, the column whether it may be missing; make the field's type one without `Option`, and write `Option` around the domain"
    );
    assert!(
        Inner::ENUM.is_none(),
        "a domain holds no enum, whose labels would be lost; use the enum itself"
    );
    assert!(
        !holds_domain(&Inner::TYPE),
        "a domain narrows a type of PostgreSQL, not another domain; write the checks of both in this one"
    );
    Inner::TYPE
}

/// The type that a domain narrows, where a type word names it.
///
/// # Panics
///
/// As [`domain_base`].
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

use super::{DomainDef, EnumDef, ScalarType};

/// The type of a column.
#[derive(Clone, Copy, Debug)]
pub enum SqlType {
    /// A type of the database that needs no other definition.
    Scalar(ScalarType),
    /// An array
    Array(&'static SqlType),
    /// A native enum
    Enum(&'static EnumDef),
    /// A domain
    Domain(&'static DomainDef),
    /// SQL, passed on as written
    Sql(&'static str),
}

impl SqlType {
    /// Whether PostgreSQL marks this type's equality and order as leakproof.
    ///
    /// Only then can an index on it be used under row-level security. (`pg_operator` joined with
    /// `pg_proc.proleakproof`, PostgreSQL 15.)
    pub const fn is_leakproof(&self) -> bool {
        match self {
            Self::Scalar(scalar) => scalar.is_leakproof(),
            Self::Domain(def) => def.base.is_leakproof(),
            _ => false,
        }
    }

    /// Whether it is `json`, or an array of it.
    #[cfg(feature = "postgres")]
    pub(crate) const fn is_json(&self) -> bool {
        match self {
            Self::Scalar(scalar) => matches!(scalar, ScalarType::Json),
            Self::Array(element) => element.is_json(),
            Self::Domain(def) => def.base.is_json(),
            Self::Enum(_) | Self::Sql(_) => false,
        }
    }

    /// Whether its values are arrays.
    pub const fn is_array(&self) -> bool {
        match self {
            Self::Array(_) => true,
            Self::Domain(def) => def.base.is_array(),
            Self::Scalar(_) | Self::Enum(_) | Self::Sql(_) => false,
        }
    }

    /// Whether it is a date or a time.
    pub(crate) const fn is_time(&self) -> bool {
        match self {
            Self::Scalar(scalar) => scalar.is_time(),
            Self::Domain(def) => def.base.is_time(),
            _ => false,
        }
    }

    /// Whether it is `uuid`.
    pub const fn is_uuid(&self) -> bool {
        match self {
            Self::Scalar(scalar) => matches!(scalar, ScalarType::Uuid),
            Self::Domain(def) => def.base.is_uuid(),
            _ => false,
        }
    }

    /// The maximum number of characters of a value, or of an element of an array.
    pub(super) const fn length(&self) -> Option<u32> {
        match self {
            Self::Scalar(ScalarType::Varchar(length)) => *length,
            Self::Scalar(ScalarType::Char(length)) => Some(*length),
            Self::Array(element) => element.length(),
            Self::Domain(def) => def.base.length(),
            _ => None,
        }
    }

    /// The name for it in messages.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Scalar(scalar) => scalar.word(),
            Self::Array(_) => "array",
            Self::Enum(def) => def.name,
            Self::Domain(def) => def.name.name,
            Self::Sql(sql) => sql,
        }
    }
}

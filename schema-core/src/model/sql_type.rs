use super::{DomainDef, EnumDef};

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

/// A type of the database that needs no other definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum ScalarType {
    /// `boolean`
    Boolean,
    /// `smallint`
    SmallInt,
    /// `integer`
    Integer,
    /// `bigint`
    BigInt,
    /// `real`
    Real,
    /// `double precision`
    DoublePrecision,
    /// `numeric`, with precision and scale in decimal digits
    Numeric(Option<(u16, i16)>),
    /// `text`
    Text,
    /// `varchar`, with its length in characters
    Varchar(Option<u32>),
    /// `char`, with its length in characters
    Char(u32),
    /// `citext`, of the extension of that name
    Citext,
    /// `bytea`
    Bytea,
    /// `uuid`
    Uuid,
    /// `date`
    Date,
    /// `time`
    Time,
    /// `timestamp`, without a time zone
    Timestamp,
    /// `timestamptz`
    TimestampTz,
    /// `interval`
    Interval,
    /// `json`
    Json,
    /// `jsonb`
    Jsonb,
    /// `inet`
    Inet,
    /// `cidr`
    Cidr,
    /// `tsvector`
    TsVector,
}

impl SqlType {
    /// Whether PostgreSQL marks this type's equality and order as leakproof, so that under row-level security an index
    /// on it can be used. (`pg_operator` joined with `pg_proc.proleakproof`, PostgreSQL 15.)
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

    /// The most characters that a value, or an element of an array, has.
    pub(super) const fn length(&self) -> Option<u32> {
        match self {
            Self::Scalar(ScalarType::Varchar(length)) => *length,
            Self::Scalar(ScalarType::Char(length)) => Some(*length),
            Self::Array(element) => element.length(),
            Self::Domain(def) => def.base.length(),
            _ => None,
        }
    }

    /// The word for it in a message.
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

impl ScalarType {
    const fn is_time(self) -> bool {
        matches!(
            self,
            Self::Date | Self::Time | Self::Timestamp | Self::TimestampTz
        )
    }

    const fn is_leakproof(self) -> bool {
        !matches!(
            self,
            Self::Numeric(_) | Self::Citext | Self::Json | Self::Jsonb | Self::TsVector
        )
    }

    /// The word for it, without arguments: its name in PostgreSQL.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::SmallInt => "smallint",
            Self::Integer => "integer",
            Self::BigInt => "bigint",
            Self::Real => "real",
            Self::DoublePrecision => "double precision",
            Self::Numeric(_) => "numeric",
            Self::Text => "text",
            Self::Varchar(_) => "varchar",
            Self::Char(_) => "char",
            Self::Citext => "citext",
            Self::Bytea => "bytea",
            Self::Uuid => "uuid",
            Self::Date => "date",
            Self::Time => "time",
            Self::Timestamp => "timestamp",
            Self::TimestampTz => "timestamptz",
            Self::Interval => "interval",
            Self::Json => "json",
            Self::Jsonb => "jsonb",
            Self::Inet => "inet",
            Self::Cidr => "cidr",
            Self::TsVector => "tsvector",
        }
    }
}

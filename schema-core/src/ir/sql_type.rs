use super::QualifiedName;
use crate::model;

/// The type of a column, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SqlType {
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
    /// `citext`
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
    /// An array
    Array(Box<SqlType>),
    /// An enum type of the database
    Enum(QualifiedName),
    /// SQL, passed on as written
    Sql(String),
}

impl SqlType {
    /// The type of the elements, where it is an array, or else the type itself.
    pub fn element(&self) -> &Self {
        match self {
            Self::Array(element) => element.element(),
            other => other,
        }
    }
}

impl From<&model::SqlType> for SqlType {
    fn from(sql_type: &model::SqlType) -> Self {
        match *sql_type {
            model::SqlType::Boolean => Self::Boolean,
            model::SqlType::SmallInt => Self::SmallInt,
            model::SqlType::Integer => Self::Integer,
            model::SqlType::BigInt => Self::BigInt,
            model::SqlType::Real => Self::Real,
            model::SqlType::DoublePrecision => Self::DoublePrecision,
            model::SqlType::Numeric(digits) => Self::Numeric(digits),
            model::SqlType::Text => Self::Text,
            model::SqlType::Varchar(length) => Self::Varchar(length),
            model::SqlType::Char(length) => Self::Char(length),
            model::SqlType::Citext => Self::Citext,
            model::SqlType::Bytea => Self::Bytea,
            model::SqlType::Uuid => Self::Uuid,
            model::SqlType::Date => Self::Date,
            model::SqlType::Time => Self::Time,
            model::SqlType::Timestamp => Self::Timestamp,
            model::SqlType::TimestampTz => Self::TimestampTz,
            model::SqlType::Interval => Self::Interval,
            model::SqlType::Json => Self::Json,
            model::SqlType::Jsonb => Self::Jsonb,
            model::SqlType::Inet => Self::Inet,
            model::SqlType::Cidr => Self::Cidr,
            model::SqlType::TsVector => Self::TsVector,
            model::SqlType::Array(element) => Self::Array(Box::new(element.into())),
            model::SqlType::Enum(def) => Self::Enum(QualifiedName::new(def.schema, def.name)),
            model::SqlType::Sql(sql) => Self::Sql(sql.to_owned()),
        }
    }
}

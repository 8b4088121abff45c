//! The scalar types, which need no other definition, in one table. All code about them is made from it.

/// The scalar types. Each line has
/// - the word of `#[column(..)]`;
/// - the variant, with what it holds and an example of that;
/// - the name in SQL and the name in `pg_type`;
/// - whether PostgreSQL marks its equality and order as leakproof (`pg_operator` joined with `pg_proc.proleakproof`,
///   PostgreSQL 15);
/// - its kind.
///
/// `docs/contributing/new-column-type.md` lists what a new line here needs elsewhere.
macro_rules! scalar_types {
    ($with:ident) => {
        $with! {
            boolean Boolean, "boolean", "bool", Leakproof, Truth;
            smallint SmallInt, "smallint", "int2", Leakproof, Number;
            integer Integer, "integer", "int4", Leakproof, Number;
            bigint BigInt, "bigint", "int8", Leakproof, Number;
            real Real, "real", "float4", Leakproof, Number;
            double DoublePrecision, "double precision", "float8", Leakproof, Number;
            numeric Numeric(Option<(u16, i16)> = None), "numeric", "numeric", Leaks, Number;
            text Text, "text", "text", Leakproof, Text;
            varchar Varchar(Option<u32> = None), "varchar", "varchar", Leakproof, Text;
            char Char(u32 = 1), "char", "bpchar", Leakproof, Text;
            citext Citext, "citext", "citext", Leaks, Text;
            bytea Bytea, "bytea", "bytea", Leakproof, Bytes;
            uuid Uuid, "uuid", "uuid", Leakproof, Uuid;
            date Date, "date", "date", Leakproof, Date;
            time Time, "time", "time", Leakproof, Time;
            timestamp Timestamp, "timestamp", "timestamp", Leakproof, Timestamp;
            timestamptz TimestampTz, "timestamptz", "timestamptz", Leakproof, Timestamp;
            interval Interval, "interval", "interval", Leakproof, Interval;
            json Json, "json", "json", Leaks, Document;
            jsonb Jsonb, "jsonb", "jsonb", Leaks, Document;
            inet Inet, "inet", "inet", Leakproof, Address;
            cidr Cidr, "cidr", "cidr", Leakproof, Address;
            tsvector TsVector, "tsvector", "tsvector", Leaks, Search;
        }
    };
}
pub(crate) use scalar_types;

/// What the values of a scalar type are, for code that treats several types alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarKind {
    /// True or false
    Truth,
    /// Numbers
    Number,
    /// Texts
    Text,
    /// Bytes
    Bytes,
    /// Identifiers of 16 bytes
    Uuid,
    /// Days
    Date,
    /// Times of a day
    Time,
    /// Points in time
    Timestamp,
    /// Lengths of time
    Interval,
    /// JSON
    Document,
    /// Addresses of a network
    Address,
    /// Documents of full-text search
    Search,
}

/// Whether a type's equality and order are leakproof.
enum Leak {
    Leakproof,
    Leaks,
}

macro_rules! define {
    ($($word:ident $variant:ident $(($holds:ty = $example:expr))?, $sql:literal, $catalog:literal, $leak:ident, $kind:ident;)*) => {
        /// A type of the database that needs no other definition.
        ///
        /// `numeric` holds precision and scale in decimal digits, `varchar` and `char` their length in characters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
        pub enum ScalarType {
            $(
                #[doc = concat!("`", $sql, "`")]
                $variant $(($holds))?,
            )*
        }

        impl ScalarType {
            /// All types, each once.
            pub const ALL: &[Self] = &[$(Self::$variant $(($example))?,)*];

            /// The word for it in `#[column(..)]`: `double`.
            pub const fn attribute_word(self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => stringify!($word),)*
                }
            }

            /// Its name in PostgreSQL, without arguments.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $sql,)*
                }
            }

            /// Its name in `pg_type`: `int4`.
            pub const fn catalog_name(self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $catalog,)*
                }
            }

            /// The kind of its values.
            pub const fn kind(self) -> ScalarKind {
                match self {
                    $(Self::$variant { .. } => ScalarKind::$kind,)*
                }
            }

            /// Whether PostgreSQL marks its equality and order as leakproof.
            pub const fn is_leakproof(self) -> bool {
                let leak = match self {
                    $(Self::$variant { .. } => Leak::$leak,)*
                };
                matches!(leak, Leak::Leakproof)
            }
        }
    };
}

scalar_types!(define);

impl ScalarType {
    /// Whether it is a date or a time.
    pub(super) const fn is_time(self) -> bool {
        matches!(
            self.kind(),
            ScalarKind::Date | ScalarKind::Time | ScalarKind::Timestamp
        )
    }
}

//! The scalar types, which need no other definition, in one table. All code about them is made from it.

/// The scalar types. Each line has
/// - the word of `#[column(..)]`;
/// - the variant, with what it holds and an example of that;
/// - the name in SQL and the name in `pg_type`;
/// - whether PostgreSQL marks its equality and order as leakproof (`pg_operator` joined with `pg_proc.proleakproof`,
///   PostgreSQL 15);
/// - its kind;
/// - how many bytes a value takes: see [`ByteSize`].
///
/// `docs/contributing/new-column-type.md` lists what a new line here needs elsewhere.
macro_rules! scalar_types {
    ($with:ident) => {
        $with! {
            boolean Boolean, "boolean", "bool", Leakproof, Truth, Fixed(1, 1);
            smallint SmallInt, "smallint", "int2", Leakproof, Number, Fixed(2, 2);
            integer Integer, "integer", "int4", Leakproof, Number, Fixed(4, 4);
            bigint BigInt, "bigint", "int8", Leakproof, Number, Fixed(8, 8);
            real Real, "real", "float4", Leakproof, Number, Fixed(4, 4);
            double DoublePrecision, "double precision", "float8", Leakproof, Number, Fixed(8, 8);
            numeric Numeric(Option<(u16, i16)> = None), "numeric", "numeric", Leaks, Number, Varying(8);
            text Text, "text", "text", Leakproof, Text, Varying(32);
            varchar Varchar(Option<u32> = None), "varchar", "varchar", Leakproof, Text, Varying(32);
            char Char(u32 = 1), "char", "bpchar", Leakproof, Text, Varying(32);
            citext Citext, "citext", "citext", Leaks, Text, Varying(32);
            bytea Bytea, "bytea", "bytea", Leakproof, Bytes, Varying(64);
            uuid Uuid, "uuid", "uuid", Leakproof, Uuid, Fixed(16, 1);
            date Date, "date", "date", Leakproof, Date, Fixed(4, 4);
            time Time, "time", "time", Leakproof, Time, Fixed(8, 8);
            timestamp Timestamp, "timestamp", "timestamp", Leakproof, Timestamp, Fixed(8, 8);
            timestamptz TimestampTz, "timestamptz", "timestamptz", Leakproof, Timestamp, Fixed(8, 8);
            interval Interval, "interval", "interval", Leakproof, Interval, Fixed(16, 8);
            json Json, "json", "json", Leaks, Document, Varying(200);
            jsonb Jsonb, "jsonb", "jsonb", Leaks, Document, Varying(200);
            inet Inet, "inet", "inet", Leakproof, Address, Varying(7);
            cidr Cidr, "cidr", "cidr", Leakproof, Address, Varying(7);
            tsvector TsVector, "tsvector", "tsvector", Leaks, Search, Varying(200);
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

/// How many bytes a value takes in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteSize {
    /// Always this many bytes, at an offset that is a multiple of the second number (`typlen` and `typalign` of
    /// `pg_type`).
    Fixed(u32, u32),
    /// A number of bytes that depends on the value. Forecasts assume this mean, without the header of one to four
    /// bytes, unless `volume(.., width(column = ..))` sets another.
    Varying(u32),
}

/// Whether a type's equality and order are leakproof.
enum Leak {
    Leakproof,
    Leaks,
}

macro_rules! define {
    ($($word:ident $variant:ident $(($holds:ty = $example:expr))?, $sql:literal, $catalog:literal, $leak:ident, $kind:ident, $size:ident($($bytes:literal),+);)*) => {
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

            /// How many bytes a value takes in a row.
            pub const fn byte_size(self) -> ByteSize {
                match self {
                    $(Self::$variant { .. } => ByteSize::$size($($bytes),+),)*
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

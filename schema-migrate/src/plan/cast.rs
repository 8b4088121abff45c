//! What a change of a column's type does to the existing rows.
//!
//! Which changes rewrite the table was measured on PostgreSQL 15.

use freehold_schema_core::ir::SqlType;
use freehold_schema_core::model::ScalarType;

/// The effect of a change of a column's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cast {
    /// What happens to the values.
    pub values: Values,
    /// Whether PostgreSQL rewrites the table.
    pub rewrites: bool,
    /// The `USING` clause that the change needs.
    pub(crate) how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// What a cast does to the values.
#[non_exhaustive]
pub enum Values {
    /// Every value stays the same.
    Kept,
    /// PostgreSQL refuses values that do not fit; the others stay the same.
    ///
    /// As the SQL standard says, trailing spaces that do not fit are cut.
    Refused,
    /// Values may be cut, rounded or refused.
    Changed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// No `USING` clause.
    Implicit,
    /// `USING column::type`, the type without its length and digits.
    Explicit,
    /// `USING column::text::type`, the type without its length and digits.
    ByText,
}

/// The effect of a cast from one type to another. For an unknown pair of types, it assumes the worst.
pub fn cast(from: &SqlType, to: &SqlType) -> Cast {
    match (from, to) {
        (SqlType::Scalar(from), SqlType::Scalar(to)) => scalar(*from, *to),
        (SqlType::Array(from), SqlType::Array(to)) => Cast {
            rewrites: true,
            ..cast(from, to)
        },
        (_, SqlType::Scalar(ScalarType::Text | ScalarType::Varchar(None))) => Cast {
            how: How::Explicit,
            ..widening()
        },
        (_, SqlType::Scalar(ScalarType::Varchar(Some(_)))) => refusing(),
        _ => by_text(),
    }
}

const fn by_text() -> Cast {
    Cast {
        values: Values::Changed,
        rewrites: true,
        how: How::ByText,
    }
}

/// Only the catalog changes.
const fn free() -> Cast {
    Cast {
        values: Values::Kept,
        rewrites: false,
        how: How::Implicit,
    }
}

/// Every value fits the new type.
const fn widening() -> Cast {
    Cast {
        values: Values::Kept,
        rewrites: true,
        how: How::Implicit,
    }
}

/// Values fit or are refused.
const fn refusing() -> Cast {
    Cast {
        values: Values::Refused,
        ..narrowing()
    }
}

/// Values may be cut, rounded or refused.
const fn narrowing() -> Cast {
    Cast {
        values: Values::Changed,
        rewrites: true,
        how: How::Explicit,
    }
}

#[allow(clippy::match_same_arms)] // One line for each fact.
fn scalar(from: ScalarType, to: ScalarType) -> Cast {
    use ScalarType::{
        BigInt, Boolean, Char, Cidr, Citext, Date, DoublePrecision, Inet, Integer, Json, Jsonb,
        Numeric, Real, SmallInt, Text, Timestamp, TimestampTz, Varchar,
    };
    match (from, to) {
        (Varchar(_), Text | Varchar(None))
        | (Text, Varchar(None))
        | (Cidr, Inet)
        | (Numeric(Some(_)), Numeric(None)) => free(),
        (Varchar(Some(from)), Varchar(Some(to))) if to >= from => free(),
        (Numeric(Some((from, scale))), Numeric(Some((to, other))))
            if scale == other && to >= from =>
        {
            free()
        }
        (SmallInt, Integer | BigInt)
        | (Integer, BigInt)
        | (Real, DoublePrecision)
        | (SmallInt | Integer | BigInt, Numeric(None)) => widening(),
        (Numeric(Some(from)), Numeric(Some(to))) if has_room(from, to) => widening(),
        (Numeric(Some((_, from))), Numeric(Some((_, to)))) if to >= from => refusing(),
        (Integer, SmallInt) | (BigInt, Integer | SmallInt) => refusing(),
        (SmallInt | Integer | BigInt, Numeric(Some((_, scale)))) if scale >= 0 => refusing(),
        (Numeric(Some((_, scale))), SmallInt | Integer | BigInt) if scale <= 0 => refusing(),
        (_, Varchar(Some(_))) => refusing(),
        (Text | Varchar(_), Text | Char(_) | Citext) | (Citext | Char(_), Text | Varchar(None)) => {
            text(from, to)
        }
        (
            SmallInt | Integer | BigInt | Real | DoublePrecision | Numeric(_),
            SmallInt | Integer | BigInt | Real | DoublePrecision | Numeric(_),
        )
        | (Timestamp | TimestampTz, Timestamp | TimestampTz | Date)
        | (Date, Timestamp | TimestampTz)
        | (Boolean, Integer)
        | (Integer, Boolean)
        // `jsonb` drops duplicate keys, and both types print the same value differently.
        | (Json, Jsonb)
        | (Jsonb, Json)
        | (Inet, Cidr) => narrowing(),
        (_, Text | Varchar(None)) => Cast {
            how: How::Explicit,
            ..widening()
        },
        _ => by_text(),
    }
}

/// Whether the second precision and scale have room for as many digits before and after the point.
fn has_room((from, scale): (u16, i16), (to, other): (u16, i16)) -> bool {
    let whole = |precision: u16, scale: i16| i32::from(precision) - i32::from(scale);
    other >= scale && whole(to, other) >= whole(from, scale)
}

fn text(from: ScalarType, to: ScalarType) -> Cast {
    match (from, to) {
        (ScalarType::Char(_), _) | (_, ScalarType::Citext) => Cast {
            how: How::Explicit,
            ..widening()
        },
        (_, ScalarType::Text | ScalarType::Varchar(None)) => free(),
        _ => narrowing(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: ScalarType, to: ScalarType) -> Cast {
        cast(&SqlType::Scalar(from), &SqlType::Scalar(to))
    }

    /// Measured on PostgreSQL 15 by the file node of the table.
    #[test]
    fn a_change_of_the_catalog_only_rewrites_no_table() {
        use ScalarType::{Cidr, Inet, Numeric, Text, Varchar};
        for (from, to) in [
            (Varchar(Some(10)), Varchar(Some(20))),
            (Varchar(Some(10)), Text),
            (Text, Varchar(None)),
            (Numeric(Some((8, 2))), Numeric(Some((10, 2)))),
            (Numeric(Some((8, 2))), Numeric(None)),
            (Cidr, Inet),
        ] {
            let cast = of(from, to);
            assert!(
                !cast.rewrites && cast.values == Values::Kept,
                "{from:?} to {to:?}"
            );
        }
    }

    #[test]
    fn a_cast_that_may_lose_a_value_is_marked_as_changing_values() {
        use ScalarType::{Char, Citext, Integer, Numeric, Text, TimestampTz};
        for (from, to) in [
            (Numeric(Some((10, 2))), Numeric(Some((10, 0)))),
            (Numeric(Some((10, 2))), Integer),
            (Text, Integer),
            (Citext, Char(10)),
            (TimestampTz, ScalarType::Date),
        ] {
            let cast = of(from, to);
            let is_marked = cast.values == Values::Changed;
            assert!(cast.rewrites && is_marked, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_value_that_does_not_fit_is_refused_if_postgresql_refuses_it() {
        use ScalarType::{BigInt, Citext, Integer, Numeric, Text, Uuid, Varchar};
        for (from, to) in [
            (Varchar(Some(20)), Varchar(Some(10))),
            (Text, Varchar(Some(10))),
            (Citext, Varchar(Some(10))),
            (Uuid, Varchar(Some(10))),
            (BigInt, Integer),
            (BigInt, Numeric(Some((10, 2)))),
            (Numeric(Some((10, 2))), Numeric(Some((10, 4)))),
        ] {
            let cast = of(from, to);
            let is_marked = cast.values == Values::Refused;
            assert!(cast.rewrites && is_marked, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_wider_type_keeps_the_values_and_rewrites_the_table() {
        use ScalarType::{BigInt, DoublePrecision, Integer, Numeric, Real, Text, Uuid};
        for (from, to) in [
            (Integer, BigInt),
            (Real, DoublePrecision),
            (Uuid, Text),
            (Numeric(Some((10, 2))), Numeric(Some((12, 4)))),
        ] {
            let cast = of(from, to);
            assert!(
                cast.rewrites && cast.values == Values::Kept,
                "{from:?} to {to:?}"
            );
        }
    }
}

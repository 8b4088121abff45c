use freehold_schema_core::ir::{Column, Schema, SqlType, Table};
use freehold_schema_core::model::{ByteSize, ScalarType, VolumeDef};

use crate::facts::TableFacts;

/// How many bytes the values of a column take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(super) width: Width,
    pub(super) is_nullable: bool,
}

/// The width of a column's values that are not null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// Always the same number of bytes, with an alignment.
    Fixed { bytes: u64, align: u64 },
    /// The mean number of bytes, without the header.
    Varying(u64),
}

/// The mean width of an array's values: a header of 24 bytes and a few elements.
const ARRAY: u64 = 56;
/// The mean width of a type that is not modelled.
const UNKNOWN: u64 = 32;
/// The mean width of texts; a shorter limit of the type is assumed to be used up.
const TEXT: u32 = 32;
/// A value of an enum type is the number of its label.
const ENUM: Width = Width::Fixed { bytes: 4, align: 4 };

/// The sizes of a table's columns, in order.
pub(crate) fn sizes(
    schema: &Schema,
    table: &Table,
    facts: &TableFacts,
    volume: &VolumeDef,
) -> Vec<Size> {
    let size = |column: &Column| {
        let mut widths = volume.widths.iter();
        let given = widths.find(|width| width.column == column.name);
        let given = given.map(|width| Width::Varying(u64::from(width.bytes)));
        Size {
            width: given
                .or_else(|| of_labels(facts, column))
                .unwrap_or_else(|| of_type(schema, &column.sql_type)),
            is_nullable: column.nullable,
        }
    };
    table.columns.iter().map(size).collect()
}

/// The mean length of the labels, if the column holds an enum as a text.
fn of_labels(facts: &TableFacts, column: &Column) -> Option<Width> {
    if !matches!(
        column.sql_type,
        SqlType::Scalar(ScalarType::Text | ScalarType::Varchar(_))
    ) {
        return None;
    }
    let labels = &facts.column(&column.name)?.labels;
    let bytes: usize = labels.iter().map(|label| label.len()).sum();
    let mean = bytes.checked_div(labels.len())?;
    Some(Width::Varying(u64::try_from(mean).ok()?))
}

fn of_type(schema: &Schema, sql_type: &SqlType) -> Width {
    match sql_type {
        SqlType::Scalar(scalar) => of_scalar(*scalar),
        SqlType::Array(_) => Width::Varying(ARRAY),
        SqlType::Enum(_) => ENUM,
        SqlType::Domain(name) => {
            let mut domains = schema.domains.iter();
            let domain = domains.find(|domain| domain.name == *name);
            domain.map_or(Width::Varying(UNKNOWN), |domain| {
                of_type(schema, &domain.base)
            })
        }
        SqlType::Sql(_) => Width::Varying(UNKNOWN),
    }
}

fn of_scalar(scalar: ScalarType) -> Width {
    match scalar {
        ScalarType::Varchar(Some(length)) => Width::Varying(u64::from(length.min(TEXT))),
        ScalarType::Char(length) => Width::Varying(u64::from(length)),
        ScalarType::Numeric(Some((precision, scale))) => {
            Width::Varying(numeric(i32::from(precision), i32::from(scale)))
        }
        other => match other.byte_size() {
            ByteSize::Fixed(bytes, align) => Width::Fixed {
                bytes: u64::from(bytes),
                align: u64::from(align),
            },
            ByteSize::Varying(bytes) => Width::Varying(u64::from(bytes)),
        },
    }
}

/// Two bytes, and two for each four decimal digits on either side of the point.
fn numeric(precision: i32, scale: i32) -> u64 {
    let groups = |digits: i32| u64::try_from(digits.max(0)).unwrap_or(0).div_ceil(4);
    2 + 2 * (groups(precision - scale) + groups(scale))
}

#[cfg(test)]
mod tests {
    use super::{Width, numeric, of_scalar};
    use freehold_schema_core::model::ScalarType;

    #[test]
    fn a_price_takes_eight_bytes() {
        // numeric(10,2): eight digits before the point are two groups, two after it are one.
        assert_eq!(numeric(10, 2), 8);
        assert_eq!(numeric(4, 0), 4);
    }

    #[test]
    fn a_limit_of_the_type_bounds_the_mean() {
        assert_eq!(of_scalar(ScalarType::Varchar(Some(2))), Width::Varying(2));
        assert_eq!(
            of_scalar(ScalarType::Varchar(Some(255))),
            Width::Varying(32)
        );
    }
}

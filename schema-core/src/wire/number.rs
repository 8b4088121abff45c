//! Decimals. A `numeric` of PostgreSQL has up to 147,455 digits, a [`Decimal`] 28 or 29. A number that does not fit is
//! an error; it is never rounded to another number.

use rust_decimal::Decimal;
use sqlx::Decode;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgValueFormat, Postgres};

use crate::__column_value;

__column_value!({} Decimal, |value| match value.format() {
    PgValueFormat::Binary => read(value.as_bytes()?),
    PgValueFormat::Text => <Self as Decode<'_, Postgres>>::decode(value),
});

const NEGATIVE: u16 = 0x4000;
const NOT_A_NUMBER: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const MINUS_INFINITY: u16 = 0xF000;

/// The number of decimal digits in a group of the wire format.
const IN_A_GROUP: i32 = 4;

/// Reads the number of groups, the weight of the first group, the sign, the scale, and the groups (`numeric_send`).
fn read(bytes: &[u8]) -> Result<Decimal, BoxDynError> {
    let words: Vec<_> = bytes
        .chunks_exact(2)
        .map(|word| u16::from_be_bytes([word[0], word[1]]))
        .collect();
    let [count, weight, sign, scale, groups @ ..] = words.as_slice() else {
        return Err("the number is truncated".into());
    };
    let groups = groups
        .get(..usize::from(*count))
        .ok_or("the number is truncated")?;
    match *sign {
        NOT_A_NUMBER => {
            return Err(
                "a decimal cannot be `NaN`; read the column as `f64`, or correct the row".into(),
            );
        }
        INFINITY | MINUS_INFINITY => {
            return Err(
                "a decimal cannot be infinite; read the column as `f64`, or correct the row".into(),
            );
        }
        _ => {}
    }
    let number = number(groups, weight.cast_signed().into(), u32::from(*scale));
    let mut number = number.ok_or(
        "the number has more digits than a decimal, which has 28; cast it, or correct the row",
    )?;
    number.set_sign_negative(*sign == NEGATIVE && !number.is_zero());
    Ok(number)
}

/// The number for the groups; the first group counts `10000 ^ weight`. Zeros at the end show the precision. They are
/// kept up to `scale` digits after the point, if there is room.
fn number(groups: &[u16], weight: i32, scale: u32) -> Option<Decimal> {
    let mut digits: i128 = 0;
    for group in groups {
        digits = digits.checked_mul(10_000)?.checked_add((*group).into())?;
    }
    if digits == 0 {
        return Decimal::try_from_i128_with_scale(0, scale.min(Decimal::MAX_SCALE)).ok();
    }
    let mut behind = (i32::try_from(groups.len()).ok()? - 1 - weight) * IN_A_GROUP;
    while behind < 0 {
        digits = digits.checked_mul(10)?;
        behind += 1;
    }
    while behind > 0 && digits % 10 == 0 {
        digits /= 10;
        behind -= 1;
    }
    let mut number = Decimal::try_from_i128_with_scale(digits, u32::try_from(behind).ok()?).ok()?;
    number.rescale(scale);
    Some(number)
}

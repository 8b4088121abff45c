//! The text format of `COPY`, in which PostgreSQL reads each value by the input function of its type.

use std::fmt::{self, Write as _};

use crate::value::{Date, Value, write_clock, write_moment};

/// Adds a row as a line.
pub(crate) fn line<'v>(values: impl Iterator<Item = &'v Value>, text: &mut String) {
    for (at, value) in values.enumerate() {
        if at > 0 {
            text.push('\t');
        }
        // Writing to a text cannot fail.
        let _ = field(value, text);
    }
    text.push('\n');
}

fn field(value: &Value, text: &mut String) -> fmt::Result {
    match value {
        Value::Null => text.write_str("\\N"),
        Value::Text(own) => {
            escape(own, text);
            Ok(())
        }
        Value::Array(_) | Value::Bytes(_) => {
            let mut own = String::new();
            literal(value, &mut own)?;
            escape(&own, text);
            Ok(())
        }
        other => literal(other, text),
    }
}

/// Writes a value as PostgreSQL reads it, without the escapes of `COPY`.
pub(crate) fn literal(value: &Value, text: &mut String) -> fmt::Result {
    match value {
        Value::Null => Ok(()),
        Value::Bool(value) => text.write_str(if *value { "t" } else { "f" }),
        Value::Number(number) => write!(text, "{number}"),
        Value::Text(own) => text.write_str(own),
        Value::Bytes(bytes) => {
            text.write_str("\\x")?;
            bytes.iter().try_for_each(|byte| write!(text, "{byte:02x}"))
        }
        Value::Uuid(uuid) => write_uuid(*uuid, text),
        Value::Date(days) => write!(text, "{}", Date::from_days(*days)),
        Value::Time(micros) => write_clock(text, *micros),
        Value::Timestamp(micros) => write_moment(text, *micros),
        Value::Interval(micros) => {
            let (seconds, part) = (micros / 1_000_000, micros % 1_000_000);
            write!(text, "{seconds} seconds {part} microseconds")
        }
        Value::Array(elements) => array(elements, text),
    }
}

fn write_uuid(uuid: u128, text: &mut String) -> fmt::Result {
    let part = |shift: u32, bits: u32| (uuid >> shift) & ((1 << bits) - 1);
    write!(
        text,
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        part(96, 32),
        part(80, 16),
        part(64, 16),
        part(48, 16),
        part(0, 48)
    )
}

/// An array, with each element in quotes.
fn array(elements: &[Value], text: &mut String) -> fmt::Result {
    text.write_char('{')?;
    for (at, element) in elements.iter().enumerate() {
        if at > 0 {
            text.write_char(',')?;
        }
        match element {
            Value::Null => text.write_str("NULL")?,
            Value::Array(inner) => array(inner, text)?,
            other => quoted(other, text)?,
        }
    }
    text.write_char('}')
}

fn quoted(value: &Value, text: &mut String) -> fmt::Result {
    let mut own = String::new();
    literal(value, &mut own)?;
    text.write_char('"')?;
    for c in own.chars() {
        if matches!(c, '"' | '\\') {
            text.write_char('\\')?;
        }
        text.write_char(c)?;
    }
    text.write_char('"')
}

fn escape(own: &str, text: &mut String) {
    if !own
        .bytes()
        .any(|byte| matches!(byte, b'\\' | b'\t' | b'\n' | b'\r'))
    {
        text.push_str(own);
        return;
    }
    for c in own.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &Value) -> String {
        let mut text = String::new();
        line([value].into_iter(), &mut text);
        text
    }

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(written(&"a\tb\\\n".into()), "a\\tb\\\\\\n\n");
        assert_eq!(written(&Value::Null), "\\N\n");
        assert_eq!(written(&Value::Bytes(vec![0, 255])), "\\\\x00ff\n");
        let array = Value::from(vec!["a\"b", "", "c\\d"]);
        assert_eq!(written(&array), "{\"a\\\\\"b\",\"\",\"c\\\\\\\\d\"}\n");
    }

    #[test]
    fn a_uuid_has_its_hyphens() {
        let text = written(&Value::Uuid(0x0123_4567_89ab_4cde_8f01_2345_6789_abcd));
        assert_eq!(text, "01234567-89ab-4cde-8f01-23456789abcd\n");
    }
}

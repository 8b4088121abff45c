//! Names in the const model and in SQL.

pub(super) fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

pub(super) fn names(names: &[String]) -> &'static [&'static str] {
    names
        .iter()
        .map(|name| text(name))
        .collect::<Vec<_>>()
        .leak()
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

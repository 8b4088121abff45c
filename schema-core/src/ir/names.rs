use std::collections::HashSet;

use crate::model;
use crate::sql::name::QualifiedName;

/// The longest identifier of PostgreSQL, in bytes (`NAMEDATALEN - 1`).
pub const MAX_IDENTIFIER_BYTES: usize = 63;

impl From<&model::TableName> for QualifiedName {
    fn from(name: &model::TableName) -> Self {
        Self::new(name.schema, name.name)
    }
}

/// The names of one table's constraints, which are all different.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// Reserves a name that the user wrote, and returns it unchanged.
    pub(super) fn given(&mut self, name: &str) -> String {
        self.taken.insert(name.to_owned());
        name.to_owned()
    }

    /// Makes a name by the convention `{prefix}_{table}_{parts}`, cut to 63 bytes. A second name of the same words ends
    /// in `_2`.
    pub(super) fn by_convention<'a>(
        &mut self,
        prefix: &'a str,
        table: &'a str,
        parts: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let mut words = vec![prefix, table];
        words.extend(parts);
        let base = words.join("_");
        let name = (1..=u32::MAX)
            .map(|count| numbered(&base, count))
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default();
        self.given(&name)
    }
}

fn numbered(base: &str, count: u32) -> String {
    match count {
        1 => cut(base),
        count => cut(&format!("{base}_{count}")),
    }
}

/// The name, cut so that `suffix` more bytes fit into 63.
pub(super) fn prefix(name: &str, suffix: usize) -> String {
    cut_to(name, MAX_IDENTIFIER_BYTES.saturating_sub(suffix))
}

/// The name that PostgreSQL gives the sequence of a column (`makeObjectName`).
///
/// If it is too long, the longer of the two names is cut first.
pub fn sequence_name(table: &str, column: &str) -> String {
    let room = MAX_IDENTIFIER_BYTES - "__seq".len();
    let (mut of_table, mut of_column) = (table.len(), column.len());
    while of_table + of_column > room {
        if of_table > of_column {
            of_table -= 1;
        } else {
            of_column -= 1;
        }
    }
    let clip = |name: &str, bytes: usize| {
        let end = (0..=bytes).rev().find(|end| name.is_char_boundary(*end));
        name[..end.unwrap_or(0)].to_owned()
    };
    format!("{}_{}_seq", clip(table, of_table), clip(column, of_column))
}

/// The name, cut to the 63 bytes that PostgreSQL keeps.
pub fn cut(name: &str) -> String {
    cut_to(name, MAX_IDENTIFIER_BYTES)
}

/// The name, cut to `bytes` bytes. A hash at its end replaces what is cut off, so that long names with the same
/// beginning stay different.
fn cut_to(name: &str, bytes: usize) -> String {
    if name.len() <= bytes {
        return name.to_owned();
    }
    let hash = format!("_{:08x}", model::hash(name) >> 32);
    let mut end = bytes.saturating_sub(hash.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{hash}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_63_bytes_is_kept() {
        let name = "a".repeat(63);
        assert_eq!(cut(&name), name);
    }

    #[test]
    fn a_longer_name_is_cut_to_63_bytes_without_cutting_a_character() {
        let name = "ä".repeat(40);
        assert!(cut(&name).len() <= 63, "{} bytes", cut(&name).len());
        assert!(cut(&name).starts_with("ää"));
    }

    #[test]
    fn long_names_that_begin_alike_stay_different() {
        let base = "x".repeat(80);
        assert_ne!(cut(&format!("{base}a")), cut(&format!("{base}b")));
    }

    #[test]
    fn a_second_name_of_the_same_words_is_numbered() {
        let mut names = Names::default();
        assert_eq!(names.by_convention("chk", "t", ["a"]), "chk_t_a");
        assert_eq!(names.by_convention("chk", "t", ["a"]), "chk_t_a_2");
    }
}

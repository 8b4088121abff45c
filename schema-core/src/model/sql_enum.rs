use super::SqlType;
use crate::message::Message;

/// The definition of an enum, which `#[derive(SqlEnum)]` emits.
#[derive(Debug)]
pub struct EnumDef {
    /// The PostgreSQL schema of the type.
    pub schema: Option<&'static str>,
    /// The type's name.
    pub name: &'static str,
    /// Whether it is a PostgreSQL enum type; if not, it is a text with a check.
    pub native: bool,
    /// The comment of the type.
    pub comment: Option<&'static str>,
    /// The labels, in order.
    pub labels: &'static [LabelDef],
}

impl EnumDef {
    /// Fails the compilation if a label is longer than a `varchar` or `char` column allows.
    #[track_caller]
    #[allow(clippy::panic)] // It panics at compile time, and the panic is the error message.
    pub(super) const fn assert_labels_fit(&self, sql_type: &SqlType) {
        let Some(length) = sql_type.length() else {
            return;
        };
        let mut i = 0;
        while i < self.labels.len() {
            let label = self.labels[i].label;
            if characters(label) > length {
                let parts = [
                    "the label `",
                    label,
                    "` is longer than the column's `",
                    sql_type.word(),
                    "`; give the column more room",
                ];
                panic!("{}", Message::of(&parts).as_str());
            }
            i += 1;
        }
    }
}

/// The number of characters of a text: it does not count the continuation bytes of UTF-8.
const fn characters(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (mut count, mut i) = (0, 0);
    while i < bytes.len() {
        if bytes[i] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        i += 1;
    }
    count
}

/// A label of an enum.
#[derive(Clone, Copy, Debug)]
pub struct LabelDef {
    /// The label.
    pub label: &'static str,
    /// The previous label, if it was renamed.
    pub renamed_from: Option<&'static str>,
}

impl LabelDef {
    /// A label.
    pub const fn new(label: &'static str) -> Self {
        Self {
            label,
            renamed_from: None,
        }
    }

    /// Sets the previous label of a renamed one.
    pub const fn renamed_from(mut self, label: &'static str) -> Self {
        self.renamed_from = Some(label);
        self
    }
}

use super::SqlType;
use crate::message::Message;

/// The definition of an enum: what `#[derive(SqlEnum)]` emits.
#[derive(Debug)]
pub struct EnumDef {
    /// The PostgreSQL schema of the type.
    pub schema: Option<&'static str>,
    /// The type's name.
    pub name: &'static str,
    /// Whether it is a type of its own in the database; if not, it is a text with a check.
    pub native: bool,
    /// The comment of the type.
    pub comment: Option<&'static str>,
    /// The labels, in order.
    pub labels: &'static [LabelDef],
}

impl EnumDef {
    /// Stops the compilation where a label is longer than a `varchar` or `char` column.
    #[track_caller]
    #[allow(clippy::panic)] // At compile time, where it is the message.
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

/// How many characters a text has: its bytes without those that continue one.
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
    /// The label before, where it was renamed.
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

    /// Says what the label was before.
    pub const fn renamed_from(mut self, label: &'static str) -> Self {
        self.renamed_from = Some(label);
        self
    }
}

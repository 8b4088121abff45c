use super::printer::Printer;
use crate::ir::{Sequence, SequenceType};

impl Printer<'_> {
    /// `CREATE SEQUENCE name ..`
    pub fn create_sequence(self, sequence: &Sequence) -> String {
        let options = [
            ("INCREMENT BY", sequence.increment),
            ("MINVALUE", sequence.min),
            ("MAXVALUE", sequence.max),
            ("START WITH", sequence.start),
            ("CACHE", sequence.cache),
        ];
        let given = options
            .into_iter()
            .filter_map(|(word, value)| value.map(|value| format!(" {word} {value}")));
        format!(
            "CREATE SEQUENCE {}{}{}{}",
            self.qualified(&sequence.name),
            value_type(sequence),
            given.collect::<String>(),
            if sequence.cycle { " CYCLE" } else { "" }
        )
    }

    /// `DROP SEQUENCE name`
    pub fn drop_sequence(self, sequence: &Sequence) -> String {
        format!("DROP SEQUENCE {}", self.qualified(&sequence.name))
    }
}

/// ` AS integer`; nothing for the default, `bigint`.
fn value_type(sequence: &Sequence) -> String {
    match sequence.value_type {
        SequenceType::BigInt => String::new(),
        other => format!(" AS {}", other.name()),
    }
}

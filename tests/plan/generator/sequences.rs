//! Sequences that no column has.

use freehold::model::{SequenceDef, TableName};

use super::words::text;
use super::{Spec, namespaces};
use crate::random::Random;

/// The schema and the name, and where it begins.
pub(super) type SequenceSpec = (Option<&'static str>, String, Option<i64>);

impl Spec {
    pub(super) fn change_sequences(&mut self, random: &mut Random) {
        if let (Some((.., start)), true) = (self.sequences.last_mut(), random.one_in(2)) {
            *start = Some(1 + i64::try_from(random.below(50)).unwrap_or(0));
            return;
        }
        let name = self.name("counter");
        let taken = self.sequences.iter();
        let taken: Vec<_> = taken.map(|(schema, name, _)| (*schema, name)).collect();
        let shared = namespaces::shared(&taken, random).filter(|_| random.one_in(3));
        let (schema, name) = shared.unwrap_or((namespaces::any(random), name));
        self.sequences.push((schema, name, None));
    }

    pub(super) fn sequence_defs(&self) -> &'static [SequenceDef] {
        let def = |(schema, name, start): &SequenceSpec| {
            let sequence = SequenceDef::new(TableName::new(*schema, text(name)));
            start.map_or(sequence, |start| sequence.start(start))
        };
        self.sequences.iter().map(def).collect::<Vec<_>>().leak()
    }
}

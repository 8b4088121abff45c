//! Sequences that no column has.

use freehold::model::{SequenceDef, TableName};

use super::Spec;
use super::words::text;
use crate::random::Random;

impl Spec {
    pub(super) fn change_sequences(&mut self, random: &mut Random) {
        if let (Some((_, start)), true) = (self.sequences.last_mut(), random.one_in(2)) {
            *start = Some(1 + i64::try_from(random.below(50)).unwrap_or(0));
            return;
        }
        let name = self.name("counter");
        self.sequences.push((name, None));
    }

    pub(super) fn sequence_defs(&self) -> &'static [SequenceDef] {
        let def = |(name, start): &(String, Option<i64>)| {
            let sequence = SequenceDef::new(TableName::new(None, text(name)));
            start.map_or(sequence, |start| sequence.start(start))
        };
        self.sequences.iter().map(def).collect::<Vec<_>>().leak()
    }
}

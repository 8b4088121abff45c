//! Sequences that do not belong to a column.

use freehold::model::{SequenceDef, TableName};

use super::words::text;
use super::{Spec, namespaces};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct SequenceSpec {
    schema: Option<&'static str>,
    name: String,
    start: Option<i64>,
    increment: Option<i64>,
    min: Option<i64>,
    max: Option<i64>,
    cache: Option<i64>,
    cycle: bool,
}

impl Spec {
    pub(super) fn change_sequences(&mut self, random: &mut Random) {
        let index = random.below(self.sequences.len());
        if let (Some(sequence), true) = (self.sequences.get_mut(index), random.one_in(2)) {
            sequence.change(random);
            return;
        }
        let name = self.name("counter");
        let taken = self.sequences.iter();
        let taken: Vec<_> = taken.map(|own| (own.schema, &own.name)).collect();
        let shared = namespaces::shared(&taken, random).filter(|_| random.one_in(3));
        let (schema, name) = shared.unwrap_or((namespaces::any(random), name));
        let mut sequence = SequenceSpec {
            schema,
            name,
            start: None,
            increment: random.one_in(4).then_some(-1),
            min: None,
            max: None,
            cache: None,
            cycle: random.one_in(4),
        };
        sequence.change(random);
        self.sequences.push(sequence);
    }

    pub(super) fn sequence_defs(&self) -> &'static [SequenceDef] {
        let defs = self.sequences.iter().map(SequenceSpec::def);
        defs.collect::<Vec<_>>().leak()
    }
}

impl SequenceSpec {
    /// Every start is between every minimum and maximum, and no sequence changes its direction: PostgreSQL refuses
    /// limits that exclude the last value. Some options are PostgreSQL's defaults, written out.
    fn change(&mut self, random: &mut Random) {
        let any =
            |random: &mut Random, values: &[i64]| random.one_in(2).then(|| *random.pick(values));
        match random.below(6) {
            0 if self.descends() => self.start = any(random, &[-1, -5]),
            0 => self.start = any(random, &[1, 5, 40]),
            1 if self.descends() => self.increment = Some(*random.pick(&[-1, -3])),
            1 => self.increment = any(random, &[1, 2]),
            2 if self.descends() => self.min = any(random, &[-50, i64::MIN]),
            2 => self.min = any(random, &[1, -90, i64::MIN]),
            3 if self.descends() => self.max = any(random, &[-1, 90]),
            3 => self.max = any(random, &[50, 90, i64::MAX]),
            4 => self.cache = any(random, &[1, 7]),
            _ => self.cycle = !self.cycle,
        }
    }

    fn descends(&self) -> bool {
        self.increment.is_some_and(|step| step < 0)
    }

    fn def(&self) -> SequenceDef {
        let def = SequenceDef::new(TableName::new(self.schema, text(&self.name)));
        let own = if self.descends() { -1 } else { 1 };
        let start = self.start.unwrap_or(own);
        // If a limit excludes the default start, PostgreSQL would start at the limit.
        let is_own = self.min.is_none_or(|min| min == 1 || self.descends())
            && self.max.is_none_or(|max| max == -1 || !self.descends());
        SequenceDef {
            start: self.start.or((!is_own).then_some(start)),
            increment: self.increment,
            min: self.min,
            max: self.max,
            cache: self.cache,
            cycle: self.cycle,
            ..def
        }
    }
}

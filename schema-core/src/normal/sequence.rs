//! Sequences: an option that has PostgreSQL's default value is removed.

use super::object::name;
use crate::ir::Sequence;

pub(super) fn normal(sequence: &Sequence) -> Sequence {
    let descends = sequence.increment.is_some_and(|step| step < 0);
    let (min, max) = sequence.value_type.bounds(descends);
    let (lowest, highest) = (sequence.min.unwrap_or(min), sequence.max.unwrap_or(max));
    let start = if descends { highest } else { lowest };
    Sequence {
        name: name(&sequence.name),
        value_type: sequence.value_type,
        start: sequence.start.filter(|value| *value != start),
        increment: sequence.increment.filter(|value| *value != 1),
        min: sequence.min.filter(|value| *value != min),
        max: sequence.max.filter(|value| *value != max),
        cache: sequence.cache.filter(|value| *value != 1),
        cycle: sequence.cycle,
    }
}

//! The numbers of sequences: what PostgreSQL accepts (manual, `CREATE SEQUENCE`).

use crate::ast::{Number, Schema, Sequence};
use crate::errors::Errors;

pub(super) fn numbers(schema: &Schema, errors: &Errors) {
    for sequence in &schema.sequences {
        step(sequence, errors);
        bounds(sequence, errors);
    }
}

fn step(sequence: &Sequence, errors: &Errors) {
    if let Some(zero) = sequence.increment.filter(|number| number.value == 0) {
        errors.push_at(
            zero.span,
            "`increment` cannot be 0; write `increment = 1`, or `-1` to count down",
        );
    }
    if let Some(cache) = sequence.cache.filter(|number| number.value < 1) {
        errors.push_at(
            cache.span,
            "`cache` must be at least 1, which caches nothing",
        );
    }
}

fn bounds(sequence: &Sequence, errors: &Errors) {
    let (min, max) = (smallest(sequence), largest(sequence));
    if min >= max {
        let written = sequence.max.or(sequence.min);
        at(
            written,
            format!(
                "there is no value between `min = {min}` and `max = {max}`; `min` must be less than `max`"
            ),
            errors,
        );
        return;
    }
    if let Some(start) = sequence.start.filter(|start| start.value < min) {
        let message = format!(
            "the sequence begins below its smallest value; write `start = {min}`, or a lower `min`"
        );
        errors.push_at(start.span, message);
    }
    if let Some(start) = sequence.start.filter(|start| start.value > max) {
        let message = format!(
            "the sequence begins above its largest value; write `start = {max}`, or a higher `max`"
        );
        errors.push_at(start.span, message);
    }
}

fn at(number: Option<Number>, message: String, errors: &Errors) {
    if let Some(number) = number {
        errors.push_at(number.span, message);
    }
}

/// Whether the sequence counts down.
fn descends(sequence: &Sequence) -> bool {
    sequence.increment.is_some_and(|step| step.value < 0)
}

fn smallest(sequence: &Sequence) -> i64 {
    let default = if descends(sequence) { i64::MIN } else { 1 };
    sequence.min.map_or(default, |min| min.value)
}

fn largest(sequence: &Sequence) -> i64 {
    let default = if descends(sequence) { -1 } else { i64::MAX };
    sequence.max.map_or(default, |max| max.value)
}

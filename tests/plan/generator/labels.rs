//! Labels that get each other's names, all at once.

use super::Spec;
use super::columns::{ColumnSpec, Kind};
use super::enums::LabelRenames;
use super::tables::TableSpec;
use super::values::LABELS;
use crate::random::Random;

impl Spec {
    /// Existing labels exchange their names in a cycle, or each takes the next one's name.
    pub(super) fn rename_labels(&mut self, before: &Self, random: &mut Random) {
        for sql_enum in &mut self.enums {
            let mut old = before.enums.iter();
            let old = old.find(|old| old.name == sql_enum.name);
            if let Some(old) = old.filter(|_| random.one_in(5)) {
                rename(
                    &mut sql_enum.labels,
                    &mut sql_enum.renamed,
                    &old.labels,
                    random,
                );
            }
        }
        for table in &mut self.tables {
            let old = before.tables.iter().find(|old| old.is_same(table));
            for column in old.into_iter().flat_map(|old| &old.columns) {
                if random.one_in(3) {
                    table.rename_labels(column, random);
                }
            }
        }
    }
}

impl TableSpec {
    fn rename_labels(&mut self, old: &ColumnSpec, random: &mut Random) {
        let mut columns = self.columns.iter_mut();
        let column = columns.find(|column| column.name == old.name);
        if let (Some(column), Kind::TextEnum(before)) = (column, &old.kind)
            && let Kind::TextEnum(labels) = &mut column.kind
        {
            rename(labels, &mut column.renamed_labels, before, random);
        }
    }
}

/// Gives other names to some labels that both have: in a cycle, or with a free name for the last one.
fn rename(
    labels: &mut Vec<&'static str>,
    renamed: &mut LabelRenames,
    before: &[&'static str],
    random: &mut Random,
) {
    let is_free = |label: &&'static str| {
        let mut renamed = renamed.iter();
        renamed.all(|(from, to)| from != label && to != label)
    };
    let both = labels.iter().copied();
    let mut chosen: Vec<_> = both
        .filter(|label| before.contains(label) && is_free(label))
        .collect();
    chosen.truncate(1 + random.below(3));
    let mut unknown = LABELS.iter().copied();
    let unknown =
        unknown.find(|label| !labels.contains(label) && !before.contains(label) && is_free(label));
    let last = if random.one_in(2) { unknown } else { None };
    let mut moves = chosen.iter().zip(chosen.iter().skip(1));
    let mut pairs: LabelRenames = moves.by_ref().map(|(from, to)| (*from, *to)).collect();
    let (Some(first), Some(end)) = (chosen.first(), chosen.last()) else {
        return;
    };
    pairs.push((*end, last.unwrap_or(first)));
    pairs.retain(|(from, to)| from != to);
    for label in labels.iter_mut() {
        if let Some((_, to)) = pairs.iter().find(|(from, _)| from == label) {
            *label = to;
        }
    }
    renamed.extend(pairs);
    if random.one_in(4) && !labels.contains(first) {
        labels.push(first);
    }
}

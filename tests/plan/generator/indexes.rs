//! Indexes.

use freehold::model::{IndexDef, IndexMethod, IndexPart};

use super::Spec;
use super::tables::TableSpec;
use super::words::text;
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct IndexSpec {
    pub(super) name: String,
    pub(super) columns: Vec<(String, bool)>,
    pub(super) unique: bool,
    pub(super) partial: bool,
    pub(super) kind: IndexKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum IndexKind {
    Ordered,
    Hash,
    /// Over the trigrams of a text.
    Trigrams,
}

impl Spec {
    pub(super) fn add_index(&mut self, random: &mut Random) {
        let name = self.name("idx");
        self.with_table(random, move |table, random| {
            let ordered = table.ordered();
            if ordered.is_empty() {
                return;
            }
            let mut columns = any_columns(&ordered, random);
            let hash = columns.len() == 1 && !columns[0].1 && random.one_in(4);
            let unique = !hash && random.one_in(4);
            if unique && table.partitions.is_some() {
                columns.push(("day".to_owned(), false));
            }
            // Sometimes an index of a name that is there already, which is another one then.
            table.indexes.truncate(if random.one_in(4) { 0 } else { 9 });
            table.indexes.push(IndexSpec {
                name: if random.one_in(3) {
                    format!("idx_of_{}", table.name)
                } else {
                    name.clone()
                },
                columns,
                unique,
                partial: random.one_in(4),
                kind: if hash {
                    IndexKind::Hash
                } else {
                    IndexKind::Ordered
                },
            });
            table.forget_doubles();
        });
    }
}

/// One or two, each with whether it descends.
fn any_columns(ordered: &[String], random: &mut Random) -> Vec<(String, bool)> {
    let mut columns = vec![(random.pick(ordered).clone(), random.one_in(3))];
    let second = random.pick(ordered).clone();
    if random.one_in(2) && columns[0].0 != second {
        columns.push((second, false));
    }
    columns
}

impl TableSpec {
    /// Of the indexes of one name the first stays, and none that has the name of a unique constraint.
    fn forget_doubles(&mut self) {
        let uniques = self.uniques.iter();
        let mut seen: Vec<_> = uniques.map(|(name, _)| name.clone()).collect();
        self.indexes.retain(|index| {
            let is_new = !seen.contains(&index.name);
            seen.push(index.name.clone());
            is_new
        });
    }

    pub(super) fn index_defs(&self, spec: &Spec) -> &'static [IndexDef] {
        let index = |own| index(spec, self, own);
        self.indexes.iter().map(index).collect::<Vec<_>>().leak()
    }
}

fn index(all: &Spec, table: &TableSpec, spec: &IndexSpec) -> IndexDef {
    let parts: Vec<_> = spec
        .columns
        .iter()
        .map(|(column, descending)| {
            let part = IndexPart::column(text(column));
            let part = if spec.kind == IndexKind::Trigrams {
                part.operator_class("gin_trgm_ops")
            } else {
                part
            };
            if *descending { part.desc() } else { part }
        })
        .collect();
    let mut index = IndexDef::new(parts.leak()).name(text(&spec.name));
    if spec.unique {
        index = index.unique();
    }
    if spec.kind == IndexKind::Hash {
        index = index.method(IndexMethod::Hash);
    }
    if spec.kind == IndexKind::Trigrams {
        index = index.method(IndexMethod::Gin);
    }
    if spec.partial {
        index = index.filter(all.condition(table, &spec.columns[0].0));
    }
    index
}

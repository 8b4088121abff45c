//! Native enums, and their labels.

use freehold::model::{EnumDef, LabelDef, SqlType};

use super::values::LABELS;
use super::words::text;
use super::{Spec, namespaces};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct EnumSpec {
    /// The name that the columns use.
    pub(super) name: String,
    /// The name in the database.
    called: String,
    schema: Option<&'static str>,
    pub(super) labels: Vec<&'static str>,
    pub(super) renamed: LabelRenames,
}

/// Renamed labels, each with the old and the new name.
pub(super) type LabelRenames = Vec<(&'static str, &'static str)>;

impl Spec {
    /// The first label of a native enum.
    pub(crate) fn first_label(&self, name: &str) -> Option<&'static str> {
        let found = self.enums.iter().find(|sql_enum| sql_enum.name == name);
        found.and_then(|found| found.labels.first().copied())
    }

    pub(super) fn add_enum(&mut self, random: &mut Random) {
        let name = self.name("kind");
        let count = 1 + random.below(4);
        let taken = self.enums.iter();
        let taken: Vec<_> = taken.map(|own| (own.schema, &own.called)).collect();
        let shared = namespaces::shared(&taken, random).filter(|_| random.one_in(3));
        let (schema, called) = shared.unwrap_or_else(|| (namespaces::any(random), name.clone()));
        self.enums.push(EnumSpec {
            name,
            called,
            schema,
            labels: LABELS[..count].to_vec(),
            renamed: Vec::new(),
        });
    }

    pub(super) fn change_enum(&mut self, random: &mut Random) {
        let index = random.below(self.enums.len());
        if let Some(sql_enum) = self.enums.get_mut(index) {
            sql_enum.change(random);
        }
    }

    /// Changes the enum.
    pub(super) fn change_labels(&mut self, name: &str, random: &mut Random) {
        let enums = self.enums.iter_mut();
        for sql_enum in enums.filter(|sql_enum| sql_enum.name == name) {
            sql_enum.change(random);
        }
    }

    pub(super) fn rename_label(&mut self, random: &mut Random) {
        let index = random.below(self.enums.len());
        let Some(sql_enum) = self.enums.get_mut(index) else {
            return;
        };
        let free = LABELS.iter().find(|label| !sql_enum.labels.contains(label));
        let position = random.below(sql_enum.labels.len());
        if let (Some(to), Some(label), true) = (
            free,
            sql_enum.labels.get_mut(position),
            sql_enum.renamed.is_empty(),
        ) {
            sql_enum.renamed.push((label, to));
            *label = to;
        }
    }

    pub(super) fn enum_type(&self, name: &str) -> SqlType {
        let sql_enum = self.enums.iter().find(|sql_enum| sql_enum.name == *name);
        let labels = sql_enum.map_or_else(Vec::new, |found| found.labels.clone());
        let renamed = sql_enum.map_or(&[][..], |found| &found.renamed);
        let schema = sql_enum.and_then(|found| found.schema);
        let called = sql_enum.map_or(name, |found| &found.called);
        let def = enum_def(called, &labels, true, renamed);
        SqlType::Enum(Box::leak(Box::new(EnumDef { schema, ..*def })))
    }
}

impl EnumSpec {
    fn change(&mut self, random: &mut Random) {
        match random.below(4) {
            0 if self.labels.len() > 1 => {
                let gone = random.below(self.labels.len());
                self.labels.remove(gone);
            }
            1 => self.labels.reverse(),
            _ => {
                let label = *random.pick(LABELS);
                if !self.labels.contains(&label) {
                    let at = random.below(self.labels.len() + 1);
                    self.labels.insert(at, label);
                }
            }
        }
    }
}

pub(super) fn enum_def(
    name: &str,
    labels: &[&'static str],
    native: bool,
    renamed: &[(&'static str, &'static str)],
) -> &'static EnumDef {
    let label = |label: &&'static str| {
        let from = renamed.iter().find(|(_, to)| to == label);
        let def = LabelDef::new(label);
        from.map_or(def, |(from, _)| def.renamed_from(from))
    };
    let labels: Vec<_> = labels.iter().map(label).collect();
    Box::leak(Box::new(EnumDef {
        schema: None,
        name: text(name),
        native,
        comment: None,
        labels: labels.leak(),
    }))
}

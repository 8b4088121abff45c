//! Full-text search.

use freehold::model::{ScalarType, SearchDef, SearchPart, Weight};

use super::Spec;
use super::columns::{ColumnSpec, Kind};
use super::words::{names, text};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct SearchSpec {
    name: String,
    language: &'static str,
    /// The searched columns, the most important first.
    pub(super) columns: Vec<String>,
}

impl Spec {
    /// Adds or drops the search, or changes its columns.
    pub(super) fn change_search(&mut self, random: &mut Random) {
        let name = self.name("search");
        self.with_table(random, move |table, random| {
            let texts = table.columns.iter().filter(|column| is_text(column));
            let mut texts: Vec<_> = texts.map(|column| column.name.clone()).collect();
            texts.truncate(1 + random.below(2));
            let goes = texts.is_empty() || random.one_in(4);
            let before = table.search.take().map(|search| search.name);
            table.search = (!goes).then(|| SearchSpec {
                name: before.unwrap_or_else(|| name.clone()),
                language: if random.one_in(2) {
                    "simple"
                } else {
                    "english"
                },
                columns: texts,
            });
        });
    }
}

pub(super) fn is_text(column: &ColumnSpec) -> bool {
    matches!(
        column.kind,
        Kind::Scalar(ScalarType::Text | ScalarType::Varchar(_))
    )
}

impl SearchSpec {
    pub(super) fn def(&self) -> SearchDef {
        let weights = [Weight::A, Weight::B];
        let parts = names(&self.columns).iter().zip(weights);
        let parts = parts.map(|(column, weight)| SearchPart::new::<String>(column, weight));
        let parts: Vec<_> = parts.collect();
        SearchDef::new(text(&self.name), self.language, parts.leak())
    }
}

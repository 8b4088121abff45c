use std::collections::HashMap;

use super::{Drift, Source, Standing};
use crate::inspect::{Inspected, Unsupported, UnsupportedKind};
use freehold_schema_core::ir::Schema;

fn unsupported(kind: UnsupportedKind, name: &str) -> Unsupported {
    Unsupported {
        kind,
        name: name.to_owned(),
    }
}

fn database(unsupported: &[Unsupported]) -> Source {
    Source::Database(Inspected {
        schema: Schema::default(),
        unsupported: unsupported.to_vec(),
        definitions: HashMap::new(),
        other_namespaces: Vec::new(),
    })
}

fn standings(drift: &Drift) -> Vec<Standing> {
    let all = drift.unmodelled.iter();
    all.map(|unmodelled| unmodelled.standing).collect()
}

#[test]
fn compared_with_a_declared_schema_a_weakened_guarantee_is_a_difference() {
    let off = unsupported(UnsupportedKind::DisabledTrigger, "t.audit");
    let total = unsupported(UnsupportedKind::Aggregate, "total(integer)");
    let declared = Source::Declared(Schema::default());
    let drift = Drift::between(&database(&[total.clone(), off]), &declared);
    assert_eq!(
        standings(&drift),
        [Standing::NotCompared, Standing::Weakens]
    );
    assert!(!drift.is_none(), "a disabled trigger is a difference");
    let accepted = drift.accepting(&["t.audit".to_owned()]);
    assert!(accepted.is_none(), "it was accepted");
    let drift = Drift::between(&database(&[total]), &declared);
    assert!(
        drift.is_none(),
        "what was not compared does not count as different"
    );
}

#[test]
fn what_only_one_of_two_databases_has_is_a_difference() {
    let total = unsupported(UnsupportedKind::Aggregate, "total(integer)");
    let (with, without) = (database(&[total]), database(&[]));
    assert_eq!(
        standings(&Drift::between(&with, &with)),
        [Standing::NotCompared]
    );
    assert_eq!(
        standings(&Drift::between(&with, &without)),
        [Standing::OnlyFirst]
    );
    assert_eq!(
        standings(&Drift::between(&without, &with)),
        [Standing::OnlySecond]
    );
}

#[test]
fn each_kind_has_its_own_words_and_name() {
    let names: Vec<_> = UnsupportedKind::all().map(UnsupportedKind::name).collect();
    let words: Vec<_> = UnsupportedKind::all()
        .map(|kind| kind.to_string())
        .collect();
    for mut all in [names, words] {
        let count = all.len();
        assert!(all.iter().all(|text| !text.is_empty()), "{all:?}");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "two kinds share a text");
    }
}

//! Lists that exist in two places are the same in both.

use std::collections::HashSet;
use std::path::Path;

use freehold_schema_core::model::{AuditDef, RowSecurityDef, ScalarType};
use freehold_schema_core::rules;
use freehold_schema_migrate::plan::HazardKind;

use crate::keys::{self, Allow, HAZARDS, Place, RULES, TYPES, TypeArguments};

const PLACES: &[Place] = &[
    Place::Table,
    Place::Column,
    Place::Index,
    Place::ColumnIndex,
    Place::Unique,
    Place::ForeignKey,
    Place::Partition,
    Place::MonthlyPartitions,
    Place::Policy,
    Place::Trigger,
    Place::Search,
    Place::Volume,
    Place::PrimaryKey,
    Place::Enum,
    Place::Variant,
    Place::Key,
    Place::Domain,
    Place::View,
    Place::ViewColumn,
    Place::Function,
    Place::Procedure,
    Place::Argument,
    Place::Returns,
    Place::Schema,
    Place::Sequence,
    Place::Extension,
    Place::DatabaseRole,
    Place::Grant,
    Place::RowSecurity,
    Place::Audit,
    Place::UpdatedAt,
];

fn allow_of(rule: &rules::Rule) -> Allow {
    match rule.allow {
        rules::Allow::Never => Allow::Never,
        rules::Allow::Table => Allow::Table,
        rules::Allow::Column => Allow::Column,
        rules::Allow::TableOrColumn => Allow::TableOrColumn,
        rules::Allow::View => Allow::View,
        rules::Allow::TableOrView => Allow::TableOrView,
    }
}

#[test]
fn the_derive_and_the_core_know_the_same_rules() {
    let core: Vec<_> = rules::all()
        .map(|rule| (rule.name, allow_of(rule)))
        .collect();
    assert_eq!(RULES, core);
}

#[test]
fn the_derive_and_the_core_know_the_same_hazards() {
    let core: Vec<_> = HazardKind::all()
        .map(|kind| (kind.name(), kind.is_refused()))
        .collect();
    assert_eq!(HAZARDS, core);
}

#[test]
fn no_hazard_has_the_name_of_a_rule() {
    for (hazard, _) in HAZARDS {
        assert!(RULES.iter().all(|(rule, _)| rule != hazard), "{hazard}");
    }
}

#[test]
fn the_derive_and_the_core_have_the_same_defaults() {
    let audit = AuditDef::new().table;
    assert_eq!(RowSecurityDef::new().role, keys::APPLICATION_ROLE);
    assert_eq!(
        (audit.schema, audit.name),
        (Some(keys::AUDIT_TABLE.0), keys::AUDIT_TABLE.1)
    );
}

#[test]
fn every_right_is_a_key_of_a_grant_and_applies_to_some_object() {
    for (word, _) in keys::PRIVILEGES {
        assert!(Place::Grant.key(word).is_some(), "{word}");
        let mut objects = keys::GRANT_OBJECTS.iter();
        assert!(
            objects.any(|(_, object)| object.privileges().contains(word)),
            "{word}"
        );
    }
}

#[test]
fn no_word_is_in_a_place_twice() {
    for place in PLACES {
        let mut seen = HashSet::new();
        for word in place.words() {
            assert!(
                seen.insert(word),
                "`{word}` is in `{}` twice",
                place.written()
            );
        }
    }
}

#[test]
fn every_rule_has_a_page() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules");
    for (rule, _) in RULES {
        let page = pages.join(format!("{rule}.md"));
        assert!(page.is_file(), "{} is missing", page.display());
    }
}

#[test]
fn every_word_is_in_the_reference() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/attributes.md");
    let reference = std::fs::read_to_string(path).expect("the reference is there");
    let words = PLACES
        .iter()
        .flat_map(|place| place.words())
        .chain(keys::METHODS.iter().map(|(word, ..)| *word))
        .chain(keys::GRANT_OBJECTS.iter().map(|(word, _)| *word))
        .chain(keys::ISOLATIONS.iter().map(|(word, _)| *word))
        .chain(keys::POLICY_COMMANDS.iter().map(|(word, _)| *word))
        .chain(keys::TRIGGER_EVENTS.iter().map(|(word, _)| *word))
        .chain(keys::TRIGGER_LEVELS.iter().map(|(word, _)| *word));
    for word in words {
        let is_listed = ["`", "(", ".", "{"].iter().any(|before| {
            reference
                .match_indices(&format!("{before}{word}"))
                .any(|(at, found)| {
                    !reference[at + found.len()..]
                        .starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
        });
        assert!(is_listed, "`{word}` is not in docs/attributes.md");
    }
}

/// `array` is not a scalar type, and `decimal` is another word for `numeric`.
#[test]
fn the_derive_and_the_core_know_the_same_types() {
    let own = TYPES.iter();
    let own = own.filter(|own| own.arguments != TypeArguments::Element && own.word != "decimal");
    let own: HashSet<_> = own
        .map(|own| {
            (
                own.word,
                own.variant.to_owned(),
                own.cast_name().unwrap_or(own.word),
            )
        })
        .collect();
    let core = ScalarType::ALL.iter().map(|scalar| {
        let variant = format!("{scalar:?}");
        let variant = variant.split('(').next().unwrap_or_default().to_owned();
        (scalar.attribute_word(), variant, scalar.word())
    });
    assert_eq!(own, core.collect());
}

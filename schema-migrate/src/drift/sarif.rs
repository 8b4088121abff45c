//! A drift as SARIF 2.1.0, which code scanning reads.

use std::path::Path;

use serde_json::{Value, json};

use super::{Drift, Standing};
use crate::sarif::uri;

/// The rules: name, level and description. A result refers to its rule by the index.
const RULES: [(&str, &str, &str); 7] = [
    (
        "drift/change",
        "error",
        "The schema and the database differ.",
    ),
    (
        "drift/weakened",
        "error",
        "The database weakens a guarantee of the schema.",
    ),
    (
        "drift/stale-rename",
        "warning",
        "A `renamed_from` no longer has an effect.",
    ),
    (
        "drift/not-compared",
        "warning",
        "It is not modelled, so it is not compared.",
    ),
    (
        "drift/not-looked-at",
        "note",
        "A PostgreSQL schema is not inspected.",
    ),
    (
        "drift/not-alike",
        "error",
        "Two databases differ in something that is not modelled.",
    ),
    (
        "drift/unused-name",
        "warning",
        "An accepted name matches nothing.",
    ),
];

/// Returns a SARIF log: a result for each difference, and for each thing that was not compared.
///
/// All results are about `file`, usually the snapshot, since a database is not a file.
pub fn sarif(drift: &Drift, file: &Path) -> Value {
    let file = uri(file);
    let changes = drift
        .diff
        .changes
        .iter()
        .map(|change| (0, change.to_string()));
    let unmodelled = drift.unmodelled.iter().filter_map(|unmodelled| {
        let rule = match unmodelled.standing {
            Standing::Weakens => 1,
            Standing::OnlyFirst | Standing::OnlySecond | Standing::Differs => 5,
            Standing::NotCompared => 3,
            Standing::Same | Standing::Accepted => return None,
        };
        Some((rule, unmodelled.to_string()))
    });
    let stale = drift.diff.stale.iter().map(|stale| (2, stale.to_string()));
    let others = drift
        .other_namespaces
        .iter()
        .map(|name| (4, format!("PostgreSQL schema `{name}` is not inspected")));
    let unused = drift.unused_names.iter();
    let unused = unused.map(|name| (6, format!("the accepted name `{name}` matches nothing")));
    let results = changes.chain(unmodelled).chain(stale);
    let results = results.chain(others).chain(unused);
    let results: Vec<_> = results
        .map(|(rule, text)| result(rule, &text, &file))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "freehold",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": RULES.map(|(id, level, text)| json!({
                    "id": id,
                    "shortDescription": { "text": text },
                    "defaultConfiguration": { "level": level },
                })),
            } },
            "results": results,
        }],
    })
}

fn result(rule: usize, text: &str, file: &str) -> Value {
    let (id, level, _) = RULES.get(rule).copied().unwrap_or_default();
    json!({
        "ruleId": id,
        "ruleIndex": rule,
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": file },
            "region": { "startLine": 1, "startColumn": 1 },
        } }],
    })
}

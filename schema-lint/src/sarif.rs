//! The findings as SARIF 2.1.0, the format of code scanning.

use std::path::Path;

use serde::Serialize;

use super::{Edit, Finding, LintRule, RULES};
use freehold_schema_migrate::sarif::uri;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Text<'a>,
    full_description: Text<'a>,
    help: Text<'a>,
    default_configuration: Configuration<'a>,
}

#[derive(Serialize)]
struct Configuration<'a> {
    level: &'a str,
    enabled: bool,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair<'a>>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair<'a> {
    description: Text<'a>,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: Artifact,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

/// Returns a SARIF 2.1.0 log with one run: every rule, and one result for each finding.
pub fn sarif(findings: &[Finding]) -> String {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "freehold",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: RULES.iter().map(|rule| descriptor(rule)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings.iter().map(outcome).collect(),
        }],
    };
    // Serialising strings and numbers cannot fail.
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn descriptor(rule: &'static LintRule) -> Descriptor<'static> {
    Descriptor {
        id: rule.id,
        name: rule.name,
        short_description: Text { text: rule.summary },
        full_description: Text { text: rule.why },
        help: Text { text: rule.instead },
        default_configuration: Configuration {
            level: rule.severity.word(),
            enabled: !rule.is_opt_in,
        },
    }
}

fn outcome(finding: &Finding) -> Outcome<'_> {
    let rule = finding.rule;
    let mut rules = RULES.iter();
    Outcome {
        rule_id: rule.id,
        rule_index: rules.position(|it| it.id == rule.id).unwrap_or_default(),
        level: rule.severity.word(),
        message: Message {
            text: format!("{}; instead: {}", finding.message, finding.fix.words),
        },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: artifact(&finding.path),
                region: Region {
                    start_line: finding.line,
                    start_column: finding.column,
                    end_line: None,
                    end_column: None,
                },
            },
        }],
        fixes: finding
            .fix
            .edit
            .iter()
            .map(|edit| repair(finding, edit))
            .collect(),
    }
}

fn repair<'a>(finding: &'a Finding, edit: &'a Edit) -> Repair<'a> {
    Repair {
        description: Text {
            text: &finding.fix.words,
        },
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(&finding.path),
            replacements: [Replacement {
                deleted_region: Region {
                    start_line: edit.line,
                    start_column: edit.column,
                    end_line: Some(edit.end_line),
                    end_column: Some(edit.end_column),
                },
                inserted_content: Text { text: &edit.text },
            }],
        }],
    }
}

fn artifact(path: &Path) -> Artifact {
    Artifact { uri: uri(path) }
}

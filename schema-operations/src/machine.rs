//! A report for programs: JSON and SARIF.

use serde_json::{Value, json};

use crate::check::{Check, Finding, NotJudged};
use crate::report::Report;
use crate::severity::Severity;

/// A report as JSON.
pub fn json(report: &Report) -> Value {
    let finding = |finding: &Finding| {
        json!({
            "check": finding.check.id,
            "severity": finding.severity.word(),
            "object": finding.object,
            "message": finding.message,
            "fix": finding.fix,
        })
    };
    let not_judged = |one: &NotJudged| json!({ "check": one.check.id, "why": one.why });
    json!({
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "not_judged": report.not_judged.iter().map(not_judged).collect::<Vec<_>>(),
        "judged": report.judged.iter().map(|check| check.id).collect::<Vec<_>>(),
        "seconds": report.took.as_secs_f64(),
    })
}

/// A report as SARIF 2.1.0, which code scanning reads. `checks` are the rules of the log.
///
/// A finding has the same fingerprint in each run, so that two runs are one alert.
pub fn sarif(report: &Report, checks: &'static [Check]) -> Value {
    let rules = checks.iter().map(|check| {
        json!({
            "id": check.id,
            "shortDescription": { "text": check.finds },
            "fullDescription": { "text": check.why },
            "help": { "text": check.fix },
            "defaultConfiguration": { "level": level(check.severity) },
        })
    });
    let results = report
        .findings
        .iter()
        .map(|finding| result(finding, checks));
    let notifications = report.not_judged.iter().map(|one| {
        json!({
            "level": "note",
            "message": { "text": format!("`{}` is not judged: {}", one.check.id, one.why) },
            "associatedRule": { "id": one.check.id },
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "freehold doctor",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
            }],
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn result(finding: &Finding, checks: &[Check]) -> Value {
    let position = checks.iter().position(|check| check.id == finding.check.id);
    json!({
        "ruleId": finding.check.id,
        "ruleIndex": position,
        "level": level(finding.severity),
        "message": { "text": format!("{}; {}", finding.message, finding.fix) },
        "locations": [{ "logicalLocations": [{ "fullyQualifiedName": finding.object }] }],
        "partialFingerprints": { "checkAndObject/v1": format!("{}:{}", finding.check.id, finding.object) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

//! A report in the text format of Prometheus.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use crate::report::Report;
use crate::severity::Severity;

/// More objects would be too many series.
const MOST_OBJECTS: usize = 100;

type Labels = Vec<(String, String)>;
type Number = Gauge<f64, AtomicU64>;

/// The metrics of a report: counts of findings for each check and severity, which checks were judged, and the findings
/// themselves, at most 100.
///
/// All are gauges, since a run has no memory of earlier ones. `at` is the time of the run.
///
/// # Errors
///
/// If the library cannot write the text.
///
/// ```
/// use freehold_schema_operations::{Report, metrics};
///
/// let text = metrics(&Report::default(), std::time::SystemTime::now())?;
/// assert!(text.contains("freehold_doctor_duration_seconds"));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn metrics(report: &Report, at: SystemTime) -> Result<String, std::fmt::Error> {
    let mut registry = Registry::with_prefix("freehold");
    let findings = Family::<Labels, Number>::default();
    let judged = Family::<Labels, Number>::default();
    let info = Family::<Labels, Number>::default();
    let (duration, last_run) = (Number::default(), Number::default());
    registry.register(
        "findings",
        "Findings of each judged check",
        findings.clone(),
    );
    registry.register(
        "check_judged",
        "Whether the check was judged",
        judged.clone(),
    );
    registry.register("finding_info", "The object of a finding", info.clone());
    registry.register_with_unit(
        "doctor_duration",
        "How long the run took",
        Unit::Seconds,
        duration.clone(),
    );
    let when = "When the run ended, in seconds since 1970";
    registry.register_with_unit(
        "doctor_last_run_timestamp",
        when,
        Unit::Seconds,
        last_run.clone(),
    );
    for ((check, severity), count) in counts(report) {
        let labels = labels(&[("check", check), ("severity", severity.word())]);
        findings.get_or_create(&labels).set(count);
    }
    let all = report.judged.iter().map(|check| (check.id, 1.0));
    let not_judged = report.not_judged.iter().map(|one| (one.check.id, 0.0));
    for (check, is_judged) in all.chain(not_judged) {
        judged
            .get_or_create(&labels(&[("check", check)]))
            .set(is_judged);
    }
    for finding in report.findings.iter().take(MOST_OBJECTS) {
        let labels = labels(&[
            ("check", finding.check.id),
            ("severity", finding.severity.word()),
            ("object", &finding.object),
        ]);
        info.get_or_create(&labels).set(1.0);
    }
    duration.set(report.took.as_secs_f64());
    let since = at.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    last_run.set(since.as_secs_f64());
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

/// A judged check without a finding counts zero, so that the absence of a series is seen.
#[allow(clippy::cast_precision_loss)] // There are few findings.
fn counts(report: &Report) -> BTreeMap<(&'static str, Severity), f64> {
    let of_judged = report
        .judged
        .iter()
        .flat_map(|check| Severity::ALL.map(|severity| (check.id, severity)));
    let mut counts: BTreeMap<_, _> = of_judged.map(|key| (key, 0.0)).collect();
    for finding in &report.findings {
        *counts
            .entry((finding.check.id, finding.severity))
            .or_insert(0.0) += 1.0;
    }
    counts
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

//! As CSV and JSON.

use crate::csv_text::CsvText;
use onus_assess::{Comparison, DutyMove, FindingMove};
use serde_json::{Value, json};

/// A line per control and statement that moves.
///
/// # Errors
/// Never in memory; the error is that of the writer.
pub fn write_csv(comparison: &Comparison) -> Result<String, csv::Error> {
    let mut lines = CsvText::new(["framework", "control", "statement", "from", "to", "title", "because"])?;
    for moved in &comparison.controls {
        lines.line([
            moved.framework.as_str(),
            &moved.control,
            moved.statement.as_deref().unwrap_or_default(),
            moved.from.as_str(),
            moved.to.as_str(),
            &moved.title,
            &moved.because.join(" | "),
        ])?;
    }
    lines.finish()
}

/// Everything that moves, as one object.
pub fn write_json(comparison: &Comparison) -> String {
    let layers = comparison.layers.iter().map(|moved| {
        json!({"service": moved.service, "layer": moved.layer, "from": moved.from, "to": moved.to, "because": moved.because})
    });
    let controls = comparison.controls.iter().map(|moved| {
        json!({
            "framework": moved.framework, "control": moved.control, "statement": moved.statement, "title": moved.title,
            "from": moved.from, "to": moved.to, "because": moved.because,
        })
    });
    let document = json!({
        "services-added": comparison.added,
        "services-removed": comparison.removed,
        "layers": layers.collect::<Vec<_>>(),
        "controls": controls.collect::<Vec<_>>(),
        "newly-unmet": list(&comparison.duties.unmet, duty),
        "newly-met": list(&comparison.duties.met, duty),
        "open-again": list(&comparison.duties.open, duty),
        "findings": {
            "newly-unmet": list(&comparison.findings.unmet, finding),
            "newly-met": list(&comparison.findings.met, finding),
            "open-again": list(&comparison.findings.open, finding),
        },
        "controls-compared": comparison.compared,
    });
    let mut text = serde_json::to_string_pretty(&document).expect("INVARIANT: it holds text and lists");
    text.push('\n');
    text
}

fn list<T>(moved: &[T], object: impl Fn(&T) -> Value) -> Vec<Value> {
    moved.iter().map(object).collect()
}

fn duty(duty: &DutyMove) -> Value {
    json!({
        "service": duty.service, "layer": duty.layer, "responsibility": duty.responsibility,
        "from": duty.from.map(|state| state.as_str()), "to": duty.to.as_str(),
    })
}

fn finding(finding: &FindingMove) -> Value {
    json!({
        "check": finding.check, "title": finding.title, "severity": finding.severity.to_string(),
        "resource": finding.resource, "root": finding.root, "path": finding.path, "line": finding.line,
        "from": finding.from.map(|outcome| outcome.as_str()), "to": finding.to.as_str(),
    })
}

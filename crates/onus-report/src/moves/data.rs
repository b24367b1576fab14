//! As CSV and JSON.

use crate::csv_text::CsvText;
use onus_assess::Comparison;
use serde_json::json;

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
    let unmet = comparison.newly_unmet.iter().map(
        |duty| json!({"service": duty.service, "layer": duty.layer, "responsibility": duty.responsibility}),
    );
    let document = json!({
        "services-added": comparison.added,
        "services-removed": comparison.removed,
        "layers": layers.collect::<Vec<_>>(),
        "controls": controls.collect::<Vec<_>>(),
        "newly-unmet": unmet.collect::<Vec<_>>(),
        "controls-compared": comparison.compared,
    });
    let mut text = serde_json::to_string_pretty(&document).expect("INVARIANT: it holds text and lists");
    text.push('\n');
    text
}

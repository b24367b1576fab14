//! Tasks and records for programs, as they stand in an assessment's JSON.

use crate::json::evidence::{Record, Task, record, task};
use crate::json::to_json;
use jiff::civil::Date;
use onus_assess::Assessment;
use serde::Serialize;

#[derive(Serialize)]
struct Lists<'a> {
    tasks: Vec<Task<'a>>,
    records: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct Records<'a> {
    records: Vec<Record<'a>>,
}

/// The tasks and records of an assessment as JSON.
pub fn write_json(assessment: &Assessment) -> String {
    to_json(&Lists {
        tasks: assessment.tasks.iter().map(|own| task(assessment, own)).collect(),
        records: assessment.records.iter().map(|own| record(own, assessment.date)).collect(),
    })
}

/// Records on a day as JSON.
pub fn write_records_json(records: &[onus_model::Record], today: Date) -> String {
    to_json(&Records { records: records.iter().map(|own| record(own, today)).collect() })
}

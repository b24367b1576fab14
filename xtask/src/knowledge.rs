//! Validates the knowledge and runs its examples, without building the program.

use anyhow::{Result, bail};
use std::path::Path;

pub(crate) fn validate(folder: &Path) -> Result<()> {
    let files = onus_knowledge::read_folder(folder)?;
    let mistakes: Vec<String> = match onus_knowledge::load(&files) {
        Ok(loaded) => {
            let facts = &loaded.knowledge;
            println!(
                "{} services, {} checks, {} frameworks, {} programs",
                facts.services.len(),
                facts.checks.len(),
                facts.frameworks.len(),
                facts.programs.len()
            );
            onus_assess::wrong_examples(&loaded)
        }
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    };
    for mistake in &mistakes {
        println!("{mistake}");
    }
    if !mistakes.is_empty() {
        bail!("{} mistakes", mistakes.len());
    }
    Ok(())
}

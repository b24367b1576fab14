//! `onus who`.

use crate::cli::Who;
use crate::knowledge;
use crate::style::Output;
use anyhow::{Context, Result};
use onus_model::Layer;
use std::process::ExitCode;

pub(crate) fn run(arguments: &Who, output: &Output) -> Result<ExitCode> {
    let knowledge = knowledge::load()?;
    let word = &arguments.service;
    let words = || knowledge.services.iter().flat_map(|service| service.aliases.iter().chain([&service.id]));
    let service = knowledge
        .service(&word.to_lowercase())
        .with_context(|| knowledge::unknown("service", word, words().map(String::as_str), "services"))?;
    let layer = arguments.layer.as_deref().map(read_layer).transpose()?;
    let text = if arguments.json {
        onus_report::who::write_json(service, layer, &knowledge)
    } else {
        onus_report::who::write(service, layer, &knowledge, &output.screen())
    };
    output.print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn read_layer(word: &str) -> Result<Layer> {
    let layers = Layer::ALL.iter().map(|layer| layer.as_str());
    word.to_lowercase()
        .parse::<Layer>()
        .ok()
        .with_context(|| knowledge::unknown("layer", word, layers, "layers"))
}

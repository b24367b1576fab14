//! Programs under which AWS's work is examined: a file each.

use crate::Knowledge;
use crate::error::{KnowledgeError, Mistakes, did_you_mean};
use crate::files::File;
use crate::raw::{self, RawProgram, RawScope, RawSupport};
use jiff::civil::Date;
use onus_model::{
    Layer, Partition, Program, ServiceScope, Support, UnknownLayer, UnknownPartition, Validity,
};
use serde_saphyr::{Location, Spanned};
use std::collections::BTreeMap;

/// The word for every layer in which AWS has a part.
const ALL_LAYERS: &str = "all";

/// Reads the programs of a knowledge folder, in which whatever they name must be there.
pub(crate) fn read_all(
    files: &[&File],
    knowledge: &Knowledge,
    errors: &mut Vec<KnowledgeError>,
) -> Vec<Program> {
    let mut programs = Vec::new();
    for file in files {
        match read(file, knowledge) {
            Ok(read) => {
                errors.extend(read.mistakes);
                errors.extend(read.strangers);
                programs.push(read.program);
            }
            Err(error) => errors.push(error),
        }
    }
    programs.sort_by(|a, b| a.id.cmp(&b.id));
    programs
}

/// Replaces programs by those of a user's folder, or adds them. Such a folder may be newer than this program: a service
/// or framework that is not known here is no mistake but a notice, and so is a list that is older than ours.
///
/// # Errors
/// Every mistake that was found; the knowledge is then as it was.
pub fn replace_programs(
    knowledge: &mut Knowledge,
    files: &[File],
) -> Result<Vec<KnowledgeError>, Vec<KnowledgeError>> {
    let (mut read_ones, mut notices, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for file in files.iter().filter(|file| !file.path.ends_with(".txt")) {
        match read(file, knowledge) {
            Ok(read) => {
                errors.extend(read.mistakes);
                notices.extend(read.strangers);
                notices.extend(older(&read.program, knowledge, &file.path));
                read_ones.push(read.program);
            }
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    for program in read_ones {
        knowledge.programs.retain(|known| known.id != program.id);
        knowledge.programs.push(program);
    }
    knowledge.programs.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(notices)
}

/// The lists that are older than those that they replace.
fn older(program: &Program, knowledge: &Knowledge, path: &str) -> Vec<KnowledgeError> {
    let known = knowledge.program(&program.id);
    let pairs = program.scopes.iter().filter_map(|own| Some((own, known?.scope(own.partition)?)));
    let older = pairs.filter(|(own, ours)| own.as_of < ours.as_of);
    older
        .map(|(own, ours)| KnowledgeError {
            path: path.to_owned(),
            line: 0,
            column: 0,
            message: format!(
                "the services of program `{}` in `{}` are as of {}, older than those that it replaces, of {}",
                program.id, own.partition, own.as_of, ours.as_of
            ),
            help: None,
        })
        .collect()
}

/// A program with what is wrong in its file, and what its file names that is not known here.
struct Read {
    program: Program,
    mistakes: Vec<KnowledgeError>,
    strangers: Vec<KnowledgeError>,
}

fn read(file: &File, knowledge: &Knowledge) -> Result<Read, KnowledgeError> {
    let raw: RawProgram = raw::parse(&file.path, &file.text)?;
    let mut reader =
        Reader { knowledge, mistakes: Mistakes::new(&file.path), strangers: Mistakes::new(&file.path) };
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if name.rsplit_once('.').map(|(stem, _)| stem) != Some(raw.id.value.as_str()) {
        reader.mistakes.at(raw.id.referenced, format!("the id `{}` is not the file's name", raw.id.value));
    }
    let program = reader.program(raw);
    Ok(Read { program, mistakes: reader.mistakes.into_inner(), strangers: reader.strangers.into_inner() })
}

struct Reader<'a> {
    knowledge: &'a Knowledge,
    mistakes: Mistakes<'a>,
    strangers: Mistakes<'a>,
}

impl Reader<'_> {
    fn program(&mut self, raw: RawProgram) -> Program {
        let at = raw.id.referenced;
        for (name, text) in [("name", &raw.name), ("issuer", &raw.issuer)] {
            if text.trim().is_empty() {
                self.mistakes.at(at, format!("a program needs a `{name}`"));
            }
        }
        if raw.sources.is_empty() {
            self.mistakes.at(at, "a program needs `sources`");
        }
        let bridge = raw.bridge.map(|bridge| self.months(&bridge.months));
        Program {
            id: raw.id.value,
            name: raw.name,
            kind: raw.kind,
            issuer: raw.issuer,
            read: raw.read,
            sources: raw.sources,
            validity: Validity { months: self.months(&raw.valid.months), from: raw.valid.from },
            bridge_months: bridge,
            supports: self.support(raw.supports),
            scopes: self.scopes(raw.scopes.0, raw.read),
        }
    }

    fn months(&mut self, months: &Spanned<u16>) -> u16 {
        // Longer than any certificate, and short enough that no date runs out of the calendar.
        if !(1..=120).contains(&months.value) {
            self.mistakes.at(months.referenced, format!("`{}` is not from 1 to 120 months", months.value));
        }
        months.value.min(120)
    }

    fn support(&mut self, raw: Spanned<RawSupport>) -> Support {
        let RawSupport { frameworks, layers } = raw.value;
        if frameworks.is_empty() && layers.is_empty() {
            self.mistakes.at(raw.referenced, "a program supports `frameworks`, or `layers`, or both");
        }
        let known = || self.knowledge.frameworks.iter().map(|framework| framework.id.as_str());
        for id in frameworks.iter().filter(|id| known().all(|known| known != id.value)) {
            let message = format!("there is no framework `{}`", id.value);
            self.strangers.note(id.referenced, message, did_you_mean(&id.value, known()));
        }
        let layers = match layers.as_slice() {
            [word] if word.value == ALL_LAYERS => {
                Layer::ALL.into_iter().filter(|layer| layer.is_of_service()).collect()
            }
            layers => layers.iter().filter_map(|layer| self.layer(layer)).collect(),
        };
        Support { frameworks: frameworks.into_iter().map(|id| id.value).collect(), layers }
    }

    fn layer(&mut self, word: &Spanned<String>) -> Option<Layer> {
        match word.value.parse::<Layer>() {
            Ok(layer) if layer.is_of_service() => return Some(layer),
            Ok(layer) => {
                let message = format!("nothing that AWS does proves `{layer}`: it is the customer's own");
                self.mistakes.at(word.referenced, message);
            }
            Err(UnknownLayer(wrong)) => {
                let words = Layer::ALL.iter().map(|layer| layer.as_str()).chain([ALL_LAYERS]);
                let help = did_you_mean(&wrong, words);
                self.mistakes.note(word.referenced, format!("`{wrong}` is not a layer"), help);
            }
        }
        None
    }

    fn scopes(&mut self, raw: Vec<(String, Spanned<RawScope>)>, read: Date) -> Vec<ServiceScope> {
        let mut scopes: Vec<ServiceScope> = Vec::new();
        for (name, scope) in raw {
            match name.parse::<Partition>() {
                Ok(partition) => scopes.push(self.scope(partition, scope.value, read)),
                Err(UnknownPartition(word)) => {
                    let words = Partition::ALL.iter().map(|partition| partition.as_str());
                    let help = did_you_mean(&word, words);
                    self.mistakes.note(scope.referenced, format!("`{word}` is not a partition"), help);
                }
            }
        }
        scopes
    }

    fn scope(&mut self, partition: Partition, raw: RawScope, read: Date) -> ServiceScope {
        if !raw.source.value.starts_with("https://") {
            self.mistakes.at(raw.source.referenced, format!("`{}` is no page: https://…", raw.source.value));
        }
        if raw.as_of.value > read {
            let message =
                format!("a list as of {} was not there on {read}, when it was read", raw.as_of.value);
            self.mistakes.at(raw.as_of.referenced, message);
        }
        let mut seen: BTreeMap<String, Location> = BTreeMap::new();
        let in_scope = self.services(raw.in_scope, &mut seen);
        let out_of_scope = self.services(raw.out_of_scope, &mut seen);
        ServiceScope { partition, as_of: raw.as_of.value, source: raw.source.value, in_scope, out_of_scope }
    }

    /// Ids of services, in alphabetical order; none may be `seen` before.
    fn services(&mut self, raw: Vec<Spanned<String>>, seen: &mut BTreeMap<String, Location>) -> Vec<String> {
        let mut services = Vec::new();
        for id in raw {
            let at = id.referenced;
            match self.knowledge.service(&id.value) {
                Some(service) if service.id != id.value => {
                    let help = format!("its id is `{}`", service.id);
                    self.mistakes.note(
                        at,
                        format!("`{}` is another word for a service", id.value),
                        Some(help),
                    );
                    continue;
                }
                Some(_) => {}
                None => {
                    let help = did_you_mean(&id.value, self.knowledge.services.iter().map(|s| s.id.as_str()));
                    self.strangers.note(at, format!("there is no service `{}`", id.value), help);
                }
            }
            if let Some(first) = seen.insert(id.value.clone(), at) {
                let message = format!("`{}` stands on line {} already", id.value, first.line());
                self.mistakes.at(at, message);
            } else {
                services.push(id.value);
            }
        }
        services.sort();
        services
    }
}

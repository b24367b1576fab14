//! `onus export`.

use super::matrix;
use crate::cli::{Export, ExportWhat};
use crate::reading::{self, Start};
use crate::style::Output;
use crate::{clock, save};
use anyhow::{Context, Result, bail};
use onus_assess::Assessment;
use onus_oscal::{Document, Notation};
use onus_report::oscal::{self, ExportError, Scope};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) fn run(arguments: &Export, output: &Output) -> Result<ExitCode> {
    if arguments.what == ExportWhat::SharedResponsibility {
        prototype_is_wanted(arguments)?;
    }
    let mut start = reading::start(&arguments.reading)?;
    let framework = framework(start.project().frameworks.as_slice())?;
    let knowledge = start.knowledge();
    let scope = Scope {
        framework: knowledge.framework(&framework).context("the framework was looked up before")?,
        knowledge: &knowledge,
        date: clock::today()?,
        notation: if arguments.yaml { Notation::Yaml } else { Notation::Json },
    };
    let target = Target { path: &arguments.output, scope: &scope };
    start.set_frameworks(vec![framework]);
    match arguments.what {
        ExportWhat::Catalog => target.one(scope.catalog_file(), &oscal::catalog(&scope))?,
        ExportWhat::Profile => target.one(scope.profile_file(), &oscal::profile(&scope))?,
        ExportWhat::Mapping => target.one(mapping_file(&scope), &oscal::mapping(&scope)?)?,
        ExportWhat::ComponentDefinitions => target.components()?,
        what => return of_assessment(what, start, &target, output),
    }
    Ok(ExitCode::SUCCESS)
}

/// A prototype may change or go, so nobody gets one unasked.
fn prototype_is_wanted(arguments: &Export) -> Result<()> {
    if !arguments.experimental {
        bail!("the Shared Responsibility model is a prototype of NIST's that may change: add --experimental");
    }
    if arguments.yaml {
        bail!("the prototype is written as JSON only");
    }
    Ok(())
}

/// The one framework that the documents are about.
fn framework(asked: &[String]) -> Result<String> {
    match asked {
        // The one that all others map to.
        [] => Ok(onus_knowledge::PIVOT.to_owned()),
        [one] => Ok(one.clone()),
        several => {
            bail!("an export is about one framework; name one of {} with --framework", several.join(", "))
        }
    }
}

fn mapping_file(scope: &Scope<'_>) -> String {
    scope.file(&format!("{}-mapping", oscal::token(&scope.catalog().id)))
}

fn of_assessment(
    what: ExportWhat,
    start: Start<'_>,
    target: &Target<'_>,
    output: &Output,
) -> Result<ExitCode> {
    let scope = target.scope;
    let assessment = start.assess(BTreeSet::new())?;
    let code = matrix::code(&[&assessment], output);
    if assessment.summary.services == 0 {
        return Ok(code);
    }
    if what == ExportWhat::All {
        all(&assessment, target, output)?;
    } else if what == ExportWhat::SharedResponsibility {
        let document = oscal::shared_responsibility(&assessment, scope)?;
        let text = serde_json::to_string_pretty(&document)? + "\n";
        target.one_text(scope.file("shared-responsibility"), text)?;
    } else {
        let (stem, document) = document(what, &assessment, scope);
        target.one(scope.file(stem), &document?)?;
    }
    Ok(code)
}

/// A document about an assessment, with the stem of its name.
fn document(
    what: ExportWhat,
    assessment: &Assessment,
    scope: &Scope<'_>,
) -> (&'static str, Result<Document, ExportError>) {
    match what {
        ExportWhat::Leveraged => ("leveraged-ssp", oscal::leveraged(assessment, scope)),
        ExportWhat::AssessmentPlan => ("assessment-plan", Ok(oscal::assessment_plan(assessment, scope))),
        ExportWhat::AssessmentResults => ("assessment-results", oscal::assessment_results(assessment, scope)),
        ExportWhat::Poam => ("poam", oscal::poam(assessment, scope)),
        _ => ("ssp", oscal::ssp(assessment, scope)),
    }
}

/// All that refers to each other, in one folder. A document with nothing to say is left out, and that is said.
fn all(assessment: &Assessment, target: &Target<'_>, output: &Output) -> Result<()> {
    let scope = target.scope;
    target.write(&scope.catalog_file(), &oscal::catalog(scope))?;
    target.write(&scope.profile_file(), &oscal::profile(scope))?;
    if scope.catalog().crosswalk.is_some() {
        target.write(&mapping_file(scope), &oscal::mapping(scope)?)?;
    }
    for what in [
        ExportWhat::Leveraged,
        ExportWhat::Ssp,
        ExportWhat::AssessmentPlan,
        ExportWhat::AssessmentResults,
        ExportWhat::Poam,
    ] {
        match document(what, assessment, scope) {
            (stem, Ok(document)) => target.write(&scope.file(stem), &document)?,
            (_, Err(error)) => output.note(&format!("left out: {error}")),
        }
    }
    Ok(())
}

/// Where documents go.
struct Target<'a> {
    path: &'a Path,
    scope: &'a Scope<'a>,
}

impl Target<'_> {
    /// Writes one document: to the file that was named, or under its own name into a folder.
    fn one(&self, name: String, document: &Document) -> Result<()> {
        self.one_text(name, text(document, self.scope.notation)?)
    }

    fn one_text(&self, name: String, text: String) -> Result<()> {
        let ends_as_folder = self.path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
        if self.path.is_dir() || ends_as_folder {
            return self.write_text(&name, text);
        }
        save(self.path, text)
    }

    /// Writes a document into the folder.
    fn write(&self, name: &str, document: &Document) -> Result<()> {
        self.write_text(name, text(document, self.scope.notation)?)
    }

    fn write_text(&self, name: &str, text: String) -> Result<()> {
        let path: PathBuf = self.path.join(name);
        let folder = path.parent().unwrap_or(self.path);
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        save(&path, text)
    }

    fn components(&self) -> Result<()> {
        for service in &self.scope.knowledge.services {
            let name = self.scope.file(&oscal::component_stem(service));
            let document = oscal::component_definition(self.scope, service);
            // Half of the indented text would be spaces, in hundreds of files.
            let text = match self.scope.notation {
                Notation::Json => serde_json::to_string(&document)? + "\n",
                Notation::Yaml => text(&document, Notation::Yaml)?,
            };
            self.write_text(&name, text)?;
        }
        self.write(&self.scope.file("components"), &oscal::component_index(self.scope))
    }
}

fn text(document: &Document, notation: Notation) -> Result<String> {
    Ok(match notation {
        Notation::Json => onus_oscal::write_json(document),
        Notation::Yaml => onus_oscal::write_yaml(document)?,
    })
}

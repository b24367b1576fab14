//! The page as its template sees it.

use super::chart::{Chart, Fill};
use super::context::Context;
use super::controls::{FrameworkView, frameworks, origination};
use super::escape::cleaned;
use super::filters;
use super::findings::Findings;
use super::overview::Overview;
use super::problems::{Problems, WaiverView, waivers};
use super::services::{Open, ServiceView, open, services};
use onus_assess::Assessment;

const STYLE: &str = include_str!("../../templates/html/style.css");
const SCRIPT: &str =
    concat!(include_str!("../../templates/html/theme.js"), include_str!("../../templates/html/script.js"));

/// The SHA-256 of the script in base64. The page's content policy lets this script run and no other, so that
/// markup which slipped in would still do nothing. A test says what it has to be.
const SCRIPT_HASH: &str = "EyDgMZzyzTn4HCJUPSCAe5t81Bw/rCNc8iFmjmRgn5E=";

/// What the page shows.
pub(crate) struct Page<'a> {
    assessment: &'a Assessment,
}

#[derive(askama::Template)]
#[template(path = "html/page.html")]
struct Template<'a> {
    style: &'static str,
    script: &'static str,
    script_hash: &'static str,
    version: &'static str,
    overview: Overview<'a>,
    chart: Chart<'a>,
    findings: Findings<'a>,
    services: &'a [ServiceView<'a>],
    open: Vec<Open<'a>>,
    frameworks: Vec<FrameworkView<'a>>,
    problems: Problems<'a>,
    waivers: Vec<WaiverView<'a>>,
    context: &'a Context<'a>,
}

impl<'a> Page<'a> {
    pub(crate) const fn new(assessment: &'a Assessment) -> Self {
        Self { assessment }
    }

    pub(crate) fn render(&self) -> askama::Result<String> {
        let context = Context::new(self.assessment);
        let services = services(&context);
        let template = Template {
            style: STYLE,
            script: SCRIPT,
            script_hash: SCRIPT_HASH,
            version: env!("CARGO_PKG_VERSION"),
            overview: Overview::new(&context),
            chart: Chart::new(&context),
            findings: Findings::new(&context),
            open: open(&services),
            services: &services,
            frameworks: frameworks(&context),
            problems: Problems::new(&context),
            waivers: waivers(&context),
            context: &context,
        };
        askama::Template::render(&template).map(cleaned)
    }
}

/// The SHA-256 of a script in base64, as a content policy names it.
#[cfg(test)]
pub(super) fn hash(script: &str) -> String {
    use sha2::{Digest as _, Sha256};
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        let letter = |at: usize| char::from(LETTERS[(bits >> (18 - 6 * at)) as usize & 63]);
        (0..4).map(|at| if at <= chunk.len() { letter(at) } else { '=' }).collect::<String>()
    };
    Sha256::digest(script).chunks(3).map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_policy_lets_this_script_run() {
        assert_eq!(SCRIPT_HASH, hash(SCRIPT), "put the value on the right into SCRIPT_HASH");
    }

    #[test]
    fn style_and_script_cannot_end_their_element() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.contains("</"));
    }
}

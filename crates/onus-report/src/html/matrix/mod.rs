//! The responsibility matrix as a page of its own, in the look of the report.
//!
//! `view` gathers what `templates/html/matrix.html` shows. A family is a table, so that a browser need not lay out those
//! that are out of sight; the script only filters, unfolds and sets the theme.

mod view;

use super::Error;
use super::escape::cleaned;
use super::filters;
use askama::Template as _;
use onus_assess::Assessment;
use onus_model::Convention;
use view::View;

const STYLE: &str = concat!(
    include_str!("../../../templates/html/style.css"),
    include_str!("../../../templates/html/matrix.css")
);
const SCRIPT: &str = concat!(
    include_str!("../../../templates/html/theme.js"),
    include_str!("../../../templates/html/matrix.js")
);

/// As for the report: the page's content policy lets this script run and no other.
const SCRIPT_HASH: &str = "0U64p7ue1Ihg1vCouc41qdbvd8ZA7TSyRbf2FIG1hzY=";

#[derive(askama::Template)]
#[template(path = "html/matrix.html")]
struct Template<'a> {
    style: &'static str,
    script: &'static str,
    script_hash: &'static str,
    version: &'static str,
    view: View<'a>,
}

/// The matrix as text. The same assessment gives the same bytes.
///
/// Without a convention, each framework is told in that of its field.
///
/// # Errors
/// Where the template fails.
pub fn write_matrix(assessment: &Assessment, convention: Option<Convention>) -> Result<String, Error> {
    let template = Template {
        style: STYLE,
        script: SCRIPT,
        script_hash: SCRIPT_HASH,
        version: env!("CARGO_PKG_VERSION"),
        view: View::new(assessment, convention),
    };
    Ok(cleaned(template.render()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_content_policy_lets_this_script_run() {
        assert_eq!(
            SCRIPT_HASH,
            super::super::page::hash(SCRIPT),
            "put the value on the right into SCRIPT_HASH"
        );
    }

    #[test]
    fn style_and_script_cannot_end_their_element() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.contains("</"));
    }

    #[test]
    fn nothing_from_the_input_becomes_markup() {
        let page = |text: &str| {
            let mut assessment = fixture::hostile(text);
            assessment.controls = fixture::web_shop().controls;
            for control in &mut assessment.controls {
                control.title = text.to_owned();
                control.because = vec![text.to_owned()];
                control.statements[0].gist = text.to_owned();
                control.standing.evidence = vec![text.to_owned()];
            }
            write_matrix(&assessment, None).expect("a page")
        };
        let tags = |page: &str| page.matches('<').count();
        let plain = page("plain");
        for text in
            ["</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}<!--", "a\0b"]
        {
            let hostile = page(text);
            assert_eq!(tags(&hostile), tags(&plain), "{text}");
            assert!(!hostile.contains('\0'));
        }
    }

    #[test]
    fn every_control_and_statement_is_there() {
        let assessment = fixture::web_shop();
        let page = write_matrix(&assessment, None).expect("a page");
        for control in &assessment.controls {
            assert!(page.contains(&format!(">{}</code>", control.control)), "{}", control.control);
            assert!(control.statements.iter().all(|statement| page.contains(&statement.id)));
        }
    }
}

//! As Markdown, for a comment on a pull request.

use super::{counted, duty_states, outcomes, party, turned};
use crate::class::word;
use crate::markdown::{Comment, MAX_LENGTH, cell, code, prose};
use onus_assess::{Comparison, ControlMove, DutyMove, FindingMove, LayerMove};

/// What moves, as a comment for a reviewer; `sides` are the words by which the two were named.
///
/// What fails comes first, since a comment has an end. It is never longer than [`MAX_LENGTH`] bytes.
pub fn write_markdown(comparison: &Comparison, sides: [&str; 2]) -> String {
    let [before, after] = sides.map(prose);
    let mut comment = Comment::new(MAX_LENGTH);
    comment.add(&format!("### What moves from {before} to {after}\n\n"));
    if comparison.is_empty() {
        comment.add(&format!(
            "Nothing: all {} controls are whose they were, and every duty stands as it stood.\n",
            comparison.compared
        ));
        return comment.finish();
    }
    comment.add(&headline(comparison));
    duties(&mut comment, "Duties newly unmet", &comparison.duties.unmet);
    findings(&mut comment, "Checks that fail now", &comparison.findings.unmet, true);
    duties(&mut comment, "Duties open again, neither met nor unmet", &comparison.duties.open);
    findings(&mut comment, "Checks not decided any more, or waived", &comparison.findings.open, false);
    duties(&mut comment, "Duties newly met", &comparison.duties.met);
    findings(&mut comment, "Checks that pass now", &comparison.findings.met, false);
    services(&mut comment, comparison);
    controls(&mut comment, &comparison.controls);
    comment.finish()
}

/// The counts: how duties turned out, then what moves between the parties.
fn headline(comparison: &Comparison) -> String {
    let duties = turned(comparison);
    let duties =
        if duties.is_empty() { "Every duty stands as it stood".to_owned() } else { duties.join(", ") };
    let counts = counted(comparison).into_iter().map(|line| format!("- {line}\n"));
    format!("**{duties}.**\n\n{}", counts.collect::<String>())
}

fn duties(comment: &mut Comment, heading: &str, duties: &[DutyMove]) {
    if duties.is_empty() {
        return;
    }
    let rows = duties.iter().map(|duty| {
        let states = duty_states(duty);
        format!("- **{}, {}** ({states}): {}\n", cell(&duty.service), duty.layer, cell(&duty.responsibility))
    });
    comment.rows(&format!("\n#### {heading}\n\n"), rows, "");
}

fn findings(comment: &mut Comment, heading: &str, findings: &[FindingMove], fix: bool) {
    if findings.is_empty() {
        return;
    }
    let rows = findings.iter().map(|finding| {
        let more = if fix { format!("<br>{}", prose(&finding.fix)) } else { String::new() };
        format!(
            "| {} | **{}**{more} | {} | {} | {} |\n",
            finding.severity,
            prose(&finding.title),
            resource(finding),
            code(&format!("{}:{}", finding.path, finding.line)),
            outcomes(finding)
        )
    });
    let table = "| Severity | What | Resource | Where | |\n|:--|:--|:--|:--|:--|\n";
    comment.rows(&format!("\n#### {heading}\n\n{table}"), rows, "");
}

fn resource(finding: &FindingMove) -> String {
    let address = code(&finding.resource);
    match &finding.root {
        Some(root) => format!("{address}<br>of {}", code(root)),
        None => address,
    }
}

fn services(comment: &mut Comment, comparison: &Comparison) {
    let lists = [("New", &comparison.added), ("Gone", &comparison.removed)];
    let named = lists.into_iter().filter(|(_, names)| !names.is_empty()).map(|(what, names)| {
        let names: Vec<String> = names.iter().map(|name| cell(name)).collect();
        format!("- {what}: {}\n", names.join(", "))
    });
    let rows: Vec<String> = named.chain(comparison.layers.iter().map(layer)).collect();
    if !rows.is_empty() {
        comment.rows("\n#### Services and layers\n\n", rows.into_iter(), "");
    }
}

fn layer(moved: &LayerMove) -> String {
    let (from, to) = (party(moved.from), party(moved.to));
    format!("- {}, {}: {from} → {to} ({})\n", cell(&moved.service), moved.layer, cell(&moved.because))
}

fn controls(comment: &mut Comment, controls: &[ControlMove]) {
    if controls.is_empty() {
        return;
    }
    let rows = controls.iter().map(|moved| {
        let id =
            moved.statement.as_ref().map_or_else(|| format!("**{}**", cell(&moved.control)), |id| cell(id));
        format!("| {id} | {} | {} | {} |\n", cell(&moved.title), word(moved.from), word(moved.to))
    });
    let open = "\n<details><summary>Controls and statements that move</summary>\n\n| | What | From | To |\n|---|---|---|---|\n";
    comment.rows(open, rows, "\n</details>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_assess::{FindingOutcome, Turned};
    use onus_check::Severity;

    fn failing(text: &str) -> FindingMove {
        FindingMove {
            check: "check".into(),
            title: text.into(),
            fix: text.into(),
            severity: Severity::High,
            resource: text.into(),
            root: Some(text.into()),
            path: text.into(),
            line: 1,
            from: None,
            to: FindingOutcome::Fail,
        }
    }

    fn of(unmet: Vec<FindingMove>) -> Comparison {
        Comparison { findings: Turned { unmet, ..Turned::default() }, ..Comparison::default() }
    }

    #[test]
    fn a_comment_is_never_longer_than_github_takes_and_says_what_is_missing() {
        let comment = write_markdown(&of(vec![failing("a sentence of some length"); 3_000]), ["a", "b"]);
        assert!(comment.len() <= MAX_LENGTH);
        assert!(comment.contains("more, for which a comment has no room"));
    }

    #[test]
    fn hostile_text_is_no_markup() {
        let text = "</details><script>x</script> | @all #1 [a](b) ![](x)\n# h\x1b";
        let comment = write_markdown(&of(vec![failing(text)]), [text, "b"]);
        assert!(!comment.contains("\n# h") && !comment.contains('\x1b'), "{comment}");
        let row = comment.lines().find(|line| line.starts_with("| high")).unwrap();
        assert_eq!(row.replace("\\|", "").matches('|').count(), 6, "{row}");
        let outside_code: String = comment.split('`').step_by(2).collect();
        assert!(!outside_code.contains("<script") && !outside_code.contains("@all"), "{outside_code}");
    }
}

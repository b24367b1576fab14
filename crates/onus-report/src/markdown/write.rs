//! Puts the comment together, within its length.

use super::comment::Comment;
use super::escape::{code, prose};
use super::{Options, chart};
use crate::Show;
use crate::facts::{self, counted, standing};
use crate::sarif::encode_path;
use onus_assess::{Assessment, DutyState, Finding, FindingOutcome, WaiverStatus};
use onus_model::Problem;

/// The assessment as Markdown, of at most [`Options::max_length`] bytes.
pub fn write(assessment: &Assessment, options: &Options) -> String {
    let mut comment = Comment::new(options.max_length);
    comment.add(&headline(assessment));
    if chart::table(assessment).is_some_and(|chart| !comment.add(&chart)) {
        comment.add("\n*The chart has too many services for a comment.*\n");
    }
    findings(&mut comment, assessment, options, FindingOutcome::Fail);
    findings(&mut comment, assessment, options, FindingOutcome::Undetermined);
    if options.show == Show::All {
        findings(&mut comment, assessment, options, FindingOutcome::Waived);
        findings(&mut comment, assessment, options, FindingOutcome::Pass);
    }
    fixes(&mut comment, assessment, options);
    waivers(&mut comment, assessment);
    problems(&mut comment, assessment);
    comment.finish()
}

fn headline(assessment: &Assessment) -> String {
    let summary = &assessment.summary;
    let mut out = format!("## {}: whose duty, and is it met?\n\n", prose(&assessment.system));
    if summary.aws == 0 && summary.customer == 0 {
        return out + "Nothing that runs on AWS was found, so there is no duty to show.\n";
    }
    let duties = if summary.aws == 1 { "duty" } else { "duties" };
    let verb = if summary.customer == 1 { "is" } else { "are" };
    let standing = standing(assessment).into_iter().map(|(number, state, words)| match state {
        DutyState::NotMet => format!("**{number} {words}**"),
        _ => format!("{number} {words}"),
    });
    let standing: Vec<_> = standing.collect();
    out.push_str(&format!("AWS carries {} {duties}. **{} {verb} yours**: ", summary.aws, summary.customer));
    out.push_str(&format!("{}.\n\n", standing.join(", ")));
    out
}

fn listed<'a>(assessment: &'a Assessment, options: &Options, outcome: FindingOutcome) -> Vec<&'a Finding> {
    let listed = assessment.findings.iter().filter(|finding| options.show.lists(finding));
    listed.filter(|finding| finding.outcome == outcome).collect()
}

fn findings(comment: &mut Comment, assessment: &Assessment, options: &Options, outcome: FindingOutcome) {
    let listed = listed(assessment, options, outcome);
    if listed.is_empty() {
        return;
    }
    let (heading, folded) = match outcome {
        FindingOutcome::Fail => ("Not met, most severe first", false),
        FindingOutcome::Undetermined => ("Not decided", false),
        FindingOutcome::Waived => ("Waived", true),
        FindingOutcome::Pass => ("Met", true),
    };
    let table = "| Severity | What | Resource | Where |\n|:--|:--|:--|:--|\n";
    let rows = listed.iter().map(|finding| row(assessment, options, finding));
    if folded {
        let open = format!(
            "\n<details><summary>{heading}: {}</summary>\n\n{table}",
            counted(listed.len(), "finding")
        );
        comment.rows(&open, rows, "\n</details>\n");
    } else {
        comment.rows(&format!("\n### {heading}\n\n{table}"), rows, "");
    }
}

fn row(assessment: &Assessment, options: &Options, finding: &Finding) -> String {
    let check = facts::check(assessment, finding);
    let title = check.map_or_else(|| code(&finding.check), |check| prose(&check.title));
    // Of what is not met the title says what, and the remedy is what a reader wants next.
    let more = match (finding.outcome, check) {
        (FindingOutcome::Fail, Some(check)) => &check.fix,
        _ => &finding.message,
    };
    let what = format!("**{title}**<br>{}", prose(more));
    let address = code(facts::address(assessment, finding.resource));
    let address = match facts::root(assessment, finding.resource) {
        Some(root) => format!("{address}<br>of {}", code(root)),
        None => address,
    };
    format!("| {} | {what} | {address} | {} |\n", finding.severity, place(assessment, options, finding))
}

/// A link to the line: `` [`path:line`](path#Lline) ``; with another to the argument, where the value is written elsewhere.
fn place(assessment: &Assessment, options: &Options, finding: &Finding) -> String {
    let link = |span| {
        let at = facts::location(assessment, span)?;
        let text = code(&format!("{}:{}", at.path, at.line)).replace(['[', ']'], "");
        Some(format!("[{text}]({}{}#L{})", options.link_base, encode_path(at.path), at.line))
    };
    let Some(place) = link(finding.span) else { return String::new() };
    match facts::argument(assessment, finding).and_then(link) {
        Some(argument) => format!("{place}<br>used at {argument}"),
        None => place,
    }
}

/// Why it matters and how to fix it, once per check.
fn fixes(comment: &mut Comment, assessment: &Assessment, options: &Options) {
    let groups = facts::groups(assessment, FindingOutcome::Fail, options.show == Show::All);
    if groups.is_empty() {
        return;
    }
    let details = groups
        .iter()
        .map(|group| group.findings.first().map_or_else(String::new, |first| detail(assessment, first)));
    comment.rows(
        "\n<details><summary>Why these are yours, and how to fix them</summary>\n\n",
        details,
        "\n</details>\n",
    );
}

fn detail(assessment: &Assessment, finding: &Finding) -> String {
    let Some(check) = facts::check(assessment, finding) else { return String::new() };
    let controls = check.security_hub.iter().map(ToString::to_string);
    let ids: Vec<_> = std::iter::once(check.id.clone()).chain(controls).map(|id| code(&id)).collect();
    let mut out = format!("- **{}** ({})\n", prose(&check.title), ids.join(", "));
    if let Some((heading, duty)) = facts::duty(assessment, finding) {
        let layer = prose(facts::layer_title(assessment, finding.layer));
        out.push_str(&format!("  - Yours: {layer} on {}: {}\n", prose(heading), prose(&duty.because)));
    }
    out + &format!("  - Why: {}\n  - Fix: {}\n", prose(&check.why), prose(&check.fix))
}

fn waivers(comment: &mut Comment, assessment: &Assessment) {
    let idle: Vec<_> = assessment.waivers.iter().filter(|waiver| facts::asks_for_attention(waiver)).collect();
    if idle.is_empty() {
        return;
    }
    let rows = idle.iter().map(|waiver| {
        let what = match waiver.status {
            WaiverStatus::Expired => "has expired",
            WaiverStatus::Unmatched => "matches no finding",
            WaiverStatus::NoCounterpart => "names another tool's rule without counterpart here",
            WaiverStatus::OtherQuestion => "asks something else than the checks here",
            WaiverStatus::Invalid => "is not valid",
            WaiverStatus::Applied(_) => "applies",
        };
        let open = waiver
            .open
            .iter()
            .map(|open| format!("  - {} stays open. {}\n", code(&open.check), prose(&open.because)));
        format!("- {} {what} ({})\n", code(&waiver.rule), code(&waiver.source)) + &open.collect::<String>()
    });
    let head = format!("\n<details><summary>{}</summary>\n\n", facts::waivers_heading(&idle));
    comment.rows(&head, rows, "\n</details>\n");
}

fn problems(comment: &mut Comment, assessment: &Assessment) {
    let (errors, notices): (Vec<_>, Vec<_>) =
        assessment.problems.iter().partition(|problem| problem.kind.is_error());
    if !errors.is_empty() {
        comment.rows(
            "\n### Problems of the input\n\n",
            errors.iter().map(|found| problem(assessment, found)),
            "",
        );
    }
    if !notices.is_empty() {
        let open = format!("\n<details><summary>{}</summary>\n\n", counted(notices.len(), "notice"));
        comment.rows(&open, notices.iter().map(|found| problem(assessment, found)), "\n</details>\n");
    }
}

fn problem(assessment: &Assessment, problem: &Problem) -> String {
    let place = match facts::place(assessment, &problem.place) {
        Some((path, Some((line, _)))) => format!(" in {}", code(&format!("{path}:{line}"))),
        Some((path, None)) => format!(" in {}", code(path)),
        None => String::new(),
    };
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!(" ({})", prose(help)));
    format!("- {}{place}{help}\n", prose(&problem.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{hostile, many_findings, many_services, web_shop};

    #[test]
    fn the_web_shop() {
        insta::assert_snapshot!(write(&web_shop(), &Options::default()));
    }

    #[test]
    fn a_comment_is_never_longer_than_github_takes_and_says_what_is_missing() {
        let comment = write(&many_findings(3_000), &Options::default());
        assert!(comment.len() <= super::super::MAX_LENGTH);
        assert!(comment.contains("more, for which a comment has no room"));
        assert_eq!(comment.matches("<details").count(), comment.matches("</details>").count());
        let comment = write(&many_services(2_000), &Options::default());
        assert!(comment.len() <= super::super::MAX_LENGTH);
        assert!(comment.contains("too many services"));
    }

    #[test]
    fn links_lead_to_the_line() {
        let options = Options { link_base: "https://example.com/blob/main/".into(), ..Options::default() };
        let comment = write(&web_shop(), &options);
        assert!(
            comment.contains("[`infra/data.yaml:5`](https://example.com/blob/main/infra/data.yaml#L5)"),
            "{comment}"
        );
    }

    #[test]
    fn hostile_text_is_no_markup() {
        let text = "</details><script>x</script> | @all #1 [a](b) ``` ![](x)\n# h\x1b";
        let comment = write(&hostile(text), &Options { show: Show::All, ..Options::default() });
        let outside_code = without_code(&comment);
        assert!(!outside_code.contains("<script"), "{outside_code}");
        assert!(!outside_code.contains("@all"), "{outside_code}");
        assert!(!comment.contains("\n# h") && !comment.contains('\x1b'));
        assert_eq!(outside_code.matches("<details").count(), outside_code.matches("</details>").count());
        for row in comment.lines().filter(|line| line.starts_with("| low") || line.starts_with("| high")) {
            assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
        }
    }

    /// Drops what stands in code spans, each ended by as many backticks as it was begun with.
    fn without_code(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('`') {
            if rest[..at].ends_with('\\') {
                out.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            }
            out.push_str(&rest[..at]);
            let fence: String = rest[at..].chars().take_while(|char| *char == '`').collect();
            let after = &rest[at + fence.len()..];
            rest = after.split_once(fence.as_str()).map_or("", |(_, after)| after);
        }
        out + rest
    }
}

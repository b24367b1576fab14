//! Text in the drawing has to fit without being measured by a browser: widths are estimated, generously.

/// The width of a text in pixels at a font size, for a wide sans-serif face.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

const fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ':' | ';' | '!' => 0.34,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' | 'I' => 0.44,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.98,
        'A'..='Z' | '&' => 0.74,
        'a'..='z' | '0'..='9' => 0.64,
        // Letters of other scripts may be as wide as they are high.
        _ => 1.0,
    }
}

/// A text in at most `lines` lines, each no wider than `room`; what does not fit is elided.
pub(crate) fn wrap(text: &str, room: f64, size: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = out.len() >= lines;
        match out.last_mut() {
            // Once the lines are used up, the last one takes the rest, to be elided.
            Some(line) if full || width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out.iter().map(|line| shorten(line, room, size)).collect()
}

/// A text no wider than `room`, its end elided where it is.
pub(crate) fn shorten(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = width("…", size);
    for character in text.chars() {
        used += advance(character) * size;
        if used > room {
            break;
        }
        out.push(character);
    }
    out.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_takes_the_lines_it_needs_and_no_more() {
        assert_eq!(wrap("RDS", 80.0, 12.5, 2), ["RDS"]);
        assert_eq!(wrap("ECS on Fargate", 80.0, 12.5, 2), ["ECS on", "Fargate"]);
        assert_eq!(wrap("ECS on Fargate", 200.0, 12.5, 2), ["ECS on Fargate"]);
        assert_eq!(wrap("", 200.0, 12.5, 2), [""; 0]);
    }

    #[test]
    fn what_does_not_fit_is_elided() {
        for text in ["x".repeat(10_000), "many words ".repeat(1_000)] {
            let lines = wrap(&text, 80.0, 12.5, 2);
            assert!(lines.len() <= 2);
            assert!(lines.iter().all(|line| width(line, 12.5) <= 80.0), "{lines:?}");
            assert!(lines.last().is_some_and(|line| line.ends_with('…')));
        }
    }
}

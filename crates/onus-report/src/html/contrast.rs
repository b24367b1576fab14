//! The colours of the style sheet, held to WCAG's contrast: a test, no code of the page.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../templates/html/style.css");

/// The colours by name, each for the light and the dark scheme.
fn colours() -> BTreeMap<&'static str, [f64; 2]> {
    let (_, rest) = STYLE.split_once(":root{").expect("variables");
    let (variables, _) = rest.split_once('}').expect("an end");
    variables
        .split(';')
        .filter_map(|variable| {
            let (name, value) = variable.trim().strip_prefix("--")?.split_once(":light-dark(")?;
            let (light, dark) = value.trim_end_matches(')').split_once(',')?;
            Some((name, [luminance(light), luminance(dark)]))
        })
        .collect()
}

/// WCAG's relative luminance of `#rgb` or `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let double: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
    let digits = if digits.len() == 3 { &double } else { digits };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_has_a_contrast_of_four_and_a_half() {
    let colours = colours();
    for ground in ["bg", "card", "src"] {
        for ink in ["fg", "mut", "you", "aws", "bad", "ok", "link"] {
            for scheme in [0, 1] {
                let ratio = contrast(colours[ink][scheme], colours[ground][scheme]);
                assert!(ratio >= 4.5, "{ink} on {ground}, scheme {scheme}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn marks_have_a_contrast_of_three() {
    let colours = colours();
    for scheme in [0, 1] {
        assert!(contrast(1.0, colours["c"][scheme]) >= 3.0);
        assert!(contrast(1.0, colours["red"][scheme]) >= 3.0);
        assert!(contrast(colours["fg"][scheme], colours["bg"][scheme]) >= 12.0);
    }
}

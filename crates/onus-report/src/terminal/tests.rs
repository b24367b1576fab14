//! The terminal's snapshots, and its laws: widths, clean text, colours that change no character.

use super::{Options, write};
use crate::fixture::{hostile, many_services, web_shop};
use crate::text::assert_fits;
use crate::{Screen, Show};
use proptest::prelude::*;

fn on(width: usize, color: bool, ascii: bool) -> Options {
    Options { screen: Screen { width, color, ascii }, ..Options::default() }
}

#[test]
fn the_web_shop_at_80_columns() {
    insta::assert_snapshot!(write(&web_shop(), &Options::default()));
}

#[test]
fn the_web_shop_in_full_in_ascii_at_100_columns() {
    let options = Options {
        screen: Screen { width: 100, ascii: true, color: false },
        show: Show::All,
        ..Options::default()
    };
    insta::assert_snapshot!(write(&web_shop(), &options));
}

#[test]
fn many_services_in_several_blocks() {
    let report = write(&many_services(23), &Options::default());
    let chart = report.split("Next").next().unwrap();
    insta::assert_snapshot!(chart);
}

#[test]
fn nothing_at_all() {
    let empty = crate::fixture::Builder::new("empty").build();
    insta::assert_snapshot!(write(&empty, &Options::default()), @r"
    empty
    Assessed 2026-11-22 from infra · 0 services · 0 resources

    Nothing that runs on AWS was found, so there is no duty to show.
    ");
}

#[test]
fn colours_change_no_character() {
    let assessment = web_shop();
    for ascii in [false, true] {
        let plain = write(&assessment, &on(80, false, ascii));
        let colored = write(&assessment, &on(80, true, ascii));
        assert!(colored.contains("\x1b[38;5;27m"));
        assert_eq!(without_escapes(&colored), plain);
        assert_eq!(plain.is_ascii(), ascii);
    }
}

#[test]
fn what_the_input_says_cannot_reach_the_terminal() {
    let report = write(
        &hostile("\x1b]0;title\x07\x1b[2J\u{202e}\u{9b}31m\n\r"),
        &Options { show: Show::All, ..Options::default() },
    );
    assert!(report.contains("␛]0;title␇␛[2J"), "{report}");
    assert_fits(&report, 80);
}

/// The text without what `anstyle` writes: `ESC [ … m`.
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |out, part| out + part.split_once('m').map_or("", |(_, rest)| rest))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_line_is_wider_than_the_terminal_and_none_holds_a_control_character(
        text in any::<String>(), wide in "[日本語界 é\u{1f600}\t]{0,60}", width in 40usize..200, ascii: bool, all: bool,
    ) {
        let show = if all { Show::All } else { Show::Open };
        for text in [&text, &wide] {
            let options = Options { show, ..on(width, false, ascii) };
            let report = write(&hostile(text), &options);
            assert_fits(&report, width);
            let colored = write(&hostile(text), &Options { show, ..on(width, true, ascii) });
            prop_assert_eq!(without_escapes(&colored), report);
        }
    }

    #[test]
    fn the_chart_fits_any_number_of_services(number in 1usize..60, width in 40usize..160) {
        let report = write(&many_services(number), &on(width, false, false));
        assert_fits(&report, width);
    }
}

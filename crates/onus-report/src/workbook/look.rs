//! Colours and fonts: the few formats that cells have.

use super::model::{Group, Kind, Row, Tone};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// Text on white and on every ground below has a contrast of at least 4.5.
const INK: Color = Color::RGB(0x0F_172A);
const LINE: Color = Color::RGB(0xCB_D5E1);
const LINK: Color = Color::RGB(0x1D_4ED8);
const SHADE: Color = Color::RGB(0xF5_F7FA);
/// Everywhere at hand, or in a font of the same measures.
const FONT: &str = "Arial";
const FONT_SIZE: f64 = 9.0;

/// The formats of cells, by what a cell is and where it stands.
pub(super) struct Look {
    cells: Vec<Format>,
}

impl Look {
    pub(super) fn new() -> Self {
        let cells = (0..32).map(cell);
        Self { cells: cells.collect() }
    }

    /// The format of a cell in a row.
    pub(super) fn of(&self, kind: Kind, row: &Row<'_>, bold: bool, link: bool) -> &Format {
        let bits = [kind == Kind::Mark, row.head, row.shaded, bold, link];
        &self.cells[bits.iter().enumerate().map(|(at, bit)| usize::from(*bit) << at).sum::<usize>()]
    }
}

/// A bit each: a mark, set off, shaded, bold, a link.
fn cell(bits: usize) -> Format {
    let mut format = base().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(LINE);
    if bits & 1 > 0 {
        format = format.set_align(FormatAlign::Center);
    }
    if bits & 2 > 0 {
        format = format.set_border_top(FormatBorder::Thin).set_border_top_color(LINE);
    }
    if bits & 4 > 0 {
        format = format.set_background_color(SHADE);
    }
    if bits & 8 > 0 {
        format = format.set_bold();
    }
    if bits & 16 > 0 {
        format = format.set_font_color(LINK).set_underline(FormatUnderline::Single);
    }
    format
}

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(FONT_SIZE).set_font_color(INK)
}

fn base() -> Format {
    plain().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left)
}

/// The line above the headings.
pub(super) fn note() -> Format {
    plain().set_italic().set_align(FormatAlign::VerticalCenter)
}

/// A heading.
pub(super) fn heading(group: Group, mark: bool) -> Format {
    let ground = match group {
        Group::Plain => 0x1E_293B,
        Group::Implementation => 0x14_532D,
        Group::Origination => 0x1E_3A8A,
    };
    let format = base()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(ground))
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE);
    if mark { format.set_align(FormatAlign::Center) } else { format }
}

/// What a tone adds to a cell.
pub(super) fn tone(tone: Tone) -> Format {
    let (ground, ink) = match tone {
        Tone::Aws => (0xFE_EFC7, 0x7A_3B02),
        Tone::Customer => (0xDB_E8FF, 0x1E_3A8A),
        Tone::Both => (0xEB_E2FB, 0x4C_1D95),
        Tone::Good => (0xD9_F2E1, 0x14_532D),
        Tone::Open => (0xFE_F6C8, 0x71_3F12),
        Tone::Bad => (0xFD_DCDC, 0x8F_1616),
        Tone::Quiet => (0xEC_EFF3, 0x47_5569),
        Tone::CustomerBad => (0xDB_E8FF, 0xA3_0F0F),
        Tone::BothBad => (0xEB_E2FB, 0xA3_0F0F),
    };
    let format = Format::new().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(ink));
    if matches!(tone, Tone::CustomerBad | Tone::BothBad) { format.set_bold() } else { format }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_format_of_its_own() {
        let look = Look::new();
        let mut seen: Vec<Format> = Vec::new();
        for kind in [Kind::Words, Kind::Mark] {
            for bits in 0..16 {
                let row = Row { head: bits & 1 > 0, shaded: bits & 2 > 0, ..Row::default() };
                let format = look.of(kind, &row, bits & 4 > 0, bits & 8 > 0).clone();
                assert!(!seen.contains(&format));
                seen.push(format);
            }
        }
    }
}

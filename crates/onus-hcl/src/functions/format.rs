//! `format` and `formatlist`.
//!
//! A verb is `%`, flags (`+`, `-`, `#`, `0`, space), a width, a precision, the number of an argument in brackets, and a
//! letter. What is written for a number is what Go's `fmt` writes for one of 512 bits.

use super::strings::{bounded, writable};
use super::{Host, Outcome, collect};
use crate::convert::{number_of, text_of, truth_of};
use crate::pieces::Pieced;
use crate::value::Unknown;
use crate::{Number, Type, Val, to_json};
use bigdecimal::num_bigint::{BigInt, Sign};
use std::fmt::Write as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// A width or precision is at most this: what is padded further is not meant to be read.
const MAX_WIDTH: usize = 4096;

/// `formatlist` makes at most this many texts.
const MAX_ROWS: usize = 100_000;

pub(super) fn format(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let sensitive = arguments.iter().any(Val::has_sensitive);
    if arguments[0].is_null() {
        return Err("argument 1 of `format` is null".to_owned());
    }
    if arguments[0].as_unknown().is_some() {
        return Ok(open(arguments).marked(sensitive));
    }
    Ok(filled(&text_of(&arguments[0])?, &arguments[1..])?.marked(sensitive))
}

/// One text. Where an argument is not known Terraform looks at nothing else, so that nothing is refused then.
fn filled(pattern: &str, arguments: &[Val]) -> Outcome {
    match written(pattern, arguments) {
        Err(_) if arguments.iter().any(Val::has_unknown) => Ok(open(arguments)),
        made => made,
    }
}

pub(super) fn formatlist(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let pattern = text_of(&arguments[0])?;
    let mut rows = None;
    for list in arguments[1..].iter().filter_map(Val::elements) {
        if *rows.get_or_insert(list.len()) != list.len() {
            return Err("the lists are not of one length".to_owned());
        }
    }
    let rows = rows.unwrap_or(1);
    if rows > MAX_ROWS {
        return Err(format!("more than {MAX_ROWS} texts"));
    }
    let (mut made, mut length) = (Vec::new(), 0_usize);
    for row in 0..rows {
        let cell =
            |argument: &Val| argument.elements().map_or_else(|| argument.clone(), |list| list[row].clone());
        let cells: Vec<Val> = arguments[1..].iter().map(cell).collect();
        let text = filled(&pattern, &cells)?;
        length += text.as_str().map_or(0, str::len);
        bounded(length)?;
        made.push(text);
    }
    Ok(Val::list(made))
}

fn open(arguments: &[Val]) -> Val {
    let mut all = Vec::new();
    arguments.iter().for_each(|argument| collect(argument, &mut all));
    Val::unknown(Unknown::of(all, true).typed(Type::String))
}

fn written(pattern: &str, arguments: &[Val]) -> Outcome {
    let (mut made, mut pieces, mut is_open) = (String::new(), Pieced::default(), false);
    let (mut rest, mut next, mut used) = (pattern, 0, 0);
    while let Some(at) = rest.find('%') {
        made.push_str(&rest[..at]);
        let from = rest;
        let (verb, behind) = Verb::read(&rest[at + 1..])?;
        rest = behind;
        if verb.letter == '%' && at + 2 + behind.len() == from.len() {
            made.push('%');
            continue;
        }
        let index = verb.argument.map_or(Some(next), |number| number.checked_sub(1));
        let argument = index.and_then(|index| Some((index, arguments.get(index)?)));
        let (index, argument) =
            argument.ok_or_else(|| format!("there is no argument for `%{}`", verb.letter))?;
        next = index + 1;
        used = used.max(next);
        if argument.has_unknown() {
            is_open = true;
            pieces.known(&std::mem::take(&mut made));
            pieces.open(&if verb.is_plain() {
                argument.clone()
            } else {
                open(std::slice::from_ref(argument))
            });
        } else {
            verb.write(argument, &mut made)?;
        }
        bounded(made.len())?;
    }
    if used < arguments.len() {
        return Err(format!("only {used} of {} arguments are used", arguments.len()));
    }
    made.push_str(rest);
    bounded(made.len())?;
    if !is_open {
        return Ok(Val::string(made));
    }
    pieces.known(&made);
    let whole = open(arguments);
    let unknown = whole.as_unknown().cloned().unwrap_or_else(|| Unknown::present("not known"));
    Ok(Val::unknown(Unknown { pieces: pieces.finish(), ..unknown }))
}

#[derive(Default)]
struct Verb {
    plus: bool,
    minus: bool,
    sharp: bool,
    zero: bool,
    space: bool,
    argument: Option<usize>,
    width: usize,
    precision: Option<usize>,
    letter: char,
}

impl Verb {
    /// Reads what follows `%`; with it comes what is behind the verb.
    fn read(text: &str) -> Result<(Self, &str), String> {
        let mut verb = Self::default();
        let flags = text.len() - text.trim_start_matches(['+', '-', '#', '0', ' ']).len();
        for flag in text[..flags].chars() {
            match flag {
                '+' => verb.plus = true,
                '-' => verb.minus = true,
                '#' => verb.sharp = true,
                '0' => verb.zero = true,
                _ => verb.space = true,
            }
        }
        let mut rest = &text[flags..];
        let (width, behind) = count(rest)?;
        verb.width = width.unwrap_or(0);
        rest = behind;
        if let Some(behind) = rest.strip_prefix('.') {
            let (precision, behind) = count(behind)?;
            verb.precision = Some(precision.unwrap_or(0));
            rest = behind;
        }
        if let Some(inner) = rest.strip_prefix('[') {
            let (number, behind) = count(inner)?;
            rest = behind.strip_prefix(']').ok_or("an argument's number ends with `]`")?;
            verb.argument = Some(number.ok_or("brackets hold an argument's number")?);
        }
        verb.letter = rest.chars().next().ok_or("a verb ends with a letter")?;
        rest = &rest[verb.letter.len_utf8()..];
        Ok((verb, rest))
    }

    /// Whether it writes a text as it is.
    fn is_plain(&self) -> bool {
        matches!(self.letter, 's' | 'v') && self.width == 0 && self.precision.is_none() && !self.sharp
    }

    fn write(&self, argument: &Val, into: &mut String) -> Result<(), String> {
        if argument.is_null() && self.letter != 'v' {
            return Err(format!("`%{}` takes no null", self.letter));
        }
        let text = match self.letter {
            'v' => self.padded(&self.plain(argument)?),
            's' => self.padded(&self.cut(&text_of(argument)?)),
            'q' => self.padded(&to_json(&Val::string(self.cut(&text_of(argument)?)))?),
            't' => truth_of(argument)?.to_string(),
            'd' | 'b' | 'o' | 'x' | 'X' => self.integer(&number_of(argument)?)?,
            'e' | 'E' | 'f' | 'g' | 'G' => self.float(&number_of(argument)?),
            other => return Err(format!("there is no verb `%{other}`")),
        };
        into.push_str(&text);
        Ok(())
    }

    fn plain(&self, argument: &Val) -> Result<String, String> {
        if let Some(text) = argument.as_str()
            && !self.sharp
        {
            return Ok(text.to_owned());
        }
        match &argument.data {
            crate::Data::Number(number) if !self.sharp => Ok(general(number, None)),
            _ => {
                writable(argument)?;
                to_json(argument)
            }
        }
    }

    /// The text's first so many characters, as a reader counts them.
    fn cut(&self, text: &str) -> String {
        match self.precision {
            Some(most) => text.graphemes(true).take(most).collect(),
            None => text.to_owned(),
        }
    }

    fn padded(&self, text: &str) -> String {
        let missing = self.width.saturating_sub(text.graphemes(true).count());
        match (self.minus, self.zero) {
            (true, _) => format!("{text}{}", " ".repeat(missing)),
            (false, true) => format!("{}{text}", "0".repeat(missing)),
            (false, false) => format!("{}{text}", " ".repeat(missing)),
        }
    }

    fn sign(&self, is_negative: bool) -> &'static str {
        match (is_negative, self.plus, self.space) {
            (true, ..) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            (false, false, false) => "",
        }
    }

    fn integer(&self, number: &Number) -> Result<String, String> {
        let number = number.as_big().ok_or("a whole number is required")?;
        let (radix, prefix) = match self.letter {
            'b' => (2, "0b"),
            'o' => (8, "0"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = number.magnitude().to_str_radix(radix);
        if self.letter == 'X' {
            digits.make_ascii_uppercase();
        }
        if let Some(precision) = self.precision {
            if precision == 0 && number.sign() == Sign::NoSign {
                return Ok(" ".repeat(self.width));
            }
            digits = format!("{}{digits}", "0".repeat(precision.saturating_sub(digits.len())));
        }
        let sign = self.sign(number.sign() == Sign::Minus);
        let prefix = if self.sharp { prefix } else { "" };
        Ok(self.signed(&format!("{sign}{prefix}"), &digits, self.precision.is_none()))
    }

    fn float(&self, number: &Number) -> String {
        let size = number.abs();
        let mut text = match self.letter {
            'f' => fixed(&size, self.precision.unwrap_or(6)),
            'e' | 'E' => Decimal::of(&size)
                .rounded_to(self.precision.unwrap_or(6) + 1, &size)
                .exponential(self.precision.or(Some(6))),
            _ => general(&size, self.precision),
        };
        if self.letter.is_ascii_uppercase() {
            text.make_ascii_uppercase();
        }
        self.signed(self.sign(number.signum() < 0), &text, true)
    }

    /// A number in its width: zeros come behind the sign.
    fn signed(&self, sign: &str, digits: &str, may_have_zeros: bool) -> String {
        let missing = self.width.saturating_sub(sign.len() + digits.len());
        if self.minus {
            format!("{sign}{digits}{}", " ".repeat(missing))
        } else if self.zero && may_have_zeros {
            format!("{sign}{}{digits}", "0".repeat(missing))
        } else {
            format!("{}{sign}{digits}", " ".repeat(missing))
        }
    }
}

/// A number at the start of a text, and what is behind it.
fn count(text: &str) -> Result<(Option<usize>, &str), String> {
    let behind = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = &text[..text.len() - behind.len()];
    if digits.is_empty() {
        return Ok((None, behind));
    }
    let number = digits.parse().ok().filter(|number| *number <= MAX_WIDTH);
    number.map(|number| (Some(number), behind)).ok_or_else(|| format!("{digits} is more than {MAX_WIDTH}"))
}

/// The digits of a number that is not negative, without zeros around them, and where the point stands: `0.digits` times
/// ten to the power of `point`.
struct Decimal {
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    fn of(size: &Number) -> Self {
        let text = size.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let leading = all.iter().take_while(|digit| **digit == 0).count();
        let mut digits = all[leading..].to_vec();
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let point = if digits.is_empty() { 0 } else { whole.len() as i64 - leading as i64 };
        Self { digits, point }
    }

    /// Rounded to so many digits; `exact` decides a tie.
    fn rounded_to(mut self, most: usize, exact: &Number) -> Self {
        if most >= self.digits.len() {
            return self;
        }
        let is_tie = self.digits[most] == 5 && most + 1 == self.digits.len();
        let is_odd = most > 0 && self.digits[most - 1] % 2 == 1;
        let is_up = if is_tie { tie(exact, is_odd) } else { self.digits[most] >= 5 };
        self.digits.truncate(most);
        if is_up {
            while self.digits.last() == Some(&9) {
                self.digits.pop();
            }
            match self.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    self.digits.push(1);
                    self.point += 1;
                }
            }
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    fn digit(&self, at: i64) -> char {
        let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied().unwrap_or(0);
        char::from(b'0' + digit)
    }

    /// With an exponent, and so many digits behind the point; none for those that there are.
    fn exponential(&self, behind: Option<usize>) -> String {
        let behind = behind.unwrap_or_else(|| self.digits.len().saturating_sub(1)) as i64;
        let mut made = String::from(self.digit(0));
        if behind > 0 {
            made.push('.');
            made.extend((1..=behind).map(|at| self.digit(at)));
        }
        let exponent = if self.digits.is_empty() { 0 } else { self.point - 1 };
        let _ = write!(made, "e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
        made
    }

    /// Without an exponent, and with so many digits behind the point.
    fn plain(&self, behind: i64) -> String {
        let mut made = String::new();
        if self.point > 0 {
            made.extend((0..self.point).map(|at| self.digit(at)));
        } else {
            made.push('0');
        }
        if behind > 0 {
            made.push('.');
            made.extend((0..behind).map(|at| self.digit(self.point + at)));
        }
        made
    }
}

fn fixed(size: &Number, behind: usize) -> String {
    let decimal = Decimal::of(size);
    let kept = decimal.point + behind as i64;
    let rounded = match usize::try_from(kept) {
        Ok(kept) => decimal.rounded_to(kept, size),
        Err(_) => Decimal { digits: Vec::new(), point: 0 },
    };
    rounded.plain(behind as i64)
}

/// The shorter of both forms, as `%g` has it.
fn general(number: &Number, precision: Option<usize>) -> String {
    let mut decimal = Decimal::of(number);
    let mut limit = 6;
    if let Some(precision) = precision {
        let precision = precision.max(1);
        decimal = decimal.rounded_to(precision, number);
        let length = decimal.digits.len();
        limit = precision as i64;
        if precision > length && length as i64 >= decimal.point {
            limit = length as i64;
        }
    }
    let exponent = decimal.point - 1;
    let sign = if number.signum() < 0 { "-" } else { "" };
    if !decimal.digits.is_empty() && (exponent < -4 || exponent >= limit) {
        return format!("{sign}{}", decimal.exponential(None));
    }
    let behind = (decimal.digits.len() as i64 - decimal.point).max(0);
    format!("{sign}{}", decimal.plain(behind))
}

/// Bits that a number has in Terraform.
const BITS: u64 = 512;

/// Whether a number whose digits end in a five that is to be rounded is rounded up: by its value in binary, which is
/// most often a little more or less than the decimal one; to an even digit where both are the same.
fn tie(exact: &Number, is_odd: bool) -> bool {
    let text = exact.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let Ok(digits) = format!("{whole}{fraction}").parse::<BigInt>() else { return is_odd };
    let scale = BigInt::from(10).pow(u32::try_from(fraction.len()).unwrap_or(0));
    let shift = (BITS + scale.bits()).saturating_sub(digits.bits());
    let mut shifted = digits << shift;
    // The quotient has 512 bits or one more; in the latter case one bit less is to be kept.
    let mut unit = scale;
    if (&shifted / &unit).bits() > BITS {
        unit <<= 1;
    }
    shifted %= &unit;
    if shifted.sign() == Sign::NoSign {
        return is_odd;
    }
    shifted * 2 > unit
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, j, n, run, s, unknown};
    use crate::Val;

    #[track_caller]
    fn writes(pattern: &str, argument: Val, expected: &str) {
        let made = run("format", &[s(pattern), argument]).unwrap();
        assert_eq!(made.as_str(), Some(expected), "{pattern}");
    }

    #[test]
    fn texts() {
        writes("%5s|", s("a"), "    a|");
        writes("%-5s|", s("b"), "b    |");
        writes("%05s|", s("ab"), "000ab|");
        writes("%6.2s|", s("abcdef"), "    ab|");
        writes("%3s|", s("é"), "  é|");
        writes("%q", s("a\"b\n"), r#""a\"b\n""#);
        writes("%s %%s", s("x"), "x %s");
        writes("%t", s("true"), "true");
        writes("%v", j(r#"[1,"a"]"#), r#"[1,"a"]"#);
        writes("%#v", s("a"), r#""a""#);
        writes("%v", Val::null(), "null");
        writes("%-5v|", Val::bool(true), "true |");
        check("format", &[s("%[2]s %[1]s"), s("a"), s("b")], r#""b a""#);
        check("format", &[s("%[2]s %s"), s("a"), s("b"), s("c")], r#""b c""#);
    }

    #[test]
    fn integers() {
        for (pattern, number, expected) in [
            ("%05d|", "3", "00003|"),
            ("%+d", "4", "+4"),
            ("% d", "5", " 5"),
            ("%x", "-255", "-ff"),
            ("%#x", "255", "0xff"),
            ("%#o", "8", "010"),
            ("%5[1]d|", "3", "    3|"),
            ("%b", "5", "101"),
            ("%8.5d|", "42", "   00042|"),
            ("%-8.5d|", "42", "00042   |"),
            ("%-05d|", "3", "3    |"),
            ("%d", "123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            writes(pattern, n(number), expected);
        }
    }

    #[test]
    fn floats() {
        for (pattern, number, expected) in [
            ("%f", "1.5", "1.500000"),
            ("%.2f", "1.555", "1.56"),
            ("%.2f", "1.005", "1.00"),
            ("%.1f", "0.25", "0.2"),
            ("%.1f", "0.35", "0.3"),
            ("%.1f", "0.45", "0.4"),
            ("%.1f", "0.55", "0.6"),
            ("%.1f", "0.65", "0.6"),
            ("%.0g", "1234", "1e+03"),
            ("%.3g", "0.00012345", "0.000123"),
            ("%.f", "3.7", "4"),
            ("%.0f", "2.5", "2"),
            ("%.2f", "0.125", "0.12"),
            ("%08.3f", "-3.14159", "-003.142"),
            ("%-8.3f|", "3.14159", "3.142   |"),
            ("%.0f", "0.04", "0"),
            ("%.1f", "9.96", "10.0"),
            ("%e", "12345.678", "1.234568e+04"),
            ("%E", "12345.678", "1.234568E+04"),
            ("%e", "0", "0.000000e+00"),
            ("%g", "12345.678", "12345.678"),
            ("%g", "1000000", "1e+06"),
            ("%g", "0.00001", "1e-05"),
            ("%.3g", "1234.5", "1.23e+03"),
            ("%G", "1e21", "1E+21"),
            ("%v", "1234567", "1.234567e+06"),
            ("%v", "-0.5", "-0.5"),
            ("%v", "0", "0"),
        ] {
            writes(pattern, n(number), expected);
        }
    }

    #[test]
    fn refused() {
        for (pattern, argument) in [
            ("%d", n("1.5")),
            ("%s", j("[1]")),
            ("%s", Val::null()),
            ("%t", n("1")),
            ("%x", s("hi")),
            ("%z", n("1")),
            ("%*d", n("1")),
            ("%[0]s", s("a")),
            ("%[3]s", s("a")),
            ("%", n("1")),
            ("a", n("1")),
            ("%99999999999999999999999d", n("1")),
            ("%1000000d", n("1")),
            ("%s%s", s("a")),
        ] {
            check("format", &[s(pattern), argument], "ERROR");
        }
    }

    #[test]
    fn rows() {
        check("formatlist", &[s("%s-%s"), j(r#"["a","b"]"#), s("c")], r#"["a-c","b-c"]"#);
        check("formatlist", &[s("%s"), s("a")], r#"["a"]"#);
        check("formatlist", &[s("%s"), j("[]")], "[]");
        check("formatlist", &[s("%s%s"), j("[1]"), j("[1,2]")], "ERROR");
        check("formatlist", &[s("%s"), Val::tuple(vec![s("a"), unknown()])], "PARTLY");
        check("formatlist", &[s("%s"), unknown()], "UNKNOWN");
        check("format", &[s("%v"), Val::tuple(vec![unknown()])], "UNKNOWN");
    }
}

//! Times, written as RFC 3339 has them.

use super::{Function, Host, Outcome, Takes};
use crate::convert::text_of;
use crate::value::Unknown;
use crate::{Type, Val};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use std::fmt::Write as _;

pub(super) const FUNCTIONS: &[Function] = &[
    Function { name: "formatdate", least: 2, most: Some(2), takes: Takes::Known, call: formatdate },
    Function { name: "plantimestamp", least: 0, most: Some(0), takes: Takes::Known, call: now },
    Function { name: "timeadd", least: 2, most: Some(2), takes: Takes::Known, call: timeadd },
    Function { name: "timecmp", least: 2, most: Some(2), takes: Takes::Known, call: timecmp },
    Function { name: "timestamp", least: 0, most: Some(0), takes: Takes::Known, call: now },
];

/// A format is at most this long: what it makes is about nine times as long.
const MAX_FORMAT: usize = 64 * 1024;

fn now(_: &[Val], _: &Host<'_>) -> Outcome {
    let unknown = Unknown::new("it is the time of the plan").typed(Type::String);
    Ok(Val::unknown(Unknown { present: true, ..unknown }))
}

/// A time at a place that is so many seconds ahead of UTC.
#[derive(Clone, Copy)]
struct Time {
    local: DateTime,
    ahead: i32,
}

impl Time {
    /// Reads `2006-01-02T15:04:05Z`, with a fraction or an offset instead of `Z` if there is one.
    fn parse(text: &str) -> Result<Self, String> {
        Self::read(text).ok_or_else(|| format!("`{text}` is not a time such as `2006-01-02T15:04:05Z`"))
    }

    fn read(text: &str) -> Option<Self> {
        let (date, rest) = (text.get(..10)?, text.get(10..)?);
        let time = rest.strip_prefix('T')?;
        let (year, month, day) = (number(date, 0, 4)?, number(date, 5, 2)?, number(date, 8, 2)?);
        if date.get(4..5)? != "-" || date.get(7..8)? != "-" {
            return None;
        }
        let (hour, minute, second) = clock(time)?;
        let mut rest = time.get(8..)?;
        let mut nanosecond = 0;
        if let Some(fraction) = rest.strip_prefix('.') {
            rest = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let digits = &fraction[..fraction.len() - rest.len()];
            if digits.is_empty() {
                return None;
            }
            let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
            nanosecond = nine.parse().ok()?;
        }
        let local = DateTime::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            i8::try_from(second).ok()?,
            nanosecond,
        );
        Some(Self { local: local.ok()?, ahead: offset(rest)? })
    }

    fn utc(self) -> Result<DateTime, String> {
        let ahead = SignedDuration::from_secs(i64::from(self.ahead));
        self.local.checked_sub(ahead).map_err(|_| "the time lies outside of the calendar".to_owned())
    }

    /// The offset, as `+01:00` or with what else stands between hours and minutes.
    fn offset(self, between: &str) -> String {
        let sign = if self.ahead < 0 { '-' } else { '+' };
        let minutes = self.ahead.abs() / 60;
        format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
    }
}

fn number(text: &str, start: usize, length: usize) -> Option<u32> {
    let digits = text.get(start..start + length)?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn clock(text: &str) -> Option<(u32, u32, u32)> {
    if text.get(2..3)? != ":" || text.get(5..6)? != ":" {
        return None;
    }
    let (hour, minute, second) = (number(text, 0, 2)?, number(text, 3, 2)?, number(text, 6, 2)?);
    (hour < 24 && minute < 60 && second < 60).then_some((hour, minute, second))
}

fn offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = (number(text, 1, 2)?, number(text, 4, 2)?);
    let is_whole = text.len() == 6 && text.get(3..4)? == ":" && hours < 24 && minutes < 60;
    is_whole.then(|| sign * (hours * 3600 + minutes * 60) as i32)
}

fn timecmp(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let first = Time::parse(&text_of(&arguments[0])?)?.utc()?;
    let second = Time::parse(&text_of(&arguments[1])?)?.utc()?;
    Ok(Val::number(first.cmp(&second) as i64))
}

fn timeadd(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let time = Time::parse(&text_of(&arguments[0])?)?;
    let text = text_of(&arguments[1])?;
    let nanoseconds = duration(&text).ok_or_else(|| format!("`{text}` is not a duration such as `1h30m`"))?;
    let added = time.local.checked_add(SignedDuration::from_nanos(nanoseconds));
    let local = added.map_err(|_| "the time lies outside of the calendar")?;
    let time = Time { local, ..time };
    let offset = if time.ahead == 0 { "Z".to_owned() } else { time.offset(":") };
    let (date, clock) = (local.date(), local.time());
    Ok(Val::string(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{offset}",
        date.year(),
        date.month(),
        date.day(),
        clock.hour(),
        clock.minute(),
        clock.second(),
    )))
}

/// Nanoseconds of a duration as Go writes it: numbers with units one after another, and a sign before all of them.
fn duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut sum = 0_i128;
    while !rest.is_empty() {
        let behind = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
        let count = &rest[..rest.len() - behind.len()];
        let after = behind.trim_start_matches(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let unit: i128 = match &behind[..behind.len() - after.len()] {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        rest = after;
        let (whole, fraction) = count.split_once('.').unwrap_or((count, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') || whole.len() > 19 {
            return None;
        }
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        // Eighteen digits behind the point are finer than a nanosecond in every unit.
        let fraction = fraction.get(..18).unwrap_or(fraction);
        let scale = 10_i128.pow(fraction.len() as u32);
        let fraction: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
        sum = sum.checked_add(whole.checked_mul(unit)?)?.checked_add(fraction * unit / scale)?;
    }
    i64::try_from(sign * sum).ok()
}

fn formatdate(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let format = text_of(&arguments[0])?;
    if format.len() > MAX_FORMAT {
        return Err(format!("the format is longer than {MAX_FORMAT} bytes"));
    }
    let time = Time::parse(&text_of(&arguments[1])?)?;
    let mut made = String::new();
    let mut rest = &*format;
    while let Some(letter) = rest.chars().next() {
        if letter == '\'' {
            rest = quoted(&rest[1..], &mut made)?;
        } else if letter.is_ascii_alphabetic() {
            let behind = rest.trim_start_matches(letter);
            verb(&rest[..rest.len() - behind.len()], time, &mut made)?;
            rest = behind;
        } else {
            made.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    Ok(Val::string(made))
}

/// Writes what stands in quotes, of which two in a row are one; gives what is behind.
fn quoted<'t>(mut rest: &'t str, made: &mut String) -> Result<&'t str, String> {
    loop {
        let (text, behind) = rest.split_once('\'').ok_or("a quote is not closed")?;
        made.push_str(text);
        match behind.strip_prefix('\'') {
            Some(behind) => {
                made.push('\'');
                rest = behind;
            }
            None => return Ok(behind),
        }
    }
}

fn verb(verb: &str, time: Time, made: &mut String) -> Result<(), String> {
    let (date, clock) = (time.local.date(), time.local.time());
    let twelfth = match clock.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let is_morning = clock.hour() < 12;
    let _ = match verb {
        "YYYY" => write!(made, "{:04}", date.year()),
        "YY" => write!(made, "{:02}", date.year().rem_euclid(100)),
        "MMMM" => write!(made, "{}", date.strftime("%B")),
        "MMM" => write!(made, "{}", date.strftime("%b")),
        "MM" => write!(made, "{:02}", date.month()),
        "M" => write!(made, "{}", date.month()),
        "DD" => write!(made, "{:02}", date.day()),
        "D" => write!(made, "{}", date.day()),
        "EEEE" => write!(made, "{}", date.strftime("%A")),
        "EEE" => write!(made, "{}", date.strftime("%a")),
        "hh" => write!(made, "{:02}", clock.hour()),
        "h" => write!(made, "{}", clock.hour()),
        "HH" => write!(made, "{twelfth:02}"),
        "H" => write!(made, "{twelfth}"),
        "AA" => write!(made, "{}", if is_morning { "AM" } else { "PM" }),
        "aa" => write!(made, "{}", if is_morning { "am" } else { "pm" }),
        "mm" => write!(made, "{:02}", clock.minute()),
        "m" => write!(made, "{}", clock.minute()),
        "ss" => write!(made, "{:02}", clock.second()),
        "s" => write!(made, "{}", clock.second()),
        "ZZZZZ" => write!(made, "{}", time.offset(":")),
        "ZZZZ" => write!(made, "{}", time.offset("")),
        "ZZZ" if time.ahead == 0 => write!(made, "UTC"),
        "ZZZ" => write!(made, "{}", time.offset("")),
        "Z" if time.ahead == 0 => write!(made, "Z"),
        "Z" => write!(made, "{}", time.offset(":")),
        other => return Err(format!("`{other}` stands for no part of a time; text belongs in quotes")),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, s};

    #[test]
    fn formats() {
        for (format, time, expected) in [
            ("DD MMM YYYY hh:mm ZZZ", "2018-01-02T23:12:01Z", "02 Jan 2018 23:12 UTC"),
            (
                "EEEE, DD-MMM-YY hh:mm:ss ZZZ",
                "2018-01-02T23:12:01-08:00",
                "Tuesday, 02-Jan-18 23:12:01 -0800",
            ),
            ("HH:mmAA H h m s D M", "2018-01-02T03:02:01Z", "03:02AM 3 3 2 1 2 1"),
            ("ZZZZZ ZZZZ ZZZ Z", "2018-01-02T23:12:01+05:30", "+05:30 +0530 +0530 +05:30"),
            ("ZZZZZ ZZZZ ZZZ Z", "2018-01-02T23:12:01Z", "+00:00 +0000 UTC Z"),
            ("MMMM EEE", "2018-11-12T00:12:01.5Z", "November Mon"),
            ("'T' 'it''s' é", "2018-01-02T23:12:01Z", "T it's é"),
            ("HH aa", "2018-01-02T12:00:00Z", "12 pm"),
            ("HH", "2018-01-02T00:00:00Z", "12"),
        ] {
            check("formatdate", &[s(format), s(time)], &format!("\"{expected}\""));
        }
    }

    #[test]
    fn refused() {
        for format in ["x", "YYY", "'a", "E", "a", "hhh"] {
            check("formatdate", &[s(format), s("2018-01-02T23:12:01Z")], "ERROR");
        }
        for time in [
            "2018-01-02",
            "2018-02-30T00:00:00Z",
            "2018-01-02t00:00:00z",
            "2018-01-02 12:00:00Z",
            "2018-01-02T24:00:00Z",
            "2018-01-02T23:59:60Z",
            "2018-01-02T00:00:00+24:00",
            "2018-01-02T00:00:00",
            "é018-01-02T00:00:00Z",
            "",
        ] {
            check("formatdate", &[s("YYYY"), s(time)], "ERROR");
        }
    }

    #[test]
    fn sums() {
        for (time, duration, expected) in [
            ("2017-11-22T00:00:00Z", "10m", "2017-11-22T00:10:00Z"),
            ("2017-11-22T00:00:00Z", "-1h30m5s", "2017-11-21T22:29:55Z"),
            ("2017-11-22T00:00:00+02:00", "1.5h", "2017-11-22T01:30:00+02:00"),
            ("2017-11-22T00:00:00.5Z", "600ms", "2017-11-22T00:00:01Z"),
            ("2017-11-22T00:00:00Z", "0", "2017-11-22T00:00:00Z"),
            ("2017-11-22T00:00:00Z", ".5h", "2017-11-22T00:30:00Z"),
        ] {
            check("timeadd", &[s(time), s(duration)], &format!("\"{expected}\""));
        }
        for duration in ["1d", "", "1", "999999999h", "h", ".h", "1..5h", "1h-5m"] {
            check("timeadd", &[s("2017-11-22T00:00:00Z"), s(duration)], "ERROR");
        }
        check("timeadd", &[s("9999-12-31T23:00:00Z"), s("2h")], "ERROR");
    }

    #[test]
    fn order() {
        check("timecmp", &[s("2017-11-22T00:00:00Z"), s("2017-11-22T01:00:00+02:00")], "1");
        check("timecmp", &[s("2017-11-22T00:00:00Z"), s("2017-11-22T00:00:00Z")], "0");
        check("timecmp", &[s("2017-11-22T00:00:00Z"), s("x")], "ERROR");
        check("timestamp", &[], "UNKNOWN");
        check("plantimestamp", &[], "UNKNOWN");
    }
}

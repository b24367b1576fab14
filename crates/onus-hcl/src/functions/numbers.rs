//! Numbers.

use super::{Function, Host, Outcome, Takes};
use crate::convert::number_of;
use crate::{Number, Val};
use bigdecimal::num_bigint::{BigInt, Sign};

pub(super) const FUNCTIONS: &[Function] = &[
    Function { name: "abs", least: 1, most: Some(1), takes: Takes::Known, call: abs },
    Function { name: "ceil", least: 1, most: Some(1), takes: Takes::Known, call: ceil },
    Function { name: "floor", least: 1, most: Some(1), takes: Takes::Known, call: floor },
    Function { name: "log", least: 2, most: Some(2), takes: Takes::Known, call: log },
    Function { name: "max", least: 1, most: None, takes: Takes::Known, call: max },
    Function { name: "min", least: 1, most: None, takes: Takes::Known, call: min },
    Function { name: "parseint", least: 2, most: Some(2), takes: Takes::Known, call: parseint },
    Function { name: "pow", least: 2, most: Some(2), takes: Takes::Known, call: pow },
    Function { name: "signum", least: 1, most: Some(1), takes: Takes::Known, call: signum },
];

/// `parseint` reads at most this many digits, since the time it takes grows faster than their number.
const MAX_DIGITS: usize = 4096;

fn abs(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::number(number_of(&arguments[0])?.abs()))
}

fn ceil(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::number(number_of(&arguments[0])?.ceil()))
}

fn floor(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::number(number_of(&arguments[0])?.floor()))
}

fn max(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let numbers = arguments.iter().map(number_of).collect::<Result<Vec<Number>, _>>()?;
    numbers.into_iter().max().map(Val::number).ok_or_else(|| "`max` has nothing to choose from".to_owned())
}

fn min(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let numbers = arguments.iter().map(number_of).collect::<Result<Vec<Number>, _>>()?;
    numbers.into_iter().min().map(Val::number).ok_or_else(|| "`min` has nothing to choose from".to_owned())
}

fn log(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let number = number_of(&arguments[0])?.as_f64();
    let base = number_of(&arguments[1])?.as_f64();
    // The quotient of natural logarithms is what Terraform takes, with the same rounding.
    float(number.ln() / base.ln())
}

fn pow(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let base = number_of(&arguments[0])?.as_f64();
    let exponent = number_of(&arguments[1])?.as_f64();
    float(base.powf(exponent))
}

fn float(value: f64) -> Outcome {
    Number::from_f64(value).map(Val::number).ok_or_else(|| "the result is not a number".to_owned())
}

fn signum(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let number = number_of(&arguments[0])?;
    if !number.is_whole() {
        return Err("a whole number is required".to_owned());
    }
    Ok(Val::number(number.signum()))
}

fn parseint(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = arguments[0]
        .as_str()
        .ok_or_else(|| format!("a string is required, not a {}", arguments[0].kind()))?;
    let base = number_of(&arguments[1])?.as_i64().filter(|base| (2..=62).contains(base));
    let base = base.ok_or("the base must be a whole number from 2 to 62")?;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (Sign::Minus, digits),
        None => (Sign::Plus, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || digits.len() > MAX_DIGITS {
        return Err(format!("this text is no number of 1 to {MAX_DIGITS} digits"));
    }
    let mut number = BigInt::from(0);
    for byte in digits.bytes() {
        let digit =
            digit(byte, base).ok_or_else(|| format!("`{text}` is not a whole number in base {base}"))?;
        number = number * base + digit;
    }
    Ok(Val::number(if sign == Sign::Minus { -number } else { number }))
}

/// A digit's value: up to base 36 letters of both cases are the same, beyond it upper case follows lower case.
fn digit(byte: u8, base: i64) -> Option<i64> {
    let value = match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'z' => byte - b'a' + 10,
        b'A'..=b'Z' if base <= 36 => byte - b'A' + 10,
        b'A'..=b'Z' => byte - b'A' + 36,
        _ => return None,
    };
    Some(i64::from(value)).filter(|value| *value < base)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, n, s};

    #[test]
    fn numbers() {
        check("abs", &[n("-1.5")], "1.5");
        check("ceil", &[n("-1.5")], "-1");
        check("ceil", &[s("1.2")], "2");
        check("floor", &[n("-1.5")], "-2");
        check("max", &[n("1"), s("2")], "2");
        check("min", &[n("1"), n("-2")], "-2");
        check("signum", &[n("-3")], "-1");
        check("signum", &[n("1.5")], "ERROR");
    }

    #[test]
    fn logarithms_and_powers() {
        check("log", &[n("8"), n("2")], "3");
        check("log", &[n("2"), n("10")], "0.30102999566398114");
        check("log", &[n("0"), n("10")], "ERROR");
        check("log", &[n("3"), n("1")], "ERROR");
        check("pow", &[n("2"), n("0.5")], "1.4142135623730951");
        check("pow", &[n("3"), n("50")], "717897987691852600000000");
        check("pow", &[n("0"), n("-1")], "ERROR");
    }

    #[test]
    fn digits() {
        check("parseint", &[s("ff"), n("16")], "255");
        check("parseint", &[s("-FF"), n("16")], "-255");
        check("parseint", &[s("Zz"), n("62")], "3817");
        check("parseint", &[s("12"), n("2")], "ERROR");
        check("parseint", &[s(""), n("10")], "ERROR");
        check("parseint", &[s("1_0"), n("10")], "ERROR");
        check("parseint", &[n("10"), n("2")], "ERROR");
        check("parseint", &[s("1"), n("63")], "ERROR");
    }
}

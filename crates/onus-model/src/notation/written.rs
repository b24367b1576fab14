//! NIST's notation of controls, in all the ways it is written.

/// A control in NIST's notation, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The control's id: `ac-2`, or `ac-2.1` for an enhancement.
    pub control: String,
    /// The letters and numbers of the statement and its items, from the outside in.
    pub path: Vec<String>,
}

/// Why a text is not one control in this notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAControl {
    /// A range or a list.
    Several,
    /// It begins as one, and goes on in no way that is known.
    Unclear,
    /// Something else.
    Other,
}

/// No control, enhancement or item has a longer number; more digits are something else.
const MAX_DIGITS: usize = 3;

/// Words between controls of a range or a list.
const JOINS: [&str; 6] = ["through", "thru", "to", "and", "or", "until"];

/// Words before a statement's letter.
const PART_WORDS: [&str; 4] = ["part ", "item ", "statement ", "paragraph "];

impl Written {
    /// Takes a text apart: small letters, plain dashes, single spaces.
    ///
    /// # Errors
    /// Where it is not one control in this notation.
    pub fn parse(text: &str) -> Result<Self, NotAControl> {
        let (control, rest) = base(text).ok_or(NotAControl::Other)?;
        let mut reader = Reader { rest, control, enhanced: false, path: Vec::new() };
        while reader.step()? {}
        reader.end()?;
        Ok(Self { control: reader.control, path: reader.path })
    }
}

/// `ac-2` at the beginning, and what follows.
fn base(text: &str) -> Option<(String, &str)> {
    let family = text.get(..2).filter(|family| family.bytes().all(|byte| byte.is_ascii_lowercase()))?;
    let after = text[2..].trim_start();
    let dashed = after.strip_prefix('-').map(str::trim_start);
    let (number, rest) = number(dashed.unwrap_or(after))?;
    Some((format!("{family}-{number}"), rest))
}

/// A number at the beginning, without leading zeros, and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = text.get(..end).filter(|digits| (1..=MAX_DIGITS).contains(&digits.len()))?;
    Some((digits.parse().ok()?, &text[end..]))
}

/// A letter at the beginning that is no word, and what follows.
fn letter(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    let first = letters.next().filter(char::is_ascii_lowercase)?;
    let rest = letters.as_str();
    (!rest.starts_with(char::is_alphabetic)).then_some((first, rest))
}

struct Reader<'t> {
    rest: &'t str,
    control: String,
    enhanced: bool,
    path: Vec<String>,
}

impl Reader<'_> {
    /// Reads one part; false where none follows.
    fn step(&mut self) -> Result<bool, NotAControl> {
        let text = self.rest.trim_start();
        if let Some(path) = text.strip_prefix("_smt") {
            self.rest = path;
            return Ok(true);
        }
        if let Some(inside) = text.strip_prefix('(') {
            return self.bracketed(inside.trim_start());
        }
        // `a.` ends with the same sign with which `.1` begins.
        let dotted = text.strip_prefix('.').map(str::trim_start);
        let text = PART_WORDS.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
        if let Some((number, rest)) = number(dotted.unwrap_or(text)) {
            // A number that no sign introduces is an item of the letter before it.
            if dotted.is_none() && self.path.is_empty() {
                return Ok(false);
            }
            return self.take(number.to_string(), rest);
        }
        if let Some((letter, rest)) = letter(dotted.unwrap_or(text)) {
            // `a title` is a title.
            let follows = rest.trim_start();
            let title = rest.starts_with(' ') && letter_word(follows);
            if !title || dotted.is_some() {
                return self.take(letter.to_string(), rest);
            }
        }
        if dotted == Some("") {
            self.rest = "";
        }
        Ok(false)
    }

    fn bracketed(&mut self, inside: &str) -> Result<bool, NotAControl> {
        let number = number(inside).map(|(number, rest)| (number.to_string(), rest));
        let part = number.or_else(|| letter(inside).map(|(letter, rest)| (letter.to_string(), rest)));
        match part.and_then(|(part, rest)| Some((part, rest.trim_start().strip_prefix(')')?))) {
            Some((part, rest)) => self.take(part, rest),
            None => Ok(false),
        }
    }

    /// The first number is an enhancement, all else leads into the statement.
    fn take(&mut self, part: String, rest: &str) -> Result<bool, NotAControl> {
        let is_number = part.starts_with(|first: char| first.is_ascii_digit());
        match (is_number, self.path.is_empty(), self.enhanced) {
            (true, true, false) => {
                self.control = format!("{}.{part}", self.control);
                self.enhanced = true;
            }
            (true, true, true) => return Err(NotAControl::Unclear),
            _ => self.path.push(part),
        }
        let at = self.rest.len() - rest.len();
        self.rest = &self.rest[at..];
        Ok(true)
    }

    /// What is left may be a title, and must not go on with controls.
    fn end(&self) -> Result<(), NotAControl> {
        let rest = self.rest.trim();
        if rest.is_empty() {
            return Ok(());
        }
        if names_another(rest) || goes_on(rest) {
            return Err(NotAControl::Several);
        }
        let title = rest.trim_start_matches([' ', '-', ':', '|', '.', ',']);
        let is_title = title.starts_with(char::is_alphabetic) || title.is_empty();
        // A number behind a title may be that of an enhancement.
        let numbered = title.split('(').skip(1).any(|inside| {
            let inside = inside.split(')').next().unwrap_or_default().trim();
            inside.chars().count() == 1 || inside.starts_with(|first: char| first.is_ascii_digit())
        });
        if !is_title || numbered { Err(NotAControl::Unclear) } else { Ok(()) }
    }
}

/// Whether a text begins with a word of at least two letters that joins no list.
fn letter_word(text: &str) -> bool {
    let word = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    word.chars().count() > 1 && !JOINS.contains(&word)
}

/// Whether a control's id stands somewhere in the text.
fn names_another(text: &str) -> bool {
    let starts = text.char_indices().filter(|(at, letter)| {
        let inside = text[..*at].chars().next_back().is_some_and(char::is_alphanumeric);
        letter.is_ascii_lowercase() && !inside
    });
    starts.into_iter().any(|(at, _)| {
        let dashed = |text: &str| text.get(2..).is_some_and(|rest| rest.trim_start().starts_with('-'));
        dashed(&text[at..]) && base(&text[at..]).is_some()
    })
}

/// Whether a text goes on with a further number or letter: `-(3)`, `, b`, `through c`.
fn goes_on(text: &str) -> bool {
    let sign = text.trim_start_matches(['-', ',', ';', '/', '&', '+', ' ']);
    let joined = JOINS.iter().find_map(|word| sign.strip_prefix(word).filter(|rest| rest.starts_with(' ')));
    if sign.len() == text.len() && joined.is_none() {
        return false;
    }
    let next = joined.unwrap_or(sign).trim_start();
    let single = |text: &str| {
        letter(text).is_some_and(|(_, rest)| !letter_word(rest.trim_start()) || !rest.starts_with(' '))
    };
    next.starts_with(|first: char| first == '(' || first.is_ascii_digit()) || single(next)
}

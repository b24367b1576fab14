//! Controls and statements as people write them: `AC-2`, `AC-2 (1)`, `AC-02(01)`, `ac-2.1`, `AC-2a`, `AC-2 a.`.
//!
//! [`ControlIndex`] finds what is meant in some frameworks. What names several controls, a range or a list, is refused:
//! whoever answers for several at once must say so for each.

use crate::control::{Control, Framework, Statement};
use std::collections::HashMap;

mod written;

pub use written::{NotAControl, Written};

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// The framework that has the control.
    pub framework: String,
    /// The control's id.
    pub control: String,
    /// The statement's id; none where the control as a whole is meant.
    pub statement: Option<String>,
    /// The item of the statement, where no more than that is meant.
    pub item: Option<String>,
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// The text does not look like the id of a control.
    NotAnId,
    /// The text names several controls.
    Several,
    /// No framework has this control.
    Unknown(String),
    /// The control has no such part.
    NoPart {
        /// The control's id.
        control: String,
        /// The part.
        part: String,
    },
    /// The publication withdrew the control.
    Withdrawn {
        /// The control's id.
        control: String,
        /// Where it went.
        into: Vec<String>,
    },
    /// Several frameworks have a control of this id.
    Ambiguous(Vec<String>),
}

/// The controls of some frameworks, by their names.
#[derive(Debug)]
pub struct ControlIndex<'f> {
    controls: HashMap<String, Vec<(&'f Framework, &'f Control)>>,
    /// Ids of statements and of their items, with the statement.
    statements: HashMap<String, (&'f Framework, &'f Control, &'f Statement)>,
}

impl<'f> ControlIndex<'f> {
    /// The controls of frameworks that have some of their own; each framework once.
    pub fn new(catalogs: &[&'f Framework]) -> Self {
        let mut index = Self { controls: HashMap::new(), statements: HashMap::new() };
        for (at, framework) in catalogs.iter().enumerate() {
            if catalogs[..at].iter().any(|before| before.id == framework.id) {
                continue;
            }
            for control in &framework.controls {
                index.controls.entry(fold(&control.id)).or_default().push((framework, control));
                for statement in &control.statements {
                    for id in statement.items.iter().chain([&statement.id]) {
                        index.statements.entry(fold(id)).or_insert((framework, control, statement));
                    }
                }
            }
        }
        index
    }

    /// The ids of the controls, to suggest one.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.controls.values().flatten().map(|(_, control)| control.id.as_str())
    }

    /// The items of a statement, by its id, as far as they are known.
    pub fn items(&self, statement: &str) -> &'f [String] {
        self.statements.get(&fold(statement)).map_or(&[], |(_, _, statement)| &statement.items)
    }

    /// The control or statement that a text names. `framework` is which it means, where that is known.
    ///
    /// # Errors
    /// Where it names none, or several.
    pub fn find(&self, text: &str, framework: Option<&str>) -> Result<Named, NotFound> {
        let folded = fold(text);
        if let Some(named) = self.exact(&folded, framework) {
            return named;
        }
        match Written::parse(&folded) {
            Ok(written) => self.written(&written, framework),
            Err(NotAControl::Several) => Err(NotFound::Several),
            Err(NotAControl::Unclear) => Err(NotFound::NotAnId),
            Err(NotAControl::Other) => self.first_word(&folded, framework),
        }
    }

    fn exact(&self, folded: &str, framework: Option<&str>) -> Option<Result<Named, NotFound>> {
        if let Some(found) = self.controls.get(folded) {
            return Some(one(found, framework, folded));
        }
        let (of, control, statement) = *self.statements.get(folded)?;
        if framework.is_some_and(|id| id != of.id) {
            return None;
        }
        let item = (fold(&statement.id) != folded).then(|| folded.to_owned());
        Some(Ok(Named {
            framework: of.id.clone(),
            control: control.id.clone(),
            statement: Some(statement.id.clone()),
            item,
        }))
    }

    fn written(&self, written: &Written, framework: Option<&str>) -> Result<Named, NotFound> {
        let id = written.control.as_str();
        let found = self.controls.get(id).ok_or_else(|| NotFound::Unknown(id.to_owned()))?;
        let whole = one(found, framework, id)?;
        if written.path.is_empty() {
            return Ok(whole);
        }
        self.part(whole, &written.path)
    }

    fn part(&self, whole: Named, path: &[String]) -> Result<Named, NotFound> {
        let id = format!("{}_smt.{}", whole.control, path.join("."));
        if let Some((_, _, statement)) = self.statements.get(&id) {
            let item = (statement.id != id).then_some(id);
            return Ok(Named { statement: Some(statement.id.clone()), item, ..whole });
        }
        // Not of every statement is it known what it is made of.
        let parent = format!("{}_smt.{}", whole.control, path[0]);
        match self.statements.get(&parent) {
            Some((_, _, statement)) if path.len() > 1 && statement.items.is_empty() => {
                Ok(Named { statement: Some(statement.id.clone()), item: Some(id), ..whole })
            }
            _ => Err(NotFound::NoPart { control: whole.control, part: path.join(".") }),
        }
    }

    /// Ids of other notations than NIST's stand alone, or before a title.
    fn first_word(&self, folded: &str, framework: Option<&str>) -> Result<Named, NotFound> {
        let words = || folded.split([' ', ',', ';']).map(|word| word.trim_end_matches(['.', ':']));
        let known = |word: &str| self.exact(word, framework);
        match words().filter(|word| known(word).is_some()).count() {
            0 => Err(NotFound::NotAnId),
            1 => words().next().and_then(known).unwrap_or(Err(NotFound::NotAnId)),
            _ => Err(NotFound::Several),
        }
    }
}

fn one(found: &[(&Framework, &Control)], framework: Option<&str>, id: &str) -> Result<Named, NotFound> {
    let meant: Vec<_> =
        found.iter().filter(|(of, _)| framework.is_none_or(|framework| framework == of.id)).collect();
    match meant.as_slice() {
        [] => Err(NotFound::Unknown(id.to_owned())),
        [(_, control)] if control.withdrawn.is_some() => Err(NotFound::Withdrawn {
            control: control.id.clone(),
            into: control.withdrawn.clone().unwrap_or_default(),
        }),
        [(framework, control)] => Ok(Named {
            framework: framework.id.clone(),
            control: control.id.clone(),
            statement: None,
            item: None,
        }),
        several => Err(NotFound::Ambiguous(several.iter().map(|(of, _)| of.id.clone()).collect())),
    }
}

/// One way of writing what is meant to be the same: small letters, plain dashes and spaces.
fn fold(text: &str) -> String {
    let plain = text.chars().map(|letter| match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' => '-',
        letter if letter.is_whitespace() || letter.is_control() => ' ',
        letter => letter,
    });
    let plain: String = plain.filter(|letter| !matches!(letter, '\u{200b}' | '\u{feff}')).collect();
    plain.to_lowercase().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(id: &str, letters: &[&str]) -> Control {
        let mut control = Control { id: id.into(), ..Control::default() };
        let ids = match letters {
            [] => vec![control.statement_id(None)],
            letters => letters.iter().map(|letter| control.statement_id(Some(letter))).collect(),
        };
        control.statements = ids.into_iter().map(|id| Statement { id, ..Statement::default() }).collect();
        control
    }

    fn nist() -> Framework {
        let mut items = control("ac-1", &["a", "b"]);
        items.statements[0].items = ["ac-1_smt.a.1", "ac-1_smt.a.1.a"].map(str::to_owned).to_vec();
        let mut gone = control("ac-2.10", &[]);
        gone.withdrawn = Some(vec!["ac-2".into()]);
        let controls = vec![
            items,
            control("ac-2", &["a", "d"]),
            control("ac-2.1", &[]),
            control("ac-2.3", &["a", "b"]),
            gone,
        ];
        Framework { id: "nist".into(), controls, ..Framework::default() }
    }

    fn found(text: &str) -> String {
        let nist = nist();
        match ControlIndex::new(&[&nist, &nist]).find(text, None) {
            Ok(named) => named.item.or(named.statement).unwrap_or(named.control),
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn every_usual_spelling_is_understood() {
        for (text, expected) in [
            ("AC-2", "ac-2"),
            (" AC-02 ", "ac-2"),
            ("AC\u{2011}2", "ac-2"),
            ("AC - 2", "ac-2"),
            ("ac 2", "ac-2"),
            ("AC-2 (1)", "ac-2.1"),
            ("AC-02(01)", "ac-2.1"),
            ("AC-2(1).", "ac-2.1"),
            ("ac-2.1", "ac-2.1"),
            ("AC-2.01", "ac-2.1"),
            ("AC-2a", "ac-2_smt.a"),
            ("AC-2 a.", "ac-2_smt.a"),
            ("AC-2 (a)", "ac-2_smt.a"),
            ("AC-2.a", "ac-2_smt.a"),
            ("AC-2 Part a", "ac-2_smt.a"),
            ("ac-2_smt.a", "ac-2_smt.a"),
            ("AC-2 (3) (a)", "ac-2.3_smt.a"),
            ("AC-2(3)b.", "ac-2.3_smt.b"),
            ("AC-1 a.1.", "ac-1_smt.a.1"),
            ("AC-1a1", "ac-1_smt.a.1"),
            ("AC-1(a)(1)(a)", "ac-1_smt.a.1.a"),
            ("AC-2 d. 1.", "ac-2_smt.d.1"),
            ("AC-2 Account Management", "ac-2"),
            ("AC-2: Account Management", "ac-2"),
            ("AC-2 - Account Management", "ac-2"),
            ("AC-2 Remote Access (VPN)", "ac-2"),
            ("AC-2 (1) | Automated Account Management", "ac-2.1"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn several_are_not_one() {
        for text in [
            "AC-2 through AC-5",
            "AC-2 - AC-5",
            "AC-2, AC-3",
            "AC-2/AC-3",
            "AC-2-AC-4",
            "AC-2 to 5",
            "AC-2(1)-(3)",
            "AC-2(1), (2)",
            "AC-2 a-c",
            "AC-2 a, b",
            "AC-2 a and b",
            "AC-2 & AC-3",
            "AC-2 AC-3",
            "AC-2 a through c",
        ] {
            assert_eq!(found(text), "Several", "{text}");
        }
    }

    #[test]
    fn what_is_no_control_says_why() {
        for (text, expected) in [
            ("Access Control", "NotAnId"),
            ("", "NotAnId"),
            ("AC-", "NotAnId"),
            ("AC-2(1)(2)", "NotAnId"),
            ("AC-2 Account Management (1)", "NotAnId"),
            ("AC-99", "Unknown(\"ac-99\")"),
            ("ZZ-1", "Unknown(\"zz-1\")"),
            ("AC-2 (x)", "NoPart { control: \"ac-2\", part: \"x\" }"),
            ("AC-2(1)a", "NoPart { control: \"ac-2.1\", part: \"a\" }"),
            ("AC-2(10)", "Withdrawn { control: \"ac-2.10\", into: [\"ac-2\"] }"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn other_notations_stand_alone_or_before_a_title() {
        let iso = Framework {
            id: "iso".into(),
            controls: vec![control("A.5.1", &[]), control("A.5.2", &[])],
            ..Framework::default()
        };
        let cis =
            Framework { id: "cis".into(), controls: vec![control("A.5.1", &[])], ..Framework::default() };
        let index = ControlIndex::new(&[&iso]);
        assert_eq!(index.find("a.5.1 Policies", None).map(|named| named.control), Ok("A.5.1".to_owned()));
        assert_eq!(index.find("A.5.1, A.5.2", None), Err(NotFound::Several));
        let index = ControlIndex::new(&[&iso, &cis]);
        assert_eq!(index.find("A.5.1", None), Err(NotFound::Ambiguous(vec!["iso".into(), "cis".into()])));
        assert_eq!(index.find("A.5.1", Some("cis")).map(|named| named.framework), Ok("cis".to_owned()));
    }
}

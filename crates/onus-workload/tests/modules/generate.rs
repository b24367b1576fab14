//! Modules made by chance, each from its seed: variables, locals, resources, and a module that is called.

use super::cases::Case;
use std::fmt::Write as _;

/// What an expression is to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Text,
    Number,
    Truth,
    Texts,
    Numbers,
    Map,
    Object,
}

const KINDS: [Kind; 7] =
    [Kind::Text, Kind::Number, Kind::Truth, Kind::Texts, Kind::Numbers, Kind::Map, Kind::Object];

impl Kind {
    /// As a variable's type.
    const fn written(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "number",
            Self::Truth => "bool",
            Self::Texts => "list(string)",
            Self::Numbers => "list(number)",
            Self::Map => "map(string)",
            Self::Object => {
                "object({ a = string, n = optional(number, 7), l = optional(list(string), [\"d\"]) })"
            }
        }
    }
}

/// A name that expressions may use.
#[derive(Clone)]
struct Name {
    text: String,
    kind: Kind,
    /// Whether it is known before apply, and not sensitive.
    is_plain: bool,
}

struct Maker {
    state: u64,
    names: Vec<Name>,
    /// Whether only what is known, and not sensitive, may be used.
    plain: bool,
    loops: usize,
}

/// The module of a seed.
pub(crate) fn module(seed: u64) -> Case {
    let mut maker = Maker {
        state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03,
        names: Vec::new(),
        plain: false,
        loops: 0,
    };
    let main = maker.root();
    let mut files = vec![("main.tf".to_owned(), main)];
    let mut child = Maker { state: maker.next(), names: Vec::new(), plain: false, loops: 0 };
    files.push(("child/main.tf".to_owned(), child.child()));
    Case { name: format!("seed_{seed}"), files, arguments: Vec::new() }
}

impl Maker {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'p>(&mut self, all: &[&'p str]) -> &'p str {
        all[self.below(all.len())]
    }

    fn kind(&mut self) -> Kind {
        KINDS[self.below(KINDS.len())]
    }

    fn name(&mut self, text: impl Into<String>, kind: Kind, is_plain: bool) {
        self.names.push(Name { text: text.into(), kind, is_plain });
    }

    /// An expression of what is known and not sensitive.
    fn plainly(&mut self, kind: Kind, depth: usize) -> String {
        let before = std::mem::replace(&mut self.plain, true);
        let made = self.expression(kind, depth);
        self.plain = before;
        made
    }

    fn variables(&mut self, out: &mut String) {
        for at in 0..self.below(4) {
            let (kind, is_sensitive) = (self.kind(), self.chance(15));
            let default = self.constant(kind);
            let written =
                if self.chance(80) { format!("  type = {}\n", kind.written()) } else { String::new() };
            let sensitive = if is_sensitive { "  sensitive = true\n" } else { "" };
            let _ = writeln!(out, "variable \"v{at}\" {{\n{written}  default = {default}\n{sensitive}}}");
            // Without a type an object has no defaults, and a list is a tuple.
            if !written.is_empty() {
                self.name(format!("var.v{at}"), kind, !is_sensitive);
            }
        }
    }

    fn locals(&mut self, prefix: &str, out: &mut String) {
        let mut lines = Vec::new();
        for at in 0..self.below(5) {
            let kind = self.kind();
            let is_plain = self.chance(50);
            let value = if is_plain { self.plainly(kind, 3) } else { self.expression(kind, 3) };
            lines.push(format!("  {prefix}{at} = {value}\n"));
            self.name(format!("local.{prefix}{at}"), kind, is_plain);
        }
        // The order in which they stand does not matter.
        let turn = self.below(lines.len().max(1));
        lines.rotate_left(turn);
        let _ = writeln!(out, "locals {{\n{}}}", lines.concat());
    }

    fn sources(&mut self, out: &mut String) {
        let _ = writeln!(out, "resource \"terraform_data\" \"u\" {{ input = \"u\" }}");
        let _ = writeln!(out, "resource \"terraform_data\" \"n\" {{ input = 3 }}");
        // Of what types these are, only a provider's schema tells.
        self.name("tostring(terraform_data.u.output)", Kind::Text, false);
        self.name("tostring(terraform_data.u.id)", Kind::Text, false);
        self.name("tonumber(terraform_data.n.output)", Kind::Number, false);
        self.name("terraform_data.u.input", Kind::Text, true);
        self.name("terraform_data.n.input", Kind::Number, true);
    }

    fn resources(&mut self, prefix: &str, out: &mut String) {
        for at in 0..1 + self.below(3) {
            let name = format!("{prefix}{at}");
            let before = self.names.len();
            let kind = self.kind();
            let (head, reference) = match self.below(4) {
                0 => {
                    let count = self.below(4);
                    let count = if self.chance(50) {
                        count.to_string()
                    } else {
                        format!("length({})", self.plainly(Kind::Texts, 2))
                    };
                    self.name("count.index", Kind::Number, true);
                    (format!("  count = {count}\n"), format!("terraform_data.{name}[*].input"))
                }
                1 => {
                    let over = self.plainly(Kind::Map, 2);
                    self.name("each.key", Kind::Text, true);
                    self.name("each.value", Kind::Text, true);
                    (format!("  for_each = {over}\n"), format!("values(terraform_data.{name})[*].input"))
                }
                2 => {
                    let over = self.plainly(Kind::Texts, 2);
                    self.name("each.key", Kind::Text, true);
                    self.name("each.value", Kind::Text, true);
                    (
                        format!("  for_each = toset({over})\n"),
                        format!("[for k, r in terraform_data.{name} : r.input]"),
                    )
                }
                _ => (String::new(), format!("terraform_data.{name}.input")),
            };
            let value = self.expression(kind, 4);
            let value = match self.below(5) {
                0 => format!("jsonencode({value})"),
                1 => format!("{{ a = {value}, b = {} }}", self.value(3)),
                2 => format!("[{value}, {}]", self.value(3)),
                _ => value,
            };
            let _ = writeln!(out, "resource \"terraform_data\" \"{name}\" {{\n{head}  input = {value}\n}}");
            self.names.truncate(before);
            let _ =
                writeln!(out, "resource \"terraform_data\" \"{name}_again\" {{\n  input = {reference}\n}}");
        }
    }

    fn value(&mut self, depth: usize) -> String {
        let kind = self.kind();
        self.expression(kind, depth)
    }

    fn root(&mut self) -> String {
        let mut out = String::new();
        self.variables(&mut out);
        self.sources(&mut out);
        self.locals("l", &mut out);
        let head = match self.below(3) {
            0 => format!("  count = {}\n", self.below(3)),
            1 => format!("  for_each = {}\n", self.plainly(Kind::Map, 2)),
            _ => String::new(),
        };
        let (text, numbers, object) = (
            self.expression(Kind::Text, 3),
            self.expression(Kind::Numbers, 3),
            self.expression(Kind::Object, 3),
        );
        let _ = writeln!(
            out,
            "module \"c\" {{\n  source = \"./child\"\n{head}  text = {text}\n  numbers = {numbers}\n  object = {object}\n}}"
        );
        let outputs = match head.trim_start().split(' ').next() {
            Some("count") => "module.c[*].out",
            Some("for_each") => "{ for k, m in module.c : k => m.out }",
            _ => {
                self.name("module.c.text", Kind::Text, false);
                self.name("module.c.numbers", Kind::Numbers, false);
                "module.c.out"
            }
        };
        let _ = writeln!(out, "resource \"terraform_data\" \"outputs\" {{\n  input = {outputs}\n}}");
        self.locals("m", &mut out);
        self.resources("r", &mut out);
        out
    }

    fn child(&mut self) -> String {
        let mut out = String::new();
        for (name, kind) in [("text", Kind::Text), ("numbers", Kind::Numbers), ("object", Kind::Object)] {
            let _ = writeln!(out, "variable \"{name}\" {{\n  type = {}\n}}", kind.written());
            self.name(format!("var.{name}"), kind, false);
        }
        self.variables(&mut out);
        self.sources(&mut out);
        self.locals("l", &mut out);
        self.resources("r", &mut out);
        for (name, kind) in [("text", Kind::Text), ("numbers", Kind::Numbers)] {
            let value = self.expression(kind, 3);
            let _ = writeln!(out, "output \"{name}\" {{\n  value = {value}\n}}");
        }
        let value = self.value(3);
        let _ = writeln!(out, "output \"out\" {{\n  value = {value}\n}}");
        out
    }

    fn text(&mut self) -> String {
        self.pick(&["a", "b", "key", "x-y", "ä", "1", "true", "", "two words"]).to_owned()
    }

    /// An expression that refers to nothing.
    fn constant(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Text => format!("\"{}\"", self.text()),
            Kind::Number => self.pick(&["0", "1", "2", "3.5", "-4", "10"]).to_owned(),
            Kind::Truth => self.pick(&["true", "false"]).to_owned(),
            Kind::Texts => self.several(|maker| maker.constant(Kind::Text)),
            Kind::Numbers => self.several(|maker| maker.constant(Kind::Number)),
            Kind::Map => self.entries(|maker| maker.constant(Kind::Text)),
            Kind::Object => {
                let text = self.constant(Kind::Text);
                self.pick(&[
                    "{ a = T, n = 1, l = [] }",
                    "{ a = T, n = -2, l = [\"x\"] }",
                    "{ a = T, n = 0, l = [T, \"y\"] }",
                ])
                .replace('T', &text)
            }
        }
    }

    fn several(&mut self, one: impl Fn(&mut Self) -> String) -> String {
        let all: Vec<String> = (0..self.below(4)).map(|_| one(self)).collect();
        format!("[{}]", all.join(", "))
    }

    fn entries(&mut self, one: impl Fn(&mut Self) -> String) -> String {
        let keys = ["a", "b", "\"two words\"", "k1"];
        let all: Vec<String> = (0..self.below(4)).map(|at| format!("{} = {}", keys[at], one(self))).collect();
        format!("{{ {} }}", all.join(", "))
    }

    fn leaf(&mut self, kind: Kind) -> String {
        let plain = self.plain;
        let fitting: Vec<String> = self
            .names
            .iter()
            .filter(|name| name.kind == kind && (name.is_plain || !plain))
            .map(|name| name.text.clone())
            .collect();
        if !fitting.is_empty() && self.chance(75) {
            let at = self.below(fitting.len());
            return fitting[at].clone();
        }
        self.constant(kind)
    }

    fn expression(&mut self, kind: Kind, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else { return self.leaf(kind) };
        if self.chance(20) {
            return self.leaf(kind);
        }
        let form = self.below(14);
        let mut e = |kind: Kind| self.expression(kind, depth);
        // Forms that are the same for every kind.
        match form {
            0 => {
                let (condition, yes, no) = (e(Kind::Truth), e(kind), e(kind));
                return format!("({condition} ? {yes} : {no})");
            }
            1 => {
                let (first, second) = (e(kind), e(kind));
                return format!("try({first}, {second})");
            }
            2 if !self.plain && self.chance(40) => {
                return format!("sensitive({})", self.expression(kind, depth));
            }
            _ => {}
        }
        let form = self.below(8);
        let variable = format!("x{}", self.loops);
        self.loops += 1;
        let mut e = |kind: Kind| self.expression(kind, depth);
        match kind {
            Kind::Text => match form {
                0 => format!("\"p-${{{}}}\"", e(Kind::Text)),
                1 => format!("\"${{{}}}-${{{}}}\"", e(Kind::Text), e(Kind::Number)),
                2 => format!("join(\"-\", {})", e(Kind::Texts)),
                3 => format!("{}.a", e(Kind::Object)),
                4 => format!("lookup({}, \"a\", {})", e(Kind::Map), e(Kind::Text)),
                5 => {
                    let (list, other) = (e(Kind::Texts), e(Kind::Text));
                    let index = self.below(3);
                    // What fails may be right of `&&`, which is not looked at here.
                    if !self.plain && self.chance(5) {
                        format!("{list}[{index}]")
                    } else {
                        format!("try({list}[{index}], {other})")
                    }
                }
                6 => format!("tostring({})", e(Kind::Number)),
                _ => format!(
                    "\"%{{ if {} }}yes ${{{}}}%{{ else }}no%{{ endif }}\"",
                    e(Kind::Truth),
                    e(Kind::Text)
                ),
            },
            Kind::Number => match form {
                0 => format!("({} + {})", e(Kind::Number), e(Kind::Number)),
                1 => format!("(1 - {} * 2)", e(Kind::Number)),
                2 => format!("length({})", e(Kind::Texts)),
                3 => format!("length({})", e(Kind::Map)),
                4 => format!("{}.n", e(Kind::Object)),
                5 => format!("max(1, {}...)", e(Kind::Numbers)),
                6 => format!("length({})", e(Kind::Text)),
                _ => format!("sum([{}, 1])", e(Kind::Number)),
            },
            Kind::Truth => match form {
                0 => format!("({} == {})", e(Kind::Text), e(Kind::Text)),
                1 => format!("({} > {})", e(Kind::Number), e(Kind::Number)),
                2 => {
                    format!("({} && {})", self.plainly(Kind::Truth, depth), self.plainly(Kind::Truth, depth))
                }
                3 => {
                    format!("({} || !{})", self.plainly(Kind::Truth, depth), self.plainly(Kind::Truth, depth))
                }
                4 => format!("contains({}, {})", e(Kind::Texts), e(Kind::Text)),
                5 => format!("can({}[{}])", e(Kind::Texts), self.below(3)),
                6 => format!("startswith({}, \"p-\")", e(Kind::Text)),
                _ => format!("anytrue([{}, {}])", e(Kind::Truth), e(Kind::Truth)),
            },
            Kind::Texts => match form {
                0 => self.several(|maker| maker.expression(Kind::Text, depth)),
                1 => {
                    let over = e(Kind::Texts);
                    self.looped(Kind::Text, &variable, |maker, name| {
                        format!("[for {name} in {over} : {}]", maker.expression(Kind::Text, depth))
                    })
                }
                2 => {
                    let over = e(Kind::Map);
                    self.looped(Kind::Text, &variable, |maker, name| {
                        format!(
                            "[for k{name}, {name} in {over} : k{name} if {}]",
                            maker.expression(Kind::Truth, depth)
                        )
                    })
                }
                3 => format!("concat({}, {})", e(Kind::Texts), e(Kind::Texts)),
                4 => format!("keys({})", e(Kind::Map)),
                5 => format!("distinct({})", e(Kind::Texts)),
                6 => format!("{}.l", e(Kind::Object)),
                _ => format!("([{}, {}][*].a)", e(Kind::Object), e(Kind::Object)),
            },
            Kind::Numbers => match form {
                0 | 1 => self.several(|maker| maker.expression(Kind::Number, depth)),
                2 => {
                    let over = e(Kind::Texts);
                    self.looped(Kind::Text, &variable, |maker, name| {
                        format!("[for {name} in {over} : {}]", maker.expression(Kind::Number, depth))
                    })
                }
                3 => format!("slice([{}, 1, 2], 0, 2)", e(Kind::Number)),
                4 => format!("flatten([{}, [{}]])", e(Kind::Numbers), e(Kind::Number)),
                5 => "range(3)".to_owned(),
                6 => format!("reverse({})", e(Kind::Numbers)),
                _ => format!("tolist([{}, 0])", e(Kind::Number)),
            },
            Kind::Map => match form {
                0 | 1 => self.entries(|maker| maker.expression(Kind::Text, depth)),
                2 => {
                    let over = e(Kind::Map);
                    self.looped(Kind::Text, &variable, |maker, name| {
                        format!(
                            "{{ for k{name}, {name} in {over} : \"${{k{name}}}!\" => {} }}",
                            maker.expression(Kind::Text, depth)
                        )
                    })
                }
                3 => {
                    let over = self.plainly(Kind::Texts, depth);
                    self.looped(Kind::Text, &variable, |maker, name| {
                        format!(
                            "{{ for i{name}, {name} in {over} : \"k${{i{name}}}\" => {} }}",
                            maker.expression(Kind::Text, depth)
                        )
                    })
                }
                4 => format!("merge({}, {})", e(Kind::Map), e(Kind::Map)),
                5 => format!("tomap({{ a = {} }})", e(Kind::Text)),
                6 => format!("zipmap([\"a\", \"b\"], [{}, {}])", e(Kind::Text), e(Kind::Text)),
                _ => format!(
                    "{{ ({}) = {} }}",
                    self.plainly(Kind::Text, depth),
                    self.expression(Kind::Text, depth)
                ),
            },
            Kind::Object => match form {
                0..=3 => {
                    format!("{{ a = {}, n = {}, l = {} }}", e(Kind::Text), e(Kind::Number), e(Kind::Texts))
                }
                4 => format!(
                    "merge({{ a = {}, n = 0, l = [] }}, {{ n = {} }})",
                    e(Kind::Text),
                    e(Kind::Number)
                ),
                5 => format!("jsondecode(jsonencode({{ a = {}, n = 1, l = [\"j\"] }}))", e(Kind::Text)),
                6 => format!(
                    "[{{ a = {}, n = 1, l = [] }}, {}][{}]",
                    e(Kind::Text),
                    e(Kind::Object),
                    self.below(2)
                ),
                _ => self.leaf(Kind::Object),
            },
        }
    }

    /// With the variable of a loop among the names.
    fn looped(&mut self, kind: Kind, name: &str, make: impl Fn(&mut Self, &str) -> String) -> String {
        let before = self.names.clone();
        let plain = self.plain;
        self.name(name, kind, plain);
        let made = make(self, name);
        self.names = before;
        made
    }
}

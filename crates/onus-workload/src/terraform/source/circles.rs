//! What depends on itself, through however many names and modules: Terraform refuses it whether it is asked for or not.

use super::World;
use super::configuration::{Module, is_local};
use super::names::{Owner, Used};
use crate::walk::identity;
use onus_model::{Problem, ProblemKind, Span};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// In a configuration of more parts than this no circles are looked for.
const MAX_PARTS: usize = 100_000;

/// The name of a module's part that depends on all others.
const WHOLE: &str = "*";

/// A part of a module that is called by a chain of names: `a.b` and `local.c`.
type Part = (String, String);

/// The parts of a configuration, and what each depends on.
#[derive(Default)]
struct Graph {
    numbers: FxHashMap<Part, usize>,
    parts: Vec<(Part, Option<Span>)>,
    edges: Vec<Vec<usize>>,
}

impl Graph {
    fn number(&mut self, part: Part) -> usize {
        if let Some(number) = self.numbers.get(&part) {
            return *number;
        }
        let number = self.parts.len();
        self.numbers.insert(part.clone(), number);
        self.parts.push((part, None));
        self.edges.push(Vec::new());
        number
    }

    fn edge(&mut self, from: Part, to: Part) {
        let (from, to) = (self.number(from), self.number(to));
        if let Some(edges) = self.edges.get_mut(from)
            && !edges.contains(&to)
        {
            edges.push(to);
        }
    }
}

/// Reports the circles of a root module and of what it calls.
pub(super) fn report(world: &World<'_>, root: &Path, used: &FxHashMap<PathBuf, Vec<Used>>) {
    let mut graph = Graph::default();
    let mut open = vec![(String::new(), root.to_owned(), 0)];
    while let Some((chain, folder, depth)) = open.pop() {
        let (Some(module), Some(used)) = (world.modules.get(&folder), used.get(&folder)) else { continue };
        if graph.parts.len() > MAX_PARTS {
            return;
        }
        let whole = (chain.clone(), WHOLE.to_owned());
        // Nothing depends on the root as a whole, nor on how many of it there are.
        let is_root = chain.is_empty();
        for one in used.iter().filter(|one| !is_root || !one.names.is_empty()) {
            if let Owner::Own(name) = &one.owner
                && !is_root
            {
                graph.edge(whole.clone(), (chain.clone(), name.clone()));
            }
            add(&mut graph, &chain, one);
        }
        if depth < super::running::MAX_MODULE_DEPTH {
            for name in module.calls.keys() {
                if let Some(folder) = called(world, root, (&chain, &folder, module), name) {
                    graph.edge(whole.clone(), (joined(&chain, name), WHOLE.to_owned()));
                    open.push((joined(&chain, name), folder, depth + 1));
                }
            }
        }
    }
    for circle in circles(&graph.edges) {
        let names: Vec<String> = circle.iter().filter_map(|at| shown(&graph.parts.get(*at)?.0)).collect();
        let Some(place) = circle.iter().find_map(|at| graph.parts.get(*at)?.1) else { continue };
        let message = match names.as_slice() {
            [only] => format!("`{only}` refers to itself"),
            all => format!("`{}` refer to each other", all.join("`, `")),
        };
        world.report(Problem::at(ProblemKind::Invalid, place, message));
    }
}

/// A module: the names of the calls that lead to it, its folder, and what that declares.
type At<'a, 'c> = (&'a str, &'a Path, &'a Module<'c>);

fn joined(chain: &str, name: &str) -> String {
    if chain.is_empty() { name.to_owned() } else { format!("{chain}.{name}") }
}

/// A part as it is called in messages; none of one that only stands for others.
fn shown((chain, name): &Part) -> Option<String> {
    if name.is_empty() || name == WHOLE {
        return None;
    }
    let modules: String =
        chain.split('.').filter(|name| !name.is_empty()).map(|name| format!("module.{name}.")).collect();
    Some(format!("{modules}{name}"))
}

/// The folder of a module that is called.
fn called(
    world: &World<'_>,
    root: &Path,
    (chain, folder, module): At<'_, '_>,
    name: &str,
) -> Option<PathBuf> {
    let (_, attribute) = module.calls.get(name)?.attribute("source")?;
    let source = attribute.value.as_str()?;
    let found = if is_local(source) {
        identity(&folder.join(source))
    } else {
        world.fetched.get(&(root.to_owned(), joined(chain, name)))?.clone()
    };
    world.modules.contains_key(&found).then_some(found)
}

/// Adds what one part depends on.
fn add(graph: &mut Graph, chain: &str, used: &Used) {
    let part = match &used.owner {
        Owner::Own(name) => (chain.to_owned(), name.clone()),
        Owner::Argument(call, name) => (joined(chain, call), format!("var.{name}")),
        // All of a module depends on how many of it there are.
        Owner::Instances(call) => (joined(chain, call), String::new()),
        Owner::Nothing => return,
    };
    let number = graph.number(part.clone());
    if let Some((_, place)) = graph.parts.get_mut(number) {
        place.get_or_insert(used.place);
    }
    if !part.1.is_empty() {
        graph.edge(part.clone(), (part.0.clone(), String::new()));
    } else if let Some((outer, _)) = part.0.rsplit_once('.') {
        graph.edge(part.clone(), (outer.to_owned(), String::new()));
    }
    for name in &used.names {
        let Some(target) = name.target() else { continue };
        let Some(call) = target.strip_prefix("module.") else {
            graph.edge(part.clone(), (chain.to_owned(), target));
            continue;
        };
        let inner = joined(chain, call);
        let what = name.output().map_or_else(|| WHOLE.to_owned(), |output| format!("output.{output}"));
        graph.edge(part.clone(), (inner, what));
    }
}

/// The groups of those that depend on each other, after Tarjan; without recursion, since a chain may be long.
fn circles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let (mut index, mut low) = (vec![usize::MAX; edges.len()], vec![0; edges.len()]);
    let (mut on_stack, mut stack, mut next) = (vec![false; edges.len()], Vec::new(), 0);
    for start in 0..edges.len() {
        if index[start] != usize::MAX {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((at, edge)) = work.pop() {
            if edge == 0 {
                (index[at], low[at]) = (next, next);
                next += 1;
                stack.push(at);
                on_stack[at] = true;
            }
            if let Some(to) = edges[at].get(edge).copied() {
                work.push((at, edge + 1));
                if index[to] == usize::MAX {
                    work.push((to, 0));
                } else if on_stack[to] {
                    low[at] = low[at].min(index[to]);
                }
                continue;
            }
            if let Some((outer, _)) = work.last() {
                low[*outer] = low[*outer].min(low[at]);
            }
            if low[at] == index[at] {
                let from = stack.iter().rposition(|one| *one == at).unwrap_or(0);
                let group = stack.split_off(from);
                group.iter().for_each(|one| on_stack[*one] = false);
                if group.len() > 1 || edges[at].contains(&at) {
                    found.push(group);
                }
            }
        }
    }
    found
}

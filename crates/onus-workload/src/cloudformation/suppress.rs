//! Waivers in templates: to be read from metadata and comments.

use super::foreach::Entry;
use super::stack::Stack;

pub(crate) fn of_template(_: &Stack<'_>) {}
pub(crate) fn of_resource<'t>(_: &Stack<'t>, _: &Entry<'t>) {}
pub(crate) fn of_comments(_: &Stack<'_>) {}

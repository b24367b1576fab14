//! A sign of life on long work.

use indicatif::ProgressBar;
use std::io::{self, IsTerminal};
use std::time::Duration;

/// A spinner on standard error; nothing where that is no terminal, or under CI.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(crate) fn start(message: &'static str) -> Self {
        if !io::stderr().is_terminal() || std::env::var_os("CI").is_some() {
            return Self(None);
        }
        let bar = ProgressBar::new_spinner();
        bar.set_message(message);
        // Short runs end before the first tick and show nothing.
        bar.enable_steady_tick(Duration::from_millis(250));
        Self(Some(bar))
    }

    pub(crate) fn say(&self, message: &'static str) {
        if let Some(bar) = &self.0 {
            bar.set_message(message);
        }
    }

    pub(crate) fn end(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}

//! Readers: what runs on AWS, from templates, plans and lists, as one [`Workload`](onus_model::Workload).
//!
//! [`read()`] is the entry: it walks the paths (`walk`), loads what they hold and what that names in turn
//! (`gather`), tells by its content what each file is (`recognize`), and hands it to its reader. A reader is one
//! folder: `cloudformation`, with SAM and nested stacks; [`terraform`], with plans, states and source. `syntax` is
//! YAML and JSON with places, for all of them. The manifest of a cloud assembly (`cdk`) says where
//! templates are deployed. Readers know no checks. What they cannot know stays unknown, with its reason, and
//! one bad file does not end the run.

mod cdk;
mod cloudformation;
mod credentials;
mod exclude;
mod exports;
mod gather;
mod load;
mod names;
mod parameter_files;
mod read;
mod recognize;
mod repeated;
mod secret_names;
mod spelling;
mod syntax;
pub mod terraform;
mod unbuilt;
mod unset;
mod waiver;
mod walk;

pub use exclude::Exclusion;
pub use read::{Input, Options, Reading, read};

/// The stack of a worker thread. Evaluation recurses, at most 192 levels of a few frames each; this is
/// about ten times what they take without optimization.
pub(crate) const STACK_SIZE: usize = 16 * 1024 * 1024;

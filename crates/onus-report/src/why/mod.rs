//! Whose a control is in a workload: the chain from layers over services to the class, and what would change it.

mod write;

pub use write::write;

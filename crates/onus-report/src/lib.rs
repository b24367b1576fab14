//! An assessment as each output format.

pub mod html;

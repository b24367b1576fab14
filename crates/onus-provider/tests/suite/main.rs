//! Documents made in the tests, and what is read of them.
#![allow(clippy::unwrap_used)]

mod damage;
mod kit;
mod layouts;
mod limits;
mod matrix;
mod oracle;
mod oscal;
mod reports;
mod shapes;

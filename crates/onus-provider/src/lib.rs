//! What another system, between AWS and the customer, publishes about who does what.
//!
//! Start at [`read()`]: a document to an [`onus_model::Provider`], with everything that is wrong with it and where. A
//! workbook (`xlsx`) and a text (`text`) become rows of cells (`grid`); tables are found by their headings (`table`,
//! `heading`), rows are read one by one (`row`) and put together by control (`gather`). `oscal` reads plans and component definitions. Nothing here opens a file, or
//! knows a workload or the customer's part in it.

mod entry;
mod error;
mod gather;
mod grid;
mod heading;
pub mod limits;
mod marks;
mod oscal;
mod read;
mod request;
mod row;
mod table;
mod text;
mod words;
mod xlsx;

pub use error::{ProviderError, Trouble};
pub use read::{Reading, read};
pub use request::{Document, Request};

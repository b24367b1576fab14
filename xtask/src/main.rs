//! Chores of the repository: `cargo xtask <chore>`.

mod properties;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask <chore>

chores:
  properties   renew knowledge/cloudformation/properties.txt from the resource schemas that cfn-lint carries";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("properties") => properties::renew(),
        _ => bail!("{USAGE}"),
    }
}

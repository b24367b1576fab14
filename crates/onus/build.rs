//! Validates `knowledge/` and packs it, for the program to carry.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    println!("cargo::rerun-if-changed={}", folder.display());
    let files =
        onus_knowledge::read_folder(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let loaded = match onus_knowledge::load(&files) {
        Ok(loaded) => loaded,
        Err(errors) => {
            for error in &errors {
                println!("cargo::error=knowledge/{error}");
            }
            bail!("{} mistakes in knowledge/", errors.len());
        }
    };
    let out = PathBuf::from(std::env::var_os("OUT_DIR").context("cargo sets OUT_DIR")?);
    std::fs::write(out.join("knowledge.bin"), onus_knowledge::pack(&loaded.knowledge))?;
    Ok(())
}

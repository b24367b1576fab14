//! The terminal picture in the README is what the program prints. `UPDATE_README=1` renews it.

use std::path::Path;
use std::process::Command;

const OPENING: &str = "```text\n";
const CLOSING: &str = "```\n";

#[test]
fn the_terminal_picture_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_onus"))
        .args(["assess", "examples/web-shop", "--no-html", "--color", "never"])
        .current_dir(&root)
        .env("COLUMNS", "80")
        .env("SOURCE_DATE_EPOCH", "1795305600")
        .output()
        .unwrap();
    let printed = beginning(&String::from_utf8(output.stdout).unwrap());
    let path = root.join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let start = readme.find(OPENING).unwrap() + OPENING.len();
    let end = start + readme[start..].find(CLOSING).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, format!("{}{printed}{}", &readme[..start], &readme[end..])).unwrap();
    } else {
        assert_eq!(
            &readme[start..end],
            printed,
            "renew it: UPDATE_README=1 cargo test -p onus --test readme"
        );
    }
}

/// Everything up to the second finding.
fn beginning(text: &str) -> String {
    let mut findings = 0;
    let lines = text.lines().take_while(|line| {
        findings += usize::from(line.starts_with("! "));
        findings < 2
    });
    lines.map(|line| format!("{line}\n")).collect::<String>().trim_end().to_owned() + "\n"
}

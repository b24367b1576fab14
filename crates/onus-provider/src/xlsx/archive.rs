//! The zip archive that a workbook is, with a bound on what is unpacked.

use crate::error::ProviderError;
use crate::limits;
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ProviderError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken("the archive", &error))?;
        Ok(Self { zip, left: limits::MAX_UNPACKED })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, path: &str) -> bool {
        self.zip.index_for_name(path).is_some()
    }

    /// The text of a part.
    pub(super) fn part(&mut self, path: &str) -> Result<String, ProviderError> {
        let part = self.zip.by_name(path).map_err(|error| broken(path, &error))?;
        let mut bytes = Vec::new();
        // What the archive says of a part's size need not be so.
        let read = part.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| broken(path, &error))?;
        let limit = limits::MAX_UNPACKED;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or(ProviderError::TooMany { what: "bytes in the parts of the workbook", limit })?;
        let text = String::from_utf8(bytes).map_err(|_| broken(path, &"is not text in UTF-8"))?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

pub(super) fn broken(part: &str, reason: &dyn std::fmt::Display) -> ProviderError {
    let reason = reason.to_string();
    let plain = reason.starts_with("is ") || reason.starts_with("has ") || reason.starts_with("ends ");
    let reason = if plain { reason } else { format!("cannot be read ({reason})") };
    ProviderError::Broken { part: part.to_owned(), reason }
}

//! A comment, which has a length that it must not exceed.

/// Kept free at the end, for the notes on what was left out.
const RESERVE: usize = 400;

/// Text that never grows beyond its room.
pub(crate) struct Comment {
    out: String,
    room: usize,
}

impl Comment {
    pub(crate) fn new(max_length: usize) -> Self {
        Self { out: String::new(), room: max_length.saturating_sub(RESERVE) }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// Adds a block as a whole, or not at all.
    pub(crate) fn add(&mut self, block: &str) -> bool {
        let fits = self.out.len() + block.len() <= self.room;
        if fits {
            self.out.push_str(block);
        }
        fits
    }

    /// Adds a block between `open` and `close`, with as many of the rows as fit, and says how many did not.
    pub(crate) fn rows(&mut self, open: &str, rows: impl ExactSizeIterator<Item = String>, close: &str) {
        let all = rows.len();
        let room = self.room.saturating_sub(open.len() + close.len() + 80);
        let before = self.out.len();
        let mut block = String::new();
        let mut added = 0;
        for row in rows {
            if before + block.len() + row.len() > room {
                break;
            }
            block.push_str(&row);
            added += 1;
        }
        let note = if added < all {
            format!("\n*and {} more, for which a comment has no room*\n", all - added)
        } else {
            String::new()
        };
        self.add(&format!("{open}{block}{note}{close}"));
    }
}

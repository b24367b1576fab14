//! The known properties of each resource type, so that a misspelt one is an error at load.
//!
//! The text is generated (`cargo xtask properties`); its form is described there.

use rustc_hash::FxHashMap;

/// The index over its text.
#[derive(Clone, Debug)]
pub struct PropertyIndex<'t> {
    types: Vec<&'t str>,
    blocks: FxHashMap<&'t str, &'t str>,
}

/// Whether a property exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// It does, or the schema leaves its place open.
    Yes,
    /// It does not; the names that stand at the place of the first unknown segment.
    No {
        /// The segment that is unknown.
        segment: String,
        /// What there is instead.
        instead: Vec<String>,
    },
    /// The resource type itself is not known.
    UnknownType,
}

impl<'t> PropertyIndex<'t> {
    /// The index over a text in the generated form.
    pub fn new(text: &'t str) -> Self {
        let blocks = text.split("\n\n").skip(1);
        let entries: Vec<_> =
            blocks.filter_map(|block| block.trim_start_matches('\n').split_once(' ')).collect();
        Self { types: entries.iter().map(|(name, _)| *name).collect(), blocks: entries.into_iter().collect() }
    }

    /// All resource types, in alphabetical order.
    pub fn types(&self) -> impl Iterator<Item = &'t str> {
        self.types.iter().copied()
    }

    /// Whether there is such a resource type.
    pub fn has(&self, resource_type: &str) -> bool {
        self.blocks.contains_key(resource_type)
    }

    /// The properties that identify a resource of the type, e.g. `BucketName`.
    pub fn identifiers(&self, resource_type: &str) -> impl Iterator<Item = &'t str> {
        let header = self.block(resource_type).and_then(|block| block.lines().next()).unwrap_or_default();
        header.split(' ').filter(|word| !word.is_empty())
    }

    /// Whether a path, given without list indices, exists in a type.
    pub fn known(&self, resource_type: &str, path: &[&str]) -> Known {
        let Some(block) = self.block(resource_type) else { return Known::UnknownType };
        let mut definition = ".";
        for segment in path {
            if definition == "*" {
                return Known::Yes;
            }
            let entries = entries(block, definition);
            match entries.iter().find(|(name, _)| name == segment || *name == "*") {
                Some((_, Some(next))) => definition = next,
                // Below a scalar there is nothing.
                Some((_, None)) => definition = "",
                None => {
                    let instead = entries.iter().map(|(name, _)| (*name).to_owned()).collect();
                    return Known::No { segment: (*segment).to_owned(), instead };
                }
            }
        }
        Known::Yes
    }

    /// The names of all properties of a type, at any depth.
    pub fn names(&self, resource_type: &str) -> impl Iterator<Item = &'t str> {
        let lines = self.block(resource_type).unwrap_or_default().lines().skip(1);
        lines.flat_map(|line| line.split(' ').skip(1)).map(|word| word.split('>').next().unwrap_or(word))
    }

    /// The rest of the header line and the definitions of a type.
    fn block(&self, resource_type: &str) -> Option<&'t str> {
        self.blocks.get(resource_type).copied()
    }
}

fn entries<'t>(block: &'t str, definition: &str) -> Vec<(&'t str, Option<&'t str>)> {
    let line = block.lines().skip(1).find_map(|line| line.strip_prefix(definition)?.strip_prefix(' '));
    let words = line.unwrap_or_default().split(' ').filter(|word| !word.is_empty());
    words
        .map(|word| match word.split_once('>') {
            Some((name, next)) => (name, Some(next)),
            None => (word, None),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# head\n\nAWS::S3::Bucket BucketName\n. BucketName Policy>* Versioning>V\nV Status Next>V\n\nAWS::S3::Other \n. Name\n";

    #[test]
    fn a_path_is_followed_through_definitions() {
        let index = PropertyIndex::new(TEXT);
        assert_eq!(index.types().collect::<Vec<_>>(), ["AWS::S3::Bucket", "AWS::S3::Other"]);
        assert_eq!(index.identifiers("AWS::S3::Bucket").collect::<Vec<_>>(), ["BucketName"]);
        assert_eq!(index.known("AWS::S3::Bucket", &["Versioning", "Next", "Next", "Status"]), Known::Yes);
        assert_eq!(index.known("AWS::S3::Bucket", &["Policy", "Anything", "Goes"]), Known::Yes);
        assert_eq!(index.known("AWS::S3::Bucke", &["BucketName"]), Known::UnknownType);
        let no = Known::No { segment: "Stat".into(), instead: vec!["Next".into(), "Status".into()] };
        assert!(
            matches!(index.known("AWS::S3::Bucket", &["Versioning", "Stat"]), Known::No { segment, .. } if segment == "Stat"),
            "{no:?}"
        );
        assert!(matches!(index.known("AWS::S3::Bucket", &["BucketName", "X"]), Known::No { .. }));
    }
}

//! AWS's own OSCAL components, which ours refer to.

use super::parts::link;
use onus_oscal::common::Link;

/// `<our id> <file> <uuid> <title>`, a line each.
const TABLE: &str = include_str!("aws.txt");

/// Where AWS publishes them.
const FOLDER: &str =
    "https://github.com/awslabs/oscal-content-for-aws-services/blob/main/component-definitions";

/// The link to AWS's component of one of our services, if AWS has one.
pub(super) fn reference(service: &str) -> Option<Link> {
    let mut lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let [_, file, uuid, title] = lines.find_map(|line| {
        let parts: Vec<&str> = line.splitn(4, ' ').collect();
        let parts: [&str; 4] = parts.try_into().ok()?;
        (parts[0] == service).then_some(parts)
    })?;
    Some(Link {
        resource_fragment: Some(uuid.to_owned()),
        media_type: Some("application/oscal+json".to_owned()),
        text: Some(format!("AWS's own component {title}")),
        ..link("reference", &format!("{FOLDER}/{file}.oscal.json"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_has_components_for_most_services() {
        let link = reference("s3").expect("AWS has a component for S3");
        assert!(link.href.ends_with("/s3.oscal.json"), "{}", link.href);
        assert_eq!(link.text.as_deref(), Some("AWS's own component Amazon Simple Storage Service"));
        assert!(reference("no-such-service").is_none());
        assert!(TABLE.lines().all(|line| line.starts_with('#') || line.splitn(4, ' ').count() == 4));
    }
}

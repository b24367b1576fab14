//! What kind of file a text is, by its content and without parsing it.

/// The kinds of files that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A CloudFormation template in YAML.
    CloudFormationYaml,
    /// A CloudFormation template in JSON.
    CloudFormationJson,
    /// What `terraform show -json` prints of a plan or a state.
    TerraformJson,
    /// A state as Terraform stores it.
    TerraformState,
    /// Terraform source.
    TerraformSource,
    /// Values of Terraform's variables, of a file that it loads by itself.
    TerraformValues,
    /// What Terragrunt does in a folder.
    Terragrunt,
    /// The manifest of a CDK cloud assembly.
    CdkManifest,
    /// Something that belongs to templates but holds no resources.
    Companion,
    /// Anything else.
    Other,
}

/// The kind that a file's name alone tells.
pub(crate) fn of_name(name: &str) -> Option<Kind> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let is_values = name == "terraform.tfvars" || name == "terraform.tfvars.json";
    if ends(&[".tf", ".tofu", ".tf.json", ".tofu.json"]) {
        Some(Kind::TerraformSource)
    } else if is_values || ends(&[".auto.tfvars", ".auto.tfvars.json"]) {
        Some(Kind::TerraformValues)
    } else if ends(&[".tfvars.json"]) {
        // Terraform loads no others by itself.
        Some(Kind::Companion)
    } else if name == "terragrunt.hcl" {
        Some(Kind::Terragrunt)
    } else {
        None
    }
}

/// Recognizes a text.
pub(crate) fn recognize(text: &str) -> Kind {
    match text.trim_start().as_bytes().first() {
        Some(b'{') => of_keys(text),
        Some(b'[') if text.contains("\"ParameterKey\"") => Kind::Companion,
        Some(b'[') | None => Kind::Other,
        Some(_) => of_yaml(text),
    }
}

/// The top-level keys of a JSON text that tell its kind.
#[derive(Default)]
struct Seen {
    format_version: bool,
    terraform_version: bool,
    version: bool,
    parameters: bool,
    artifacts: bool,
    assets: bool,
}

fn of_keys(text: &str) -> Kind {
    let mut seen = Seen::default();
    let mut keys = TopLevelKeys::new(text);
    while let Some(key) = keys.next() {
        match key {
            "AWSTemplateFormatVersion" => return Kind::CloudFormationJson,
            "Resources" if !keys.stands_before_a_list() => return Kind::CloudFormationJson,
            "planned_values" | "prior_state" | "resource_changes" | "values" if seen.format_version => {
                return Kind::TerraformJson;
            }
            "format_version" => seen.format_version = true,
            "terraform_version" => seen.terraform_version = true,
            "lineage" | "resources" if seen.terraform_version && seen.version => return Kind::TerraformState,
            "version" => seen.version = true,
            "Parameters" => seen.parameters = true,
            "artifacts" if seen.version => return Kind::CdkManifest,
            "artifacts" => seen.artifacts = true,
            "files" | "dockerImages" | "tree" => seen.assets = true,
            _ => {}
        }
    }
    if seen.artifacts && seen.version {
        Kind::CdkManifest
    } else if seen.format_version && seen.terraform_version {
        Kind::TerraformJson
    } else if seen.parameters || (seen.version && seen.assets) {
        Kind::Companion
    } else {
        Kind::Other
    }
}

/// The keys of the outermost object, as written. Ends at whatever is not JSON.
struct TopLevelKeys<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    key_due: bool,
}

impl<'t> TopLevelKeys<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, key_due: false }
    }

    /// Whether the value of the key that was just given is a list, or a scalar.
    fn stands_before_a_list(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default().trim_start();
        let value = rest.strip_prefix(':').unwrap_or(rest).trim_start();
        !value.is_empty() && !value.starts_with('{')
    }

    /// Goes past a string; the place after its opening quote is given.
    fn string(&mut self, start: usize) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            match bytes.get(at)? {
                b'"' => break,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        self.at = at + 1;
        self.text.get(start..at)
    }
}

impl<'t> Iterator for TopLevelKeys<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            self.at += 1;
            match byte {
                b'{' | b'[' => {
                    self.depth += 1;
                    self.key_due = self.depth == 1;
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                b',' => self.key_due = self.depth == 1,
                b'"' => {
                    let text = self.string(self.at)?;
                    if std::mem::take(&mut self.key_due) {
                        return Some(text);
                    }
                }
                _ => {}
            }
        }
    }
}

/// A YAML template has the format's version at its top, or `Resources` that are no list, and names types with `::`. The top
/// may be indented.
fn of_yaml(text: &str) -> Kind {
    let mut lines =
        text.lines().map(|line| line.strip_prefix("--- ").unwrap_or(line)).filter(|line| is_content(line));
    let Some(first) = lines.next() else { return Kind::Other };
    let margin = indentation(first);
    let (mut resources, mut versioned) = (false, false);
    let mut lines = std::iter::once(first).chain(lines).peekable();
    while let Some(line) = lines.next() {
        // A directive of Terraform's at the margin: a text for `templatefile`, and no YAML before that has read it.
        if line.starts_with("%{") {
            return Kind::Other;
        }
        if indentation(line) != margin {
            continue;
        }
        let key = line[margin..].trim_start_matches(['"', '\'']);
        versioned |= key.starts_with("AWSTemplateFormatVersion");
        let rest = key.strip_prefix("Resources").map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
        if let Some(value) = rest.and_then(|rest| rest.strip_prefix(':')) {
            let written_below = value.trim_start().is_empty() || value.trim_start().starts_with('#');
            let value = if written_below { lines.peek().copied().unwrap_or_default() } else { value };
            resources = !value.trim_start().starts_with(['-', '[']);
        }
    }
    let has_types = || text.contains("::") && (text.contains("Type") || text.contains("Fn::"));
    if versioned || (resources && has_types()) { Kind::CloudFormationYaml } else { Kind::Other }
}

/// Whether a line is part of a document's content: no comment, directive or marker, and not blank.
fn is_content(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty()
        && !text.starts_with('#')
        && (!line.starts_with('%') || line.starts_with("%{"))
        && text != "---"
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_terraform_fills_in_is_no_template() {
        let text = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n%{ for k in keys ~}\n  ${k}: {Type: AWS::SNS::Topic}\n%{ endfor ~}\n";
        assert_eq!(recognize(text), Kind::Other);
        let log = "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: |\n        %{Host}i\n";
        assert_eq!(recognize(log), Kind::CloudFormationYaml);
    }

    #[test]
    fn each_kind_by_its_content() {
        for (text, kind) in [
            ("AWSTemplateFormatVersion: '2010-09-09'\n", Kind::CloudFormationYaml),
            ("# c\n---\nResources:\n  A: {Type: AWS::S3::Bucket}\n", Kind::CloudFormationYaml),
            ("\"Resources\":\r\n  A: {Type: AWS::S3::Bucket}\r\n", Kind::CloudFormationYaml),
            ("  AWSTemplateFormatVersion: '2010-09-09'\n", Kind::CloudFormationYaml),
            ("# c\n\n  # d\n    Resources:\n      A: {Type: AWS::S3::Bucket}\n", Kind::CloudFormationYaml),
            ("version: 0.0\nResources:\n  - T: {Type: AWS::ECS::Service}\n", Kind::Other),
            ("Resources: # c\n\n# d\n- T: {Type: AWS::ECS::Service}\n", Kind::Other),
            ("Resources: [{Type: AWS::ECS::Service}]\n", Kind::Other),
            ("Resources:\n- T\nAWSTemplateFormatVersion: x\n", Kind::CloudFormationYaml),
            ("service: s\nresources:\n  Resources:\n    T: {Type: AWS::SNS::Topic}\n", Kind::Other),
            ("service: s\nresources:\n  AWSTemplateFormatVersion: x\n", Kind::Other),
            ("Resources:\n  limits: a::b\n", Kind::Other),
            (
                "AWSTemplateFormatVersion: x\nResources:\n%{ for k in l ~}\n  ${k}: {Type: AWS::S3::Bucket}\n%{ endfor ~}\n",
                Kind::Other,
            ),
            ("{\"Resources\": [\"AWS::S3::Bucket\"], \"version\": 2}", Kind::Other),
            ("{\"Resources\": 1}", Kind::Other),
            ("{\"Resources\": [], \"AWSTemplateFormatVersion\": \"\"}", Kind::CloudFormationJson),
            ("apiVersion: v1\nkind: Pod\nspec:\n  Resources: x::y\n", Kind::Other),
            ("Resources:\n  cpu: 1\n", Kind::Other),
            (" {\"Description\": \"}\\\"\", \"Resources\": {}}", Kind::CloudFormationJson),
            ("{\"Resources\": {", Kind::CloudFormationJson),
            (
                "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9\",\"planned_values\":{}}",
                Kind::TerraformJson,
            ),
            ("{\"format_version\":\"1.0\",\"terraform_version\":\"1.9\"}", Kind::TerraformJson),
            (
                "{\"version\":4,\"terraform_version\":\"1.9\",\"serial\":1,\"resources\":[]}",
                Kind::TerraformState,
            ),
            ("{\"version\":\"36.0.0\",\"artifacts\":{}}", Kind::CdkManifest),
            ("{\"version\":\"36.0.0\",\"files\":{}}", Kind::Companion),
            ("{\"version\":\"tree-0.1\",\"tree\":{}}", Kind::Companion),
            ("[{\"ParameterKey\":\"A\",\"ParameterValue\":\"b\"}]", Kind::Companion),
            ("{\"Parameters\":{\"A\":\"b\"}}", Kind::Companion),
            ("{\"a\":{\"Resources\":1}}", Kind::Other),
            ("{\"", Kind::Other),
            ("{\"\\", Kind::Other),
            ("", Kind::Other),
            ("hello", Kind::Other),
        ] {
            assert_eq!(recognize(text), kind, "{text}");
        }
    }
}

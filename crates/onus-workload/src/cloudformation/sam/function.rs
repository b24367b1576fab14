//! `AWS::Serverless::Function`

use super::{Made, add, moved, text_of};
use onus_model::{Map, Node, Value};

/// Properties that a function of Lambda has under the same name.
const SAME: [&str; 20] = [
    "Architectures",
    "CodeSigningConfigArn",
    "Description",
    "Environment",
    "EphemeralStorage",
    "FileSystemConfigs",
    "FunctionName",
    "Handler",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "Timeout",
];

impl Made<'_, '_> {
    pub(super) fn function(&self, mut properties: Map) {
        let mut function = moved(&mut properties, &SAME, &[("VpcConfig", "VpcConfig")]);
        let traced = properties.remove("Tracing").filter(|mode| mode.as_str() != Some("Disabled"));
        add(&mut function, "Code", self.code(&mut properties));
        if let Some(queue) = properties.remove("DeadLetterQueue") {
            let target = queue.get("TargetArn").cloned();
            let span = queue.span;
            let known = target.map(|target| Value::Map([("TargetArn", target)].into_iter().collect()));
            function.insert("DeadLetterConfig", Node::new(known.unwrap_or(queue.value), span));
        }
        add(&mut function, "Tags", self.tags(properties.remove("Tags")));
        let events = match properties.remove("Events").map(|events| events.value) {
            Some(Value::Map(events)) => events,
            _ => Map::new(),
        };
        let role = match properties.remove("Role") {
            Some(role) => role,
            None => {
                let mut policies = vec!["service-role/AWSLambdaBasicExecutionRole"];
                if function.get("VpcConfig").is_some() {
                    policies.push("service-role/AWSLambdaVPCAccessExecutionRole");
                }
                if traced.is_some() {
                    policies.push("AWSXRayDaemonWriteAccess");
                }
                policies.extend(events.iter().filter_map(|(_, event)| super::event::managed_policy(event)));
                policies.dedup();
                self.role("lambda.amazonaws.com", &policies, &mut properties);
                self.reference(&format!("{}Role", self.id), Some("Arn"))
            }
        };
        function.insert("Role", role);
        if let Some(mode) = traced {
            function.insert("TracingConfig", self.map([("Mode", mode)]));
        }
        self.push(self.id, "AWS::Lambda::Function", function);
        self.alias(&properties);
        self.url(properties.remove("FunctionUrlConfig"));
        for (name, event) in events {
            self.event(&name, event);
        }
    }

    /// Where the code is. A local path becomes an object in a bucket when the template is packaged.
    fn code(&self, properties: &mut Map) -> Option<Node> {
        if let Some(inline) = properties.remove("InlineCode") {
            return Some(self.map([("ZipFile", inline)]));
        }
        if let Some(image) = properties.remove("ImageUri") {
            return Some(self.map([("ImageUri", image)]));
        }
        let uri = properties.remove("CodeUri")?;
        let object = match &uri.value {
            Value::Map(_) => {
                let part = |name: &str| uri.get(name).cloned();
                (part("Bucket"), part("Key"))
            }
            Value::String(text) => match text.strip_prefix("s3://").and_then(|rest| rest.split_once('/')) {
                Some((bucket, key)) => (Some(self.text(bucket)), Some(self.text(key))),
                None => {
                    let packaged = || self.at(Value::unknown_but_present("packaging uploads the code"));
                    (Some(packaged()), Some(packaged()))
                }
            },
            _ => return Some(uri),
        };
        let mut code = Map::new();
        add(&mut code, "S3Bucket", object.0);
        add(&mut code, "S3Key", object.1);
        Some(Node::new(Value::Map(code), uri.span))
    }

    fn alias(&self, properties: &Map) {
        let Some(name) = properties.get("AutoPublishAlias") else { return };
        let version = format!("{}Version", self.id);
        let function = || ("FunctionName", self.reference(self.id, None));
        self.push(&version, "AWS::Lambda::Version", [function()].into_iter().collect());
        let alias = [
            ("Name", name.clone()),
            function(),
            ("FunctionVersion", self.reference(&version, Some("Version"))),
        ];
        let id = format!("{}Alias{}", self.id, name.as_str().unwrap_or_default());
        self.push(&id, "AWS::Lambda::Alias", alias.into_iter().collect());
    }

    fn url(&self, config: Option<Node>) {
        let Some(Value::Map(mut config)) = config.map(|config| config.value) else { return };
        let open = text_of(&config, "AuthType") == Some("NONE");
        let mut url = moved(&mut config, &["AuthType", "Cors", "InvokeMode"], &[]);
        url.insert("TargetFunctionArn", self.reference(self.id, None));
        self.push(&format!("{}Url", self.id), "AWS::Lambda::Url", url);
        if open {
            let permission = [
                ("Action", self.text("lambda:InvokeFunctionUrl")),
                ("FunctionName", self.reference(self.id, None)),
                ("FunctionUrlAuthType", self.text("NONE")),
                ("Principal", self.text("*")),
            ];
            let id = format!("{}UrlPublicPermissions", self.id);
            self.push(&id, "AWS::Lambda::Permission", permission.into_iter().collect());
        }
    }
}

//! `AWS::Serverless::SimpleTable`, `StateMachine` and `LayerVersion`

use super::{Made, add, moved};
use onus_model::{Map, Node, Value};

/// The CloudFormation type that a SAM type becomes in the first place.
pub(super) fn target(short: &str) -> Option<&'static str> {
    Some(match short {
        "Function" => "AWS::Lambda::Function",
        "Api" => "AWS::ApiGateway::RestApi",
        "HttpApi" => "AWS::ApiGatewayV2::Api",
        "SimpleTable" => "AWS::DynamoDB::Table",
        "StateMachine" => "AWS::StepFunctions::StateMachine",
        "LayerVersion" => "AWS::Lambda::LayerVersion",
        "Application" => "AWS::CloudFormation::Stack",
        "GraphQLApi" => "AWS::AppSync::GraphQLApi",
        _ => return None,
    })
}

impl Made<'_, '_> {
    pub(super) fn table(&self, mut properties: Map) {
        let mut table = moved(
            &mut properties,
            &["PointInTimeRecoverySpecification", "ProvisionedThroughput", "SSESpecification", "TableName"],
            &[],
        );
        add(&mut table, "Tags", self.tags(properties.remove("Tags")));
        if table.get("ProvisionedThroughput").is_none() {
            table.insert("BillingMode", self.text("PAY_PER_REQUEST"));
        }
        let key = properties.remove("PrimaryKey");
        let part = |name: &str| key.as_ref().and_then(|key| key.get(name)).cloned();
        let name = part("Name").unwrap_or_else(|| self.text("id"));
        let kind = match part("Type") {
            Some(kind) => match kind.as_str() {
                Some("Number") => self.text("N"),
                Some("Binary") => self.text("B"),
                _ => self.text("S"),
            },
            None => self.text("S"),
        };
        let schema = self.map([("AttributeName", name.clone()), ("KeyType", self.text("HASH"))]);
        table.insert("KeySchema", self.list([schema]));
        let attribute = self.map([("AttributeName", name), ("AttributeType", kind)]);
        table.insert("AttributeDefinitions", self.list([attribute]));
        self.push(self.id, "AWS::DynamoDB::Table", table);
    }

    pub(super) fn state_machine(&self, mut properties: Map) {
        let mut machine = moved(
            &mut properties,
            &["Definition", "DefinitionSubstitutions", "EncryptionConfiguration"],
            &[
                ("DefinitionUri", "DefinitionS3Location"),
                ("Logging", "LoggingConfiguration"),
                ("Name", "StateMachineName"),
                ("Role", "RoleArn"),
                ("Tracing", "TracingConfiguration"),
                ("Type", "StateMachineType"),
            ],
        );
        add(&mut machine, "Tags", self.tags(properties.remove("Tags")));
        if machine.get("RoleArn").is_none() {
            self.role("states.amazonaws.com", &[], &mut properties);
            machine.insert("RoleArn", self.reference(&format!("{}Role", self.id), Some("Arn")));
        }
        self.push(self.id, "AWS::StepFunctions::StateMachine", machine);
        if let Some(Value::Map(events)) = properties.remove("Events").map(|events| events.value) {
            events.into_iter().for_each(|(name, event)| self.machine_event(&name, event));
        }
    }

    fn machine_event(&self, name: &str, event: Node) {
        let kind = event.get("Type").and_then(Node::as_str).unwrap_or_default().to_owned();
        let properties = match event.get("Properties").map(|properties| &properties.value) {
            Some(Value::Map(map)) => map.clone(),
            _ => Map::new(),
        };
        match kind.as_str() {
            "Api" if properties.get("RestApiId").is_none() => {
                self.implicit_rest_api();
            }
            "Schedule" | "CloudWatchEvent" | "EventBridgeRule" => {
                self.rule(&format!("{}{name}", self.id), name, properties, false);
            }
            "Api" => {}
            _ => {
                let message = format!("events of type `{kind}` of a state machine are not expanded");
                self.stack.run.not_evaluated(event.span, message);
            }
        }
    }

    pub(super) fn layer(&self, mut properties: Map) {
        let mut layer = moved(
            &mut properties,
            &["CompatibleArchitectures", "CompatibleRuntimes", "Description", "LayerName", "LicenseInfo"],
            &[],
        );
        if layer.get("LayerName").is_none() {
            layer.insert("LayerName", self.text(self.id));
        }
        layer.insert("Content", self.at(Value::unknown_but_present("packaging uploads the content")));
        self.push(self.id, "AWS::Lambda::LayerVersion", layer);
    }
}

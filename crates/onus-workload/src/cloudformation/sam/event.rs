//! The events of functions and state machines: what they bring, and the permission to call.

use super::{Made, add, moved};
use crate::cloudformation::stack::shorten;
use onus_model::{Map, Node, Value};

/// The managed policy that an event's source asks of the function's role.
pub(super) fn managed_policy(event: &Node) -> Option<&'static str> {
    match event.get("Type")?.as_str()? {
        "SQS" => Some("service-role/AWSLambdaSQSQueueExecutionRole"),
        "Kinesis" => Some("service-role/AWSLambdaKinesisExecutionRole"),
        "DynamoDB" => Some("service-role/AWSLambdaDynamoDBExecutionRole"),
        "MSK" => Some("service-role/AWSLambdaMSKExecutionRole"),
        _ => None,
    }
}

impl Made<'_, '_> {
    /// Lowers an event of a function.
    pub(super) fn event(&self, name: &str, event: Node) {
        let kind = event.get("Type").and_then(Node::as_str).unwrap_or_default().to_owned();
        let properties = match event.value {
            Value::Map(mut event) => event.remove("Properties").map(|properties| properties.value),
            _ => None,
        };
        let mut properties = match properties {
            Some(Value::Map(map)) => map,
            _ => Map::new(),
        };
        let id = format!("{}{name}", self.id);
        match kind.as_str() {
            "Api" => {
                let api = properties.remove("RestApiId").unwrap_or_else(|| self.implicit_rest_api());
                self.permission(
                    &format!("{id}PermissionProd"),
                    "apigateway.amazonaws.com",
                    Some(of_api(api)),
                );
            }
            "HttpApi" => {
                let api = properties.remove("ApiId").unwrap_or_else(|| self.implicit_http_api());
                self.permission(&format!("{id}Permission"), "apigateway.amazonaws.com", Some(of_api(api)));
            }
            "SQS" => self.source(&id, "Queue", properties),
            "Kinesis" | "DynamoDB" | "MSK" => self.source(&id, "Stream", properties),
            "MQ" => self.source(&id, "Broker", properties),
            "DocumentDB" => self.source(&id, "Cluster", properties),
            "SelfManagedKafka" => self.source(&id, "", properties),
            "S3" => {
                let bucket = properties.remove("Bucket").map(of_api);
                self.permission(&format!("{id}Permission"), "s3.amazonaws.com", bucket);
            }
            "SNS" => self.topic(&id, properties),
            "Schedule" | "CloudWatchEvent" | "EventBridgeRule" => self.rule(&id, name, properties, true),
            "ScheduleV2" => self.schedule(&id, properties),
            "CloudWatchLogs" => self.log_subscription(&id, properties),
            "IoTRule" => {
                let rule =
                    [("TopicRulePayload", self.at(Value::unknown_but_present("SAM makes it of the event")))];
                self.push(&id, "AWS::IoT::TopicRule", rule.into_iter().collect());
                self.permission(&format!("{id}Permission"), "iot.amazonaws.com", None);
            }
            "Cognito" => {
                let pool = properties.remove("UserPool").map(of_api);
                self.permission(&format!("{id}Permission"), "cognito-idp.amazonaws.com", pool);
            }
            "AlexaSkill" => self.permission(&format!("{id}Permission"), "alexa-appkit.amazon.com", None),
            other => {
                let message = format!("events of type `{}` are not expanded", shorten(other));
                self.stack.run.not_evaluated(event.span, message);
            }
        }
    }

    pub(super) fn implicit_rest_api(&self) -> Node {
        let first = self.stack.serverless.rest_api.get().unwrap_or(self.span);
        self.stack.serverless.rest_api.set(Some(first));
        self.reference("ServerlessRestApi", None)
    }

    fn implicit_http_api(&self) -> Node {
        let first = self.stack.serverless.http_api.get().unwrap_or(self.span);
        self.stack.serverless.http_api.set(Some(first));
        self.reference("ServerlessHttpApi", None)
    }

    fn permission(&self, id: &str, principal: &str, source: Option<Node>) {
        let mut permission: Map = [
            ("Action", self.text("lambda:InvokeFunction")),
            ("FunctionName", self.reference(self.id, None)),
            ("Principal", self.text(principal)),
        ]
        .into_iter()
        .collect();
        add(&mut permission, "SourceArn", source);
        self.push(id, "AWS::Lambda::Permission", permission);
    }

    fn source(&self, id: &str, source: &str, mut properties: Map) {
        let arn = properties.remove(source);
        let mut mapping = properties;
        add(&mut mapping, "EventSourceArn", arn);
        mapping.insert("FunctionName", self.reference(self.id, None));
        self.push(id, "AWS::Lambda::EventSourceMapping", mapping);
    }

    fn topic(&self, id: &str, mut properties: Map) {
        let mut subscription =
            moved(&mut properties, &["FilterPolicy", "FilterPolicyScope", "Region", "RedrivePolicy"], &[]);
        let topic = properties.remove("Topic");
        add(&mut subscription, "TopicArn", topic.clone());
        subscription.insert("Protocol", self.text("lambda"));
        subscription.insert("Endpoint", self.reference(self.id, Some("Arn")));
        self.push(id, "AWS::SNS::Subscription", subscription);
        self.permission(&format!("{id}Permission"), "sns.amazonaws.com", topic);
    }

    /// A rule of EventBridge that calls the function or state machine.
    pub(super) fn rule(&self, id: &str, name: &str, mut properties: Map, permission: bool) {
        let mut rule = moved(
            &mut properties,
            &["Description", "EventBusName", "Name", "State"],
            &[
                ("Schedule", "ScheduleExpression"),
                ("Pattern", "EventPattern"),
                ("EventPattern", "EventPattern"),
            ],
        );
        let target = self.map([
            ("Id", self.text(&format!("{name}LambdaTarget"))),
            ("Arn", self.reference(self.id, Some("Arn"))),
        ]);
        rule.insert("Targets", self.list([target]));
        self.push(id, "AWS::Events::Rule", rule);
        if permission {
            let source = self.reference(id, Some("Arn"));
            self.permission(&format!("{id}Permission"), "events.amazonaws.com", Some(source));
        }
    }

    fn schedule(&self, id: &str, mut properties: Map) {
        let mut schedule = moved(
            &mut properties,
            &[
                "Description",
                "EndDate",
                "FlexibleTimeWindow",
                "GroupName",
                "KmsKeyArn",
                "Name",
                "ScheduleExpression",
                "ScheduleExpressionTimezone",
                "StartDate",
                "State",
            ],
            &[],
        );
        if schedule.get("FlexibleTimeWindow").is_none() {
            schedule.insert("FlexibleTimeWindow", self.map([("Mode", self.text("OFF"))]));
        }
        let role = properties.remove("RoleArn").unwrap_or_else(|| {
            let made = Made { stack: self.stack, id, span: self.span, properties_span: self.properties_span };
            made.role("scheduler.amazonaws.com", &[], &mut Map::new());
            self.reference(&format!("{id}Role"), Some("Arn"))
        });
        let target = self.map([("Arn", self.reference(self.id, Some("Arn"))), ("RoleArn", role)]);
        schedule.insert("Target", target);
        self.push(id, "AWS::Scheduler::Schedule", schedule);
    }

    fn log_subscription(&self, id: &str, mut properties: Map) {
        let mut filter = moved(&mut properties, &["FilterPattern", "LogGroupName"], &[]);
        filter.insert("DestinationArn", self.reference(self.id, Some("Arn")));
        self.push(id, "AWS::Logs::SubscriptionFilter", filter);
        self.permission(&format!("{id}Permission"), "logs.amazonaws.com", None);
    }
}

/// The ARN of something within what a value names: set, and known only by what it refers to.
fn of_api(named: Node) -> Node {
    let value = match named.value {
        unknown @ Value::Unknown(_) => unknown,
        _ => Value::unknown_but_present("SAM makes the ARN"),
    };
    Node::new(value, named.span)
}

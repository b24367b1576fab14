//! `AWS::Serverless::Api` and `AWS::Serverless::HttpApi`

use super::{Made, add, moved};
use onus_model::{Map, Node, Value};

impl Made<'_, '_> {
    pub(super) fn rest_api(&self, mut properties: Map) {
        let mut api = moved(
            &mut properties,
            &[
                "ApiKeySourceType",
                "Description",
                "DisableExecuteApiEndpoint",
                "FailOnWarnings",
                "Mode",
                "Name",
            ],
            &[("DefinitionBody", "Body"), ("BinaryMediaTypes", "BinaryMediaTypes")],
        );
        add(&mut api, "MinimumCompressionSize", properties.remove("MinimumCompressionSize"));
        if let Some(endpoint) = properties.remove("EndpointConfiguration") {
            api.insert("EndpointConfiguration", self.endpoint(endpoint));
        }
        if api.get("Body").is_none() {
            api.insert("Body", self.at(Value::unknown_but_present("SAM makes it of the functions' events")));
        }
        if properties.get("Auth").and_then(|auth| auth.get("ResourcePolicy")).is_some() {
            api.insert(
                "Policy",
                self.at(Value::unknown_but_present("SAM makes it of `Auth.ResourcePolicy`")),
            );
        }
        self.push(self.id, "AWS::ApiGateway::RestApi", api);
        let deployment = format!("{}Deployment", self.id);
        let of_api = || ("RestApiId", self.reference(self.id, None));
        self.push(&deployment, "AWS::ApiGateway::Deployment", [of_api()].into_iter().collect());
        let name = properties.remove("StageName").unwrap_or_else(|| self.text("Prod"));
        let mut stage = moved(
            &mut properties,
            &[
                "AccessLogSetting",
                "CacheClusterEnabled",
                "CacheClusterSize",
                "CanarySetting",
                "MethodSettings",
                "TracingEnabled",
                "Variables",
            ],
            &[],
        );
        add(&mut stage, "Tags", self.tags(properties.remove("Tags")));
        let id = format!("{}{}Stage", self.id, name.as_str().unwrap_or_default());
        for (key, node) in
            [of_api(), ("DeploymentId", self.reference(&deployment, None)), ("StageName", name)]
        {
            stage.insert(key, node);
        }
        self.push(&id, "AWS::ApiGateway::Stage", stage);
    }

    /// SAM takes the type of an endpoint as text, or a map with the type and more.
    fn endpoint(&self, endpoint: Node) -> Node {
        let span = endpoint.span;
        match endpoint.value {
            Value::String(_) => self.map([("Types", self.list([endpoint]))]),
            Value::Map(mut map) => {
                if let Some(kind) = map.remove("Type") {
                    map.insert("Types", self.list([kind]));
                }
                if let Some(ids) = map.remove("VPCEndpointIds") {
                    map.insert("VpcEndpointIds", ids);
                }
                Node::new(Value::Map(map), span)
            }
            _ => endpoint,
        }
    }

    pub(super) fn http_api(&self, mut properties: Map) {
        let mut api = moved(
            &mut properties,
            &["CorsConfiguration", "Description", "DisableExecuteApiEndpoint", "FailOnWarnings", "Name"],
            &[("DefinitionBody", "Body")],
        );
        api.insert("ProtocolType", self.text("HTTP"));
        if api.get("Body").is_none() {
            api.insert("Body", self.at(Value::unknown_but_present("SAM makes it of the functions' events")));
        }
        self.push(self.id, "AWS::ApiGatewayV2::Api", api);
        let mut stage = moved(
            &mut properties,
            &["AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "StageVariables"],
            &[],
        );
        let name = properties.remove("StageName");
        let id = match &name {
            Some(name) => format!("{}{}Stage", self.id, name.as_str().unwrap_or_default()),
            None => format!("{}ApiGatewayDefaultStage", self.id),
        };
        stage.insert("ApiId", self.reference(self.id, None));
        stage.insert("StageName", name.unwrap_or_else(|| self.text("$default")));
        stage.insert("AutoDeploy", self.at(Value::Bool(true)));
        self.push(&id, "AWS::ApiGatewayV2::Stage", stage);
    }
}

//! From infrastructure to managed to abstracted, the customer never gets a layer back.

use super::picture;
use crate::kit;
use onus_model::{Case, Category, Duty, Layer, Party, Service};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a layer is the customer's.
const fn share(party: Option<Party>) -> u8 {
    match party {
        None | Some(Party::Aws) => 0,
        Some(Party::Both) => 1,
        Some(Party::Customer) => 2,
    }
}

/// The default of each layer, from `layers.yaml`, by way of a knowledge that has nothing but one service that says nothing.
fn defaults(category: Category) -> Vec<Duty> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/layers.yaml");
    let layers =
        onus_knowledge::File { path: "layers.yaml".into(), text: std::fs::read_to_string(folder).unwrap() };
    let service = onus_knowledge::File {
        path: "services/plain.yaml".into(),
        text: format!(
            "id: plain\nname: Plain\nshort: Plain\ncategory: {}\nread: 2026-11-22\nsources: []\ntypes: []\n",
            category.as_str()
        ),
    };
    onus_knowledge::load(&[layers, service]).unwrap().knowledge.services.remove(0).layers
}

#[test]
fn the_defaults_never_give_a_layer_back() {
    let ladder = Category::ALL.map(defaults);
    for layer in Layer::ALL {
        let shares = ladder.each_ref().map(|duties| share(duties[layer.index()].party()));
        assert!(shares.is_sorted_by(|lower, higher| lower >= higher), "{layer}: {shares:?}");
    }
}

/// The layers that AWS takes over from one category to the next. Above them the customer's part is use, not
/// operation: how much of it a service leaves is the service's own, and stands in its file.
const OPERATED: [Layer; 7] = [
    Layer::Platform,
    Layer::GuestOs,
    Layer::ServiceSoftware,
    Layer::Virtualization,
    Layer::Hardware,
    Layer::NetworkInfrastructure,
    Layer::Facilities,
];

/// Why a service may leave the customer more of a layer than its category does.
const MORE_THAN_CATEGORY: &[(&str, &[&str])] = &[
    (
        "part of it stands at the customer's own site, or in the customer's own machines",
        &[
            "backup-gateway",
            "codedeploy",
            "datasync",
            "datapipeline",
            "deadline",
            "devicefarm",
            "directconnect",
            "drs",
            "ecs/external",
            "eks/hybrid-nodes",
            "greengrass",
            "interconnect",
            "iot",
            "iotfleetwise",
            "iotmanagedintegrations",
            "iotsitewise",
            "iotwireless",
            "kms/external-key-store",
            "mediaconnect",
            "medialive",
            "mgn",
            "networkmanager",
            "outposts",
            "outposts/racks",
            "outposts/servers",
            "panorama",
            "robomaker",
            "ssm/patch-baseline",
            "storagegateway",
            "wickr",
            "workspaces-thin-client",
        ],
    ),
    (
        "the customer brings the image, the machine's system or the runtime, or may",
        &[
            "amplify",
            "appmesh",
            "appstream",
            "bedrock-agentcore/agent-as-container",
            "bedrock/customized-model",
            "cloudwatch/canary",
            "codebuild/fleet-own-ami",
            "codebuild/own-build-image",
            "emr",
            "emr/emr-custom-ami",
            "evs",
            "gamelift",
            "lambda/container-image",
            "lambda/microvm",
            "lambda/os-only-runtime",
            "odb",
            "pcs",
            "sagemaker/hyperpod",
            "sagemaker/hyperpod-auto-patched",
            "sagemaker/hyperpod-chosen-image",
            "sagemaker/notebook-instance",
            "sagemaker/own-inference-image",
        ],
    ),
    (
        "the customer holds updates back, or decides when they come",
        &[
            "athena/pinned-engine",
            "aurora/manual-minor-upgrades",
            "controltower",
            "ecs/pinned-platform-version",
            "emr/emr-default-os",
            "emr/emr-pinned-os",
            "glue/glue-retired-version",
            "lambda/function-update",
            "lambda/manual-updates",
            "memorydb/manual-minor-upgrades",
            "mq/manual-patch-upgrades",
            "opensearch-ingestion",
            "rds/manual-minor-upgrades",
            "redshift/manual-version-upgrades",
        ],
    ),
    ("functions of one customer share an instance that the customer chose", &["lambda/managed-instances"]),
    (
        "the service passes work on to another company's machines, whose standing is the customer's to judge",
        &["braket", "claude-platform"],
    ),
];

/// The cases of a service, and the service itself, at which the customer has more than the category's default.
fn more_than_category(service: &Service, defaults: &BTreeMap<Category, Vec<Duty>>) -> BTreeSet<String> {
    let more = |category: Category, layer: Layer, duty: &Duty| {
        OPERATED.contains(&layer) && share(duty.party()) > share(defaults[&category][layer.index()].party())
    };
    let mut found = BTreeSet::new();
    if Layer::ALL.into_iter().any(|layer| more(service.category, layer, service.duty(layer))) {
        found.insert(service.id.clone());
    }
    let moves = |case: &&Case| {
        let category = case.category.unwrap_or(service.category);
        case.layers.iter().any(|(layer, duty)| more(category, *layer, duty))
    };
    // Settings that reach across services are about the site alone, which no category speaks of.
    let own = service.choices().flatten().filter(|case| !case.id.contains("outpost"));
    found.extend(own.filter(moves).map(|case| format!("{}/{}", service.id, case.id)));
    found
}

#[test]
fn a_service_leaves_the_customer_more_than_its_category_for_a_reason_only() {
    let defaults: BTreeMap<Category, Vec<Duty>> =
        Category::ALL.map(|category| (category, defaults(category))).into();
    let found: BTreeSet<String> =
        kit::knowledge().services.iter().flat_map(|service| more_than_category(service, &defaults)).collect();
    let listed: BTreeSet<String> =
        MORE_THAN_CATEGORY.iter().flat_map(|(_, names)| *names).map(|name| (*name).to_owned()).collect();
    let unreasoned: Vec<_> = found.difference(&listed).collect();
    let unneeded: Vec<_> = listed.difference(&found).collect();
    assert!(
        unreasoned.is_empty() && unneeded.is_empty(),
        "without a reason: {unreasoned:?}; listed in vain: {unneeded:?}"
    );
}

/// Ways to get the same job done, each handing over more than the one before: a type and its properties.
const LADDERS: &[(&str, &[(&str, &str)])] = &[
    (
        "containers and functions",
        &[
            ("AWS::EC2::Instance", "{InstanceType: m7g.large}"),
            ("AWS::ECS::Service", "{LaunchType: EC2}"),
            ("AWS::ECS::Service", "{LaunchType: FARGATE, PlatformVersion: LATEST}"),
            ("AWS::Lambda::Function", "{Runtime: python3.13, Handler: a.b, Code: {ZipFile: x}}"),
        ],
    ),
    (
        "databases",
        &[
            ("AWS::EC2::Instance", "{InstanceType: m7g.large}"),
            ("AWS::RDS::DBInstance", "{Engine: custom-oracle-ee, AutoMinorVersionUpgrade: false}"),
            ("AWS::RDS::DBInstance", "{Engine: postgres}"),
            ("AWS::DynamoDB::Table", "{KeySchema: []}"),
        ],
    ),
    (
        "streams",
        &[
            ("AWS::EC2::Instance", "{InstanceType: m7g.large}"),
            ("AWS::MSK::Cluster", "{KafkaVersion: 3.8.x, NumberOfBrokerNodes: 3}"),
            ("AWS::MSK::ServerlessCluster", "{ClusterName: a}"),
            ("AWS::Kinesis::Stream", "{Name: a}"),
        ],
    ),
    (
        "search",
        &[
            ("AWS::OpenSearchService::Domain", "{EngineVersion: OpenSearch_2.19}"),
            ("AWS::OpenSearchServerless::Collection", "{Name: a}"),
        ],
    ),
    (
        "caches",
        &[
            ("AWS::ElastiCache::ReplicationGroup", "{Engine: valkey}"),
            ("AWS::ElastiCache::ServerlessCache", "{Engine: valkey}"),
        ],
    ),
    (
        "files",
        &[
            ("AWS::EC2::Instance", "{InstanceType: m7g.large}"),
            ("AWS::FSx::FileSystem", "{FileSystemType: ONTAP}"),
            ("AWS::EFS::FileSystem", "{}"),
            ("AWS::S3::Bucket", "{}"),
        ],
    ),
];

/// The parties that are possible at a layer, where a single resource runs.
fn parties(resource_type: &str, properties: &str, layer: Layer) -> Vec<Party> {
    let template = format!("Resources:\n  A: {{Type: '{resource_type}', Properties: {properties}}}\n");
    let assessment = kit::assess(kit::template(&template));
    assert_eq!(assessment.columns.len(), 1, "{resource_type}");
    let cell = &assessment.columns[0].cells[layer.index()];
    picture::parties(&cell.holder)
}

#[test]
fn no_step_of_a_ladder_gives_the_guest_or_the_platform_back() {
    for (job, steps) in LADDERS {
        for layer in [Layer::Platform, Layer::GuestOs] {
            let worst = |(name, properties): &(&str, &str)| {
                parties(name, properties, layer)
                    .into_iter()
                    .map(|party| share(Some(party)))
                    .max()
                    .unwrap_or_default()
            };
            let shares: Vec<u8> = steps.iter().map(worst).collect();
            assert!(shares.is_sorted_by(|lower, higher| lower >= higher), "{job}, {layer}: {shares:?}");
            let from_the_ground = steps[0].0 == "AWS::EC2::Instance";
            assert!(
                !from_the_ground || shares.last() < shares.first(),
                "{job}, {layer}: {shares:?} leads nowhere"
            );
        }
    }
}

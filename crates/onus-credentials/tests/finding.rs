//! What is found in texts, and what is not.
//!
//! Tokens are put together of pieces, so that no scanner of repositories takes this file for a leak.

use base64::Engine as _;
use onus_credentials::{Examples, Found, find, find_from, first, named};
use proptest::prelude::*;

fn key_id() -> String {
    ["AKIA", "Z7Q3M5XK2WB4N6RT"].concat()
}

fn secret_key() -> String {
    ["q8ZtK3vXw1Rb7", "NcY5mLd0PfGh2", "SjUa9oE4iTx6Vk"].concat()
}

/// What is found, as `kind: text` by line.
fn check(text: &str, expected: &[(&str, &str)]) {
    let found: Vec<(&str, &str)> =
        find(text).iter().map(|Found { kind, range }| (*kind, &text[range.clone()])).collect();
    assert_eq!(found, expected, "{text}");
}

fn finds_nothing(texts: &[&str]) {
    texts.iter().for_each(|text| check(text, &[]));
}

#[test]
fn keys_of_aws_with_the_secret_beside_them() {
    let (id, secret) = (key_id(), secret_key());
    assert_eq!(secret.len(), 40);
    check(
        &format!("[default]\nid = {id}\n{secret}\n"),
        &[("aws-access-key", &id), ("aws-secret-key", &secret)],
    );
    check(&format!("export AWS_SECRET_ACCESS_KEY={secret}"), &[("secret", &secret)]);
    // A hash near a key is no key.
    check(&format!("{id} {}", "3f9a1c77b2".repeat(4)), &[("aws-access-key", &id)]);
    check(&format!("x{id}"), &[]);
    check(&format!("{id}Q"), &[]);
}

#[test]
fn keys_of_the_documentation_are_found_only_where_they_are_asked_for() {
    let text = "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    finds_nothing(&[text, "AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"]);
    let kinds: Vec<&str> = find_from(text, Examples::Counted).iter().map(|found| found.kind).collect();
    assert_eq!(kinds, ["aws-access-key", "aws-secret-key"]);
    assert_eq!(named("AWS_SECRET_ACCESS_KEY", &text[70..], Examples::Ignored), None);
}

#[test]
fn what_is_assigned_in_scripts_and_files() {
    for text in [
        "#!/bin/bash\nexport DB_PASSWORD=hunter2\n",
        "export DB_PASSWORD='hunter2'",
        "DB_PASSWORD=\"hunter2\" ./run",
        "db.password = \"hunter2\"",
        "password: hunter2\n",
        "{user: app, password: hunter2}",
        "{prod: {db: {password: hunter2}}}",
        "mysql --user root --password hunter2",
        "mysql --password=hunter2 -e 'x'",
        "{\"password\":\"hunter2\"}",
        r#"{\"password\": \"hunter2\"}"#,
        r#"{\\\"password\\\": \\\"hunter2\\\"}"#,
        r#""export DB_PASSWORD=hunter2\n""#,
        r#"{"name": "DB_PASSWORD", "value": "hunter2"}"#,
        "- Name: DB_PASSWORD\n  Value: hunter2\n",
        "{ name = \"DB_PASSWORD\", value = \"hunter2\" }",
        "<password>hunter2</password>",
        "Server=db;Password=hunter2;",
        "jdbc:mysql://db/shop?user=app&password=hunter2&tls=1",
        "CREATE USER app IDENTIFIED BY 'hunter2';",
        "echo 'ubuntu:hunter2' | chpasswd",
    ] {
        check(text, &[("password", "hunter2")]);
    }
    check("postgres://app:hunter2@db.local/shop", &[("url-password", "hunter2")]);
    check("redis://:p@db", &[("url-password", "p")]);
    let token = "a1b2c3d4e5f6a7b8c9d0";
    check(&format!("curl -H 'Authorization: Bearer {token}' x"), &[("token", token)]);
}

#[test]
fn what_is_only_looked_up_described_or_compared_is_none() {
    finds_nothing(&[
        "TOKEN=$(curl -X PUT \"http://169.254.169.254/latest/api/token\" -H \"X-aws-ec2-metadata-token-ttl-seconds: 21600\")",
        "curl -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/",
        "DB_PASSWORD=$DB_PASSWORD",
        "password=${var.password}",
        "password: '{{resolve:secretsmanager:db:SecretString:password}}'",
        "DB_PASSWORD=`aws ssm get-parameter --name /db/password`",
        "aws secretsmanager get-secret-value --secret-id prod/db",
        "postgres://app:${password}@db/shop",
        "postgres://app:$PW@db/shop",
        "https://example.com/a:b@c",
        "git clone ssh://git@github.com/x",
        "if [ \"$PASSWORD\" == \"\" ]; then",
        "# Enter the password: it must have eight letters",
        "password = os.environ['DB_PASSWORD']",
        "secret = client.get_secret_value(SecretId=name)",
        "token = event.token",
        "grep -q 'BEGIN RSA PRIVATE KEY-----' /etc/ssl/key.pem",
        "DB_SECRET_NAME=shop-db",
        "DB_SECRET=shop-db-secret",
        "name = \"DB_PASSWORD\"\n value = \"shopdb1\"\n type = \"PARAMETER_STORE\"",
        "{Type: SECRETS_MANAGER, Name: DB_PASSWORD, Value: shopdb1}",
        "SECRET_ARN=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        "Password:\n  Type: String\n  NoEcho: true\n",
        "require_password=true",
        "Tags: [{Key: Name, Value: web-server-1}]",
        "arn:aws:iam::123456789012:role/service-role/AmazonEC2RunCommandRoleForManagedInstances",
    ]);
}

#[test]
fn private_keys_and_tokens_of_the_web() {
    let body = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn\nQ8ZtK3vXw1Rb7NcY5mLd0PfGh2SjUa9\n";
    let begin = ["-----BEGIN RSA PRIV", "ATE KEY-----"].concat();
    let end = ["-----END RSA PRIV", "ATE KEY-----"].concat();
    let key = format!("{begin}\n{body}");
    check(&format!("a: {key}{end}\n"), &[("private-key", &key)]);
    // In JSON the breaks are escaped, and a key may be cut off.
    let escaped = key.replace('\n', "\\n");
    check(&escaped, &[("private-key", &escaped)]);
    let token = ["eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0", ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"]
        .concat();
    check(&format!("\"{token}\""), &[("json-web-token", &token)]);
    check("eyJhbGciOiJIUzI1NiJ9.eyJzdWIi", &[]);
}

#[test]
fn encoded_text_is_hidden_whole() {
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let once = encode("#!/bin/bash\nexport DB_PASSWORD=hunter2\n");
    check(&format!("UserData: {once}\n"), &[("password", &once)]);
    let twice = encode(&format!("content: {once}"));
    check(&twice, &[("password", &twice)]);
    check(&encode("#!/bin/bash\necho nothing to see here\n"), &[]);
}

#[test]
fn a_name_tells_of_its_value() {
    for (name, value, expected) in [
        ("DB_PASSWORD", "hunter2", Some("password")),
        ("DB_PASSWORD", "123456", Some("password")),
        ("JWT_SECRET", "supersecret", Some("secret")),
        ("API_KEY", "a1b2c3d4e5f6", Some("token")),
        ("DATABASE_URL", "postgres://app:hunter2@db/shop", Some("url-password")),
        ("DB_PASSWORD", "${password}", None),
        ("DB_SECRET_NAME", "shop-db", None),
        ("STAGE", "production1", None),
    ] {
        assert_eq!(named(name, value, Examples::Ignored), expected, "{name} {value}");
    }
    let id = key_id();
    assert_eq!(named("ANYTHING", &id, Examples::Ignored), Some("aws-access-key"));
    assert_eq!(first(&id, Examples::Ignored), Some("aws-access-key"));
}

proptest! {
    #[test]
    fn any_text_is_read_and_ranges_are_text(text in "(\\PC|[ \n\"'=:\\\\]|password|secret|://|AKIA|eyJ|-----BEGIN PRIVATE KEY-----|ß|@|Bearer |chpasswd){0,40}") {
        let mut end = 0;
        for found in find(&text) {
            prop_assert!(text.get(found.range.clone()).is_some_and(|own| !own.is_empty()));
            prop_assert!(found.range.end > end);
            end = found.range.end;
        }
        prop_assert_eq!(first(&text, Examples::Ignored).is_some(), !find(&text).is_empty());
    }
}

#[test]
fn hostile_texts_take_no_time() {
    for piece in [
        "password=",
        "key",
        "-----BEGIN PRIVATE KEY-----",
        "://",
        "://a:",
        "eyJ",
        "AKIA",
        "\\\\\"",
        "secret: \"",
        "A",
        "Name: password, value: ",
    ] {
        let text = piece.repeat((1 << 17) / piece.len());
        let start = std::time::Instant::now();
        find(&text);
        assert!(start.elapsed().as_secs() < 5, "{piece}: {:?}", start.elapsed());
    }
}

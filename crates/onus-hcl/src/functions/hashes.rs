//! Hashes and names that are made of hashes.

use super::files::{SizedRead, content};
use super::{Function, Host, Outcome, Takes, open_text};
use crate::Val;
use crate::convert::text_of;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use uuid::Uuid;

const fn of(
    name: &'static str,
    least: usize,
    most: usize,
    takes: Takes,
    call: fn(&[Val], &Host<'_>) -> Outcome,
) -> Function {
    Function { name, least, most: Some(most), takes, call }
}

pub(super) const FUNCTIONS: &[Function] = &[
    of("base64sha256", 1, 1, Takes::Known, |given, _| texted(given, base64::<Sha256>)),
    of("base64sha512", 1, 1, Takes::Known, |given, _| texted(given, base64::<Sha512>)),
    of("bcrypt", 1, 2, Takes::Known, bcrypt),
    of("filebase64sha256", 1, 1, Takes::Known, |given, host| filed(given, host, base64::<Sha256>)),
    of("filebase64sha512", 1, 1, Takes::Known, |given, host| filed(given, host, base64::<Sha512>)),
    of("filemd5", 1, 1, Takes::Known, |given, host| filed(given, host, hex::<Md5>)),
    of("filesha1", 1, 1, Takes::Known, |given, host| filed(given, host, hex::<Sha1>)),
    of("filesha256", 1, 1, Takes::Known, |given, host| filed(given, host, hex::<Sha256>)),
    of("filesha512", 1, 1, Takes::Known, |given, host| filed(given, host, hex::<Sha512>)),
    of("md5", 1, 1, Takes::Known, |given, _| texted(given, hex::<Md5>)),
    of("rsadecrypt", 2, 2, Takes::Known, rsadecrypt),
    of("sha1", 1, 1, Takes::Known, |given, _| texted(given, hex::<Sha1>)),
    of("sha256", 1, 1, Takes::Known, |given, _| texted(given, hex::<Sha256>)),
    of("sha512", 1, 1, Takes::Known, |given, _| texted(given, hex::<Sha512>)),
    of("uuid", 0, 0, Takes::Known, uuid),
    of("uuidv5", 2, 2, Takes::Known, uuidv5),
];

fn hex<D: Digest>(bytes: &[u8]) -> String {
    D::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64<D: Digest>(bytes: &[u8]) -> String {
    STANDARD.encode(D::digest(bytes))
}

fn texted(arguments: &[Val], digest: fn(&[u8]) -> String) -> Outcome {
    Ok(Val::string(digest(text_of(&arguments[0])?.as_bytes())))
}

fn filed(arguments: &[Val], host: &Host<'_>, digest: fn(&[u8]) -> String) -> Outcome {
    Ok(match content(&arguments[0], host)? {
        SizedRead::Bytes(bytes) => Val::string(digest(&bytes)),
        SizedRead::Open(unknown) => unknown,
    })
}

fn bcrypt(arguments: &[Val], _: &Host<'_>) -> Outcome {
    text_of(&arguments[0])?;
    Ok(open_text("`bcrypt` salts its result anew each time"))
}

fn rsadecrypt(_: &[Val], _: &Host<'_>) -> Outcome {
    Ok(open_text("`rsadecrypt` is not evaluated, since what it gives is a secret"))
}

fn uuid(_: &[Val], _: &Host<'_>) -> Outcome {
    Ok(open_text("`uuid` gives another result each time"))
}

fn uuidv5(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let space = text_of(&arguments[0])?;
    let space = match &*space {
        "dns" => Uuid::NAMESPACE_DNS,
        "url" => Uuid::NAMESPACE_URL,
        "oid" => Uuid::NAMESPACE_OID,
        "x500" => Uuid::NAMESPACE_X500,
        other => other.parse().map_err(|_| format!("`{other}` is no namespace of names"))?,
    };
    Ok(Val::string(Uuid::new_v5(&space, text_of(&arguments[1])?.as_bytes()).to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, s};

    #[test]
    fn digests() {
        check("md5", &[s("a")], r#""0cc175b9c0f1b6a831c399e269772661""#);
        check("sha1", &[s("a")], r#""86f7e437faa5a7fce15d1ddcb9eaeaea377667b8""#);
        check("sha256", &[s("")], r#""e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""#);
        check("base64sha256", &[s("a")], r#""ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=""#);
    }

    #[test]
    fn names() {
        check("uuidv5", &[s("dns"), s("a.com")], r#""af81ca37-5d88-5b45-8d1b-f547104799e9""#);
        let space = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
        check("uuidv5", &[s(space), s("a.com")], r#""af81ca37-5d88-5b45-8d1b-f547104799e9""#);
        check("uuidv5", &[s("x500"), s("CN=a")], r#""c4756781-662d-5713-b245-06d2e6262fc5""#);
        check("uuidv5", &[s("nope"), s("a")], "ERROR");
    }

    #[test]
    fn not_told() {
        check("uuid", &[], "UNKNOWN");
        check("bcrypt", &[s("a")], "UNKNOWN");
        check("rsadecrypt", &[s("a"), s("b")], "UNKNOWN");
        check("filemd5", &[s("a")], "UNKNOWN");
    }
}

//! Devices that do as they should, and everything that a lying one, or a lying browser, could try.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use trellis_core::people::Role;

use super::*;

const CHALLENGE: [u8; CHALLENGE_BYTES] = [7; CHALLENGE_BYTES];
const PERSON: PersonId = PersonId(42);

fn house() -> Passkeys {
    Passkeys::at("https://trellis.example").unwrap().unwrap()
}

enum Pair {
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    Rsa(RsaKeyPair),
}

impl Pair {
    fn all() -> [Self; 3] {
        [
            Self::Ed25519(Ed25519KeyPair::generate().unwrap()),
            Self::Ecdsa(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap()),
            Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
        ]
    }

    fn algorithm(&self) -> i64 {
        match self {
            Self::Ed25519(_) => -8,
            Self::Ecdsa(_) => -7,
            Self::Rsa(_) => -257,
        }
    }

    fn public(&self) -> Vec<u8> {
        let der: PublicKeyX509Der<'_> = match self {
            Self::Ed25519(pair) => pair.public_key().as_der().unwrap(),
            Self::Ecdsa(pair) => pair.public_key().as_der().unwrap(),
            Self::Rsa(pair) => pair.public_key().as_der().unwrap(),
        };
        der.as_ref().to_vec()
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Ecdsa(pair) => pair
                .sign(&SystemRandom::new(), message)
                .unwrap()
                .as_ref()
                .to_vec(),
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    message,
                    &mut signature,
                )
                .unwrap();
                signature
            }
        }
    }

    fn key(&self) -> PasskeyOf {
        PasskeyOf {
            person: PERSON,
            role: Role::Teacher,
            algorithm: self.algorithm(),
            public_key: self.public(),
            counter: 0,
        }
    }
}

fn client(purpose: &str, changes: &Value) -> Vec<u8> {
    let mut written = json!({
        "type": purpose,
        "challenge": URL_SAFE_NO_PAD.encode(CHALLENGE),
        "origin": "https://trellis.example",
        "crossOrigin": false,
        "other_keys_can_be_added_here": "do not compare clientDataJSON against a template",
    });
    for (name, value) in changes.as_object().unwrap() {
        written[name] = value.clone();
    }
    written.to_string().into_bytes()
}

fn device(site: &str, flags: u8, counter: u32) -> Vec<u8> {
    let mut said = Sha256::digest(site.as_bytes()).to_vec();
    said.push(flags);
    said.extend_from_slice(&counter.to_be_bytes());
    said
}

/// What a device says of a new key.
fn new_key(flags: u8, name: &[u8], after: &[u8]) -> Vec<u8> {
    let mut said = device("trellis.example", flags, 0);
    said.extend_from_slice(&[0; 16]);
    said.extend_from_slice(&u16::try_from(name.len()).unwrap().to_be_bytes());
    said.extend_from_slice(name);
    said.extend_from_slice(after);
    said
}

const GOOD: u8 = flag::PRESENT | flag::VERIFIED;

fn sign(pair: &Pair, client: &[u8], authenticator: &[u8], key: &PasskeyOf) -> Result<u32, Doubt> {
    let mut message = authenticator.to_vec();
    message.extend_from_slice(&Sha256::digest(client));
    let signature = pair.sign(&message);
    let by_device = Signed {
        client,
        authenticator,
        signature: &signature,
        handle: &handle(PERSON),
    };
    signed(&house(), &CHALLENGE, key, &by_device)
}

#[test]
fn every_kind_of_key_is_made_and_signs() {
    for pair in Pair::all() {
        let client_create = client("webauthn.create", &json!({}));
        assert_eq!(question(&client_create), Some(CHALLENGE.to_vec()));
        let new = New {
            client: &client_create,
            authenticator: &new_key(GOOD | flag::NEW_KEY, b"name", b"\xa5"),
            public_key: &pair.public(),
            algorithm: pair.algorithm(),
        };
        assert_eq!(
            made(&house(), &CHALLENGE, &new),
            Ok((b"name".to_vec(), 0)),
            "{}",
            pair.algorithm()
        );
        let written = client("webauthn.get", &json!({}));
        let said = device("trellis.example", GOOD, 3);
        assert_eq!(sign(&pair, &written, &said, &pair.key()), Ok(3));
    }
}

fn good_new_key() -> Vec<u8> {
    new_key(GOOD | flag::NEW_KEY, b"name", b"\xa5")
}

/// Clients that wrote down something else for this purpose.
fn false_clients(purpose: &str, other: &str) -> Vec<(Vec<u8>, Doubt)> {
    let written = |changes: Value| client(purpose, &changes);
    vec![
        (b"{".to_vec(), Doubt::Written),
        (Vec::new(), Doubt::Written),
        (b"{}".to_vec(), Doubt::Written),
        (client(other, &json!({})), Doubt::Purpose),
        (written(json!({"challenge": ""})), Doubt::Purpose),
        (
            written(json!({"challenge": URL_SAFE_NO_PAD.encode([8; 32])})),
            Doubt::Purpose,
        ),
        (
            written(json!({"origin": "https://trellis.evil"})),
            Doubt::Origin,
        ),
        (
            written(json!({"origin": "https://trellis.example.evil"})),
            Doubt::Origin,
        ),
        (
            written(json!({"origin": "https://trellis.example:444"})),
            Doubt::Origin,
        ),
        (
            written(json!({"origin": "http://trellis.example"})),
            Doubt::Origin,
        ),
        (written(json!({"crossOrigin": true})), Doubt::Frame),
        (
            written(json!({"topOrigin": "https://trellis.evil"})),
            Doubt::Frame,
        ),
    ]
}

/// Devices that wrote for another address, or did not do what was asked.
fn false_devices(also: u8, after: &[u8]) -> Vec<(Vec<u8>, Doubt)> {
    let said = |site: &str, flags: u8| {
        let mut said = device(site, flags | also, 1);
        said.extend_from_slice(after);
        said
    };
    vec![
        (Vec::new(), Doubt::Device),
        (said("trellis.example", GOOD)[..36].to_vec(), Doubt::Device),
        (said("trellis.evil", GOOD), Doubt::Site),
        (said("https://trellis.example", GOOD), Doubt::Site),
        (said("trellis.example", flag::VERIFIED), Doubt::Absent),
        (said("trellis.example", flag::PRESENT), Doubt::Unasked),
        (
            said("trellis.example", GOOD | flag::IS_COPIED),
            Doubt::Copied,
        ),
    ]
}

#[test]
fn no_false_new_key_is_believed() {
    let pair = &Pair::all()[1];
    let believed = |client: &[u8], authenticator: &[u8], public_key: &[u8], algorithm: i64| {
        let new = New {
            client,
            authenticator,
            public_key,
            algorithm,
        };
        made(&house(), &CHALLENGE, &new)
    };
    let (key, written) = (pair.public(), client("webauthn.create", &json!({})));
    for (client, doubt) in false_clients("webauthn.create", "webauthn.get") {
        let found = believed(&client, &good_new_key(), &key, -7);
        assert_eq!(found, Err(doubt), "{}", String::from_utf8_lossy(&client));
    }
    let after = good_new_key()[37..].to_vec();
    let long = vec![1; LONGEST_CREDENTIAL + 1];
    let mut devices = false_devices(flag::NEW_KEY, &after);
    for said in [
        new_key(GOOD, b"name", b"\xa5"),
        new_key(GOOD | flag::NEW_KEY, b"", b"\xa5"),
        new_key(GOOD | flag::NEW_KEY, b"name", b""),
        new_key(GOOD | flag::NEW_KEY, &long, b"\xa5"),
        device("trellis.example", GOOD | flag::NEW_KEY, 0),
    ] {
        devices.push((said, Doubt::Name));
    }
    for (at, (authenticator, doubt)) in devices.iter().enumerate() {
        let found = believed(&written, authenticator, &key, -7);
        assert_eq!(found, Err(*doubt), "device {at}");
    }
    let keys: Vec<(Vec<u8>, i64)> = vec![
        (key.clone(), -8),
        (key.clone(), -257),
        (key.clone(), 0),
        (key[1..].to_vec(), -7),
        (Pair::all()[0].public(), -7),
        (Pair::all()[2].public()[..100].to_vec(), -257),
        (Vec::new(), -7),
        (vec![4; 65], -7),
        (vec![9; 32], -8),
        (vec![0x30; LONGEST_KEY + 1], -7),
    ];
    for (at, (key, algorithm)) in keys.iter().enumerate() {
        let found = believed(&written, &good_new_key(), key, *algorithm);
        assert_eq!(found, Err(Doubt::Key), "key {at}");
    }
}

#[test]
fn no_false_signature_is_believed() {
    let pair = &Pair::all()[1];
    let key = pair.key();
    let written = client("webauthn.get", &json!({}));
    let said = device("trellis.example", GOOD, 1);
    for (client, doubt) in false_clients("webauthn.get", "webauthn.create") {
        let found = sign(pair, &client, &said, &key);
        assert_eq!(found, Err(doubt), "{}", String::from_utf8_lossy(&client));
    }
    for (at, (authenticator, doubt)) in false_devices(0, b"").iter().enumerate() {
        let found = sign(pair, &written, authenticator, &key);
        assert_eq!(found, Err(*doubt), "device {at}");
    }
    // By another key, by a key of another kind, and for another person.
    let stranger = &Pair::all()[1];
    assert_eq!(sign(stranger, &written, &said, &key), Err(Doubt::Signature));
    let kind = PasskeyOf {
        algorithm: -8,
        ..key.clone()
    };
    assert_eq!(sign(pair, &written, &said, &kind), Err(Doubt::Key));
    let theirs = PasskeyOf {
        person: PersonId(43),
        ..key.clone()
    };
    assert_eq!(sign(pair, &written, &said, &theirs), Err(Doubt::Person));
}

#[test]
fn nothing_is_altered_after_it_was_signed() {
    let pair = &Pair::all()[1];
    let key = pair.key();
    let written = client("webauthn.get", &json!({}));
    let said = device("trellis.example", GOOD, 1);
    let mut message = said.clone();
    message.extend_from_slice(&Sha256::digest(&written));
    let signature = pair.sign(&message);
    let check = |client: &[u8], authenticator: &[u8], signature: &[u8]| {
        let by_device = Signed {
            client,
            authenticator,
            signature,
            handle: &handle(PERSON),
        };
        signed(&house(), &CHALLENGE, &key, &by_device)
    };
    assert_eq!(check(&written, &said, &signature), Ok(1));
    let counted = device("trellis.example", GOOD, 2);
    let mut longer = said.clone();
    longer.push(0);
    let spaced = [&written[..], b" "].concat();
    for (client, authenticator, signature) in [
        (&written, &said, &b""[..]),
        (&written, &said, &signature[1..]),
        (&written, &counted, &signature),
        (&written, &longer, &signature),
        (&spaced, &said, &signature),
    ] {
        let found = check(client, authenticator, signature);
        assert_eq!(found, Err(Doubt::Signature));
    }
}

#[test]
fn addresses_give_what_keys_are_bound_to() {
    let at = |address: &str| Passkeys::at(address);
    for (address, origin, host) in [
        (
            "https://Trellis.Example",
            "https://trellis.example",
            "trellis.example",
        ),
        (
            "https://trellis.example:443/",
            "https://trellis.example",
            "trellis.example",
        ),
        (
            "https://trellis.example:8443",
            "https://trellis.example:8443",
            "trellis.example",
        ),
        (
            "http://localhost:8080",
            "http://localhost:8080",
            "localhost",
        ),
    ] {
        let found = at(address).unwrap().unwrap();
        assert_eq!((found.origin.as_str(), found.host()), (origin, host));
    }
    assert_eq!(at("https://192.0.2.7").unwrap(), None);
    assert_eq!(at("http://127.0.0.1:8080").unwrap(), None);
    assert_eq!(at("https://[2001:db8::1]").unwrap(), None);
    for address in ["http://trellis.example", "trellis.example", "", "https://"] {
        assert!(at(address).unwrap_err().contains("over TLS"), "{address}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_fall_over(
        client in proptest::collection::vec(any::<u8>(), 0..200),
        authenticator in proptest::collection::vec(any::<u8>(), 0..200),
        key in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let good = super::tests::client("webauthn.create", &json!({}));
        let mut said = device("trellis.example", GOOD | flag::NEW_KEY, 0);
        said.extend_from_slice(&authenticator);
        for client in [&client, &good] {
            for authenticator in [&authenticator, &said] {
                for algorithm in ALGORITHMS {
                    let new = New { client, authenticator, public_key: &key, algorithm };
                    prop_assert!(made(&house(), &CHALLENGE, &new).is_err());
                }
            }
        }
        let _ = question(&client);
    }
}

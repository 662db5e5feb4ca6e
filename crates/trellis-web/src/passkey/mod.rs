//! What a device says when it makes a passkey or signs with one, and every check of it that Web Authentication Level 3 demands
//! (<https://www.w3.org/TR/webauthn-3/>, sections 7.1 and 7.2). No attestation is asked for: which maker built a device is
//! nobody's business here.

#[cfg(test)]
mod tests;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
    VerificationAlgorithm,
};
use axum::http::Uri;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use trellis_core::id::PersonId;
use trellis_store::PasskeyOf;

use crate::sign_on::may_be_asked;

/// Bytes of a question, all by chance.
pub(crate) const CHALLENGE_BYTES: usize = 32;
/// The longest name that a device may give a key, in bytes (section 4, "Credential ID").
const LONGEST_CREDENTIAL: usize = 1023;
/// The longest public key that is taken, in bytes: RSA with 8,192 bits has 1,062.
const LONGEST_KEY: usize = 1200;

/// How a device may sign, best first, by the numbers of <https://www.iana.org/assignments/cose>: Ed25519, ECDSA over P-256,
/// RSA with SHA-256.
pub(crate) const ALGORITHMS: [i64; 3] = [-8, -7, -257];

fn verifier(algorithm: i64) -> Option<&'static dyn VerificationAlgorithm> {
    match algorithm {
        -8 => Some(&ED25519),
        -7 => Some(&ECDSA_P256_SHA256_ASN1),
        -257 => Some(&RSA_PKCS1_2048_8192_SHA256),
        _ => None,
    }
}

/// Flags of what a device says (section 6.1).
mod flag {
    /// Somebody touched it.
    pub(super) const PRESENT: u8 = 1;
    /// It asked who that is: by a finger, a face or a number.
    pub(super) const VERIFIED: u8 = 1 << 2;
    /// The key may be copied to other devices of its owner.
    pub(super) const MAY_BE_COPIED: u8 = 1 << 3;
    /// It has been.
    pub(super) const IS_COPIED: u8 = 1 << 4;
    /// A new key stands in it.
    pub(super) const NEW_KEY: u8 = 1 << 6;
}

/// Why a device is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// What the browser wrote down cannot be read.
    Written,
    /// It was written for something else.
    Purpose,
    /// It was written at another address.
    Origin,
    /// It was written inside a page of somebody else's.
    Frame,
    /// What the device wrote cannot be read.
    Device,
    /// It was written for another address.
    Site,
    /// Nobody touched the device.
    Absent,
    /// The device did not ask who it is.
    Unasked,
    /// It says that a key was copied which cannot be.
    Copied,
    /// There is no new key, or it has another name, or none.
    Name,
    /// The key is none of the kinds that were asked for.
    Key,
    /// The key is another person's.
    Person,
    /// The signature is not by this key.
    Signature,
}

/// The address at which people know us, as passkeys are bound to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkeys {
    /// As a browser writes it: scheme, host and port.
    origin: String,
    /// The host alone.
    host: String,
    site: [u8; 32],
}

impl Passkeys {
    /// Passkeys for `address`, such as `https://trellis.example`; `None` for a number in place of a name: browsers bind
    /// no passkeys to those.
    ///
    /// # Errors
    /// A sentence when it is no address over TLS.
    pub fn at(address: &str) -> Result<Option<Self>, String> {
        let no = || {
            format!(
                "\"{address}\" is no address of ours over TLS, such as https://trellis.example. Give it with the setting \"address\""
            )
        };
        if !may_be_asked(address) {
            return Err(no());
        }
        let uri: Uri = address.parse().map_err(|_| no())?;
        let host = uri.host().ok_or_else(no)?.to_ascii_lowercase();
        if host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok() {
            return Ok(None);
        }
        let scheme = uri.scheme_str().unwrap_or("https");
        let usual = if scheme == "https" { 443 } else { 80 };
        let port = uri.port_u16().filter(|port| *port != usual);
        let port = port.map_or_else(String::new, |port| format!(":{port}"));
        Ok(Some(Self {
            origin: format!("{scheme}://{host}{port}"),
            site: Sha256::digest(host.as_bytes()).into(),
            host,
        }))
    }

    /// The host that keys are bound to.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

/// What a browser writes down about a question and its answer (section 5.8.1).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(rename = "type")]
    purpose: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

fn written(client: &[u8]) -> Result<Written, Doubt> {
    serde_json::from_slice(client).map_err(|_| Doubt::Written)
}

/// The question that is answered, before anything else is believed.
pub(crate) fn question(client: &[u8]) -> Option<Vec<u8>> {
    let written = written(client).ok()?;
    let bytes = URL_SAFE_NO_PAD.decode(written.challenge).ok()?;
    (bytes.len() == CHALLENGE_BYTES).then_some(bytes)
}

impl Written {
    fn check(&self, house: &Passkeys, purpose: &str, challenge: &[u8]) -> Result<(), Doubt> {
        if self.purpose != purpose || self.challenge != URL_SAFE_NO_PAD.encode(challenge) {
            return Err(Doubt::Purpose);
        }
        if self.origin != house.origin {
            return Err(Doubt::Origin);
        }
        if self.cross_origin || self.top_origin.is_some() {
            return Err(Doubt::Frame);
        }
        Ok(())
    }
}

/// What a device says: for which address, what it did, how often it signed, and what follows.
#[derive(Debug)]
struct Said<'a> {
    flags: u8,
    counter: u32,
    rest: &'a [u8],
}

fn said<'a>(house: &Passkeys, authenticator: &'a [u8]) -> Result<Said<'a>, Doubt> {
    let (site, rest) = authenticator
        .split_first_chunk::<32>()
        .ok_or(Doubt::Device)?;
    let (flags, rest) = rest.split_first().ok_or(Doubt::Device)?;
    let (counter, rest) = rest.split_first_chunk().ok_or(Doubt::Device)?;
    if *site != house.site {
        return Err(Doubt::Site);
    }
    if flags & flag::PRESENT == 0 {
        return Err(Doubt::Absent);
    }
    if flags & flag::VERIFIED == 0 {
        return Err(Doubt::Unasked);
    }
    if flags & flag::IS_COPIED != 0 && flags & flag::MAY_BE_COPIED == 0 {
        return Err(Doubt::Copied);
    }
    Ok(Said {
        flags: *flags,
        counter: u32::from_be_bytes(*counter),
        rest,
    })
}

/// A new key, as the browser hands it over.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub(crate) client: &'a [u8],
    pub(crate) authenticator: &'a [u8],
    /// A `SubjectPublicKeyInfo` (section 5.2.1.1, `getPublicKey`). No attestation is asked for, so that the same key in the
    /// words of the device proves no more than this.
    pub(crate) public_key: &'a [u8],
    pub(crate) algorithm: i64,
}

/// Looks at a new key; gives its name and how often it has signed.
pub(crate) fn made(
    house: &Passkeys,
    challenge: &[u8],
    new: &New<'_>,
) -> Result<(Vec<u8>, u32), Doubt> {
    written(new.client)?.check(house, "webauthn.create", challenge)?;
    let said = said(house, new.authenticator)?;
    if said.flags & flag::NEW_KEY == 0 {
        return Err(Doubt::Name);
    }
    // The kind of device, then the length of the name (section 6.5.1).
    let (_, rest) = said.rest.split_first_chunk::<16>().ok_or(Doubt::Name)?;
    let (length, rest) = rest.split_first_chunk().ok_or(Doubt::Name)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if !(1..=LONGEST_CREDENTIAL).contains(&length) || rest.len() <= length {
        return Err(Doubt::Name);
    }
    let verifier = verifier(new.algorithm).ok_or(Doubt::Key)?;
    if new.public_key.len() > LONGEST_KEY || new.public_key.len() <= 32 {
        return Err(Doubt::Key);
    }
    ParsedPublicKey::new(verifier, new.public_key).map_err(|_| Doubt::Key)?;
    Ok((rest[..length].to_vec(), said.counter))
}

/// A signature, as the browser hands it over.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    pub(crate) client: &'a [u8],
    pub(crate) authenticator: &'a [u8],
    pub(crate) signature: &'a [u8],
    /// Whose key the device thinks it is.
    pub(crate) handle: &'a [u8],
}

/// Looks at a signature by somebody's key; gives how often the device has signed.
pub(crate) fn signed(
    house: &Passkeys,
    challenge: &[u8],
    key: &PasskeyOf,
    signed: &Signed<'_>,
) -> Result<u32, Doubt> {
    if signed.handle != handle(key.person) {
        return Err(Doubt::Person);
    }
    written(signed.client)?.check(house, "webauthn.get", challenge)?;
    let said = said(house, signed.authenticator)?;
    let verifier = verifier(key.algorithm).ok_or(Doubt::Key)?;
    let public = ParsedPublicKey::new(verifier, &key.public_key).map_err(|_| Doubt::Key)?;
    let mut message = signed.authenticator.to_vec();
    message.extend_from_slice(&Sha256::digest(signed.client));
    public
        .verify_sig(&message, signed.signature)
        .map_err(|_| Doubt::Signature)?;
    Ok(said.counter)
}

/// What a device knows a person by: bytes that say nothing about them (section 14.6.1).
pub(crate) fn handle(person: PersonId) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"trellis passkey handle 1");
    hasher.update(person.0.to_be_bytes());
    hasher.finalize().into()
}

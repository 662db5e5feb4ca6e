//! Proving a password without sending it: the client's side of SCRAM-SHA-256 (RFC 5802 and 7677). The server must prove too
//! that it knows the password.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::wire::strange;

/// The name of the way.
pub(super) const NAME: &str = "SCRAM-SHA-256";
/// The most rounds that a server may ask for; PostgreSQL asks for 4,096.
const MOST_ROUNDS: u32 = 1_000_000;
/// How much SHA-256 takes at a time, in bytes.
const BLOCK: usize = 64;
/// What comes first: this client binds nothing to a channel.
const UNBOUND: &str = "n,,";

type Hash = [u8; 32];

fn hmac(key: &[u8], parts: &[&[u8]]) -> Hash {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let mut inner = Sha256::new();
    inner.update(block.map(|byte| byte ^ 0x36));
    for part in parts {
        inner.update(part);
    }
    let mut outer = Sha256::new();
    outer.update(block.map(|byte| byte ^ 0x5c));
    outer.update(inner.finalize());
    outer.finalize().into()
}

fn xor(one: Hash, other: Hash) -> Hash {
    std::array::from_fn(|place| one[place] ^ other[place])
}

/// PBKDF2 for one block.
fn salted(password: &[u8], salt: &[u8], rounds: u32) -> Hash {
    let mut last = hmac(password, &[salt, &1u32.to_be_bytes()]);
    let mut all = last;
    for _ in 1..rounds {
        last = hmac(password, &[&last]);
        all = xor(all, last);
    }
    all
}

/// One conversation.
#[derive(Debug)]
pub(super) struct Scram {
    own: String,
    password: String,
    expected: Option<Hash>,
}

impl Scram {
    /// Begins it. `nonce` is chance that was never used before.
    pub(super) fn new(password: &str, nonce: [u8; 18]) -> Self {
        Self {
            own: format!("n=,r={}", STANDARD.encode(nonce)),
            password: password.to_owned(),
            expected: None,
        }
    }

    /// The first message to the server.
    pub(super) fn first(&self) -> String {
        format!("{UNBOUND}{}", self.own)
    }

    /// The second, which answers what the server said to the first.
    pub(super) fn second(&mut self, server: &str) -> io::Result<String> {
        let part = |name: &str| {
            let mut parts = server.split(',');
            let found = parts.find_map(|part| part.strip_prefix(name));
            found.ok_or_else(|| strange("half a challenge"))
        };
        let (nonce, salt, rounds) = (part("r=")?, part("s=")?, part("i=")?);
        let own_nonce = self.own.strip_prefix("n=,r=").unwrap_or_default();
        let rounds = rounds
            .parse()
            .ok()
            .filter(|n| (1..=MOST_ROUNDS).contains(n));
        let (true, Some(rounds), Ok(salt)) =
            (nonce.starts_with(own_nonce), rounds, STANDARD.decode(salt))
        else {
            return Err(strange("a challenge that makes no sense"));
        };
        let key = salted(self.password.as_bytes(), &salt, rounds);
        let bare = format!("c={},r={nonce}", STANDARD.encode(UNBOUND));
        let said = format!("{},{server},{bare}", self.own);
        let client = hmac(&key, &[b"Client Key"]);
        let stored: Hash = Sha256::digest(client).into();
        let proof = xor(client, hmac(&stored, &[said.as_bytes()]));
        let server_key = hmac(&key, &[b"Server Key"]);
        self.expected = Some(hmac(&server_key, &[said.as_bytes()]));
        Ok(format!("{bare},p={}", STANDARD.encode(proof)))
    }

    /// Looks at the server's own proof.
    pub(super) fn check(&self, server: &str) -> io::Result<()> {
        let proof = server.strip_prefix("v=").unwrap_or_default();
        let proof = STANDARD.decode(proof).ok();
        match (proof, self.expected) {
            (Some(proof), Some(expected)) if proof == expected => Ok(()),
            _ => Err(strange("no proof that it knows the password")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The conversation of RFC 7677, section 3, but for the user's name, which PostgreSQL takes from the first message.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        let mut scram = Scram::new("pencil", [0; 18]);
        scram.own = "n=user,r=rOprNGfwEbeRWgbNEkqO".into();
        let server = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
        assert_eq!(
            scram.second(server).unwrap(),
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        );
        assert!(
            scram
                .check("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
                .is_ok()
        );
        assert!(scram.check("v=AAAA").is_err());
    }

    #[test]
    fn a_server_that_does_not_take_our_chance_is_refused() {
        let mut scram = Scram::new("pencil", [7; 18]);
        assert!(
            scram
                .second("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
                .is_err()
        );
        assert!(scram.second("r=other,s=W22Z").is_err());
        assert!(scram.check("v=").is_err());
    }
}

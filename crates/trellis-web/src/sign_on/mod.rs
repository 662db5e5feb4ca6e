//! Signing on at another service (OpenID Connect Core 1.0): who is asked, what they are asked, and how their answer is checked.
//! Nothing leaves the machine unless a service is named in the settings.

mod client;
mod token;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

pub(crate) use client::may_be_asked;
use client::{Away, Client, encoded};
pub(crate) use token::{Doubt, Expected, Said};

/// How long what a service says of itself is believed before it is asked again.
const KNOWN_FOR: Duration = Duration::from_secs(86_400);
/// How often keys may be asked for anew, when a token names one that is not known.
const KEYS_ANEW: Duration = Duration::from_secs(60);

/// For whom a service says who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForWhom {
    /// Teachers, leaders, operators.
    Staff,
    /// Staff and families.
    Families,
    /// Everybody.
    All,
}

impl ForWhom {
    /// Reads the word of the settings.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "staff" => Some(Self::Staff),
            "families" => Some(Self::Families),
            "all" => Some(Self::All),
            _ => None,
        }
    }

    fn takes(self, role: Role) -> bool {
        match role {
            Role::Teacher | Role::Leader | Role::Operator => true,
            Role::Guardian => self != Self::Staff,
            Role::Learner => self == Self::All,
        }
    }
}

/// A service at which people sign on, as the settings name it.
#[derive(Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Its name in our addresses: small letters, digits, hyphens.
    pub id: String,
    /// Its name on buttons.
    pub name: String,
    /// Its own address, as it stands in its tokens.
    pub address: String,
    /// Our name there.
    pub client: String,
    /// What proves there that it is us.
    pub secret: String,
    /// What is asked for besides `openid`, parted by blanks.
    pub scope: String,
    /// The claim that holds the school's own number of a person; without one, people link themselves while signed in.
    pub roster_claim: Option<String>,
    /// Who signs on there.
    pub for_whom: ForWhom,
    /// Whose certificates are trusted, in PEM; those of the system where no file is named.
    pub roots: Option<PathBuf>,
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The secret stays out of every log.
        out.debug_struct("Issuer")
            .field("id", &self.id)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Issuer {
    /// Whether people of this role sign on here.
    pub(crate) fn takes(&self, role: Role) -> bool {
        self.for_whom.takes(role)
    }
}

/// What a service says of itself (OpenID Connect Discovery 1.0, section 3).
#[derive(Debug, Clone, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// What is known of a service.
#[derive(Debug, Clone)]
struct Known {
    metadata: Metadata,
    keys: Vec<Jwk>,
    since: Instant,
    keys_since: Instant,
}

/// Why nobody is signed on. It goes to the log; the page says less.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    /// The service is not reached.
    #[error(transparent)]
    Away(#[from] Away),
    /// It says something that makes no sense.
    #[error("{0} says of itself what cannot be used: {1}")]
    Odd(String, &'static str),
    /// Its token does not hold.
    #[error("a token of {0} is not believed: {1:?}")]
    Doubted(String, Doubt),
}

/// What was drawn for one sign-in and stays in the browser that began it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawn {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

/// A service, with what is known of it.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) issuer: Issuer,
    client: Client,
    known: RwLock<Option<Known>>,
}

/// All services of the settings, and the address under which browsers know us.
#[derive(Debug, Default)]
pub struct SignOns {
    address: String,
    services: Vec<Service>,
}

impl SignOns {
    /// Services at which people may sign on; `address` is where browsers find us, such as `https://trellis.example`.
    ///
    /// # Errors
    /// A sentence when an address or a name makes no sense, or a file of certificates cannot be read.
    pub fn new(address: &str, issuers: Vec<Issuer>) -> Result<Self, String> {
        if !may_be_asked(address) {
            return Err(format!(
                "\"{address}\" is no address of ours over TLS, such as https://trellis.example. Give it with the setting \"address\""
            ));
        }
        let mut services: Vec<Service> = Vec::new();
        for issuer in issuers {
            let plain = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
            };
            if issuer.id.is_empty() || issuer.id.len() > 32 || !issuer.id.chars().all(plain) {
                return Err(format!(
                    "the id \"{}\" stands in addresses: give small letters, digits and hyphens",
                    issuer.id
                ));
            }
            if services
                .iter()
                .any(|one| one.issuer.id == issuer.id || one.issuer.address == issuer.address)
            {
                return Err(format!("\"{}\" is named twice", issuer.id));
            }
            if !may_be_asked(&issuer.address) {
                return Err(format!(
                    "\"{}\" is no address of a service over TLS, such as https://accounts.example",
                    issuer.address
                ));
            }
            services.push(Service {
                client: Client::new(issuer.roots.as_deref().map(Path::new))?,
                issuer,
                known: RwLock::default(),
            });
        }
        Ok(Self {
            address: address.trim_end_matches('/').to_owned(),
            services,
        })
    }

    /// Shared, for the application.
    #[must_use]
    pub fn shared(self) -> Arc<Self> {
        Arc::new(self)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Issuer> {
        self.services.iter().map(|service| &service.issuer)
    }

    pub(crate) fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.issuer.id == id)
    }

    /// Where a service sends people back to.
    pub(crate) fn back(&self, service: &Service) -> String {
        format!("{}/sign-on/{}/back", self.address, service.issuer.id)
    }
}

impl Service {
    /// Whether people of this role sign on here.
    pub(crate) fn takes(&self, role: Role) -> bool {
        self.issuer.takes(role)
    }

    fn remembered(&self) -> Option<Known> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known
            .clone()
            .filter(|known| known.since.elapsed() < KNOWN_FOR)
    }

    fn remember(&self, known: Known) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    async fn keys(&self, metadata: &Metadata) -> Result<Vec<Jwk>, Failed> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<serde_json::Value>,
        }
        let bytes = self.client.fetch(&metadata.jwks_uri, None).await?;
        let odd = || Failed::Odd(self.issuer.address.clone(), "its keys cannot be read");
        let set: Set = serde_json::from_slice(&bytes).map_err(|_| odd())?;
        // A key of a kind that we do not know is nothing to us.
        let keys = set.keys.into_iter();
        Ok(keys
            .filter_map(|key| serde_json::from_value(key).ok())
            .collect())
    }

    async fn known(&self) -> Result<Known, Failed> {
        if let Some(known) = self.remembered() {
            return Ok(known);
        }
        let odd = |what| Failed::Odd(self.issuer.address.clone(), what);
        let base = self.issuer.address.trim_end_matches('/');
        let at = format!("{base}/.well-known/openid-configuration");
        let bytes = self.client.fetch(&at, None).await?;
        let metadata: Metadata =
            serde_json::from_slice(&bytes).map_err(|_| odd("its description cannot be read"))?;
        if metadata.issuer != self.issuer.address {
            return Err(odd("it calls itself by another address"));
        }
        let endpoints = [
            &metadata.authorization_endpoint,
            &metadata.token_endpoint,
            &metadata.jwks_uri,
        ];
        if !endpoints.into_iter().all(|address| may_be_asked(address)) {
            return Err(odd("an address of it is not over TLS"));
        }
        let now = Instant::now();
        let known = Known {
            keys: self.keys(&metadata).await?,
            metadata,
            since: now,
            keys_since: now,
        };
        self.remember(known.clone());
        Ok(known)
    }

    /// Where a browser goes to sign on.
    pub(crate) async fn door(&self, drawn: &Drawn, back: &str) -> Result<String, Failed> {
        let known = self.known().await?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(drawn.verifier.as_bytes()));
        let scope = format!("openid {}", self.issuer.scope);
        let asked = [
            ("response_type", "code"),
            ("client_id", self.issuer.client.as_str()),
            ("redirect_uri", back),
            ("scope", scope.trim()),
            ("state", &drawn.state),
            ("nonce", &drawn.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let door = &known.metadata.authorization_endpoint;
        let sign = if door.contains('?') { '&' } else { '?' };
        Ok(format!("{door}{sign}{}", form(&asked)))
    }

    /// Who came back with a code.
    pub(crate) async fn who(
        &self,
        code: &str,
        drawn: &Drawn,
        back: &str,
        now: Timestamp,
    ) -> Result<Said, Failed> {
        #[derive(Deserialize)]
        struct Answer {
            id_token: String,
        }
        let mut known = self.known().await?;
        let Issuer { client, secret, .. } = &self.issuer;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", drawn.verifier.as_str()),
        ];
        let ways = &known.metadata.token_endpoint_auth_methods_supported;
        let has = |way: &str| ways.iter().any(|one| one == way);
        // What a service takes where it says nothing (OpenID Connect Discovery 1.0, section 3).
        let basic = ways.is_empty() || has("client_secret_basic") || !has("client_secret_post");
        let authorization = basic.then(|| {
            let both = format!("{}:{}", encoded(client), encoded(secret));
            format!("Basic {}", STANDARD.encode(both))
        });
        if !basic {
            fields.extend([("client_id", client.as_str()), ("client_secret", secret)]);
        }
        let asked = Some((form(&fields), authorization));
        let asked = asked
            .as_ref()
            .map(|(form, head)| (form.as_str(), head.as_deref()));
        let bytes = self
            .client
            .fetch(&known.metadata.token_endpoint, asked)
            .await?;
        let odd = || Failed::Odd(self.issuer.address.clone(), "it gives no token");
        let answer: Answer = serde_json::from_slice(&bytes).map_err(|_| odd())?;
        let expected = Expected {
            issuer: &self.issuer.address,
            client,
            nonce: &drawn.nonce,
            roster_claim: self.issuer.roster_claim.as_deref(),
        };
        let checked = token::check(&answer.id_token, &known.keys, &expected, now);
        let checked = match checked {
            // Keys change; who names one that nobody knows makes us ask at most once a minute.
            Err(Doubt::UnknownKey) if known.keys_since.elapsed() >= KEYS_ANEW => {
                known.keys = self.keys(&known.metadata).await?;
                known.keys_since = Instant::now();
                self.remember(known.clone());
                token::check(&answer.id_token, &known.keys, &expected, now)
            }
            checked => checked,
        };
        checked.map_err(|doubt| Failed::Doubted(self.issuer.address.clone(), doubt))
    }
}

/// Fields as a form or an address has them.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let field = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
    fields.iter().map(field).collect::<Vec<_>>().join("&")
}

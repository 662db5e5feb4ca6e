//! Servers in front of this one: from these alone it is believed who asks, and whether they came over TLS.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// Addresses of servers in front.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpAddr>);

/// Who asks, and how they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asks {
    /// The address that the pace is counted by.
    pub(crate) address: IpAddr,
    /// Whether a server in front says that they came over TLS.
    pub(crate) encrypted: bool,
}

impl Proxies {
    /// Reads addresses that are parted by commas.
    ///
    /// # Errors
    /// The part that is no address.
    pub fn read(text: &str) -> Result<Self, String> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let addresses = parts.map(|part| part.parse().map_err(|_| part.to_owned()));
        addresses.collect::<Result<_, _>>().map(Self)
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// Who asks, when this address is at the other end of the connection. Each server in front writes whom it heard at the
    /// end of `X-Forwarded-For`; from the end, the first that is no server in front is taken, and what stands before is
    /// what a stranger may have made up.
    pub(crate) fn who_asks(&self, peer: IpAddr, headers: &HeaderMap) -> Asks {
        let mut asks = Asks {
            address: peer,
            encrypted: false,
        };
        if !self.has(peer) {
            return asks;
        }
        let all = headers.get_all("x-forwarded-for");
        let said: Vec<&str> = all
            .iter()
            .flat_map(|line| line.to_str().unwrap_or("?").split(','))
            .collect();
        for heard in said.iter().rev() {
            let Ok(heard) = heard.trim().parse() else {
                break;
            };
            asks.address = heard;
            if !self.has(heard) {
                break;
            }
        }
        let way = headers.get("x-forwarded-proto");
        asks.encrypted = way.is_some_and(|way| way.as_bytes() == b"https");
        asks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(peer: &str, lines: &[(&'static str, &'static str)]) -> (String, bool) {
        let proxies = Proxies::read("10.0.0.1, 10.0.0.2,").unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        let asks = proxies.who_asks(peer.parse().unwrap(), &headers);
        (asks.address.to_string(), asks.encrypted)
    }

    #[test]
    fn only_servers_in_front_are_believed_and_only_what_they_heard_themselves() {
        let heard = ("x-forwarded-for", "1.2.3.4, 5.6.7.8");
        let secure = ("x-forwarded-proto", "https");
        let is = |address: &str, encrypted| (address.to_owned(), encrypted);
        assert_eq!(asks("9.9.9.9", &[heard, secure]), is("9.9.9.9", false));
        assert_eq!(asks("10.0.0.1", &[heard, secure]), is("5.6.7.8", true));
        assert_eq!(asks("10.0.0.1", &[heard]), is("5.6.7.8", false));
        assert_eq!(asks("10.0.0.1", &[]), is("10.0.0.1", false));
        // Through two of them, in one line or in two.
        let both = ("x-forwarded-for", "1.2.3.4, 5.6.7.8, 10.0.0.2");
        assert_eq!(asks("10.0.0.1", &[both]), is("5.6.7.8", false));
        let last = ("x-forwarded-for", "10.0.0.2");
        assert_eq!(asks("10.0.0.1", &[heard, last]), is("5.6.7.8", false));
        // What is no address ends the way back.
        let odd = ("x-forwarded-for", "1.2.3.4, unknown, 10.0.0.2");
        assert_eq!(asks("10.0.0.1", &[odd]), is("10.0.0.2", false));
        assert_eq!(asks("::ffff:10.0.0.1", &[heard]), is("5.6.7.8", false));
    }

    #[test]
    fn what_is_no_address_is_named() {
        assert_eq!(Proxies::read("10.0.0.1, here").unwrap_err(), "here");
        assert!(Proxies::read("").unwrap().0.is_empty());
    }
}

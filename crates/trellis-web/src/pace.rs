//! How much one account or one address may ask for in a short time: beyond it they are asked to slow down, so that a
//! program gone wild, or somebody who tries everything, does not take the server from a class.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::PageError;
use crate::session;

/// Requests a second that one sign-in may make for long, and how many at once. A fast child presses three times a second.
const ACCOUNT: Allowance = Allowance {
    a_second: 20.0,
    at_once: 200.0,
};
/// The same for one address: a whole school may sit behind one.
const ADDRESS: Allowance = Allowance {
    a_second: 1_000.0,
    at_once: 10_000.0,
};
/// How many are kept account of before those who have rested are forgotten.
const MOST_KEPT: usize = 20_000;

#[derive(Debug, Clone, Copy)]
struct Allowance {
    a_second: f64,
    at_once: f64,
}

/// Whose requests are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Whose {
    Account(String),
    Address(IpAddr),
}

/// The address at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// What is left to each account and address: a bucket that requests empty and time fills.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<HashMap<Whose, (f64, Instant)>>);

impl Pace {
    /// Takes one request from a bucket; false when it is empty.
    fn take(&self, whose: Whose, allowance: Allowance, now: Instant) -> bool {
        // Numbers only: a holder that panicked has left them as good as they were.
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_KEPT {
            let rested = Duration::from_secs_f64(allowance.at_once / allowance.a_second);
            buckets.retain(|_, (_, at)| now.saturating_duration_since(*at) < rested);
        }
        let (left, at) = buckets.entry(whose).or_insert((allowance.at_once, now));
        let since = now.saturating_duration_since(*at).as_secs_f64();
        let filled = (*left + since * allowance.a_second).min(allowance.at_once);
        *at = now;
        *left = if filled >= 1.0 { filled - 1.0 } else { filled };
        filled >= 1.0
    }

    /// Whether a request may go on. Requests from this machine itself come through a proxy, which knows the addresses
    /// behind it; only their sign-ins are counted.
    fn allows(&self, request: &Request, now: Instant) -> bool {
        let peer = request.extensions().get::<Peer>();
        let address = peer.is_none_or(|Peer(address)| {
            address.is_loopback() || self.take(Whose::Address(*address), ADDRESS, now)
        });
        address
            && session::token(request.headers())
                .is_none_or(|token| self.take(Whose::Account(token), ACCOUNT, now))
    }
}

/// Lets a request through, or asks to slow down.
pub(crate) async fn keep(State(pace): State<Arc<Pace>>, request: Request, next: Next) -> Response {
    if pace.allows(&request, Instant::now()) {
        next.run(request).await
    } else {
        PageError::TooFast.into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str) -> Whose {
        Whose::Account(name.to_owned())
    }

    #[test]
    fn a_bucket_empties_and_fills_again_for_each_by_itself() {
        let pace = Pace::default();
        let begin = Instant::now();
        let taken = |whose: &str, after: u64, tries: u32| {
            let now = begin + Duration::from_millis(after);
            (0..tries)
                .filter(|_| pace.take(account(whose), ACCOUNT, now))
                .count()
        };
        assert_eq!(taken("wild", 0, 500), 200);
        assert_eq!(taken("calm", 0, 3), 3);
        assert_eq!(taken("wild", 500, 500), 10);
        assert_eq!(taken("wild", 60_000, 500), 200);
    }

    #[test]
    fn those_who_have_rested_are_forgotten() {
        let pace = Pace::default();
        let begin = Instant::now();
        for number in 0..MOST_KEPT {
            pace.take(account(&number.to_string()), ACCOUNT, begin);
        }
        pace.take(account("later"), ACCOUNT, begin + Duration::from_secs(11));
        assert_eq!(pace.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn one_address_is_counted_but_for_this_machine() {
        let pace = Pace::default();
        let now = Instant::now();
        let allowed = |address: &str| {
            let mut request = Request::new(axum::body::Body::empty());
            let peer = Peer(address.parse().unwrap());
            request.extensions_mut().insert(peer);
            (0..12_000).filter(|_| pace.allows(&request, now)).count()
        };
        assert_eq!(allowed("192.0.2.7"), 10_000);
        assert_eq!(allowed("127.0.0.1"), 12_000);
    }
}

//! Many browsers at once: each has one connection that stays open and takes the next piece of work when it is free.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::http::Browser;

/// Does `each` for all of `work`, on so many connections; the results in the order of the work.
pub(super) fn crowd<T: Sync, R: Send>(
    address: SocketAddr,
    connections: usize,
    work: &[T],
    each: impl Fn(&mut Browser, &T) -> Result<R, Box<dyn Error>> + Sync,
) -> Result<Vec<R>, Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let one = || -> Result<Vec<(usize, R)>, String> {
        let mut browser = Browser::open(address, None).map_err(|error| error.to_string())?;
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = work.get(place) else {
                return Ok(done);
            };
            let result = each(&mut browser, piece).map_err(|error| error.to_string())?;
            done.push((place, result));
        }
    };
    let mut all = std::thread::scope(|scope| -> Result<Vec<(usize, R)>, String> {
        let threads: Vec<_> = (0..connections.clamp(1, work.len().max(1)))
            .map(|_| scope.spawn(one))
            .collect();
        let mut all = Vec::with_capacity(work.len());
        for thread in threads {
            let part = thread
                .join()
                .map_err(|_| "a connection's thread ended early".to_owned())?;
            all.extend(part?);
        }
        Ok(all)
    })?;
    all.sort_by_key(|(place, _)| *place);
    Ok(all.into_iter().map(|(_, result)| result).collect())
}

/// The duration below which this share of all lies.
pub(super) fn quantile(sorted: &[Duration], share: f64) -> Option<Duration> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list of some thousands"
    )]
    let place = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_of_the_list() {
        let sorted: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(quantile(&sorted, 0.5), Some(Duration::from_millis(50)));
        assert_eq!(quantile(&sorted, 0.99), Some(Duration::from_millis(99)));
        assert_eq!(quantile(&sorted[..1], 0.99), Some(Duration::from_millis(1)));
        assert_eq!(quantile(&[], 0.5), None);
    }
}

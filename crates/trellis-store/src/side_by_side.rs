//! The same work on many things, on as many threads as are worth starting; what comes out keeps the order.

use std::sync::OnceLock;

/// Most threads that work at once: more would take the processor from the pages.
const MOST_THREADS: usize = 4;

/// Processors that this process may use. Asked once: the answer is read from files each time.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
}

/// Does `one` to each thing. Under `worth_a_thread` things for each thread, fewer threads are started; the caller's own
/// thread does a part too.
pub(crate) fn map<T: Sync, R: Send>(
    things: &[T],
    worth_a_thread: usize,
    one: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = (things.len() / worth_a_thread.max(1)).clamp(1, cores().min(MOST_THREADS));
    if threads == 1 {
        return things.iter().map(one).collect();
    }
    let each = things.len().div_ceil(threads).max(1);
    let mut parts = things.chunks(each);
    let own = parts.next().unwrap_or_default();
    let one = &one;
    std::thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<R>>()))
            .collect();
        let mut done: Vec<R> = own.iter().map(one).collect();
        for other in others {
            match other.join() {
                Ok(part) => done.extend(part),
                // Our own mistake is the same mistake on every thread.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn what_comes_out_keeps_the_order_whatever_the_threads() {
        for count in [0_usize, 1, 2, 7, 100] {
            let things: Vec<usize> = (0..count).collect();
            for worth in [0, 1, 3, 1000] {
                let done = map(&things, worth, |thing| thing * 2);
                assert_eq!(
                    done,
                    things.iter().map(|thing| thing * 2).collect::<Vec<_>>()
                );
            }
        }
    }
}

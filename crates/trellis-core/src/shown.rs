//! Which groups of people may be shown in figures, so that none of the figures, nor any sum or difference of them, speaks
//! about a few.

use alloc::collections::BTreeMap;
use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use crate::id::PersonId;

/// Fewest people that figures may speak about.
pub const LEAST_SHOWN: usize = 10;

/// Whether each of these groups may be shown, together with all others that may.
///
/// Groups overlap: who subtracts the figures of one class from those of another is left with those who are in one of them
/// alone. So people are told apart by which of the shown groups they are in. Whatever is added and subtracted, people who
/// are in the same groups stay together; where each such lot has at least `least` people, nothing can be said about fewer.
/// Larger groups come first, and a group that would leave a smaller lot is not shown.
#[must_use]
pub fn may_be_shown(groups: &[BTreeSet<PersonId>], least: usize) -> Vec<bool> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|place| core::cmp::Reverse(groups[*place].len()));
    let mut shown = vec![false; groups.len()];
    let mut lots = Lots::default();
    for place in order {
        shown[place] = !groups[place].is_empty() && lots.split(&groups[place], least);
    }
    shown
}

/// People in lots: those of one lot are in the same shown groups. Who is in none is in no lot.
#[derive(Default)]
struct Lots {
    of: BTreeMap<PersonId, usize>,
    sizes: Vec<usize>,
}

impl Lots {
    /// Shows one more group, unless that left a lot of fewer than `least`; whether it did. Only the lots that it cuts can
    /// become too small, so that the others need not be counted again.
    fn split(&mut self, group: &BTreeSet<PersonId>, least: usize) -> bool {
        // Of each lot, and of those in none, how many are in the group.
        let mut inside: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for person in group {
            *inside.entry(self.of.get(person).copied()).or_default() += 1;
        }
        let fits = |(lot, inside): (&Option<usize>, &usize)| {
            let left = lot.map_or(0, |lot| self.sizes[lot] - inside);
            *inside >= least && (left == 0 || left >= least)
        };
        if !inside.iter().all(fits) {
            return false;
        }
        let mut new: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for (lot, count) in &inside {
            new.insert(*lot, self.sizes.len());
            self.sizes.push(*count);
            if let Some(lot) = lot {
                self.sizes[*lot] -= count;
            }
        }
        for person in group {
            let lot = self.of.get(person).copied();
            self.of.insert(*person, new[&lot]);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(ranges: &[core::ops::Range<u128>]) -> BTreeSet<PersonId> {
        ranges.iter().cloned().flatten().map(PersonId).collect()
    }

    fn shown(groups: &[&[core::ops::Range<u128>]]) -> Vec<bool> {
        let groups: Vec<_> = groups.iter().map(|ranges| group(ranges)).collect();
        may_be_shown(&groups, LEAST_SHOWN)
    }

    #[test]
    #[expect(
        clippy::single_range_in_vec_init,
        reason = "a group is a list of ranges, and some have one"
    )]
    fn what_would_speak_of_few_is_not_shown() {
        assert_eq!(shown(&[]), []);
        assert_eq!(shown(&[&[]]), [false]);
        assert_eq!(shown(&[&[0..9], &[20..30]]), [false, true]);
        // One more than another: the difference is one person.
        assert_eq!(shown(&[&[0..20], &[0..21]]), [false, true]);
        assert_eq!(shown(&[&[0..20], &[0..30]]), [true, true]);
        // The same people are told apart by nothing.
        assert_eq!(shown(&[&[0..20], &[0..20]]), [true, true]);
        // A whole less its two parts.
        assert_eq!(shown(&[&[0..41], &[0..20], &[20..40]]), [true, true, false]);
        assert_eq!(shown(&[&[0..40], &[0..20], &[20..40]]), [true, true, true]);
        // They share few, and that can be found by a third.
        assert_eq!(shown(&[&[0..20], &[15..35], &[0..35]]), [true, false, true]);
    }

    #[test]
    fn no_sum_or_difference_of_what_is_shown_speaks_of_few() {
        // Every family of three groups over lots of these sizes, and every weight from -2 to 2 on what is shown: the
        // people left with a weight other than nothing are none, or enough.
        const SIZES: [u128; 3] = [3, 10, 12];
        for sizes in 0..3_u32.pow(7) {
            let mut first = 0;
            let mut groups = vec![BTreeSet::new(); 3];
            let mut lots = Vec::new();
            for lot in 1..8_u32 {
                let size = SIZES[(sizes / 3_u32.pow(lot - 1) % 3) as usize];
                for (place, group) in groups.iter_mut().enumerate() {
                    if lot >> place & 1 == 1 {
                        group.extend((first..first + size).map(PersonId));
                    }
                }
                lots.push((lot, size));
                first += size;
            }
            let shown = may_be_shown(&groups, LEAST_SHOWN);
            for weights in 0..125_i32 {
                let weight = |place: u32| weights / 5_i32.pow(place) % 5 - 2;
                let left = lots.iter().filter(|(lot, _)| {
                    let of = (0..3).filter(|place| shown[*place as usize] && lot >> place & 1 == 1);
                    of.map(weight).sum::<i32>() != 0
                });
                let left: u128 = left.map(|(_, size)| size).sum();
                assert!(left == 0 || left >= 10, "{sizes} {weights}: {left}");
            }
        }
    }
}

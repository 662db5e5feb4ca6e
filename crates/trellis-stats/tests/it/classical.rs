//! Item analysis against published figures: the descriptive table of LSAT6 that R's ltm package prints.

use trellis_stats::classical::{Basis, FirstAnswer, analyse};
use trellis_stats::irt::Answer;

use crate::irt::{LSAT6, persons};

#[test]
fn lsat6_gives_the_published_table() {
    let mut answers = Vec::new();
    for (learner, row) in (0..).zip(persons(LSAT6)) {
        for (item, answer) in (0..).zip(row) {
            answers.push(FirstAnswer {
                learner,
                item,
                right: answer == Answer::Right,
                option: None,
                seconds: None,
                at: 0,
            });
        }
    }
    let analysis = analyse(&answers);
    assert_eq!(analysis.basis, Basis::Totals);
    // Share right, point-biserial with the item and without it, to four places.
    let published = [
        [0.924, 0.3620, 0.1128],
        [0.709, 0.5668, 0.1532],
        [0.553, 0.6184, 0.1728],
        [0.763, 0.5344, 0.1444],
        [0.870, 0.4354, 0.1216],
    ];
    for (figures, expected) in analysis.items.iter().zip(published) {
        let found = [
            figures.share_right,
            figures.point_biserial.expect("answers vary"),
            figures.item_rest.expect("answers vary"),
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!(
                (found - expected).abs() < 0.5e-4 + 1e-9,
                "{found} for {expected}"
            );
        }
    }
    assert!((analysis.alpha.expect("five items") - 0.2950).abs() < 0.5e-4);
}

//! What changed between two texts, line by line.

/// A line of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// In both.
    Same(&'a str),
    /// In the older text only.
    Gone(&'a str),
    /// In the newer text only.
    New(&'a str),
}

/// Texts with more pairs of lines than this are told as wholly other: to compare them would take too much room.
const MOST_PAIRS: usize = 4_000_000;

/// Compares line by line, by the longest common subsequence.
pub(crate) fn lines<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old.len() * new.len() > MOST_PAIRS {
        let gone = old.into_iter().map(Line::Gone);
        return gone.chain(new.into_iter().map(Line::New)).collect();
    }
    let width = new.len() + 1;
    // How many lines the rests from here on have in common.
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            common[i * width + j] = if a == b {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        if a == b {
            out.push(Line::Same(a));
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            out.push(Line::Gone(a));
            i += 1;
        } else {
            out.push(Line::New(b));
            j += 1;
        }
    }
    out.extend(old.iter().skip(i).map(|line| Line::Gone(line)));
    out.extend(new.iter().skip(j).map(|line| Line::New(line)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_and_what_is_new() {
        use Line::{Gone, New, Same};
        for (old, new, expected) in [
            (
                "a\nb\nc",
                "a\nx\nc",
                vec![Same("a"), Gone("b"), New("x"), Same("c")],
            ),
            ("", "a", vec![New("a")]),
            ("a\nb", "b", vec![Gone("a"), Same("b")]),
            ("a", "a", vec![Same("a")]),
        ] {
            assert_eq!(lines(old, new), expected);
        }
    }
}

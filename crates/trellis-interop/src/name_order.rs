//! The order in which people count names: `real2` before `real10`.

/// Numbers in names sort as numbers: `real2` before `real10`.
pub(crate) fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (words, tail) = rest.split_at(digits);
        let end = tail
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len());
        let (number, tail) = tail.split_at(end);
        parts.push((words.to_string(), number.parse().unwrap_or(u64::MAX)));
        rest = tail;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_people_count() {
        let mut names = ["p10/a", "p2/b", "p2/a", "p1"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["p1", "p2/a", "p2/b", "p10/a"]);
    }
}

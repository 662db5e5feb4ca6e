//! Which numbers a text shows, to compare the stories of an item with its own stem.

/// The numbers that a rendered text shows: digits with an inner point, and number words from two
/// to twelve. Sorted. Signs are left out: "3 below zero" and "-3" show the same number.
pub(super) fn shown(text: &str) -> Shown {
    let mut digits = Vec::new();
    let mut ones = 0;
    let mut word = String::new();
    let mut number = String::new();
    let letters: Vec<char> = text.chars().chain([' ']).collect();
    for (at, c) in letters.iter().enumerate() {
        let next_is_digit = letters.get(at + 1).is_some_and(char::is_ascii_digit);
        let inside = (*c == '.' || *c == ',') && !number.is_empty() && next_is_digit;
        // A comma belongs to a number only where it parts thousands.
        let comma_parts = *c != ',' || thousands(letters.get(at + 1..).unwrap_or(&[]));
        if c.is_ascii_digit() || (inside && comma_parts) {
            number.push(*c);
        } else if !number.is_empty() {
            digits.push(plain(&number));
            number.clear();
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        } else if !word.is_empty() {
            match WORDS.iter().position(|known| *known == word) {
                Some(0) => ones += 1,
                Some(index) => digits.push((index + 1).to_string()),
                None => {}
            }
            word.clear();
        }
    }
    digits.sort();
    Shown { digits, ones }
}

const WORDS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

fn thousands(after: &[char]) -> bool {
    after.iter().take_while(|c| c.is_ascii_digit()).count() == 3
}

/// "1,000" and "3.50" as "1000" and "3.5".
fn plain(number: &str) -> String {
    let number = number.replace(',', "");
    if number.contains('.') {
        return number
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_string();
    }
    number
}

/// The numbers of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    digits: Vec<String>,
    /// How often the word "one" is there: it may be the number or not ("which one").
    ones: usize,
}

impl Shown {
    /// True when both may show the same numbers.
    pub(super) fn agrees_with(&self, other: &Self) -> bool {
        let (here, there) = (without_ones(&self.digits), without_ones(&other.digits));
        let count = |shown: &Self| shown.digits.iter().filter(|digit| *digit == "1").count();
        let (fewest, most) = (count(self), count(self) + self.ones);
        let (other_fewest, other_most) = (count(other), count(other) + other.ones);
        here == there && fewest <= other_most && other_fewest <= most
    }

    /// Whether a number is among them.
    pub(super) fn has(&self, number: &str) -> bool {
        self.digits.iter().any(|digit| digit == number)
    }

    /// "2, 3, 3/4": for a message.
    pub(super) fn list(&self) -> String {
        if self.digits.is_empty() {
            "none".to_string()
        } else {
            self.digits.join(", ")
        }
    }
}

fn without_ones(digits: &[String]) -> Vec<&String> {
    digits.iter().filter(|digit| *digit != "1").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_show_the_same_numbers_or_not() {
        for (one, other, agree) in [
            (
                "Work out $\\frac{2}{3} + 0.5$.",
                "Ana has 0.5 kg and $\\frac{2}{3}$ kg.",
                true,
            ),
            ("$3 - 5$", "It is 3 degrees and falls by five.", true),
            ("$1 + 2$", "One cup and 2 cups: which one?", true),
            ("$1 + 2$", "2 cups.", false),
            ("$2 + 2$", "2 cups.", false),
            ("$1{,}000$ or 1,000", "0 1 0 1000", false),
            ("It costs \\$3.50, 4 times.", "$3.5$ m, 4", true),
            ("$x + 2$", "2 twos", true),
        ] {
            assert_eq!(
                shown(one).agrees_with(&shown(other)),
                agree,
                "{one} | {other}"
            );
        }
    }
}

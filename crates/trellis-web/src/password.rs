//! What a password must be: long, and not what everybody would try first. Nothing else is asked of it (NIST SP 800-63B): no
//! kinds of characters, no end.

use sha2::{Digest as _, Sha256};

use crate::words::{Words, small};

/// Characters that a password has at least, and bytes that it has at most.
pub(crate) const LEAST: usize = 12;
pub(crate) const MOST: usize = 200;
/// What must be left of a password, in steps from one character to an unlike one, when words that everybody tries, the
/// person's own names and plain runs are taken away.
const LEAST_LEFT: usize = 5;

/// Words that stand in most lists of the passwords found in leaks, and rows of keys; in the languages that pages speak.
const TRIED_FIRST: [&str; 58] = [
    "password",
    "contrasena",
    "contraseña",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "zxcvbnm",
    "1q2w3e4r",
    "q1w2e3r4",
    "iloveyou",
    "tequiero",
    "teamo",
    "letmein",
    "welcome",
    "bienvenido",
    "admin",
    "administrator",
    "root",
    "login",
    "user",
    "usuario",
    "master",
    "secret",
    "secreto",
    "dragon",
    "monkey",
    "shadow",
    "sunshine",
    "princess",
    "princesa",
    "football",
    "futbol",
    "baseball",
    "basketball",
    "soccer",
    "superman",
    "batman",
    "starwars",
    "pokemon",
    "michael",
    "jordan",
    "charlie",
    "summer",
    "winter",
    "spring",
    "autumn",
    "verano",
    "invierno",
    "teacher",
    "maestra",
    "maestro",
    "student",
    "school",
    "escuela",
    "colegio",
    "trellis",
    "changeme",
];

/// The 10,000 most common passwords of [`LEAST`] characters or more, in small letters: the first eight bytes of the SHA-256 of each, in
/// their order. They come from the million most common of the ten million that Mark Burnett gave to the public domain in 2015;
/// `write_the_list` below made this of them. Nobody has to read them here.
static COMMON: &[u8] = include_bytes!("password.common");
/// Bytes of each.
const EACH: usize = 8;

fn fingerprint(plain: &str) -> [u8; EACH] {
    let mut first = [0; EACH];
    first.copy_from_slice(&Sha256::digest(plain.as_bytes())[..EACH]);
    first
}

/// Whether a password in small letters is one of the most common.
fn is_common(plain: &str) -> bool {
    let (all, _) = COMMON.as_chunks::<EACH>();
    all.binary_search(&fingerprint(plain)).is_ok()
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weak {
    Short,
    Long,
    /// Others would try it soon.
    Easy,
}

/// Looks at a password that somebody with these names has thought of.
pub(crate) fn look(password: &str, names: &[&str]) -> Result<(), Weak> {
    if password.chars().count() < LEAST {
        return Err(Weak::Short);
    }
    if password.len() > MOST {
        return Err(Weak::Long);
    }
    let plain = password.to_lowercase();
    if is_common(&plain) {
        return Err(Weak::Easy);
    }
    // As it is, and with the digits and signs that are often put for letters.
    let as_letters: String = plain
        .chars()
        .map(|sign| match sign {
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect();
    let names: Vec<String> = names
        .iter()
        .flat_map(|name| name.split(|sign: char| !sign.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|name| name.chars().count() >= 3)
        .collect();
    let left = |text: &str| {
        let known = names.iter().map(String::as_str).chain(TRIED_FIRST);
        steps(&known.fold(text.to_owned(), |text, word| text.replace(word, "")))
    };
    if left(&plain).min(left(&as_letters)) < LEAST_LEFT {
        return Err(Weak::Easy);
    }
    Ok(())
}

/// The words for what is wrong with a password that somebody with these names typed twice, if anything is.
pub(crate) fn wrong(words: &Words, password: &str, again: &str, names: &[&str]) -> Option<String> {
    if password != again {
        return Some(words.t("join-unlike"));
    }
    match look(password, names) {
        Ok(()) => None,
        Err(Weak::Short) => Some(words.count("join-short", "least", small(LEAST))),
        Err(Weak::Long) => Some(words.count("join-long", "most", small(MOST))),
        Err(Weak::Easy) => Some(words.t("join-easy")),
    }
}

/// How often a character follows that is neither the same nor the next in its row.
fn steps(text: &str) -> usize {
    let signs: Vec<u32> = text.chars().map(u32::from).collect();
    let unlike = |pair: &[u32]| matches!(pair, [a, b] if a.abs_diff(*b) > 1);
    signs.windows(2).filter(|pair| unlike(pair)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_refused_and_a_phrase_is_taken() {
        let names = ["Ngozi", "Okafor-Lee", "ngozi.okafor"];
        for (password, found) in [
            ("short", Err(Weak::Short)),
            ("ñandú ñandú", Err(Weak::Short)),
            ("aaaaaaaaaaaaaaaa", Err(Weak::Easy)),
            ("123456789012", Err(Weak::Easy)),
            ("abcdefghijklmnop", Err(Weak::Easy)),
            ("Password12345", Err(Weak::Easy)),
            ("P@ssw0rd!P@ssw0rd!", Err(Weak::Easy)),
            ("qwertyuiop123", Err(Weak::Easy)),
            ("Ngozi.Okafor2026", Err(Weak::Easy)),
            ("trellis-demo", Err(Weak::Easy)),
            ("iloveyouiloveyou", Err(Weak::Easy)),
            ("my cat sleeps on the piano", Ok(())),
            ("el gato duerme en el piano", Ok(())),
            ("k7Wm2-xQ9pLz", Ok(())),
            ("我的猫在钢琴上睡觉每天下午三点", Ok(())),
        ] {
            assert_eq!(look(password, &names), found, "{password}");
        }
        assert_eq!(
            look(&"long and varied, ".repeat(12), &names),
            Err(Weak::Long)
        );
        // Every character may stand in it, and 64 of them fit.
        assert_eq!(
            look(&"correct horse battery staple ' \" <&> ".repeat(2), &names),
            Ok(())
        );
    }

    #[test]
    fn the_most_common_passwords_that_are_long_enough_are_refused() {
        let (all, rest) = COMMON.as_chunks::<EACH>();
        assert!(all.len() == 10_000 && rest.is_empty());
        assert!(all.is_sorted_by(|one, next| one < next), "each once");
        // By the list alone: nothing of them is among the words that are tried first.
        for password in [
            "mailcreated5240",
            "SonyEricsson",
            "experimental",
            "gfhjkmgfhjkm",
            "leavemealone",
        ] {
            assert!(is_common(&password.to_lowercase()), "{password}");
            assert_eq!(look(password, &[]), Err(Weak::Easy), "{password}");
        }
        assert!(!is_common("my cat sleeps on the piano"));
    }

    /// Writes the list anew: `TRELLIS_COMMON=FILE`, a password a line, the most common first.
    #[test]
    #[ignore = "writes the list from a file that is not part of the project"]
    fn write_the_list() {
        let path = std::env::var("TRELLIS_COMMON").unwrap();
        let text = std::fs::read(path).unwrap();
        let lines = text.split(|byte| *byte == b'\n');
        let mut seen = std::collections::BTreeSet::new();
        let mut kept = Vec::new();
        for line in lines {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let Ok(word) = std::str::from_utf8(line).map(str::to_lowercase) else {
                continue;
            };
            if word.chars().count() >= LEAST && seen.insert(word.clone()) {
                kept.push(fingerprint(&word));
            }
            if kept.len() == 10_000 {
                break;
            }
        }
        kept.sort_unstable();
        std::fs::write("src/password.common", kept.as_flattened()).unwrap();
    }
}

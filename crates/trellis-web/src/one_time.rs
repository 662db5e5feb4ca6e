//! One-time codes of a second factor: six digits of an app, a new one every half minute (RFC 6238), and codes on paper.

use totp_rs::{Builder, Secret, Totp};
use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;
use trellis_store::{MOST_FAILURES, SECRET_BYTES, SecondFactor, Store, StoreError};

use crate::error::PageError;

/// How long a code holds, in seconds.
const STEP_S: u64 = 30;
/// Digits of a code.
const DIGITS: u8 = 6;
/// How many codes on paper there are.
const ON_PAPER: usize = 10;
/// Letters of a code on paper: 50 bits of chance.
const LETTERS: usize = 10;
/// Digits and letters that nobody takes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn maker(secret: &[u8; SECRET_BYTES]) -> Totp {
    // SHA-1 and six digits are what apps take when nothing else is said; HMAC does not rest on collisions.
    Builder::new()
        .with_secret(Secret::from(secret.to_vec()))
        .with_digits(DIGITS)
        .with_step_duration(STEP_S)
        .with_skew(1)
        .build_noncompliant()
}

/// The half minute that a code belongs to: this one, the last or the next, since clocks differ.
pub(crate) fn step_of(secret: &[u8; SECRET_BYTES], code: &str, now: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    let is_code =
        code.len() == usize::from(DIGITS) && code.bytes().all(|sign| sign.is_ascii_digit());
    let seconds = u64::try_from(now.0 / 1000).ok().filter(|_| is_code)?;
    i64::try_from(maker(secret).check(&code, seconds)?).ok()
}

/// A new secret, from the system's chance.
pub(crate) fn draw_secret() -> Result<[u8; SECRET_BYTES], PageError> {
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(|error| PageError::failed(&error))?;
    Ok(secret)
}

/// The letters of a secret, in groups, for those who type them into their app.
pub(crate) fn letters(secret: &[u8; SECRET_BYTES]) -> String {
    let letters = Secret::from(secret.to_vec()).to_base32();
    let groups: Vec<_> = letters
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect();
    groups.join(" ")
}

/// What stands in the square that an app reads.
pub(crate) fn address(secret: &[u8; SECRET_BYTES], login: &str) -> String {
    let secret = letters(secret).replace(' ', "");
    let plain = |sign: &char| sign.is_ascii_alphanumeric() || "._-@".contains(*sign);
    let login: String = login.chars().filter(plain).collect();
    format!("otpauth://totp/Trellis:{login}?secret={secret}&issuer=Trellis")
}

/// New codes on paper.
pub(crate) fn draw_codes() -> Result<Vec<String>, PageError> {
    let mut bytes = [0; ON_PAPER * LETTERS];
    getrandom::fill(&mut bytes).map_err(|error| PageError::failed(&error))?;
    let codes = bytes.chunks(LETTERS).map(|bytes| {
        let letters = bytes
            .iter()
            .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)).copied());
        letters.map(char::from).collect()
    });
    Ok(codes.collect())
}

/// A code on paper as it is printed.
pub(crate) fn grouped(code: &str) -> String {
    let (first, second) = code.split_at_checked(LETTERS / 2).unwrap_or((code, ""));
    format!("{first} {second}")
}

/// A code on paper as it is kept, from what somebody typed.
fn tidied(typed: &str) -> String {
    let signs = typed.chars().filter(|sign| !matches!(sign, ' ' | '-'));
    signs
        .map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// It fits, and cannot be used again.
    Fits,
    /// It does not fit, or was used.
    No,
    /// Too many wrong tries: somebody has to let the person in.
    Locked,
}

/// Tries a code of somebody; a try counts as wrong until it is known to be right, together with those at the password.
pub(crate) fn try_code(
    store: &Store,
    person: PersonId,
    factor: &SecondFactor,
    typed: &str,
    now: Timestamp,
) -> Result<Code, StoreError> {
    let failures = store.credential(person)?.map_or(0, |found| found.failures);
    if failures >= MOST_FAILURES {
        return Ok(Code::Locked);
    }
    store.count_failure(person)?;
    let fits = match step_of(&factor.secret, typed, now) {
        Some(step) => store.use_step(person, step)?,
        None => store.use_recovery_code(person, &tidied(typed))?,
    };
    Ok(if fits { Code::Fits } else { Code::No })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: SHA-1, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = *b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = seconds / 30;
            let at = |seconds: i64| step_of(&secret, code, Timestamp(seconds * 1000));
            assert_eq!(at(seconds), Some(step), "{code}");
            assert_eq!(
                at(seconds + 30),
                Some(step),
                "a clock may be half a minute ahead"
            );
            assert_eq!(at(seconds - 30), Some(step), "or behind");
            assert_eq!(at(seconds + 60), None);
            assert_eq!(at(seconds - 60), None);
        }
        for nonsense in ["", "28708", "2870822", "28708a", "２８７０８２"] {
            assert_eq!(
                step_of(&secret, nonsense, Timestamp(59_000)),
                None,
                "{nonsense}"
            );
        }
        assert_eq!(step_of(&secret, " 287 082 ", Timestamp(59_000)), Some(1));
        assert_eq!(step_of(&secret, "287082", Timestamp(-59_000)), None);
        assert_eq!(letters(&secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            address(&secret, "a b&c=d@e.f"),
            "otpauth://totp/Trellis:abcd@e.f?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Trellis"
        );
    }

    #[test]
    fn codes_on_paper_are_read_as_people_type_them() {
        let codes = draw_codes().unwrap();
        assert_eq!(codes.len(), 10);
        let first = codes.first().unwrap();
        assert_eq!(tidied(&grouped(first).to_lowercase()), *first);
        assert_eq!(tidied("o1il-5"), "01115");
    }
}

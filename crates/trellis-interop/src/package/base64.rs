//! Base64 (RFC 4648, section 4), as files stand within XML and addresses.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Padded when written. When read, strangers' files may leave the padding out, or bits set in the last sign.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes as Base64 in one line.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    ENGINE.encode(bytes)
}

/// The bytes of Base64, also with the signs for addresses (section 5); white space in it says nothing. `None` when it
/// holds other signs or ends within a byte.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let signs = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let signs = signs.map(|sign| match sign {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    });
    ENGINE.decode(signs.collect::<Vec<u8>>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_samples_of_the_standard_hold() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(decode("Z"), None);
        assert_eq!(decode("Zg=a"), None);
        assert_eq!(decode("Z!g="), None);
        assert_eq!(decode("Zm9v\n YmFy"), Some(b"foobar".to_vec()));
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..99)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}

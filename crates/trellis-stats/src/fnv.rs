//! FNV-1a in 64 bits (Fowler, Noll and Vo; draft-eastlake-fnv): a number for a text, the same everywhere and for ever. It
//! spreads names and finds damage; it keeps nobody with bad will from anything.

/// Where a hash begins.
pub const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A hash with more bytes taken in.
#[must_use]
pub fn more(hash: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    let bytes = bytes.into_iter();
    bytes.fold(hash, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}

/// The hash of bytes.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    more(BASIS, bytes.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of the authors' own test vectors.
    #[test]
    fn published_values_come_out() {
        for (text, value) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(hash(text.as_bytes()), value, "{text}");
        }
        assert_eq!(more(hash(b"foo"), *b"bar"), hash(b"foobar"));
    }
}

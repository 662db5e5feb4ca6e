//! The encrypted form of a backup: pieces of 64 KiB by ChaCha20-Poly1305, each with its place and whether it is the last,
//! so that nothing can be changed, left out, moved or cut off without being noticed.
//!
//! The header in the clear is `TRLSBACK`, the version of the format (2 bytes, big-endian), the name of the key (8 bytes)
//! and 32 random bytes. Then each piece, encrypted, with its tag of 16 bytes. The nonce of a piece is its number (11 bytes,
//! big-endian) and a byte that is 1 for the last piece alone: the STREAM construction of Hoang, Reyhanitabar, Rogaway and
//! Vizár (2015), as the age file format uses it. Keys are used for one file only, so numbers may start at 0 in each.

use std::io::{self, Read, Write};

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};

use super::key::{BackupKey, KeyName};
use crate::error::SealFault;

/// What every backup begins with.
const MAGIC: &[u8; 8] = b"TRLSBACK";
/// The version of the format that this program writes, and the newest that it reads.
const VERSION: u16 = 1;
/// The length of the header, in bytes.
const HEADER: usize = 8 + 2 + 8 + 32;
/// The length of a piece before it is encrypted, in bytes.
const PIECE: usize = 64 * 1024;
/// The length of a tag, in bytes.
const TAG: usize = 16;

fn nonce(number: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce.into()
}

fn cipher(key: &BackupKey, header: &[u8]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(key.of_file(header)))
}

/// Encrypts what is written to it. Without [`Sealer::finish`] what came out has no end, and is refused when read.
pub(crate) struct Sealer<W: Write> {
    out: W,
    cipher: ChaCha20Poly1305,
    piece: Vec<u8>,
    number: u64,
}

impl<W: Write> Sealer<W> {
    pub(crate) fn new(mut out: W, key: &BackupKey) -> io::Result<Self> {
        let mut header = [0; HEADER];
        header[..8].copy_from_slice(MAGIC);
        header[8..10].copy_from_slice(&VERSION.to_be_bytes());
        header[10..18].copy_from_slice(&key.name().0);
        getrandom::fill(&mut header[18..]).map_err(io::Error::other)?;
        out.write_all(&header)?;
        Ok(Self {
            out,
            cipher: cipher(key, &header),
            piece: Vec::with_capacity(PIECE + TAG),
            number: 0,
        })
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        self.cipher
            .encrypt_in_place(&nonce(self.number, last), &[], &mut self.piece)
            .map_err(|_| io::Error::other("a piece of a backup cannot be encrypted"))?;
        self.out.write_all(&self.piece)?;
        self.piece.clear();
        self.number += 1;
        Ok(())
    }

    /// Writes the last piece and gives back what was written to.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits for what follows: only then it is known not to be the last.
        if self.piece.len() == PIECE {
            self.seal(false)?;
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Decrypts a backup piece by piece. Nothing of a piece comes out before its tag was checked.
pub(crate) struct Opener<R: Read> {
    input: R,
    cipher: ChaCha20Poly1305,
    /// The beginning of the next piece, read ahead to know whether the one before was the last.
    ahead: Vec<u8>,
    number: u64,
    ended: bool,
}

impl<R: Read> Opener<R> {
    pub(crate) fn new(mut input: R, key: &BackupKey) -> Result<Self, SealFault> {
        let mut header = Vec::with_capacity(HEADER);
        input
            .by_ref()
            .take(HEADER as u64)
            .read_to_end(&mut header)?;
        if header.is_empty() || !MAGIC.starts_with(&header[..header.len().min(8)]) {
            return Err(SealFault::NotABackup);
        }
        if header.len() < HEADER {
            return Err(SealFault::CutOff);
        }
        let version = u16::from_be_bytes([header[8], header[9]]);
        if version > VERSION {
            return Err(SealFault::Newer {
                found: version,
                known: VERSION,
            });
        }
        let mut made = [0; 8];
        made.copy_from_slice(&header[10..18]);
        let (made, given) = (KeyName(made), key.name());
        if made != given {
            return Err(SealFault::OtherKey {
                made: made.to_string(),
                given: given.to_string(),
            });
        }
        let mut opener = Self {
            cipher: cipher(key, &header),
            input,
            ahead: Vec::new(),
            number: 0,
            ended: false,
        };
        opener.ahead = opener.read_piece()?;
        Ok(opener)
    }

    fn read_piece(&mut self) -> io::Result<Vec<u8>> {
        let mut piece = Vec::with_capacity(PIECE + TAG);
        self.input
            .by_ref()
            .take((PIECE + TAG) as u64)
            .read_to_end(&mut piece)?;
        Ok(piece)
    }

    /// The next piece; `None` after the last.
    pub(crate) fn piece(&mut self) -> Result<Option<Vec<u8>>, SealFault> {
        if self.ended {
            return Ok(None);
        }
        let next = self.read_piece()?;
        let mut piece = std::mem::replace(&mut self.ahead, next);
        let last = self.ahead.is_empty();
        let place = HEADER as u64 + self.number * (PIECE + TAG) as u64;
        if self
            .cipher
            .decrypt_in_place(&nonce(self.number, last), &[], &mut piece)
            .is_err()
        {
            // What stands at the end and is shorter than a whole piece, or is whole but was not the last, was cut.
            return Err(if last && self.was_cut(&piece) {
                SealFault::CutOff
            } else {
                SealFault::Altered(place)
            });
        }
        self.number += 1;
        self.ended = last;
        Ok(Some(piece))
    }

    /// Whether a piece that does not open as the last is one that once stood before others. A piece that was cut inside
    /// cannot be told from one that was changed, but at the end of a file a cut is what happens.
    fn was_cut(&self, piece: &[u8]) -> bool {
        if piece.len() < PIECE + TAG {
            return true;
        }
        let mut again = piece.to_vec();
        self.cipher
            .decrypt_in_place(&nonce(self.number, false), &[], &mut again)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> BackupKey {
        let path = std::env::temp_dir().join(format!(
            "trellis-key-{name}-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        let made = BackupKey::write_new(&path).unwrap();
        let read = BackupKey::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(made.name(), read.name());
        read
    }

    fn seal(bytes: &[u8], key: &BackupKey) -> Vec<u8> {
        let mut sealer = Sealer::new(Vec::new(), key).unwrap();
        sealer.write_all(bytes).unwrap();
        sealer.finish().unwrap()
    }

    fn open(sealed: &[u8], key: &BackupKey) -> Result<Vec<u8>, SealFault> {
        let mut opener = Opener::new(sealed, key)?;
        let mut out = Vec::new();
        while let Some(piece) = opener.piece()? {
            out.extend(piece);
        }
        Ok(out)
    }

    #[test]
    fn what_was_sealed_opens_at_every_length_around_a_piece() {
        let key = key("lengths");
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7] {
            let bytes: Vec<u8> = (0..=255u8).cycle().take(length).collect();
            let sealed = seal(&bytes, &key);
            assert_eq!(open(&sealed, &key).unwrap(), bytes, "{length}");
        }
    }

    #[test]
    fn the_same_bytes_are_never_sealed_the_same_and_never_stand_in_the_clear() {
        let key = key("same");
        let bytes = b"Given 1 Family 1".repeat(9000);
        let (one, two) = (seal(&bytes, &key), seal(&bytes, &key));
        assert_ne!(one[HEADER..], two[HEADER..]);
        assert!(!one.windows(8).any(|window| window == b"Family 1"));
    }

    #[test]
    fn a_cut_at_any_byte_is_refused() {
        let key = key("cut");
        let sealed = seal(&vec![7; PIECE + 900], &key);
        let near = |place: usize| place.saturating_sub(2)..=(place + 2);
        let cuts = (0..HEADER + 20)
            .chain(near(HEADER + PIECE + TAG))
            .chain(near(sealed.len() - 3));
        for cut in cuts.filter(|cut| *cut < sealed.len()) {
            let fault = open(&sealed[..cut], &key).unwrap_err();
            let expected = match cut {
                0 => matches!(fault, SealFault::NotABackup),
                _ => matches!(fault, SealFault::CutOff),
            };
            assert!(expected, "{cut}: {fault:?}");
        }
    }

    #[test]
    fn a_flipped_bit_anywhere_is_refused() {
        let key = key("flip");
        let sealed = seal(&vec![7; 2 * PIECE + 900], &key);
        for place in (0..sealed.len()).step_by(6_007).chain(0..HEADER) {
            let mut flipped = sealed.clone();
            flipped[place] ^= 1 << (place % 8);
            assert!(open(&flipped, &key).is_err(), "{place}");
        }
    }

    #[test]
    fn pieces_left_out_swapped_or_added_are_refused() {
        let key = key("pieces");
        let sealed = seal(&vec![7; 3 * PIECE + 900], &key);
        let piece = |number: usize| {
            let from = HEADER + number * (PIECE + TAG);
            sealed[from..sealed.len().min(from + PIECE + TAG)].to_vec()
        };
        let of = |order: &[usize]| {
            let mut bytes = sealed[..HEADER].to_vec();
            order.iter().for_each(|number| bytes.extend(piece(*number)));
            bytes
        };
        assert!(open(&of(&[0, 1, 2, 3]), &key).is_ok());
        for order in [
            &[0, 2, 3][..],
            &[1, 0, 2, 3],
            &[0, 1, 3],
            &[3],
            &[0, 1, 1, 2, 3],
        ] {
            assert!(open(&of(order), &key).is_err(), "{order:?}");
        }
        let mut longer = sealed.clone();
        longer.push(0);
        assert!(open(&longer, &key).is_err());
    }

    #[test]
    fn another_key_and_a_newer_format_are_named() {
        let (mine, other) = (key("mine"), key("other"));
        let mut sealed = seal(b"x", &mine);
        let fault = open(&sealed, &other).unwrap_err();
        assert!(matches!(fault, SealFault::OtherKey { .. }), "{fault:?}");
        sealed[9] = 9;
        let fault = open(&sealed, &mine).unwrap_err();
        assert!(
            matches!(fault, SealFault::Newer { found: 9, .. }),
            "{fault:?}"
        );
    }
}

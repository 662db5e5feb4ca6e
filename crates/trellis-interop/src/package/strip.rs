//! Pictures written anew from the parts that make them up: without places, devices, names, comments and anything behind
//! their end.

/// The most pixels along one side.
const MOST_SIDE: u32 = 10_000;
/// The most pixels of a picture.
const MOST_PIXELS: u64 = 50_000_000;

/// Why a picture is refused: a plain sentence.
pub(super) type Fault = &'static str;

const CUT: Fault = "the picture is cut off or damaged";
const LARGE: Fault = "a picture has at most 10,000 pixels along a side and 50 million in all";

fn part(bytes: &[u8], from: usize, length: usize) -> Result<&[u8], Fault> {
    let end = from.checked_add(length).ok_or(CUT)?;
    bytes.get(from..end).ok_or(CUT)
}

/// A number of so many bytes, the greatest first.
fn big(bytes: &[u8], at: usize, count: usize) -> Result<u32, Fault> {
    let own = part(bytes, at, count)?.iter();
    Ok(own.fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

/// A number of so many bytes, the least first.
fn small(bytes: &[u8], at: usize, count: usize) -> Result<u32, Fault> {
    let own = part(bytes, at, count)?.iter().rev();
    Ok(own.fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

fn length(value: u32) -> Result<usize, Fault> {
    usize::try_from(value).map_err(|_| CUT)
}

fn check_size(width: u32, height: u32) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(CUT);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > MOST_SIDE || height > MOST_SIDE || pixels > MOST_PIXELS {
        return Err(LARGE);
    }
    Ok(())
}

/// Chunks of PNG that say how to paint (PNG, third edition, section 11), with those of an animation.
const PNG_KEPT: [&[u8; 4]; 11] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"acTL", b"fcTL",
    b"fdAT",
];

pub(super) fn png(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = part(bytes, 0, 8)?.to_vec();
    let (mut at, mut seen_data) = (8, false);
    loop {
        let size = length(big(bytes, at, 4)?)?;
        let name = part(bytes, at + 4, 4)?;
        let whole = part(bytes, at, size.checked_add(12).ok_or(CUT)?)?;
        if at == 8 {
            if name != b"IHDR" || size != 13 {
                return Err(CUT);
            }
            check_size(big(bytes, at + 8, 4)?, big(bytes, at + 12, 4)?)?;
        }
        seen_data |= name == b"IDAT";
        if PNG_KEPT.iter().any(|kept| *kept == name) {
            out.extend_from_slice(whole);
        }
        at += whole.len();
        if name == b"IEND" {
            return if seen_data { Ok(out) } else { Err(CUT) };
        }
    }
}

/// JPEG (ITU-T T.81, annex B): the segments that a decoder needs. Of the metadata only the way up is kept, which phones
/// write there instead of turning the picture.
pub(super) fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = part(bytes, 0, 2)?.to_vec();
    let (mut at, mut sized, mut scanned) = (2, false, false);
    loop {
        if part(bytes, at, 1)? != [0xff] {
            return Err(CUT);
        }
        let marker = *bytes.get(at + 1).ok_or(CUT)?;
        match marker {
            0xff => {
                at += 1;
                continue;
            }
            0xd9 => {
                out.extend([0xff, 0xd9]);
                return if sized && scanned { Ok(out) } else { Err(CUT) };
            }
            0x00 | 0x01 | 0xd0..=0xd8 => return Err(CUT),
            _ => {}
        }
        let size = length(big(bytes, at + 2, 2)?)?;
        let segment = part(bytes, at, size + 2)?;
        let inside = segment.get(4..).ok_or(CUT)?;
        let frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if frame {
            check_size(big(inside, 3, 2)?, big(inside, 1, 2)?)?;
            sized = true;
        }
        match marker {
            0xe1 => out.extend(way_up(inside).map(only_way_up).unwrap_or_default()),
            // The colour transform of Adobe's programs.
            0xee => out.extend_from_slice(segment),
            // A short header without a small picture in it.
            0xe0 if inside.starts_with(b"JFIF\0") && inside.len() >= 14 => {
                out.extend([0xff, 0xe0, 0, 16]);
                out.extend_from_slice(part(inside, 0, 12)?);
                out.extend([0, 0]);
            }
            0xe0..=0xef | 0xfe => {}
            _ => out.extend_from_slice(segment),
        }
        at += segment.len();
        if marker == 0xda {
            scanned = true;
            let end = end_of_scan(bytes, at);
            out.extend_from_slice(bytes.get(at..end).ok_or(CUT)?);
            at = end;
        }
    }
}

/// Where the data of a scan ends: at the next marker that is no stuffing and no restart.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let (Some(one), Some(next)) = (bytes.get(at), bytes.get(at + 1)) {
        if *one == 0xff && !matches!(next, 0x00 | 0xff | 0xd0..=0xd7) {
            break;
        }
        at += 1;
    }
    at
}

/// Which way is up by Exif (tag 0x0112), 2 to 8; `None` when it is the usual one or is not said.
fn way_up(inside: &[u8]) -> Option<u8> {
    let tiff = inside.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(two)
        } else {
            u16::from_be_bytes(two)
        })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let first = if little {
        u32::from_le_bytes(four)
    } else {
        u32::from_be_bytes(four)
    };
    let first = usize::try_from(first).ok()?;
    let count = usize::from(short(first)?);
    (0..count).find_map(|entry| {
        let at = first.checked_add(2 + entry * 12)?;
        let value = (short(at)? == 0x0112).then(|| short(at + 8))??;
        u8::try_from(value)
            .ok()
            .filter(|value| (2..=8).contains(value))
    })
}

/// A segment of Exif that says nothing but which way is up.
fn only_way_up(value: u8) -> Vec<u8> {
    let mut out = vec![0xff, 0xe1, 0, 34];
    out.extend(b"Exif\0\0MM\0*");
    out.extend([0, 0, 0, 8, 0, 1]);
    out.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0]);
    out.extend([0, 0, 0, 0]);
    out
}

/// GIF89a: frames and how they follow; comments, texts and what other programs put in are left out.
pub(super) fn gif(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    check_size(small(bytes, 6, 2)?, small(bytes, 8, 2)?)?;
    let colours = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    };
    let flags = *bytes.get(10).ok_or(CUT)?;
    let mut at = 13 + colours(flags);
    let mut out = part(bytes, 0, at)?.to_vec();
    let mut frames = 0;
    loop {
        match *bytes.get(at).ok_or(CUT)? {
            0x3b => {
                out.push(0x3b);
                return if frames > 0 { Ok(out) } else { Err(CUT) };
            }
            0x2c => {
                let flags = *bytes.get(at + 9).ok_or(CUT)?;
                // Behind the colours one byte says how long the codes are at first.
                let end = blocks(bytes, at + 10 + colours(flags) + 1)?;
                out.extend_from_slice(bytes.get(at..end).ok_or(CUT)?);
                at = end;
                frames += 1;
            }
            0x21 => {
                let label = *bytes.get(at + 1).ok_or(CUT)?;
                let end = blocks(bytes, at + 2)?;
                let whole = bytes.get(at..end).ok_or(CUT)?;
                let repeats = label == 0xff && whole.get(3..14) == Some(b"NETSCAPE2.0");
                if label == 0xf9 || (repeats && whole.len() == 19) {
                    out.extend_from_slice(whole);
                }
                at = end;
            }
            _ => return Err(CUT),
        }
    }
}

/// The end of a row of blocks, each with its length in front, the last empty.
fn blocks(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let mut at = from;
    loop {
        let size = usize::from(*bytes.get(at).ok_or(CUT)?);
        at += size + 1;
        if size == 0 {
            return Ok(at);
        }
    }
}

/// WebP: the chunks that paint. The flags for what is left out are cleared.
pub(super) fn webp(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let end = length(small(bytes, 4, 4)?)?.checked_add(8).ok_or(CUT)?;
    let bytes = bytes.get(..end).ok_or(CUT)?;
    let mut body: Vec<u8> = b"WEBP".to_vec();
    let (mut at, mut painted) = (12, false);
    while at < bytes.len() {
        let name = part(bytes, at, 4)?;
        let size = length(small(bytes, at + 4, 4)?)?;
        let inside = part(bytes, at + 8, size)?;
        let mut kept = Vec::new();
        match name {
            b"VP8 " => {
                let side = |from: usize| small(inside, from, 2).map(|side| side & 0x3fff);
                check_size(side(6)?, side(8)?)?;
                painted = true;
                kept.extend_from_slice(inside);
            }
            b"VP8L" => {
                let bits = small(inside, 1, 4)?;
                check_size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)?;
                painted = true;
                kept.extend_from_slice(inside);
            }
            b"VP8X" => {
                // Two sides of 24 bits each, less one.
                let side = |from: usize| small(inside, from, 3).map(|side| side + 1);
                check_size(side(4)?, side(7)?)?;
                kept.extend_from_slice(inside);
                if let Some(flags) = kept.first_mut() {
                    // Of the flags only animation and transparency stay.
                    *flags &= 0b0001_0010;
                }
            }
            b"ALPH" | b"ANIM" => kept.extend_from_slice(inside),
            b"ANMF" => {
                painted = true;
                kept.extend_from_slice(inside);
            }
            _ => {
                at += 8 + size + size % 2;
                continue;
            }
        }
        body.extend_from_slice(name);
        body.extend(u32::try_from(size).map_err(|_| CUT)?.to_le_bytes());
        body.extend(&kept);
        if size % 2 == 1 {
            body.push(0);
        }
        at += 8 + size + size % 2;
    }
    if !painted {
        return Err(CUT);
    }
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(body.len()).map_err(|_| CUT)?.to_le_bytes());
    out.extend(body);
    Ok(out)
}

/// MP3 without what its tags say of people and places in front and at the end.
pub(super) fn mp3(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut bytes = bytes;
    while bytes.starts_with(b"ID3") {
        let four = part(bytes, 6, 4)?;
        let size = four
            .iter()
            .fold(0_usize, |sum, byte| (sum << 7) | usize::from(byte & 0x7f));
        bytes = bytes.get(10 + size..).ok_or(CUT)?;
    }
    while let Some(at) = bytes.len().checked_sub(128)
        && bytes.get(at..).is_some_and(|end| end.starts_with(b"TAG"))
    {
        bytes = bytes.get(..at).ok_or(CUT)?;
    }
    match bytes {
        [0xff, 0xfb | 0xfa | 0xf3 | 0xf2, ..] => Ok(bytes.to_vec()),
        _ => Err("there is no sound behind the tags"),
    }
}

/// WAVE with its format and its sound alone.
pub(super) fn wav(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut body: Vec<u8> = b"WAVE".to_vec();
    let (mut at, mut sounds) = (12, false);
    while let Ok(name) = part(bytes, at, 4) {
        let size = length(small(bytes, at + 4, 4)?)?;
        let end = (at + 8).checked_add(size).ok_or(CUT)?;
        let whole = bytes.get(at..end).ok_or(CUT)?;
        if name == b"fmt " || name == b"data" {
            sounds |= name == b"data";
            body.extend_from_slice(whole);
            if size % 2 == 1 {
                body.push(0);
            }
        }
        at = end + size % 2;
    }
    if !sounds {
        return Err("there is no sound in it");
    }
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(body.len()).map_err(|_| CUT)?.to_le_bytes());
    out.extend(body);
    Ok(out)
}

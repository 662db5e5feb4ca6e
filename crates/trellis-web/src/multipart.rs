//! Forms with a file in them (`multipart/form-data`, RFC 7578), read without trust from a body of limited size.

/// One field of such a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// The name of the field.
    pub(crate) name: String,
    /// What it holds. What a file is called where it comes from is not looked at.
    pub(crate) bytes: &'a [u8],
}

/// The most fields that are read.
const MOST_PARTS: usize = 16;
/// The longest head of a field, in bytes.
const LONGEST_HEAD: usize = 4_096;

/// The fields of a body; `None` when it is no such form.
pub(crate) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    if boundary.is_empty() || boundary.len() > 70 {
        return None;
    }
    let line = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(line.get(2..)?.as_bytes())?;
    let mut out = Vec::new();
    while let Some(inside) = rest.strip_prefix(b"\r\n") {
        if out.len() == MOST_PARTS {
            return None;
        }
        let head_end = find(inside.get(..LONGEST_HEAD.min(inside.len()))?, b"\r\n\r\n")?;
        let (head, content) = (inside.get(..head_end)?, inside.get(head_end + 4..)?);
        let end = find(content, line.as_bytes())?;
        out.push(Part {
            name: name(std::str::from_utf8(head).ok()?)?,
            bytes: content.get(..end)?,
        });
        rest = content.get(end + line.len()..)?;
    }
    rest.starts_with(b"--").then_some(out)
}

/// The name of a field by its head.
fn name(head: &str) -> Option<String> {
    let line = head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim()
            .eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    let (kind, parameters) = line.split_once(';')?;
    if kind.trim() != "form-data" {
        return None;
    }
    parameter(parameters, "name")
}

/// A parameter, in quotation marks or without.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    text.split(';').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let found = name.trim().eq_ignore_ascii_case(wanted);
        found.then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=----x7";

    fn body(file: &[u8]) -> Vec<u8> {
        [
            &b"------x7\r\nContent-Disposition: form-data; name=\"answer\"\r\n\r\n12\r\n------x7\r\n"[..],
            b"Content-Disposition: form-data; name=\"file\"; filename=\"../a; name=b.png\"\r\nContent-Type: image/png\r\n\r\n",
            file,
            b"\r\n------x7--\r\n",
        ]
        .concat()
    }

    #[test]
    fn fields_and_files_are_read() {
        let file = b"\x89PNG\r\n\r\n--\r\n------y7 \x00\xff";
        let body = body(file);
        let parts = parts(KIND, &body).expect("a form");
        assert_eq!(parts.len(), 2);
        assert_eq!(
            (parts[0].name.as_str(), parts[0].bytes),
            ("answer", &b"12"[..])
        );
        assert_eq!(
            (parts[1].name.as_str(), parts[1].bytes),
            ("file", &file[..])
        );
        let quoted = "multipart/form-data; boundary=\"----x7\"";
        assert_eq!(
            super::parts(quoted, &body).map(|parts| parts.len()),
            Some(2)
        );
    }

    #[test]
    fn what_is_no_form_is_none() {
        let whole = body(b"x");
        for kind in [
            "text/plain",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/mixed; boundary=----x7",
        ] {
            assert_eq!(parts(kind, &whole), None, "{kind}");
        }
        for end in 0..whole.len() - 4 {
            assert_eq!(parts(KIND, &whole[..end]), None, "{end}");
        }
        let many = [
            &b"------x7"[..],
            &b"\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n------x7".repeat(17),
            b"--",
        ]
        .concat();
        assert_eq!(parts(KIND, &many), None);
    }
}

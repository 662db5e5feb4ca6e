//! Addresses in documents of a package as paths of the package; what leads out of it is none.

use super::zip::plain_path;

/// The folder of a file, with a slash at its end; empty at the top.
#[must_use]
pub fn folder(file: &str) -> &str {
    file.rfind('/').and_then(|at| file.get(..=at)).unwrap_or("")
}

/// The path of what a document names, seen from the folder of the document. `None` for an address elsewhere, and for a
/// path that leads out of the package.
#[must_use]
pub fn beside(folder: &str, href: &str) -> Option<String> {
    let href = href.trim();
    let href = href.split(['?', '#']).next().unwrap_or("");
    if href.is_empty() || href.contains(':') || href.starts_with('/') {
        return None;
    }
    let joined = format!("{folder}{}", decoded(href)).replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    plain_path(&parts.join("/"))
}

/// `%20` is a space; what is no such sign stays.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = behind.get(..2).filter(|_| *first == b'%');
        let sign = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match sign {
            Some(sign) => {
                out.push(sign);
                rest = behind.get(2..).unwrap_or(&[]);
            }
            None => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within() {
        for (folder, href, path) in [
            ("items/", "../pictures/a.svg", Some("pictures/a.svg")),
            ("items/", "a%20b.png?x=1", Some("items/a b.png")),
            ("", "./a.png", Some("a.png")),
            ("items/", "../../a.png", None),
            ("items/", "%2e%2e/%2e%2e/a.png", None),
            ("", "https://example.org/a.png", None),
            ("", "/etc/passwd", None),
            ("", "data:image/png;base64,AA", None),
            ("", "", None),
        ] {
            assert_eq!(beside(folder, href).as_deref(), path, "{href}");
        }
        assert_eq!(super::folder("a/b/c.xml"), "a/b/");
    }
}

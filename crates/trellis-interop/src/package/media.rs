//! Pictures, sound and film of packages: known by their bytes and not by their names; SVG without anything that could run.

use super::strip;
use crate::finding::Finding;
use crate::xml::{self, Element, Node};

/// The largest picture, in bytes.
const LARGEST_PICTURE: usize = 10_000_000;

/// A kind of file that content may show or play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MediaKind {
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A GIF picture.
    Gif,
    /// A WebP picture.
    WebP,
    /// A drawing as XML.
    Svg,
    /// Sound as MP3.
    Mp3,
    /// Sound in Ogg.
    Ogg,
    /// Sound as WAVE.
    Wav,
    /// Sound in MPEG 4.
    M4a,
    /// Film, which is carried and never kept.
    Film,
}

impl MediaKind {
    /// How names of such files end.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Svg => "svg",
            Self::Mp3 => "mp3",
            Self::Ogg => "ogg",
            Self::Wav => "wav",
            Self::M4a => "m4a",
            Self::Film => "mp4",
        }
    }

    /// Whether it is looked at.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(
            self,
            Self::Png | Self::Jpeg | Self::Gif | Self::WebP | Self::Svg
        )
    }
}

/// The endings that content names.
const ENDINGS: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "mp3", "ogg", "oga", "ogv", "wav", "mp4", "m4a",
    "m4v",
];

/// Whether a path is that of a picture, sound or film by its ending.
#[must_use]
pub fn is_media(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
}

/// The kind of bytes; `None` when they are nothing that content may show.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<MediaKind> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    Some(match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => MediaKind::Png,
        [0xff, 0xd8, 0xff, ..] => MediaKind::Jpeg,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => MediaKind::Gif,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => MediaKind::WebP,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'A',
            b'V',
            b'E',
            ..,
        ] => MediaKind::Wav,
        [b'O', b'g', b'g', b'S', ..] => MediaKind::Ogg,
        [b'I', b'D', b'3', ..] | [0xff, 0xfb | 0xfa | 0xf3 | 0xf2, ..] => MediaKind::Mp3,
        [_, _, _, _, b'f', b't', b'y', b'p', b'M', b'4', b'A', _, ..] => MediaKind::M4a,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => MediaKind::Film,
        _ if text.trim_ascii_start().starts_with(b"<") => MediaKind::Svg,
        _ => return None,
    })
}

/// Checks a file of a package that content may show; gives it as it may be kept. A drawing is written anew without
/// scripts, handlers, pages in it and addresses; what was taken out is told.
///
/// # Errors
/// A finding: it is refused, and why.
pub fn checked(file: &str, bytes: &[u8]) -> Result<(MediaKind, Vec<u8>, Vec<Finding>), Finding> {
    if bytes.len() > LARGEST_PICTURE {
        let what = "a picture or a sound may have 10 megabytes";
        return Err(Finding::error(file, 0, "too-large", what));
    }
    let Some(kind) = kind(bytes) else {
        let what = "by its bytes this is no picture, sound or film that can be shown";
        return Err(Finding::error(file, 0, "media-type", what));
    };
    if kind != MediaKind::Svg {
        let kept = match kind {
            MediaKind::Png => strip::png(bytes),
            MediaKind::Jpeg => strip::jpeg(bytes),
            MediaKind::Gif => strip::gif(bytes),
            MediaKind::WebP => strip::webp(bytes),
            MediaKind::Mp3 => strip::mp3(bytes),
            MediaKind::Wav => strip::wav(bytes),
            _ => Ok(bytes.to_vec()),
        };
        let damaged = |what| Finding::error(file, 0, "media-damaged", what);
        return kept.map(|kept| (kind, kept, Vec::new())).map_err(damaged);
    }
    let mut root = xml::parse_bytes(&without_doctype(bytes))
        .map_err(|fault| Finding::error(file, fault.line, fault.rule, fault.what))?;
    if root.name != "svg" {
        let what = format!("this is <{}> and not a drawing", root.name);
        return Err(Finding::error(file, root.line.0, "media-type", what));
    }
    let mut findings = Vec::new();
    calm(file, &mut root, &mut findings);
    drop_strangers(&mut root);
    let script = |one: &Finding| one.rule == "svg-script";
    if let Some(place) = findings.iter().position(script) {
        return Err(findings.swap_remove(place));
    }
    Ok((kind, xml::write(&root).into_bytes(), findings))
}

/// Drawing programs write a document type without anything of their own in it, which says nothing and is dropped. One with
/// declarations stays and is refused.
fn without_doctype(bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return bytes.to_vec();
    };
    let Some(at) = text.find("<!DOCTYPE svg") else {
        return bytes.to_vec();
    };
    let (before, from) = text.split_at(at);
    match from.find(['>', '[']) {
        Some(end) if from.as_bytes().get(end) == Some(&b'>') => {
            let behind = from.get(end + 1..).unwrap_or("");
            // Lines stay where they are, for findings.
            let breaks = "\n".repeat(from.get(..end).unwrap_or("").matches('\n').count());
            [before, &breaks, behind].concat().into_bytes()
        }
        _ => bytes.to_vec(),
    }
}

/// Elements of SVG that run or load.
const RUNS: [&str; 7] = [
    "script",
    "handler",
    "listener",
    "foreignObject",
    "iframe",
    "embed",
    "object",
];

/// Elements of SVG 2 that paint, group or describe. Nothing else is kept.
#[rustfmt::skip]
const PAINTS: [&str; 27] = [
    "circle", "clipPath", "defs", "desc", "ellipse", "g", "image", "line", "linearGradient", "marker", "mask", "path",
    "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg", "switch", "symbol", "text",
    "textPath", "title", "tspan", "use",
];
/// Attributes of SVG 2 that say where and how something is painted. Nothing else is kept but `data-` and `aria-`.
#[rustfmt::skip]
const PAINTED: [&str; 100] = [
    "alignment-baseline", "baseline-shift", "class", "clip-path", "clip-rule", "clipPathUnits", "color",
    "color-interpolation", "cx", "cy", "d", "direction", "display", "dominant-baseline", "dx", "dy", "fill",
    "fill-opacity", "fill-rule", "font-family", "font-size", "font-stretch", "font-style", "font-variant",
    "font-weight", "fr", "fx", "fy", "gradientTransform", "gradientUnits", "height", "href", "id", "lang",
    "lengthAdjust", "letter-spacing", "marker-end", "marker-mid", "marker-start", "markerHeight", "markerUnits",
    "markerWidth", "mask", "maskContentUnits", "maskUnits", "offset", "opacity", "orient", "overflow", "paint-order",
    "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "points", "preserveAspectRatio", "r",
    "refX", "refY", "role", "rotate", "rx", "ry", "shape-rendering", "space", "spreadMethod", "startOffset",
    "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "style", "text-anchor",
    "text-decoration", "text-rendering", "textLength", "transform", "transform-origin", "type", "unicode-bidi",
    "vector-effect", "version", "viewBox", "visibility", "width", "word-spacing", "writing-mode", "x", "x1", "x2",
    "xmlns", "y", "y1", "y2",
];

/// Leaves out what is not known to paint: what drawing programs keep for themselves, movements, and what is yet to be
/// invented. A link is a group.
fn drop_strangers(element: &mut Element) {
    element.attributes.retain(|one| {
        let own = one.name.starts_with("data-") || one.name.starts_with("aria-");
        own || PAINTED.contains(&one.name.as_str())
    });
    for node in &mut element.children {
        if let Node::Element(child) = node
            && child.name == "a"
        {
            child.name = "g".to_string();
            child.attributes.retain(|one| one.name != "href");
        }
    }
    element.children.retain(|node| match node {
        Node::Element(child) => PAINTS.contains(&child.name.as_str()),
        Node::Text(_) => true,
    });
    for node in &mut element.children {
        if let Node::Element(child) = node {
            drop_strangers(child);
        }
    }
}

fn calm(file: &str, element: &mut Element, findings: &mut Vec<Finding>) {
    let line = element.line.0;
    element.attributes.retain(|one| {
        let name = one.name.to_ascii_lowercase();
        let value: String = one
            .value
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let value = value.to_ascii_lowercase();
        if name.starts_with("on") || value.contains("javascript:") || value.contains("data:text") {
            findings.push(Finding::error(
                file,
                line,
                "svg-script",
                format!("svg/@{name}: a script is refused"),
            ));
            return false;
        }
        let address = (name == "href" || name == "src")
            && !value.starts_with('#')
            && !value.starts_with("data:image/");
        let loads = value.replace("url(#", "").contains("url(") || value.contains("@import");
        if address || loads {
            let what = format!("svg/@{name}: an address is taken out; nothing is fetched");
            findings.push(Finding::warning(file, line, "svg-address", what));
        }
        !(address || loads)
    });
    let mut kept = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        match node {
            Node::Element(child)
                if RUNS
                    .iter()
                    .any(|name| child.name.eq_ignore_ascii_case(name)) =>
            {
                let what = format!("svg/{}: what could run is refused", child.name);
                findings.push(Finding::error(file, child.line.0, "svg-script", what));
            }
            Node::Element(child)
                if child.name == "style" && child.whole_text().contains(['@', '\\']) =>
            {
                let what = "svg/style: rules that could load are taken out";
                findings.push(Finding::warning(file, child.line.0, "svg-address", what));
            }
            Node::Element(mut child) => {
                calm(file, &mut child, findings);
                kept.push(Node::Element(child));
            }
            text @ Node::Text(_) => kept.push(text),
        }
    }
    element.children = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\nrest"), Some(MediaKind::Png));
        assert_eq!(kind(b"GIF89a.."), Some(MediaKind::Gif));
        assert_eq!(kind(b"MZ\x90\x00"), None);
        assert_eq!(
            checked("a.png", b"<html><script/></html>")
                .unwrap_err()
                .rule,
            "media-type"
        );
        assert_eq!(checked("a.png", b"hello").unwrap_err().rule, "media-type");
        assert!(is_media("x/y.PNG") && !is_media("x.exe"));
    }

    #[test]
    fn drawings_that_could_run_are_refused() {
        let svg = |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
        for inside in [
            "<script>alert(1)</script>",
            "<g><SCRIPT/></g>",
            "<rect onload='x()'/>",
            "<a href='java\tscript:x()'><rect/></a>",
            "<foreignObject><p/></foreignObject>",
            "<use href='data:text/html,x'/>",
            "<image href='http://x/y.png'/><script/>",
        ] {
            assert_eq!(
                checked("a.svg", svg(inside).as_bytes()).unwrap_err().rule,
                "svg-script",
                "{inside}"
            );
        }
        let plain = "<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\">\n<svg><rect/></svg>";
        assert_eq!(
            checked("a.svg", plain.as_bytes()).unwrap().0,
            MediaKind::Svg
        );
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>";
        assert_eq!(
            checked("a.svg", bomb.as_bytes()).unwrap_err().rule,
            "doctype"
        );
        let (_, kept, findings) = checked(
            "a.svg",
            svg("<image href='http://x/y.png'/><circle r='1'/>").as_bytes(),
        )
        .unwrap();
        assert_eq!(findings[0].rule, "svg-address");
        assert!(!String::from_utf8(kept).unwrap().contains("http://x"));
    }
}

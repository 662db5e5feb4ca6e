//! Trees of HTML to the markup of items: what can be shown stays, what cannot is told.

use std::collections::BTreeSet;

use super::mathml::latex;
use crate::xml::{Element, Node};

/// What was lost on the way to markup, for findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Sound or film.
    Media,
    /// Something of another program or site.
    Embedded,
    /// Raised or lowered text that is no number.
    Raised,
}

/// A picture that content shows, or a sound that it plays. In the text stands a mark until its file is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path or address as written.
    pub path: String,
    /// What it shows; empty for what only decorates.
    pub alt: String,
    /// Whether its author has said what it shows, or that it shows nothing.
    pub described: bool,
    /// Whether it is heard and not seen.
    pub sound: bool,
}

impl Picture {
    /// A picture with what its author says of it.
    #[must_use]
    pub fn new(path: &str, alt: Option<&str>) -> Self {
        let words = alt.unwrap_or("").replace("](", "] (");
        Self {
            path: path.trim().to_string(),
            alt: words.split_whitespace().collect::<Vec<_>>().join(" "),
            described: alt.is_some(),
            sound: false,
        }
    }

    /// What stands for it in a text until its file is found: `![](mark)`, where the mark is of its path and words.
    #[must_use]
    pub fn mark(&self) -> String {
        let hash = trellis_core::fnv::hash(format!("{}\n{}", self.path, self.alt).as_bytes());
        format!("![]({hash:016x})")
    }

    /// The same with the name of its file.
    #[must_use]
    pub fn named(&self, name: &str) -> String {
        format!("![{}]({name})", self.alt)
    }
}

/// Says what stands for the elements that only a format knows; `None` leaves an element to the reader.
pub type Special<'a> = dyn Fn(&Element) -> Option<Vec<Node>> + 'a;

/// Reads content into markup and keeps what was met.
pub struct Reader<'a> {
    /// What stands for elements that only the format knows.
    pub special: &'a Special<'a>,
    /// What stands for a name that a template draws.
    pub held: &'a dyn Fn(&str) -> Option<String>,
    /// Whether plain text holds LaTeX between `\(` and `\)`, `\[` and `\]` or `$$`.
    pub tex: bool,
    /// Pictures in the order met.
    pub pictures: Vec<Picture>,
    /// What was lost.
    pub losses: BTreeSet<Loss>,
    /// Tables, row by row, where they are not within text.
    pub tables: Vec<Vec<Vec<String>>>,
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("pictures", &self.pictures)
            .finish_non_exhaustive()
    }
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            special: &|_| None,
            held: &|_| None,
            tex: false,
            pictures: Vec::new(),
            losses: BTreeSet::new(),
            tables: Vec::new(),
        }
    }
}

/// Markup while it is written: one space between words, one empty line between blocks.
#[derive(Default)]
struct Out {
    text: String,
    space: bool,
    block: bool,
}

impl Out {
    fn gap(&mut self) {
        self.block = true;
        self.space = false;
    }

    fn begin(&mut self) {
        if self.block && !self.text.is_empty() {
            self.text.push_str("\n\n");
        } else if self.space && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
        self.block = false;
        self.space = false;
    }

    fn raw(&mut self, text: &str) {
        if !text.is_empty() {
            self.begin();
            self.text.push_str(text);
        }
    }

    fn words(&mut self, text: &str) {
        for (place, word) in text.split([' ', '\n', '\t', '\r', '\u{a0}']).enumerate() {
            if place > 0 {
                self.space = true;
            }
            if word.is_empty() {
                continue;
            }
            self.begin();
            let starts = self.text.is_empty() || self.text.ends_with('\n');
            for (place, c) in word.chars().enumerate() {
                match c {
                    '$' | '*' | '\\' => {
                        self.text.push('\\');
                        self.text.push(c);
                    }
                    // A dash at the start of a line would be a list.
                    '-' if starts && place == 0 && word.len() == 1 => self.text.push('–'),
                    other => self.text.push(other),
                }
            }
        }
    }
}

impl Reader<'_> {
    /// The markup of content.
    pub fn read(&mut self, nodes: &[Node]) -> String {
        let mut out = Out::default();
        self.nodes(&mut out, nodes);
        out.text.trim().to_string()
    }

    /// The markup of content, on one line where `line` asks for it.
    pub fn read_as(&mut self, nodes: &[Node], line: bool) -> String {
        if line {
            self.read_line(nodes)
        } else {
            self.read(nodes)
        }
    }

    /// The markup of content on one line, as options need it.
    pub fn read_line(&mut self, nodes: &[Node]) -> String {
        let text = self.read(nodes);
        let lines = text
            .lines()
            .map(|line| line.strip_prefix("- ").unwrap_or(line).trim());
        lines
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The markup of HTML as text.
    pub fn read_html(&mut self, html: &str) -> String {
        self.read(&super::html::parse(html))
    }

    fn nodes(&mut self, out: &mut Out, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) if self.tex => self.tex_text(out, text),
                Node::Text(text) => out.words(text),
                Node::Element(element) => match (self.special)(element) {
                    Some(instead) => self.nodes(out, &instead),
                    None => self.element(out, element),
                },
            }
        }
    }

    /// Text with LaTeX in it.
    fn tex_text(&mut self, out: &mut Out, text: &str) {
        let mut rest = text;
        let next = |rest: &str| {
            [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")]
                .into_iter()
                .filter_map(|(open, close)| rest.find(open).map(|at| (at, open, close)))
                .min()
        };
        while let Some((at, open, close)) = next(rest) {
            let (before, from) = rest.split_at(at);
            let inside = from.get(open.len()..).unwrap_or("");
            let Some((math, behind)) = inside.split_once(close) else {
                break;
            };
            out.words(before);
            math_text(out, math);
            rest = behind;
        }
        out.words(rest);
    }

    fn element(&mut self, out: &mut Out, element: &Element) {
        match element.name.as_str() {
            "script" | "style" | "template" | "noscript" | "head" | "title" => {}
            "br" | "hr" => out.gap(),
            "b" | "strong" => self.marked(out, element, "**"),
            "em" | "i" | "cite" | "dfn" => self.marked(out, element, "*"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                out.gap();
                self.marked(out, element, "**");
                out.gap();
            }
            "ul" | "ol" => self.list(out, element),
            "sup" | "sub" => self.raised(out, element),
            "math" => math_text(out, &latex(element, self.held)),
            "table" => self.table(out, element),
            "img" => self.picture(out, element, "src", element.get("alt")),
            "object" | "svg" | "picture" if element.get("data").is_some() => {
                let kind = element.get("type").unwrap_or("");
                if kind.starts_with("image/") || kind.is_empty() {
                    let inside = element.whole_text();
                    let said = Some(inside.trim()).filter(|text| !text.is_empty());
                    self.picture(out, element, "data", said);
                } else if kind.starts_with("audio/") {
                    self.sound(out, element.get("data"), element);
                } else {
                    self.losses.insert(Loss::Media);
                }
            }
            "audio" => {
                let source = element.first("source").and_then(|one| one.get("src"));
                self.sound(out, element.get("src").or(source), element);
            }
            "video" => {
                self.losses.insert(Loss::Media);
            }
            "iframe" | "embed" | "object" | "svg" | "canvas" | "applet" | "form" | "input" => {
                self.losses.insert(Loss::Embedded);
            }
            name => {
                let block = [
                    "p",
                    "div",
                    "section",
                    "article",
                    "blockquote",
                    "figure",
                    "figcaption",
                    "pre",
                    "dl",
                    "dt",
                    "dd",
                    "address",
                    "header",
                    "footer",
                    "center",
                    "li",
                    "tr",
                    "main",
                    "aside",
                    "details",
                    "summary",
                ];
                let block = block.contains(&name);
                if block {
                    out.gap();
                }
                self.nodes(out, &element.children);
                if block {
                    out.gap();
                }
            }
        }
    }

    /// Bold and emphasised words; the markup does not nest, so that only plain words are marked.
    fn marked(&mut self, out: &mut Out, element: &Element, mark: &str) {
        let mut inside = Out::default();
        self.nodes(&mut inside, &element.children);
        let text = inside.text.trim();
        let plain = !text.is_empty() && !text.contains(['$', '*', '\n', '\\', '!']);
        let ends = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let open =
            mark == "**" || (ends(text.chars().next()) && !text.ends_with(char::is_whitespace));
        if plain && open {
            out.raw(&format!("{mark}{text}{mark}"));
        } else {
            out.raw(text);
        }
        out.space |= inside.space;
    }

    fn list(&mut self, out: &mut Out, element: &Element) {
        out.gap();
        for item in element.elements() {
            let line = self.read_line(&item.children);
            if !line.is_empty() {
                if out.text.is_empty() || out.block {
                    out.begin();
                } else {
                    out.text.push('\n');
                }
                out.text.push_str("- ");
                out.text.push_str(&line);
            }
        }
        out.gap();
    }

    /// Raised and lowered digits have signs of their own; anything else becomes mathematics.
    fn raised(&mut self, out: &mut Out, element: &Element) {
        const UP: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        const DOWN: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
        let text = element.whole_text();
        let text = text.trim();
        let signs = if element.name == "sup" { UP } else { DOWN };
        let digit = |c: char| {
            let place = c
                .to_digit(10)
                .and_then(|digit| usize::try_from(digit).ok())?;
            signs.get(place).copied()
        };
        let all: Option<String> = text.chars().map(digit).collect();
        if let Some(all) = all {
            out.raw(&all);
        } else {
            self.losses.insert(Loss::Raised);
            self.nodes(out, &element.children);
        }
    }

    fn table(&mut self, out: &mut Out, element: &Element) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        self.rows(element, &mut rows, 0);
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        out.gap();
        for row in &rows {
            out.raw(&row.join(" | "));
            out.gap();
        }
        self.tables.push(rows);
    }

    fn rows(&mut self, element: &Element, rows: &mut Vec<Vec<String>>, depth: usize) {
        for part in element.elements() {
            if part.name == "tr" {
                let cells = part.elements().map(|cell| self.read_line(&cell.children));
                rows.push(cells.collect());
            } else if depth < 3 && ["thead", "tbody", "tfoot"].contains(&part.name.as_str()) {
                self.rows(part, rows, depth + 1);
            }
        }
    }

    fn picture(&mut self, out: &mut Out, element: &Element, attribute: &str, alt: Option<&str>) {
        let path = element.get(attribute).unwrap_or("").trim();
        if !path.is_empty() {
            self.show(out, Picture::new(path, alt));
        }
    }

    fn sound(&mut self, out: &mut Out, path: Option<&str>, element: &Element) {
        let Some(path) = path.map(str::trim).filter(|path| !path.is_empty()) else {
            self.losses.insert(Loss::Media);
            return;
        };
        let label = element.get("title").or_else(|| element.get("aria-label"));
        let sound = Picture {
            sound: true,
            ..Picture::new(path, Some(label.unwrap_or("")))
        };
        self.show(out, sound);
    }

    fn show(&mut self, out: &mut Out, picture: Picture) {
        out.space = true;
        out.raw(&picture.mark());
        out.space = true;
        self.pictures.push(picture);
    }
}

/// Whether a dollar sign stands in it that no backslash belongs to. Two backslashes are a new line, and none is left over.
fn has_bare_dollar(latex: &str) -> bool {
    let mut letters = latex.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '$' => return true,
            _ => {}
        }
    }
    false
}

/// Mathematics between dollar signs; what has none is nothing.
fn math_text(out: &mut Out, latex: &str) {
    let latex: String = latex.split_whitespace().collect::<Vec<_>>().join(" ");
    let latex = latex.trim();
    // A dollar sign within would end it; LaTeX writes it with a backslash.
    let open = latex.trim_end_matches('\\').len() != latex.len();
    if !latex.is_empty() && !open {
        if has_bare_dollar(latex) {
            out.words(latex);
        } else {
            out.raw(&format!("${latex}$"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trellis_core::item::markup;

    fn read(html: &str) -> String {
        Reader {
            tex: true,
            ..Reader::default()
        }
        .read_html(html)
    }

    #[test]
    fn a_dollar_sign_behind_a_new_line_of_latex_does_not_end_it() {
        for (html, expected) in [(r"$$a\\$b$$", r"a\\\\\$b"), (r"\(a\\\$b\)", r"$a\\\$b$")] {
            assert_eq!(read(html), expected, "{html}");
            assert!(markup::read(&read(html)).is_ok());
        }
    }

    #[test]
    fn html_becomes_markup() {
        for (html, expected) in [
            (
                "<p>One  <b>bold</b> word.</p><p>Two</p>",
                "One **bold** word.\n\nTwo",
            ),
            ("a<br>b", "a\n\nb"),
            (
                "<ul><li>x</li><li>y <i>z</i></li></ul>then",
                "- x\n- y *z*\n\nthen",
            ),
            ("costs $5 * 2", "costs \\$5 \\* 2"),
            ("is \\(x^2\\)?", "is $x^2$?"),
            ("x<sup>2</sup> + H<sub>2</sub>O", "x² + H₂O"),
            ("<strong></strong><em>*</em>", "\\*"),
            ("<h2>Head</h2>text", "**Head**\n\ntext"),
            ("a&nbsp;&lt;b&gt;", "a <b>"),
            ("<table><tr><td>1</td><td>2</td></tr></table>", "1 | 2"),
            (
                "see <img src='a.png' alt='a  cat'> here",
                &format!("see {} here", Picture::new("a.png", Some("a cat")).mark()),
            ),
            ("- no list", "– no list"),
            ("open \\(x", "open \\\\(x"),
        ] {
            let text = read(html);
            assert_eq!(text, expected, "{html}");
            assert!(markup::read(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_lost_is_told() {
        let mut reader = Reader::default();
        reader.read_html("<video src=x></video><iframe></iframe>x<sup>th</sup><img src='p.png'>");
        assert_eq!(reader.losses.len(), 3);
        assert_eq!(reader.pictures.len(), 1);
    }
}

//! Reading pages as a browser with scripts off does: forms with their hidden fields, and the files that a page asks for.

use std::collections::BTreeSet;

/// A form of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageForm {
    /// Where it is sent.
    pub(super) action: String,
    /// Its hidden fields, filled in.
    pub(super) hidden: Vec<(String, String)>,
    /// The names of all its fields.
    pub(super) names: BTreeSet<String>,
}

impl PageForm {
    /// A hidden field's value.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.hidden
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The value of an attribute in the text of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!(" {name}=\"");
    let (_, rest) = tag.split_once(&begin)?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The tags of one name, each from behind its name to its end.
fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let begin = format!("<{name} ");
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&begin)?;
        let end = after.find('>').unwrap_or(after.len());
        // From the space before the first attribute, so that each attribute has one before it.
        let tag = &rest[rest.len() - after.len() - 1..rest.len() - after.len() + end];
        rest = &after[end..];
        Some(tag)
    })
}

/// The values of the tags of one name whose attribute `name` is `of`.
pub(super) fn tags_with(html: &str, tag: &str, name: &str, of: &str) -> Vec<String> {
    let tags = tags(html, tag).filter(|tag| attribute(tag, name) == Some(of));
    let values = tags.filter_map(|tag| attribute(tag, "value"));
    values.map(str::to_owned).collect()
}

/// All forms of a page, in order.
pub(super) fn forms(html: &str) -> Vec<PageForm> {
    let mut forms = Vec::new();
    for part in html.split("<form").skip(1) {
        let part = part.split_once("</form>").map_or(part, |(part, _)| part);
        let tag = part.split_once('>').map_or(part, |(tag, _)| tag);
        let Some(action) = attribute(tag, "action") else {
            continue;
        };
        let hidden = tags(part, "input")
            .filter(|tag| attribute(tag, "type") == Some("hidden"))
            .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let names = ["input", "select", "button"]
            .into_iter()
            .flat_map(|kind| tags(part, kind))
            .filter_map(|tag| attribute(tag, "name"))
            .map(str::to_owned)
            .collect();
        forms.push(PageForm {
            action: action.to_owned(),
            hidden,
            names,
        });
    }
    forms
}

/// The addresses of the files that a page or a style sheet asks for, each once.
pub(super) fn assets(text: &str) -> BTreeSet<String> {
    let ends = |c: char| matches!(c, '"' | '\'' | ')' | '#' | '?' | '>' | ' ');
    let in_page = text.split("/assets/").skip(1);
    let in_sheet = text.split("url(").skip(1);
    in_page
        .chain(in_sheet.filter(|rest| !rest.starts_with(['/', '"', '\'', 'd'])))
        .filter_map(|rest| rest.split(ends).next())
        .filter(|name| name.contains('.'))
        .map(|name| format!("/assets/{name}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_with_what_they_hide() {
        let html = r#"<p>x</p><form method="post" action="/practice/1" id="f">
            <input type="hidden" name="answer" value="ab"><input type="text" id="a" name="text" value="">
            <select name="place-b" aria-label="x"></select></form>
            <form action="/sign-out"><button class="b" type="submit">y</button></form>"#;
        let found = forms(html);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].action, "/practice/1");
        assert_eq!(found[0].value("answer"), Some("ab"));
        let names: Vec<&str> = found[0].names.iter().map(String::as_str).collect();
        assert_eq!(names, ["answer", "place-b", "text"]);
        assert!(found[1].hidden.is_empty());
    }

    #[test]
    fn assets_of_pages_and_of_sheets_are_found_once() {
        let html = r##"<link href="/assets/a-1.css"><use href="/assets/i-2.svg#x"/><use href="/assets/i-2.svg#y"/>"##;
        let found: Vec<String> = assets(html).into_iter().collect();
        assert_eq!(found, ["/assets/a-1.css", "/assets/i-2.svg"]);
        let sheet = "@font-face{src:url(text-3.woff2)}a{background:url(data:x)}";
        let found: Vec<String> = assets(sheet).into_iter().collect();
        assert_eq!(found, ["/assets/text-3.woff2"]);
    }
}

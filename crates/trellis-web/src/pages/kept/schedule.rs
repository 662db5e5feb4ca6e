//! The schedule of data in Markdown, as it stands in `PRIVACY.md` and as a district asks for it: each kind with its purpose,
//! readers, end and legal basis, then each column and field.

use trellis_store::personal::{Holds, Kind, events, tables};

use super::{until, who};
use crate::words::Words;

/// The schedule in the words of a language.
#[must_use]
pub fn schedule(words: &Words) -> String {
    let mut out = String::new();
    let heads = ["what", "why", "who", "until", "basis"];
    let heads = heads.map(|head| words.t(&format!("kept-{head}")));
    row(&mut out, &heads);
    row(&mut out, &["---"; 5]);
    for kind in Kind::ALL {
        let key = kind.key();
        let cells = [
            words.t(&format!("kept-{key}-what")),
            words.t(&format!("kept-{key}-why")),
            who(kind, words),
            until(kind, words),
            words.t(&format!("kept-basis-{}", kind.basis().key())),
        ];
        row(&mut out, &cells);
    }
    out.push('\n');
    let heads = ["what", "tables", "events"].map(|head| words.t(&format!("kept-{head}")));
    row(&mut out, &heads);
    row(&mut out, &["---"; 3]);
    for kind in Kind::ALL {
        let title = words.t(&format!("kept-{}-title", kind.key()));
        row(&mut out, &[title, columns_of(kind), fields_of(kind)]);
    }
    out
}

fn row(out: &mut String, cells: &[impl AsRef<str>]) {
    for cell in cells {
        out.push_str("| ");
        out.push_str(cell.as_ref());
        out.push(' ');
    }
    out.push_str("|\n");
}

/// Names in groups, such as `` `person`: `id`, `role` ``.
fn grouped<'a>(groups: impl Iterator<Item = (&'a str, Vec<&'a str>)>) -> String {
    let parts: Vec<String> = groups
        .filter(|(_, names)| !names.is_empty())
        .map(|(group, names)| format!("`{group}`: {}", names.join(", ")))
        .collect();
    parts.join("; ")
}

fn columns_of(kind: Kind) -> String {
    grouped(tables().iter().map(|table| {
        let columns = table.columns.iter();
        let personal =
            columns.filter(|column| matches!(column.holds, Holds::Personal(of, _) if of == kind));
        (table.name, personal.map(|column| column.name).collect())
    }))
}

fn fields_of(kind: Kind) -> String {
    grouped(events().iter().map(|event| {
        let fields = event.fields.iter();
        let personal = fields.filter(|field| field.kind == Some(kind));
        (event.name, personal.map(|field| field.name).collect())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `PRIVACY.md` carries the schedule between two marks. `UPDATE_GOLDEN=1` writes it.
    #[test]
    fn the_list_in_privacy_md_is_current() {
        const BEGIN: &str = "<!-- from the schema: trellis person schedule -->\n";
        const END: &str = "<!-- end of the schema -->";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../PRIVACY.md");
        let text = std::fs::read_to_string(path).unwrap();
        let (before, rest) = text.split_once(BEGIN).expect("the first mark");
        let (written, after) = rest.split_once(END).expect("the second mark");
        let current = format!("\n{}\n", schedule(&Words::english()));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(path, format!("{before}{BEGIN}{current}{END}{after}")).unwrap();
        } else {
            assert_eq!(written, current, "run this test with UPDATE_GOLDEN=1");
        }
    }
}

//! Names: OATutor's ids and skill names as ids and titles of ours, licences as SPDX ids.

/// Letters that an id of ours may not have are replaced, and a hash of the whole keeps such ids apart.
pub(super) fn id(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !text.is_empty() && text.len() <= 100 && text.chars().all(plain) {
        return format!("oatutor.{text}");
    }
    let cut: String = text
        .chars()
        .map(|c| if plain(c) { c } else { '-' })
        .take(80)
        .collect();
    format!(
        "oatutor.{cut}.{:08x}",
        trellis_core::fnv::hash(text.as_bytes()) >> 32
    )
}

/// A course name as the last part of an id: "OpenStax: Elementary Algebra" is `openstax-elementary-algebra`.
pub(super) fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// A skill name for people: "factor_trinomials_of_the_form_x**2_+_bx_+_c" is "Factor trinomials of the form x² + bx + c".
pub(super) fn skill_title(skill: &str) -> String {
    let words = skill
        .replace("**2", "²")
        .replace("**3", "³")
        .replace("**", "^");
    let words: Vec<&str> = words.split(['_', ' ']).filter(|w| !w.is_empty()).collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Questions without a named skill".to_string(),
    }
}

/// What a skill is to a student: "I can add integers."
pub(super) fn can(skill: &str) -> String {
    const DOING: [&str; 60] = [
        "add",
        "analyze",
        "apply",
        "approximate",
        "calculate",
        "change",
        "classify",
        "combine",
        "complete",
        "compute",
        "convert",
        "create",
        "decide",
        "define",
        "describe",
        "determine",
        "differentiate",
        "distinguish",
        "divide",
        "estimate",
        "evaluate",
        "expand",
        "explain",
        "express",
        "factor",
        "find",
        "graph",
        "identify",
        "integrate",
        "interpret",
        "know",
        "make",
        "model",
        "multiply",
        "name",
        "plot",
        "predict",
        "prepare",
        "prove",
        "read",
        "recognize",
        "rationalize",
        "relate",
        "represent",
        "rewrite",
        "round",
        "sketch",
        "simplify",
        "solve",
        "state",
        "subtract",
        "test",
        "transform",
        "translate",
        "understand",
        "use",
        "verify",
        "visualize",
        "work",
        "write",
    ];
    let title = skill_title(skill);
    let first = title.split(' ').next().unwrap_or("").to_lowercase();
    let first = first.trim_end_matches(':');
    if DOING.contains(&first) {
        let mut letters = title.chars();
        let lower: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_lowercase)
            .chain(letters)
            .collect();
        format!("I can {lower}.")
    } else {
        format!("I can answer questions about this: {title}.")
    }
}

/// `https://address <Name>` as address and name.
pub(super) fn address_and_name(text: &str) -> (String, String) {
    let text = text.trim();
    match text.split_once('<') {
        Some((address, name)) => (
            address.trim().to_string(),
            name.trim_end_matches('>').trim().to_string(),
        ),
        None => (text.to_string(), String::new()),
    }
}

/// A licence as an SPDX id where it is plain which is meant, else as written.
pub(super) fn licence(text: &str) -> String {
    let lower = text.to_lowercase();
    let squeezed: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
    for (needle, spdx) in [
        ("licenses/by/4.0", "CC-BY-4.0"),
        ("licenses/by-nc-sa/4.0", "CC-BY-NC-SA-4.0"),
        ("licenses/by-sa/4.0", "CC-BY-SA-4.0"),
        ("licenses/by-nc/4.0", "CC-BY-NC-4.0"),
        ("publicdomain/zero/1.0", "CC0-1.0"),
    ] {
        if lower.contains(needle) {
            return spdx.to_string();
        }
    }
    match squeezed.as_str() {
        "ccby4.0" | "cc-by-4.0" => "CC-BY-4.0".to_string(),
        _ => text.trim().to_string(),
    }
}

/// The school subject of a course, by its name.
pub(super) fn subject(course: &str) -> &'static str {
    let lower = course.to_lowercase();
    match lower.as_str() {
        name if name.contains("physic") => "physics",
        name if name.contains("chemi") => "chemistry",
        name if name.contains("stat") => "statistics",
        name if name.contains("data") => "data science",
        _ => "mathematics",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_apart() {
        assert_eq!(id("a1b2c3add1a"), "oatutor.a1b2c3add1a");
        let odd = [
            id("rule{"),
            id("rule}"),
            id(""),
            id("é"),
            id(&"x".repeat(300)),
        ];
        for (index, one) in odd.iter().enumerate() {
            assert!(trellis_core::framework::ItemId::new(one).is_ok(), "{one}");
            assert!(!odd[..index].contains(one), "{one}");
        }
    }

    #[test]
    fn skills_and_licences_read_well() {
        assert_eq!(skill_title("square_x**2_+_c"), "Square x² + c");
        assert_eq!(can("add_whole_numbers"), "I can add whole numbers.");
        assert_eq!(can("bayes"), "I can answer questions about this: Bayes.");
        assert_eq!(slug("Text: First Course"), "text-first-course");
        let with_name = "https://creativecommons.org/licenses/by/4.0/ <CC BY 4.0>";
        assert_eq!(licence(with_name), "CC-BY-4.0");
        assert_eq!(licence(" house rules "), "house rules");
        let (address, name) = address_and_name("https://example.org/book <A Book>");
        assert_eq!(
            (address.as_str(), name.as_str()),
            ("https://example.org/book", "A Book")
        );
    }
}

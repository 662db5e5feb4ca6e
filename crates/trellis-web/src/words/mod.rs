//! Words of pages: every sentence a person reads comes from the Fluent files beside this one.

mod language;

use std::fmt;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use language::Language;

/// The English files, one for each part of the house.
const ENGLISH: [(&str, &str); 25] = [
    ("shell.ftl", include_str!("en/shell.ftl")),
    ("student.ftl", include_str!("en/student.ftl")),
    ("teacher.ftl", include_str!("en/teacher.ftl")),
    ("family.ftl", include_str!("en/family.ftl")),
    ("parts.ftl", include_str!("en/parts.ftl")),
    ("placement.ftl", include_str!("en/placement.ftl")),
    ("privacy.ftl", include_str!("en/privacy.ftl")),
    ("content.ftl", include_str!("en/content.ftl")),
    ("people.ftl", include_str!("en/people.ftl")),
    ("sorting.ftl", include_str!("en/sorting.ftl")),
    ("author.ftl", include_str!("en/author.ftl")),
    ("paper.ftl", include_str!("en/paper.ftl")),
    ("live.ftl", include_str!("en/live.ftl")),
    ("deciding.ftl", include_str!("en/deciding.ftl")),
    ("talking.ftl", include_str!("en/talking.ftl")),
    ("badges.ftl", include_str!("en/badges.ftl")),
    ("assign.ftl", include_str!("en/assign.ftl")),
    ("invite.ftl", include_str!("en/invite.ftl")),
    ("plan.ftl", include_str!("en/plan.ftl")),
    ("survey.ftl", include_str!("en/survey.ftl")),
    ("work.ftl", include_str!("en/work.ftl")),
    ("agreed.ftl", include_str!("en/agreed.ftl")),
    ("allow.ftl", include_str!("en/allow.ftl")),
    ("machine.ftl", include_str!("en/machine.ftl")),
    ("term.ftl", include_str!("en/term.ftl")),
];

/// The same in Spanish.
const SPANISH: [(&str, &str); 25] = [
    ("shell.ftl", include_str!("es/shell.ftl")),
    ("student.ftl", include_str!("es/student.ftl")),
    ("teacher.ftl", include_str!("es/teacher.ftl")),
    ("family.ftl", include_str!("es/family.ftl")),
    ("parts.ftl", include_str!("es/parts.ftl")),
    ("placement.ftl", include_str!("es/placement.ftl")),
    ("privacy.ftl", include_str!("es/privacy.ftl")),
    ("content.ftl", include_str!("es/content.ftl")),
    ("people.ftl", include_str!("es/people.ftl")),
    ("sorting.ftl", include_str!("es/sorting.ftl")),
    ("author.ftl", include_str!("es/author.ftl")),
    ("paper.ftl", include_str!("es/paper.ftl")),
    ("live.ftl", include_str!("es/live.ftl")),
    ("deciding.ftl", include_str!("es/deciding.ftl")),
    ("talking.ftl", include_str!("es/talking.ftl")),
    ("badges.ftl", include_str!("es/badges.ftl")),
    ("assign.ftl", include_str!("es/assign.ftl")),
    ("invite.ftl", include_str!("es/invite.ftl")),
    ("plan.ftl", include_str!("es/plan.ftl")),
    ("survey.ftl", include_str!("es/survey.ftl")),
    ("work.ftl", include_str!("es/work.ftl")),
    ("agreed.ftl", include_str!("es/agreed.ftl")),
    ("allow.ftl", include_str!("es/allow.ftl")),
    ("machine.ftl", include_str!("es/machine.ftl")),
    ("term.ftl", include_str!("es/term.ftl")),
];

type Bundle = Arc<FluentBundle<FluentResource>>;

/// How many there are, as words take it; nothing on a page is counted beyond four thousand million.
pub(crate) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The words of one language. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    bundle: Bundle,
    language: Language,
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Words")
            .field("lang", &self.lang())
            .finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        static ENGLISH_BUNDLE: OnceLock<Bundle> = OnceLock::new();
        static SPANISH_BUNDLE: OnceLock<Bundle> = OnceLock::new();
        let (bundle, tag, files) = match language {
            Language::Spanish => (&SPANISH_BUNDLE, Language::Spanish, &SPANISH),
            _ => (&ENGLISH_BUNDLE, Language::English, &ENGLISH),
        };
        Self {
            bundle: Arc::clone(bundle.get_or_init(|| Arc::new(read(tag, files)))),
            language,
        }
    }

    /// English.
    #[must_use]
    pub fn english() -> Self {
        Self::of(Language::English)
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The language, as a BCP 47 tag.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.language.tag()
    }

    /// The direction of writing.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        self.language.dir()
    }

    /// The other languages that a page can be read in.
    #[must_use]
    pub fn others(&self) -> Vec<Language> {
        let offered = Language::OFFERED.into_iter();
        offered.filter(|other| *other != self.language).collect()
    }

    /// The words under a key. A missing key gives the key itself, which a test catches.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// What was just done, as the address of a redirect says it: the words under `{prefix}-done-{done}`. Anybody can write
    /// an address, so only what is known is said.
    pub(crate) fn done(&self, prefix: &str, known: &[&str], done: Option<&str>) -> Option<String> {
        let done = done.filter(|done| known.contains(done))?;
        Some(self.t(&format!("{prefix}-done-{done}")))
    }

    /// The words of several keys, as for the headings of a table.
    pub(crate) fn all(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.t(key)).collect()
    }

    /// The words under a key, with one text put in.
    #[must_use]
    pub fn one(&self, key: &str, name: &str, text: &str) -> String {
        self.with(key, &[(name, text)])
    }

    /// The words under a key, with texts put in.
    #[must_use]
    pub fn with(&self, key: &str, texts: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, text) in texts {
            args.set(*name, FluentValue::from(*text));
        }
        self.format(key, Some(&args))
    }

    /// The words under a key, with a number put in that the plural follows.
    #[must_use]
    pub fn count(&self, key: &str, name: &str, number: impl Into<f64>) -> String {
        self.mixed(key, &[(name, number.into())], &[])
    }

    /// The words under a key, with numbers and texts put in.
    #[must_use]
    pub fn mixed(&self, key: &str, numbers: &[(&str, f64)], texts: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, number) in numbers {
            args.set(*name, FluentValue::from(*number));
        }
        for (name, text) in texts {
            args.set(*name, FluentValue::from(*text));
        }
        self.format(key, Some(&args))
    }

    /// Whether there are words under a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle
            .get_message(key)
            .is_some_and(|message| message.value().is_some())
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if self.language.is_pseudo() {
            pseudo(&text)
        } else {
            text.into_owned()
        }
    }
}

fn identifier(language: Language) -> LanguageIdentifier {
    LanguageIdentifier::from_bytes(language.tag().as_bytes()).unwrap_or_default()
}

fn read(language: Language, files: &[(&str, &str)]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![identifier(language)]);
    // Marks of direction around each value would show in titles and labels; pages set the direction themselves.
    bundle.set_use_isolating(false);
    for (name, text) in files {
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, errors)| {
                debug_assert!(errors.is_empty(), "{name}: {errors:?}");
                partial
            });
        if let Err(errors) = bundle.add_resource(resource) {
            debug_assert!(errors.is_empty(), "{name}: {errors:?}");
        }
    }
    bundle
}

fn pseudo(text: &str) -> String {
    let mut out = String::from("⟦");
    for letter in text.chars() {
        out.push(match letter {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ó',
            'u' => 'ú',
            other => other,
        });
    }
    out.extend(std::iter::repeat_n('·', text.chars().count() * 2 / 5));
    out.push('⟧');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use trellis_core::refusal::Refusal;

    #[test]
    fn every_file_reads_whole_and_no_key_stands_twice() {
        for (language, files) in [(Language::English, ENGLISH), (Language::Spanish, SPANISH)] {
            let mut bundle = FluentBundle::new_concurrent(vec![identifier(language)]);
            for (name, text) in files {
                let resource = FluentResource::try_new(text.to_owned());
                assert!(resource.is_ok(), "{language:?} {name}");
                assert!(
                    bundle.add_resource(resource.unwrap()).is_ok(),
                    "{language:?} {name} repeats a key of another file"
                );
            }
        }
    }

    /// The messages of a file, each with the names of what is put in.
    fn messages(file: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut last = "";
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =")
                && !line.starts_with(' ')
            {
                last = key;
                found.entry(key).or_default();
            }
            for name in line.split('$').skip(1) {
                let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
                found
                    .entry(last)
                    .or_default()
                    .insert(&name[..end.unwrap_or(name.len())]);
            }
        }
        found
    }

    #[test]
    fn every_language_says_all_that_english_says_with_the_same_put_in() {
        for ((name, english), (other, spanish)) in ENGLISH.into_iter().zip(SPANISH) {
            assert_eq!(name, other);
            let (english, spanish) = (messages(english), messages(spanish));
            assert!(english.len() > 15, "{name}: the scan is broken");
            assert_eq!(spanish, english, "{name}");
        }
    }

    #[test]
    fn plurals_follow_each_language() {
        let spanish = Words::of(Language::Spanish);
        assert_eq!(
            spanish.count("teach-students", "count", 1.0),
            "1 estudiante"
        );
        assert_eq!(
            spanish.count("teach-students", "count", 0.0),
            "0 estudiantes"
        );
        assert_eq!(
            spanish.count("teach-students", "count", 26.0),
            "26 estudiantes"
        );
    }

    #[test]
    fn every_refusal_has_a_sentence() {
        for refusal in Refusal::ALL {
            assert!(Words::english().has(refusal.key()), "{}", refusal.key());
        }
    }

    #[test]
    fn the_pseudo_locale_marks_what_comes_from_the_files() {
        let words = Words::of(Language::Pseudo);
        let text = words.t("skip");
        assert!(text.starts_with('⟦') && text.ends_with('⟧'), "{text}");
        assert!(text.chars().count() * 10 >= Words::english().t("skip").chars().count() * 14);
    }

    fn files(dir: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found);
            } else if path
                .extension()
                .is_some_and(|kind| kind == "html" || kind == "rs")
            {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_key_that_a_page_names_has_words() {
        let mut found = Vec::new();
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
        files(&source, &mut found);
        let words = Words::english();
        let mut keys = 0;
        for path in found {
            let text = std::fs::read_to_string(&path).unwrap();
            for call in [
                "words.t(\"",
                "words.one(\"",
                "words.count(\"",
                "words.with(\"",
                "words.mixed(\"",
            ] {
                for after in text.split(call).skip(1) {
                    let key = after.split('"').next().unwrap_or_default();
                    assert!(words.has(key), "{key} in {}", path.display());
                    keys += 1;
                }
            }
        }
        assert!(keys > 100, "{keys}");
    }
}

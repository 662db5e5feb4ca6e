//! The languages that pages can be read in, and which of them a browser asks for.

/// A language of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// Spanish, as it is spoken in the Americas.
    Spanish,
    /// English with accents and two fifths longer, between marks: what is not in the marks did not come from the files.
    Pseudo,
    /// The same, written from right to left, to see that the pages turn around.
    PseudoRightToLeft,
}

impl Language {
    /// All, in the order of the footer.
    pub const ALL: [Self; 4] = [
        Self::English,
        Self::Spanish,
        Self::Pseudo,
        Self::PseudoRightToLeft,
    ];

    /// The languages that people are offered.
    pub const OFFERED: [Self; 2] = [Self::English, Self::Spanish];

    /// The tag of BCP 47; the last two are the tags that CLDR keeps for this purpose.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Pseudo => "en-XA",
            Self::PseudoRightToLeft => "ar-XB",
        }
    }

    /// What the language calls itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::Pseudo => "⟦Éñglísh⟧",
            Self::PseudoRightToLeft => "⟦Éñglísh, ←⟧",
        }
    }

    /// The direction of writing, as HTML says it.
    #[must_use]
    pub fn dir(self) -> &'static str {
        match self {
            Self::PseudoRightToLeft => "rtl",
            _ => "ltr",
        }
    }

    /// Whether its words are made from the English ones by machine.
    #[must_use]
    pub fn is_pseudo(self) -> bool {
        matches!(self, Self::Pseudo | Self::PseudoRightToLeft)
    }

    /// The language with exactly this tag.
    #[must_use]
    pub fn with_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The offered language that an `Accept-Language` line wants most (RFC 9110, section 12.5.4). `es-MX` is content with
    /// Spanish; what is not offered is passed over.
    #[must_use]
    pub fn wanted(accepted: &str) -> Option<Self> {
        let mut best: Option<(f64, Self)> = None;
        for part in accepted.split(',').take(32) {
            let (range, parameters) = part.split_once(';').unwrap_or((part, ""));
            let weight = parameters
                .trim()
                .strip_prefix("q=")
                .map_or(Some(1.0), |text| text.trim().parse::<f64>().ok())
                .filter(|weight| (0.001..=1.0).contains(weight));
            let first = range.trim().split('-').next().unwrap_or_default();
            let offered = Self::OFFERED
                .into_iter()
                .find(|language| language.tag().eq_ignore_ascii_case(first));
            if let (Some(weight), Some(language)) = (weight, offered)
                && best.is_none_or(|(most, _)| weight > most)
            {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_browser_gets_what_it_wants_most_of_what_there_is() {
        for (accepted, wanted) in [
            ("es", Some(Language::Spanish)),
            ("es-MX,es;q=0.9,en;q=0.8", Some(Language::Spanish)),
            ("en-US,en;q=0.9,es;q=0.8", Some(Language::English)),
            (
                "fr-FR, fr;q=0.9, es;q=0.4, en;q=0.3",
                Some(Language::Spanish),
            ),
            ("EN;q=0.2, ES ; q=0.7", Some(Language::Spanish)),
            ("es;q=0, en;q=0.1", Some(Language::English)),
            ("es;q=x", None),
            ("fr, de", None),
            ("*", None),
            ("", None),
            (";;;,,,=;q=1", None),
        ] {
            assert_eq!(Language::wanted(accepted), wanted, "{accepted}");
        }
    }

    #[test]
    fn tags_are_found_again() {
        for language in Language::ALL {
            assert_eq!(Language::with_tag(language.tag()), Some(language));
        }
        assert_eq!(Language::with_tag("EN"), None);
        assert_eq!(Language::with_tag("fr"), None);
    }
}

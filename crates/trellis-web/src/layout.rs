//! The frame around every page: head, navigation, who is signed in.

use trellis_core::people::Role;
use trellis_store::Viewer;

use crate::app::App;
use crate::assets;
use crate::words::Words;

/// One entry of the navigation.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) current: bool,
}

/// What the frame shows.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    /// The words of the page's language.
    pub(crate) words: Words,
    /// The page's title, in the browser's tab and as its heading where it has no other.
    pub(crate) title: String,
    /// The navigation; empty before signing in.
    pub(crate) nav: Vec<Link>,
    /// The name of the one signed in, when a page knows it.
    pub(crate) name: Option<String>,
    /// Whether anyone is signed in.
    pub(crate) signed_in: bool,
    /// Whether it is an adult, who looks after how they sign in themselves.
    pub(crate) adult: bool,
    /// Whether the page uses scripts.
    pub(crate) scripts: Vec<&'static str>,
}

impl Shell {
    /// The frame of a page without navigation.
    pub(crate) fn plain(words: Words, title_key: &str) -> Self {
        let title = words.t(title_key);
        Self {
            words,
            title,
            nav: Vec::new(),
            name: None,
            signed_in: false,
            adult: false,
            scripts: Vec::new(),
        }
    }

    /// The frame for someone signed in; `here` is the path of the current page.
    pub(crate) fn of(words: Words, title: String, viewer: &Viewer, here: &str) -> Self {
        let links: &[(&str, &str)] = match viewer.role() {
            Role::Learner => &[
                ("/today", "nav-today"),
                ("/map", "nav-map"),
                ("/lessons", "nav-lessons"),
                ("/plan", "nav-plan"),
                ("/portfolio", "nav-work"),
            ],
            Role::Teacher => &[("/teach", "nav-teach-today")],
            Role::Guardian => &[("/family", "nav-family")],
            Role::Leader => &[
                ("/district", "nav-district"),
                ("/district/support", "nav-support"),
                ("/district/audit", "teach-nav-audit"),
                ("/author", "nav-author"),
            ],
            Role::Operator => &[
                ("/district", "nav-district"),
                ("/district/machine", "nav-machine"),
                ("/district/audit", "teach-nav-audit"),
                ("/author", "nav-author"),
            ],
        };
        let nav = links
            .iter()
            .map(|(href, key)| Link {
                href: (*href).to_owned(),
                label: words.t(key),
                current: *href == here,
            })
            .collect();
        Self {
            words,
            title,
            nav,
            name: None,
            signed_in: true,
            adult: viewer.role() != Role::Learner,
            // Only a lesson can be paused; at home nobody asks.
            scripts: match (viewer.role(), viewer.section()) {
                (Role::Learner, Some(_)) => vec!["pause.js"],
                _ => Vec::new(),
            },
        }
    }

    /// The same with the name of the one signed in.
    pub(crate) fn named(self, name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            ..self
        }
    }

    /// The same with a script module.
    pub(crate) fn with_script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// The same with the script for passkeys, where there are any.
    pub(crate) fn with_passkeys(self, app: &App) -> Self {
        match app.passkeys {
            Some(_) => self.with_script("passkey.js"),
            None => self,
        }
    }

    /// The address of an asset.
    pub(crate) fn asset(&self, name: &'static str) -> &'static str {
        assets::url(name)
    }

    /// The first letter of the name, for the round badge.
    pub(crate) fn initial(&self) -> String {
        self.name
            .iter()
            .flat_map(|name| name.chars())
            .take(1)
            .collect()
    }
}

//! Chores of the workspace: `cargo xtask` lists them, `cargo xtask tidy` checks the house rules.

mod asvs;
mod faults;
mod package;
mod program;
mod release;
mod sbom;
mod source;
mod tidy;
mod tree;

use std::io::{self, Write as _};
use std::process::ExitCode;

/// One chore: the word that starts it, what it does, and the function that does it.
struct Chore {
    word: &'static str,
    does: &'static str,
    run: fn(&[String], &mut dyn io::Write) -> io::Result<ExitCode>,
}

const CHORES: &[Chore] = &[
    Chore {
        word: "tidy",
        does: "check the house rules over every file of the project; one line a finding",
        run: |words, out| match words {
            [] => tidy::run(out),
            _ => list(false, out),
        },
    },
    Chore {
        word: "faults",
        does: "break disks, processes, clocks and networks, and count what is lost; --long for large counts",
        run: faults::run,
    },
    Chore {
        word: "package",
        does: "make the Debian package of a built program: --bin PROGRAM --to FOLDER",
        run: package::run,
    },
    Chore {
        word: "release",
        does: "build the program as it is given out: [--twice] --to FOLDER; twice compares two builds byte for byte",
        run: release::run,
    },
    Chore {
        word: "sbom",
        does: "write the bill of materials of the program (CycloneDX 1.6): [--to FILE]",
        run: sbom::run,
    },
    Chore {
        word: "asvs",
        does: "write the chapter on security row by row from docs/asvs.tsv",
        run: asvs::run,
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    match chore(&words, &mut out) {
        Ok(code) => code,
        Err(error) => {
            // Nothing better is left to do when standard error is closed too.
            let _ = writeln!(io::stderr(), "xtask: {error}");
            ExitCode::from(2)
        }
    }
}

fn chore(words: &[String], out: &mut dyn io::Write) -> io::Result<ExitCode> {
    let Some((word, rest)) = words.split_first() else {
        return list(true, out);
    };
    match CHORES.iter().find(|chore| chore.word == word) {
        Some(chore) => (chore.run)(rest, out),
        None => list(false, out),
    }
}

fn list(asked: bool, out: &mut dyn io::Write) -> io::Result<ExitCode> {
    if !asked {
        writeln!(out, "No such chore.")?;
    }
    writeln!(out, "Chores (cargo xtask WORD):")?;
    for chore in CHORES {
        writeln!(out, "  {:<10} {}", chore.word, chore.does)?;
    }
    Ok(if asked {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        let mut out = Vec::new();
        chore(&words, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn without_words_it_lists_its_chores() {
        let text = say(&[]);
        assert!(text.contains("tidy"), "{text}");
        assert!(!text.contains("No such chore"), "{text}");
    }

    #[test]
    fn a_wrong_word_is_named_wrong() {
        assert!(say(&["sweep"]).starts_with("No such chore."));
    }
}

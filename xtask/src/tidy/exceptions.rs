//! Stated exceptions: `xtask/exceptions.toml` takes a finding away, with a reason, as long as it is there.

use super::Finding;
use crate::tree::File;

/// The rule's name in findings about the table itself; such findings allow no exception.
const NAME: &str = "exceptions";
const TABLE: &str = "xtask/exceptions.toml";

struct Exception {
    rule: String,
    path: String,
    /// A part of the finding's message; empty fits every message.
    text: String,
}

/// The findings that no exception covers, and findings about exceptions that are wrong or no longer needed.
pub(crate) fn apply(files: &[File], found: Vec<Finding>, rules: &[&str]) -> Vec<Finding> {
    let Some(file) = files.iter().find(|file| file.path == TABLE) else {
        return found;
    };
    let own = |why: String| Finding::new(TABLE, 1, NAME, why);
    let table = match file.text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => {
            return found
                .into_iter()
                .chain([own(error.message().to_owned())])
                .collect();
        }
    };
    let mut left = found;
    let rows = table.get("exception").and_then(toml::Value::as_array);
    for row in rows.into_iter().flatten() {
        let exception = match read(row, rules) {
            Ok(exception) => exception,
            Err(why) => {
                left.push(own(why));
                continue;
            }
        };
        let before = left.len();
        left.retain(|finding| !exception.covers(finding));
        if left.len() == before {
            left.push(own(format!(
                "nothing to excuse any more: {} in {} {}",
                exception.rule, exception.path, exception.text
            )));
        }
    }
    left
}

fn read(row: &toml::Value, rules: &[&str]) -> Result<Exception, String> {
    let text = |key: &str| {
        row.get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let exception = Exception {
        rule: text("rule"),
        path: text("path"),
        text: text("text"),
    };
    if !rules.contains(&exception.rule.as_str()) {
        return Err(format!("there is no rule called {:?}", exception.rule));
    }
    if text("why").len() < 10 {
        return Err(format!("{} in {}: say why", exception.rule, exception.path));
    }
    Ok(exception)
}

impl Exception {
    fn covers(&self, finding: &Finding) -> bool {
        finding.rule == self.rule
            && finding.path == self.path
            && finding.message.contains(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(table: &str) -> Vec<String> {
        let finding = Finding::new("a.rs", 1, "sizes", "601 lines".to_owned());
        apply(&[File::new(TABLE, table)], vec![finding], &["sizes"])
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_stated_exception_takes_its_finding_away() {
        assert!(left("[[exception]]\nrule = \"sizes\"\npath = \"a.rs\"\nwhy = \"one long table of units\"\n").is_empty());
    }

    #[test]
    fn other_findings_stay() {
        let found = left(
            "[[exception]]\nrule = \"sizes\"\npath = \"b.rs\"\nwhy = \"one long table of units\"\n",
        );
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn an_exception_needs_a_reason_and_a_rule() {
        assert_eq!(
            left("[[exception]]\nrule = \"sizes\"\npath = \"a.rs\"\n").len(),
            2
        );
        assert_eq!(left("[[exception]]\nrule = \"size\"\npath = \"a.rs\"\nwhy = \"one long table of units\"\n").len(), 2);
        assert_eq!(left("[[exception").len(), 2);
    }
}

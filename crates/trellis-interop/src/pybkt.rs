//! Parameters of knowledge tracing as pyBKT writes them: the CSV of `Model.params()`, with the
//! columns skill, param, class and value.

use std::collections::BTreeMap;
use std::io::Read;

use crate::finding::Finding;

/// The rates of one skill.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillRates {
    /// The skill's name.
    pub skill: String,
    /// Chance of knowing at the start.
    pub prior: f64,
    /// Chance that one item teaches it.
    pub learn: f64,
    /// Chance that it is lost between two items.
    pub forget: f64,
    /// Chance of a right answer without knowing.
    pub guess: f64,
    /// Chance of a wrong answer while knowing.
    pub slip: f64,
}

/// Names of the parameters, in pyBKT's order.
const PARAMETERS: [&str; 5] = ["prior", "learns", "guesses", "slips", "forgets"];

/// The CSV of these skills, numbers to the last digit.
#[must_use]
pub fn write(skills: &[SkillRates]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(["skill", "param", "class", "value"]);
    for one in skills {
        let values = [one.prior, one.learn, one.guess, one.slip, one.forget];
        for (name, value) in PARAMETERS.into_iter().zip(values) {
            let _ = writer.write_record([&one.skill, name, "default", &value.to_string()]);
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Reads such a CSV; skills in the order of their names. A skill that lacks a parameter is left
/// out with a finding; forgetting is 0 where it is not named. Of several classes (pyBKT's
/// `multigs` and `multilearn`) the mean is taken, and a finding says so.
///
/// # Errors
/// When the text is no CSV or lacks a column: the reason in words.
pub fn read(input: impl Read, name: &str) -> Result<(Vec<SkillRates>, Vec<Finding>), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let place = |wanted: &str| {
        let found = header.iter().position(|cell| cell.trim() == wanted);
        found.ok_or_else(|| format!("{name}: there is no column `{wanted}`"))
    };
    let (skill_at, param_at, value_at) = (place("skill")?, place("param")?, place("value")?);
    let mut found: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    let mut findings = Vec::new();
    let mut last = String::new();
    for (number, record) in reader.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |at: usize| record.get(at).unwrap_or("").trim();
        // pandas leaves the name of a group's further rows empty when asked for a sparse index.
        if !cell(skill_at).is_empty() {
            cell(skill_at).clone_into(&mut last);
        }
        let value = cell(value_at).parse::<f64>().ok();
        let Some(value) = value.filter(|value| (0.0..=1.0).contains(value)) else {
            let words = format!("`{}` is no probability", cell(value_at));
            findings.push(Finding::warning(name, number + 2, "no-probability", words));
            continue;
        };
        let parameters = found.entry(last.clone()).or_default();
        let values = parameters.entry(cell(param_at).to_owned()).or_default();
        values.push(value);
    }
    let mut out = Vec::new();
    for (skill, parameters) in found {
        let several = parameters.values().any(|values| values.len() > 1);
        if several {
            let words = format!("`{skill}` has several classes; their mean is taken");
            findings.push(Finding::warning(name, 0, "several-classes", words));
        }
        let mean = |name: &str| {
            let values = parameters.get(name).filter(|values| !values.is_empty())?;
            #[expect(clippy::cast_precision_loss, reason = "a handful of classes")]
            let count = values.len() as f64;
            Some(values.iter().sum::<f64>() / count)
        };
        let whole = || {
            Some(SkillRates {
                skill: skill.clone(),
                prior: mean("prior")?,
                learn: mean("learns")?,
                forget: mean("forgets").unwrap_or(0.0),
                guess: mean("guesses")?,
                slip: mean("slips")?,
            })
        };
        match whole() {
            Some(rates) => out.push(rates),
            None => {
                let words = format!("`{skill}` lacks a parameter and is left out");
                findings.push(Finding::warning(name, 0, "incomplete-skill", words));
            }
        }
    }
    Ok((out, findings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let skills = [SkillRates {
            skill: "add, \"carry\"".into(),
            prior: 0.1 + 0.2,
            learn: 1.0 / 3.0,
            forget: 0.0,
            guess: 0.2,
            slip: 1e-4,
        }];
        let text = write(&skills);
        assert!(text.starts_with("skill,param,class,value\n"));
        let (back, findings) = read(text.as_bytes(), "params.csv").unwrap();
        assert_eq!((back.as_slice(), findings.len()), (&skills[..], 0));
    }

    #[test]
    fn odd_files_give_findings() {
        let text = "skill,param,class,value\n\
            s,prior,default,0.5\n,learns,default,0.1\n,guesses,a,0.1\n,guesses,b,0.3\n,slips,default,0.1\n\
            t,prior,default,nan\nt,slips,default,0.1\n";
        let (skills, findings) = read(text.as_bytes(), "params.csv").unwrap();
        assert_eq!(skills.len(), 1);
        assert!((skills[0].guess - 0.2).abs() < 1e-12 && skills[0].forget == 0.0);
        let rules: Vec<&str> = findings.iter().map(|one| one.rule.as_str()).collect();
        assert_eq!(
            rules,
            ["no-probability", "several-classes", "incomplete-skill"]
        );
        assert!(read(&b"a,b\n"[..], "x").is_err());
        assert!(read(&b""[..], "x").is_err());
    }
}

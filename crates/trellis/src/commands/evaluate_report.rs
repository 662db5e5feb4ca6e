//! What `trellis evaluate` found, as a table for people and as JSON for machines.

use std::io::{self, Write};

use serde_json::{Value, json};
use trellis_stats::evaluation::{AfterMastery, Band};
use trellis_stats::metrics::{Figures, Interval};

use super::evaluate_input::{Answers, Folds, count};
use super::evaluate_run::{Cost, Report};

/// All that a report tells of.
pub(crate) struct Whole<'a> {
    pub(crate) answers: &'a Answers,
    pub(crate) folds: &'a Folds,
    pub(crate) reports: &'a [Report],
    pub(crate) mastery: &'a [(&'static str, AfterMastery)],
}

/// Nanoseconds of scoring a row.
fn nanos_a_row(report: &Report) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    let rows = report.doubted.figures.count.max(1) as f64;
    report.cost.predict.as_secs_f64() * 1e9 / rows
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or("-".into(), |bytes| (bytes >> 20).to_string())
}

/// The bytes that the model added to what was there before.
fn added(cost: &Cost) -> Option<u64> {
    Some(cost.peak_bytes?.saturating_sub(cost.before_bytes?))
}

pub(crate) fn text(out: &mut impl Write, whole: &Whole<'_>) -> io::Result<()> {
    whole.answers.describe(out)?;
    writeln!(out, "scored on held-out students: {}\n", whole.folds.words)?;
    writeln!(
        out,
        "{:<16} {:>22} {:>7} {:>8} {:>22} {:>9} {:>7} {:>8} {:>7}",
        "model",
        "AUC [95 %]",
        "RMSE",
        "log loss",
        "ECE [95 %]",
        "fit s",
        "ns/row",
        "peak MB",
        "+ MB"
    )?;
    for report in whole.reports {
        let Figures {
            auc,
            rmse,
            log_loss,
            ece,
            ece_by_chance,
            ..
        } = report.doubted.figures;
        let [of_auc, _, _, of_ece] = report.doubted.intervals;
        writeln!(
            out,
            "{:<16} {auc:>6.4} [{:.4}, {:.4}] {rmse:>6.4} {log_loss:>8.4} {ece:>6.4} [{:.4}, {:.4}] {ece_by_chance:>6.4} {:>9.3} {:>7.0} {:>8} {:>7}",
            report.subject.name(),
            of_auc.low,
            of_auc.high,
            of_ece.low,
            of_ece.high,
            report.cost.fit.as_secs_f64(),
            nanos_a_row(report),
            megabytes(report.cost.peak_bytes),
            megabytes(added(&report.cost)),
        )?;
    }
    writeln!(
        out,
        "chance: the ECE that so many answers show even when predictions are perfectly calibrated"
    )?;
    differences(out, whole)?;
    places(out, whole)?;
    honesty(out, whole)?;
    after_mastery(out, whole)
}

fn differences(out: &mut impl Write, whole: &Whole<'_>) -> io::Result<()> {
    let Some((first, others)) = whole.reports.split_first() else {
        return Ok(());
    };
    if others.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\ncompared with {}, the same students drawn again for both:",
        first.subject.name()
    )?;
    for report in others {
        let [auc, rmse, loss, ece] = report.doubted.differences;
        let show = |one: Interval| format!("{:+.4} [{:+.4}, {:+.4}]", one.value, one.low, one.high);
        writeln!(
            out,
            "  {:<16} AUC {}  RMSE {}  log loss {}  ECE {}",
            report.subject.name(),
            show(auc),
            show(rmse),
            show(loss),
            show(ece)
        )?;
    }
    Ok(())
}

fn band_words(band: &Band) -> String {
    band.to.map_or_else(
        || format!("{} and later", band.from),
        |to| format!("{} to {to}", band.from),
    )
}

fn places(out: &mut impl Write, whole: &Whole<'_>) -> io::Result<()> {
    writeln!(out, "\nby place in a student's answers:")?;
    for report in whole.reports {
        for band in &report.bands {
            let Figures {
                count: rows,
                auc,
                ece,
                rmse,
                ece_by_chance,
                ..
            } = band.figures;
            writeln!(
                out,
                "  {:<16} {:<13} {:>9} rows  AUC {auc:.4}  RMSE {rmse:.4}  ECE {ece:.4} (chance {ece_by_chance:.4})  bias {:+.4}",
                report.subject.name(),
                band_words(band),
                count(rows),
                band.bias
            )?;
        }
        if let Some(first) = report.first {
            writeln!(
                out,
                "  {:<16} {:<13} {:>9} rows  AUC {:.4}  RMSE {:.4}  ECE {:.4}",
                report.subject.name(),
                "first on skill",
                count(first.count),
                first.auc,
                first.rmse,
                first.ece
            )?;
        }
        let skills = report.skills;
        writeln!(
            out,
            "  {:<16} of {} skills with 200 answers or more, {} are within the 95 % band; worst gap {:.3}",
            report.subject.name(),
            skills.skills,
            skills.within,
            skills.worst
        )?;
    }
    Ok(())
}

fn honesty(out: &mut impl Write, whole: &Whole<'_>) -> io::Result<()> {
    writeln!(out, "\nbuilt-in tests:")?;
    for report in whole.reports {
        let name = report.subject.name();
        match report.checks {
            None => writeln!(out, "  {name:<16} not run: fewer than three students")?,
            Some(checks) => writeln!(
                out,
                "  {name:<16} {}: AUC on answers dealt anew {:.3} (room {:.3}); {} of {} predictions changed with later answers",
                if checks.passed() { "passed" } else { "FAILED" },
                checks.shuffled_auc,
                checks.shuffled_room,
                count(checks.changed),
                count(checks.compared)
            )?,
        }
    }
    Ok(())
}

fn after_mastery(out: &mut impl Write, whole: &Whole<'_>) -> io::Result<()> {
    if whole.mastery.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nafter a rule first called a skill mastered, the next item of the skill that the student had not seen:"
    )?;
    for (rule, found) in whole.mastery {
        let next = found.next_unseen.map_or("-".into(), |next| {
            format!(
                "{:.3} [{:.3}, {:.3}] right",
                next.value, next.low, next.high
            )
        });
        writeln!(
            out,
            "  {rule:<30} {next}; {} of {} called, after {:.1} answers",
            count(found.called),
            count(found.followed),
            found.answers_to_call
        )?;
    }
    Ok(())
}

fn interval(one: Interval) -> Value {
    json!({"value": one.value, "low": one.low, "high": one.high})
}

fn figures(one: &Figures) -> Value {
    json!({"rows": one.count, "auc": one.auc, "rmse": one.rmse, "log_loss": one.log_loss, "ece": one.ece, "ece_by_chance": one.ece_by_chance})
}

fn four(of: [Interval; 4]) -> Value {
    let [auc, rmse, loss, ece] = of.map(interval);
    json!({"auc": auc, "rmse": rmse, "log_loss": loss, "ece": ece})
}

fn one_report(report: &Report) -> Value {
    let bands: Vec<Value> = report
        .bands
        .iter()
        .map(|band| {
            json!({"from": band.from, "to": band.to, "bias": band.bias, "figures": figures(&band.figures)})
        })
        .collect();
    let bins: Vec<Value> = report
        .bins
        .iter()
        .map(|bin| json!({"rows": bin.count, "predicted_sum": bin.predicted, "right": bin.right}))
        .collect();
    json!({
        "model": report.subject.name(),
        "figures": figures(&report.doubted.figures),
        "intervals": four(report.doubted.intervals),
        "differences_to_first": four(report.doubted.differences),
        "positions": bands,
        "first_on_skill": report.first.as_ref().map(figures),
        "skills": {"with_200": report.skills.skills, "within_band": report.skills.within, "worst_gap": report.skills.worst},
        "reliability": bins,
        "fit_cpu_s": report.cost.fit.as_secs_f64(),
        "predict_ns_a_row": nanos_a_row(report),
        "peak_bytes": report.cost.peak_bytes,
        "added_bytes": added(&report.cost),
        "checks": report.checks.map(|checks| json!({
            "passed": checks.passed(),
            "shuffled_auc": checks.shuffled_auc,
            "shuffled_room": checks.shuffled_room,
            "compared": checks.compared,
            "changed_with_later_answers": checks.changed,
        })),
    })
}

pub(crate) fn json(out: &mut impl Write, whole: &Whole<'_>) -> io::Result<()> {
    let mastery: Vec<Value> = whole
        .mastery
        .iter()
        .map(|(rule, found)| {
            json!({
                "rule": rule,
                "followed": found.followed,
                "called": found.called,
                "answers_to_call": found.answers_to_call,
                "next_unseen_right": found.next_unseen.map(interval),
            })
        })
        .collect();
    let all = json!({
        "file": whole.answers.to_json(),
        "split": whole.folds.words,
        "models": whole.reports.iter().map(one_report).collect::<Vec<_>>(),
        "after_mastery": mastery,
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)
}

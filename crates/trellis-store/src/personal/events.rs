//! Every field of every kind of event: what it holds about the person in whose record it stands.

use super::kinds::Kind;

/// A field of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventField {
    /// Its name.
    pub name: &'static str,
    /// What it holds; `None` for the id of a class or a choice of content, which speak of no learner.
    pub kind: Option<Kind>,
    /// The names inside it, where it has some.
    pub parts: &'static [&'static str],
}

/// A kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventKind {
    /// The name, as the journal has it.
    pub name: &'static str,
    /// All of its fields, in order.
    pub fields: &'static [EventField],
}

const fn plain(name: &'static str, kind: Kind) -> EventField {
    let kind = Some(kind);
    EventField {
        name,
        kind,
        parts: &[],
    }
}

const fn of(name: &'static str, kind: Kind, parts: &'static [&'static str]) -> EventField {
    let kind = Some(kind);
    EventField { name, kind, parts }
}

const fn nobody(name: &'static str) -> EventField {
    EventField {
        name,
        kind: None,
        parts: &[],
    }
}

const LEARNER: EventField = plain("learner", Kind::Trace);
const ATTEMPT: EventField = plain("attempt", Kind::Answer);
const ANSWER: EventField = plain("answer", Kind::Answer);
const ITEM: EventField = plain("item", Kind::Answer);
const COMPETENCY: EventField = plain("competency", Kind::Answer);
const RESPONSE: EventField = plain("response", Kind::Answer);
const ELAPSED: EventField = plain("elapsed_ms", Kind::Answer);
const SAID_AT: EventField = plain("said_at", Kind::Answer);
const INDEX: EventField = plain("index", Kind::Answer);
const SCORE: EventField = of("score", Kind::Answer, &["right", "share", "mix_up"]);
const EVIDENCE: EventField = of(
    "evidence",
    Kind::Estimate,
    &[
        "guess",
        "slip",
        "difficulty",
        "hints",
        "earlier",
        "gap_s",
        "right",
    ],
);
const BELIEVED: &[&str] = &["known", "low", "high", "next_right"];
const BEFORE: EventField = of("before", Kind::Estimate, BELIEVED);
const AFTER: EventField = of("after", Kind::Estimate, BELIEVED);

const NOTE: EventField = plain("note", Kind::Class);

/// A question in full; nothing in it is about a person.
const fn question(name: &'static str) -> EventField {
    EventField {
        name,
        kind: None,
        parts: &["id", "competency", "level", "usual_seconds", "body"],
    }
}

const EVENTS: &[EventKind] = &[
    EventKind {
        name: "course-taken",
        fields: &[LEARNER, plain("course", Kind::Belonging)],
    },
    EventKind {
        name: "course-left",
        fields: &[LEARNER, plain("course", Kind::Belonging)],
    },
    EventKind {
        name: "advised",
        fields: &[
            LEARNER,
            of(
                "recommendation",
                Kind::Advice,
                &["stops", "considered", "state", "versions", "propensity"],
            ),
        ],
    },
    EventKind {
        name: "started",
        fields: &[
            LEARNER,
            ATTEMPT,
            ITEM,
            COMPETENCY,
            plain("purpose", Kind::Answer),
            plain("seed", Kind::Answer),
            plain("interest", Kind::Story),
            plain("among", Kind::Answer),
            plain("content", Kind::Answer),
        ],
    },
    EventKind {
        name: "hint-shown",
        fields: &[LEARNER, ATTEMPT, INDEX],
    },
    EventKind {
        name: "hint-answered",
        fields: &[
            LEARNER,
            ATTEMPT,
            INDEX,
            ANSWER,
            RESPONSE,
            plain("right", Kind::Answer),
            plain("problem", Kind::Answer),
        ],
    },
    EventKind {
        name: "responded",
        fields: &[
            LEARNER,
            ATTEMPT,
            ANSWER,
            ITEM,
            COMPETENCY,
            RESPONSE,
            SCORE,
            EVIDENCE,
            BEFORE,
            AFTER,
            plain("over", Kind::Answer),
            ELAPSED,
            SAID_AT,
        ],
    },
    EventKind {
        name: "handed-in",
        fields: &[
            LEARNER,
            ATTEMPT,
            ANSWER,
            ITEM,
            COMPETENCY,
            RESPONSE,
            plain("awaits", Kind::Answer),
            of(
                "circumstances",
                Kind::Estimate,
                &["guess", "slip", "difficulty", "hints", "earlier", "gap_s"],
            ),
            ELAPSED,
            SAID_AT,
        ],
    },
    EventKind {
        name: "scored",
        fields: &[
            LEARNER,
            ATTEMPT,
            ITEM,
            COMPETENCY,
            plain("points", Kind::Judgement),
            plain("most", Kind::Judgement),
            plain("comment", Kind::Judgement),
            of("score", Kind::Judgement, &["right", "share", "mix_up"]),
            EVIDENCE,
            BEFORE,
            AFTER,
        ],
    },
    EventKind {
        name: "score-undone",
        fields: &[
            LEARNER,
            ATTEMPT,
            COMPETENCY,
            plain("decision", Kind::Judgement),
            BEFORE,
            AFTER,
        ],
    },
    EventKind {
        name: "not-understood",
        fields: &[
            LEARNER,
            ATTEMPT,
            ANSWER,
            RESPONSE,
            plain("at", Kind::Answer),
            plain("problem", Kind::Answer),
        ],
    },
    EventKind {
        name: "revealed",
        fields: &[LEARNER, ATTEMPT, ITEM, COMPETENCY, EVIDENCE, BEFORE, AFTER],
    },
    EventKind {
        name: "mastered",
        fields: &[
            LEARNER,
            plain("competency", Kind::Estimate),
            plain("bound", Kind::Estimate),
            plain("opens", Kind::Estimate),
        ],
    },
    EventKind {
        name: "doubted",
        fields: &[LEARNER, plain("competency", Kind::Estimate)],
    },
    EventKind {
        name: "proof-begun",
        fields: &[LEARNER, COMPETENCY],
    },
    EventKind {
        name: "proof-ended",
        fields: &[
            LEARNER,
            COMPETENCY,
            plain("right", Kind::Answer),
            plain("done", Kind::Answer),
            plain("mastered", Kind::Estimate),
        ],
    },
    EventKind {
        name: "interest-chosen",
        fields: &[LEARNER, plain("interest", Kind::Story)],
    },
    EventKind {
        name: "directed",
        fields: &[
            LEARNER,
            of(
                "directive",
                Kind::Decision,
                &["id", "kind", "by", "at", "note"],
            ),
        ],
    },
    EventKind {
        name: "directive-undone",
        fields: &[LEARNER, plain("directive", Kind::Decision)],
    },
    EventKind {
        name: "felt",
        fields: &[
            LEARNER,
            plain("competency", Kind::Wish),
            plain("attempt", Kind::Wish),
            plain("felt", Kind::Wish),
        ],
    },
    EventKind {
        name: "mode-set",
        fields: &[
            LEARNER,
            plain("mode", Kind::Decision),
            plain("note", Kind::Decision),
        ],
    },
    EventKind {
        name: "class-opened",
        fields: &[nobody("section"), plain("until", Kind::Class)],
    },
    EventKind {
        name: "class-closed",
        fields: &[nobody("section")],
    },
    EventKind {
        name: "courses-chosen",
        fields: &[nobody("section"), nobody("courses")],
    },
    EventKind {
        name: "placement-begun",
        fields: &[
            LEARNER,
            plain("course", Kind::Answer),
            plain("seed", Kind::Answer),
        ],
    },
    EventKind {
        name: "placement-ended",
        fields: &[
            LEARNER,
            plain("course", Kind::Answer),
            plain("why", Kind::Answer),
            plain("asked", Kind::Answer),
            plain("known", Kind::Estimate),
        ],
    },
    EventKind {
        name: "placement-set",
        fields: &[LEARNER, plain("offered", Kind::Decision)],
    },
    EventKind {
        name: "consented",
        fields: &[
            LEARNER,
            plain("purpose", Kind::Consent),
            plain("allowed", Kind::Consent),
        ],
    },
    EventKind {
        name: "model-installed",
        fields: &[nobody("version"), nobody("hash")],
    },
    EventKind {
        name: "item-held",
        fields: &[nobody("item"), NOTE],
    },
    EventKind {
        name: "item-released",
        fields: &[nobody("item")],
    },
    EventKind {
        name: "finding-settled",
        fields: &[nobody("about"), nobody("seen"), nobody("how"), NOTE],
    },
    EventKind {
        name: "finding-reopened",
        fields: &[nobody("about"), nobody("rule")],
    },
    EventKind {
        name: "item-reported",
        fields: &[nobody("item"), NOTE],
    },
    EventKind {
        name: "item-revised",
        fields: &[
            question("before"),
            question("after"),
            plain("note", Kind::Class),
            nobody("undoes"),
        ],
    },
    EventKind {
        name: "rescored",
        fields: &[
            LEARNER,
            ITEM,
            COMPETENCY,
            plain("revision", Kind::Answer),
            plain("undoes", Kind::Answer),
            plain("answers", Kind::Answer),
            plain("better", Kind::Answer),
            plain("worse", Kind::Answer),
            plain("marks", Kind::Estimate),
            BEFORE,
            AFTER,
        ],
    },
    EventKind {
        name: "items-tagged",
        fields: &[nobody("tags")],
    },
    EventKind {
        name: "link-set",
        fields: &[nobody("first"), nobody("then"), nobody("holds"), NOTE],
    },
    EventKind {
        name: "item-published",
        fields: &[
            nobody("course"),
            nobody("item"),
            nobody("draft"),
            nobody("version"),
        ],
    },
    EventKind {
        name: "plan-noted",
        fields: &[LEARNER, plain("note", Kind::Plan)],
    },
    EventKind {
        name: "project-scored",
        fields: &[
            LEARNER,
            plain("project", Kind::Judgement),
            plain("title", Kind::Judgement),
            plain("criteria", Kind::Judgement),
            plain("comment", Kind::Judgement),
        ],
    },
    EventKind {
        name: "project-score-undone",
        fields: &[
            LEARNER,
            plain("project", Kind::Judgement),
            plain("decision", Kind::Judgement),
        ],
    },
];

/// All kinds of events.
#[must_use]
pub fn events() -> &'static [EventKind] {
    EVENTS
}

/// The kind of this name.
#[must_use]
pub fn event_kind(name: &str) -> Option<&'static EventKind> {
    EVENTS.iter().find(|kind| kind.name == name)
}

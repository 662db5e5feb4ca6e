//! The addresses of the application, read from its own source, so that no test forgets one.

use axum::http::Method;

use crate::school::School;

/// One address that answers to one method.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    pub(crate) method: Method,
    /// As the source writes it, with names in braces.
    pub(crate) pattern: String,
}

/// All addresses, in the order of the source.
pub(crate) fn all() -> Vec<Route> {
    let source = include_str!("../../src/routes.rs");
    let mut routes = Vec::new();
    for part in source.split(".route(").skip(1) {
        let part = part.trim_start().strip_prefix('"').expect("a literal path");
        let (pattern, handlers) = part.split_once('"').expect("the end of a path");
        let handlers = handlers.split(".fallback(").next().unwrap();
        for (call, method) in [("get(", Method::GET), ("post(", Method::POST)] {
            if handlers.contains(call) {
                routes.push(Route {
                    method,
                    pattern: pattern.to_owned(),
                });
            }
        }
    }
    assert!(routes.len() > 12, "the scan of routes.rs is broken");
    routes
}

/// A path of this pattern that leads somewhere in this school.
pub(crate) fn path(pattern: &str, school: &School) -> String {
    let (learner, section) = (school.learner.to_string(), school.section.to_string());
    let parts: Vec<String> = pattern
        .split('/')
        .map(|part| match part {
            "{code}" => school.code.clone(),
            "{learner}" | "{person}" => learner.clone(),
            "{section}" => section.clone(),
            "{id}" if pattern.contains("learner") => learner.clone(),
            "{attempt}" => school.attempt.to_string(),
            "{seq}" | "{decision}" => school.decision.to_string(),
            "{course}" => crate::school::COURSE.to_owned(),
            "{survey}" => school.survey.to_string(),
            "{item}" => school.item.clone(),
            "{draft}" => crate::school::DRAFT.to_string(),
            "{competency}" => school.store.catalog().courses()[0]
                .sequence()
                .next()
                .map_or_else(String::new, ToString::to_string),
            "{place}" => "0".to_owned(),
            "{name}" => "trellis.css".to_owned(),
            "{file}" => crate::school::picture(),
            other => other.trim_matches(['{', '}']).to_owned(),
        })
        .collect();
    parts.join("/")
}

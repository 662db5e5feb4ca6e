//! A school's first minute of the day: everybody's badge is scanned, the button pressed, the day read, all at once. Badges
//! are made and classes opened by the teacher's own pages.

use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use trellis_core::id::{PersonId, SectionId};

use super::crowd::crowd;
use super::http::Browser;
use super::page::tags_with;
use super::practice::{expect, sign_in};

/// What came of it.
#[derive(Debug)]
pub(super) struct Storm {
    /// From the first scan to the last day that was read.
    pub(super) wall: Duration,
    /// How long each learner waited, from the scan to the day; shortest first.
    pub(super) waits: Vec<Duration>,
}

/// Opens the classes and prints a badge for each of their learners; what the badges say.
pub(super) fn print_badges(
    address: SocketAddr,
    teacher: PersonId,
    sections: &[SectionId],
) -> Result<Vec<String>, Box<dyn Error>> {
    let printed = crowd(address, 2, sections, |browser, section| {
        // A sign-in for each class: nobody asks for as much in so short a time by one.
        let teacher = sign_in(browser, teacher)?;
        let minutes = [("minutes".to_owned(), "60".to_owned())];
        let opened = browser.post(&format!("/teach/{section}/open"), &teacher.cookie, &minutes)?;
        expect(opened.status, 303, "opening a class")?;
        let path = format!("/teach/{section}/badges");
        let list = browser.get(&path, &teacher.cookie)?;
        expect(list.status, 200, "who has a badge")?;
        let mut form = vec![("do".to_owned(), "print".to_owned())];
        let learners = tags_with(&list.text(), "input", "name", "learner");
        form.extend(learners.into_iter().map(|id| ("learner".to_owned(), id)));
        let sheet = browser.post(&path, &teacher.cookie, &form)?;
        expect(sheet.status, 200, "printing badges")?;
        let text = sheet.text();
        let letters = text.split("<p class=\"badgeletters\">").skip(1);
        let letters = letters.filter_map(|rest| rest.split_once('<'));
        Ok(letters
            .map(|(letters, _)| letters.replace(' ', ""))
            .collect::<Vec<_>>())
    })?;
    Ok(printed.into_iter().flatten().collect())
}

/// Everybody comes in at once.
pub(super) fn come_in(
    address: SocketAddr,
    connections: usize,
    badges: &[String],
) -> Result<Storm, Box<dyn Error>> {
    let begun = Instant::now();
    let mut waits = crowd(address, connections, badges, |browser, badge| {
        let begun = Instant::now();
        enter(browser, badge)?;
        Ok(begun.elapsed())
    })?;
    let wall = begun.elapsed();
    waits.sort_unstable();
    Ok(Storm { wall, waits })
}

fn enter(browser: &mut Browser, badge: &str) -> Result<(), Box<dyn Error>> {
    let scanned = browser.get(&format!("/badge/{badge}"), "")?;
    expect(scanned.status, 200, "scanning a badge")?;
    let reply = browser.post("/badge", "", &[("badge".to_owned(), badge.to_owned())])?;
    expect(reply.status, 303, "a badge")?;
    // One that does not fit leads back to where it is typed, without a cookie.
    let cookie = reply.cookie.ok_or("a badge let nobody in")?;
    let today = browser.get("/today", &cookie)?;
    expect(today.status, 200, "the day")
}

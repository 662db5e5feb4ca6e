//! The log: one line on standard error for each thing that went wrong or is worth knowing, for people or for programs.
//! No personal data goes here.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Whether lines are JSON. For the whole process, as standard error is.
static JSON: AtomicBool = AtomicBool::new(false);

/// From now on each line is a JSON object with `at_ms`, `level` and `message`. A panic is one too, and tells its place
/// alone: what it says may hold what somebody typed.
pub fn as_json() {
    JSON.store(true, Ordering::Relaxed);
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| {
            format!(" at {}:{}", place.file(), place.line())
        });
        error(&format!("a mistake of the program{place}"));
    }));
}

/// Writes down what failed, once.
pub fn error(message: &str) {
    write("error", message);
}

/// Writes down what is worth knowing.
pub fn note(message: &str) {
    write("info", message);
}

fn write(level: &str, message: &str) {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    let line = line(JSON.load(Ordering::Relaxed), now, level, message);
    // When even the log cannot be written there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn line(json: bool, now_ms: u128, level: &str, message: &str) -> String {
    if json {
        serde_json::json!({ "at_ms": now_ms, "level": level, "message": message }).to_string()
    } else if level == "error" {
        format!("error: {message}")
    } else {
        message.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_is_one_line_whatever_the_message() {
        let full = "the disk is full";
        assert_eq!(line(false, 7, "error", full), "error: the disk is full");
        assert_eq!(line(false, 7, "info", full), full);
        let json = line(true, 7, "error", "a \"quote\"\nand a line");
        assert!(!json.contains('\n'));
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["message"], "a \"quote\"\nand a line");
        assert_eq!(read["at_ms"], 7);
        assert_eq!(read["level"], "error");
    }
}

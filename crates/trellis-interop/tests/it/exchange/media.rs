//! Pictures and sounds: cleaned, named by what is in them, carried in and out; what cannot be kept holds its question back.

use trellis_core::item::ItemBody;
use trellis_core::item::markup::{is_media, media_names};
use trellis_interop::anki;
use trellis_interop::bank::{Bank, Sourced, bank};
use trellis_interop::package::media::{self, MediaKind};
use trellis_interop::package::{Shelf, base64};
use trellis_interop::qti::{self, Version};
use trellis_interop::question::{Question, from_item};
use trellis_interop::{cartridge, moodle, perseus};

use super::{about, hash, samples};

#[test]
fn nothing_tells_where_a_picture_was_taken() {
    for (bytes, kind, stays) in [
        (samples::png(), MediaKind::Png, &b"pixels"[..]),
        (
            samples::jpeg(),
            MediaKind::Jpeg,
            b"\x01\x02\xff\0\x03\xff\xd0\x04\xff\xd9",
        ),
        (samples::gif(), MediaKind::Gif, b"NETSCAPE2.0"),
        (samples::webp(), MediaKind::WebP, b"VP8L"),
        (samples::wav(), MediaKind::Wav, b"\x01\x02\x03"),
        (samples::mp3(), MediaKind::Mp3, b"\xff\xfb\x90"),
        (samples::SVG.into(), MediaKind::Svg, b"M0 0h9"),
    ] {
        let has = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
        assert!(has(&bytes, b"SECRET"), "{kind:?}");
        let (read, kept, _) = media::checked("f", &bytes).expect("it can be kept");
        assert_eq!(read, kind);
        assert!(!has(&kept, b"SECRET"), "{}", String::from_utf8_lossy(&kept));
        assert!(has(&kept, stays), "{kind:?}");
        // Cleaned once, it is clean.
        assert_eq!(media::checked("f", &kept).expect("again").1, kept);
    }
    // A picture that a phone wrote on its side stays on its side.
    let (_, kept, _) = media::checked("f", &samples::jpeg()).unwrap();
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06";
    assert!(kept.windows(exif.len()).any(|w| w == exif));
}

#[test]
fn what_is_damaged_or_too_large_is_refused() {
    let mut wide = samples::png();
    wide[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
    assert_eq!(
        media::checked("f", &wide).unwrap_err().rule,
        "media-damaged"
    );
    for whole in [
        samples::png(),
        samples::jpeg(),
        samples::gif(),
        samples::webp(),
        samples::wav(),
    ] {
        let (_, clean, _) = media::checked("f", &whole).unwrap();
        for end in 12..clean.len() {
            // A cut is refused or leaves something that is clean in itself.
            if let Ok((_, kept, _)) = media::checked("f", &clean[..end]) {
                assert_eq!(media::checked("f", &kept).unwrap().1, kept);
            }
        }
    }
    for svg in [
        "<svg><image href='file:///etc/passwd'/></svg>",
        "<svg><rect style='fill:url(#a);background:url(http://x)'/></svg>",
        "<svg><style>@import 'http://x';</style></svg>",
        "<svg><use href='http://x#y'/></svg>",
    ] {
        let (_, kept, findings) = media::checked("f", svg.as_bytes()).unwrap();
        assert_eq!(findings[0].rule, "svg-address", "{svg}");
        let kept = String::from_utf8(kept).unwrap();
        assert!(!kept.contains("http:") && !kept.contains("file:"), "{kept}");
    }
    let runs = "<svg><animate attributeName='href' to='javascript:x'/></svg>";
    assert_eq!(
        media::checked("f", runs.as_bytes()).unwrap_err().rule,
        "svg-script"
    );
}

fn item(inside: &str) -> String {
    samples::QTI_CHOICE.replace("<p>Which", &format!("<p>{inside} Which"))
}

fn package(inside: &str) -> Vec<(String, Vec<u8>)> {
    vec![
        ("img/a cat.png".to_string(), samples::png()),
        ("img/b.svg".to_string(), samples::SVG.into()),
        ("img/c.mp3".to_string(), samples::mp3()),
        ("img/film.mp4".to_string(), b"\0\0\0\x18ftypmp42".to_vec()),
        ("items/i.xml".to_string(), item(inside).into_bytes()),
    ]
}

fn read(files: &[(String, Vec<u8>)]) -> Bank {
    let read = qti::bank::read(files);
    bank(
        &about("qti"),
        read.questions,
        read.findings,
        &Shelf::new(files, hash),
    )
}

fn stem(bank: &Bank) -> &str {
    let ItemBody::Fixed(fixed) = &bank.items[0].body else {
        panic!("a template")
    };
    &fixed.presentation.stem
}

#[test]
fn pictures_and_sounds_come_along() {
    let all = r#"<img src="../img/a%20cat.png" alt="A cat on a $5 note"/><img src="../img/b.svg" alt=""/>
        <object data="../img/c.mp3" type="audio/mpeg"/>"#;
    let bank = read(&package(all));
    assert_eq!(bank.items.len(), 1, "{:?}", bank.findings);
    let names = media_names(stem(&bank));
    assert_eq!(names.len(), 3, "{}", stem(&bank));
    assert!(names.iter().all(|name| is_media(name)));
    assert!(
        stem(&bank).starts_with("![A cat on a $5 note]("),
        "{}",
        stem(&bank)
    );
    assert_eq!(bank.media.len(), 3);
    assert!(
        bank.media
            .iter()
            .all(|one| one.name.starts_with(&hash(&one.bytes)))
    );
    // Out to every version and in again: the same text, the same bytes.
    let question = from_item(&bank.items[0], 1).expect("a counterpart");
    let kept = |name: &str| {
        let found = bank.media.iter().find(|one| one.name == name)?;
        Some(found.bytes.clone())
    };
    for version in Version::ALL {
        let files = qti::package::files("B", "en", std::slice::from_ref(&question), version, &kept);
        let again = read(&files);
        assert_eq!(again.findings, []);
        assert_eq!(stem(&again), stem(&bank));
        assert_eq!(again.media, bank.media);
    }
    let (text, findings) = moodle::write(std::slice::from_ref(&question), &kept);
    assert_eq!(findings, []);
    assert!(text.contains("@@PLUGINFILE@@/") && !text.contains("media:"));
    let (questions, _) = moodle::read("f", text.as_bytes());
    let again = sourced("moodle", questions, &Shelf::empty(hash));
    assert_eq!(stem(&again), stem(&bank));
    assert_eq!(again.media, bank.media);
    let (cards, _) = anki::cards(std::slice::from_ref(&question));
    assert_eq!(cards[0].media.len(), 3);
    assert!(cards[0].front.contains("[sound:") && !cards[0].front.contains("media:"));
}

fn sourced(format: &str, questions: Vec<Question>, shelf: &Shelf) -> Bank {
    let sourced = questions.into_iter().map(|question| Sourced {
        file: "f".into(),
        question,
    });
    bank(&about(format), sourced.collect(), Vec::new(), shelf)
}

#[test]
fn what_is_not_there_or_not_described_holds_the_question_back() {
    for (inside, rule) in [
        (r#"<img src="../img/none.png" alt="x"/>"#, "picture"),
        (r#"<img src="../../img/a.png" alt="x"/>"#, "picture"),
        (
            r#"<img src="https://example.org/a.png" alt="x"/>"#,
            "picture",
        ),
        (r#"<img src="//example.org/a.png" alt="x"/>"#, "picture"),
        (r#"<img src="../img/a%20cat.png"/>"#, "no-alt"),
        (
            r#"<object data="../img/film.mp4" type="audio/mp4"/>"#,
            "picture",
        ),
        (r#"<img src="../img/c.mp3" alt="x"/>"#, "media-type"),
    ] {
        let bank = read(&package(inside));
        assert!(bank.items.is_empty(), "{inside}");
        assert!(
            bank.findings.iter().any(|one| one.rule == rule),
            "{inside}: {:?}",
            bank.findings
        );
        assert!(bank.media.is_empty());
    }
}

#[test]
fn moodle_cartridges_anki_and_perseus_bring_theirs() {
    let coded = base64::encode(&samples::png());
    let text = samples::MOODLE.replace(
        "<text><![CDATA[<p>Which is",
        &format!("<file name=\"p.png\" path=\"/\" encoding=\"base64\">{coded}</file><text><![CDATA[<p><img src=\"@@PLUGINFILE@@/p.png\" alt=\"Bars\">Which is"),
    );
    let (questions, _) = moodle::read("f", text.as_bytes());
    let moodle = sourced("moodle", questions, &Shelf::empty(hash));
    assert_eq!(moodle.media.len(), 1, "{:?}", moodle.findings);
    assert!(stem(&moodle).starts_with("![Bars]("));

    let text = samples::CARTRIDGE.replace(
        "&lt;p&gt;Which",
        "&lt;p&gt;&lt;img alt=\"A bat\" src=\"$IMS-CC-FILEBASE$/pics/bat.png\"&gt;Which",
    );
    let files = vec![
        ("q/a.xml".to_string(), text.into_bytes()),
        ("web_resources/pics/bat.png".to_string(), samples::png()),
    ];
    let (_, questions, findings) = cartridge::read(&files);
    let cartridge = bank(
        &about("cartridge"),
        questions,
        findings,
        &Shelf::new(&files, hash),
    );
    assert!(
        stem(&cartridge).starts_with("![A bat]("),
        "{:?}",
        cartridge.findings
    );

    let note = anki::Note {
        id: 1,
        model: 1,
        tags: String::new(),
        fields: vec![
            "[sound:moo.mp3]<img src='cow.gif' alt='?'> Who?".into(),
            "cow".into(),
        ],
    };
    let (questions, _) = anki::questions("c", "{}", &[note]);
    let files = vec![
        ("0".to_string(), samples::gif()),
        ("1".to_string(), samples::mp3()),
        (
            "media".to_string(),
            br#"{"0": "cow.gif", "1": "moo.mp3"}"#.to_vec(),
        ),
    ];
    let deck = sourced("anki", questions, &Shelf::new(&anki::media(&files), hash));
    assert_eq!(deck.media.len(), 2, "{:?}", deck.findings);
    assert_eq!(media_names(stem(&deck)).len(), 2);

    let text = samples::PERSEUS.replace("What is", "![Three rows]($LOCAL/images/r.png) What is");
    let text = text.replace("$LOCAL", "${☣ LOCALPATH}");
    let (questions, findings) = perseus::read("f", text.as_bytes());
    assert_eq!(findings, []);
    let files = vec![("images/r.png".to_string(), samples::png())];
    let rows = sourced("perseus", questions, &Shelf::new(&files, hash));
    assert!(
        stem(&rows).starts_with("![Three rows]("),
        "{:?}",
        rows.findings
    );
    let elsewhere = text.replace("${☣ LOCALPATH}", "https://example.org");
    let (questions, _) = perseus::read("f", elsewhere.as_bytes());
    let none = sourced("perseus", questions, &Shelf::new(&files, hash));
    assert_eq!(none.findings[0].rule, "picture");
}

//! The security floor: headers, origins, cookies, limits, who gets which page, and 100,000 malformed requests.

use std::fmt::Write as _;
use std::path::Path;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use trellis_core::id::PersonId;

use crate::routes::{self, path};
use crate::school::{School, request, request_with_file};

/// Everybody who may ask, with the name that the golden table has for them.
fn roles(school: &School) -> [(&'static str, Option<PersonId>); 6] {
    [
        ("nobody", None),
        ("learner", Some(school.learner)),
        ("teacher", Some(school.teacher)),
        ("guardian", Some(school.guardian)),
        ("leader", Some(school.leader)),
        ("operator", Some(school.operator)),
    ]
}

async fn cookies(school: &School) -> Vec<(&'static str, Option<String>)> {
    let mut cookies = Vec::new();
    for (name, person) in roles(school) {
        let cookie = match person {
            Some(person) => Some(school.sign_in(person).await),
            None => None,
        };
        cookies.push((name, cookie));
    }
    cookies
}

#[tokio::test]
async fn every_reply_carries_the_headers() {
    let school = School::open();
    school.open_class();
    let cookies = cookies(&school).await;
    let mut paths: Vec<(Method, String)> = routes::all()
        .into_iter()
        .map(|route| (route.method, path(&route.pattern, &school)))
        .collect();
    paths.push((Method::GET, "/no/such/page".to_owned()));
    paths.push((Method::DELETE, "/sign-in".to_owned()));
    paths.push((Method::GET, "/assets/none.css".to_owned()));
    for (method, path) in paths {
        for (name, cookie) in &cookies {
            let request = request(method.clone(), &path, cookie.as_deref(), Body::empty());
            let reply = school.send(request).await;
            let csp = reply.header("content-security-policy");
            if path.starts_with("/media/") && reply.status == 200 {
                assert!(csp.starts_with("default-src 'none'; ") && csp.contains("; sandbox; "));
                assert!(!csp.contains("script") && csp.contains("frame-ancestors 'none'"));
                assert_eq!(reply.header("x-content-type-options"), "nosniff");
                assert_eq!(reply.header("content-type"), "image/gif");
                assert_eq!(
                    reply.header("cache-control"),
                    "private, max-age=31536000, immutable"
                );
                continue;
            }
            for rule in [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "require-trusted-types-for 'script'",
            ] {
                assert!(csp.contains(rule), "{method} {path} as {name}: {csp}");
            }
            assert!(!csp.contains("unsafe"), "{csp}");
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert_eq!(reply.header("referrer-policy"), "same-origin");
            assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin");
            if !reply.header("cache-control").contains("immutable") {
                assert_eq!(reply.header("cache-control"), "no-store", "{path}");
            }
            let body = reply.body.to_lowercase();
            for inline in [
                " style=",
                "<style",
                "<script>",
                " onclick=",
                " onload=",
                "javascript:",
            ] {
                assert!(!body.contains(inline), "{path} as {name} has {inline}");
            }
            assert!(
                reply.status.as_u16() < 500,
                "{method} {path}: {}",
                reply.status
            );
        }
    }
}

#[tokio::test]
async fn no_other_site_changes_anything() {
    let school = School::open();
    school.open_class();
    let cookies = cookies(&school).await;
    for route in routes::all() {
        if route.method != Method::POST {
            continue;
        }
        let path = path(&route.pattern, &school);
        for (name, cookie) in &cookies {
            for (header, value) in [
                ("origin", "https://elsewhere.example"),
                ("origin", "null"),
                ("origin", "http://school.test.elsewhere.example"),
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("sec-fetch-site", "none"),
            ] {
                let mut request = request(Method::POST, &path, cookie.as_deref(), Body::empty());
                request.headers_mut().insert(header, value.parse().unwrap());
                let reply = school.send(request).await;
                assert_eq!(
                    reply.status,
                    StatusCode::FORBIDDEN,
                    "{path} as {name}: {value}"
                );
                assert_eq!(reply.cookie(), None);
            }
        }
    }
    // Nobody was signed out by all that.
    for (name, cookie) in &cookies[1..] {
        let home = school.get("/", cookie.as_deref()).await;
        assert_ne!(home.to(), "/sign-in", "{name}");
    }
}

#[tokio::test]
async fn the_cookie_is_closed_to_scripts_other_sites_and_plain_connections() {
    let school = School::open();
    let form = format!("person={}", school.learner);
    let reply = school.post("/sign-in/demo", None, &form).await;
    let set = reply.header("set-cookie");
    assert!(set.starts_with("__Host-trellis="), "{set}");
    for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.to_lowercase().contains("domain="), "{set}");
    let other = school.post("/sign-in/demo", None, &form).await;
    assert_ne!(
        set,
        other.header("set-cookie"),
        "each sign-in has its own token"
    );
    // Signing in again on the same device ends what was before.
    let first = reply.cookie().unwrap();
    school.post("/sign-in/demo", Some(&first), &form).await;
    assert_eq!(school.get("/", Some(&first)).await.to(), "/sign-in");
}

/// Addresses that read no form.
const WITHOUT_FORM: [&str; 10] = [
    "/sign-in/passkey/begin",
    "/sign-out",
    "/account/end",
    "/practice/{attempt}/solution",
    "/placement/{course}",
    "/placement/{course}/end",
    "/teach/{section}/close",
    "/survey/{survey}/later",
    "/portfolio/{artifact}/drop",
    "/projects/{project}/keep",
];

/// Those that take a file.
const WITH_FILE: [&str; 3] = [
    "/practice/{attempt}/file",
    "/portfolio",
    "/projects/{project}/hand-in",
];

#[tokio::test]
async fn what_is_too_long_is_refused() {
    let school = School::open();
    school.open_class();
    let cookies = cookies(&school).await;
    let long = format!("text={}", "a".repeat(70_000));
    let file = vec![b'a'; 6_100_000];
    for route in routes::all() {
        if route.method != Method::POST || WITHOUT_FORM.contains(&route.pattern.as_str()) {
            continue;
        }
        let path = path(&route.pattern, &school);
        let mut refused = false;
        let takes_file = WITH_FILE.contains(&route.pattern.as_str());
        for (_, cookie) in &cookies {
            let cookie = cookie.as_deref();
            let reply = if takes_file {
                school.send(request_with_file(&path, cookie, &file)).await
            } else {
                school.post(&path, cookie, &long).await
            };
            refused |= reply.status == StatusCode::PAYLOAD_TOO_LARGE;
            assert!(!reply.status.is_success(), "{path}: {}", reply.status);
        }
        assert!(refused, "{path} reads any length");
    }
}

#[tokio::test]
async fn who_gets_which_page_is_as_agreed() {
    let school = School::open();
    school.open_class();
    let cookies = cookies(&school).await;
    let mut table = String::new();
    for route in routes::all() {
        if route.method != Method::GET {
            continue;
        }
        write!(table, "{}:", route.pattern).unwrap();
        let path = path(&route.pattern, &school);
        for (name, cookie) in &cookies {
            let reply = school.get(&path, cookie.as_deref()).await;
            write!(table, " {name} {}", reply.status.as_u16()).unwrap();
        }
        table.push('\n');
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/routes.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, &table).unwrap();
    }
    let agreed = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        table, agreed,
        "read the difference; when it is right, run again with UPDATE_GOLDEN=1"
    );
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed gives the same requests.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let length = self.below(most + 1);
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

/// Texts that have broken something somewhere.
const NASTY: [&str; 16] = [
    "%00",
    "%ff%fe",
    "..",
    "%2e%2e%2f",
    "99999999999999999999999999",
    "-1",
    "00000000000000000000000000000000",
    "ffffffffffffffffffffffffffffffff",
    "%27%3B--",
    "%3Cscript%3E",
    "%E2%80%AE",
    "NaN",
    "1e309",
    "((((((((((((((((((((((((((((((((",
    "%F0%9F%8C%B1",
    "",
];
/// Names of fields that some form has.
const FIELDS: [&str; 26] = [
    "person",
    "code",
    "first",
    "second",
    "third",
    "login",
    "password",
    "text",
    "answer",
    "competency",
    "purpose",
    "item",
    "interest",
    "kind",
    "choice",
    "seen",
    "card",
    "reason",
    "minutes",
    "directive",
    "note",
    "elapsed_ms",
    "point",
    "sort",
    "unit",
    "order",
];

/// Builds requests that are wrong in one way or many.
struct Malformed {
    chance: Chance,
    routes: Vec<routes::Route>,
    values: Vec<String>,
    cookies: Vec<String>,
}

impl Malformed {
    fn path(&mut self, school: &School) -> (Method, String) {
        let at = self.chance.below(self.routes.len());
        let route = self.routes[at].clone();
        let mut path = path(&route.pattern, school);
        if self.chance.one_in(3) {
            let mut parts: Vec<&str> = path.split('/').collect();
            let at = self.chance.below(parts.len());
            let new = self.value();
            parts[at] = &new;
            path = parts.join("/");
        }
        if !path.starts_with('/') {
            path.insert(0, '/');
        }
        if self.chance.one_in(4) {
            path.push('?');
            path.push_str(&self.form());
        }
        let method = if self.chance.one_in(8) {
            let methods = [
                Method::PUT,
                Method::DELETE,
                Method::OPTIONS,
                Method::HEAD,
                Method::PATCH,
                Method::POST,
                Method::GET,
            ];
            self.chance.pick(&methods).clone()
        } else {
            route.method
        };
        (method, path)
    }

    fn value(&mut self) -> String {
        match self.chance.below(3) {
            0 => (*self.chance.pick(&NASTY)).to_owned(),
            1 => {
                let at = self.chance.below(self.values.len());
                self.values[at].clone()
            }
            _ => self
                .chance
                .bytes(12)
                .iter()
                .map(|byte| format!("%{byte:02x}"))
                .collect(),
        }
    }

    fn form(&mut self) -> String {
        let count = self.chance.below(6);
        let pairs: Vec<String> = (0..count)
            .map(|_| {
                let name = *self.chance.pick(&FIELDS);
                format!("{name}={}", self.value())
            })
            .collect();
        pairs.join("&")
    }

    fn body(&mut self) -> Vec<u8> {
        match self.chance.below(40) {
            0 => vec![b'a'; 66_000],
            1..=9 => self.chance.bytes(300),
            10..=14 => b"{\"learner\":1}".to_vec(),
            15..=17 => Vec::new(),
            _ => self.form().into_bytes(),
        }
    }

    fn request(&mut self, school: &School) -> Request<Body> {
        let (method, path) = self.path(school);
        let mut request = Request::builder().method(method).uri(&path);
        if !self.chance.one_in(20) {
            request = request.header(header::HOST, "school.test");
        }
        match self.chance.below(12) {
            0 => request = request.header(header::CONTENT_TYPE, "application/json"),
            1 => request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x"),
            2 => {}
            _ => {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            }
        }
        match self.chance.below(8) {
            0 => {
                let line = self.chance.bytes(60);
                request = request.header(header::COOKIE, header_value(&line));
            }
            1 => {
                request = request.header(header::COOKIE, "__Host-trellis=zz; __Host-trellis=;;;===")
            }
            2 => {}
            _ => {
                let cookie = self.chance.pick(&self.cookies).clone();
                request = request.header(header::COOKIE, cookie);
            }
        }
        if self.chance.one_in(30) {
            let origin = self.chance.bytes(20);
            request = request.header(header::ORIGIN, header_value(&origin));
        }
        if self.chance.one_in(10) {
            request = request.header(header::ACCEPT_ENCODING, "gzip, br;q=x, *");
        }
        let body = self.body();
        request.body(Body::from(body)).unwrap_or_default()
    }
}

/// Any bytes that a header may hold.
fn header_value(bytes: &[u8]) -> axum::http::HeaderValue {
    let bytes: Vec<u8> = bytes.iter().map(|byte| byte | 0x80).collect();
    axum::http::HeaderValue::from_bytes(&bytes).unwrap()
}

/// How many requests run at once.
const AT_ONCE: usize = 250;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_malformed_requests_break_nothing() {
    let total = std::env::var("TRELLIS_MALFORMED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000_usize);
    let school = std::sync::Arc::new(School::open());
    school.open_class();
    let mut malformed = Malformed {
        chance: Chance(7),
        routes: routes::all(),
        values: vec![
            school.learner.to_string(),
            school.other_learner.to_string(),
            school.teacher.to_string(),
            school.section.to_string(),
            school.attempt.to_string(),
            school.code.clone(),
            "cat".to_owned(),
            "learn".to_owned(),
            "equal".to_owned(),
            "count-as-mastered".to_owned(),
            "3/4".to_owned(),
            "2".to_owned(),
        ],
        cookies: Vec::new(),
    };
    let mut statuses = std::collections::BTreeMap::new();
    let mut sent = 0;
    while sent < total {
        // Some requests sign people out, so everybody signs in anew now and then.
        if sent % (AT_ONCE * 8) == 0 {
            malformed.cookies.clear();
            for (_, cookie) in cookies(&school).await {
                malformed.cookies.extend(cookie);
            }
        }
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..AT_ONCE.min(total - sent) {
            let request = malformed.request(&school);
            let told = format!("{} {}", request.method(), request.uri());
            let school = std::sync::Arc::clone(&school);
            running.spawn(async move { (told, school.send(request).await) });
            sent += 1;
        }
        while let Some(done) = running.join_next().await {
            let (told, reply) = done.expect("no request panics");
            let status = reply.status.as_u16();
            assert!(
                status < 500 || status == 503,
                "{status} for {told}: {}",
                reply.body
            );
            assert!(
                !reply.header("content-security-policy").is_empty(),
                "{told}"
            );
            *statuses.entry(status).or_insert(0_u32) += 1;
        }
    }
    println!("{total} malformed requests: {statuses:?}");
    // The house still stands.
    assert_eq!(school.get("/sign-in", None).await.status, StatusCode::OK);
    let wrong: u32 = statuses
        .iter()
        .filter(|(status, _)| **status >= 400)
        .map(|(_, count)| count)
        .sum();
    assert!(
        usize::try_from(wrong).unwrap() * 3 > total,
        "most of them are refused: {statuses:?}"
    );
}

//! Languages as a browser meets them: asked for, chosen, kept on the device, and never a way to another site.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use trellis_web::words::Words;

use crate::school::{Reply, School, ask};

async fn get(school: &School, path: &str, headers: &[(header::HeaderName, &str)]) -> Reply {
    let request = headers
        .iter()
        .fold(Request::get(path), |request, (name, value)| {
            request.header(name, *value)
        });
    ask(&school.router, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_browser_is_answered_in_its_language_and_errors_too() {
    let school = School::with(true, Words::english());
    let spanish = [(header::ACCEPT_LANGUAGE, "es-MX,es;q=0.9,en;q=0.5")];
    let page = get(&school, "/sign-in", &spanish).await;
    assert!(
        page.body.contains("<html lang=\"es\" dir=\"ltr\">"),
        "{}",
        page.body
    );
    assert!(page.body.contains("Te damos la bienvenida a Trellis"));
    assert!(page.body.contains(">English</button>"), "the way back");
    let lost = get(&school, "/nowhere", &spanish).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.body.contains("Aquí no hay nada."), "{}", lost.body);
    assert!(lost.headers.contains_key(header::CONTENT_SECURITY_POLICY));
    let page = get(&school, "/sign-in", &[]).await;
    assert!(page.body.contains("<html lang=\"en\" dir=\"ltr\">"));
    assert!(
        page.body
            .contains("lang=\"es\" dir=\"ltr\">Español</button>")
    );
    let lost = get(&school, "/nowhere", &[]).await;
    assert!(
        lost.body.contains("There is nothing here."),
        "{}",
        lost.body
    );
}

#[tokio::test]
async fn what_is_chosen_holds_on_this_device_and_leads_back_to_the_page() {
    let school = School::with(true, Words::english());
    let choose = |language: &str| {
        Request::post("/language")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, "https://school.example/how?from=family")
            .body(Body::from(format!("language={language}")))
            .unwrap()
    };
    let reply = ask(&school.router, choose("es")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(reply.to(), "/how?from=family");
    let cookie = reply.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-trellis-language=es; Path=/; Secure; HttpOnly"),
        "{cookie}"
    );
    let chosen = [
        (header::COOKIE, "__Host-trellis-language=es"),
        (header::ACCEPT_LANGUAGE, "en-US,en"),
    ];
    let page = get(&school, "/how", &chosen).await;
    assert!(page.body.contains("Cómo decide Trellis"));
    for unknown in ["xx", "", "es%0d%0aX: y"] {
        let reply = ask(&school.router, choose(unknown)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{unknown}");
        assert!(!reply.headers.contains_key(header::SET_COOKIE));
    }
}

#[tokio::test]
async fn only_a_demonstration_turns_its_pages_around() {
    let chosen = [(header::COOKIE, "__Host-trellis-language=ar-XB")];
    for (demo, start) in [
        (true, "<html lang=\"ar-XB\" dir=\"rtl\">"),
        (false, "<html lang=\"en\" dir=\"ltr\">"),
    ] {
        let school = School::with(demo, Words::english());
        let page = get(&school, "/sign-in", &chosen).await;
        assert!(page.body.contains(start), "{start}");
    }
}

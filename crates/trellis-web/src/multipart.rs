//! Forms with a file in them (`multipart/form-data`, RFC 7578), read without trust from a body of limited size.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::StatusCode;
use trellis_core::refusal::Refusal;

use crate::error::PageError;

/// One field of such a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The name of the field.
    pub(crate) name: String,
    /// What it holds. What a file is called where it comes from is not looked at.
    pub(crate) bytes: Bytes,
}

/// The most fields that are read.
const MOST_PARTS: usize = 16;

/// The fields of a form.
pub(crate) async fn parts(
    form: Result<Multipart, MultipartRejection>,
) -> Result<Vec<Part>, PageError> {
    let mut form = form.map_err(|_| PageError::BadRequest)?;
    let mut out = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| refused(&error))? {
        if out.len() == MOST_PARTS {
            return Err(PageError::BadRequest);
        }
        out.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            bytes: field.bytes().await.map_err(|error| refused(&error))?,
        });
    }
    Ok(out)
}

fn refused(error: &MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLong.into(),
        _ => PageError::BadRequest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::extract::{FromRequest, Request};
    use axum::http::header::CONTENT_TYPE;

    /// The fields of a request with this body; `None` when it is no such form.
    async fn parts(kind: &str, body: &[u8]) -> Option<Vec<Part>> {
        let request = Request::builder().header(CONTENT_TYPE, kind);
        let request = request.body(Body::from(body.to_vec())).unwrap();
        super::parts(Multipart::from_request(request, &()).await)
            .await
            .ok()
    }

    const KIND: &str = "multipart/form-data; boundary=----x7";

    fn body(file: &[u8]) -> Vec<u8> {
        [
            &b"------x7\r\nContent-Disposition: form-data; name=\"answer\"\r\n\r\n12\r\n------x7\r\n"[..],
            b"Content-Disposition: form-data; name=\"file\"; filename=\"../a; name=b.png\"\r\nContent-Type: image/png\r\n\r\n",
            file,
            b"\r\n------x7--\r\n",
        ]
        .concat()
    }

    #[tokio::test]
    async fn fields_and_files_are_read() {
        let file = b"\x89PNG\r\n\r\n--\r\n------y7 \x00\xff";
        let body = body(file);
        let found = parts(KIND, &body).await.expect("a form");
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].name.as_str(), &found[0].bytes[..]),
            ("answer", &b"12"[..])
        );
        assert_eq!(
            (found[1].name.as_str(), &found[1].bytes[..]),
            ("file", &file[..])
        );
        let quoted = "multipart/form-data; boundary=\"----x7\"";
        assert_eq!(parts(quoted, &body).await.map(|parts| parts.len()), Some(2));
    }

    #[tokio::test]
    async fn what_is_no_form_is_none() {
        let whole = body(b"x");
        for kind in [
            "text/plain",
            "multipart/form-data",
            "multipart/mixed; boundary=----x7",
        ] {
            assert_eq!(parts(kind, &whole).await, None, "{kind}");
        }
        for end in 0..whole.len() - 4 {
            assert_eq!(parts(KIND, &whole[..end]).await, None, "{end}");
        }
        let many = [
            &b"------x7"[..],
            &b"\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n------x7".repeat(17),
            b"--",
        ]
        .concat();
        assert_eq!(parts(KIND, &many).await, None);
    }
}

//! When a page cannot be shown: the rules' refusal with its sentence, or a calm page when the world failed.

use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use trellis_core::refusal::Refusal;
use trellis_store::StoreError;
use trellis_store::read::ReadError;

/// Why a page cannot be shown.
#[derive(Debug)]
pub(crate) enum PageError {
    /// The rules say no.
    Refused(Refusal),
    /// The request cannot be read.
    BadRequest,
    /// There is a page at this address, but it takes no such request.
    WrongMethod,
    /// They have to set up a code beside their password before anything else.
    CodeFirst,
    /// A change that another site asked for.
    OtherSite,
    /// Too much is waiting, or the disk is full: come again.
    Busy,
    /// More requests than anybody makes by hand.
    TooFast,
    /// The request did not arrive, or was not done, in the time that there is.
    TooSlow,
    /// The world failed; it was logged.
    Failed,
}

impl PageError {
    /// Logs what went wrong, once, and becomes a calm page.
    pub(crate) fn failed(error: &dyn std::fmt::Display) -> Self {
        crate::log::error(&error.to_string());
        Self::Failed
    }

    /// No error where what was wanted is so already: sent twice, or a colleague was quicker.
    pub(crate) fn unless_already_so<T, E: Into<Self>>(result: Result<T, E>) -> Result<(), Self> {
        match result.map_err(Into::into) {
            Ok(_) | Err(Self::Refused(Refusal::AlreadySo)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl From<Refusal> for PageError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy | StoreError::DiskFull => Self::Busy,
            // Said in the log each time: somebody has to look at that disk.
            StoreError::Second { .. } => {
                crate::log::error(&error.to_string());
                Self::Busy
            }
            other => Self::failed(&other),
        }
    }
}

impl From<ReadError> for PageError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Refused(refusal) => Self::Refused(refusal),
            ReadError::Failed(error) => error.into(),
        }
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::failed(&error)
    }
}

impl From<FormRejection> for PageError {
    fn from(rejection: FormRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::Refused(Refusal::TooLong)
        } else {
            Self::BadRequest
        }
    }
}

impl From<PathRejection> for PageError {
    fn from(_: PathRejection) -> Self {
        Self::Refused(Refusal::NotFound)
    }
}

impl From<QueryRejection> for PageError {
    fn from(_: QueryRejection) -> Self {
        Self::BadRequest
    }
}

/// The key of the sentence of a page that could not be shown, until the page is written.
#[derive(Clone, Copy)]
pub(crate) struct Sentence(pub(crate) &'static str);

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, key) = match self {
            Self::Refused(Refusal::SignInFirst) => return Redirect::to("/sign-in").into_response(),
            Self::CodeFirst => return Redirect::to("/account/second").into_response(),
            Self::Refused(refusal) => (
                StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::FORBIDDEN),
                refusal.key(),
            ),
            Self::BadRequest => (StatusCode::BAD_REQUEST, "error-bad-request"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "error-bad-request"),
            Self::OtherSite => (StatusCode::FORBIDDEN, "error-other-site"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "error-busy"),
            Self::TooFast => (StatusCode::TOO_MANY_REQUESTS, "error-too-fast"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "error-too-slow"),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "error-failed"),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Sentence(key));
        if matches!(
            status,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
        ) {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

//! Serving: a listener that is already open, until somebody stops the process.

use std::io;
use std::net::TcpListener;

use crate::app::App;
use crate::routes::router;

/// Serves until the process is told to stop (Ctrl-C or SIGTERM); requests that have begun are finished first.
///
/// # Errors
/// When the runtime or the listener fails.
pub fn serve(app: App, listener: TcpListener) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router(app))
            .with_graceful_shutdown(told_to_stop())
            .await
    })
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            // Without the signal there is still Ctrl-C.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}

//! Commands that went in as one piece, and the waiting for their replies.

use std::sync::mpsc::Receiver;

use crate::batch::Reply;
use crate::error::StoreError;

/// The replies to commands that were given together, once they are there.
#[derive(Debug)]
pub struct Together {
    pub(crate) count: usize,
    pub(crate) replies: Receiver<(usize, Reply)>,
}

impl Together {
    /// Waits for the commit; the replies in the order of the commands.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the writer ended before it came to all of them.
    pub fn wait(self) -> Result<Vec<Reply>, StoreError> {
        let mut arrived: Vec<(usize, Reply)> = self.replies.into_iter().collect();
        if arrived.len() != self.count {
            return Err(StoreError::Busy);
        }
        arrived.sort_by_key(|(place, _)| *place);
        Ok(arrived.into_iter().map(|(_, reply)| reply).collect())
    }
}

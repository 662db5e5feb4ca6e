//! The audit of all content, made when somebody asks and kept for a while: it reads every first answer there is.

use std::sync::{Arc, Mutex, PoisonError};

use trellis_core::audit::{AuditFinding, ItemReport, audit_answers, audit_content, rank};
use trellis_core::id::Seq;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::error::StoreError;

/// For how long an audit is good while answers come in, in milliseconds.
const GOOD_FOR_MS: i64 = 15 * 60_000;

/// What an audit saw.
#[derive(Debug, Clone, PartialEq)]
pub struct Audited {
    /// The content that was looked at.
    pub content: u64,
    /// The journal up to here was read.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// How many first answers there were.
    pub first_answers: usize,
    /// What was found, the most harmful first.
    pub findings: Vec<AuditFinding>,
    /// The figures of items that got answers, by item.
    pub figures: Vec<ItemReport>,
}

/// The last audit.
#[derive(Debug, Default)]
pub(crate) struct LastAudit {
    made: Mutex<Option<Arc<Audited>>>,
    /// Held while one is made, so that two who ask do not both make it.
    making: Mutex<()>,
}

impl LastAudit {
    fn get(&self) -> Option<Arc<Audited>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.clone()
    }
}

impl Store {
    /// The last audit, when it still holds: of this content, and made lately or with no event since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn audit_at_hand(&self, now: Timestamp) -> Result<Option<Arc<Audited>>, StoreError> {
        let content = self.catalog().content();
        let Some(last) = self.last_audit.get() else {
            return Ok(None);
        };
        let late = last.at.plus_ms(GOOD_FOR_MS) < now;
        let good = last.content == content && (!late || last.seq == self.last_seq()?);
        Ok(good.then_some(last))
    }

    /// An audit that holds, made now if need be. It takes a while where there are many answers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn audited(&self, now: Timestamp) -> Result<Arc<Audited>, StoreError> {
        if let Some(last) = self.audit_at_hand(now)? {
            return Ok(last);
        }
        let making = self.last_audit.making.lock();
        let _making = making.unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have made it meanwhile.
        if let Some(last) = self.audit_at_hand(now)? {
            return Ok(last);
        }
        let (catalog, seq) = (self.catalog(), self.last_seq()?);
        let given = self.first_answers()?;
        let (mut findings, figures) = audit_answers(&catalog, &given);
        findings.extend(audit_content(&catalog));
        rank(&mut findings);
        let audited = Arc::new(Audited {
            content: catalog.content(),
            seq,
            at: now,
            first_answers: given.len(),
            findings,
            figures,
        });
        let made = self.last_audit.made.lock();
        *made.unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&audited));
        Ok(audited)
    }
}

//! What all parts of the lowering stand on.

use std::cell::RefCell;

use super::references::References;
use super::size::Size;
use crate::description::Description;
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;
use crate::source::Word;

/// The description, and what there is to say about it. All parts share it, and none has it for itself.
pub(crate) struct Ground<'a> {
    pub document: &'a Description,
    /// Where references lead.
    pub(super) references: References<'a>,
    pub(super) size: Size,
    report: RefCell<&'a mut Report>,
}

impl<'a> Ground<'a> {
    pub fn new(document: &'a Description, report: &'a mut Report) -> Self {
        let size = Size::limit_for(document);
        Self { document, references: References::default(), size, report: RefCell::new(report) }
    }

    pub fn push(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().push(diagnostic);
    }

    /// Whether a rule is only warned of.
    pub fn allows(&self, rule: Rule) -> bool {
        self.report.borrow().allows(rule)
    }

    /// Whose word a place is.
    pub fn word_at(&self, pointer: &str) -> Word {
        self.report.borrow().word_at(pointer)
    }
}

//! Where things are in the text of a description.

use crate::diagnostics::{Place, Report};
use crate::maps::HashMap;
use crate::positions::Positions;
use crate::source::Part;

use super::entry::Entry;

/// The places of some entries.
pub(super) struct Places<'a> {
    report: &'a Report,
    positions: HashMap<usize, Positions>,
}

impl<'a> Places<'a> {
    pub fn of<'e>(report: &'a Report, entries: impl Iterator<Item = &'e Entry<'e>>) -> Self {
        let mut wanted: HashMap<usize, Vec<String>> = HashMap::default();
        for entry in entries {
            let (file, pointer) = report.places.in_text(entry.origin.pointer());
            wanted.entry(file).or_default().push(pointer);
        }
        let positions = wanted.into_iter().filter_map(|(file, pointers)| {
            let pointers: Vec<_> = pointers.iter().map(String::as_str).collect();
            Some((file, report.sources().get(file)?.positions(&pointers)))
        });
        Self { report, positions: positions.collect() }
    }

    /// Where an entry is; the document as a whole is nowhere.
    pub fn at(&self, entry: &Entry<'_>) -> Option<Place> {
        let (file, pointer) = self.report.places.in_text(entry.origin.pointer());
        let source = self.report.sources().get(file).filter(|_| !pointer.is_empty())?;
        let span = self.positions.get(&file)?.span(&pointer, Part::Key)?;
        let (line, column) = source.line_column(span.start);
        Some(Place { file: source.name().into(), line, column, pointer })
    }
}

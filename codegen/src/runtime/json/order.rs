//! In which order members come.

/// Which field came behind which, in the objects that were read before. Servers mostly write the members of all
/// objects in one order, and mostly in that of the description.
#[derive(Default)]
pub(super) struct Order {
    /// By the number of a field, how many fields further on the next member was.
    steps: Vec<u16>,
}

impl Order {
    /// The field that is expected behind the one before `next`.
    pub(super) fn expected(&self, next: usize, fields: usize) -> usize {
        let step = self.steps.get(next).copied().unwrap_or_default();
        let expected = next + usize::from(step);
        if expected < fields { expected } else { expected - fields }
    }

    pub(super) fn learn(&mut self, next: usize, field: usize, fields: usize) {
        if self.steps.len() <= next {
            self.steps.resize(next + 1, 0);
        }
        let step = if field < next { field + fields - next } else { field - next };
        self.steps[next] = u16::try_from(step).unwrap_or_default();
    }
}

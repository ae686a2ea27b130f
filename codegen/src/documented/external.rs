//! Examples in files of their own, by `externalValue`.

use serde_json::Value;

use crate::parse::join;
use crate::places::Places;
use crate::pointer::percent_decode;
use crate::source::Source;

/// The files of a description, and where the parts of the document come from.
pub(crate) struct Files {
    sources: Vec<Source>,
    places: Places,
}

impl Files {
    pub fn of(sources: &[Source], places: &Places) -> Self {
        Self { sources: sources.to_vec(), places: places.clone() }
    }

    /// The JSON of the file that an address leads to which stands at a place of the document, and the file's name, if
    /// that is in the folder of the description. Nothing is fetched.
    pub fn read(&self, address: &str, at: &str) -> Option<(Value, String)> {
        let (file, _) = self.places.in_text(at);
        let (root, source) = (self.sources.first()?, self.sources.get(file)?);
        let folder = root.name().rfind(['/', '\\']).map_or(0, |end| end + 1);
        let path = join(source.name().get(folder..)?, &percent_decode(address));
        let found = root.find(&path).ok().filter(|found| !found.is_outside)?;
        let value = serde_json::from_slice(&root.load(&found).ok()?).ok()?;
        Some((value, root.name_beside(&path)))
    }
}

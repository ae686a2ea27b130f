//! Members of an object that the description of the API does not have.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::json::{Json, JsonValue, is_same_number};

/// The members of an object that its type has no field for, as they came.
///
/// Services add members to what they send. Here they are kept, and so is a `null` where the type of a
/// field has no null. They are written behind the fields, so that what is read, changed and sent back is
/// complete. A field that is set takes the place of a member of its name.
///
/// Members can be added, to send what the description does not have yet:
///
/// ```text
/// pet.undeclared.insert("nickname", "Rex");
/// ```
///
/// Two are equal if they have the same members, in whatever order.
#[derive(Clone, Default)]
pub struct Undeclared {
    // Boxed, as most objects have none.
    inner: Option<Box<Inner>>,
}

#[derive(Clone, Default)]
struct Inner {
    members: Vec<Member>,
    /// How integers of fields came that are not spelled by their digits, such as `1e3`.
    spellings: Vec<(String, Box<str>)>,
}

type Member = (String, Kept);

/// The value of a member. What came is kept as text, which takes a small part of the room of a tree, and is
/// made one when somebody looks at it.
#[derive(Clone)]
pub struct Kept {
    /// Empty if the value did not come but was set.
    text: Box<str>,
    tree: OnceLock<JsonValue>,
}

impl Kept {
    /// A value that came, by its text.
    pub fn of(text: &str) -> Self {
        Self { text: text.into(), tree: OnceLock::new() }
    }

    fn set(tree: JsonValue) -> Self {
        Self { text: Box::default(), tree: tree.into() }
    }

    fn tree(&self) -> &JsonValue {
        self.tree.get_or_init(|| self.parsed().into_owned())
    }

    fn into_tree(self) -> JsonValue {
        self.tree();
        self.tree.into_inner().unwrap_or(Json::Null)
    }

    /// The text as a tree, which it has been made from.
    fn parsed(&self) -> Json<'_> {
        Json::parse(&self.text).unwrap_or(Json::Null)
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.tree.get() {
            Some(tree) => tree.serialize(serializer),
            None => self.parsed().serialize(serializer),
        }
    }
}

impl Undeclared {
    /// No members.
    pub const fn new() -> Self {
        Self { inner: None }
    }

    /// Members of which no two have the same name, and how integers of fields are spelled.
    pub(crate) fn of(members: Vec<Member>, spellings: Vec<(String, Box<str>)>) -> Self {
        let is_empty = members.is_empty() && spellings.is_empty();
        Self { inner: (!is_empty).then(|| Box::new(Inner { members, spellings })) }
    }

    fn members(&self) -> &[Member] {
        self.inner.as_deref().map_or(&[], |inner| &inner.members)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members().is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.members().len()
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&JsonValue> {
        self.members().iter().find(|(member, _)| member == name).map(|(_, value)| value.tree())
    }

    /// The members and their values, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &JsonValue)> {
        self.members().iter().map(|(name, value)| (name.as_str(), value.tree()))
    }

    /// Sets a member, and gives back the value that it had. It looks at all members; to add many, use
    /// [`extend`](Extend::extend).
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<JsonValue>) -> Option<JsonValue> {
        let (name, value) = (name.into(), Kept::set(value.into()));
        let members = &mut self.inner.get_or_insert_default().members;
        match members.iter_mut().find(|(member, _)| *member == name) {
            Some((_, known)) => Some(std::mem::replace(known, value).into_tree()),
            None => {
                members.push((name, value));
                None
            }
        }
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<JsonValue> {
        let index = self.members().iter().position(|(member, _)| member == name)?;
        let (_, value) = self.inner.as_mut()?.members.remove(index);
        Some(value.into_tree())
    }

    /// How the integer of a field came, if that is kept and the value is still the same.
    pub(crate) fn spelling_of(&self, name: &str, value: &impl Serialize) -> Option<Json<'_>> {
        let (_, spelled) = self.inner.as_deref()?.spellings.iter().find(|(field, _)| field == name)?;
        let text = serde_json::to_string(value).ok()?;
        is_same_number(spelled, &text).then(|| Json::Number((&**spelled).into()))
    }

    /// What is written of the members.
    pub(crate) fn written(&self) -> impl Iterator<Item = (&str, &Kept)> {
        self.members().iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Shows a value by its fields, as a derived `Debug` does, and these members where there are any. Names are
    /// as the code has them.
    #[doc(hidden)]
    pub fn show(
        &self,
        f: &mut fmt::Formatter<'_>,
        name: &str,
        fields: &[(&'static str, &(dyn fmt::Debug + 'static))],
    ) -> fmt::Result {
        let mut shown = f.debug_struct(plain(name));
        for (name, value) in fields {
            shown.field(plain(name), value);
        }
        if !self.is_empty() {
            shown.field("undeclared", self);
        }
        shown.finish()
    }

    pub(super) fn by_name(&self) -> BTreeMap<&str, &JsonValue> {
        self.iter().collect()
    }
}

/// A name without what only the compiler needs.
fn plain(path: &str) -> &str {
    let (_, name) = path.rsplit_once("::").unwrap_or(("", path));
    name.trim_start_matches("r#")
}

impl fmt::Debug for Undeclared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Of several members of a name, the last one counts.
impl Extend<(String, JsonValue)> for Undeclared {
    fn extend<I: IntoIterator<Item = (String, JsonValue)>>(&mut self, new: I) {
        let Inner { mut members, spellings } = self.inner.take().map_or_else(Inner::default, |inner| *inner);
        members.extend(new.into_iter().map(|(name, value)| (name, Kept::set(value))));
        let mut seen = HashSet::new();
        let mut counts: Vec<bool> = members.iter().rev().map(|(name, _)| seen.insert(name.as_str())).collect();
        members.retain(|_| counts.pop().unwrap_or_default());
        *self = Self::of(members, spellings);
    }
}

impl PartialEq for Undeclared {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (self.iter().eq(other.iter()) || self.by_name() == other.by_name())
    }
}

impl Eq for Undeclared {}

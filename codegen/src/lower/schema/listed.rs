//! Choices among values, which are one list of them: `oneOf` of constants, each with what is said of it, and
//! `anyOf` of a list and of any other text.

use std::rc::Rc;

use super::Reading;
use super::merge::{Choice, Enumeration, Merged};
use super::node::{Node, Said};
use super::parts::Key;
use crate::description::whole;
use crate::maps::HashSet;

/// How deep choices in choices are looked through.
const NESTED: usize = 8;

/// Values of a type that has lists: texts, or integers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Values {
    Strings,
    Integers,
}

impl<'a> Reading<'_, 'a> {
    /// Takes a choice among values for the list that it is.
    pub fn list_choice(&mut self, merged: &mut Merged<'a>) {
        if let Some(list) = self.list_of_choice(merged, NESTED) {
            *merged = (*list).clone();
        }
    }

    fn list_of_choice(&mut self, merged: &Merged<'a>, depth: usize) -> Option<Rc<Merged<'a>>> {
        let [choice] = merged.choices.as_slice() else { return None };
        if choice.discriminator.is_some() || merged.is_object() || merged.has_items() {
            return None;
        }
        let depth = depth.checked_sub(1)?;
        let key = (Key::of(merged), depth);
        if let Some(known) = self.lists.get(&key) {
            return known.clone();
        }
        // What leads back here is no list.
        self.lists.insert(key.clone(), None);
        let list = self.list_of_variants(choice, merged, depth).map(Rc::new);
        self.lists.insert(key, list.clone());
        list
    }

    fn list_of_variants(&mut self, choice: &Choice<'a>, merged: &Merged<'a>, depth: usize) -> Option<Merged<'a>> {
        let base = Merged { choices: Vec::new(), ..merged.clone() };
        let mut list: Option<(Merged<'a>, Values)> = None;
        // Each value once, whichever ways lead to it: of choices in choices, there are ways without number.
        let mut places = HashSet::default();
        for variant in &choice.variants {
            let mut joined = base.clone();
            self.join(variant, &mut joined);
            if !joined.choices.is_empty() {
                joined = (*self.list_of_choice(&joined, depth)?).clone();
            }
            let values = joined.listed_values()?;
            if let Some(listed) = &mut joined.enumeration {
                listed.annotate();
                listed.values.retain(|one| places.insert(one.origin.shared()));
            }
            list = Some(match list {
                None => (joined, values),
                Some((mut known, kind)) if kind == values => {
                    widen(&mut known, joined);
                    (known, kind)
                }
                Some(_) => return None,
            });
        }
        let (mut list, _) = list?;
        list.enumeration.as_ref()?;
        // Beside any other text, an empty one is no value by itself.
        if list.enumeration.as_ref().is_some_and(|list| list.is_open) && list.lists_only_empty_text() {
            list.enumeration = None;
        }
        Some(list)
    }

    /// The one list among schemas, if the others say no more than that there are other values.
    pub fn list_among(&mut self, nodes: &[Node<'a>]) -> Option<Node<'a>> {
        let mut list = None;
        let mut kinds = Vec::new();
        for node in nodes {
            let mut merged = self.merge(std::slice::from_ref(node));
            self.list_choice(&mut merged);
            kinds.push(merged.listed_values()?);
            match merged.enumeration {
                Some(_) if list.is_some() || !matches!(node.said, Said::Reference(_)) => return None,
                Some(_) => list = Some(node.clone()),
                None if !merged.is_any_plain() => return None,
                None => {}
            }
        }
        list.filter(|_| kinds.windows(2).all(|pair| pair[0] == pair[1]))
    }
}

impl Merged<'_> {
    /// The type of its values, if these are some of a list, or any others of the type.
    fn listed_values(&self) -> Option<Values> {
        if self.is_replaced() || self.contradiction.is_some() || !self.choices.is_empty() {
            return None;
        }
        match (self.typ, &self.enumeration) {
            (Some("string"), Some(_)) => Some(Values::Strings),
            (Some("string"), None) => self.format.is_none().then_some(Values::Strings),
            (Some("integer"), Some(list)) => list.all(|value| whole(value).is_some()).then_some(Values::Integers),
            (Some("integer"), None) => Some(Values::Integers),
            (None, Some(list)) if list.all(|value| value.is_string()) => Some(Values::Strings),
            (None, Some(list)) if list.all(|value| whole(value).is_some() && !value.is_f64()) => Some(Values::Integers),
            _ => None,
        }
    }

    /// Whether the empty text is all that it lists.
    pub fn lists_only_empty_text(&self) -> bool {
        self.enumeration.as_ref().is_some_and(|list| list.all(|value| value.as_str() == Some("")))
            && !self.is_replaced()
    }

    /// Whether it says nothing but that values are strings, or integers.
    pub fn is_any_plain(&self) -> bool {
        matches!(self.typ, Some("string" | "integer"))
            && self.format.is_none()
            && self.enumeration.is_none()
            && self.choices.is_empty()
    }

    /// Whether any value of the type has its place beside a list.
    fn is_open_end(&self) -> bool {
        self.format.is_none() || self.typ == Some("integer")
    }
}

impl Enumeration<'_> {
    /// Takes what the schema says, if it lists a single value, for what is said of that.
    fn annotate(&mut self) {
        let Some(of) = self.of.take() else { return };
        let mut values = self.values.iter_mut().filter(|one| !one.value.is_null());
        if let (Some(only), None) = (values.next(), values.next()) {
            only.of = Some(of);
        }
    }
}

/// Makes a schema one that the values of another one keep to as well.
pub(super) fn widen<'a>(merged: &mut Merged<'a>, mut other: Merged<'a>) {
    let ends = [merged.is_open_end(), other.is_open_end()];
    let lists = [&mut merged.enumeration, &mut other.enumeration];
    lists.into_iter().flatten().for_each(Enumeration::annotate);
    merged.enumeration = match (merged.enumeration.take(), other.enumeration) {
        (Some(mut left), Some(right)) => {
            left.values.extend(right.values);
            Some(Enumeration { is_open: left.is_open || right.is_open, ..left })
        }
        // Lists are open: what is none of the values has its place there.
        (Some(known), None) if ends[1] => Some(Enumeration { is_open: true, ..known }),
        (None, Some(known)) if ends[0] => Some(Enumeration { is_open: true, ..known }),
        _ => None,
    };
    if merged.format != other.format {
        merged.format = None;
    }
    if other.typ == Some("number") || merged.typ.is_none() {
        merged.typ = other.typ;
    }
    if merged.typ == Some("number") {
        merged.enumeration = None;
    }
    for part in other.parts {
        merged.parts.insert(part);
    }
}

//! Schemas → types: [`Reading`] finds out what schemas say, and [`Schemas`] makes types of it.

mod any_of;
mod behind;
mod classify;
mod direction;
mod discriminator;
mod enumeration;
mod files;
mod fit;
mod foreign;
#[cfg(test)]
mod foreign_tests;
mod inherit;
mod integer;
mod listed;
mod members;
mod merge;
mod node;
mod number_or_text;
mod or_empty;
mod parts;
mod remarks;
mod tags;
mod told;
mod tuple;
mod types;
mod undeclared;
mod undescribed;
mod union;
mod variant_names;
mod widen;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

pub(super) use self::files::{Files, is_binary, is_file};
use self::inherit::Children;
use self::merge::Merged;
use self::parts::Key;
use self::types::Postponed;
use super::ground::Ground;
use crate::api::{Direction, Example, Fit, Origin, Tag, Type, TypeId, Types};
use crate::dependencies::Dependency;
use crate::maps::{HashMap, HashSet, IndexSet};

/// What schemas say, alone and put together. No type is made for it, nor looked at.
pub(super) struct Reading<'g, 'a> {
    ground: &'g Ground<'a>,
    /// Whether the schemas that references led to so far allow `null`, by their places.
    nullable: RefCell<HashMap<Arc<str>, bool>>,
    /// Set when it is asked for.
    children: Option<Rc<Children>>,
    /// What values of unions look like, so many members and levels of unions deep.
    looks: HashMap<(Key, usize, usize), Rc<IndexSet<Fit>>>,
    /// The lists that choices are, so many choices in choices deep.
    lists: HashMap<(Key, usize), Option<Rc<Merged<'a>>>>,
    /// What stands at the places of values, so many members deep.
    known_tags: HashMap<(Key, usize), Rc<Vec<Tag>>>,
}

/// The types that are made of schemas.
pub(super) struct Schemas<'g, 'a> {
    pub ground: &'g Ground<'a>,
    pub reading: Reading<'g, 'a>,
    pub types: Types,
    /// Schemas that something refers to and that are not lowered yet. A queue, not recursion:
    /// a chain of references must not exhaust the stack.
    queue: VecDeque<Origin>,
    /// The types of schemas that were put together.
    merged: HashMap<Key, Type>,
    /// Those of them that were met again while they were made.
    met: HashSet<TypeId>,
    /// Types that others took the place of.
    gone: HashSet<TypeId>,
    /// How many types are being made, one for the other.
    depth: usize,
    /// What was met when these were too many.
    postponed: VecDeque<Postponed<'a>>,
    /// The members that tell the variants of unions apart, by the types of these.
    tellers: Vec<(Type, String)>,
    pub examples: Vec<Example>,
    /// Where these are, and what they are examples of.
    pub shown: HashSet<(Arc<str>, Type, Option<Direction>)>,
    /// The crates that the description asks for.
    pub dependencies: Vec<Dependency>,
}

impl<'g, 'a> Schemas<'g, 'a> {
    /// No types yet. What is said of all of them is checked.
    pub fn new(ground: &'g Ground<'a>) -> Self {
        let reading = Reading {
            ground,
            nullable: RefCell::default(),
            children: None,
            looks: HashMap::default(),
            lists: HashMap::default(),
            known_tags: HashMap::default(),
        };
        let mut schemas = Self {
            ground,
            reading,
            types: Types::default(),
            queue: VecDeque::new(),
            merged: HashMap::default(),
            met: HashSet::default(),
            gone: HashSet::default(),
            depth: 0,
            postponed: VecDeque::new(),
            tellers: Vec::new(),
            examples: Vec::new(),
            shown: HashSet::default(),
            dependencies: Vec::new(),
        };
        schemas.dependencies = schemas.asked_dependencies();
        schemas.check_undeclared_of_all();
        schemas
    }
}

//! Schemas → types.

use serde_json::Value;

use super::Schemas;
use super::classify::Class;
use super::merge::Merged;
use super::node::{Node, Said, Target};
use super::parts::Key;
use super::undeclared;
use super::variant_names::is_name;
use crate::api::{Origin, Shape, Type, TypeDef, TypeId};
use crate::description::Schema;
use crate::maps::HashMap;
use crate::pointer;

/// The type of a place, and whether `null` may stand there instead.
pub(in crate::lower) struct Use {
    pub ty: Type,
    pub nullable: bool,
}

impl Use {
    const ANYTHING: Self = Self { ty: Type::Any, nullable: false };
    const NULL: Self = Self { ty: Type::Null, nullable: false };

    /// The use of a type of which `null` may be a value already.
    fn of(ty: Type, nullable: bool) -> Self {
        if ty == Type::Null { Self::NULL } else { Self { ty, nullable } }
    }

    /// The type where there is no member to be absent or null: an item, a body.
    pub fn whole(self) -> Type {
        if self.nullable { Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

/// More types than are made one for the other, so that no chain of schemas exhausts the stack: what comes
/// behind them is made when these are done.
const DEPTH: usize = 150;

/// Schemas of which a type is still to be made, which is known by its place already.
pub(in crate::lower) struct Postponed<'a> {
    key: Key,
    merged: Merged<'a>,
    place: Place<'a>,
}

/// Where a type belongs: the place that it is named after, which need not be in the document where
/// several schemas make one, and the schema that speaks for it.
#[derive(Clone)]
pub(in crate::lower) struct Place<'a> {
    pub at: Origin,
    pub of: Target<'a>,
}

impl<'a> Schemas<'_, 'a> {
    /// Every schema of the components, in the order of the document.
    pub fn component_schemas(&mut self) {
        let document = self.ground.document;
        let origin = Origin::new("").child("components").child("schemas");
        for name in document.components("schemas").keys() {
            self.define(&origin.child(name));
        }
        self.queued_schemas();
    }

    /// The schemas that were referred to or postponed since, until no new one comes up.
    pub fn queued_schemas(&mut self) {
        loop {
            if let Some(Postponed { key, merged, place }) = self.postponed.pop_front() {
                self.make(key, merged, &place);
            } else if let Some(origin) = self.queue.pop_front() {
                self.define(&origin);
            } else {
                return;
            }
        }
    }

    /// Makes the type of a schema that has a name of its own: a component, or the target of a reference.
    fn define(&mut self, origin: &Origin) {
        let id = TypeId(origin.pointer().into());
        if self.types.contains_key(&id) {
            return;
        }
        let Some(node) = self.reading.node_at(origin) else { return };
        if let Said::Schema(schema) = node.said {
            self.schema_example(schema, &id, origin);
        }
        let used = self.node(&node);
        if self.types.contains_key(&id) {
            return;
        }
        // Where anything may stand, `null` may.
        let ty = if used.ty == Type::Any { Type::Any } else { used.whole() };
        let (doc, name) = match &node.said {
            Said::Schema(schema) => {
                let name = self.ground.name("", schema.extensions(), origin);
                (self.type_doc(*schema, origin), name)
            }
            Said::Reference(_) => Default::default(),
        };
        self.types.insert(id, TypeDef::new(name, doc, Shape::Alias(ty), origin.clone()));
    }

    /// The type of the schema at a place.
    pub fn schema(&mut self, origin: &Origin) -> Use {
        self.reading.node_at(origin).map_or(Use::ANYTHING, |node| self.node(&node))
    }

    /// The same of the value there.
    pub fn schema_of(&mut self, value: &'a Value, origin: &Origin) -> Use {
        self.reading.node_of(value, origin).map_or(Use::ANYTHING, |node| self.node(&node))
    }

    pub fn node(&mut self, node: &Node<'a>) -> Use {
        match &node.said {
            Said::Reference(reference) => self.reference(reference, &node.origin),
            Said::Schema(schema) => self.inline(*schema, node, &node.origin),
        }
    }

    /// The type of a place that several schemas describe. `at` is what it is named after.
    pub fn nodes(&mut self, nodes: &[Node<'a>], at: &Origin) -> Use {
        let distinct = if let [_] = nodes { Vec::new() } else { self.distinct(nodes) };
        let nodes = if distinct.is_empty() { nodes } else { &distinct };
        let [first, .., last] = nodes else {
            return nodes.first().map_or(Use::ANYTHING, |only| self.node(only));
        };
        let nullable = [first, last].into_iter().all(|node| self.reading.is_nullable(node));
        if let Some(ty) = nodes.iter().rev().find_map(|node| self.replacement(node)) {
            return Use { ty, nullable };
        }
        let Some(of) = self.reading.schema_of(last) else { return Use::ANYTHING };
        let merged = self.reading.merge(nodes);
        Use::of(self.once(merged, &Place { at: at.clone(), of }), nullable)
    }

    /// Without the schemas that are part of another one.
    fn distinct(&mut self, nodes: &[Node<'a>]) -> Vec<Node<'a>> {
        let merged: Vec<_> = nodes.iter().map(|node| self.reading.merge(std::slice::from_ref(node))).collect();
        let mut owners: HashMap<&str, Vec<usize>> = HashMap::default();
        for (index, merged) in merged.iter().enumerate() {
            merged.parts.iter().for_each(|part| owners.entry(part.origin.pointer()).or_default().push(index));
        }
        // Of two that are part of each other, the first stays.
        let gives_way = |index: usize, other: usize| {
            other < index || !merged[other].parts.first().is_some_and(|part| merged[index].parts.has(part))
        };
        let is_kept = |index: &usize| {
            let Some(own) = merged[*index].parts.first() else { return false };
            let mut others = owners.get(own.origin.pointer()).into_iter().flatten();
            !others.any(|other| other != index && gives_way(*index, *other))
        };
        (0..nodes.len()).filter(is_kept).map(|index| nodes[index].clone()).collect()
    }

    /// The type of schemas that were merged. The same ones make the same type wherever they meet,
    /// which ends what would go on for ever where they hold themselves.
    pub fn once(&mut self, merged: Merged<'a>, place: &Place<'a>) -> Type {
        if self.ground.size.is_exceeded() {
            return Type::Any;
        }
        let key = Key::of(&merged);
        let is_there = |ty: &&Type| !ty.named().is_some_and(|id| self.gone.contains(id));
        if let Some(known) = self.merged.get(&key).filter(is_there) {
            self.met.extend(known.named().cloned());
            return known.clone();
        }
        if self.depth < DEPTH {
            self.depth += 1;
            let ty = self.make(key, merged, place);
            self.depth -= 1;
            return ty;
        }
        let id = TypeId(place.at.shared());
        let named = Type::Named(id.clone());
        self.merged.insert(Key::of(&merged), named.clone());
        self.met.insert(id);
        self.postponed.push_back(Postponed { key, merged, place: place.clone() });
        named
    }

    /// Makes the type of schemas that were merged, for whatever meets the same ones meanwhile and later.
    fn make(&mut self, key: Key, merged: Merged<'a>, place: &Place<'a>) -> Type {
        let id = TypeId(place.at.shared());
        let named = Type::Named(id.clone());
        self.merged.insert(key.clone(), named.clone());
        let ty = self.build(merged, place);
        if ty == named {
            return ty;
        }
        if self.met.contains(&id) {
            // What met the same schemas meanwhile knows them by this name.
            self.insert(Shape::Alias(ty.clone()), place);
        }
        self.merged.insert(key, ty.clone());
        ty
    }

    fn reference(&mut self, reference: &str, origin: &Origin) -> Use {
        let Some((_, target)) = self.ground.follow(reference, origin) else { return Use::ANYTHING };
        let nullable = self.reading.allows_null(&target);
        let is_null = nullable && self.reading.is_null(&Node::reference_to(&target));
        let id = TypeId(target.pointer().into());
        if !self.types.contains_key(&id) {
            self.queue.push_back(target);
        }
        if is_null { Use::NULL } else { Use { ty: Type::Named(id), nullable } }
    }

    /// The type of a schema that stands where it is used. `at` is what it is named after.
    fn inline(&mut self, schema: Schema<'a>, node: &Node<'a>, at: &Origin) -> Use {
        let used = self.described(schema, node, at);
        let is_made = matches!(&used.ty, Type::Named(id) if *id.0 == *at.pointer());
        if schema.extensions().has("x-rust-derive") && !is_made {
            let at = node.origin.child("x-rust-derive");
            self.ground.invalid(&at, "`x-rust-derive` is about a type that is made for the schema, and there is none");
        }
        self.check_undeclared(schema, node, at, &used.ty);
        used
    }

    fn described(&mut self, schema: Schema<'a>, node: &Node<'a>, at: &Origin) -> Use {
        let nullable = self.reading.is_nullable(node);
        if let Some(ty) = self.replacement(node) {
            return Use { ty, nullable };
        }
        if let Some(same) = self.stands_for(schema, &node.origin) {
            let used = match &same.said {
                // What is said of a type is said where its schema is.
                Said::Schema(said) if component(at).is_some() && !says_of_type(schema) => {
                    self.named_by_component(*said, &same, schema, at)
                }
                _ => self.node(&same),
            };
            return Use::of(used.ty, nullable);
        }
        let merged = self.reading.merge(std::slice::from_ref(node));
        let place = Place { at: at.clone(), of: Target { schema, origin: node.origin.clone() } };
        Use::of(self.made(merged, &place), nullable)
    }

    /// The type of a schema that is all that a component has: the component is its name, and says what it is.
    fn named_by_component(&mut self, said: Schema<'a>, node: &Node<'a>, component: Schema<'a>, at: &Origin) -> Use {
        let used = self.inline(said, node, at);
        let (name, doc) = (self.ground.name("", component.extensions(), at), self.type_doc(component, at));
        if let Some(definition) =
            used.ty.named().filter(|id| *id.0 == *at.pointer()).and_then(|id| self.types.get_mut(id))
        {
            definition.name.given = name.given.or(definition.name.given.take());
            let own = std::mem::replace(&mut definition.doc, doc);
            definition.doc.append(own);
        }
        used
    }

    /// The type of the schemas of one place. What is plain, or holds others and has no name of its own, is
    /// no end in itself: it is made as often as it is met.
    fn made(&mut self, merged: Merged<'a>, place: &Place<'a>) -> Type {
        if !merged.is_simple() || self.depth >= DEPTH {
            return self.once(merged, place);
        }
        self.depth += 1;
        let ty = self.build(merged, place);
        self.depth -= 1;
        ty
    }

    /// The one schema that another one is nothing but a description of.
    fn stands_for(&mut self, schema: Schema<'a>, origin: &Origin) -> Option<Node<'a>> {
        if !schema.may_combine() {
            return None;
        }
        let keywords = schema.keywords();
        if !keywords.is_bare_but_for_type() {
            return None;
        }
        let members = Node::list(&keywords.all_of, origin);
        let (silent, mut members): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| self.says_nothing(member));
        if members.iter().any(|parent| self.reading.is_child(origin, parent)) {
            return None;
        }
        members.extend(Node::list(&keywords.one_of, origin));
        members.extend(Node::list(&keywords.any_of, origin));
        members.extend(Node::list(&keywords.types, origin));
        members.retain(|member| !self.reading.is_null(member));
        let is_listed = keywords.all_of.is_empty();
        if members.len() > 1 && is_listed && schema.discriminator().is_none() {
            members = self.reading.list_among(&members).into_iter().collect();
        }
        let [only] = members.as_slice() else { return None };
        if is_listed && schema.discriminator().is_some() && matches!(only.said, Said::Reference(_)) {
            // It tells values of that one from others.
            return None;
        }
        // To put a chain of these together for each of them would take the square of its length.
        let mut said = silent.iter().map(|member| &member.origin).chain([origin]);
        if keywords.typ.is_none() && !said.any(|origin| self.reading.speaks_of_integers(origin)) {
            return Some(only.clone());
        }
        let merged = self.reading.merge(std::slice::from_ref(only));
        let fits = keywords.typ.is_none() || keywords.typ == merged.typ;
        if merged.typ == Some("integer") {
            let whole = self.reading.merge(&[Node { said: Said::Schema(schema), origin: origin.clone() }]);
            if self.reading.needs_other_integers(&whole, &merged) {
                return None;
            }
        }
        fits.then(|| only.clone())
    }

    /// Whether a schema has texts at most.
    fn says_nothing(&self, node: &Node<'a>) -> bool {
        match node.said {
            Said::Reference(_) => false,
            Said::Schema(schema) => {
                let keywords = schema.keywords();
                keywords.is_bare() && !keywords.combines()
            }
        }
    }

    /// Makes the type that schemas are together.
    pub fn build(&mut self, mut merged: Merged<'a>, place: &Place<'a>) -> Type {
        if let Some(ty) = self.parent(&merged, place) {
            return ty;
        }
        let class = self.reading.classify(&mut merged);
        if !matches!(class, Class::Strings | Class::Integers(_)) && place.of.schema.extensions().has("x-enum-varnames")
        {
            let message = "`x-enum-varnames` belongs to an `enum` of strings or integers; it is ignored";
            self.ground.odd_varnames(&place.of.origin, message);
        }
        match class {
            Class::Any => Type::Any,
            Class::Plain(Type::String) if let Some(json) = &merged.json => {
                Type::JsonText(Box::new(self.node(json).whole()))
            }
            Class::Plain(ty) => ty,
            Class::Array if !merged.prefix_items.is_empty() => self.tuple(&merged, place),
            Class::Array if merged.items.is_empty() => Type::Array(Box::new(Type::Any)),
            Class::Array => Type::Array(Box::new(self.nodes(&merged.items, &place.at.child("items")).whole())),
            Class::Map => Type::Map(Box::new(self.additional(&merged, place).map_or(Type::Any, |rest| rest.ty))),
            Class::Strings => self.string_enum(&merged, place),
            Class::Integers(integer) => self.integer_enum(integer, &merged, place),
            Class::Struct => {
                let shape = self.object(&merged, place);
                self.insert(shape, place)
            }
            Class::Union => self.union(merged, place),
        }
    }

    /// The type of a schema that its children stand for, if it has any.
    fn parent(&mut self, merged: &Merged<'a>, place: &Place<'a>) -> Option<Type> {
        let discriminator = merged.discriminator.clone().filter(|_| merged.choices.is_empty())?;
        let children = self.reading.descendants(&place.of.origin);
        self.union_of_children(&discriminator, merged, &children, place)
    }

    pub fn insert(&mut self, shape: Shape, place: &Place<'a>) -> Type {
        let Target { schema, origin } = &place.of;
        let name = self.ground.name("", schema.extensions(), origin);
        let id = TypeId(place.at.pointer().into());
        let derives = self.derives(schema.extensions().get("x-rust-derive"), &origin.child("x-rust-derive"));
        let doc = self.type_doc(*schema, origin);
        let title = schema.annotations().title.filter(|title| is_name(title)).map(str::to_owned);
        let definition = TypeDef { title, derives, ..TypeDef::new(name, doc, shape, origin.clone()) };
        self.ground.count_type(origin);
        self.gone.remove(&id);
        self.types.insert(id.clone(), definition);
        Type::Named(id)
    }
}

/// Whether a schema says how the type that is made for it is to be.
fn says_of_type(schema: Schema<'_>) -> bool {
    ["x-rust-derive", undeclared::EXTENSION].into_iter().any(|key| schema.extensions().has(key))
}

/// The name of the component that stands at a place.
pub(super) fn component(origin: &Origin) -> Option<String> {
    let name = origin.pointer().strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| pointer::unescape(name).into_owned())
}

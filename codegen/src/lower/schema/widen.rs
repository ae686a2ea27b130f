//! Alternatives that differ in nothing but the texts that their members always have: one struct, whose
//! members have any of these. A type for each would hold the same, by the hundred where an API lists
//! all its errors so.
//!
//! A single text that is always there is left alone: such alternatives are told apart by it, and a
//! newer description may well give one of them other members.

use serde_json::Value;

use super::Schemas;
use super::node::Said;
use super::types::Place;
use super::union::Alternative;
use crate::api::{
    Enum, Field, Listed, Name, Origin, Presence, Shape, Struct, Type, TypeDef, TypeId, UnionVariant, Variant,
};
use crate::lower::doc;

impl<'a> Schemas<'_, 'a> {
    /// The type that the variants are together, which takes the place of theirs.
    pub fn widened(
        &mut self,
        alternatives: &[Alternative<'a>],
        variants: &[UnionVariant],
        place: &Place<'a>,
    ) -> Option<Type> {
        let is_inline = |alternative: &Alternative<'_>| matches!(alternative.node.said, Said::Schema(_));
        if !alternatives.iter().all(is_inline) {
            return None;
        }
        let ids: Option<Vec<_>> = variants.iter().map(|variant| variant.ty.named()).collect();
        let ids = ids?;
        // Something knows these by their names.
        if ids.iter().any(|id| self.met.contains(*id)) {
            return None;
        }
        let structs: Option<Vec<_>> = ids.iter().map(|id| self.types.get(*id)?.unnamed_struct()).collect();
        let (mut shape, texts) = joined(&structs?)?;
        for id in ids {
            self.types.shift_remove(id);
            self.gone.insert(id.clone());
        }
        for (field, texts) in shape.fields.iter_mut().zip(&texts).filter(|(_, texts)| texts.len() > 1) {
            let has_names = texts.iter().all(|text| !text.is_empty() && !text.contains(char::is_whitespace));
            if has_names {
                field.ty = self.listed_texts(texts, field, place);
            } else {
                let texts: Vec<_> = texts.iter().map(String::as_str).collect();
                field.doc.push(doc::one_of(&texts));
            }
        }
        Some(self.insert(Shape::Struct(shape), place))
    }

    fn listed_texts(&mut self, texts: &[String], field: &Field, place: &Place<'a>) -> Type {
        let id = TypeId(place.at.child("properties").child(&field.name.wire).pointer().into());
        let origin: &Origin = &field.origin;
        let variant = |text: &String| Variant::new(Name::new(text, None), origin.clone());
        let variants = texts.iter().map(variant).collect();
        let shape = Shape::Enum(Enum { listed: Listed::Strings, variants, other: Name::default() });
        let doc = field.doc.clone();
        self.types.insert(id.clone(), TypeDef::new(Name::default(), doc, shape, origin.clone()));
        Type::Named(id)
    }
}

/// The struct that all of these are but for texts, and the texts of each field; nothing, if they differ
/// in more, or if a single text tells them apart.
fn joined(structs: &[&Struct]) -> Option<(Struct, Vec<Vec<String>>)> {
    let (first, others) = structs.split_first()?;
    let has_texts = |field: &&Field| field.constant.as_ref().is_some_and(Value::is_string);
    let constants: Vec<_> = first.fields.iter().filter(has_texts).collect();
    let is_tag = matches!(constants.as_slice(), [only] if only.presence == Presence::Required);
    let is_alike = |other: &&Struct| {
        other.rest == first.rest && other.undeclared == first.undeclared && other.fields.len() == first.fields.len()
    };
    if constants.is_empty() || is_tag || !others.iter().all(is_alike) {
        return None;
    }
    let fields = first.fields.iter().map(|field| {
        let same = |other: &&Struct| other.fields.iter().find(|other| other.name == field.name).cloned();
        let others: Option<Vec<_>> = others.iter().map(same).collect();
        joined_field(field, &others?)
    });
    let (fields, texts) = fields.collect::<Option<Vec<_>>>()?.into_iter().unzip();
    Some((Struct { fields, rest: first.rest.clone(), undeclared: first.undeclared.clone() }, texts))
}

fn joined_field(field: &Field, others: &[Field]) -> Option<(Field, Vec<String>)> {
    let is_alike = |other: &Field| {
        other.ty == field.ty
            && other.presence == field.presence
            && other.only == field.only
            && other.constant.is_some() == field.constant.is_some()
    };
    if !others.iter().all(is_alike) {
        return None;
    }
    let constants = || [field].into_iter().chain(others).filter_map(|field| field.constant.as_ref());
    if constants().any(|constant| !constant.is_string() && Some(constant) != field.constant.as_ref()) {
        return None;
    }
    let mut texts: Vec<_> = constants().filter_map(Value::as_str).map(str::to_owned).collect();
    texts.sort_unstable();
    texts.dedup();
    let mut doc = field.doc.clone();
    doc.keep_common(others.iter().map(|other| &other.doc));
    let constant = field.constant.clone().filter(|_| texts.len() <= 1);
    Some((Field { constant, doc, ..field.clone() }, texts))
}

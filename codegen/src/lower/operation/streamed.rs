//! Operations that answer with the whole or with a stream of items, as the caller asks.

use serde_json::Value;

use super::Operations;
use super::pages::Asked;
use crate::api::{Body, Content, Flag, Format, Location, Origin, Param, Reply, Side, Streamed, Type, Written};
use crate::description::{MediaType, RequestBody};
use crate::lower::media_type::{is_form_data, is_json};

impl<'a> Operations<'_, 'a> {
    /// Takes out of the replies of success what is asked for as a stream, where the same status has something else as
    /// well; and finds what asks for it, in the body or among the parameters.
    pub(super) fn streamed(
        &mut self,
        success: &mut Side,
        body: Option<&mut Body>,
        params: &mut Vec<Param>,
        asked: &Asked<'a, '_>,
        at: &Origin,
    ) -> Option<Streamed> {
        let mut streamed = split(success)?;
        if let (Some(body), Some(described)) = (body, asked.body) {
            body.flag = self.flag(described, &at.child("requestBody"));
        }
        let index = params.iter().position(is_flag);
        streamed.parameter = index.map(|index| {
            let required = params.remove(index).required;
            Flag { default: required || self.is_set_by_itself(asked) }
        });
        Some(streamed)
    }

    /// Whether the parameter that asks for a stream counts as `true` where it is absent.
    fn is_set_by_itself(&self, asked: &Asked<'a, '_>) -> bool {
        let described = self.parameter_called(Flag::NAME, asked);
        let default = described.and_then(|(parameter, at)| {
            let (schema, _) = self.ground.behind(parameter.schema?, &at.child("schema"));
            schema.get("default")
        });
        default == Some(&Value::Bool(true))
    }

    /// Whether a body of JSON, or of form data, has a boolean member that asks for a stream.
    fn flag(&mut self, body: &'a Value, at: &Origin) -> Option<Flag> {
        let (body, at) = self.ground.resolve::<RequestBody<'_>>(body, at)?;
        let (key, media) = body.content.iter().find(|(key, _)| is_json(key) || is_form_data(key))?;
        let (media, at) = self.ground.resolve::<MediaType<'_>>(media, &at.child("content").child(key))?;
        let node = self.schemas.reading.node_of(media.schema?, &at.child("schema"))?;
        let body = self.schemas.reading.merge(std::slice::from_ref(&node));
        let member = self.schemas.reading.merge(body.properties.get(Flag::NAME)?);
        let default = member.parts.iter().find_map(|part| part.schema.annotations().default);
        let takes = |flag: bool| {
            let values = member.enumeration.as_ref().map(|listed| &listed.values);
            values.is_none_or(|values| values.iter().any(|listed| listed.value == Value::Bool(flag)))
        };
        let is_flag = member.typ == Some("boolean") && member.choices.is_empty() && takes(true) && takes(false);
        is_flag.then(|| Flag { default: default == Some(&Value::Bool(true)) })
    }
}

/// Whether a parameter asks for a stream.
fn is_flag(param: &Param) -> bool {
    let is_boolean = match &param.ty {
        Type::Nullable(inner) => **inner == Type::Boolean,
        ty => *ty == Type::Boolean,
    };
    is_boolean && param.name.wire == Flag::NAME && param.location == Location::Query && param.written == Written::Plain
}

fn split(success: &mut Side) -> Option<Streamed> {
    let mut both = success.replies.iter_mut().filter(|reply| {
        let items = reply.content.iter().filter(|content| is_items(content)).count();
        items == 1 && reply.content.len() > 1
    });
    let (Some(reply), None) = (both.next(), both.next()) else { return None };
    let (items, whole) = std::mem::take(&mut reply.content).into_iter().partition(is_items);
    reply.content = whole;
    let instead_of = reply.content.iter().flat_map(Content::media_types).map(str::to_owned).collect();
    let reply = Reply { content: items, ..reply.clone() };
    let success = Side { replies: vec![reply], instead_of, ..Side::default() };
    Some(Streamed { type_name: String::new(), success, parameter: None })
}

fn is_items(content: &Content) -> bool {
    matches!(content.format, Format::Items(_))
}

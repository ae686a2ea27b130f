//! What operations are answered with.

use serde_json::{Map, Value, json};

use super::operations::Operations;
use crate::api::Origin;
use crate::description::{Header, MediaType, Members, Response};

impl<'a> Operations<'_, 'a> {
    /// The answers by their statuses: each as it is, or where it stands among those that are shared.
    pub(super) fn answers(&mut self, responses: Members<'a>, at: &Origin) -> Map<String, Value> {
        let mut answers = Map::new();
        for (status, response) in responses {
            let own = at.child(status);
            let Some((response, at)) = self.ground.resolve::<Response<'_>>(response, &own) else { continue };
            let place = format!("#{}", at.pointer());
            let answer = if at.pointer() == own.pointer() {
                self.answer(&response, &at).into()
            } else {
                if !self.shared.contains_key(&place) {
                    let answer = self.answer(&response, &at);
                    self.shared.insert(place.clone(), answer.into());
                }
                place.into()
            };
            answers.insert(status.to_owned(), answer);
        }
        answers
    }

    fn answer(&mut self, response: &Response<'a>, at: &Origin) -> Map<String, Value> {
        let mut answer = Map::new();
        let headers = self.headers(response.headers, &at.child("headers"));
        if !headers.is_empty() {
            answer.insert("headers".to_owned(), headers.into());
        }
        let content = self.offers(response.content, &at.child("content"));
        if !content.is_empty() {
            answer.insert("content".to_owned(), content.into());
        }
        answer
    }

    fn headers(&mut self, headers: Members<'a>, at: &Origin) -> Vec<Value> {
        let mut found = Vec::new();
        for (name, header) in headers {
            let Some((header, at)) = self.ground.resolve::<Header<'_>>(header, &at.child(name)) else { continue };
            if let Some(value) = self.examples.of_header(&header, &at) {
                found.push(json!({ "name": name, "value": value }));
            }
        }
        found
    }

    fn offers(&mut self, content: Members<'a>, at: &Origin) -> Vec<Value> {
        let mut offers = Vec::new();
        for (media_type, media) in content {
            let Some((media, at)) = self.ground.resolve::<MediaType<'_>>(media, &at.child(media_type)) else {
                continue;
            };
            let offer = self.examples.of_body(media_type, media, &at);
            let examples = offer.examples.into_iter().map(|example| {
                let mut value = Map::new();
                value.extend(example.name.map(|name| ("name".to_owned(), name.into())));
                value.insert("value".to_owned(), example.value.into());
                if example.is_made {
                    value.insert("made".to_owned(), true.into());
                }
                Value::from(value)
            });
            let examples: Vec<_> = examples.collect();
            offers.push(match offer.is_json {
                true => json!({ "type": media_type, "json": true, "examples": examples }),
                false => json!({ "type": media_type, "examples": examples }),
            });
        }
        offers
    }
}

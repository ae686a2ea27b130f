//! What a server replies, and what that is read as.

use client::Client;
use client::types::{EventPage, Label, ShipmentPage, StopPage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::hand::{self, Event, Page, Shipment, Stop};
use crate::{calls, pages};

/// A reply, of any size.
pub trait Reply {
    const NAME: &'static str;

    /// The type that an expert writes for it.
    type Hand: DeserializeOwned + Serialize + 'static;

    /// The client's type.
    type Ours: DeserializeOwned + Serialize + 'static;

    /// The text of one that is so large.
    fn text(size: usize) -> String;

    fn call(client: &Client) -> Self::Ours;

    /// Makes sure that nothing is lost of one that is so large, whatever it is read as.
    fn check(size: usize) {
        let text = Self::text(size);
        let (tree, client): (Value, _) = (from_json(&text), calls::answered_by(text.clone()));
        assert_eq!(to_tree(&from_json::<Self::Hand>(&text)), tree, "{} by hand", Self::NAME);
        assert_eq!(to_tree(&from_json::<Self::Ours>(&text)), tree, "{} by the client's type", Self::NAME);
        assert_eq!(to_tree(&Self::call(&client)), tree, "{} by a call", Self::NAME);
    }
}

/// A page of so many plain objects.
pub struct Objects;

impl Reply for Objects {
    const NAME: &'static str = "objects";
    type Hand = Page<Shipment>;
    type Ours = ShipmentPage;

    fn text(size: usize) -> String {
        to_json(&pages::shipments(size))
    }

    fn call(client: &Client) -> ShipmentPage {
        calls::called(client.list_shipments())
    }
}

/// The same of a server that has another order of members than the description.
pub struct Sorted;

impl Reply for Sorted {
    const NAME: &'static str = "sorted";
    type Hand = Page<Shipment>;
    type Ours = ShipmentPage;

    fn text(size: usize) -> String {
        to_json(&to_tree(&pages::shipments(size)))
    }

    fn call(client: &Client) -> ShipmentPage {
        Objects::call(client)
    }
}

/// A page of so many values of a union with a discriminator.
pub struct Events;

impl Reply for Events {
    const NAME: &'static str = "events";
    type Hand = Page<Event>;
    type Ours = EventPage;

    fn text(size: usize) -> String {
        to_json(&pages::events(size))
    }

    fn call(client: &Client) -> EventPage {
        calls::called(client.list_events())
    }
}

/// A page of so many values of a union without one.
pub struct Stops;

impl Reply for Stops {
    const NAME: &'static str = "stops";
    type Hand = Page<Stop>;
    type Ours = StopPage;

    fn text(size: usize) -> String {
        to_json(&pages::stops(size))
    }

    fn call(client: &Client) -> StopPage {
        calls::called(client.list_stops())
    }
}

/// An object with a member of so many bytes that no type keeps.
pub struct NotKept;

impl Reply for NotKept {
    const NAME: &'static str = "not kept";
    type Hand = hand::Label;
    type Ours = Label;

    fn text(size: usize) -> String {
        to_json(&pages::label(size))
    }

    fn call(client: &Client) -> Label {
        calls::called(client.get_label())
    }
}

pub fn from_json<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a value of the type")
}

pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a value that can be written")
}

fn to_tree(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("a value that can be written")
}

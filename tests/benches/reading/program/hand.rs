//! The types as an expert writes them by hand, with serde.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Deserialize, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub struct Shipment {
    pub id: Uuid,
    pub account_id: Uuid,
    pub reference: String,
    pub status: Status,
    pub service: Service,
    pub description: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collected_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_id: Option<Uuid>,
    pub parcels: i32,
    pub weight: i64,
    pub insured: bool,
    pub signature: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_url: Option<String>,
    pub destination: Address,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Booked,
    Collected,
    InTransit,
    OutForDelivery,
    Delivered,
    Returned,
    Lost,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    Economy,
    Standard,
    Express,
    SameDay,
}

#[derive(Deserialize, Serialize)]
pub struct Address {
    pub name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    pub country: String,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "type")]
pub enum Event {
    #[serde(rename = "shipment.booked")]
    ShipmentBooked(About<Booked>),
    #[serde(rename = "shipment.collected")]
    ShipmentCollected(About<Collected>),
    #[serde(rename = "shipment.delayed")]
    ShipmentDelayed(About<Delayed>),
    #[serde(rename = "shipment.delivered")]
    ShipmentDelivered(About<Delivered>),
    #[serde(rename = "shipment.returned")]
    ShipmentReturned(About<Returned>),
    #[serde(rename = "shipment.lost")]
    ShipmentLost(About<Lost>),
    #[serde(rename = "invoice.created")]
    InvoiceCreated(About<Created>),
    #[serde(rename = "invoice.paid")]
    InvoicePaid(About<Paid>),
    #[serde(rename = "carrier.added")]
    CarrierAdded(About<Added>),
    #[serde(rename = "address.corrected")]
    AddressCorrected(About<Corrected>),
}

#[derive(Deserialize, Serialize)]
pub struct About<T> {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub data: T,
}

#[derive(Deserialize, Serialize)]
pub struct Booked {
    pub shipment_id: Uuid,
    pub reference: String,
    pub service: Service,
    pub parcels: i32,
}

#[derive(Deserialize, Serialize)]
pub struct Collected {
    pub shipment_id: Uuid,
    pub carrier_id: Uuid,
    pub collected_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depot: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub struct Delayed {
    pub shipment_id: Uuid,
    pub reason: String,
    pub expected_at: DateTime<Utc>,
}

#[derive(Deserialize, Serialize)]
pub struct Delivered {
    pub shipment_id: Uuid,
    pub delivered_at: DateTime<Utc>,
    pub signed_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

#[derive(Deserialize, Serialize)]
pub struct Returned {
    pub shipment_id: Uuid,
    pub reason: String,
    pub attempts: i32,
}

#[derive(Deserialize, Serialize)]
pub struct Lost {
    pub shipment_id: Uuid,
    pub insured: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize, Serialize)]
pub struct Created {
    pub invoice_id: Uuid,
    pub number: String,
    pub cents: i64,
    pub currency: String,
}

#[derive(Deserialize, Serialize)]
pub struct Paid {
    pub invoice_id: Uuid,
    pub cents: i64,
    pub currency: String,
    pub paid_at: DateTime<Utc>,
}

#[derive(Deserialize, Serialize)]
pub struct Added {
    pub carrier_id: Uuid,
    pub name: String,
    pub services: Vec<Service>,
}

#[derive(Deserialize, Serialize)]
pub struct Corrected {
    pub shipment_id: Uuid,
    pub before: Address,
    pub after: Address,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
pub enum Stop {
    Door(Door),
    Locker(Locker),
    Depot(Depot),
    Shop(Shop),
}

#[derive(Deserialize, Serialize)]
pub struct Door {
    pub id: Uuid,
    pub planned_at: DateTime<Utc>,
    pub address: Address,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub struct Locker {
    pub id: Uuid,
    pub planned_at: DateTime<Utc>,
    pub locker_id: Uuid,
    pub compartment: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub struct Depot {
    pub id: Uuid,
    pub planned_at: DateTime<Utc>,
    pub depot: String,
    pub bay: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unloads: Option<bool>,
}

#[derive(Deserialize, Serialize)]
pub struct Shop {
    pub id: Uuid,
    pub planned_at: DateTime<Utc>,
    pub shop_id: Uuid,
    pub opening_hours: Vec<OpeningHours>,
}

#[derive(Deserialize, Serialize)]
pub struct OpeningHours {
    pub weekday: i32,
    pub opens: String,
    pub closes: String,
}

#[derive(Deserialize, Serialize)]
pub struct Label {
    pub id: Uuid,
    pub name: String,
}

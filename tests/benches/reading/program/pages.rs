//! Pages as a server writes them: made up, and the same in every run.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::hand::{
    About, Added, Address, Booked, Collected, Corrected, Created, Delayed, Delivered, Depot, Door, Event, Locker, Lost,
    OpeningHours, Page, Paid, Returned, Service, Shipment, Shop, Status, Stop,
};

/// A page of so many plain objects.
pub fn shipments(count: usize) -> Page<Shipment> {
    page(count, shipment)
}

/// A page of so many values of a union with a discriminator.
pub fn events(count: usize) -> Page<Event> {
    page(count, event)
}

/// A page of so many values of a union that is told by the members that are required.
pub fn stops(count: usize) -> Page<Stop> {
    page(count, stop)
}

/// A label, with an image of so many bytes in lines of base64.
pub fn label(size: usize) -> Value {
    let line = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9\n";
    json!({ "id": MadeUp(SEED).id(), "image": line.repeat(size.div_ceil(line.len())), "name": "Parcel 1 of 3" })
}

fn page<T>(count: usize, item: fn(&mut MadeUp, usize) -> T) -> Page<T> {
    let mut made_up = MadeUp(SEED);
    let items = (0..count).map(|number| item(&mut made_up, number)).collect();
    Page { items, next_page: Some("eyJhZnRlciI6IjEwMDAifQ==".to_owned()) }
}

fn shipment(made_up: &mut MadeUp, number: usize) -> Shipment {
    let status = made_up.one_of(&[
        Status::Booked,
        Status::Collected,
        Status::InTransit,
        Status::OutForDelivery,
        Status::Delivered,
        Status::Returned,
        Status::Lost,
    ]);
    let is_collected = !matches!(status, Status::Booked);
    let is_delivered = matches!(status, Status::Delivered);
    Shipment {
        id: made_up.id(),
        account_id: made_up.id(),
        reference: format!("ORDER-{number:06}"),
        status,
        service: made_up.service(),
        description: format!("Spare parts for machine {number}, two pallets"),
        created_at: made_up.time(),
        updated_at: made_up.time(),
        collected_at: is_collected.then(|| made_up.time()),
        delivered_at: is_delivered.then(|| made_up.time()),
        carrier_id: is_collected.then(|| made_up.id()),
        parcels: made_up.below(12) as i32 + 1,
        weight: made_up.below(250_000) as i64,
        insured: made_up.is_so(),
        signature: made_up.is_so(),
        note: made_up.is_so().then(|| made_up.note().to_owned()),
        label_url: is_collected.then(|| format!("https://labels.example.com/{number:06}.pdf")),
        destination: made_up.address(),
    }
}

fn event(made_up: &mut MadeUp, number: usize) -> Event {
    match number % 10 {
        0 => {
            let reference = format!("ORDER-{number:06}");
            let data = Booked { shipment_id: made_up.id(), reference, service: made_up.service(), parcels: 3 };
            Event::ShipmentBooked(made_up.about(data))
        }
        1 => {
            let depot = made_up.is_so().then(|| "Rotterdam 2".to_owned());
            let (shipment_id, carrier_id) = (made_up.id(), made_up.id());
            let data = Collected { shipment_id, carrier_id, collected_at: made_up.time(), depot };
            Event::ShipmentCollected(made_up.about(data))
        }
        2 => {
            let reason = "The road is closed after heavy snow.".to_owned();
            let data = Delayed { shipment_id: made_up.id(), reason, expected_at: made_up.time() };
            Event::ShipmentDelayed(made_up.about(data))
        }
        3 => {
            let address = made_up.is_so().then(|| made_up.address());
            let (shipment_id, delivered_at) = (made_up.id(), made_up.time());
            let data = Delivered { shipment_id, delivered_at, signed_by: "J. Doe".to_owned(), address };
            Event::ShipmentDelivered(made_up.about(data))
        }
        4 => {
            let reason = "Nobody was there.".to_owned();
            let data = Returned { shipment_id: made_up.id(), reason, attempts: made_up.below(4) as i32 };
            Event::ShipmentReturned(made_up.about(data))
        }
        5 => {
            let last_seen_at = made_up.is_so().then(|| made_up.time());
            let data = Lost { shipment_id: made_up.id(), insured: made_up.is_so(), last_seen_at };
            Event::ShipmentLost(made_up.about(data))
        }
        6 => {
            let cents = made_up.below(1_000_000) as i64;
            let (number, currency) = (format!("2026-{number:05}"), "EUR".to_owned());
            let data = Created { invoice_id: made_up.id(), number, cents, currency };
            Event::InvoiceCreated(made_up.about(data))
        }
        7 => {
            let (cents, currency) = (made_up.below(1_000_000) as i64, "EUR".to_owned());
            let data = Paid { invoice_id: made_up.id(), cents, currency, paid_at: made_up.time() };
            Event::InvoicePaid(made_up.about(data))
        }
        8 => {
            let (name, services) = ("Night Freight".to_owned(), vec![Service::Standard, made_up.service()]);
            let data = Added { carrier_id: made_up.id(), name, services };
            Event::CarrierAdded(made_up.about(data))
        }
        _ => {
            let (before, after) = (made_up.address(), made_up.address());
            let data = Corrected { shipment_id: made_up.id(), before, after };
            Event::AddressCorrected(made_up.about(data))
        }
    }
}

fn stop(made_up: &mut MadeUp, number: usize) -> Stop {
    let (id, planned_at) = (made_up.id(), made_up.time());
    match number % 4 {
        0 => {
            let instructions = made_up.is_so().then(|| "At the back of the house.".to_owned());
            Stop::Door(Door { id, planned_at, address: made_up.address(), instructions })
        }
        1 => {
            let (compartment, code) = (made_up.below(60) as i32, made_up.is_so().then(|| format!("{number:04}")));
            Stop::Locker(Locker { id, planned_at, locker_id: made_up.id(), compartment, code })
        }
        2 => {
            let (depot, bay) = ("Rotterdam 2".to_owned(), format!("B{}", made_up.below(30)));
            Stop::Depot(Depot { id, planned_at, depot, bay, unloads: made_up.is_so().then_some(true) })
        }
        _ => {
            let hours = |weekday| OpeningHours { weekday, opens: "08:30".to_owned(), closes: "18:00".to_owned() };
            Stop::Shop(Shop { id, planned_at, shop_id: made_up.id(), opening_hours: (1..4).map(hours).collect() })
        }
    }
}

/// Where the values come from. Another one makes other pages.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Numbers without a pattern: SplitMix64, by Sebastiano Vigna.
struct MadeUp(u64);

impl MadeUp {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(SEED);
        let number = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn is_so(&mut self) -> bool {
        self.next() % 2 == 0
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }

    /// In 2026, with microseconds.
    fn time(&mut self) -> DateTime<Utc> {
        let micros = 1_767_225_600_000_000 + self.below(365 * 24 * 60 * 60 * 1_000_000);
        DateTime::from_timestamp_micros(micros as i64).expect("a time that there is")
    }

    /// Some have to be written with escapes.
    fn note(&mut self) -> &'static str {
        self.one_of(&["Ring twice.", "Call before you come, please.", "Leave it at \"Kowalski\".\n", "2nd floor"])
    }

    fn service(&mut self) -> Service {
        self.one_of(&[Service::Economy, Service::Standard, Service::Express, Service::SameDay])
    }

    fn address(&mut self) -> Address {
        Address {
            name: "Anna Nowak".to_owned(),
            street: format!("Zielona {}", self.below(120) + 1),
            postal_code: format!("{:05}", self.below(100_000)),
            city: self.one_of(&["Krak\u{f3}w", "Gda\u{144}sk", "Poznan"]).to_owned(),
            region: self.is_so().then(|| "North".to_owned()),
            country: "PL".to_owned(),
        }
    }

    fn about<T>(&mut self, data: T) -> About<T> {
        About { id: self.id(), created_at: self.time(), data }
    }
}

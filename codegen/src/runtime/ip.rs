//! Addresses of the internet protocol.

use std::fmt;
use std::net;

use super::spelled::{Format, Kind, Spelled};

/// An IPv4 or IPv6 address, as it was written.
pub type IpAddr = Spelled<net::IpAddr>;

/// An IPv4 address, as it was written.
pub type Ipv4Addr = Spelled<net::Ipv4Addr>;

/// An IPv6 address, as it was written: what could be shorter stays, and so does upper case.
pub type Ipv6Addr = Spelled<net::Ipv6Addr>;

macro_rules! addresses {
    ($($address:ty => $expected:literal),+ $(,)?) => {$(
        impl Format for $address {
            const EXPECTED: &'static str = $expected;
            const KIND: Kind = Kind::String;

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
                write!(out, "{self}")
            }
        }
    )+};
}

addresses! {
    net::IpAddr => "an IP address",
    net::Ipv4Addr => "an IPv4 address",
    net::Ipv6Addr => "an IPv6 address",
}

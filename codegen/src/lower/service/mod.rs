//! What the description says of the service as a whole: servers, and how callers are known to it.

mod oauth2;
#[cfg(test)]
mod oauth2_tests;
mod security;
mod server;
mod server_url;
mod server_variable;

use std::cell::RefCell;

use self::security::Schemes;
use super::ground::Ground;
use crate::api::{Certificate, CredentialType, Server};
use crate::maps::HashSet;

/// The servers and security schemes of the document, which its operations refer to.
pub(super) struct Service<'g, 'a> {
    ground: &'g Ground<'a>,
    pub servers: Vec<Server>,
    schemes: Schemes,
    /// The types of what satisfies the schemes.
    pub credentials: Vec<CredentialType>,
    pub certificates: Vec<Certificate>,
    /// The security schemes that are asked for and that there are none of.
    missing_schemes: RefCell<HashSet<String>>,
}

impl<'g, 'a> Service<'g, 'a> {
    pub fn new(ground: &'g Ground<'a>) -> Self {
        let mut service = Self {
            ground,
            servers: Vec::new(),
            schemes: Schemes::default(),
            credentials: Vec::new(),
            certificates: Vec::new(),
            missing_schemes: RefCell::default(),
        };
        service.servers = service.servers();
        (service.schemes, service.credentials, service.certificates) = service.security_schemes();
        service
    }
}

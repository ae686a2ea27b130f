//! An authority that signs certificates, and what speaks TLS before a server that does not.

use std::env;
use std::fs;
use std::path::Path;
use std::process;
use std::sync::Arc;

use client_tests::server::Server;
use generated_client::BaseUrl;
use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedKey, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{copy, copy_bidirectional, split};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::apart;

const KEY: &str = "FAULTS_AUTHORITY";

pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its own certificate.
    root: Certificate,
}

impl Authority {
    pub fn new() -> Self {
        Self::of(KeyPair::generate().expect("a key"))
    }

    fn of(key: KeyPair) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Test Authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).expect("a certificate");
        Self { issuer: Issuer::new(params, key), root }
    }

    /// The one that this process trusts, and nobody else; or, in the process of all rows, none, when all
    /// `cases` of `row` have gone well in processes of their own. These have the variables too.
    pub async fn trusted(row: &'static str, cases: usize, variables: &[(&str, &str)]) -> Option<Self> {
        if apart::case().is_some() {
            let key = env::var(KEY).expect("the key of the authority");
            return Some(Self::of(KeyPair::from_pem(&key).expect("a key")));
        }
        let authority = Self::new();
        let name = format!("{}-{}.pem", row.replace("::", "-"), process::id());
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&file, authority.root.pem()).expect("a folder for it");
        let (key, path) = (authority.issuer.key().serialize_pem(), file.to_str().expect("a name"));
        let variables = [variables, &[(KEY, &key), ("SSL_CERT_FILE", path)]].concat();
        for case in 0..cases {
            apart::run(row, case, &variables).await;
        }
        fs::remove_file(&file).expect("it is there");
        None
    }

    /// A certificate for this machine, but for what is changed.
    pub fn certificate(&self, change: impl FnOnce(&mut CertificateParams)) -> CertifiedKey<KeyPair> {
        let (params, signing_key) = leaf(change);
        let cert = params.signed_by(&signing_key, &self.issuer).expect("a certificate");
        CertifiedKey { cert, signing_key }
    }
}

/// A certificate for this machine that nobody vouches for.
pub fn self_signed() -> CertifiedKey<KeyPair> {
    let (params, signing_key) = leaf(|_| {});
    let cert = params.self_signed(&signing_key).expect("a certificate");
    CertifiedKey { cert, signing_key }
}

fn leaf(change: impl FnOnce(&mut CertificateParams)) -> (CertificateParams, KeyPair) {
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("an address");
    change(&mut params);
    (params, KeyPair::generate().expect("a key"))
}

/// How what speaks TLS ends a connection that the server behind it has ended.
#[derive(Clone, Copy, PartialEq)]
pub enum Goodbye {
    /// It says so.
    Said,
    /// It hangs up: who is on the other side cannot know that nothing is missing.
    Unsaid,
}

/// Speaks TLS before `server`; where it does.
pub async fn speak_tls(server: &Server, certified: CertifiedKey<KeyPair>, goodbye: Goodbye) -> BaseUrl {
    let key = PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key.into())
        .expect("a key for the certificate");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let server = server.address().to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(relay(acceptor.clone(), stream, server.clone(), goodbye));
        }
    });
    url.parse().expect("a loopback address")
}

/// Ends when one of both sides does. That the client hangs up is part of some rows.
async fn relay(acceptor: TlsAcceptor, stream: TcpStream, server: String, goodbye: Goodbye) {
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    if goodbye == Goodbye::Said {
        _ = copy_bidirectional(&mut stream, &mut server).await;
        return;
    }
    let (mut reader, mut writer) = split(stream);
    let (mut answers, mut requests) = server.split();
    tokio::select! {
        _ = copy(&mut reader, &mut requests) => {}
        _ = copy(&mut answers, &mut writer) => {}
    }
}

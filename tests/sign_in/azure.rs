//! A credential of `azure_core` in place of an id and a secret.

use std::sync::{Arc, Mutex};

use client_tests::documented;
use generated_client::azure_core;
use generated_client::azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use generated_client::azure_core::time::{Duration, OffsetDateTime};
use generated_client::credentials::AppOnly;
use generated_client::{BaseUrl, Client, Server as Cloud};

use super::ACCESS;
use super::server::Server;

/// As those of `azure_identity`, but for the network.
#[derive(Debug, Default)]
struct Fake {
    asked: Mutex<Vec<String>>,
}

#[async_trait::async_trait]
impl TokenCredential for Fake {
    async fn get_token(&self, scopes: &[&str], _: Option<TokenRequestOptions<'_>>) -> azure_core::Result<AccessToken> {
        self.asked.lock().expect("no test panicked here").push(scopes.join(" "));
        Ok(AccessToken::new(ACCESS, OffsetDateTime::now_utc() + Duration::hours(1)))
    }
}

#[tokio::test]
async fn its_tokens_are_sent_and_kept() {
    for (cloud, scope) in [
        (Cloud::Global, "https://api.partnercenter.microsoft.com/.default"),
        (Cloud::China, "https://partner.partnercenterapi.microsoftonline.cn/.default"),
    ] {
        let api = Server::saying("200 OK", documented::GET_INVOICE_SUMMARY_200_DOCUMENTED);
        let server: BaseUrl = api.url().parse().expect("a loopback address");
        let fake = Arc::new(Fake::default());
        let client = Client::new(server, AppOnly::from_azure(cloud, fake.clone())).expect("a client");
        for _ in 0..2 {
            let summary = client.invoices().summary().await.expect("the documented answer");
            assert_eq!(summary.balance_amount.to_string(), "751094.39");
        }
        let sent: Vec<_> = api.requests().into_iter().filter_map(|request| request.authorization).collect();
        assert_eq!(sent, [format!("Bearer {ACCESS}"), format!("Bearer {ACCESS}")]);
        assert_eq!(*fake.asked.lock().expect("no test panicked here"), [scope]);
    }
}

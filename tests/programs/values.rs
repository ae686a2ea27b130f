//! Values are made with `new`, or with `default` where nothing is required, and filled in by field.

use generated_client::types::{Fault, FaultCode, InvoiceSummary, InvoiceSummaryDetail, InvoiceType, ThrottlingFault};
use generated_client::{DateTime, Decimal, Maybe};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut part = InvoiceSummary::new("202955.87".parse()?, "USD");
    part.accounting_date = Some("2017-02-27T00:00:00Z".parse()?);
    let mut detail = InvoiceSummaryDetail::default();
    detail.invoice_type = Some(InvoiceType::Recurring);
    detail.summary = Some(part);

    let balance: Decimal = "100.00".parse()?;
    let mut summary = InvoiceSummary::new(balance.clone(), "USD");
    summary.currency_symbol = Maybe::Null;
    summary.details = vec![detail].into();
    assert_eq!(summary.balance_amount, balance);
    assert!(summary.details.value().is_some_and(|details| details.len() == 1));

    let never: DateTime = "0001-01-01T00:00:00".parse()?;
    assert!(never.is_unset());

    let mut fault = Fault::new(FaultCode::from(3000));
    fault.description = Some("No.".to_owned());
    assert_ne!(fault, Fault::new(FaultCode::from("3000".to_owned())));
    assert_eq!(ThrottlingFault::default().status_code, None);
    Ok(())
}

//! There may be more documented errors some day.

use generated_client::operations::invoices::SummaryError;

fn waits(error: &SummaryError) -> bool {
    match error {
        SummaryError::TooManyRequests(_) => true,
    }
}

fn main() {}

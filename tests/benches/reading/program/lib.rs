//! Reading and writing, by the client's types and by those that an expert writes by hand.

pub mod calls;
pub mod hand;
pub mod pages;
pub mod replies;
pub mod work;

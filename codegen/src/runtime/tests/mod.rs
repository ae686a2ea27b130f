mod dates;
mod json;
mod objects;
mod serde_contexts;
mod values;

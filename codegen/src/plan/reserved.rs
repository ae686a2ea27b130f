//! Names that the emitted code has for itself. What the description names like that is called
//! something else, whatever else the description holds. A test finds what is missing here.

use crate::api::TextFormat;

/// What a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// A type of a schema.
    Schema,
    /// The type that stands for an operation.
    Operation,
    /// The type that a tag's operations are methods of.
    Group,
    /// A module, and a method of the client.
    Module,
    /// A method of the client.
    ClientMethod,
    /// A method of a tag's operations.
    GroupMethod,
    /// An argument of a method.
    Argument,
    /// A method of a call.
    Setter,
    /// The same, of one that can be called for a stream of items.
    StreamSetter,
    /// A method of a type: one that sets a member of a struct, or gives what a variant of an enum holds.
    Member,
    /// A method of a call, of one that answers with one page of many.
    PagedSetter,
    /// The constant of an example, and a test.
    Example,
    /// A type to sign in by.
    Credential,
    /// An argument of such a type's constructor.
    CredentialArgument,
    /// A type of a server, or of the values of its variables.
    Server,
    /// A method of a server.
    ServerVariable,
    /// A name in a scope that the description has for itself.
    Own,
}

/// Those that the module of the types uses, and those of the prelude, which would be hidden from
/// whoever imports the types.
const SCHEMAS: &[&str] = &[
    "BTreeMap", "Box", "Decimal", "Default", "From", "Into", "IntoIterator", "Json", "JsonText", "JsonValue", "Maybe",
    "None", "Number", "NumberOrText", "Option", "OrEmpty", "Result", "Self", "Serialize", "Some", "String", "ToString",
    "Tuple", "Undeclared", "Vec",
];

/// Those that the modules of operations use. An operation is a unit struct, a type and a value.
const OPERATIONS: &[&str] = &[
    "Async", "BTreeMap", "Body", "Box", "Bytes", "Call", "CallId", "Client", "Clone", "Copy", "Data", "Decimal", "Err",
    "Event", "Framing", "From", "FromReply", "HeaderMap", "Infallible", "Into", "IntoIterator", "IntoValue", "Items",
    "ItemsBody", "JsonText", "JsonValue", "ListStyle", "M", "Maybe", "Method", "Multipart", "None", "Number",
    "NumberOrText", "Ok", "Operation", "Option", "OrEmpty", "Paged", "Paging", "Part", "Reply", "Request", "Result",
    "Resumable", "Scheme", "Self", "Some", "String", "Style", "Tuple", "Undeclared", "Unreadable", "Vec",
];

/// Paths that imports start with, the module file of a folder, and names that Windows has no files of.
const MODULES: &[&str] = &["aux", "bytes", "con", "header", "header_list", "http", "mod", "nul", "prn", "std", "types"];

/// The methods that a client has, its own and those of `Clone`.
const CLIENT_METHODS: &[&str] = &["builder", "clone", "follow", "mock", "new", "request"];

const GROUP_METHODS: &[&str] = &["clone", "new"];

/// The methods that every call has, and those that are about media types and the body.
const SETTERS: &[&str] = &[
    "accept", "body", "into_future", "new", "reconnecting", "retry", "send", "server", "sent_as", "streamed",
    "timeout", "with_header", "with_query",
];

/// The methods of those that can be called for a stream of items.
const STREAM_SETTERS: &[&str] = &["stream"];

/// The functions that a type has, its own and those of traits that callers know by their names.
const MEMBERS: &[&str] = &[
    "as_mut", "as_ref", "borrow", "borrow_mut", "clone", "clone_from", "cmp", "default", "deserialize", "eq", "fmt",
    "from", "hash", "into", "ne", "new", "partial_cmp", "serialize", "to_owned", "try_from", "try_into", "type_id",
];

/// The methods of those that answer with one page of many.
const PAGED_SETTERS: &[&str] = &["items", "pages"];

/// The local variables of the emitted methods.
const ARGUMENTS: &[&str] = &["body", "request"];

/// Those that the module of the credentials uses, and the type that stands beside it.
const CREDENTIALS: &[&str] = &[
    "BearerToken", "Clone", "Credential", "Debug", "DevicePrompt", "Fn", "From", "Into", "SecretString", "Self",
    "Send", "Server", "String", "Sync", "TokenUrl",
];

/// The arguments that a credential may have whatever its URL.
const CREDENTIAL_ARGUMENTS: &[&str] =
    &["server", "client_id", "client_secret", "refresh_token", "prompt", "device_url", "token_url"];

/// Those that the module of the servers uses.
const SERVERS: &[&str] = &[
    "BaseUrl", "Clone", "Copy", "Debug", "Default", "Eq", "Filling", "From", "Hash", "Into", "None", "PartialEq",
    "Self", "Server", "Some", "String",
];

/// The methods that every server with variables has.
const SERVER_METHODS: &[&str] =
    &["at", "authority", "clone", "default", "eq", "from", "hash", "into", "ne", "new", "path", "url"];

/// The functions that the emitted tests share.
const EXAMPLES: &[&str] = &["COMES_BACK", "JSON"];

impl Use {
    fn reserved(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Schema => &[SCHEMAS, &TextFormat::NAMES],
            Self::Operation | Self::Group => &[OPERATIONS, &TextFormat::NAMES],
            Self::Module => &[MODULES, CLIENT_METHODS],
            Self::ClientMethod => &[CLIENT_METHODS],
            Self::GroupMethod => &[GROUP_METHODS],
            Self::Argument => &[ARGUMENTS],
            Self::Setter => &[SETTERS],
            Self::StreamSetter => &[SETTERS, STREAM_SETTERS],
            Self::Member => &[MEMBERS],
            Self::PagedSetter => &[SETTERS, PAGED_SETTERS],
            Self::Example => &[EXAMPLES],
            Self::Credential => &[CREDENTIALS],
            Self::CredentialArgument => &[CREDENTIAL_ARGUMENTS],
            Self::Server => &[SERVERS],
            Self::ServerVariable => &[SERVER_METHODS],
            Self::Own => &[],
        }
    }

    /// What makes a reserved name another one.
    fn suffix(self) -> &'static str {
        match self {
            Self::Schema => "Model",
            Self::Operation => "Operation",
            Self::Group => "Operations",
            Self::Example => "_EXAMPLE",
            Self::Credential => "Login",
            Self::Server => "Choice",
            Self::Module
            | Self::ClientMethod
            | Self::GroupMethod
            | Self::Argument
            | Self::Setter
            | Self::StreamSetter
            | Self::Member
            | Self::PagedSetter
            | Self::CredentialArgument
            | Self::ServerVariable
            | Self::Own => "_",
        }
    }

    /// Whether the emitted code has a name for itself.
    pub fn is_reserved(self, name: &str) -> bool {
        let plain = name.strip_prefix("r#").unwrap_or(name);
        self.reserved().iter().any(|names| names.contains(&plain))
    }

    /// The name, or another one if it is reserved.
    pub fn free(self, name: String) -> String {
        if self.is_reserved(&name) { format!("{}{}", name.trim_start_matches("r#"), self.suffix()) } else { name }
    }
}

#[cfg(test)]
#[path = "reserved_tests.rs"]
mod tests;

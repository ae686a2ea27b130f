//! Generates a typed Rust client crate from an OpenAPI description.
//!
//! ```
//! let source = codegen::Source::new("cats.yaml", "
//! openapi: 3.0.3
//! info: { title: Cats, version: '1' }
//! servers: [{ url: https://cats.example }]
//! paths:
//!   /cats:
//!     get:
//!       operationId: listCats
//!       responses:
//!         '200':
//!           description: All cats.
//!           content:
//!             application/json:
//!               schema: { type: array, items: { type: string } }
//! ");
//! let generated = codegen::generate(&source, &codegen::Options::default())?;
//! assert!(generated.files().iter().any(|(path, _)| path == "src/operations.rs"));
//! # Ok::<(), codegen::Diagnostics>(())
//! ```
//!
//! # How it works
//!
//! ```text
//! text ─parse→ tree ┬ 3.0: openapiv3 ┬→ Description ─lower→ Api ─plan→ Api (named, boxed) ─render→ tokens ─format→ Files
//!   │               └ 3.1, 3.2 ──────┘                                                                       write│check
//!   └───────── positions: JSON Pointer → line:column ───────── every message                                        disk
//! ```
//!
//! `parse` reads the text into a tree of values, makes pointers of its references by URI and by name, bundles the files
//! that it refers to into it, applies overlays and the configuration, takes away what is left out, repairs it, and checks
//! it against the table of OpenAPI's objects in `grammar`, which says what each version has. `description` is what the
//! tree says, in the words of JSON Schema 2020-12 and the newest OpenAPI, whatever version it was written in.
//! [`documented()`] stops there: it gives all examples, and the schemas that say what they are examples of, for those who
//! hold one to the other. So does [`mocked()`], with what a mock of the service has to know; every emitted crate has the
//! same as `src/mock.json`, behind the feature `mock`. [`Diagnostic`]s point at the file and the place that something was
//! written in, wherever it went since.
//!
//! [`analyze`] goes as far as `plan`. [`diff()`] compares two descriptions there, in terms of what callers meet of their
//! crates; its module has the rules.
//!
//! Invariants of the architecture:
//!
//! - Only `description::v3_0` knows `openapiv3`, and nobody after `description` asks for the version. Only `render`
//!   knows `quote`, and knows nothing of descriptions.
//! - `plan` decides, `render` prints.
//! - Only `plan::words` converts the case of names.
//! - What types are made of is walked by `api::visit` alone, wherever one kind of type is like the other.
//! - Only [`Source`] reads descriptions, and only [`Files`] writes to the disk. Nothing is fetched.
//! - [`Files`] changes and removes what it wrote, and nothing else: what its list `.codegen-files` names and
//!   what has the generator's whole first line, or is the same JSON still. It goes neither through links nor into other
//!   crates.
//! - Whose word a value is, is a matter of the file that it was written in, wherever it went since. What a
//!   description says never decides whose code runs.
//! - Text of a description gets into docs, literals, TOML, comments and messages through the types of
//!   `texts` alone, each of which has one way in; what is ours is `&'static str`.
//! - `runtime` is the support code, emitted as it is: as a crate below the emitted one, but for the client and its calls,
//!   which emitted code adds methods to. It knows nothing of any description.
//! - Nothing panics on any input: a description gives output, or [`Diagnostics`].
//! - The output depends on the description and the [`Options`] alone, to the byte.
//!
//! # Descriptions with mistakes
//!
//! What has one obvious meaning but is not written as OpenAPI writes it is read as meant, with a
//! warning of the rule [`Rule::Repaired`] that says how to write it right. What says nothing about
//! requests and responses, such as an unreadable example, is left out, with the same warning; so is one
//! that refers to nothing, or to something else. What has no single meaning is an error.
//! [`Options::allow`] makes errors of some rules warnings, and [`Options::strict`] makes warnings errors.
//!
//! # Versions
//!
//! OpenAPI 3.0, 3.1 and 3.2 are read, whatever their third number is. What belongs to another version is said: a keyword
//! of a schema is read as meant there, and anything else is left out.
//!
//! | of 3.1 and 3.2 | what comes of it |
//! |---|---|
//! | schemas of JSON Schema 2020-12 | types: several types, `null` anywhere, `const`, `prefixItems`, `patternProperties`, `$ref` among other keywords, `true` and `false` |
//! | `if`, `then`, `else`, `dependentSchemas` | the members that they add are optional; when they have to be there, the server decides |
//! | `contentSchema` of JSON | a `JsonText`, which keeps the text and reads it when asked |
//! | `not`, `contains`, `propertyNames`, `dependentRequired` | left to the server, as limits are |
//! | `unevaluatedProperties`, `unevaluatedItems` | as `additionalProperties` and `items`, of all that is combined |
//! | any keyword that is not known | nothing, and no message: JSON Schema allows it |
//! | `query`, `additionalOperations`, `in: querystring`, `style: cookie` | requests |
//! | `webhooks`, `components/pathItems` | types of what is received; what paths share |
//! | `$self`, `$id`, `$anchor`, `$dynamicRef` | see below |
//! | `deviceAuthorization`, `mutualTLS` | see "Signing in" |
//! | `name` of a server; `parent` and `kind` of a tag | the name of the variant; docs, and which tag operations are under |
//! | `dataValue`, `serializedValue` of examples | as `value`; JSON text that is taken along as it is |
//! | `itemSchema` | streams of items, see "Bodies"; of what is no sequence, a stream of bytes |
//! | `itemEncoding`, `prefixEncoding` | parts that the caller gives in order |
//!
//! # Several files
//!
//! A description that was read by [`Source::read`] may refer to other files in its folder and below, as
//! YAML or JSON; to those outside of it if [`Rule::OutsideFile`] is allowed. What a reference leads to
//! becomes a component, called after the last part of the reference's pointer or after the file.
//! [`Source::with_files`] takes the files from anywhere else.
//!
//! Nothing is fetched. For a reference to a URL, a file is read that [`Options::references`] or the
//! configuration has for it. What such a file refers to counts from its URL if there is a file for that,
//! too, and else from the file itself, whose folder may be read like that of the description.
//!
//! # Descriptions that cannot be edited
//!
//! [Overlays](https://spec.openapis.org/overlay/latest.html) of the versions 1.0 and 1.1 change the
//! description after it was read and bundled: those that the configuration names, then those of
//! [`Options::overlays`], each action on the result of the one before. Lists are put behind each other
//! in both versions. `extends` is not looked at: the caller says what an overlay is for. A target that
//! matches nothing is a warning, [`Rule::UnmatchedTarget`].
//!
//! A configuration says the rest. For `cats.yaml`, it is `cats.codegen.yaml` beside it (or `.yml`, or
//! `.json`), unless [`Options::config`] is set or [`Options::find_config`] is not. One that was found is
//! told by notes of the rule [`Rule::FoundConfiguration`], with every allowance, overlay, reference and
//! crate that it brings, and must not lead outside of the folder: [`Rule::OutsideFile`]. All of it may be
//! left out:
//!
//! ```yaml
//! name: cats-client                      # of the crate; the options win
//! strict: true                           # as in the options; either is enough
//! allow: [unresolved-reference]          # these, and those of the options
//! overlays: [fixes.overlay.yaml]         # paths from the folder of the configuration
//! references:                            # files in place of URLs; the paths count from there as well
//!   https://schemas.example/cat.json: cat.json
//!   https://schemas.example/toys/: toys  # a folder, for all that begin with this
//! rename:
//!   schemas: { CatDtoV2: Cat }
//!   properties: { CatDtoV2.nm: name }    # schema and property
//!   operations: { CatController_get: get, DELETE /cats/{id}: remove }
//!   parameters: { CatController_get.id: cat, Page: page }   # of an operation or its path; a component
//!   tags: { Cats and more: cats }
//!   places: { '#/servers/0': Europe }    # anything else, by its JSON Pointer
//! types:                                 # schemas that are Rust types of yours
//!   Money: money::Money
//!   '#/components/schemas/Cat/properties/id': cat_ids::CatId
//! derive:                                # beside what types derive anyway; `*` stands for all of them
//!   '*': [describe::Describe]
//!   Colour: [Ord, PartialOrd]
//! undeclared:                            # whether members are kept that are not described; `*` as above
//!   Page: false
//! pages:                                 # see "Pages"
//!   listCats: { cursor: starting_after, from: 'data[-1].id', more: has_more }
//!   '*': { link: meta.next_url }         # of all operations that have what it speaks of
//! dependencies:                          # as in Cargo.toml; paths count from the emitted crate
//!   money: '1.2'
//!   cat_ids: { path: ../cat_ids, features: [serde] }
//! errors: Error                          # the schema of all errors that are not described, see "Bodies"
//! idempotency: Idempotency-Key           # the header by which the service knows each call again
//! operations:
//!   keep:                                # what any of these selects, or everything
//!     - { tag: cats, method: get }       # all of it has to be so; `*` stands for any text
//!     - { path: /toys/* }
//!   drop:                                # but for what any of these selects
//!     - { id: legacy* }
//! prune: true                            # leave out what nothing uses; otherwise only if operations go
//! ```
//!
//! What messages propose for it is [`Diagnostic::proposals`], of which `init` of the command line begins a configuration.
//!
//! What it speaks of has to be there; otherwise it is an error, [`Rule::UnmatchedSelection`]. It comes to
//! the extensions below, put where it says. A name that a reference has in its place is the name of
//! that place alone; a parameter of a path has one name for all operations of the path.
//!
//! A type in place of a schema has to be `Clone`, `Debug`, `PartialEq`, and serde's `Serialize` and
//! `DeserializeOwned`; it must not be generic or another name for a type of the standard library that is.
//! It is read from JSON text and written as JSON, with every digit that it asks for, such as by a
//! `RawValue`; but a type that goes by `f64` has no more than that. In a parameter, what it serializes to
//! is written in the parameter's style. A response header of such a type is read as text, and in an
//! `allOf` the schema counts as it is described.
//!
//! # Extensions of OpenAPI
//!
//! | extension | where | meaning |
//! |---|---|---|
//! | `x-rust-name` | schema, property, parameter, header, response, media type, operation, tag, server, server variable, security scheme, OAuth flow | the Rust name to use, as it is |
//! | `x-rust-type` | schema | the Rust type that stands for it: `String`, a primitive, or a path from its crate on¹; an object is left alone |
//! | `x-rust-derive` | schema, the description as a whole | a list of derives: of the standard library, or paths from their crates on¹ |
//! | `x-rust-undeclared` | schema, the description as a whole | `false`: members that the description does not have are not kept; `true`: they are, where it is `false` for the whole |
//! | `x-rust-dependencies` | the description as a whole | the crates that these come from¹: a mapping of names to versions, or to mappings as in `Cargo.toml`. To a crate that the client depends on anyway, `features` add some |
//! | `x-rust-pages` | operation, the description as a whole | how one page leads to the next, see "Pages"; `false`: there is only one |
//! | `x-rust-skip` | operation | `true`: the operation is left out, and what only it uses |
//! | `x-enum-varnames` | schema or server variable with `enum` | the names of the values, in their order and in any case |
//! | `x-call-id` | header parameter of format `uuid` | `request` or `correlation`: the header identifies the call. The client sends a fresh UUID unless the caller gives one; responses and errors show it |
//! | `x-call-id: idempotency` | header parameter that a UUID is a value of | see "Calls that are made once"; a header `Idempotency-Key` or `X-Idempotency-Key` is one without it |
//! | `x-idempotency-key` | the description as a whole | the header that is one for all operations, whose parameters need not have it |
//! | `x-idempotent` | operation | `true` or `false`: whether a failed call may be repeated without harm. Unless it is set, that goes by the method, as in RFC 9110 |
//! | `x-authority` | server | the scheme and host from which the tokens for this server come, instead of those of the flow's `tokenUrl` and `refreshUrl`; on all servers or on none |
//! | `x-scope` | OAuth flow `clientCredentials`, `authorizationCode` or `deviceAuthorization` | the scope to ask for, instead of those that `security` names; `{server}` in it stands for the address of the chosen server |
//! | `x-resource` | the same | asks with the parameter `resource` in place of `scope`; `{server}` as above |
//! | `x-correlation-header` | the same | the header in which the token service takes the id of the task, see `x-call-id` |
//!
//! Every other `x-` extension is left alone.
//!
//! ¹ The code of other crates runs where it is compiled, so whoever runs the generator decides about it:
//! paths into other crates than those of the standard library, and dependencies, count where an overlay or
//! a configuration says them. Written in a description, or in a file that it refers to, they are an error,
//! [`Rule::ForeignCode`], wherever overlays have copied them to.
//!
//! # Members that are not described
//!
//! Services add members, and a schema without `additionalProperties: false` allows that. A struct keeps what
//! it has no field for, spelled as it came, in its field `undeclared`, whatever the schema says of additional
//! members, and writes it behind the fields. So does a `null` that stands where the description has none,
//! until the field is set. Callers can look at these members and add to them; where there are none, they take
//! the room of a pointer. `additionalProperties` with a schema are a map of that type beside them.
//!
//! Forms, parameters and headers have no such members: the types that are nothing else have no field for
//! them, and what others keep is not sent there, but for what `additionalProperties` announces. Nor has a
//! type that derives `Copy`.
//!
//! # Documented examples
//!
//! Examples of bodies, and those of components that are objects or lists, are tests of the crate: each is read as its
//! type, and written again as the same JSON, with every number spelled the same. JSON that stands as text, where its
//! schema has an object or a list, is read as such. An example that does not fit its schema is no test: it stands, with
//! its place and what is wrong, at the head of `tests/documented_examples.rs`. So does one with members that are not
//! described where nothing keeps these. Examples of more than a hundred lines are JSON files in `tests/documented`.
//!
//! Because a type keeps what it has no field for, a wrong one would give the same JSON back. So a type must know all that
//! the schema of the example describes, which is found out with JSON Schema alone: what the schema does not describe
//! stands beside the example, and is all that the type may not know.
//!
//! Those of request bodies that are forms, `multipart/form-data` or text are tested as what goes over the wire, too: the
//! method of the operation sends them to a mock, and the pairs, parts or text have to be those that follow from the
//! example and `encoding`. An example of a form is an object, or a text as it is sent. Where OpenAPI leaves more than one
//! way to send an example, or the operation takes a value that no test can make, it is listed at the head of the tests.
//!
//! # Formats
//!
//! | `format` of a string | type |
//! |---|---|
//! | `date-time`, `date`, `time` | `DateTime`, `Date`, `Time`: with an offset, with `Z` or with neither |
//! | `duration` | `Duration`, in the units that were written |
//! | `uuid` | `Uuid` |
//! | `ip`, `ipv4`, `ipv6` | `IpAddr`, `Ipv4Addr`, `Ipv6Addr` |
//! | `byte`, `base64`, `base64url` | `Base64`: the text, decoded where a caller asks for the bytes |
//! | `password` | `Secret`, of which `Debug` shows nothing; as a parameter, text |
//! | any other | `String` |
//!
//! Each of them is written again as it was read. A `number` of the format `decimal` is an exact `Decimal`;
//! the formats of integers are Rust's types. A format that the type does not tell is said in its docs.
//!
//! An integer is an `i64` unless its format says otherwise, or its limits, its `enum`, its default or an
//! example need a larger type: `i64` for a smaller format, `u64` where no value is negative, and else a
//! `Number`, which keeps every digit. Integers are read by their value, so that `1e3` and `1.0` are some. A
//! member that keeps its value is written as it came; elsewhere, integers of Rust are written in digits.
//!
//! A number that may come as text is a `NumberOrText` of its type: a list of types with a numeric `format`, or whose
//! `pattern` has digits alone, or such a pattern and format without a type. `get` is the number, and it is written as
//! it came.
//!
//! A value beside the empty text alone, as in `anyOf: [{ type: object }, { enum: [''] }]`, is an `OrEmpty` of its type:
//! `Empty` is how some services are told to take something away. Any other text is kept, too.
//!
//! A string in an `enum` or a `default` that has no quotes is what is written there, such as `1.10`, though
//! YAML reads a number. A member that is required and not described can be sent, as any JSON value.
//!
//! # Directions
//!
//! A member that is `readOnly` is one of replies alone, required or not, and one that is `writeOnly` of requests.
//! Any of the schemas that describe the member can say so: the property, what it refers to, a part of an
//! `allOf`. What is said to be both is neither; the member that a `discriminator` names is always in both.
//!
//! A schema of which this makes a difference, by its own members or by what is inside of them, is a type for
//! each direction that it goes in. In both, `Note` is what replies have, and `NoteInput` what requests have:
//! `NoteInput::from(note)` makes what is sent of what was read. Where requests require members that replies
//! do not have, `note.into_input(secret)` takes these along, and the members that have some of those inside.
//! What goes in one direction is a single type, exact in that. What no operation has can hold what there is in
//! either, so that only what both require is required.
//!
//! # Enumerations
//!
//! A list of strings or of integers is an enum, which keeps every other value, too. So is a `oneOf` or `anyOf` of such
//! lists and of single values: one that stands alone is called by its `title`, unless two would have the same name, and
//! documented by its `description`. A list beside any other string, or integer, is that list.
//!
//! A member with a single value, of whatever type of JSON, is of that type. One that is required is there by itself, so
//! that nobody is asked for it. Another value of the type is kept as well; but what may be `null` alone is a `()`.
//!
//! # Schemas without a name
//!
//! A schema that stands where it is used has a type that is called by the way that leads there, such as `CatOwner`; what is
//! a component or a plain value that stands for it is called by both (`StringOrCat`), and what is the only one of a choice,
//! or beside `null` alone, as the choice. Those that say the same are one type where they are the same thing: choices of types that have names, which are called by
//! these (`StringOrCat`); what has one title, and is called by it; what is at members of one name; and the bodies of
//! several operations, requests or replies, which are called by the words that the operations have in common. What is
//! said of their members is part of what they say, and what is said of the whole is not.
//!
//! # Lists
//!
//! A list is a `Vec` of its `items`. With `prefixItems`, it is a tuple: `(A, B)` if it has as many items as that and no
//! others, and else `Tuple<(A,), (Option<B>,), C>`, with the items that are always there, those that may be missing from
//! the end, and all that follow. Of more than twelve, which Rust's tuples do not have, the items may be anything.
//!
//! # Unions
//!
//! A value of a `oneOf` or `anyOf` is the variant that its discriminator says. Where there is none, it is told by what
//! is listed at places of it, however deep and in lists, by the members that are required, by their types, and at last by
//! how little of it has no place. What contradicts all variants is kept as it came. A new value of a list that all
//! variants have alike contradicts none of them; nor does one of a list that a single variant has, unless others fit.
//!
//! Objects of an `anyOf` are one struct, unless one requires a member that another does not have, or they say different
//! things about a member, or are closed, or have many members. A schema with a discriminator that others have in their
//! `allOf` is one of these, or has its own members alone and a discriminator of any other value.
//!
//! # Methods
//!
//! | method | where | repeated, unless `x-idempotent` says otherwise, or a header that the call is known by |
//! |---|---|---|
//! | GET, HEAD, OPTIONS, TRACE, PUT, DELETE | the member of the path that is called so | yes |
//! | POST, PATCH | the same | no |
//! | QUERY | the same, since OpenAPI 3.2 | yes: it is safe, like GET, and has a body |
//! | any other | `additionalOperations`, since OpenAPI 3.2, spelled as it is sent | no |
//!
//! A body is sent with any method that has one. What a path has behind `#` is not sent, and tells its operations from
//! those of another path; what it has behind `?` is sent with every call.
//!
//! # Calls that are made once
//!
//! A service that is sent an id with a call, in a header such as `Idempotency-Key`, and sees the id again does nothing a
//! second time, but answers as before. Where an operation has such a header as a parameter, the client sends a fresh UUID
//! with each call, the same with all its attempts, unless the caller gives one; and as nothing happens twice then, the call
//! is tried again whatever its method is. The parameter is no argument, even if it is required.
//!
//! Where the description has no such parameter though all operations take the header, as with Stripe, the configuration
//! says `idempotency: Idempotency-Key`: it is sent with all calls whose method may not be repeated, such as POST.
//! `ClientBuilder::idempotency_key` of the client says the same, or that there is none.
//!
//! # Parameters
//!
//! | `in` | how a value is written |
//! |---|---|
//! | `path`, `query` | by its `style`, percent-encoded. With `allowReserved`, reserved characters and `%XX` stay as they are, but for those that would address another resource, or end the value (in a path, since OpenAPI 3.2) |
//! | `querystring`, since OpenAPI 3.2 | the whole query: as a form, by its `encoding`; as JSON, percent-encoded; or as text |
//! | `header` | by its `style`, with nothing escaped |
//! | `cookie` | with `style: form`, what a cookie cannot hold is percent-encoded; with `style: cookie`, since OpenAPI 3.2, nothing is, and what would be another cookie is an error of the call |
//!
//! A date, an id, a decimal or another value that has a form in text is passed as it is or as its text, which has to be of
//! that form, or else that is the error of the call, and nothing is sent.
//!
//! There is no way to send `null`: a parameter that may be null can be left out unless it is required.
//!
//! # Bodies
//!
//! | media type | sent | received |
//! |---|---|---|
//! | JSON, `…+json`, `*/*` | the type of the schema, any JSON without one | the same |
//! | `application/x-www-form-urlencoded` | the type of the schema, its properties as `encoding` says | bytes |
//! | `multipart/…` | `Multipart`, from a struct of the properties; a file², and a part with `headers`, is a `Part`; parts without names, by a list or `itemSchema`, are added in their order | bytes |
//! | `text/…`, XML | `Body`: text, bytes or a stream | `String` |
//! | any other, and all of the format `binary` | `Body` | `Body`, to be read as it comes; `Bytes` of an error |
//! | sequences³ | `ItemsBody`, from whatever iterates over items, or from a stream | `Items`, to be read one by one; `Bytes` of an error |
//! | `text/event-stream`³ | `Body` | the same; an `Event` with `event`, `id` and `retry` where the schema is that of its data |
//!
//! ² By the format `binary`, or by a `contentMediaType` of bytes without `contentEncoding`; by itself, in a list, among
//! choices, or as `additionalProperties`.
//!
//! ³ `application/jsonl`, `application/x-ndjson`, `application/json-seq`, `…+json-seq` and the like: items, one after the
//! other. What an item is, `itemSchema` says, or else `schema`: it is a list of the items, or one of them. A schema of
//! events that has `data`, and nothing but what events have, describes the event as an object, whose `data` are JSON unless
//! they are text; any other one describes the data. `[DONE]` ends events, and an event `error` is an error, unless
//! the description has a type for it.
//!
//! Where a success is a sequence or something else of the same status, a call is for the latter, and its `stream` asks
//! for the items: by the header `Accept`, and by a boolean `stream`, if that is a member of a body of JSON, a part of form
//! data or a parameter of the query. Such a parameter is none for callers to set, and such a member says what the call is.
//! An answer that is not what was asked for is an error. The items of a documented error are not taken apart: an error is
//! there as a whole, in `Bytes`, and no larger than the client allows.
//!
//! Of a GET that answers with events and nothing else, `reconnecting` of the call goes on behind the last event where a
//! connection broke off. A success without content, documented or not, is the end of it.
//!
//! A body that may be of several types is an enum of its media types, as are the replies of an operation
//! of their statuses. What has one schema in several media types is sent as JSON, or else as the first;
//! files are sent in parts if they can be. The `Content-Type` of an answer tells what it is, or else
//! what it looks like. Of a range of media types, such as `image/*`, a call says by `sent_as` which one it sends.
//!
//! Where JSON is described for all successes, by `2XX` or `default`, it is an `Option`: an answer of the status 204 or
//! 205 has no content.
//!
//! An API that describes the errors of few operations and answers alike with all of them is told so by `errors` of the
//! configuration: a schema, which all operations have for `4XX` and `5XX` then unless they describe these, or `default`,
//! themselves. Where the description has no such schema, an overlay adds it. `Error::code` and `Error::member` of the
//! client read the body without a type.
//!
//! `302` and `303` count as success, as does any redirect where nothing else does: they are values, and
//! nobody follows them but `Client::follow`, when it is told to.
//!
//! The documented headers of an operation's replies are a struct, which is read from a reply's `headers()`; all headers
//! are there. Those that tell browsers what pages of other origins may do, `Access-Control-…`, are left out of it: no
//! other client has a use for them.
//!
//! What several operations have the same, such as their errors by status or their headers, is one type of the module
//! `replies`. Each operation has its own name for it, which stays where one of them gets another reply.
//!
//! # Pages
//!
//! Of an operation that answers with one page of many, `items` of the call goes through the items of all pages, and
//! `pages` through the pages: a stream with `next`, or an iterator of the blocking client. Each page is asked for when it
//! is wanted, and is a call of its own, with the retries and the time limit of one. What is set on the call goes along, and
//! where it says which page is wanted, they begin there. An answer without content, such as a 204 beside the list, is a
//! page without items.
//!
//! The first error is the end. So it is if the same is asked for twice, or counted pages are the same, as a server that
//! repeats itself would have no end. Pages without items may come for long where a service looks through much; if there
//! are more than a thousand in a row, `items` ends with an error, unless its `max_empty_pages` says otherwise.
//!
//! What leads to the next page is said by the configuration, or by `x-rust-pages`:
//!
//! | member | meaning |
//! |---|---|
//! | `cursor` | the parameter, of the query or a header, for what comes `from` a member of the answer or from its `header`; or, as for `page` and `offset`, the member of a body of JSON |
//! | `page` | the query parameter for the number of the page; the `first` one has the number that the parameter has as its `default` or `minimum`. The `last` number may be a member |
//! | `offset` | the query parameter for how many items come before |
//! | `link` | the member that has the address of the next page |
//! | `header` | alone: the header that has it. `Link` is that of RFC 8288, with `rel="next"` |
//! | `items` | the member that is the list of items; where there is only one list, but for `errors` and `warnings`, that is it |
//! | `more`, `done` | the member that is `false`, or `true`, on the last page |
//!
//! Members are written as in `data[-1].id`, where `[-1]` is the last item of a list, or as a JSON Pointer where names have
//! dots. What is called like a parameter is that parameter; by a JSON Pointer, `/cursor`, it is the member of the body in
//! any case. There, a value is a text or a number as the type of the member says, or else as it came, and all else that the
//! caller sends stays as it is.
//!
//! A cursor, a link or a header that is absent, `null` or empty is the end; numbers and offsets end where a page has no
//! items, as some servers give fewer items than they are asked for. Where there is said to be more and nothing leads on,
//! that is an error. For the description as a whole, it may be a list, of which an operation has the first that fits. Where
//! nothing else is configured, `pages: { cursor: after, from: next }` says it of all operations.
//!
//! The same is read from `x-speakeasy-pagination`, `x-fern-pagination`, `x-ms-pageable` and `x-dropshot-pagination`; what
//! of these cannot be done, such as pages of form data, is left out with a warning. Where nobody says anything, a GET has
//! pages if its answer has one list and nothing else can be meant: with a documented header `Link`; with a parameter such
//! as `cursor` or `page_token` and a member `next_cursor` or `nextPageToken`, unless another parameter could say the page,
//! too; or with a member such as `next_page_url`, `nextLink` or `links.next`.
//!
//! The address of a next page may be relative. It is asked for with the credential, so only from the scheme, host and port
//! that the call goes to: another one is an error.
//!
//! # Webhooks
//!
//! What the server sends on its own, the `webhooks` of OpenAPI 3.1, is no call. The module `webhooks` has a type for
//! each that has a body of JSON, called after the webhook, and after its method if there are several: what is received,
//! so that members that are `writeOnly` are not in it. Bodies of several items, such as JSON lines, have no type, as they
//! are bytes at hand that no client reads. A description without `paths` makes a crate of types.
//!
//! # References by URI
//!
//! From OpenAPI 3.1 on, a schema with an `$id`, and by `$self` the description, can be referred to by that URI, and
//! schemas with an `$anchor` by that name. A `$dynamicRef` leads where the way to it says: what refers to a generic
//! schema and has its `$dynamicAnchor` is a type of its own. Nothing of that is fetched.
//!
//! # Names
//!
//! Everything is called what the description calls it, in the case of Rust and in ASCII; abbreviations are words, those of
//! several things and of versions as well: `floating_ips`, `ipv6_address`. What has no name of its own is
//! called by the way to it: `ListCatsResponse`, `CatOwner`, `CatToysItem`. A variant of a union is called by what only it
//! has, such as a member: `WithWings`, `StringList`, `Object`. An operation without an `operationId` is called by its method
//! and path: `get_cats_by_id`.
//!
//! A method is called without the words that its tag says in front of the `operationId`: `cats/get-views` of the tag `cats`
//! is `client.cats().get_views()`. Behind these words is a sign, or else an action, as in `cat_list` and `CatExists`; words
//! at the end stay, as those of `get_cat` and `get_cats` tell the two apart. Of `create_item_items_post`, to which FastAPI
//! has put the request, `create_item` is left. Where two would have one name then, both keep their words, and a note says
//! so; so does what would be a keyword or nothing. What is outside of the tag's module is called after the whole:
//! `CatsGetViewsResponse`. The documentation of the method has the `operationId`.
//!
//! A variant is called without the name of its union, as a whole, in front of it, behind it or around it:
//! `AlertGraphWidgetDefinition` is `WidgetDefinition::AlertGraph`, and `ToyBallCreate` is `ToyCreate::Ball`. Other words stay,
//! even if all variants share them, as the next variant may not. What it holds is given by a method: `as_alert_graph`.
//!
//! Schemas without a name that say the same, at members or parameters of the same name, share a type: an
//! `address` that is written out at ten places is one `Address`. Where several such types would be called
//! the same, they take along as much of what their places have in common as tells them apart.
//!
//! A name by a way says words once where a step repeats those right before it: the type of `budget_alerting` in `Budget` is
//! `BudgetAlerting`. Of one that is longer than 50 letters, the middle goes, or else the start: the end says what it is. A
//! name that two could have then is passed over, with a note.
//!
//! What is called how is a matter of the thing itself, so that names stay where others come and go: what is told apart from
//! others is said in a message, and what [`diff()`] finds to be called otherwise is told there.
//!
//! Where several names would be the same, the one that the description spells as Rust does keeps it
//! (`foo_bar` as a field, `Asc` as a value), and components keep theirs before schemas without a name.
//! Each of the others says what it differs in: a sign (`user_hyphen_id`), its capital letters
//! (`AscUpper`), the place of a parameter (`id_query`), the request of an operation, the place of a
//! schema, what a type is for (`NoteForRequests`); at the last, a hash. The order of the document does not
//! matter, but for variants of a union that nothing else tells apart. A warning says what came of it, and
//! `x-rust-name` chooses something else; two equal names that were chosen are an error.
//!
//! # Servers
//!
//! Each server of the description is a variant of the enum `Server`. A server whose URL has variables,
//! or is relative, has a type of the module `servers` too, which the variant holds: a method for each
//! variable, an enum where its values are listed, and a constructor for what has no default. A relative
//! URL starts `at` an address that the caller gives. `/`, or no server at all, says nothing: callers
//! give a `BaseUrl`, as they can with every client.
//!
//! A server is called by its `x-rust-name`, else by its `name`, by its description if that is a word or two, else by
//! its host, and by as much more as tells it from the others.
//!
//! An operation with servers of its own, or of its path, goes to the one that is the client's, or has
//! the description (or `x-rust-name`) of the client's, else to the first. A client with an address that
//! is not the description's sends every call there, and `Call::server` sends one call elsewhere.
//!
//! # Signing in
//!
//! Each security scheme that an operation asks for is a type of the module `credentials`, named after
//! the scheme:
//!
//! | scheme | what its type takes |
//! |---|---|
//! | `apiKey` | a key, sent in the query, the header or the cookie that the scheme names |
//! | `http`, `basic` | a user name and a password |
//! | `http`, `bearer`; `openIdConnect` | a token, or a `TokenSource` |
//! | any other one of `http` | what stands behind its name in the header `Authorization` |
//! | `oauth2` with the flow `clientCredentials` | a client id and its secret |
//! | `oauth2` with the flow `authorizationCode` | the same, and a refresh token |
//! | `oauth2` with the flow `deviceAuthorization` | a client id, and what shows a person where to sign in and the code to enter |
//! | any other one of `oauth2` | a token, or a `TokenSource` |
//! | `mutualTLS` | no type: the transport has the certificate |
//!
//! A scheme with several of those flows has a type for each, named after the flow too. What the token URL
//! has in braces, such as `{tenant}`, becomes a parameter of the type's constructor. A plain
//! `BearerToken` stands for any scheme that takes a token.
//!
//! A client holds a credential for each of several schemes, and sends each operation's calls with what
//! that asks for, and with nothing else: of several alternatives, the first one that it has everything
//! for. If there is none, the call ends with `ErrorKind::Credential` before anything is sent, unless `{}`
//! is among the alternatives. A client without any credential leaves signing to its transport.
//!
//! Where the description says nothing about signing in, or an operation asks for a scheme that is not
//! described, calls are sent with the token that the client has, if it has one; where it has schemes that
//! no operation asks for, with a credential for any of them.
//!
//! Where an application asks for one scope that ends in `/.default`, as Microsoft's token service
//! has it, the crate has the feature `azure_core`: any `TokenCredential` of the crate of that name
//! takes the place of an id and a secret.

mod analysis;
mod api;
mod closest;
// It is part of the support code, and the only one that the generator needs itself.
#[cfg(not(test))]
#[path = "runtime/conforms/mod.rs"]
mod conforms;
mod dependencies;
mod description;
mod diagnostics;
mod diff;
mod documented;
mod files;
mod format;
mod grammar;
#[cfg(test)]
mod invariants;
mod lower;
mod maps;
mod mocked;
mod options;
mod parse;
mod places;
mod plan;
mod pointer;
mod positions;
mod render;
mod replies;
mod rule;
#[cfg(test)]
mod runtime;
mod source;
mod texts;
mod threads;

#[cfg(test)]
use runtime::conforms;

pub use analysis::{Analysis, analyze, described, documented, mocked};
pub use api::{Direction, Origin};
pub use closest::closest;
pub use conforms::{Disagreement, disagreement};
pub use diagnostics::{Diagnostic, Diagnostics, Place, Proposal, Severity};
pub use diff::{Caller, Difference, Item, ItemChange, Step, diff};
pub use documented::{
    DescribedAnswer, DescribedBody, DescribedContent, DescribedOperation, DescribedParameter, Documented,
    DocumentedExample, Subject, Use,
};
pub use files::{Change, Files, Plan, WriteError};
pub use mocked::Mocked;
pub use options::Options;
pub use replies::JsonReply;
pub use rule::{Rule, UnknownRule};
pub use source::{Found, Loader, Source};
pub use texts::Shown;

/// A client crate, in memory.
#[derive(Clone, Debug)]
pub struct Generated {
    files: Files,
    warnings: Diagnostics,
    counts: Counts,
    json_replies: Vec<JsonReply>,
    allowances: Vec<(Rule, String)>,
}

/// How much of an API a crate covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Types made from schemas.
    pub types: usize,
    /// Documented examples that the crate's tests hold it to.
    pub examples: usize,
    /// Documented examples that do not fit their own schemas, which nothing is held to.
    pub unfit_examples: usize,
}

impl Generated {
    /// The files of the crate.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// What the description says that the crate does not, and notes on what was not asked for.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// What the description says wrong and [`Options::allow`] let pass: the rule, and the message.
    pub fn allowances(&self) -> &[(Rule, String)] {
        &self.allowances
    }

    /// How much of the API the crate covers.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The JSON bodies of all documented answers, and the types of the crate that hold them.
    pub fn json_replies(&self) -> &[JsonReply] {
        &self.json_replies
    }
}

/// Makes a client crate from a description.
///
/// # Errors
///
/// All the mistakes that the first failing stage finds, each with its place in the description.
pub fn generate(source: &Source, options: &Options) -> Result<Generated, Diagnostics> {
    analyze(source, options)?.generate()
}

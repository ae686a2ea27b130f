use super::*;

fn written(name: &str) -> [String; 3] {
    [Case::Type, Case::Value, Case::Constant].map(|case| Words::of(name).in_case(case))
}

#[test]
fn names_become_words_in_the_case_of_rust() {
    for (name, ty, value, constant) in [
        ("fooBar", "FooBar", "foo_bar", "FOO_BAR"),
        ("HTTPStatus code", "HttpStatusCode", "http_status_code", "HTTP_STATUS_CODE"),
        ("XMLHttpRequest", "XmlHttpRequest", "xml_http_request", "XML_HTTP_REQUEST"),
        ("FieldNamE11", "FieldNamE11", "field_nam_e11", "FIELD_NAM_E11"),
        ("ABC123dEEf456FOO", "Abc123dEEf456Foo", "abc123d_e_ef456_foo", "ABC123D_E_EF456_FOO"),
        ("Floating IPs", "FloatingIps", "floating_ips", "FLOATING_IPS"),
        ("userIDsOfVPCs", "UserIdsOfVpcs", "user_ids_of_vpcs", "USER_IDS_OF_VPCS"),
        ("IPv6Address", "Ipv6Address", "ipv6_address", "IPV6_ADDRESS"),
        ("APIv2", "ApiV2", "api_v2", "API_V2"),
        ("JSONset", "JsoNset", "jso_nset", "JSO_NSET"),
        ("Asset", "Asset", "asset", "ASSET"),
        ("@odata.id", "OdataId", "odata_id", "ODATA_ID"),
        ("123", "N123", "n123", "N123"),
        ("1.10", "N1_10", "n1_10", "N1_10"),
        ("v1.0", "V1_0", "v1_0", "V1_0"),
        ("+1", "Plus1", "plus_1", "PLUS_1"),
        ("-created", "MinusCreated", "minus_created", "MINUS_CREATED"),
        ("A+", "APlus", "a_plus", "A_PLUS"),
        (">=", "GreaterEqual", "greater_equal", "GREATER_EQUAL"),
        (">= 5", "GreaterEqual5", "greater_equal_5", "GREATER_EQUAL_5"),
        ("", "Empty", "empty", "EMPTY"),
        (" ", "Space", "space", "SPACE"),
        ("$", "Dollar", "dollar", "DOLLAR"),
        ("größe", "Grosse", "grosse", "GROSSE"),
        ("gro\u{308}ße", "Grosse", "grosse", "GROSSE"),
        ("\u{200f}שם", "Shm", "shm", "SHM"),
        ("名前", "MingQian", "ming_qian", "MING_QIAN"),
        ("🐱cat", "CatCat", "cat_cat", "CAT_CAT"),
        ("\u{e000}", "Ue000", "ue000", "UE000"),
    ] {
        assert_eq!(written(name), [ty, value, constant].map(str::to_owned), "{name:?}");
    }
}

#[test]
fn only_numbers_of_characters_are_poor() {
    for (name, is_poor) in [("\u{e000}", true), ("\u{200f}", true), ("\t", true), ("", false), ("a\u{200f}", false)] {
        assert_eq!(Words::of(name).is_poor, is_poor, "{name:?}");
    }
}

#[test]
fn every_character_gives_a_name_in_ascii() {
    // All of the scripts of Europe, and some of everything else.
    let numbers = (0..0x800).chain((0x800..=u32::from(char::MAX)).step_by(61));
    for sign in numbers.filter_map(char::from_u32) {
        for words in [Words::of(&sign.to_string()), Words::spoken(&sign.to_string())] {
            let name = words.in_case(Case::Value);
            let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
                && name.chars().all(|sign| matches!(sign, 'a'..='z' | '0'..='9' | '_'))
                && !name.contains("__");
            assert!(is_name, "{sign:?} is {name:?}");
        }
    }
}

#[test]
fn signs_are_spoken_where_they_tell_names_apart() {
    for (name, spoken) in [
        ("a-b", "a_hyphen_b"),
        ("a_b", "a_underscore_b"),
        ("a b", "a_space_b"),
        ("a[b]", "a_bracket_b_bracket"),
        ("ab", "ab"),
    ] {
        assert_eq!(Words::spoken(name).in_case(Case::Value), spoken);
    }
}

#[test]
fn capital_letters_have_a_word_unless_they_are_usual() {
    for (name, in_type, in_value) in [
        ("asc", Some("lower"), None),
        ("ASC", Some("upper"), Some("upper")),
        ("Asc", Some("capitalized"), Some("capitalized")),
        ("fooBar", Some("camel"), Some("camel")),
        ("FooBar", None, Some("pascal")),
        ("foo-Bar", Some("mixed"), Some("mixed")),
        ("1", None, None),
    ] {
        assert_eq!((capitals(name, Case::Type), capitals(name, Case::Value)), (in_type, in_value), "{name}");
    }
}

#[test]
fn long_names_are_cut_between_words_and_stay_apart() {
    let long = "a word ".repeat(100);
    let (one, other) = (Words::of(&format!("{long}one")), Words::of(&format!("{long}other")));
    assert!(one.is_long());
    for case in [Case::Type, Case::Value, Case::Constant] {
        let (one, other) = (one.in_case(case), other.in_case(case));
        assert!(one.len() <= LONGEST && other.len() <= LONGEST);
        assert_ne!(one, other);
    }
    assert!(one.in_case(Case::Value).starts_with("a_word_a_word_"));
    assert!(Words::of(&"x".repeat(300)).in_case(Case::Value).len() <= LONGEST);
}

#[test]
fn hashes_stay_what_they_are() {
    // Folded from what FNV-1a is published to give: cbf29ce484222325 and af63dc4c8601ec8c.
    assert_eq!([hash(""), hash("a")], ["xd0bfc1", "x6230c0"].map(str::to_owned));
}

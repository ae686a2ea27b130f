use super::*;
use crate::api::{Name, Origin};
use crate::plan::names::At;
use crate::plan::reserved::Use;
use crate::plan::words::Case;

fn left_of(id: &str, tag: &str) -> Option<String> {
    without_tag(id, &Words::of(tag)).map(|words| words.parts().join("_"))
}

#[test]
fn words_that_a_tag_says_go_from_the_front() {
    let cases = [
        ("cats/get-views", "cats", "get_views"),
        ("cats_list", "Cats", "list"),
        ("cat_list", "Cats", "list"),
        ("categories.list", "Category", "list"),
        ("boxes_list", "box", "list"),
        ("catToys_list", "Cat Toys", "list"),
        ("addons_get_app", "Add-Ons", "get_app"),
        ("v1.cat.set-name", "cat", "v1_set_name"),
        ("CatsController_findAll", "cats", "find_all"),
        ("CatController_adopt", "cats", "adopt"),
        ("catExists", "cat", "exists"),
        ("search_by_name_list", "search by name", "list"),
    ];
    for (id, tag, left) in cases {
        assert_eq!(left_of(id, tag).as_deref(), Some(left), "{id} of {tag}");
    }
}

#[test]
fn words_stay_where_the_rest_does_not_read() {
    let cases = [
        ("cats", "cats"),
        ("cats_by_owner", "cats"),
        ("search_with_post", "search"),
        ("refund_payment", "refunds"),
        ("eitherBody", "either"),
        ("list_cats", "cats"),
        ("catsitters_list", "cats"),
        ("dogs_list", "cats"),
        ("", "cats"),
    ];
    for (id, tag) in cases {
        assert_eq!(left_of(id, tag), None, "{id} of {tag}");
    }
}

#[test]
fn a_word_is_of_one_thing_or_of_several() {
    let cases = [("cats", "cat"), ("cities", "city"), ("boxes", "box"), ("access", "access"), ("ies", "ie"), ("s", "")];
    for (word, one) in cases {
        assert_eq!(singular(word), one);
    }
}

fn variant(name: &str, union: &str) -> Option<String> {
    let origin = Origin::new("");
    let wish = Wish::of(&Name::new(name, None), None, Case::Type, Use::Own, At::key(&origin));
    in_union(&wish, &Words::of(union)).map(|short| short.name)
}

#[test]
fn words_that_a_union_says_go_from_around_a_variant() {
    let cases = [
        ("AlertGraphWidgetDefinition", "WidgetDefinition", Some("AlertGraph")),
        ("RepositoryRuleCreation", "repository-rule", Some("Creation")),
        ("BenefitCustomCreate", "BenefitCreate", Some("Custom")),
        ("CatCat", "Cat", Some("Cat")),
        ("WidgetDefinition", "WidgetDefinition", None),
        ("Widget", "WidgetDefinition", None),
        ("BenefitCustomUpdate", "BenefitCreate", None),
        ("CatSelf", "Cat", None),
        ("UnknownCat", "Cat", None),
        ("Cat2", "Cat", None),
        ("Category", "Cat", None),
    ];
    for (name, union, short) in cases {
        assert_eq!(variant(name, union).as_deref(), short, "{name} in {union}");
    }
}

use super::*;

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

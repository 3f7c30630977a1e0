"""What real generators still show to be wrong: the test with its generator, and why it fails."""

BYLINE = "a line “Name, date in Category” under the title, without “by” or a class, names nobody"
KNOWN_FAILURES = {
    "test_authors_are_named[hugo]": BYLINE,
    "test_a_post_is_not_revised_because_its_parent_category_lost_a_post": (
        "a parent category is named only by links on the post's page, not by its own listing page"
    ),
}

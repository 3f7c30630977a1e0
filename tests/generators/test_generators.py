"""Blogs that real generators make of the same posts, crawled over HTTP: every fact must come out again."""

from urllib.parse import urlsplit

import pytest
from generators.club import read_posts
from generators.crawled import Crawled, expected, folded, lines_of

pytestmark = pytest.mark.slow


def test_every_post_and_no_other_page_is_found(blog: Crawled) -> None:
    found = sorted(urlsplit(record["url"]).path for record in blog.records)
    assert found == sorted(map(blog.generator.path, read_posts()))


def test_the_run_is_complete_and_counts_the_posts(blog: Crawled) -> None:
    assert (blog.report["state"], blog.report["posts"]) == ("complete", len(read_posts()))


def test_titles_are_as_written(blog: Crawled) -> None:
    assert blog.found(lambda record: folded(record["title"])) == expected(lambda post: folded(post.title))


def test_dates_are_those_of_publication(blog: Crawled) -> None:
    assert blog.found(lambda record: record["published"][:10]) == expected(lambda post: post.date[:10])


def test_authors_are_named(blog: Crawled) -> None:
    shown = "authors" not in blog.generator.hides
    if shown:
        assert blog.found(lambda record: record["authors"]) == expected(lambda post: [post.author])


def test_languages_are_told(blog: Crawled) -> None:
    if "language" not in blog.generator.hides:
        assert blog.found(lambda record: record["language"][:2]) == expected(lambda post: post.language)


def test_categories_are_told_from_tags(blog: Crawled) -> None:
    names = expected(lambda post: [path[-1] for path in blog.generator.categories(post)])
    assert blog.found(lambda record: record["categories"]) == names


def test_categories_keep_their_ancestors(blog: Crawled) -> None:
    assert blog.found(lambda record: record["category_paths"]) == expected(blog.generator.categories)


def test_tags_are_complete(blog: Crawled) -> None:
    if "tags" not in blog.generator.hides:
        assert blog.found(lambda record: sorted(record["tags"])) == expected(lambda post: sorted(post.tags))


def test_sections_are_the_headings_with_their_levels(blog: Crawled) -> None:
    found = blog.found(
        lambda record: [(part["level"], folded(part["heading"])) for part in record["sections"]]
    )
    assert found == expected(lambda post: [(level, folded(words)) for level, words in post.headings])


def test_the_body_is_what_readers_see(blog: Crawled) -> None:
    raw = expected(lambda post: [folded(line) for line in post.raw_lines])
    assert blog.found(lambda record: lines_of(record["text_raw"])) == raw


def test_the_cleaned_body_is_what_was_meant(blog: Crawled) -> None:
    clean = expected(lambda post: [folded(line) for line in post.clean_lines])
    assert blog.found(lambda record: lines_of(record["text"])) == clean


def test_leftovers_are_flagged_and_clean_posts_are_not(blog: Crawled) -> None:
    found = blog.found(lambda record: [[f["rule"], folded(f["quote"])] for f in record["findings"]])
    assert found == expected(
        lambda post: [[post.leftover[0], folded(post.leftover[1])]] if post.leftover else []
    )

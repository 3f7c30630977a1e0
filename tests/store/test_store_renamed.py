from dataclasses import replace

from store_samples import METADATA, SITE, post, refetched, store

from pipeline.store.nightly import queue_rechecks
from pipeline.store.run import start_run


def named(name, *categories):
    paths = tuple((category,) for category in categories)
    return post(name, metadata=replace(METADATA, categories=categories, category_paths=paths))


def asked_again(db):
    queue_rechecks(db, start_run(db, SITE, "crawl", "v1"))
    rows = db.query("select url from urls where reason = 'its category was renamed' order by url")
    return [row["url"].rsplit("/", 2)[1] for row in rows]


def test_a_category_renamed_on_one_post_is_looked_for_on_all_others(db):
    tea, milk, pot = named("tea", "Hot", "News"), named("milk", "Hot"), named("pot", "News")
    store(db, tea, milk, pot)
    store(db, refetched(tea, 2, metadata=named("tea", "Warm", "News").metadata))
    assert asked_again(db) == ["milk"]


def test_a_category_that_is_added_or_left_renames_nothing(db):
    tea, milk = named("tea", "Hot", "News"), named("milk", "Hot")
    store(db, tea, milk)
    store(db, refetched(tea, 2, metadata=named("tea", "News").metadata))
    assert asked_again(db) == []


def test_an_edited_post_renames_nothing(db):
    tea, milk = named("tea", "Hot"), named("milk", "Hot")
    store(db, tea, milk)
    store(db, refetched(tea, 2, text_raw="Tea is cold.", metadata=named("tea", "Warm").metadata))
    assert asked_again(db) == []

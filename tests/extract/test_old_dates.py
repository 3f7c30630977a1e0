"""Days before the web, as archives of papers and letters carry them."""

import pytest

from pipeline.extract.dates import OLDEST_STATED, machine_date

OLD = "1943-11-02T08:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1945-05-08T10:00:00+02:00", "1945-05-08T10:00:00+02:00"),
        ("Tue, 08 May 1945 10:00:00 +0200", "1945-05-08T10:00:00+02:00"),
        ("1970-01-01T00:00:00Z", None),
        ("1969-12-31T19:00:00-05:00", None),
        ("1899-12-30", None),
        ("1066-10-14", None),
    ],
)
def test_what_a_system_says_of_a_post_may_be_older_than_the_web(text, iso):
    assert machine_date(text, oldest=OLDEST_STATED) == iso


@pytest.mark.parametrize(
    ("head", "line", "published"),
    [
        ("", f"<time class='entry-date published' datetime={OLD}>2 November 1943</time>", OLD),
        (f"<meta property=article:published_time content={OLD}>", "", OLD),
        ("", f"<time datetime={OLD}>2 November 1943</time>", None),
        ("", "<p>Written on 2 November 1943</p>", None),
    ],
)
def test_a_backdated_post_keeps_the_day_that_its_system_states(read, head, line, published):
    page = f"{head}<article><h1>A letter home</h1>{line}<p>Words of the letter.</p></article>"
    assert read(page, url=None).published == published

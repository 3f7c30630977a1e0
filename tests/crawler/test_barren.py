import pytest
from crawler_server import answer, page

from crawler.barren import MANY, WATCHED, Barren, pattern_of

MONTHS = "January February March April May June July August September October November December".split()


def month(number: int) -> bytes:
    name = MONTHS[number % 12]
    return (
        f"<title>{name} {2000 + number // 12}</title><p>There are no events in {name}: the club meets"
        f" again when the harbour is free of ice and the ferry goes, on the {number}th."
    ).encode()


def looked_at(barren: Barren, pages, listed: str = "http://b.example/events/0/") -> int:
    """Follow link after link; give how many it took until such addresses were left alone."""
    for number in range(1, 1000):
        url = f"http://b.example/events/{number}/"
        if barren.leads_on(listed, url):
            return number - 1
        barren.note(url, pages(number))
    return 1000


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("http://b.example/events/2031/05/", "/events/#/#/"),
        ("http://b.example/cal?month=2031-05&day=1", "/cal?month=#-#&day=#"),
        ("http://b.example/2024/05/tea-and-cups/", None),
        ("http://b.example/post-7.html", "/post-#.html"),
    ],
)
def test_a_pattern_is_a_path_whose_last_part_differs_in_numbers(url, pattern):
    assert pattern_of(url) == pattern


@pytest.mark.row(38)
def test_row_38_months_that_say_the_same_are_left_alone():
    assert looked_at(Barren(), month) == WATCHED + len(MONTHS) + MANY


def test_pages_that_a_list_names_are_never_left_alone():
    assert looked_at(Barren(), month, listed="http://b.example/") == 1000


def test_posts_that_only_lead_to_each_other_are_not_left_alone_while_they_have_words_of_their_own():
    metals = "tin iron brass lead zinc silver gold steel chrome copper".split()

    def post(number: int) -> bytes:
        names = [metals[number // 100 % 10], metals[number // 10 % 10], metals[number % 10]]
        return (
            f"<title>Tea</title><p>A kettle of {' and '.join(names)}{' that is never hot' * 5}.</p>".encode()
        )

    assert looked_at(Barren(), post) == 1000


def test_what_brought_nothing_before_is_left_alone_at_once():
    assert looked_at(Barren(["/events/#/"]), month) == 0


@pytest.mark.row(38)
def test_row_38_a_crawl_leaves_such_paths_and_says_so(server, crawl):
    months = {f"/events/{n}/": month(n) + links(n) for n in range(1, 3000)}
    server.routes |= {"/": page("/events/1/", "/post/")} | {
        path: answer(body) for path, body in months.items()
    }
    result = crawl(server.url)
    assert result.report.barren == ("/events/#/",)
    assert len([path for path in server.asked if path.startswith("/events/")]) < 400
    assert "nothing new" in result.report.message


def links(number: int) -> bytes:
    """Give each month many next ones, so that no limit of depth is reached."""
    return b" ".join(b'<a href="/events/%d/">on</a>' % (number * 5 + step) for step in range(5))

"""Posts of a made-up blog, for servers that then do something rude with them."""

from crawler_server import answer

THINGS = "lantern ferry anvil orchard compass bellows harbour quill".split()


def post_html(number: int, head: str = "", body: str = "", words: int = 60) -> str:
    """Make the page of one post, with words of its own."""
    thing = THINGS[number % len(THINGS)]
    text = " ".join(
        f"The {thing} of house {number} had mark {number * 31 + k}." for k in range(words // 8 + 1)
    )
    facts = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "BlogPosting",'
        f' "headline": "A {thing} {number}", "datePublished": "2024-03-{1 + number % 28:02}"}}</script>'
    )
    return (
        f'<!doctype html><html lang="en"><head><title>A {thing} {number}</title>{facts}{head}</head><body>'
        f"<article><h1>A {thing} {number}</h1><p>{text}</p><p>{text[::-1]}</p>{body}</article></body></html>"
    )


def post(number: int, head: str = "", body: str = "", **more: str) -> bytes:
    """Answer with a post."""
    return answer(post_html(number, head, body).encode(), **more)


def home(*links: str, head: str = "") -> bytes:
    """Answer with a front page."""
    listed = "".join(f'<li><a href="{link}">Entry {n}</a></li>' for n, link in enumerate(links))
    html = (
        f"<!doctype html><html><head><title>Things</title>{head}</head><body><ul>{listed}</ul></body></html>"
    )
    return answer(html.encode())

"""The theme of the made-up blog: furniture of the usual weight around a different article every time."""

import json
import random
from typing import NamedTuple

TOPICS = {
    "Garden": ["compost", "seedlings", "hedges", "mulch", "pruning", "beans"],
    "Kitchen": ["sourdough", "broth", "pickles", "dumplings", "knives", "lentils"],
    "Workshop": ["varnish", "chisels", "dovetails", "clamps", "sandpaper", "glue"],
    "Walking": ["boots", "passes", "ferries", "maps", "shelters", "rivers"],
    "Money": ["budgets", "pensions", "ledgers", "savings", "receipts", "rents"],
    "Books": ["novels", "libraries", "margins", "bindings", "poets", "atlases"],
    "Music": ["fiddles", "scales", "choirs", "reeds", "ballads", "strings"],
    "Weather": ["storms", "frost", "barometers", "drizzle", "thaw", "clouds"],
}
SUBJECTS = (
    "my neighbour|the old manual|our small club|a patient teacher|the baker next door|this season".split("|")
)
VERBS = "taught us about|changed the way we see|kept coming back to|never quite trusted|made room for".split(
    "|"
)
ENDINGS = (
    "after the second winter|long before anyone asked|with less money than planned|until nobody noticed"
    "|which is why I keep notes|though the books say otherwise|in about twenty minutes|for the third time"
).split("|")
STYLE = "".join(
    f".u-{n}{{margin:{n % 7}px;padding:{n % 5}px;color:#{n * 4099 % 4096:03x};font-size:{12 + n % 9}px}}"
    for n in range(90)
)
SCRIPT = "".join(
    f"function f{n}(e){{return e&&e.target?e.target.dataset.k{n}||{n}:null}};" for n in range(40)
)
ICON = (
    '<svg viewBox="0 0 24 24" width="24" height="24">'
    '<path d="M12 2l3 7h7l-5.5 4.5L18 21l-6-4-6 4 1.5-7.5L2 9h7z"/></svg>'
)


class Entry(NamedTuple):
    """A post, without its body."""

    path: str
    title: str
    day: str
    topic: str
    tags: list[str]
    number: int


def slug(text: str) -> str:
    """Turn a name into the last part of an address."""
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def article(entry: Entry, base: str) -> str:
    """Write a post of about 700 words with lists, tables, code and pictures; one in twenty has a leftover."""
    chance = random.Random(entry.number * 7919 + 1)
    parts = [_paragraph(chance, entry.topic) for _ in range(2)]
    for number in range(1, chance.randint(3, 6)):
        word = chance.choice(TOPICS[entry.topic])
        parts.append(
            f'<h2 id="s{number}">{number}. What {word} {chance.choice(VERBS)} {chance.choice(SUBJECTS)}</h2>'
        )
        parts += [_paragraph(chance, entry.topic) for _ in range(chance.randint(1, 3))]
        parts.append(_extra(chance, entry, word))
    stray = "<p>Garden-shed-696x463</p>" if entry.number % 20 == 0 else ""
    terms = "".join(f'<a rel="tag" href="/tag/{slug(tag)}/">{tag}</a> ' for tag in entry.tags)
    return (
        f'<article class="post" id="post-{entry.number}"><header><h1 class="entry-title">{entry.title}</h1>'
        f'<p class="meta"><time datetime="{entry.day}T08:00:00+00:00">{entry.day}</time> by '
        f'<a rel="author" href="/about/">Ines Calder</a> in '
        f'<a rel="category tag" href="/category/{slug(entry.topic)}/">{entry.topic}</a></p></header>'
        f'<div class="entry-content">{"".join(parts)}{stray}</div>'
        f'<footer class="u-1">{terms}</footer></article>'
    )


def _paragraph(chance: random.Random, topic: str) -> str:
    words = TOPICS[topic]
    sentences = [
        f"{chance.choice(SUBJECTS).capitalize()} {chance.choice(VERBS)} {chance.choice(words)} and "
        f"{chance.choice(words)} {chance.choice(ENDINGS)}, {chance.randint(2, 980)} times."
        for _ in range(chance.randint(3, 5))
    ]
    if chance.random() < 0.5:
        word = chance.choice(words)
        sentences.insert(
            1, f'As <em>they</em> say of <a href="/tag/tag-{chance.randrange(40):02}/">{word}</a>.'
        )
    text = " ".join(sentences)
    return f'<div class="wp-block-column"><p class="wp-block-paragraph has-text-color">{text}</p></div>'


def _extra(chance: random.Random, entry: Entry, word: str) -> str:
    kind = chance.randrange(5)
    if kind == 0:
        return (
            f"<ul>{''.join(f'<li>{chance.choice(SUBJECTS)} and {word} no. {n}</li>' for n in range(4))}</ul>"
        )
    if kind == 1:
        rows = "".join(f"<tr><td>{word} {n}</td><td>{chance.randint(1, 99)}</td></tr>" for n in range(4))
        return f"<table><tr><th>What</th><th>How many</th></tr>{rows}</table>"
    if kind == 2:
        return f"<pre><code>for {word} in shed:\n    count({word}, {chance.randint(1, 99)})</code></pre>"
    if kind == 3:
        return (
            f'<figure class="wp-block-image">{_picture(f"/pictures/{word}-{entry.number}", f"Some {word}")}'
            f"<figcaption>Our {word}, {chance.choice(ENDINGS)}</figcaption></figure>"
        )
    subject = chance.choice(SUBJECTS).capitalize()
    return f"<blockquote><p>{subject} {chance.choice(VERBS)} {word}.</p></blockquote>"


def page(title: str, main: str, base: str, entries: list[Entry], entry: Entry | None) -> str:
    """Put the furniture around the main part, one element a line as real themes print them."""
    kind = "single" if entry else "archive"
    body = (
        f'<header class="site"><a class="logo" href="/">{ICON}The Long Notebook</a>'
        f'<nav>{_topics()}</nav></header><div class="wrap">'
        f"<main>{main}{_around(entries, entry)}</main><aside>{_sidebar(entries)}</aside></div>"
        f'<footer class="site"><p>Made by hand. <a href="/">Home</a></p></footer>'
    ).replace("><", ">\n  <")
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title} – The Long Notebook</title>"
        f'<meta property="og:site_name" content="The Long Notebook">'
        f'<meta property="og:title" content="{title}">'
        f'<link rel="alternate" type="application/rss+xml" href="{base}/feed/"><style>{STYLE}</style>'
        f"{_linked_data(base, entry)}<script>{SCRIPT}</script></head>"
        f'<body class="{kind}">{body}</body></html>'
    )


def _linked_data(base: str, entry: Entry | None) -> str:
    if entry is None:
        return ""
    data = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": entry.title,
        "datePublished": f"{entry.day}T08:00:00+00:00",
        "author": {"@type": "Person", "name": "Ines Calder"},
        "mainEntityOfPage": base + entry.path,
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f'{script}<link rel="canonical" href="{base}{entry.path}">'


def _topics() -> str:
    items = "".join(
        f'<li class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{n}">'
        f'<a class="u-{n}" href="/category/{slug(topic)}/">{ICON}<span>{topic}</span></a></li>'
        for n, topic in enumerate(TOPICS)
    )
    return f'<ul class="menu">{items}</ul>'


def _picture(path: str, alt: str) -> str:
    sizes = ", ".join(f"{path}-{width}x{width * 2 // 3}.jpg {width}w" for width in (300, 768, 1024))
    return (
        f'<div class="picture"><img class="attachment-large size-large" src="{path}.jpg" srcset="{sizes}" '
        f'alt="{alt}" loading="lazy" decoding="async" sizes="(max-width: 768px) 100vw, 768px"></div>'
    )


def _around(entries: list[Entry], entry: Entry | None) -> str:
    """Write what stands below a post: share buttons, related posts, comments."""
    if entry is None:
        return ""
    near = [entries[(entry.number + step) % len(entries)] for step in (-1, 1, 8, 16, 24, 32, 40, 48)]
    links = "".join(f'<li class="u-1"><a href="{e.path}">{ICON}<span>{e.title}</span></a></li>' for e in near)
    shares = "".join(f'<a href="https://share{n}.example/?u={entry.path}">{ICON}Share</a>' for n in range(5))
    related = f'<section class="related"><h3>Related</h3><ul>{links}</ul></section>'
    comments = "".join(_comment(random.Random(entry.number * 31 + n), n) for n in range(entry.number % 21))
    return f'<section class="share">{shares}</section>{related}<section id="comments">{comments}</section>'


def _comment(chance: random.Random, number: int) -> str:
    words = f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} this, {chance.choice(ENDINGS)}"
    return (
        f'<div class="comment depth-1 u-{number}" id="comment-{number}"><div class="comment-body">'
        f'<div class="vcard"><img src="/avatar-{number}.png" alt=""><cite>Reader {number}</cite></div>'
        f'<div class="comment-meta"><a href="#comment-{number}"><time>{number + 1} May</time></a></div>'
        f'<div class="comment-content"><p>I would say {words}.</p></div>'
        f'<div class="reply"><a rel="nofollow" href="?replytocom={number}#respond">Reply</a></div>'
        "</div></div>"
    )


def _sidebar(entries: list[Entry]) -> str:
    recent = "".join(
        f'<li class="widget-item widget-recent-entry u-{n}">{_picture(f"/thumbs/{e.number}", "")}'
        f'<div class="widget-body"><a href="{e.path}">{e.title}</a> <span>{e.day}</span></div></li>'
        for n, e in enumerate(entries[:15])
    )
    tags = "".join(f'<a class="cloud u-{n}" href="/tag/tag-{n:02}/">tag {n:02}</a>' for n in range(0, 40, 2))
    friends = "".join(f'<li><a href="https://friend{n}.example/">A friend: {n}</a></li>' for n in range(5))
    return (
        f"<section><h3>Recent posts</h3><ul>{recent}</ul></section>"
        f"<section><h3>Categories</h3>{_topics()}</section>"
        f"<section><h3>Tags</h3>{tags}</section><section><h3>Friends</h3><ul>{friends}</ul></section>"
    )

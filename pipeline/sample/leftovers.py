"""The markup in which leftovers come: what plugins print, with and without their class names."""

from collections.abc import Callable, Sequence
from html import escape


def _cf7(html: str) -> str:
    label, _, rest = html.partition(":")
    return f'<p class="wpcf7-contact-form-not-found"><strong>{label}:</strong>{rest}</p>'


BLOCK_HTML: dict[str, Callable[[str], str]] = {
    "cf7": _cf7,
    "gravity": '<p class="gform_not_found">{}</p>'.format,
    "ad": '<div class="ad-slot ad-inline"><p>{}</p></div>'.format,
    "php": "{}".format,
}
"""Variant of an artifact that stands alone in its paragraph -> its markup."""


def spanning(rule: str, variant: str, lines: Sequence[str]) -> tuple[str, list[str]]:
    """Give the markup of an artifact of several blocks, and the kind of each block."""
    return SPANNING[f"{rule} {variant}".strip()](lines)


def _wordpress_form(lines: Sequence[str]) -> tuple[str, list[str]]:
    title, notes, *labels = [escape(line, quote=False) for line in lines]
    fields = "".join(_field(label) for label in labels)
    html = (
        '<div id="respond" class="comment-respond">'
        f'<h3 id="reply-title" class="comment-reply-title">{title}</h3>'
        f'<form action="/contact/" method="post" class="comment-form"><p class="comment-notes">{notes}</p>'
        f'{fields}<p class="form-submit"><input type="submit" value="Post Comment"></p></form></div>'
    )
    return html, ["heading", *["paragraph"] * (len(lines) - 1)]


def _field(label: str) -> str:
    if label.startswith("[ ] "):
        words = label.removeprefix("[ ] ")
        return (
            '<p class="comment-form-cookies-consent"><input type="checkbox" name="keep">'
            f" <label>{words}</label></p>"
        )
    return f'<p class="comment-form-field"><label>{label}</label> <input type="text" name="field"></p>'


def _pasted(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Print the lines as an editor pastes them: the first a heading, the others paragraphs."""
    first, *rest = [escape(line.removeprefix("[ ] "), quote=False) for line in lines]
    html = f"<h3>{first}</h3>" + "".join(f"<p>{line}</p>" for line in rest)
    return html, ["heading", *["paragraph"] * len(rest)]


def _jetpack(lines: Sequence[str]) -> tuple[str, list[str]]:
    title, *links = [escape(line, quote=False) for line in lines]
    items = "".join(
        f'<li class="share-item"><a rel="nofollow" class="share-icon" href="https://share.example/{n}">{link}</a></li>'
        for n, link in enumerate(links)
    )
    html = (
        '<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social">'
        f'<h3 class="sd-title">{title}</h3><div class="sd-content"><ul>{items}</ul></div></div></div>'
    )
    return html, ["heading", *["list_item"] * len(links)]


def _plain_share(lines: Sequence[str]) -> tuple[str, list[str]]:
    title, *links = [escape(line, quote=False) for line in lines]
    items = "".join(
        f'<li><a href="https://share.example/{n}">{link}</a></li>' for n, link in enumerate(links)
    )
    return f"<p>{title}</p><ul>{items}</ul>", ["paragraph", *["list_item"] * len(links)]


SPANNING: dict[str, Callable[[Sequence[str]], tuple[str, list[str]]]] = {
    "comment-form wordpress": _wordpress_form,
    "comment-form": _pasted,
    "share-block jetpack": _jetpack,
    "share-block": _plain_share,
}

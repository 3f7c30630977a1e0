"""Find the body by what elements call themselves: class names of themes, and microdata."""

import re

from lxml.html import HtmlElement

from pipeline.extract.furniture import names_of

PART = 0.1
"""A stretch with this share of the prose may be a part of the body."""


BODY_NAMES = frozenset(
    (
        "articlebody article-body article_body article__body articletext article-text article-content"
        " article_content article__content articlecontent entry-content entry_content entrycontent"
        " entry-body entry entrytext post-content post_content post__content postcontent post-body post_body"
        " postbody post-entry post-text posttext post-full-content post-article blog-post-content"
        " blogpost-content blog-content blog-text blog-item-content story-body storybody story-content"
        " storytext story__body single-content single-post-content td-post-content gh-content"
        " wp-block-post-content e-content markdown-body d-article body-text bodytext body-copy content-text"
        " content-body content__body field--name-body field-name-body rich-text richtext w-richtext rte"
        " c-article-body kg-canvas prose post-single-content main-content-article theme-content"
        " post-body-inner js-post-body sqs-html-content news-body news-content news-text text-body"
    ).split()
)
MICRODATA = re.compile(r"\b(articleBody|blogPost|text)\b")


def named_body(weights: dict[HtmlElement, float], total: float) -> HtmlElement | None:
    """Give the heaviest element that calls itself a body; of nested ones the innermost that holds as much."""
    best: HtmlElement | None = None
    named = [e for e, weight in weights.items() if weight >= PART * total and _calls_itself_body(e)]
    for element in named:
        heavier = best is None or weights[element] > weights[best] * 1.02
        if heavier or (weights[element] >= weights[best] * 0.95 and best in element.iterancestors()):
            best = element
    return best if best is None else _with_siblings(best, named, weights)


def _with_siblings(
    best: HtmlElement, named: list[HtmlElement], weights: dict[HtmlElement, float]
) -> HtmlElement:
    """A body that is cut in parts (by adverts, say) is the box that holds the parts and little else."""
    parts = [part for part in named if part is best or best not in part.iterancestors()]
    for box in list(best.iterancestors())[:3]:
        inside = [part for part in parts if part is not box and box in part.iterancestors()]
        apart = [part for part in inside if not any(other in part.iterancestors() for other in inside)]
        if len(apart) > 1 and weights[box] <= 1.15 * sum(weights[part] for part in apart):
            return box
    return best


def _calls_itself_body(element: HtmlElement) -> bool:
    if element.tag in ("body", "html"):
        return False
    role = element.get("itemprop")
    if role is not None and MICRODATA.search(role):
        return True
    names = names_of(element)
    return bool(names) and not BODY_NAMES.isdisjoint(names.lower().split())

"""Which elements belong to the site and not to the post, by their tag, role and class words."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

NEVER_TEXT = frozenset(
    (
        "script style template object embed iframe applet canvas audio video map svg select option optgroup"
        " datalist button input textarea progress meter dialog menu head link meta title base frame"
        " frameset noframes param source track area col colgroup rp rt"
    ).split()
)
"""Their inner text is fallback or control, which a reader does not see as part of the post."""
SITE_TAGS = frozenset(("nav", "footer", "aside", "form"))
NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:footnotes?|endnotes?|admonition|callout|sidenote|marginnote|starlight-aside)(?![a-z])"
)
"""Classes of an aside that is part of the text: Sphinx sets footnotes so, Starlight its callouts."""
SITE_ROLES = frozenset(
    ("navigation complementary contentinfo search banner dialog alert menu menubar toolbar tablist").split()
)

WORDS = frozenset(
    # sharing and reacting
    "share shares sharing sharebar sharedaddy sharethis shareaholic social socials sociable addtoany addthis"
    " a2a shariff ssba essb heateor jetpack-likes likes likebtn rating ratings postviews reactions"
    # getting around
    " breadcrumb breadcrumbs pagination pager paging pagenavi nav navi navbar navigation menu submenu"
    " skiplink tocify sidebar offcanvas"
    # other posts
    " related relatedposts recommended recommendations recommend similar readnext morefrom latestposts"
    " crp yarpp teasers readmore"
    # selling and asking
    " newsletter subscribe subscription signup optin mailchimp mailpoet cookie cookies consent gdpr"
    " advert advertisement advertising adsense adsbygoogle adslot adbox sponsor sponsored promo"
    " popup modal credit credits disclosure donate donation donations spenden"
    # talking
    " comments comment commentlist commentform respond disqus discussion pingback trackback webmentions"
    # about the post
    " byline authorbox postmeta postmetadata metadata keywords tagcloud taglist tags editlink printfriendly"
    # not for eyes, or generated
    " gutter lineno linenos linenodiv lnt headerlink editsection backlink".split()
)
INLINE_WORDS = frozenset(
    "gutter lineno linenos linenodiv lnt headerlink editsection backlink credit credits copyright".split()
)
"""All that the names of inline elements can say: a highlighter calls a comment in code "comment"."""
INLINE_TAGS = frozenset("span a small code b i em strong td pre".split())
TOKENS = frozenset(
    (
        "meta entry-meta post-meta article-meta post-info entry-info post-date entry-date post-author"
        " entry-author author-box author-bio author-info about-author post-footer entry-footer"
        " article-footer post-nav post-tags entry-tags tags-links cat-links tag-links post-categories"
        " entry-categories posted-on posted-by edit-link nav-links nav-below nav-above post-navigation"
        " jp-relatedposts wp-block-post-navigation-link wp-block-comments wp-block-social-links"
        " wp-block-latest-posts wp-block-post-terms wp-block-tag-cloud wp-block-categories wp-block-archives"
        " wp-block-latest-comments wp-block-query wp-block-post-date wp-block-post-author"
        " elementor-widget-share-buttons elementor-widget-post-navigation elementor-widget-author-box"
        " elementor-widget-post-info elementor-widget-table-of-contents elementor-widget-posts"
        " toc table-of-contents toc-container ez-toc-container toc_container lwptoc quarto-appendix-contents"
        " code-copy-button copy-button"
        " quarto-appendix-heading appendix"
        " noprint no-print d-print-none hidden-print print-hidden print:hidden"
        " post-ratings image-copyright copyright-note pop-up read-more"
        " skip-link line-numbers-rows ln copyright site-footer site-header page-header masthead"
    ).split()
)
UNSEEN = frozenset(
    (
        "screen-reader-text sr-only visually-hidden visuallyhidden assistive-text element-invisible"
        " a11y-hidden u-hidden-visually hide-text av-structured-data"
    ).split()
)
# Page builders put words such as "widget", "social" and "comments" into the class of every box they draw.
BUILDER = re.compile(r"^(elementor|wp-block|et_pb|vc_|wpb_|fusion|av[-_]|tdb?[-_]|kadence|stk|uagb|has-|is-)")
BUILDER_WORDS = frozenset("related share sharing breadcrumb breadcrumbs newsletter comments".split())
UNDERSCORES = re.compile(r"_+")
AUTHOR_BOX = re.compile(
    r"(author|autor|auteur|autore)s?[-_]*(box|bio|info|about|desc|card|profile|wrap|position|person|detail|block)"
    r"|news[-_]letter|^(abh_box|saboxplugin-wrap|m-a-box)$"
)
SPLIT = re.compile(r"[\s_\-:/]+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SECTION_CLASS = re.compile(r"(^|\s)(section|level\d|sect\d)(\s|$)")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def names_furniture(names: str) -> bool:
    """Tell whether class and id names (space-separated, as written) say that a box is furniture."""
    return any(map(_is_furniture_name, names.split()))


@lru_cache(maxsize=20_000)
def _is_furniture_name(token: str) -> bool:
    lower = token.lower()
    if lower in TOKENS or lower in UNSEEN or ("_" in lower and UNDERSCORES.sub("-", lower) in TOKENS):
        return True
    if AUTHOR_BOX.search(lower):
        return True
    if BUILDER.match(lower):
        return not BUILDER_WORDS.isdisjoint(SPLIT.split(lower))
    words = lower if token == lower else CAMEL.sub("-", token).lower()
    return not WORDS.isdisjoint(SPLIT.split(words))


@lru_cache(maxsize=20_000)
def names_inline_furniture(names: str) -> bool:
    """Tell the same of an inline element or a cell, whose names are believed less."""
    tokens = names.lower().split()
    if not (TOKENS.isdisjoint(tokens) and UNSEEN.isdisjoint(tokens)):
        return True
    return not INLINE_WORDS.isdisjoint(SPLIT.split(names.lower()))


def names_of(element: HtmlElement) -> str:
    """Give class and id names as one string; "" when there are none."""
    classes, name = element.get("class"), element.get("id")
    if classes and name:
        return f"{classes} {name}"
    return classes or name or ""


def telling_names(tag: str, classes: str, name: str) -> str:
    """Give the names that may say "furniture": not an id that a generator made from a heading's words."""
    if not name or tag == "section" or SECTION_CLASS.search(classes) or len(SPLIT.split(name)) > 3:
        return classes
    return f"{classes} {name}"


def is_note(element: HtmlElement) -> bool:
    """Tell a footnote list or a callout, which is part of the text wherever it stands."""
    name, role = element.get("class"), element.get("role")
    return (name is not None and NOTE_CLASS.search(name) is not None) or (role or "").startswith("doc-")


def is_unseen(element: HtmlElement) -> bool:
    """Tell whether a reader does not see the element: hidden by attribute or inline style."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and HIDDEN_STYLE.search(style) is not None

"""A WordPress shortcode that nobody has run, printed as text.

**Finds** opening, closing and self-closing tags in square brackets, by the names that page builders and
plugins use, or by their attributes.

**Why it matters** The plugin is gone; readers see its instructions instead of a gallery, a box or a button.

**Leaves alone** brackets that people write ([sic], [1], [Update], name [at] host), doubled brackets, code,
and tags that a sentence explains.

**Fix** deletes the tags and keeps the words between them. *Safe* where the notation is beyond doubt.

**Source** WordPress spares only registered tags from typographic quotes (wp-includes/formatting.php), so
curly quotes inside a tag say that its plugin is gone. Names: WPBakery, Divi, Avada, Enfold, Elementor,
Jetpack and others.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import joined, mentioned
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="error", specificity=5, witness="syntax", about=r"\bshort ?codes?\b")
# One search finds them all: more of them cost next to nothing.
rule.furniture_hints = tuple(
    f"[{name}"
    for name in (
        "instagram-feed custom-facebook-feed custom-twitter vc_ et_pb_ fusion_ av_ su_ nectar_ mk_ "
        "rev_slider smartslider metaslider layerslider nggallery ngg_ elementor-template fl_builder "
        "do_widget widget_ sc_ adrotate ad_inserter addtoany shareaholic sharethis social_ "
        "easy-social embedyt ez-toc lwptoc yoast_ wpseo_ woocommerce_ product_ recent_ display-posts "
        "the-post-grid google gtranslate polylang wpml_ table-of wp_"
    ).split()
)

PREFIXES = tuple(
    (
        "vc_ et_pb_ fusion_ av_ su_ mk_ dt_ nectar_ tatsu_ themify_ fl_builder_ qode_ edgtf_ mkdf_ eltdf_ "
        "ult_ td_ tdb_ "
        "pum_ wpseo_ woocommerce_ pt_ cs_ ux_ thrive_ siteorigin_ wpb_ stm_ kc_ tm_ gdlr_ otw_ penci_ "
        "rev_ ditty_ wpdm_ trx_ tdc_ wpv- wpv_ bs- jet_ cz_ la_ porto_ kleo_ sliderpro rt_ tg_ pp_ "
        "wp_ad dfd_ ut_ mpc_"
    ).split()
)
KNOWN = frozenset(
    (
        "caption wp_caption gallery audio video playlist embed contact-field jetpack-related-posts "
        "sourcecode tweet "
        "youtube vimeo googlemaps googlemap slideshow convertkit instagram-feed custom-facebook-feed "
        "nggallery ngg "
        "ngg_images singlepic imagebrowser smartslider3 rev_slider metaslider toc ez-toc lwptoc "
        "yoast_breadcrumb "
        "wpseo_breadcrumb products product_category add_to_cart optin-monster optin-monster-shortcode "
        "shareaholic "
        "sharethis adrotate ad_inserter adinserter dflip embed_doc embeddoc pdf-embedder gist crayon "
        "amazon_link "
        "aawp easy-tweet click_to_tweet clicktotweet bctt elementor-template one_half one_half_last "
        "one_third "
        "one_third_last two_third one_fourth three_fourth dropcap split_line_heading soliloquy "
        "envira-gallery "
        "tablepress table accordion accordion_item tabs tab toggle spoiler pullquote recent-posts "
        "recent_posts "
        "display-posts list_posts eme_events events_calendar wp_ulike wpdatatable wpdatachart do_widget "
        "sc quote_box "
        "column columns row section button box highlight divider spacer testimonial pricing_table "
        "social_icons "
        "social-icons xyz-ihs insert_php php popup anr_nocaptcha_g_recaptcha iframe wpvideo polldaddy poll "
        "contact-info social_warfare sharethis-inline-buttons addtoany easy-social-share embedyt "
        "wonderplugin_slider layerslider "
        "masterslider responsive_slider post_grid the-post-grid wpsm_accordion wp_review reviews rating "
        "ratings kkstarratings yasr_overall_rating "
        "hotspot_image hcshort maxbutton maxmegamenu bbpress bbp-forum-index pmpro_checkout give_form "
        "donate paypal_button wppb-register "
        "contact-info blog_subscription_form mailerlite_form newsletter_form mc4wp gtranslate ultimatemember"
    ).split()
)
ORDINARY = frozenset(
    "table tab tabs toggle column columns row section button box highlight divider spacer php popup sc "
    "poll iframe "
    "quote_box video audio gallery caption embed code toc tweet youtube vimeo products playlist".split()
)
"""Names that are also words: they need an attribute, or a closing slash."""
PLAYERS = frozenset(
    "youtube vimeo tweet twitter instagram googlemaps googlemap soundcloud dailymotion spotify gist tiktok "
    "facebook ted slideshare flickr pinterest wpvideo videopress vine bandcamp".split()
)
"""Names that take an address or a number as it is: [youtube https://…], [tweet 123]."""
PLAYED = re.compile(
    r"[\s\u00a0]{1,3}(?:https?://[^\s\[\]]{4,300}|\d{5,20}|(?=[\w-]{0,11}\d)[\w-]{8,12})[\s\u00a0]?/?$"
)
TAG = re.compile(
    r"\[(/?)([a-zA-Z][a-zA-Z0-9]{0,30}(?:[-_][a-zA-Z0-9]{1,30}){0,8})((?:[\s\u00a0][^\[\]]{0,600}|=https?://[^\s\[\]]{4,300}|/)?)\]"
)
QUOTED = re.compile(r"[\s\u00a0][\w-]{1,40}\s?=\s?(?:[\"'”“„″′‘’»«]|&(?:#8221|#8243|quot|#8220);|https?://)")
ATTRIBUTE = re.compile(
    r"[\s\u00a0][\w-]{1,40}\s?=\s?(?:[\"'”“„″′‘’»«]|&(?:#8221|#8243|quot|#8220);|\d|\w+(?:[\s\]]|$))"
)
CURLY = re.compile(r"=\s?[”“„″»«]")
NUMBERED = re.compile(
    r"[\s\u00a0](?:id|ids|slider|num|number|count|limit|cols|columns|cat|category|width|height|form_id|post|page)\s?=\s?\d"
)
BARE_WORDS = re.compile(r"(?:[\s\u00a0]{1,3}[\w-]{1,30}){1,4}[\s\u00a0]?/?$")
PASSED = re.compile(r"\[/[^\[\]]*\][\s\u00a0]*\[[^/]")
"""One box or column ends and the next begins: their words were never one."""
DAMAGED = re.compile(
    r"\[(sourcecode|code|crayon|php|html|css|js|bash|sql|python|java|xml)\b[^\[\]]{0,200}\]"
    r"([^\[\]]{2,2000})\[/\1\]"
)
TYPOGRAPHIC = re.compile("[“”„″‘’′–—…]")
BEFORE = ("[", "\\")
"""A doubled bracket shows the tag on purpose; a backslash opens a formula."""
ALONE = re.compile(r"\[(?:gallery|toc|playlist|products|contact-field|tweet|slideshow)\]$")
FORMS = (
    "contact-form",
    "gravityform",
    "wpforms",
    "ninja_form",
    "formidable",
    "forminator",
    "mc4wp_form",
    "fluentform",
)


@rule.text("[")
def by_grammar(text: str) -> Iterator[Span]:
    """Yield tags; those that stand side by side are one place."""
    found = [*TAG.finditer(text)]
    closed = {tag[2] for tag in found if tag[1]}
    opened = {tag[2] for tag in found if not tag[1]}
    tags = [tag for tag in found if tag[2] in closed & opened or _is_shortcode(tag) or _is_alone(tag, text)]
    for start, end in joined(text, [tag.span() for tag in tags if not tag[2].lower().startswith(FORMS)]):
        if text[start - 1 : start] in BEFORE or is_quoted(text, start, end) or mentioned(text, start, end):
            continue
        quote = text[start:end]
        evidence = [Evidence(kind="syntax", detail=quote[:80])]
        if CURLY.search(quote):
            evidence.append(
                Evidence(kind="curly-quotes", detail="the tag is not registered: its plugin is gone")
            )
        name = TAG.match(quote)
        cause = f"shortcode:{name[2]}" if name else None
        parted = PASSED.search(quote) and text[:start].strip() and text[end:].strip()
        yield Span(
            start=start, end=end, replacement=" " if parted else "", evidence=tuple(evidence), cause=cause
        )


@rule.text("[sourcecode", "[code", "[crayon", "[php", "[html", "[css", "[js", "[bash", "[sql", "[python")
def by_damage(text: str) -> Iterator[Span]:
    """Yield code that was taken for prose: its quotes and dashes are typographic, and it does not run."""
    for code in DAMAGED.finditer(text):
        if TYPOGRAPHIC.search(code[2]):
            evidence = (Evidence(kind="likely", detail="quotes or dashes that no program reads"),)
            yield Span(start=code.start(2), end=code.end(2), replacement=None, evidence=evidence)


def _is_alone(tag: re.Match[str], text: str) -> bool:
    """Tell a tag that all its block holds and that no person writes: one of code's names, or a known one."""
    if len(tag[0]) != len(text.strip()):
        return False
    coded = tag[2].islower() and ("_" in tag[2] or tag[2].count("-") > 1) and not tag[3]
    return coded or ALONE.match(tag[0]) is not None


def _is_shortcode(tag: re.Match[str]) -> bool:
    closing, name, rest = tag[1], tag[2], tag[3]
    prefixed = name.startswith(PREFIXES)
    known = name in KNOWN or prefixed
    if closing:
        return not rest and (known or (name.islower() and "_" in name))
    if name.lower() in PLAYERS and (rest.startswith("=") or PLAYED.match(rest)):
        return True
    if known and (ATTRIBUTE.search(rest) or (prefixed and BARE_WORDS.fullmatch(rest))):
        return True
    if len(name) > 1 and (QUOTED.search(rest) or NUMBERED.search(rest)):
        return name.islower()
    closed = name.startswith("crayon-") and rest == "/"
    return closed or (known and name not in ORDINARY and not rest.strip(" /\u00a0"))

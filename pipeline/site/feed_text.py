"""The small texts inside a feed: dates, titles, names."""

import html
import re
from email.utils import parsedate_to_datetime

MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
INLINE_MARKUP = re.compile(
    r"</?(?:a|b|br|code|em|i|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
ISO_DATE = re.compile(
    r"^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$", re.IGNORECASE
)


def iso_date(text: str) -> str | None:
    """Write an RFC 822 or W3C date as ISO 8601 with the offset it states; None for anything else."""
    text = text.strip()
    if match := ISO_DATE.match(text):
        day, clock, offset = match.groups()
        offset = (offset or "").upper()
        offset = f"{offset[:3]}:{offset[3:]}" if len(offset) == 5 else offset
        return f"{day}T{clock}{offset}" if clock else day
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def plain(text: str) -> str:
    """Fold white space and read the character references that are left: feeds often escape twice."""
    return " ".join(html.unescape(text).split())


def without_markup(text: str) -> str:
    """Drop every tag of a text that is declared to be HTML."""
    return MARKUP.sub("", text)


def without_inline_markup(text: str) -> str:
    """Drop the tags that a plain title may carry by mistake; a "<div>" in it may be meant."""
    return INLINE_MARKUP.sub("", text)

"""Dates as written: machine forms with their time and offset, and what people write in many languages.

Nothing is converted to another zone, and a date that is not fully there (no year, "yesterday") is no date.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.extract.calendars import other_days
from pipeline.extract.months import VIETNAMESE, month_of

OLDEST_YEAR = 1990
"""Before this nothing was published on the web; younger years in old texts are what they speak of."""
OLDEST_STATED = 1800
"""A system may say so of a post all the same: archives of papers and letters carry their own days."""
EMPTY = ("-01-01", "-12-30", "-12-31")
"""In an old year these are the zero of some clock (1970, 1904, 1900, 1899), not a day that somebody set."""
NEWEST_YEAR = 2099
LONGEST_DATE = 300

ISO = re.compile(
    r"^\s*['\"]?(\d{4})[-/.]?(\d\d?)[-/.]?(\d\d?)"
    r"(?:(?:\s*[T,]\s*|\s+(?:at\s+)?|-(?=\d\d:))(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT"
    r"|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"^\s*(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?\s*$")
RFC_DATE = re.compile(r"^\s*[A-Z][a-z]{2,8},?\s+\d{1,2}[\s-][A-Z][a-z]{2}[\s-](?!00\d\d)\d{2,4}\s+\d\d?:\d\d")
SCRIPT_DATE = re.compile(
    r"^\s*[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (?:(\d{4}) )?(\d\d:\d\d:\d\d)(?: (?:GMT"
    r"|UTC)?([+-]\d{4})?[^\d]*(\d{4})?)?"
)
EPOCH = re.compile(r"^\s*(1\d{9})(\d{3})?\s*$")

WORD = r"([^\W\d_]{3,14})"
YEAR = r"((?:19|20)\d\d)(?!\d)"
FORMS = re.compile(
    # 2020-03-05, 2020年3月5日, 2020년 3월 5일, 2020.03.05
    r"(?P<ymd>(?<![\d/.-])(?P<y1>(?:19"
    r"|20)\d\d)\s?[-/.‐–年년]\s?(?P<m1>\d{1,2})\s?[-/.‐–月월]\s?(?P<d1>\d{1,2})(?!\d))"
    # 5. März 2020, 5 de marzo de 2020, 5th of March, 2020, le 1er mars 2020
    r"|(?P<dmy>(?<![\d.,:])(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.º|º|ª|ste|de|e|\.)?[\s.\-/,]{0,3}(?:(?:de|of"
    r"|d['’]|di|da|ng[àa]y|thg)\s?)?"
    r"(?P<m2>[^\W\d_]{3,14})\.?[\s.,\-/]{0,3}(?:(?:de|del|of|r\.)\s)?(?P<y2>(?:19|20)\d\d|['’]\d\d)(?!\d))"
    # March 5, 2020; März 5 2020
    r"|(?P<mdy>(?<![^\W\d_])(?P<m3>[^\W\d_]{3,14})\.?[\s.\-]{1,2}(?P<d3>\d{1,2})(?:st|nd|rd|th"
    r"|º)?[\s.,\-]{1,4}(?:de\s)?(?P<y3>(?:19|20)\d\d)(?!\d))"
    # 05.03.2020, 3/5/2020, 05-03-20
    r"|(?P<num>(?<![\d/.,-])(?P<a4>\d{1,2})(?P<s4>\s?[./‐-]\s?)(?P<b4>\d{1,2})(?P=s4)(?P<y4>(?:19|20)\d\d"
    r"|\d\d)(?![\d]|[./-]\d))"
    # ngày 5 tháng 3 năm 2020; 5 Tháng Ba, 2020
    r"|(?P<vi>(?P<d5>\d{1,2})\s+[tT]háng\s+(?P<m5>\d{1,2}|[mM]ười [hH]ai|[mM]ười [mM]ột|\w{2,5})(?:,"
    r"|\s+năm)?\s+(?P<y5>(?:19|20)\d\d))"
    # 2020. március 5., 2020 m. kovo 5, 2020 March 5
    r"|(?P<ydm>(?<!\d)(?P<y6>(?:19"
    r"|20)\d\d)[\s.,\-]{1,2}(?:m\.\s)?(?P<m6>[^\W\d_]{3,14})\.?[\s.\-]{1,2}(?P<d6>\d{1,2})(?!\d))"
)
# What stands before a year in a footer is no date of a post.
RIGHTS = re.compile(r"[©℗]|\(c\)|copyright|all rights", re.IGNORECASE)
# Other scripts' digits: \d matches them, but a year is recognised by its "19" or "20".
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹๐๑๒๓๔๕๖๗๘๙०१२३४५६७८९০১২৩৪৫৬৭৮৯", "0123456789" * 5)
DIGIT = re.compile(r"\d")
MONTH_FIRST = re.compile(r"^(?:en(?:-(?:us|ph|ca))?|fil|tl)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date that stands in a text."""

    iso: str
    start: int
    end: int


def valid_day(year: int, month: int, day: int, oldest: int = OLDEST_YEAR) -> str | None:
    """Write a day as ISO 8601, or None where the calendar or common sense has no such day."""
    if not (oldest <= year <= NEWEST_YEAR and 1 <= month <= 12):
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    iso = f"{year:04}-{month:02}-{day:02}"
    return None if year < OLDEST_YEAR and iso.endswith(EMPTY) else iso


def machine_date(text: str, language: str = "en", oldest: int = OLDEST_YEAR) -> str | None:
    """Read what is written for machines (attribute, meta, JSON-LD), with time and offset as stated.

    `oldest` is the first year that is believed: OLDEST_STATED where a system speaks of this very post.
    """
    if len(text) > LONGEST_DATE or not text:
        return None
    return (
        _compact(text, oldest)
        or _iso(text, oldest)
        or _rfc(text, oldest)
        or _script(text, oldest)
        or _epoch(text)
        or text_day(text, language)
    )


def text_day(text: str, language: str) -> str | None:
    """Read the first day that a text for people names; `language` decides 3/5/2020."""
    found = find_day(text[:LONGEST_DATE], language)
    return found.iso if found else None


def find_day(text: str, language: str) -> Found | None:
    """Find the first day that a text for people names, and where it stands."""
    return next(find_days(text, language), None)


def find_days(text: str, language: str) -> Iterator[Found]:
    """Yield the days that a text for people names, and where they stand."""
    if DIGIT.search(text) is None:
        return
    if not text.isascii():
        text = text.translate(DIGITS)
        for year, month, day, start, end in other_days(text):
            if iso := valid_day(year, month, day):
                yield Found(iso, start, end)
    for match in FORMS.finditer(text):
        iso = _day_of(match, language)
        if iso and not RIGHTS.search(text, max(0, match.start() - 25), match.start()):
            yield Found(iso, *match.span())


def _iso(text: str, oldest: int) -> str | None:
    match = ISO.match(text)
    if match is None or (match[4] is None and re.match(r"\d", text[match.end() :])):
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    written = valid_day(int(year), int(month), int(day), oldest)
    if written is None or hour is None or int(hour) > 23:
        return written
    clock = f"{int(hour):02}:{minute}" + (f":{second}" if second else "")
    return f"{written}T{clock}{_offset(offset)}"


def _offset(text: str | None) -> str:
    if not text:
        return ""
    if text[0] not in "+-":
        return "Z"
    digits = text[1:].replace(":", "").ljust(4, "0")
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


def _compact(text: str, oldest: int) -> str | None:
    match = COMPACT.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    written = valid_day(int(year), int(month), int(day), oldest)
    if written is None or hour is None:
        return written
    return f"{written}T{hour}:{minute}:{second or '00'}{_offset(offset)}"


def _rfc(text: str, oldest: int) -> str | None:
    if not RFC_DATE.match(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat() if valid_day(moment.year, moment.month, moment.day, oldest) else None


def _epoch(text: str) -> str | None:
    match = EPOCH.match(text)
    return f"{datetime.fromtimestamp(int(match[1]), UTC):%Y-%m-%dT%H:%M:%SZ}" if match else None


def _script(text: str, oldest: int) -> str | None:
    """Read what JavaScript and Unix print: Thu Mar 05 2020 10:00:00 GMT+0100, Mar 05 10:00:00 CET 2020."""
    match = SCRIPT_DATE.match(text)
    month = month_of(match[1]) if match else None
    if match is None or month is None or not (match[3] or match[6]):
        return None
    day = valid_day(int(match[3] or match[6]), month, int(match[2]), oldest)
    return f"{day}T{match[4]}{_offset(match[5])}" if day else None


def _day_of(match: re.Match[str], language: str) -> str | None:
    kind = match.lastgroup
    group = match.groupdict()
    if group["ymd"]:
        return valid_day(int(group["y1"]), int(group["m1"]), int(group["d1"]))
    if group["num"]:
        return _numeric(int(group["a4"]), int(group["b4"]), group["y4"], _first(group["s4"], language))
    if group["vi"]:
        word = group["m5"].lower()
        month = int(word) if word.isdigit() else VIETNAMESE.get(word, 0)
        return valid_day(int(group["y5"]), month, int(group["d5"]))
    for which, number in (("dmy", 2), ("mdy", 3), ("ydm", 6)):
        if group[which]:
            named = month_of(group[f"m{number}"])
            return valid_day(_year(group[f"y{number}"]), named, int(group[f"d{number}"])) if named else None
    return kind and None


def _first(separator: str, language: str) -> str:
    """Tell which number comes first: only a slash in American English puts the month there."""
    return "month" if separator.strip() in "/-" and MONTH_FIRST.match(language) else "day"


def _numeric(a: int, b: int, year: str, first: str) -> str | None:
    full = _year(year)
    if b > 12 or (first == "month" and a <= 12):
        return valid_day(full, a, b)
    return valid_day(full, b, a)


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)

"""Days in scripts whose vowels are no letters to a regular expression, and in years counted otherwise.

Source: the Thai solar calendar (543 years ahead), Japan's eras, Taiwan's republican years.
"""

import re
from collections.abc import Iterator

# One line per language; forms of a month are joined by "/".
_YEARS = """
มกราคม/ม.ค. กุมภาพันธ์/ก.พ. มีนาคม/มี.ค. เมษายน/เม.ย. พฤษภาคม/พ.ค. มิถุนายน/มิ.ย. กรกฎาคม/ก.ค. สิงหาคม/ส.ค. กันยายน/ก.ย. ตุลาคม/ต.ค. พฤศจิกายน/พ.ย. ธันวาคม/ธ.ค.
जनवरी फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर
জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
"""  # noqa: E501
MONTHS = {
    form: number
    for line in _YEARS.strip().split("\n")
    for number, forms in enumerate(line.split(), 1)
    for form in forms.split("/")
}
BUDDHIST = 543
FIRST_BUDDHIST = 2400
ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""The year before each era's first."""
MARKED = re.compile(
    rf"(?P<day>\d{{1,2}})\s*(?P<month>{'|'.join(sorted(map(re.escape, MONTHS), key=len, reverse=True))})"
    r",?\s*(?:พ\.ศ\.|ค\.ศ\.)?\s*(?P<year>\d{4})(?!\d)"
)
ERA = re.compile(
    rf"(?P<era>{'|'.join(ERAS)})\s*(?P<count>\d{{1,3}}|元)\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})"
)
SCRIPTS = re.compile(r"[\u0900-\u0dff\u0e00-\u0e7f]|令和|平成|民[國国]")

Day = tuple[int, int, int, int, int]
"""Year, month, day, and where they stand: start and end."""


def other_days(text: str) -> Iterator[Day]:
    """Yield the days that a text names in one of these ways."""
    if SCRIPTS.search(text) is None:
        return
    for match in MARKED.finditer(text):
        year = int(match["year"])
        yield (
            year - BUDDHIST if year > FIRST_BUDDHIST else year,
            MONTHS[match["month"]],
            int(match["day"]),
            *match.span(),
        )
    for match in ERA.finditer(text):
        count = 1 if match["count"] == "元" else int(match["count"])
        yield (ERAS[match["era"]] + count, int(match["month"]), int(match["day"]), *match.span())

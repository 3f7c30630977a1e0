"""Make the parts of the sample blog's addresses."""

import re
import unicodedata
from urllib.parse import quote

NOT_WORDS = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """Give the words of a heading or term as they stand in an address, not yet percent-encoded.

    Latin letters lose their accents; other scripts stay as they are.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    latin = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NOT_WORDS.sub("-", unicodedata.normalize("NFC", latin)).strip("-")


def url_path(*parts: str) -> str:
    """Join parts to a URL path with a slash at both ends, percent-encoded."""
    return "/" + "".join(f"{quote(part)}/" for part in parts)

"""What readers of our records can check: `text` is `text_raw` with the applied findings, nothing else."""

from collections.abc import Iterable

from measure.sets import Json

MEASURE = "texts that findings do not explain n"
ASIDE = ("title", "attribute", "metadata", "furniture")
"""Where a finding stands that is no place of the text."""


def unexplained(records: Iterable[Json]) -> float:
    """Count the records whose `text` their findings do not make of `text_raw`."""
    return float(sum(mended(record) != record["text"] for record in records if "error" not in record))


def mended(record: Json) -> str | None:
    """Apply the safe findings at the places that quote, prefix and suffix name; None when one has none."""
    raw: str = record["text_raw"]
    parts: list[str] = []
    at = 0
    for one in record["findings"]:
        if one["fix"] != "safe" or one["where"] in ASIDE or not one["quote"]:
            continue
        before = raw.find(one["prefix"] + one["quote"] + one["suffix"], max(0, at - len(one["prefix"])))
        if before < 0:
            return None
        start = before + len(one["prefix"])
        parts += (raw[at:start], one["replacement"] or "")
        at = start + len(one["quote"])
    return "".join((*parts, raw[at:]))

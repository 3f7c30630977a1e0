"""What a revision says of itself: its metadata, where each value came from, and who says otherwise. Pure."""

from typing import Any

from pipeline.desk import words

HIDDEN = ("provenance", "said", "category_paths", "raw_categories", "title_raw")
"""Said better elsewhere on the page."""


def metadata_lines(revision: dict[str, Any] | None) -> list[dict[str, str]]:
    """Return the metadata of a revision as name, value, where it came from, and who says otherwise."""
    metadata = words.json_or(revision["metadata"], {}) if revision else {}
    if not isinstance(metadata, dict):
        return []
    provenance = metadata.get("provenance") or {}
    lines = []
    for name, value in metadata.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if name not in HIDDEN and shown and value is not None:
            source = str(provenance.get(name) or "")
            others = _others(metadata.get("said"), name, shown)
            lines.append({"name": name.replace("_", " "), "value": shown, "source": source, "others": others})
    return lines


def _others(said: Any, name: str, shown: str) -> str:
    """Tell what other parts of the page say of the same thing, each value once with who says it."""
    claims: dict[str, list[str]] = {}
    for field, source, value in (one for one in said or () if isinstance(one, list) and len(one) == 3):
        if field == name and str(value) not in shown:
            claims.setdefault(str(value), []).append(str(source))
    return "; ".join(f"{value} ({', '.join(dict.fromkeys(sources))})" for value, sources in claims.items())

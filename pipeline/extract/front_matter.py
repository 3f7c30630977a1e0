"""Front matter that a generator copies into the page as it stands: R Markdown's Distill does.

Source: jsonlite::serializeJSON, a tree of {"type", "attributes": {"names"}, "value"}.
"""

import json
from typing import Any


def read_front_matter(source: str) -> dict[str, list[str]]:
    """Give each top-level field whose value is text as a list; empty where the script is something else."""
    try:
        tree = json.loads(source)
    except (ValueError, RecursionError):
        return {}
    fields = dict(zip(_names(tree), _values(tree), strict=False))
    return {name: texts for name, value in fields.items() if (texts := _texts(value))}


def _names(node: Any) -> list[str]:
    attributes = node.get("attributes") if isinstance(node, dict) else None
    names = attributes.get("names") if isinstance(attributes, dict) else None
    return [name for name in _values(names) if isinstance(name, str)]


def _values(node: Any) -> list[Any]:
    value = node.get("value") if isinstance(node, dict) else None
    return value if isinstance(value, list) else []


def _texts(node: Any) -> list[str]:
    if isinstance(node, dict) and node.get("type") == "character":
        return [text for text in _values(node) if isinstance(text, str)]
    return []

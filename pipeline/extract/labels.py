"""What introduces an element: the words before it."""

from lxml.html import HtmlElement

from pipeline.extract.words import fold, text_of

LONGEST_LABEL = 60


def label_before(node: HtmlElement, steps: int = 3) -> str:
    """Give the text before an element or before what it stands in; the other links of its list are passed."""
    current: HtmlElement | None = node
    for _ in range(steps):
        if current is None:
            return ""
        previous = current.getprevious()
        while previous is not None and previous.tag == "a" and current.tag == "a":
            previous = previous.getprevious()
        parent = current.getparent()
        if previous is not None:
            small = isinstance(previous.tag, str) and len(previous) < 4
            label = (
                f"{text_of(previous)[-LONGEST_LABEL:] if small else ''} {fold(previous.tail or '')}".strip()
            )
        else:
            label = fold(parent.text or "") if parent is not None else ""
        if label:
            return label[-LONGEST_LABEL:]
        current = parent
    return ""

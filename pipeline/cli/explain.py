"""Every record of the line for one page, for whoever asks why it came out as it did."""

from dataclasses import asdict
from typing import Any

from pipeline.cli.work import Item, read_item
from pipeline.errors import ArchiveError
from pipeline.process import extract, process
from pipeline.record_json import to_record
from pipeline.site.template import Template


def explain(item: Item, template: Template) -> dict[str, Any]:
    """Take a page down the line and keep what each step makes of it."""
    page = read_item(item)
    if page is None:
        raise ArchiveError(f"{item.url} is no page that could be read")
    found = extract(page, template)
    record = {name: getattr(page, name) for name in page.__slots__ if name != "text"}
    return {
        "page": record | {"characters": len(page.text)},
        "template": {
            "pages": template.pages,
            "layouts": len(template.layouts),
            "furniture": {layout: len(blocks) for layout, blocks in template.furniture.items()},
            "witnesses": [asdict(witness) for witness in template.witnesses_of(page.url)],
        },
        "kind": found.kind,
        "metadata": asdict(found.metadata),
        "article": [
            {"kind": block.kind, "level": block.level, "text": block.text, "tokens": sorted(block.tokens)}
            for block in found.article.blocks
        ],
        "post": to_record(process(page, template)),
    }

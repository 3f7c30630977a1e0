"""The club's posts as the block editor of WordPress saves them."""

from html import escape

from generators.club import Block, Entry, marked_up

BROKEN_FORM = "Error: Contact form not found."


def block_markup(entry: Entry) -> str:
    """Write a post's content; `PICTURE:name` and `PICTURE-ID:name` wait for the upload."""
    return "\n\n".join(WRITERS[block.kind](block) for block in entry.blocks)


def commented(name: str, inner: str, attributes: str = "") -> str:
    """Put the editor's comments around a block."""
    return f"<!-- wp:{name}{attributes} -->\n{inner}\n<!-- /wp:{name} -->"


def _heading(block: Block) -> str:
    level = f' {{"level":{block.level}}}' if block.level != 2 else ""
    tag = f"h{block.level}"
    return commented("heading", f"<{tag}>{marked_up(block.lines[0])}</{tag}>", level)


def _paragraph(block: Block) -> str:
    if block.source == BROKEN_FORM:
        return commented("shortcode", '[contact-form-7 id="58" title="Groups"]')
    if block.source.startswith("["):
        return commented("shortcode", block.source)
    return commented("paragraph", f"<p>{marked_up(block.source)}</p>")


def _list(block: Block) -> str:
    tag, more = ("ol", ' {"ordered":true}') if block.kind == "ordered" else ("ul", "")
    texts = [marked_up(line.partition(" ")[2]) for line in block.source.splitlines()]
    items = "\n".join(commented("list-item", f"<li>{text}</li>") for text in texts)
    return commented("list", f"<{tag}>{items}</{tag}>", more)


def _table(block: Block) -> str:
    width = block.columns
    rows = [block.lines[at : at + width] for at in range(0, len(block.lines), width)]
    head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    inner = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return commented("table", f'<figure class="wp-block-table">{inner}</figure>')


def _code(block: Block) -> str:
    inside = "\n".join(block.source.splitlines()[1:-1])
    return commented("code", f'<pre class="wp-block-code"><code>{escape(inside, quote=False)}</code></pre>')


def _figure(block: Block) -> str:
    name, alt = block.picture
    picture = f'<img src="PICTURE:{name}" alt="{escape(alt)}" class="wp-image-PICTURE-ID:{name}"/>'
    caption = f'<figcaption class="wp-element-caption">{block.lines[0]}</figcaption>'
    figure = f'<figure class="wp-block-image size-large">{picture}{caption}</figure>'
    return commented("image", figure, f' {{"id":PICTURE-ID:{name},"sizeSlug":"large"}}')


WRITERS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": _list,
    "ordered": _list,
    "table": _table,
    "code": _code,
    "figure": _figure,
}

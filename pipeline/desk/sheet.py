"""Spreadsheets: rows out as CSV or XLSX, and in again. XLSX here is the smallest that every program opens."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from pipeline.desk.csvsafe import RISKY, defused

MOST_BYTES = 60 * 2**20
"""What a workbook may unpack to: more is no inventory."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_000
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXACT = 10**15
"""Spreadsheets keep 15 digits: longer numbers are text, so that none changes. So is infinity."""
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIXED_PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    ' ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override'
    ' PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship'
    f' Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="copydesk"'
    ' sheetId="1" r:id="rId1"/></sheets></workbook>',
}


UNREADABLE: tuple[type[Exception], ...] = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError)
UNREADABLE += (EOFError, OSError, RuntimeError, ValueError, LookupError)
"""What is raised for damaged, encrypted and oddly packed workbooks."""


class SheetError(Exception):
    """A file is no spreadsheet that can be read; the text says why."""


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write CSV that no spreadsheet runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([defused("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def to_xlsx(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Write a workbook of one sheet; text stays text, so nothing in it is a formula."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in FIXED_PARTS.items():
            book.writestr(name, part)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for row in [head, *rows]:
                sheet.write(f"<row>{''.join(map(_cell, row))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float) and abs(value) < MOST_EXACT:
        return f"<c><v>{value}</v></c>"
    text = UNPRINTABLE.sub("\ufffd", defused(str(value)))[:LONGEST_CELL]
    return str(Markup('<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>').format(text))


def read_sheet(name: str, content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV or XLSX file by the names in its first row.

    Raises: SheetError.
    """
    rows = _read_xlsx(content) if content.startswith(b"PK") else _read_csv(content)
    head = [cell.strip() for cell in next(rows, [])]
    if not any(head):
        raise SheetError(f"{name or 'The file'} is empty")
    return [
        {key: _plain(cell) for key, cell in zip(head, row, strict=False) if key}
        for row in rows
        if any(cell.strip() for cell in row)
    ]


def _plain(cell: str) -> str:
    """Take the apostrophe away again that an export put before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


def _read_csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError("The file is neither XLSX nor CSV in UTF-8") from error
    # Spreadsheets of many countries separate by semicolons, because their comma is a decimal one.
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise SheetError(f"The CSV cannot be read: {error}") from error


def _read_xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if sum(info.file_size for info in book.infolist()) > MOST_BYTES:
                raise SheetError("The workbook is too large")
            shared = _shared(book)
            sheets = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
            tree = _parsed(book.read(sheets[0]))
    except UNREADABLE as error:
        raise SheetError("The workbook cannot be read") from error
    for row in tree.iter(f"{{{MAIN}}}row"):
        yield list(_cells(row, shared))


def _parsed(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml:  # no office program writes one; entities could blow up
        raise SheetError("The workbook cannot be read")
    return ElementTree.fromstring(xml)


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    strings = _parsed(book.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in one.iter(f"{{{MAIN}}}t")) for one in strings]


def _cells(row: ElementTree.Element, shared: Sequence[str]) -> Iterator[str]:
    """Yield a row's cells as text; cells that were left out in between are empty."""
    at = 0
    for cell in row.iter(f"{{{MAIN}}}c"):
        place = re.match(r"[A-Z]+", cell.get("r", ""))
        column = _column(place[0]) if place else at
        yield from [""] * min(column - at, 500)
        at = column + 1
        value = cell.findtext(f"{{{MAIN}}}v") or ""
        if cell.get("t") == "s" and value.isdecimal() and int(value) < len(shared):
            yield shared[int(value)]
        elif cell.get("t") == "inlineStr":
            yield "".join(t.text or "" for t in cell.iter(f"{{{MAIN}}}t"))
        else:
            yield value.removesuffix(".0")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1

"""The documentation says what is true: generated pages are fresh, the schema fits, links lead somewhere."""

import dataclasses
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from write_docs import DOCS, GENERATED

from pipeline.audit.run import audit
from pipeline.process import process
from pipeline.record_json import to_record
from pipeline.records import Article, Block, Finding, Metadata, Page

ROOT = DOCS.parent
SCHEMA = json.loads((DOCS / "record.schema.json").read_text(encoding="utf-8"))
POST = """<html lang="en"><head><title>Kettles – The Shed</title></head><body><article><h1>Kettles</h1>
<time datetime="2024-05-06">6 May</time><p>We boiled water for a week, and wrote down what happened.</p>
<h2>1. The first kettle</h2><p>It sang.<img src="/kettle-696x463.jpg" alt="A kettle">Kettle 696x463</p>
<p>Take care of the spout. Error: Contact form not found.</p><p>More <a href="/about">about us</a>.</p>
</article></body></html>"""
DUMP = (
    "Kitchen\nKettles\n\nWe boiled water.\n\n1. The first kettle\nIt sang. Error: Contact form not found.\n"
)


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_are_fresh(name: str) -> None:
    kept = (DOCS / name).read_text(encoding="utf-8")
    assert kept == GENERATED[name](), "run `make docs` and commit what changed"


def records() -> list[dict[str, Any]]:
    kettles = [("https://shed.example/kettles/", "text/html", POST), (None, "text/plain", DUMP)]
    return [to_record(process(Page(url=url, media_type=kind, text=text))) for url, kind, text in kettles]


def test_the_schema_is_itself_sound() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_records_fit_the_schema() -> None:
    validator = Draft202012Validator(SCHEMA)
    assert [error.message for record in records() for error in validator.iter_errors(record)] == []


def test_the_schema_knows_every_field_and_no_other() -> None:
    for record in records():
        assert set(record) | {"id"} == set(SCHEMA["properties"])
        assert all(set(f) == set(SCHEMA["$defs"]["finding"]["properties"]) for f in record["findings"])


def test_a_finding_loses_only_its_internal_fields_when_printed() -> None:
    inside = {field.name for field in dataclasses.fields(Finding)}
    assert inside - set(SCHEMA["$defs"]["finding"]["properties"]) == {"start", "occurrence", "block"}


LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(#[^)]*)?\)")
MARKDOWN = [*ROOT.glob("*.md"), *DOCS.glob("*.md")]


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = [target for target, _ in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def code(kind: str, page: str) -> str:
    found = re.search(
        rf"^```{kind}\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found, f"{page} shows no {kind}"
    return found[1]


def test_the_example_rule_finds_what_its_cases_say() -> None:
    example: dict[str, Any] = {"__name__": "pipeline.rules.printer_note"}
    exec(
        code("python", "CONTRIBUTING.md").replace('"""The reminder', '__doc__ = """The reminder', 1), example
    )
    assert example["rule"].name == "printer-note"
    for case in tomllib.loads(code("toml", "CONTRIBUTING.md"))["case"]:
        article = Article(blocks=(Block(kind="paragraph", text=case["text"]),), page_text=case["text"])
        found = audit(article, Metadata(), [example["rule"]]).findings
        assert [finding.quote.strip() for finding in found] == case["finds"]

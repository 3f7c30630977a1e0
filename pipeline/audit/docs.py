"""Rules -> their pages: what `copydesk rules` prints and `docs/rules.md` holds."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pipeline.audit.rule import Rule

PARTS = ("Finds", "Why it matters", "Leaves alone", "Fix", "Source")
SEVERITIES = {
    "error": "readers see something broken",
    "warning": "looks careless or belongs elsewhere",
    "info": "hygiene, invisible to readers",
}
NO_EXAMPLES: Mapping[str, str] = MappingProxyType({})
INNER_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def summary(rule: Rule) -> str:
    """Give the first line of a rule's page, without its full stop."""
    return (rule.doc or "").strip().split("\n", 1)[0].rstrip(".")


def rule_page(rule: Rule, examples: Mapping[str, str] = NO_EXAMPLES) -> str:
    """Give a rule's page in Markdown: name, severity, the parts of its file's docstring, its examples."""
    head, _, rest = (rule.doc or "").strip().partition("\n\n")
    severity = f"*{rule.severity.capitalize()}*: {SEVERITIES[rule.severity]}. Fixes: at most {rule.fix}."
    body = INNER_BREAK.sub(" ", rest)
    page = f"# {rule.name}\n\n{INNER_BREAK.sub(' ', head)}\n\n{severity}\n\n{body}\n"
    return page + examples.get(rule.name, "")


def rules_page(rules: Iterable[Rule], examples: Mapping[str, str] = NO_EXAMPLES) -> str:
    """Give one Markdown page on all rules: a table, then each rule's page one level down with examples."""
    known = sorted(rules, key=lambda rule: rule.name)
    lines = [
        "# Rules",
        "",
        "Generated from the rules and their cases by `make docs`; edit those, not this page.",
    ]
    lines += ["", "| rule | finds | severity | fix |", "|---|---|---|---|"]
    lines += [f"| [{r.name}](#{r.name}) | {summary(r)} | {r.severity} | {r.fix} |" for r in known]
    pages = [f"#{rule_page(rule, examples)}" for rule in known]
    return "\n".join([*lines, "", *pages])

"""What all tests share."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is slow, not wrong; and a run says the same as the one before it.
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("random", deadline=None)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the snapshots in tests/pages")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a report say which rows of hostile inputs its test proves, also from another process."""
    for item in items:
        rows = [row for mark in item.iter_markers("row") for row in mark.args]
        if rows:
            item.user_properties.append(("rows", rows))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Count the rows whose tests all held."""
    held, broken = set(), set()
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            rows = dict(getattr(report, "user_properties", ())).get("rows", ())
            (held if outcome == "passed" else broken if outcome in ("failed", "error") else set()).update(
                rows
            )
    if held or broken:
        terminalreporter.write_line(f"hostile inputs: {len(held - broken)} of 80 rows held in this run")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in one loud last line what could not be tested, for it is easily lost among the dots."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or hasattr(config, "workerinput"):
        return
    reasons = {str(report.longrepr[2]) for report in terminal.stats.get("skipped", [])}
    for reason in sorted(reason.removeprefix("Skipped: ") for reason in reasons if "NOT TESTED" in reason):
        terminal.write_line(reason, red=True, bold=True)

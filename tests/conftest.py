"""What all tests share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the snapshots in tests/pages")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in one loud last line what could not be tested, for it is easily lost among the dots."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or hasattr(config, "workerinput"):
        return
    reasons = {str(report.longrepr[2]) for report in terminal.stats.get("skipped", [])}
    for reason in sorted(reason.removeprefix("Skipped: ") for reason in reasons if "NOT TESTED" in reason):
        terminal.write_line(reason, red=True, bold=True)

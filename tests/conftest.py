"""What all tests share."""

import pytest
from hypothesis import settings

# A loaded machine is slow, not wrong.
settings.register_profile("copydesk", deadline=None)
settings.load_profile("copydesk")


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

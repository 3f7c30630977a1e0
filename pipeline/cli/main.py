"""The command `copydesk`: its group, and how a command ends."""

import logging
import os
import sys
from importlib import import_module

import click

from pipeline.cli.codes import UNEXPECTED, code_of, sentence_of
from pipeline.cli.logs import log_to_stderr, say, say_usage
from pipeline.cli.signals import Stopped, raise_when_stopped
from pipeline.cli.version import release

COMMANDS = {
    "archive": "Look after the WARC files: check, mend, index, prune, pack.",
    "backup": "Copy the database to a file, and check the copy.",
    "config": "Show each setting and where it comes from.",
    "crawl": "Fetch a blog, find its posts, extract, audit and store them.",
    "demo": "Crawl the bundled sample blog and open it in Datasette.",
    "diff": "Say in words what changed.",
    "doctor": "Check everything that a run relies on, and name the remedy for what is wrong.",
    "export": "Write what is stored to standard output.",
    "extract": "Turn one page, or a stream of them, into post records.",
    "init": "Look at a blog and write copydesk.toml for it.",
    "inventory": "Write the content inventory, or read back what people decided in it.",
    "login": "Print a link that logs somebody in to the desk.",
    "process": "Extract and audit again from the archive, without the network.",
    "profile": "Print what was learned of a site, as a profile that can be corrected.",
    "report": "Write one page with the charts and the worst posts.",
    "rescue": "Copy what can be read of a damaged database into a new one.",
    "restore": "Put a backup in the place of the database.",
    "rules": "List the rules, or show the page of one.",
    "schedule": "Print or install what crawls every night.",
    "serve": "Open the database in Datasette.",
    "site": "List, pause, resume or remove sites.",
    "status": "Say how each site stands.",
    "verdicts": "Carry what editors decided from one database to another.",
    "views": "Tell the queue how often each post is read.",
}
"""Name -> what help says; the module of that name is imported when it is called."""
MODULES = {"report": "desk_report"}
"""Commands whose module is named otherwise: `report` says what a run brought."""

log = logging.getLogger("copydesk")


class Commands(click.Group):
    """The commands, each imported only when it is wanted: `--help` must not load a crawler."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pipeline.cli.{MODULES.get(cmd_name, cmd_name)}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run one; whoever reads our output may stop when they have seen enough."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # The flush at exit must not fail a second time.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(release(), prog_name="copydesk")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens to standard error.")
def cli(verbose: bool) -> None:
    """Crawl a blog, find the leftovers in its old posts, and clean them with evidence."""
    log_to_stderr(logging.INFO if verbose else logging.WARNING)


def main() -> None:
    """Run the command line and leave with its exit code."""
    raise_when_stopped()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code. What went wrong is said in one sentence on standard error."""
    log_to_stderr(logging.WARNING)
    try:
        code = cli.main(args=arguments, prog_name="copydesk", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        say_usage(error)
        return error.exit_code
    except (Stopped, Exception) as error:
        ended = code_of(error)
        if ended == UNEXPECTED:
            log.critical("unexpected error", exc_info=error)
        say(sentence_of(error), code=ended)
        return ended
    return code if isinstance(code, int) else 0

"""`copydesk rules`: the rules, built in or the user's own, and the page of one."""

from pathlib import Path

import click

from pipeline.audit.docs import rule_page, rules_page, summary
from pipeline.cli.rules_try import try_command
from pipeline.cli.rulings import config_option, read_rulings, rules_option
from pipeline.errors import ConfigError
from pipeline.rules import load_examples, load_rules


@click.group("rules", invoke_without_command=True)
@click.option("--markdown", is_flag=True, help="Print the pages of the built-in rules, as in docs/rules.md.")
@config_option
@rules_option
@click.pass_context
def command(
    ctx: click.Context, markdown: bool, config_path: Path | None, rule_files: tuple[Path, ...]
) -> None:
    """List the rules, show the page of one, or try one before it is switched on."""
    if markdown and ctx.invoked_subcommand is None:
        click.echo(rules_page(load_rules(), load_examples()), nl=False)
        return
    ctx.obj = read_rulings(config_path, rule_files)
    if ctx.invoked_subcommand is not None:
        return
    off = {name for layer in ctx.obj.control.layers if layer.path is None for name in layer.disable}
    known = sorted(ctx.obj.rules(), key=lambda rule: rule.name)
    width = max(len(rule.name) for rule in known)
    for rule in known:
        note = " (off)" if rule.name in off else ""
        click.echo(f"{rule.name:<{width}}  {rule.severity:<7}  {summary(rule)}{note}")


@command.command("show")
@click.argument("name")
@click.pass_context
def show(ctx: click.Context, name: str) -> None:
    """Show what a rule finds, why it matters, and what it leaves alone."""
    for rule in ctx.obj.rules():
        if rule.name == name:
            click.echo(rule_page(rule, load_examples()), nl=False)
            return
    names = ", ".join(sorted(rule.name for rule in ctx.obj.rules()))
    raise ConfigError(f"there is no rule '{name}'; there are: {names}")


command.add_command(try_command)

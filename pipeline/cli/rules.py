"""`copydesk rules`: the rules, and the page of one."""

import click

from pipeline.audit.docs import rule_page, rules_page, summary
from pipeline.errors import ConfigError
from pipeline.rules import load_rules


@click.group("rules", invoke_without_command=True)
@click.option("--markdown", is_flag=True, help="Print the pages of all rules, as in docs/rules.md.")
@click.pass_context
def command(ctx: click.Context, markdown: bool) -> None:
    """List the rules, or show the page of one."""
    if ctx.invoked_subcommand is not None:
        return
    if markdown:
        click.echo(rules_page(load_rules()), nl=False)
        return
    width = max(len(rule.name) for rule in load_rules())
    for rule in sorted(load_rules(), key=lambda rule: rule.name):
        click.echo(f"{rule.name:<{width}}  {rule.severity:<7}  {summary(rule)}")


@command.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show what a rule finds, why it matters, and what it leaves alone."""
    for rule in load_rules():
        if rule.name == name:
            click.echo(rule_page(rule), nl=False)
            return
    names = ", ".join(sorted(rule.name for rule in load_rules()))
    raise ConfigError(f"there is no rule '{name}'; there are: {names}")

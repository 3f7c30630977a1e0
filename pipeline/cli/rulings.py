"""What the user says of the rules: `copydesk.toml`, files of own rules, and the options that name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import click

from pipeline.audit.control import NO_CONTROL, Control, read_control
from pipeline.audit.own import OwnRule, phrase_pattern
from pipeline.audit.ownfile import own_rule_files, read_own_rules
from pipeline.audit.rule import Rule
from pipeline.audit.rulebook import PLAIN_BOOK, RuleBook, all_rules
from pipeline.cli.profiles import load_profile, load_profiles
from pipeline.errors import ConfigError
from pipeline.rules import load_rules
from pipeline.site.config import FILE_NAME, Config, read_config
from pipeline.site.profile import Profile
from pipeline.spread import time_limit
from pipeline.store.run import RunContext

PROBE_S = 1.0
PROBE_CHARS = 3_000

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"The configuration; {FILE_NAME} where there is one.",
)
rules_option = click.option(
    "--rules",
    "rule_files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A TOML file with rules of your own; may be given several times.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """The configuration and all rules, checked."""

    config: Config = field(default_factory=Config)
    own: tuple[OwnRule, ...] = ()
    control: Control = NO_CONTROL
    of_site: tuple[tuple[str, Control], ...] = ()
    profiles: tuple[tuple[str, Profile], ...] = ()
    """Site -> what a person declares about it."""
    given: Profile | None = None
    """The one that the command line names."""

    def profile(self, site_id: str) -> Profile | None:
        """Give what is declared about a site."""
        return self.given or dict(self.profiles).get(site_id)

    def edit_url(self, site_id: str) -> str | None:
        """Say where a site's CMS edits a post: by its profile, else by the configuration."""
        profile, site = self.profile(site_id), self.config.site(site_id)
        return (profile.edit_url if profile else None) or (site.edit_url if site else None)

    def with_profile(self, path: Path | None) -> "Rulings":
        """Take the profile from a file that the command line names, whatever the site's key is."""
        return self if path is None else replace(self, given=load_profile(path))

    def book(self, site_id: str | None = None) -> RuleBook:
        """Give what holds for a site."""
        return RuleBook(
            own=self.own, control=self.control + dict(self.of_site).get(site_id or "", NO_CONTROL)
        )

    def rules(self) -> tuple[Rule, ...]:
        """Give all rules, built in or the user's."""
        return all_rules(load_rules(), self.own)


NO_RULINGS = Rulings()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledRun(RunContext):
    """A run with the rules that it uses."""

    book: RuleBook = PLAIN_BOOK
    profile: Profile | None = None


def ruled(run: RunContext, rulings: Rulings) -> RuledRun:
    """Give a run the rules that it uses, and the profile of its site."""
    return RuledRun(
        **{one.name: getattr(run, one.name) for one in fields(RunContext)},
        book=rulings.book(run.site_id),
        profile=rulings.profile(run.site_id),
    )


def book_of(run: RunContext) -> RuleBook:
    """Give the rules that a run uses: the built-in ones when it was given none."""
    return run.book if isinstance(run, RuledRun) else PLAIN_BOOK


def profile_of(run: RunContext) -> Profile | None:
    """Give the profile of a run's site; None when it was given none."""
    return run.profile if isinstance(run, RuledRun) else None


def read_rulings(config_path: Path | None, rule_files: Sequence[Path]) -> Rulings:
    """Read the configuration and every file of rules that it or the command line names.

    Raises ConfigError for anything wrong in them: nothing may run then.
    """
    path = config_path or Path(FILE_NAME)
    config = read_config(path) if config_path or path.is_file() else Config()
    listed = [*_configured(config, path), *rule_files]
    built_in = frozenset(rule.name for rule in load_rules())
    own: list[OwnRule] = []
    for file in dict.fromkeys(one.resolve() for one in listed):
        own += read_own_rules(_shown(file), built_in | {rule.name for rule in own})
    for rule in own:
        probe(rule)
    known = built_in | {rule.name for rule in own}
    profiles = load_profiles(path.parent)
    if config.file is None:
        return Rulings(own=tuple(own), profiles=profiles)
    of_site = [
        (site.key, read_control(config.file, ("site", site.key, "rules"), site.rules, known))
        for site in config.sites
    ]
    control = read_control(config.file, ("rules",), config.rules, known)
    return Rulings(config=config, own=tuple(own), control=control, of_site=tuple(of_site), profiles=profiles)


def _configured(config: Config, path: Path) -> list[Path]:
    """List the files beside the configuration, and those that it names."""
    if config.file is None:
        return []
    named = config.rules.get("files", ())
    config.file.check(("rules",), {"files": list(named)}, {"files": "texts"})
    return [*own_rule_files(path.parent / "rules"), *(path.parent / name for name in named)]


def _shown(file: Path) -> Path:
    """Name a file as the user would, where it lies below the current folder."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def probe(own: OwnRule) -> None:
    """Run a rule's expressions over texts that slow ones stumble over."""
    examples = [*own.matches, *own.leaves, "a", "0", " ", "a ", ".,", "é"]
    texts = [(example * PROBE_CHARS)[:PROBE_CHARS] + "\u0001" for example in examples if example]
    for text in texts:
        for pattern in [*own.regex, *([phrase_pattern(own.phrases).pattern] if own.phrases else [])]:
            _time(own, pattern, text)


def _time(own: OwnRule, pattern: str, text: str) -> None:
    try:
        with time_limit(PROBE_S):
            for _ in re.finditer(pattern, text):
                pass
    except TimeoutError:
        raise ConfigError(
            f"{_where(own, pattern)}: {pattern!r} takes more than {PROBE_S:g} s on a line of"
            f" {PROBE_CHARS:,} characters; make it more definite, for instance with \\w{{1,40}} for \\w+"
        ) from None


def _where(own: OwnRule, pattern: str) -> str:
    """Name the file, the line and the key that a rule has an expression from."""
    path, _, first = own.source.rpartition(", line ")
    lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
    ways = (pattern, pattern.replace("\\", "\\\\"))
    at = next(
        (n for n in range(int(first), len(lines) + 1) if any(way in lines[n - 1] for way in ways)), first
    )
    return f"{path}, line {at}, rule.{'regex' if pattern in own.regex else 'phrases'}"

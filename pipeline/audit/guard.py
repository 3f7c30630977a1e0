"""Audit although a rule fails: what it says of this post is lost, what the others say is not."""

import traceback
from collections.abc import Sequence

from pipeline.audit.rule import Rule
from pipeline.audit.run import Audited, audit
from pipeline.audit.setting import PLAIN, Setting
from pipeline.records import Article, Failure, Metadata

NOT_ITS_FAULT = (TimeoutError, MemoryError)
"""The page's time or this machine's memory is up: whoever set the limit has to know."""


def audit_safely(
    article: Article, metadata: Metadata, rules: Sequence[Rule], setting: Setting = PLAIN
) -> Audited:
    """Do what `audit` does, without the rules that raise on this post; each of those is a Failure."""
    try:
        return audit(article, metadata, rules, setting)
    except NOT_ITS_FAULT:
        raise
    except Exception:  # the same wall as in `spread`, a step further in: rules are many and users write some
        return _audit_without_failing(article, metadata, rules, setting)


def _audit_without_failing(
    article: Article, metadata: Metadata, rules: Sequence[Rule], setting: Setting
) -> Audited:
    """Try the rules one by one, which costs more than guarding each check, but only here."""
    sound: list[Rule] = []
    failures: list[Failure] = []
    for rule in rules:
        try:
            audit(article, metadata, (rule,), setting)
        except NOT_ITS_FAULT:
            raise
        except Exception as error:
            failures.append(_failure(rule, error))
        else:
            sound.append(rule)
    if not failures:  # none fails alone: the fault is the engine's
        return audit(article, metadata, rules, setting)
    found = audit(article, metadata, sound, setting)
    return Audited(
        title=found.title, findings=found.findings, clean_texts=found.clean_texts, failures=tuple(failures)
    )


def _failure(rule: Rule, error: Exception) -> Failure:
    reason = (
        f"rule {rule.name} failed on this post ({type(error).__name__}: {error}); the others were applied"
    )
    return Failure(url=None, stage="audit", reason=reason, detail=traceback.format_exc())

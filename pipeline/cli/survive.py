"""One site that fails stops no other; a store that fails, or a signal, stops all."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from pipeline.cli.codes import sentence_of
from pipeline.cli.report import SiteReport, open_by
from pipeline.cli.runs import stop
from pipeline.cli.signals import Stopped
from pipeline.errors import ConfigError, CopydeskError, StoreError
from pipeline.store.run import RunContext, finish_run
from pipeline.store.trouble import count_posts

log = logging.getLogger(__name__)


@contextmanager
def surviving(db: Database, run: RunContext, home_url: str, reports: list[SiteReport]) -> Iterator[None]:
    """Turn what ends the block into the site's report.

    Raises: StoreError, for no other site could be stored either; Stopped, once it is noted.
    """
    try:
        yield
    except Stopped as stopped:
        stop(db, run, stopped)
        raise
    except StoreError:
        raise
    except Exception as error:
        known = isinstance(error, CopydeskError)
        if not known:
            log.critical("unexpected error site=%s", run.site_id, exc_info=error)
        message = f"{home_url}: {sentence_of(error)}"
        finish_run(db, run, "failed", message, {})
        reports.append(
            SiteReport(
                site=run.site_id,
                home_url=home_url,
                state="failed",
                message=message,
                seconds=0.0,
                posts=count_posts(db, run).all,
                flags=open_by(db, run.site_id, "rule"),
                unexpected=not known,
                misconfigured=isinstance(error, ConfigError),
            )
        )

"""What was fetched and not looked at yet becomes posts."""

from pathlib import Path

from sqlite_utils import Database

from pipeline.cli.hold import going_on
from pipeline.cli.refine import Refined, Watch, refine, refine_until
from pipeline.cli.runs import places
from pipeline.store.held import release_held
from pipeline.store.read import archived_sources, page_sources, pending_sources
from pipeline.store.run import RunContext


def refine_pending(
    db: Database, run: RunContext, archive: Path, watch: Watch, deadline: float | None = None
) -> Refined:
    """Extract, judge and store what waits in the archive, where given only until a moment."""
    release_held(db, run)
    pending = places(pending_sources(db, run.site_id), archive)
    if not pending:
        return Refined(held=going_on(db, run))
    known = places(archived_sources(db, run.site_id), archive)
    pages = places(page_sources(db, run.site_id), archive)
    if deadline is not None:
        return refine_until(db, run, pending, known, deadline, pages)
    return refine(db, run, pending, known, watch, pages)

"""A folder with a built site, taken for what a server would answer: archived, then read like any crawl."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from sqlite_utils import Database

from crawler.discovery import read_links
from crawler.report import CrawlReport
from crawler.warcfile import MAX_BYTES, Archive, keep_file
from pipeline.archive.folder import SiteFile, read_body
from pipeline.cli.options import counted
from pipeline.cli.pending import refine_pending
from pipeline.cli.refine import Watch
from pipeline.cli.report import SiteReport
from pipeline.cli.runs import finish
from pipeline.cli.targets import Target
from pipeline.cli.version import release
from pipeline.crawl_records import Candidate, FetchOutcome
from pipeline.errors import ArchiveError
from pipeline.records import Failure
from pipeline.site.urls import normalise, same_site
from pipeline.store.frontier import SqliteFrontier
from pipeline.store.nightly import absent, archived_digests
from pipeline.store.notes import write_failures
from pipeline.store.run import RunContext

BATCH = 100


def crawl_folder(db: Database, run: RunContext, target: Target, root: Path, watch: Watch) -> SiteReport:
    """Archive what changed in a folder, note what is no longer there, and store its posts."""
    started = monotonic()
    reader = _Reader(db, run, target.home_url, Archive(root, run.site_id, MAX_BYTES, f"copydesk/{release()}"))
    reader.read(target.files)
    if not target.is_cut:
        reader.miss()
    reader.close()
    refined = refine_pending(db, run, root, watch)
    return finish(
        db, run, replace(reader.fetched(), limit_reached=target.is_cut), refined, target.home_url, started
    )


class _Reader:
    """Reads files; keeps what came of each, as a crawl keeps what came of addresses."""

    def __init__(self, db: Database, run: RunContext, home_url: str, archive: Archive) -> None:
        self._db = db
        self._run = run
        self._home_url = home_url
        self._archive = archive
        self._frontier = SqliteFrontier(db, run)
        self._digests = archived_digests(db, run.site_id)
        self._seen: set[str] = set()
        self._linked: set[str] = set()
        self._outcomes: list[FetchOutcome] = []
        self._failures: list[Failure] = []
        self._counts: Counter[str] = Counter()

    def read(self, files: Sequence[SiteFile]) -> None:
        """Look at every file; of several that answer to one address the first counts."""
        for file in files:
            url = normalise(file.url) or file.url
            if url in self._seen:
                continue
            self._seen.add(url)
            try:
                found = read_body(file)
            except ArchiveError as error:
                self._failures.append(Failure(url=url, stage="archive", reason=str(error)))
                continue
            if found is not None:
                self._frontier.add([Candidate(url=url, source="canonical", depth=1)])
                self._note(self._keep(url, *found))

    def miss(self) -> None:
        """Note the addresses that no file answers to any more."""
        for url in absent(self._db, self._run, self._seen):
            self._note(FetchOutcome(url=url, final_url=url, state="gone", status=404))

    def close(self) -> None:
        """Bring everything to the database."""
        self._settle()
        self._frontier.note_linked(list(self._linked))  # only now is every address known
        self._archive.close()
        write_failures(self._db, self._run, self._failures)

    def fetched(self) -> CrawlReport:
        """Sum up."""
        pages, unchanged = self._counts["pages"], self._counts["unchanged"]
        return CrawlReport(
            site_id=self._run.site_id,
            state="complete",
            message=f"{self._home_url}: {counted(pages, 'page')} read, {unchanged} unchanged.",
            unchanged=unchanged,
            size_bytes=self._counts["bytes"],
            errors={"archive": len(self._failures)} if self._failures else {},
            pages=pages,
        )

    def _keep(self, url: str, body: bytes, media_type: str) -> FetchOutcome:
        self._counts.update({"bytes": len(body), "pages": media_type == "text/html"})
        digest = hashlib.sha256(body).hexdigest()
        outcome = FetchOutcome(url=url, final_url=url, state="done", status=200, size_bytes=len(body))
        if self._digests.get(url) == digest:
            self._counts["unchanged"] += 1
            return replace(outcome, digest=digest, unchanged=True)
        place = keep_file(self._archive, url, media_type, body)
        if media_type == "text/html":
            self._linked.update(self._targets(url, body))
        return replace(
            outcome,
            digest=digest,
            media_type=media_type,
            warc_file=place.file,
            warc_offset=place.offset,
            fetched_at=place.fetched_at,
        )

    def _targets(self, url: str, body: bytes) -> Iterator[str]:
        for link in read_links(body, None).hrefs:
            target = normalise(link.href, url)
            if target is not None and same_site(target, self._home_url):
                yield target

    def _note(self, outcome: FetchOutcome) -> None:
        self._outcomes.append(outcome)
        if len(self._outcomes) >= BATCH:
            self._settle()

    def _settle(self) -> None:
        self._archive.sync()
        self._frontier.settle(self._outcomes)
        self._outcomes = []

"""Doctor: what the configured sites say to us, asked with all the guards of a crawl. Only when told to."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from pipeline.archive.http import HttpResponse, parse_response
from pipeline.archive.record import RawRecord, read_records
from pipeline.cli.bounds import secret_headers
from pipeline.cli.checkup import Check, fail, ok, warn
from pipeline.errors import ArchiveError, ConfigError
from pipeline.site.config import SiteConfig

PATIENT_S = 60
"""What the crawler waits at most between two pages."""
OFF_S = 300


def sites(configured: tuple[SiteConfig, ...]) -> Iterator[Check]:
    """Ask every site for its robots.txt and its home page."""
    from crawler.frontier import MemoryFrontier
    from crawler.report import CrawlSite
    from crawler.run import CrawlJob, crawl_sites

    asked = [site for site in configured if not site.paused]
    if not asked:
        return
    jobs = []
    for site in asked:
        try:
            secrets = secret_headers(site)
        except ConfigError:
            secrets = {}  # `secrets` names the variable
        wanted = CrawlSite(
            id=site.key,
            home_url=site.url,
            limit=1,
            allow_private=site.allow_private,
            contact=site.contact,
            secrets=secrets,
            verify_tls=not site.insecure,
        )
        jobs.append(CrawlJob(site=wanted, frontier=MemoryFrontier()))
    with TemporaryDirectory(prefix="copydesk-doctor-") as folder:
        reports = crawl_sites(jobs, Path(folder))
        for site, report in zip(asked, reports, strict=True):
            answers = _answers([Path(folder, name) for name in report.warc_files])
            yield from _site(site, report.message, dict(report.errors), answers)


def _site(
    site: SiteConfig, message: str, errors: dict[str, int], answers: dict[str, HttpResponse]
) -> Iterator[Check]:
    from crawler.robots import policy_of

    topic = f"robots {site.key}"[:14]
    robots = urljoin(site.url, "/robots.txt")
    answer = answers.get(robots)
    if answer is None:
        kinds = ", ".join(errors) or "no answer"
        remedy = f"look whether it can be reached from here: curl -I {robots}"
        yield fail(topic, f"{robots} could not be asked for ({kinds}): {message}", remedy, 4)
        return
    coding = answer.headers.get("content-encoding", "").encode()
    policy = policy_of(answer.status, answer.body, coding, robots)
    delay = policy.crawl_delay_s or 0
    if not policy.allows(site.url):
        said = f"{robots} (status {answer.status}) does not let copydesk in"
        yield fail(topic, said, "ask the owner of the site for: User-agent: copydesk, Allow: /", 4)
    elif delay > PATIENT_S:
        remedy = "ask the owner for less; until then nights stay short"
        yield warn(topic, f"{robots} wants {delay:g} s between two pages: few pages a night", remedy)
    else:
        pace = f", {delay:g} s between two pages" if delay else ""
        yield ok(topic, f"{robots} lets copydesk in{pace}")
    yield from _clock(answer)


def _clock(answer: HttpResponse) -> Iterator[Check]:
    """Hold our clock against that of a server."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
        off = abs((datetime.now(UTC) - theirs).total_seconds())
    except (ValueError, TypeError):
        return
    if off > OFF_S:
        yield warn(
            "clock", f"a server's clock differs by {off:,.0f} s", "set yours: timedatectl set-ntp true"
        )


def _answers(files: list[Path]) -> dict[str, HttpResponse]:
    found = {}
    for path in files:
        for record in read_records(path):
            if isinstance(record, RawRecord) and record.fields.get("warc-type") == "response":
                try:
                    found[record.fields.get("warc-target-uri", "")] = parse_response(record.block)
                except ArchiveError:
                    continue
    return found

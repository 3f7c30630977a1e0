"""The run's verdict on itself: one state, one sentence, and the counts (contracts §7)."""

from collections import Counter
from urllib.parse import urlsplit

from crawler.breaker import REFUSING
from crawler.report import CrawlReport, CrawlState
from crawler.spider import BlogSpider
from pipeline.crawl_records import FetchOutcome


def summarise(spider: BlogSpider, signal: int | None) -> CrawlReport:
    """Sum up a crawl that has ended."""
    ledger = spider.ledger
    spider.breaker.sum_up()
    state, said = _verdict(spider, signal)
    message = " ".join([said, *spider.remarks, *_left_out(ledger.left_out)])
    home = spider.reader.home_outcome
    return CrawlReport(
        site_id=spider.site.id,
        state=state,
        message=message,
        requests=spider.pace.requests,
        pages=ledger.pages,
        unchanged=ledger.unchanged,
        size_bytes=ledger.size_bytes,
        delay_s=spider.pace.delay_s,
        outcomes=dict(ledger.states),
        errors=dict(ledger.errors),
        warc_files=tuple(spider.archive.files),
        limit_reached=ledger.full(0),
        signal=signal,
        barren=tuple(spider.reader.barren.left_alone),
        moved_to=home.final_url if home is not None and home.error == "off_site" else None,
    )


def _verdict(spider: BlogSpider, signal: int | None) -> tuple[CrawlState, str]:
    ledger, breaker, host = spider.ledger, spider.breaker, urlsplit(spider.site.home_url).netloc
    pages = _count(ledger.pages, "page")
    if signal is not None:
        return (
            "stopped",
            f"{host}: stopped after {pages}; everything so far is kept, the next run goes on from there.",
        )
    if breaker.state is not None:
        state = breaker.state if breaker.state == "refused" or breaker.by_us or ledger.pages else "failed"
        return state, f"{host}: {breaker.reason}; {pages} fetched in this run."
    if not ledger.pages and not ledger.unchanged:
        return _nothing(spider, host)
    if ledger.failures():
        return "partial", f"{host}: {pages} fetched, {ledger.failures()} failed ({_kinds(ledger.errors)})."
    if ledger.full(0):
        return (
            "complete",
            f"{host}: {pages} fetched, as many as asked for; {ledger.waiting()} more are known.",
        )
    return "complete", f"{host}: {pages} fetched, {ledger.unchanged} unchanged."


def _nothing(spider: BlogSpider, host: str) -> tuple[CrawlState, str]:
    """Explain a run that brought no page by what came of the home page."""
    home = spider.reader.home_outcome
    if home is None:
        return "failed", f"{host}: nothing was fetched."
    if home.error == "robots":
        return "refused", f"{host}: its robots.txt does not allow {spider.site.home_url}."
    if home.status in REFUSING:
        return "refused", f"{host}: it answers {home.status} to {spider.site.home_url}."
    return "failed", f"{host}: {_why(home)}"


def _why(home: FetchOutcome) -> str:
    if home.error == "off_site":
        return f"it redirects to {home.final_url}, another site; crawl that one if it is meant."
    if home.error == "blocked_address" and home.final_url != home.url:
        return f"it redirects to {home.final_url}, a private address; crawl that one if it is meant."
    if home.error == "redirect_loop":
        return "it redirects in a circle; open it in a browser and give the address you end at."
    if home.status is not None and home.status >= 500:
        return f"it answers {home.status} to {home.url}: its server is in trouble; try again later."
    if home.status is not None and home.status >= 400:
        return f"it answers {home.status} to {home.url}; check the address."
    if home.error == "not_html":
        return f"{home.url} is not an HTML page; give the blog's own address."
    return f"{home.url} could not be fetched ({home.error or 'no page'})."


def _left_out(counts: Counter[str]) -> list[str]:
    return [f"Left out: {_kinds(+counts)}."] if +counts else []


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _kinds(errors: dict[str, int]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(errors.items()))

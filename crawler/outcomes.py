"""Outcomes: what the frontier is told of one exchange."""

from dataclasses import replace

from scrapy.http import Response

from crawler.conditional import validators_of
from crawler.report import ErrorKind, UrlState
from pipeline.crawl_records import CrawlTask, FetchOutcome, Validators


def outcome_of(task: CrawlTask, response: Response) -> FetchOutcome:
    """Make the outcome of an answer that nothing is wrong with."""
    place = response.meta["place"]
    return FetchOutcome(
        url=task.url,
        final_url=task.url,
        state="done",
        status=response.status,
        size_bytes=len(response.body),
        digest=place.digest,
        unchanged=place.digest == task.digest and response.status == 200,
        validators=validators_of(response),
        warc_file=place.file,
        warc_offset=place.offset,
        fetched_at=place.fetched_at,
        duration_ms=round(response.meta.get("download_latency", 0.0) * 1000),
    )


def without_content(outcome: FetchOutcome, state: UrlState, error: ErrorKind) -> FetchOutcome:
    """Make an outcome that leaves whatever content was held before as it is."""
    return replace(outcome, state=state, error=error, digest=None, unchanged=False, validators=Validators())


def kept_validators(task: CrawlTask, outcome: FetchOutcome) -> Validators:
    """Give the validators after a 304, which may repeat them or not."""
    new, old = outcome.validators, task.validators
    return Validators(etag=new.etag or old.etag, last_modified=new.last_modified or old.last_modified)

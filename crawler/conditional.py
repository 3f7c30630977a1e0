"""Downloader middleware: ask "only if it changed" where we hold the content.

Ours, not Scrapy's RFC2616Policy: that one guesses freshness from Last-Modified and then does not ask at all.
"""

from scrapy.http import Request, Response

from pipeline.crawl_records import Validators


class ConditionalMiddleware:
    """Send the validators of the task, and ask again without them when a 304 leaves us with nothing."""

    def process_request(self, request: Request) -> None:
        """Add If-None-Match and If-Modified-Since, both, bytes-exact."""
        task = request.meta.get("task")
        if task is None or task.digest is None or request.meta.get("unconditional"):
            return
        if task.validators.etag:
            request.headers[b"If-None-Match"] = task.validators.etag
        if task.validators.last_modified:
            request.headers[b"If-Modified-Since"] = task.validators.last_modified

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Pass on everything but a 304 for content that is not in the archive."""
        task = request.meta.get("task")
        if response.status != 304 or request.meta.get("unconditional"):
            return response
        if task is not None and task.digest is not None:
            return response
        again = request.replace(meta={**request.meta, "unconditional": True})
        for name in (b"If-None-Match", b"If-Modified-Since"):
            again.headers.pop(name, None)
        return again


def validators_of(response: Response) -> Validators:
    """Read the validators to send next time."""
    etag = response.headers.get(b"ETag")
    last_modified = response.headers.get(b"Last-Modified")
    return Validators(
        etag=etag.decode("latin-1") if etag else None,
        last_modified=last_modified.decode("latin-1") if last_modified else None,
    )

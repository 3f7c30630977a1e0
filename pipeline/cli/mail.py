"""The report of a run as a mail: sent by the machine's own sendmail, or written to a file."""

import logging
import shutil
import socket
import subprocess
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from pipeline.cli.redact import printable
from pipeline.cli.report import SiteReport, as_text

log = logging.getLogger(__name__)
PATIENCE_S = 30
ENDING = ".eml"


def send_report(place: str, code: int, reports: Sequence[SiteReport], trouble: str) -> None:
    """Write the mail to a file that ends in .eml; send it to an address only when somebody is needed."""
    if place.endswith(ENDING):
        _write(Path(place), message_of("", code, reports, trouble))
    elif code or any(report.events for report in reports):
        _send(message_of(place, code, reports, trouble))


def message_of(to: str, code: int, reports: Sequence[SiteReport], trouble: str) -> EmailMessage:
    """Make the mail; what strangers wrote into a report stays in its body, line by line."""
    message = EmailMessage()
    message["Subject"] = printable(f"copydesk: {_summary(code, reports)}")
    if to:
        message["To"] = to
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=socket.gethostname() or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    text = "\n\n".join([*([trouble] if trouble else []), *(as_text(report) for report in reports)])
    message.set_content("\n".join(printable(line) for line in text.splitlines()) + "\n")
    return message


def _summary(code: int, reports: Sequence[SiteReport]) -> str:
    sites = ", ".join(f"{report.site} {report.state}" for report in reports[:3]) or "no report"
    more = f" and {len(reports) - 3} more" if len(reports) > 3 else ""
    return f"{sites}{more} (exit code {code})"


def _write(path: Path, message: EmailMessage) -> None:
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(bytes(message))
        part.replace(path)
    except OSError as error:
        log.warning("mail could not be written path=%s reason=%s", path, error.strerror)


def _send(message: EmailMessage) -> None:
    sendmail = shutil.which("sendmail") or shutil.which("sendmail", path="/usr/sbin:/usr/lib")
    if sendmail is None:
        log.warning("mail not sent: there is no sendmail here; name a file.eml, or use --webhook")
        return
    words = [sendmail, "-t", "-i"]
    try:
        subprocess.run(words, input=bytes(message), check=True, timeout=PATIENCE_S, capture_output=True)
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("mail not sent reason=%s", error)

"""Functions that a worker process can import."""

import os
import re
import signal
import time

from pipeline.errors import ArchiveError, ExtractionError
from pipeline.spread import Task


def work(item, shared):
    if item == "raise":
        raise ExtractionError("no post here")
    if item == "archive":
        raise ArchiveError("cut off")
    if item == "bug":
        raise ZeroDivisionError("oh")
    if item == "sleep":
        time.sleep(60)
    if item == "stick":  # a regular expression that no signal interrupts
        re.match(r"(a+)+$", "a" * 60 + "b")
    if item == "die":
        os._exit(1)
    if item == "told":
        os.kill(os.getpid(), signal.SIGTERM)
    if item == "grow":
        shared = len(bytearray(200 << 20)) and shared
    if item == "pid":
        return os.getpid()
    return f"{shared}{item}"


def task(limit_s=5.0):
    return Task(function=work, shared="x", url_of=str, limit_s=limit_s, workers=2)

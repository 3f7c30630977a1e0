"""What doctor says of one topic, and a way to spoil a database."""

import sqlite3
from contextlib import closing

from pipeline.cli.doctor import examine

CONFIG = '[site.tea]\nurl = "{base}/"\nallow_private = true\ncontact = "web@tea.example"\n'


def found(place, topic):
    """Give what is wrong with a topic: state, exit code, what is said, remedy."""
    checks = [check for check in examine(place, online=False) if check.topic == topic]
    assert checks, f"nothing was said of {topic}"
    worst = max(checks, key=lambda check: ["ok", "note", "warn", "fail"].index(check.state))
    assert worst.state in ("ok", "note") or worst.remedy
    return worst.state, worst.code, f"{worst.said} → {worst.remedy}"


def change(place, sql):
    conn = sqlite3.connect(place.db)
    with closing(conn), conn:
        conn.executescript(sql)

import os
import pwd
import socket
from datetime import UTC, datetime

import pytest

from pipeline.errors import LockedError
from pipeline.store.lock import run_lock


@pytest.mark.row(70)
def test_a_second_run_is_told_who_holds_the_lock_where_and_since_when(tmp_path):
    user, today = pwd.getpwuid(os.getuid()).pw_name, f"{datetime.now(UTC):%Y-%m-%d}"
    holder = rf"process {os.getpid()} \(copydesk.*\) of {user} on {socket.gethostname()} since {today} .* UTC"
    busy = pytest.raises(LockedError, match=holder)
    with run_lock(tmp_path / "x.db"), busy, run_lock(tmp_path / "x.db"):
        pass
    with run_lock(tmp_path / "x.db"):
        pass

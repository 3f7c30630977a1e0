"""The child that fuzzes: libFuzzer through atheris, guided by which branches of ours a page reaches."""

import random
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline", "crawler"], enable_loader_override=False):
    from measure.fuzz_line import SlowError, timed

INSTRUMENTED = 3.0
"""Our code with counters in it takes about this much longer; what it calls slow is timed again without."""
REPEATED = 200


def main(arguments: Sequence[str]) -> None:
    """Fuzz with libFuzzer's own arguments; slow pages are kept in the first one's folder."""
    slow = Path(arguments[1])
    slow.mkdir(parents=True, exist_ok=True)

    def one(data: bytes) -> None:
        try:
            timed(data, INSTRUMENTED)
        except SlowError:
            (slow / sha256(data).hexdigest()[:16]).write_bytes(data)

    atheris.Setup([arguments[0], *arguments[2:]], one, custom_mutator=_mutated)
    atheris.Fuzz()


def _mutated(data: bytes, max_size: int, seed: int) -> bytes:
    """Change a page as libFuzzer does; now and then repeat a piece of it, which finds what is quadratic."""
    chance = random.Random(seed)
    if len(data) > 4 and chance.random() < 0.1:
        start = chance.randrange(len(data) - 2)
        piece = data[start : start + chance.randint(1, 60)]
        data = data[:start] + piece * chance.randint(2, REPEATED) + data[start:]
        return data[:max_size]
    return bytes(atheris.Mutate(data, max_size))


if __name__ == "__main__":
    main(sys.argv)

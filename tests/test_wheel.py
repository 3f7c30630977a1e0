"""The wheel works on its own: in a clean environment, in an empty folder, without the repository."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        f"{command}: exit {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    )
    return done


@pytest.fixture(scope="module")
def copydesk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    wheel = next(folder.glob("copydesk-*.whl"))
    run(folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return folder / "venv" / "bin" / "copydesk"


def test_the_demo_runs_from_the_wheel_in_an_empty_folder(copydesk: Path, tmp_path: Path) -> None:
    said = run(copydesk, "demo", "--no-serve", cwd=tmp_path)
    counts = re.findall(r"found (\d+) of (\d+)", said.stdout)
    assert counts
    assert all(found == there for found, there in counts), said.stdout


def test_the_wheel_brings_rules_and_metadata(copydesk: Path, tmp_path: Path) -> None:
    assert "image-filename" in run(copydesk, "rules", cwd=tmp_path).stdout
    asked = "from pipeline.desk.publish import metadata_for; print(metadata_for(['x'])['title'])"
    assert run(copydesk.with_name("python"), "-c", asked, cwd=tmp_path).stdout.strip() == "copydesk"

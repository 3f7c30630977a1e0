"""The WARC files of an archive folder."""

from pathlib import Path

ENDINGS = (".warc", ".warc.gz", ".warc.zst")


def warc_files(folder: Path) -> list[Path]:
    """List them, oldest name first; what lies in folders below is the user's own order."""
    return sorted(
        path for path in folder.rglob("*") if path.name.lower().endswith(ENDINGS) and path.is_file()
    )

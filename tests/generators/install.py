"""Have the generators at hand: look for them, else install them once; what is ours to keep lies in build/."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generators.programs import run

CACHE = Path(__file__).resolve().parents[2] / "build/generators"
HEXO_PACKAGES = (
    *("hexo", "hexo-theme-landscape", "hexo-renderer-ejs", "hexo-renderer-marked", "hexo-renderer-stylus"),
    *("hexo-generator-archive", "hexo-generator-category", "hexo-generator-index", "hexo-generator-tag"),
    *("hexo-generator-feed", "hexo-generator-sitemap"),
)
DEBIAN = {
    "hugo": ("hugo",),
    "jekyll": (
        *("jekyll", "jekyll-theme-minima"),
        *("ruby-jekyll-feed", "ruby-jekyll-seo-tag", "ruby-jekyll-sitemap"),
    ),
    "wordpress": (
        *("wordpress", "wordpress-theme-twentytwentyone", "mariadb-server-core", "mariadb-client-core"),
        *("php-cli", "php-mysql", "php-gd", "php-xml", "php-mbstring"),
    ),
    "hexo": ("nodejs", "npm"),
}
WORDPRESS = Path("/usr/share/wordpress")
QUIET_START = Path("/usr/sbin/policy-rc.d")
GEMS = "%w[jekyll minima jekyll-feed jekyll-seo-tag jekyll-sitemap].each { |name| gem name }"


def have(name: str) -> str:
    """See to it that a generator is installed; say why it is not, or nothing.

    Several test processes may ask at once: one installs, the others wait.
    """
    with locked(CACHE / "install.lock"):
        if not FOUND[name]():
            try:
                INSTALL[name]()
            except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
                return str(error).strip().splitlines()[-1]
        return "" if FOUND[name]() else "it was installed, but does not answer"


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock that other processes respect, too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _answers(*words: str | Path) -> bool:
    try:
        run(*words, cwd=CACHE)
    except (RuntimeError, OSError):
        return False
    return True


def _hexo_is_here() -> bool:
    return shutil.which("node") is not None and all(
        (CACHE / "hexo/node_modules" / n).is_dir() for n in HEXO_PACKAGES
    )


def _wordpress_is_here() -> bool:
    theme = WORDPRESS / "wp-content/themes/twentytwentyone/style.css"
    programs = ("mariadbd", "mariadb-install-db", "mariadb-admin")
    php = 'exit(extension_loaded("mysqli") && extension_loaded("gd") && extension_loaded("dom") ? 0 : 1);'
    return theme.is_file() and all(map(shutil.which, programs)) and _answers("php", "-r", php)


def _install_pelican() -> None:
    place = CACHE / "pelican"
    run(sys.executable, "-m", "venv", "--clear", "--without-pip", place, cwd=CACHE)
    pip = (sys.executable, "-m", "pip", "--python", place / "bin/python", "install", "--quiet")
    run(*pip, "pelican[markdown]", cwd=CACHE, timeout_s=300)


def _install_hexo() -> None:
    if not shutil.which("npm"):
        _install_debian("hexo")
    (CACHE / "hexo").mkdir(exist_ok=True)
    npm = ("npm", "install", "--prefix", ".", "--no-audit", "--no-fund", "--loglevel=error")
    run(*npm, *HEXO_PACKAGES, cwd=CACHE / "hexo", timeout_s=300)


def _install_debian(name: str) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        packages = " ".join(DEBIAN[name])
        raise RuntimeError(f"this needs root on Debian or Ubuntu, or beforehand: apt-get install {packages}")
    apt = ("apt-get", "-o", "DPkg::Lock::Timeout=120")
    install = (*apt, "install", "-y", "-qq", "--no-install-recommends", *DEBIAN[name])
    with _no_services():
        run(*apt, "update", "-qq", cwd=CACHE)
        run(*install, cwd=CACHE, timeout_s=600, more={"DEBIAN_FRONTEND": "noninteractive"})


@contextmanager
def _no_services() -> Iterator[None]:
    """Keep Debian from starting what it installs (a web server comes with WordPress)."""
    if QUIET_START.exists():
        yield
        return
    QUIET_START.write_text("#!/bin/sh\nexit 101\n")
    QUIET_START.chmod(0o755)
    try:
        yield
    finally:
        QUIET_START.unlink()


FOUND: dict[str, Callable[[], bool]] = {
    "pelican": lambda: _answers(CACHE / "pelican/bin/pelican", "--version"),
    "hexo": _hexo_is_here,
    "hugo": lambda: _answers("hugo", "version"),
    "jekyll": lambda: shutil.which("jekyll") is not None and _answers("ruby", "-e", GEMS),
    "wordpress": _wordpress_is_here,
}
INSTALL: dict[str, Callable[[], None]] = {
    "pelican": _install_pelican,
    "hexo": _install_hexo,
    "hugo": lambda: _install_debian("hugo"),
    "jekyll": lambda: _install_debian("jekyll"),
    "wordpress": lambda: _install_debian("wordpress"),
}

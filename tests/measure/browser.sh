#!/bin/sh
# See to it that the tests find a browser: one on PATH, or Playwright's own download. Never fails: without a
# browser the browser tests are skipped, and the test run says loudly what was not tested.
VENV=${VENV:-.venv}

on_path() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

downloaded() {
    "$VENV/bin/python" -c 'import os, playwright.sync_api as p
with p.sync_playwright() as w: raise SystemExit(not os.path.exists(w.chromium.executable_path))'
}

{ on_path || downloaded; } >/dev/null 2>&1 && exit 0
mkdir -p build
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium for the browser tests (apt-get)" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
        >build/browser.log 2>&1
    on_path >/dev/null && exit 0
fi
echo "installing chromium for the browser tests (Playwright's download)" >&2
"$VENV/bin/python" - >>build/browser.log 2>&1 <<'PY'
import subprocess, sys
subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], timeout=300, check=True)
PY
downloaded >/dev/null 2>&1 || echo "no browser could be had; build/browser.log says why" >&2
exit 0

"""Print the browser that the browser tests drive; install one where there is none.

Looked for, in this order: Chromium or Chrome on the PATH, in the usual places of macOS and Windows, and
Playwright's own. Where none is found: apt as root on Debian, otherwise Playwright's installer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)


def _candidates() -> Iterator[str | None]:
    yield from (shutil.which(name) for name in NAMES)
    yield from (os.path.expanduser(place) for place in PLACES)  # noqa: PTH111
    yield _playwright_browser()


def _playwright_browser() -> str:
    """Return where Playwright's own Chromium is or would be."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def find_browser() -> str | None:
    """Return the path of a Chromium or Chrome that is installed, or None."""
    return next((path for path in _candidates() if path and Path(path).is_file()), None)


def _installers() -> Iterator[list[str]]:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        yield ["apt-get", "update", "-qq"]
        yield ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
    else:
        yield [sys.executable, "-m", "playwright", "install", "chromium"]


def install_browser() -> None:
    """Install a browser with this machine's means; raises CalledProcessError where that fails."""
    for command in _installers():
        print("no Chromium or Chrome found; running:", " ".join(command), flush=True)
        subprocess.run(command, check=True, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})


def main() -> None:
    """Print the path of the browser; exit with 1 and a sentence where none can be had."""
    if find_browser() is None:
        try:
            install_browser()
        except (OSError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
    path = find_browser()
    if path is None:
        sys.exit("The browser tests need Chromium or Chrome, and none could be installed; install one.")
    print("browser:", path)


if __name__ == "__main__":
    main()

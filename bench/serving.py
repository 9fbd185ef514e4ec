"""A real server in a process of its own, for the benchmarks."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Start ``downslope serve`` on a free port and give its address once its workers are warm."""
    command = [sys.executable, "-u", "-m", "downslope", "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if found := re.search(r"http://\S+?:\d+", line):
                    url = found.group()
                    break
            else:
                raise SystemExit("the server did not start")
            httpx.get(f"{url}/api/optimizers", timeout=120).raise_for_status()
            yield url
        finally:
            process.terminate()
            process.wait(20)

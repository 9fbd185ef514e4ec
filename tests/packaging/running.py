"""Runs the command as a user does."""

import contextlib
import os
import re
import subprocess
import sys

COMMAND = [sys.executable, "-m", "downslope"]
TIMEOUT_S = 60


@contextlib.contextmanager
def serving(*arguments, start_new_session=False, **environment):
    """Give the process of a server and the address that it printed."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--no-browser", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
        start_new_session=start_new_session,
    )
    try:
        line = process.stdout.readline()
        yield process, re.search(r"http://\S+", line)[0]
    finally:
        process.kill()
        process.wait(TIMEOUT_S)
        process.stdout.close()
        process.stderr.close()

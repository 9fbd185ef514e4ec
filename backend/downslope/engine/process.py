"""The entry point of a worker process. Importable without torch, so that the parent can name it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection, wait


def main(connection: Connection, slice_s: float) -> None:
    """Serve requests from `connection` until told to stop or until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    from downslope.engine import worker

    worker.serve(connection, slice_s)


def _exit_with_parent() -> None:
    """End this process when the parent ends, even if a torch operation is stuck at that moment."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)

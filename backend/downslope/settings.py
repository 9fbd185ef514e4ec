"""One table of settings: the server, its limits and their units.

Each is also an environment variable, ``DOWNSLOPE_`` before the upper-case name.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, PositiveFloat, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_num_workers() -> int:
    return max(1, (os.cpu_count() or 1) - 1)


def _default_frontend_dir() -> Path:
    """Return the page's folder: inside an installed wheel, beside ``backend/`` in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "frontend"
    return installed if installed.is_dir() else package.parents[1] / "frontend"


class Settings(BaseSettings):
    """Every setting of a server, with its unit in the name or the help."""

    model_config = SettingsConfigDict(env_prefix="DOWNSLOPE_", frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="TCP port to listen on; 0 takes a free one")
    allowed_hosts: tuple[str, ...] = Field(
        (), description="names or addresses, beside its own, under which browsers may reach this server"
    )
    frontend_dir: Path = Field(default_factory=_default_frontend_dir, description="folder of the page")

    num_workers: PositiveInt = Field(
        default_factory=_default_num_workers, description="worker processes; one torch thread each"
    )
    slice_ms: PositiveFloat = Field(
        16.0, description="time a worker gives one run before the next one's turn"
    )
    hang_timeout_s: PositiveFloat = Field(
        20.0, description="a worker that owes an answer and makes no progress for this long is replaced"
    )
    warmup_timeout_s: PositiveFloat = Field(120.0, description="time a new worker may take to import torch")

    max_body_bytes: PositiveInt = Field(1_048_576, description="largest request body")
    max_table_bytes: PositiveInt = Field(5_000_000, description="largest file of a person's own data")
    max_tables_bytes: PositiveInt = Field(
        256_000_000, description="memory for all such files; the oldest make room"
    )
    max_header_bytes: PositiveInt = Field(16_384, description="largest sum of all request headers")
    max_message_bytes: PositiveInt = Field(65_536, description="largest WebSocket message from a client")
    max_steps: PositiveInt = Field(1_000_000, description="steps of one run")
    max_descents: PositiveInt = Field(8, description="descents of one run")
    max_edits: PositiveInt = Field(1_000, description="edits of one run")
    max_resolution: PositiveInt = Field(513, description="grid points along one axis of a surface")
    max_surface_numbers: PositiveInt = Field(
        1 << 34, description="grid points of a surface times the numbers that its loss holds for each"
    )
    band_ms: PositiveFloat = Field(
        100.0, description="time that one call for a part of a surface should take: runs go on between two"
    )
    max_runs: PositiveInt = Field(256, description="runs kept in memory; the oldest ended ones make room")
    max_active_runs: PositiveInt = Field(64, description="runs that have not ended")
    max_log_bytes: PositiveInt = Field(1 << 30, description="memory for the logs of all runs")
    max_subscribers: PositiveInt = Field(2_000, description="open streams of the whole server")
    max_wait_s: PositiveFloat = Field(60.0, description="longest wait_s of a request for a run")

    send_interval_ms: PositiveFloat = Field(
        33.0, description="least time between two frames to one subscriber"
    )
    beat_interval_s: PositiveFloat = Field(5.0, description="longest silence of a stream")
    max_lag_s: PositiveFloat = Field(
        15.0, description="a subscriber that acknowledges later than this is closed with 4008 and may resume"
    )

"""An engine with real worker processes."""

import pytest_asyncio

from downslope.engine.engine import Engine


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def engine():
    engine = Engine(num_workers=2, slice_s=0.016, hang_timeout_s=2.0, warmup_timeout_s=60.0)
    engine.start()
    yield engine
    await engine.stop()

"""One subscriber of a run: a cursor into the shared log. No queue, no copy, never a gap."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Set
from typing import Literal

from downslope.service.encoding import Encoding, encode
from downslope.service.publication import Published
from downslope.service.session import Session

# What a subscriber may ask for beside frames, edits and states.
Part = Literal["fit", "samples"]
# Rows of one frame at the most: a late joiner gets many messages of bounded size.
MAX_FRAME_ROWS = 1024
# And numbers of one message of samples, where one sample is not more.
MAX_SAMPLES_VALUES = 65_536


class Subscription:
    """What one subscriber has seen, and what it gets next.

    Args:
        session: the run.
        since: the first step it wants; past the head it gets what comes next.
        encoding: of its messages.
        clock: a monotonic clock in seconds.
        include: what it wants beside frames, edits and states.
    """

    def __init__(
        self,
        session: Session,
        since: int,
        encoding: Encoding,
        clock: Callable[[], float],
        include: Set[Part] = frozenset(),
    ) -> None:
        self.encoding: Encoding = encoding
        self._session = session
        self._clock = clock
        self._wake = asyncio.Event()
        heads = session.log.heads
        self._since = min(since, max(heads))
        self._cursors = [min(since, head) for head in heads]
        self._include = include
        self._sample_cursors = [log.since(since) for log in session.log.samples]
        self._fit_steps: dict[int, int] = {}  # of the newest fit that was sent, by descent
        # The first message holds the recipe with its edits and the state as of now.
        self._num_edits = len(session.edits)
        self._version = -1
        self._sent: deque[tuple[int, float]] = deque()  # (step, when) of what is not acknowledged
        self._acknowledges = False
        session.subscribers.add(self)

    def close(self) -> None:
        """Stop listening."""
        self._session.subscribers.discard(self)

    def wake(self) -> None:
        """Tell the subscriber that there is something new."""
        self._wake.set()

    async def wait(self, timeout_s: float) -> bool:
        """Return True as soon as there is something new, or False after `timeout_s`."""
        try:
            # Not wait_for: before Python 3.12 it can swallow a cancellation that meets a wake-up.
            async with asyncio.timeout(timeout_s):
                await self._wake.wait()
        except TimeoutError:
            return False
        self._wake.clear()
        return True

    def first_message(self, torch_version: str | None) -> bytes:
        """Return the message that opens every stream."""
        run = {**self._session.view(), "torch": torch_version}
        return encode({"type": "run", "run": run, "since": self._since}, self.encoding)

    def beat(self) -> bytes:
        """Return the sign of life: the run's newest step."""
        return encode({"type": "beat", "head": self._session.num_steps_done}, self.encoding)

    def messages(self) -> Iterator[bytes]:
        """Yield everything between the cursor and what is published.

        Frames come first, then samples, fits, edits, and the state. Nothing is encoded before it is taken, so
        that a slow subscriber costs no memory.
        """
        published = self._session.published
        yield from self._frames(published.heads)
        if "samples" in self._include:
            yield from self._samples(published)
        if "fit" in self._include:
            yield from self._fits(published)
        while self._num_edits < published.num_edits:
            edit = self._session.edits[self._num_edits]
            self._num_edits += 1
            yield encode({"type": "edit", **edit.model_dump(mode="json")}, self.encoding)
        if self._version != published.version:
            self._version = published.version
            yield encode(published.state_message, self.encoding)

    def _frames(self, heads: list[int]) -> Iterator[bytes]:
        """Yield bounded frames, all descents abreast."""
        while any(cursor < head for cursor, head in zip(self._cursors, heads, strict=True)):
            for descent, head in enumerate(heads):
                first, end = self._cursors[descent], min(head, self._cursors[descent] + MAX_FRAME_ROWS)
                if first < end:
                    self._cursors[descent] = end
                    rows = self._session.log.descents[descent].rows(first, end)
                    yield self._session.encoder.frame(descent, first, rows, self.encoding)
            self._note_sent()

    def _samples(self, published: Published) -> Iterator[bytes]:
        """Yield bounded messages of samples."""
        for descent, head in enumerate(published.num_samples):
            log = self._session.log.samples[descent]
            count = max(1, MAX_SAMPLES_VALUES // len(log.first))
            while (first := self._sample_cursors[descent]) < head:
                end = self._sample_cursors[descent] = min(head, first + count)
                yield self._session.encoder.samples(descent, log, first, end, self.encoding)

    def _fits(self, published: Published) -> Iterator[bytes]:
        """Yield the newest fit of each descent, where it is not the one that was sent last."""
        for fit in published.fits:
            if self._fit_steps.get(fit.descent) != fit.step:
                self._fit_steps[fit.descent] = fit.step
                yield self._session.encoder.fit(fit, self.encoding)

    def _note_sent(self) -> None:
        if self._acknowledges:
            self._sent.append((max(self._cursors) - 1, self._clock()))

    def acknowledge(self, step: int) -> None:
        """Note that the subscriber has everything up to `step`; from the first time on its lag is known."""
        self._acknowledges = True
        while self._sent and self._sent[0][0] <= step:
            self._sent.popleft()

    @property
    def lag_s(self) -> float:
        """How long the oldest message that is not acknowledged is under way; 0 for who never acknowledges."""
        return self._clock() - self._sent[0][1] if self._sent else 0.0

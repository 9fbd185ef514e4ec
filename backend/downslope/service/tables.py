"""The tables that people have uploaded: kept in memory, found again by their content."""

from __future__ import annotations

from collections import OrderedDict

from downslope.errors import InvalidValueError, NotFoundError
from downslope.recipe import ModelObjective, ObjectiveRef
from downslope.tables import Table, read


def read_whole(data: bytes, has_header: bool | None) -> Table:
    """Read a table with all that is derived from its cells, so that the event loop never walks them."""
    table = read(data, has_header)
    _ = table.description, table.num_bytes
    return table


class Shelf:
    """Keeps tables until they take more than `max_bytes`; those not used for longest make room."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._tables: OrderedDict[str, Table] = OrderedDict()
        self._num_bytes = 0

    @property
    def num_bytes(self) -> int:
        return self._num_bytes

    def add(self, table: Table) -> None:
        """Keep a table. The newest one is kept whatever its size."""
        known = self._tables.pop(table.id, None)
        self._num_bytes += table.num_bytes - (known.num_bytes if known else 0)
        self._tables[table.id] = table
        while len(self._tables) > 1 and self._num_bytes > self._max_bytes:
            self._num_bytes -= self._tables.popitem(last=False)[1].num_bytes

    def get(self, id: str, parameter: str = "id") -> Table:
        """Return a table by its id, or raise NotFoundError, which names `parameter`."""
        if id not in self._tables:
            raise NotFoundError(
                f"there is no table {id[:40]!r} on this server, which keeps them in memory only; "
                "upload the file again",
                parameter=parameter,
            )
        self._tables.move_to_end(id)
        return self._tables[id]

    def resolve(self, objective: ObjectiveRef) -> ObjectiveRef:
        """Return the objective with the rows of the table that it names written out, for a worker.

        Raises:
            NotFoundError: the table is gone.
            InvalidValueError: points are given in another way too.
        """
        if not isinstance(objective, ModelObjective) or objective.data.table is None:
            return objective
        for field in ("set", "rows", "columns"):
            if getattr(objective.data, field) is not None:
                detail = f"objective.data.{field} must be left out with a table, which has its own points"
                raise InvalidValueError(detail, parameter=f"objective.data.{field}")
        table = self.get(objective.data.table, "objective.data.table")
        written = {
            "table": None,
            "columns": [column.name for column in table.columns],
            "rows": table.rows(),
        }
        return objective.model_copy(update={"data": objective.data.model_copy(update=written)})

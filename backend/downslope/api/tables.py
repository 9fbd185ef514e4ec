"""The routes of a person's own data."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, Field

from downslope.errors import InvalidValueError
from downslope.service.service import Service


class ColumnView(BaseModel):
    """A column of a table."""

    name: str
    type: Literal["number", "label"]
    num_distinct: int
    minimum: float | None = Field(description="null for labels")
    maximum: float | None = Field(description="null for labels")
    labels: list[str] | None = Field(description="the first 20 in order; null for numbers")


class TableView(BaseModel):
    """A table, as it was read."""

    id: str = Field(description="what a recipe's `data.table` names")
    columns: list[ColumnView]
    num_rows: int
    encoding: str = Field(description="of the file, as it was guessed: utf-8, utf-16, gb18030, windows-1252")
    delimiter: str = Field(description="the character between two cells, as it was guessed")
    has_header: bool
    preview: list[list[float | str]] = Field(description="the first 5 rows")


def table_routes(service: Service) -> APIRouter:
    """Tables: upload, look."""
    router = APIRouter(tags=["data"])

    @router.post("/tables", status_code=201, response_model=TableView)
    async def upload(
        text: Annotated[bytes, Body(media_type="text/csv", description="the file: 2 to 9 columns")] = b"",
        header: Annotated[bool | None, Query(description="is line 1 names? left out: guessed")] = None,
    ) -> dict[str, Any]:
        """Read a file of separated values; what is wrong is told by `line` and `column`."""
        if not text:
            raise InvalidValueError("the body must be the text of a file but is empty", parameter="body")
        return (await service.add_table(text, header)).description

    @router.get("/tables/{id}", response_model=TableView)
    async def table(id: str) -> dict[str, Any]:
        """A table that was uploaded."""
        return service.tables.get(id).description

    return router

"""Tables: a person's own data, read from the text of a file. No torch: the web process reads them."""

from downslope.tables.reading import read
from downslope.tables.table import Column, Table

__all__ = ["Column", "Table", "read"]

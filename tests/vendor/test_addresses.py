"""What the page and the vendored files load at once lies in the frontend folder."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)")
IMPORT_STATEMENT = re.compile(r"(?:^|[;}\n])\s*(?:import|export)\b[^;\"'()]*?[\"']([^\"']+)[\"']")
SOURCE_MAP = re.compile(r"[#@] sourceMappingURL=\S")
MODULES = ("htm", "katex", "msgpack", "preact")


class Page(HTMLParser):
    """Collects the addresses that an HTML page loads, and its import map."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.imports: dict[str, str] = {}
        self._is_import_map = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [value for name in ("src", "href") if (value := given.get(name))]
        self._is_import_map = given.get("type") == "importmap"

    def handle_data(self, data: str) -> None:
        if self._is_import_map:
            self.imports = json.loads(data)["imports"]
            self._is_import_map = False


def _page(frontend: Path) -> Page:
    return Page((frontend / "index.html").read_text(encoding="utf-8"))


def _missing(folder: Path, addresses: list[str]) -> list[str]:
    return [address for address in addresses if ":" in address or not (folder / address).is_file()]


def test_page_loads_only_files_that_are_here(frontend: Path) -> None:
    page = _page(frontend)
    assert "./vendor/plotly/plotly.js" in page.addresses
    assert _missing(frontend, page.addresses) == []


def test_import_map_names_files_that_are_here(frontend: Path) -> None:
    imports = _page(frontend).imports
    assert {"preact", "preact/hooks", "htm/preact", "katex", "@msgpack/msgpack"} <= imports.keys()
    assert all(target.startswith("./vendor/") for target in imports.values())
    assert _missing(frontend, list(imports.values())) == []


def test_vendored_modules_import_only_what_the_import_map_names(frontend: Path, vendor: Path) -> None:
    imports = _page(frontend).imports
    scripts = [script for folder in MODULES for script in (vendor / folder).glob("*.js")]
    names = {name for script in scripts for name in IMPORT_STATEMENT.findall(script.read_text())}
    assert names == {"preact"}
    assert names <= imports.keys()


def test_vendored_styles_load_only_files_that_are_here(vendor: Path) -> None:
    for style in vendor.glob("*/*.css"):
        found = [url or imported for url, imported in CSS_ADDRESS.findall(style.read_text())]
        addresses = [address for address in found if not address.startswith(("data:", "#"))]
        assert _missing(style.parent, addresses) == [], style.name


def test_every_vendored_font_is_used_by_a_style(vendor: Path) -> None:
    styles = "".join(style.read_text() for style in vendor.glob("*/*.css"))
    fonts = [font.name for font in vendor.glob("*/f*/*.woff2")]
    assert len(fonts) > 20
    assert [name for name in fonts if name not in styles] == []


def test_no_vendored_file_asks_for_a_source_map(vendor: Path) -> None:
    texts = [
        path
        for pattern in ("*/*.js", "*/*.css")
        for path in vendor.glob(pattern)
        if path.parent.name != "build"
    ]
    assert [path.name for path in texts if SOURCE_MAP.search(path.read_text())] == []

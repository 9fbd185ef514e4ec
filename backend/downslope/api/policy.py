"""The headers that tell a browser what the page may do."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class _InlineScripts(HTMLParser):
    """Collects the text of every ``<script>`` without ``src``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and "src" not in dict(attrs)
        if self._is_inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def inline_scripts(page: bytes) -> list[str]:
    """Return the inline scripts of an HTML page, with the line ends that a browser gives them."""
    parser = _InlineScripts()
    parser.feed(page.decode().replace("\r\n", "\n"))
    parser.close()
    return parser.texts


def content_security_policy(page: bytes) -> str:
    """Return the policy under which `page` works: its own files, its own inline scripts, its own server.

    The last directive is ``connect-src``, to which the WebSocket origin of a request is added: not every
    browser counts it as ``'self'``. Plotly sets style attributes and draws exported pictures from blobs.
    """
    digests = [hashlib.sha256(text.encode()).digest() for text in inline_scripts(page)]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "connect-src 'self'",
        ]
    )

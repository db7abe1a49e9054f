"""How three Markdown readers see a report: the elements it is made of, and the text that is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import cmarkgfm
import mistune
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

_markdown_it = MarkdownIt("gfm-like", {"html": True})
_mistune = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "footnotes", "task_lists", "url"])
_EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]


def _cmark(text: str) -> str:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return str(cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=_EXTENSIONS))


READERS = {"cmark-gfm": _cmark, "markdown-it": _markdown_it.render, "mistune": lambda text: str(_mistune(text))}


@dataclass
class Seen:
    """What a reader makes of a text."""

    elements: list[str]
    text: str
    links: list[str]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.text: list[str] = []
        self.links: list[str] = []
        self.in_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(f"<{tag}>")
        self.in_pre = self.in_pre or tag == "pre"
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag in ("br", "p", "td", "th", "li"):
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(f"</{tag}>")
        self.in_pre = self.in_pre and tag != "pre"

    def handle_data(self, data: str) -> None:
        if not self.in_pre:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        if data.strip():
            self.elements.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.elements.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.elements.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.elements.append(f"<![{data}>")


def seen_by(reader: str, text: str) -> Seen:
    """What one reader makes of a text; a dollar in a span of ours is a dollar."""
    parser = _Elements()
    parser.feed(READERS[reader](text).replace("<span>$</span>", "$"))
    parser.close()
    return Seen(parser.elements, squeezed("".join(parser.text)), parser.links)


def squeezed(text: str) -> str:
    """A text with its white space as a browser shows it."""
    return re.sub(r"\s+", " ", text).strip()

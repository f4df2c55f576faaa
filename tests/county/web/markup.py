"""Reading a page as a browser would, and refusing what a browser would have to repair."""

from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br"}
_BLOCKS = {
    "div",
    "ul",
    "ol",
    "dl",
    "section",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "details",
    "form",
    "header",
    "footer",
}


class Markup(HTMLParser):
    """What a page consists of. Raises AssertionError on tags that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], self._open

    @property
    def hrefs(self) -> list[str]:
        """Every address that the page links to."""
        return [attributes["href"] or "" for tag, attributes in self.attributes if tag == "a"]

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join(self.words)

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [attributes[name] or "" for _, attributes in self.attributes if name in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not ("p" in self._open and tag in _BLOCKS), f"<{tag}> inside <p>"
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> out of order"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())


def read_page(text: str) -> Markup:
    """The page, after checking what every page must have."""
    markup = Markup(text)
    assert text.startswith("<!doctype html>")
    for tag in ("html", "title", "h1", "main", "footer"):
        assert markup.tags.count(tag) == 1, tag
    assert markup.values("lang")[0] in ("zh-CN", "en")
    ids = markup.values("id")
    assert len(ids) == len(set(ids))
    assert not markup.values("style")
    assert not [name for _, attributes in markup.attributes for name in attributes if name.startswith("on")]
    scripts = [attributes for tag, attributes in markup.attributes if tag == "script"]
    assert all("src" in one or one["type"] == "application/json" for one in scripts)
    return markup

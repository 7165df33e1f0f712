"""A page of HTML, taken apart."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The elements of a page, and whatever it would load or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def sources(self) -> list[str]:
        return [attributes["src"] or "" for _, attributes in self.elements if "src" in attributes]

"""HTML pages: the main text and the metadata, by trafilatura. Imported only where a page is read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import trafilatura
from trafilatura.settings import Document as Page

from kg.errors import NoArticle
from kg.reading.documents import details_of, make_document, whole_source
from kg.reading.settings import LEAST_ARTICLE_WORDS, LINKED_DATA_DATE, PAGE_DATES, PROSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.options import ReadOptions
    from kg.reading.streams import Source
    from kg.records import Document

_WHERE = "metadata"
# What trafilatura says of pages that it cannot use is told by our own errors.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_page(html: str, source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one article of a page, its paragraphs parted by blank lines; comments are left out.

    The day of publication comes from the page's markup only: trafilatura would also take one from a footer.
    Raises NoArticle where the main part has too little prose, BadDate.
    """
    page = trafilatura.bare_extraction(html, url=source.url, include_comments=False, with_metadata=True)
    if not isinstance(page, Page) or _prose_words(page.text or "") < LEAST_ARTICLE_WORDS:
        remedy = "Give the page of one article, or its text"
        raise NoArticle("there is no article in the page", input=source.name, remedy=remedy)
    found = {
        "title": page.title,
        "publisher": _named_site(page) or options.publisher or page.sitename,
        "url": source.url or page.url,
        "date": _date_in(html),
    }
    details = details_of(found, {}, source.name, _WHERE)
    body = "\n\n".join((page.text or "").split("\n"))
    yield make_document(body, details, source, options, whole_source(source, _WHERE))


def _named_site(page: Page) -> str | None:
    """The site's name, None where trafilatura has only its host to give."""
    return None if page.sitename and page.sitename in (page.url or "") else page.sitename


def _prose_words(text: str) -> int:
    return sum(len(line.split()) for line in text.split("\n") if PROSE.search(line))


def _date_in(html: str) -> str | None:
    return next((date for date in _dates_in(html) if date.strip()), None)


def _dates_in(html: str) -> Iterator[str]:
    tree = trafilatura.load_html(html)
    assert tree is not None, "an article was found in it"
    for path in PAGE_DATES:
        yield from tree.xpath(path)
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from LINKED_DATA_DATE.findall(script)

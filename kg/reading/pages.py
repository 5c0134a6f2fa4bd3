"""HTML pages: the main text and the metadata, by trafilatura. Imported only where a page is read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import trafilatura
from trafilatura.settings import Document as Page

from kg.errors import NoArticle
from kg.reading.documents import details_of, make_document, whole_source
from kg.reading.settings import LEAST_ARTICLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.options import ReadOptions
    from kg.reading.streams import Source
    from kg.records import Document

# Without a handler Python prints trafilatura's "discarding data" beside our own message.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def read_page(html: str, source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one article of a page, its paragraphs parted by blank lines; comments are left out.

    The date comes from the page's markup, never from its words. Raises NoArticle where the main part is
    missing or too short.
    """
    page = _main_part(html, source, options)
    if page is None:
        remedy = "Give the page of one article, or its text"
        raise NoArticle("there is no article in the page", input=source.name, remedy=remedy)
    found = {"title": page.title, "publisher": page.sitename, "url": source.url or page.url, "date": page.date}
    details = details_of(found, {}, source.name, "metadata")
    body = "\n\n".join((page.text or "").split("\n"))
    yield make_document(body, details, source, options, whole_source(source))


def _main_part(html: str, source: Source, options: ReadOptions) -> Page | None:
    page = trafilatura.bare_extraction(
        html,
        url=source.url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "max_date": options.today.isoformat(),
        },
    )
    if isinstance(page, Page) and len((page.text or "").split()) >= LEAST_ARTICLE_WORDS:
        return page
    return None

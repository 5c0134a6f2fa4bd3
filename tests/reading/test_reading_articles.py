"""The real articles beside the repository, where there are any."""

import json
from pathlib import Path

import pytest
from reading_helpers import read

from kg.reading import ReadOptions, read_sources
from kg.records import Document

SHARED = Path(__file__).parents[3] / "shared"
GOLD = sorted((SHARED / "gold").glob("*.json"))
pytestmark = pytest.mark.skipif(not GOLD, reason="the shared articles and gold files are not beside the repository")


@pytest.fixture(scope="module")
def articles() -> dict[str, Document]:
    outcomes = read_sources([str(SHARED / "articles")], ReadOptions())
    return {outcome.id: outcome for outcome in outcomes if isinstance(outcome, Document)}


def test_every_article_is_read_with_its_metadata(articles: dict[str, Document]) -> None:
    assert [*articles] == sorted(path.stem for path in (SHARED / "articles").glob("*.md"))
    assert all(document.title and document.publisher and document.published for document in articles.values())


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_the_text_is_the_one_that_the_annotators_read(articles: dict[str, Document], gold: Path) -> None:
    record = json.loads(gold.read_text("utf8"))
    article = articles[record["document"]["id"]]
    assert article.text == record["text"]
    assert str(article.published) == record["document"]["published"]


def test_an_article_of_today_alone_is_no_failure() -> None:
    article = SHARED / "articles" / "kharkiv-2022-09-11.md"
    assert [type(outcome) for outcome in read(article)] == [Document]

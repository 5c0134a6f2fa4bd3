import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from reading_helpers import failure, read_one, told, written

from kg.errors import BadDate, BinaryInput, EmptyInput, NoArticle
from kg.reading.settings import PAGE_DATES
from kg.records import Document

PARAGRAPHS = (
    "Gunmen shot at a bus on the road to Dorbala on Monday and hurt two travellers, the town's police said.",
    "A spokesman for the district’s council said the road & the bridge were closed until the evening.",
    "Nobody has claimed the attack so far. The wounded were brought to the hospital of a town nearby.",
)
BODY = "".join(f"<p>{paragraph.replace('&', '&amp;')}</p>" for paragraph in PARAGRAPHS)


def page(head: str = "", body: str = f"<article><h1>Bus shot at</h1>{BODY}</article>") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Bus shot at | Lina Wire</title>{head}</head><body>'
        f'<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>{body}'
        '<div id="comments"><p>Nice one, said a reader under the story, and others said so too.</p></div>'
        "<footer>Copyright 2019 Lina Wire. Updated 2019-03-04. Share this. Subscribe.</footer></body></html>"
    )


def test_a_page_gives_its_main_text_and_metadata(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Lina Wire"><link rel="canonical" href="https://lina.example/bus">'
        '<meta property="article:published_time" content="2024-05-06T23:30:00-05:00">'
    )
    path = written(tmp_path / "bus.html", page(head))
    assert read_one(path) == Document(
        "bus",
        "\n\n".join(("Bus shot at", *PARAGRAPHS)),
        str(path),
        "Bus shot at",
        "Lina Wire",
        "https://lina.example/bus",
        date(2024, 5, 6),
    )


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.HTML", "a.xhtml", "a.html.gz", "no-ending"])
def test_a_page_is_known_by_its_ending_or_content(tmp_path: Path, name: str) -> None:
    assert PARAGRAPHS[0] in read_one(written(tmp_path / name, page())).text


@pytest.mark.parametrize("before", ["", "\n <!-- a comment -->\n", '<?xml version="1.0" encoding="utf-8"?>\n'])
def test_what_stands_before_the_markup_does_not_hide_it(tmp_path: Path, before: str) -> None:
    assert PARAGRAPHS[0] in read_one(written(tmp_path / "saved", before + page())).text


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-05-06">',
        '<meta property="og:published_time" content="May 6, 2024">',
        '<meta itemprop="datePublished" content="2024-05-06">',
        '<meta name="DC.date.issued" content="2024-05-06">',
        '<meta name="pubdate" content="Mon, 06 May 2024 10:00:00 GMT">',
        '<meta name="parsely-pub-date" content="2024-05-06T10:00:00Z">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-06T10:00:00Z"}</script>',
    ],
)
def test_the_day_of_publication_is_found_in_the_head(tmp_path: Path, head: str) -> None:
    assert read_one(written(tmp_path / "a.html", page(head))).published == date(2024, 5, 6)


@pytest.mark.parametrize(
    "time",
    [
        '<time itemprop="datePublished" datetime="2024-05-06">May</time>',
        '<time pubdate datetime="2024-05-06">May</time>',
        '<time datetime="2024-05-06">May</time>',
    ],
)
def test_the_day_of_publication_is_found_in_the_article(tmp_path: Path, time: str) -> None:
    path = written(tmp_path / "a.html", page(body=f"<article>{time}{BODY}</article>"))
    assert read_one(path).published == date(2024, 5, 6)


def test_a_date_in_the_footer_is_no_day_of_publication(tmp_path: Path) -> None:
    assert read_one(written(tmp_path / "a.html", page())).published is None


def test_every_way_to_a_date_is_well_formed() -> None:
    for path in PAGE_DATES:
        etree.XPath(path)


@pytest.mark.parametrize(("written_date", "reason"), [("2024-07-01", "lies in the future"), ("soon", "cannot be read")])
def test_a_bad_date_in_a_page_is_told(tmp_path: Path, written_date: str, reason: str) -> None:
    path = written(tmp_path / "a.html", page(f'<meta name="date" content="{written_date}">'))
    assert told(failure(path)) == (BadDate, "a.html", "metadata")
    assert reason in failure(path).reason


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Log in</p>",
        f"<ul>{'<li><a href=/1>Bus shot at on the road to Dorbala</a></li>' * 20}</ul>",
        "<script>render('the article comes later');</script>",
    ],
)
def test_a_page_without_an_article_is_told(tmp_path: Path, body: str) -> None:
    html = f"<html><head><title>Lina Wire</title></head><body>{body}</body></html>"
    path = written(tmp_path / "a.html", html)
    error = failure(path)
    assert str(error) == f"{path}: there is no article in the page. Give the page of one article, or its text"
    assert isinstance(error, NoArticle)


@pytest.mark.parametrize("content", ["", " \n", "<!DOCTYPE html>", "<html", "just words", "<p>" * 5000])
def test_a_page_that_is_hardly_one_is_told(tmp_path: Path, content: str) -> None:
    assert told(failure(written(tmp_path / "a.html", content)))[0] in {NoArticle, EmptyInput}


def test_a_picture_named_as_a_page_is_told(tmp_path: Path) -> None:
    assert told(failure(written(tmp_path / "a.html", b"\xff\xd8\xff\xe0 JFIF")))[0] is BinaryInput


def test_the_encoding_that_a_page_declares_is_used(tmp_path: Path) -> None:
    html = page('<meta charset="iso-8859-2">').replace("Dorbala", "Łódźka").replace("’", "'")
    assert "Łódźka" in read_one(written(tmp_path / "a.html", html.encode("iso8859-2"))).text


def test_markup_in_the_words_of_a_page_stays_words(tmp_path: Path) -> None:
    body = (
        f"<article><p>He wrote &lt;script&gt;alert(1)&lt;/script&gt; on the wall, the police said.</p>{BODY}</article>"
    )
    assert "<script>alert(1)</script>" in read_one(written(tmp_path / "a.html", page(body=body))).text


def test_trafilatura_is_loaded_only_where_a_page_is_read(tmp_path: Path) -> None:
    text, html = written(tmp_path / "a.txt", "A report."), written(tmp_path / "b.html", page())
    program = (
        "import sys; from kg.reading import ReadOptions, read_sources\n"
        "for path in sys.argv[1:]:\n"
        "    list(read_sources([path], ReadOptions())); print('trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, text, html], capture_output=True, text=True, check=True)
    assert (done.stdout.split(), done.stderr) == (["False", "True"], "")

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.article import article_ranges, within

HEADLINE = "Bridge falls as rivals trade fire"
LEAD = "Two soldiers were killed on Friday when a bridge near the front collapsed, officials said."
MORE = "Both sides blamed each other. Watch towers on the far bank were empty by evening."


def kept(*lines, joint="\n\n"):
    """The lines that are taken for article text."""
    text = joint.join(lines)
    return [text[begin:end] for begin, end in article_ranges(text)]


@pytest.mark.parametrize(
    "line",
    [
        "By Maria Ortega-Ruiz",
        "BY JOHN O’NEILL and Ann Lee",
        "By Jean K. Sartre, and Omar al-Haddad",
        "Share",
        "Facebook | Twitter | WhatsApp",
        "Share this article",
        "Copy link",
        "Read more: Five things to know about the bridge",
        "WATCH NOW: The moment the bridge fell",
        "See also: Our guide to the front",
        "Advertisement",
        "Story continues below",
        "Subscribe to our newsletter for the latest",
        "Follow us on Telegram",
        "Click here to listen",
        "Photo: A. Somebody / Agency",
        "File photo: the bridge in 2019",
        "Video credit: Agency",
        "Published: 5 May 2023",
        "Last updated 5 May 2023 10:15",
        "4 min read",
        "12 shares",
        "Skip to main content",
        "  Search  ",
    ],
)
def test_what_a_page_carries_around_its_article_is_passed_over(line):
    assert kept(HEADLINE, line, LEAD, line, MORE) == [HEADLINE, LEAD, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "By Friday morning the town had fallen.",
        "By dawn they left",
        "Video footage showed smoke over the port.",
        "Photo evidence was handed to the court.",
        "Watch towers along the river were hit.",
        "Read in full, the order bans all traffic.",
        "Published reports put the toll at nine.",
        "Share prices fell after the attack.",
        "Comments by the minister drew protests.",
        "Sources in the army said nothing.",
        "Tags were sewn into the uniforms.",
        "More from the north was expected.",
        "Subscribers of the network lost power.",
        "Facebook removed the page.",
        "The town is home to 3,000 people.",
        "An email was sent to all units.",
    ],
)
def test_sentences_of_a_report_are_kept(line):
    assert kept(HEADLINE, LEAD, line, MORE) == [HEADLINE, LEAD, line, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "Post a comment",
        "Your email address will not be published.",
        "Comments (12)",
        "3 comments",
        "Related articles",
        "Recommended reading:",
        "Tags: bridges, war",
        "References",
        "More from Our Correspondents",
        "You might also like",
        "© 2023 The Paper",
        "Copyright 2023 by somebody",
    ],
)
def test_nothing_is_read_after_the_end_of_an_article(line):
    assert kept(HEADLINE, LEAD, line, MORE) == [HEADLINE, LEAD]


def test_a_bar_above_the_article_does_not_end_it():
    assert kept(HEADLINE, "3 comments", "Tags: war", LEAD, MORE, "Leave a comment", MORE) == [HEADLINE, LEAD, MORE]


def test_a_quotation_counts_as_running_text():
    quoted = "“We saw the bridge go down before anybody had crossed it.”"
    assert kept(quoted, "References", MORE) == [quoted]


def test_single_line_breaks_part_lines_too():
    assert kept(HEADLINE, "By Maria Ortega", LEAD, joint="\n") == [HEADLINE, LEAD]


def test_an_empty_text_has_no_ranges():
    assert [article_ranges(""), article_ranges(" \n\t\n ")] == [(), ()]


def test_spans_lie_within_one_range():
    ranges = article_ranges(f"{HEADLINE}\n{LEAD}")
    first, second = ranges
    assert within(ranges, *first)
    assert within(ranges, second[0], second[0] + 3)
    assert not within(ranges, first[0], second[1])
    assert not within((), 0, 1)


@given(
    st.lists(
        st.sampled_from([HEADLINE, LEAD, MORE, "Share", "", "Leave a reply", "\t", "By Ann Lee"]) | st.text(max_size=30)
    )
)
def test_ranges_are_in_order_apart_and_hold_no_line_break(lines):
    text = "\n".join(lines)
    ranges = article_ranges(text)
    ends = [place for span in ranges for place in span]
    assert ends == sorted(ends)
    assert all(0 <= begin < end <= len(text) and "\n" not in text[begin:end] for begin, end in ranges)

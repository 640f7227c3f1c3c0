"""Names and dates that stand where only some pages have them."""

from __future__ import annotations

from datetime import UTC, datetime

from rumor_tui.model import Thread
from rumor_tui.readers import as_thread, read_source
from rumor_tui.readers.html.discussion.features import machine_date
from rumor_tui.readers.source import Hint

LINES = ("The ferry left at nine.", "No, it left at ten that day.", "My aunt was on it, ask her.")
NAMES = ("Ida Holm", "Per Dahl", "Liv Berg")


def read(rows: str) -> Thread:
    page = f"<html><head><title>Ferry</title></head><body><div class=comments>{rows}</div></body></html>"
    return as_thread(read_source(page.encode(), Hint("p.html")))


def rows(head: str) -> str:
    """A comment for each line; in `head`, {0} is its number, {1} its author."""
    return "".join(
        f"<div class=comment id=c-{number}>{head.format(number, name)}<p class=text>{line}</p></div>"
        for number, (name, line) in enumerate(zip(NAMES, LINES, strict=True), 1)
    )


def test_a_name_may_stand_in_the_description_of_an_avatar_only() -> None:
    thread = read(rows('<img class=avatar alt="Avatar of {1}"><time datetime=2023-02-0{0}>2/{0}/2023</time>'))
    assert list(thread.authors) == list(NAMES)


def test_a_name_may_stand_in_the_label_of_the_control_to_reply_only() -> None:
    head = '<time datetime=2023-02-0{0}>2/{0}/2023</time><a href=#respond aria-label="Reply to {1}">Reply</a>'
    assert list(read(rows(head)).authors) == list(NAMES)


def test_an_exact_date_is_preferred_to_an_age() -> None:
    head = '<b class=author>{1}</b> <span title="Feb {0}, 2023 17:07">posted 2 years ago</span>'
    thread = read(rows(head))
    assert [thread.comment(row).published_text for row in range(3)] == [f"Feb {day}, 2023 17:07" for day in (1, 2, 3)]


def test_dates_for_programs_may_be_in_any_data_attribute() -> None:
    assert machine_date({"data-comment-timestamp": "1691953511"}) == "1691953511"
    assert machine_date({"data-created-at": "2023-02-01T10:00"}) == "2023-02-01T10:00"
    assert machine_date({"data-time": "300", "data-updates": "1691953511"}) is None


def test_in_a_chat_log_a_message_without_a_name_continues_the_one_before() -> None:
    messages = "".join(
        f'<div class="message {kind}" id="message{number}"><div class="date" title="14.11.2023 20:1{number}:00">20:1'
        f'{number}</div>{name}<div class="text">{line}</div></div>'
        for number, (kind, name, line) in enumerate(
            (
                ("default", "<div class=from_name>Ida Holm</div>", LINES[0]),
                ("default joined", "", LINES[1]),
                ("default", "<div class=from_name>Liv Berg</div>", LINES[2]),
            )
        )
    )
    assert list(read(messages).authors) == ["Ida Holm", "Ida Holm", "Liv Berg"]


def test_a_chat_has_exact_dates_and_its_days_are_no_messages() -> None:
    messages = "".join(
        f'<div class="message service" id="message-{number}"><div class="body details">{number} March 2023</div></div>'
        f'<div class="message default" id="message{number}"><div class="date details" '
        f'title="2{number}.03.2023 08:15:02 UTC+02:00">08:15</div><div class=from_name>{name}</div>'
        f"{answered}<div class=text>{line}</div></div>"
        for number, name, line, answered in zip(
            (1, 2, 3),
            NAMES,
            LINES,
            ("", "", '<div class="reply_to details">In reply to <a href="#go_to_message1">this message</a></div>'),
            strict=True,
        )
    )
    thread = read(messages)
    assert list(thread.authors) == ["Ida Holm", "Liv Berg", "Per Dahl"]
    assert list(thread.parent) == [-1, 0, -1]
    days = (thread.published[row] or 0 for row in range(3))
    assert [datetime.fromtimestamp(day, UTC).isoformat()[:19] for day in days] == [
        f"2023-03-2{number}T06:15:02" for number in (1, 3, 2)
    ]


def test_an_exact_date_may_be_around_the_link_that_has_the_age() -> None:
    head = (
        '<b class=author>{1}</b> <span class=age title="2023-02-0{0}T10:00:00"><a href="#c-{0}">1 year ago</a></span>'
    )
    thread = read(rows(head))
    assert [datetime.fromtimestamp(day or 0, UTC).isoformat()[:10] for day in thread.published] == [
        f"2023-02-0{number}" for number in (1, 2, 3)
    ]


def test_an_exact_date_may_stand_around_the_link_with_the_age() -> None:
    date = '<span class=age title="2023-02-01T10:00:00 1675245600"><a href=#>2 years ago</a></span>'
    assert list(read(rows("<b class=author>{1}</b> " + date)).published) == [1_675_245_600] * 3


def test_a_name_may_stand_in_the_description_of_a_picture_that_leads_to_a_profile() -> None:
    head = '<a href="/u/{0}"><img src=a.png alt="{1}"></a><time datetime=2023-02-0{0}>2/{0}/2023</time>'
    assert list(read(rows(head)).authors) == list(NAMES)


def test_a_label_before_a_name_is_no_name() -> None:
    head = "<b>Name:</b> {1} <b>Date:</b> <i>0{0}.02.2023 20:14</i>"
    assert list(read(rows(head)).authors) == list(NAMES)


def test_the_label_of_a_whole_comment_has_its_name() -> None:
    labels = ("Comment by {} 2 years ago", "Reply by {} to Ida Holm's comment 2y", "Comment by {} 1d")
    html = "".join(
        f'<div role=article aria-label="{label.format(name)}"><a class=x1 href=/p{at}>{name}</a>'
        f"<div class=x2>{line}</div><a class=x3 href=?comment_id={at}>2y</a></div>"
        for at, (label, name, line) in enumerate(zip(labels, NAMES, LINES, strict=True))
    )
    thread = read(html)
    assert list(thread.authors) == list(NAMES)
    assert [thread.comment(row).body.strip() for row in range(3)] == list(LINES)

"""Chat logs as messengers export them and as IRC programs write them; the conversations are invented."""

from __future__ import annotations

import pytest

from rumor_tui.markdown_format import format_iso
from rumor_tui.model import Thread
from rumor_tui.readers import read_source
from rumor_tui.readers.chat_log import sniff
from rumor_tui.readers.source import Hint


def _read(text: str, name: str = "chat.txt") -> Thread:
    thread = read_source(text.encode(), Hint(name))
    assert isinstance(thread, Thread)
    return thread


def _rows(thread: Thread) -> list[tuple[str | None, str, str]]:
    return [(c.author, c.body, (format_iso(c.published) or "")[:16]) for c in thread.comments()]


SAID = [
    ("ada", "The mill burned in 1911.", "2023-11-14T20:10"),
    ("Bo", "1912, says the plaque.", "2023-11-14T20:11"),
    ("ada", "Then the plaque is wrong.", "2023-11-15T08:05"),
]

LOGS = {
    "WhatsApp on Android": (
        "14/11/2023, 20:09 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
        "14/11/2023, 20:09 - ada created group “Mill: 1911”\n"
        "14/11/2023, 20:10 - ada: The mill burned in 1911.\n"
        "14/11/2023, 20:11 - Bo: 1912, says the plaque.\n"
        "15/11/2023, 08:05 - ada: Then the plaque is wrong.\n"
    ),
    "WhatsApp on Android, American": (
        "11/14/23, 8:09\u202fPM - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
        "11/14/23, 8:10\u202fPM - ada: The mill burned in 1911.\n"
        "11/14/23, 8:11\u202fPM - ~\u202fBo: 1912, says the plaque.\n"
        "11/15/23, 8:05\u202fAM - ada: Then the plaque is wrong.\n"
    ),
    "WhatsApp on Android, Spanish": (
        "14/11/23, 8:10\xa0p.\xa0m. - ada: The mill burned in 1911.\n"
        "14/11/23, 8:11\xa0p.\xa0m. - Bo: 1912, says the plaque.\n"
        "15/11/23, 8:05\xa0a.\xa0m. - ada: Then the plaque is wrong.\n"
    ),
    "WhatsApp on an iPhone": (
        "[14/11/2023, 20:09:01] Mill: \u200eMessages and calls are end-to-end encrypted. Only people in this chat can"
        " read them.\n"
        "[14/11/2023, 20:09:30] ada: \u200eada added you\n"
        "[14/11/2023, 20:10:02] ada: The mill burned in 1911.\n"
        "\u200e[14/11/2023, 20:11:03] Bo: 1912, says the plaque.\n"
        "[15/11/2023, 08:05:04] ada: Then the plaque is wrong.\n"
    ),
    "WhatsApp on a German iPhone": (
        "\ufeff[14.11.23, 20:10:02] ada: The mill burned in 1911.\n"
        "[14.11.23, 20:11:03] Bo: 1912, says the plaque.\n"
        "[15.11.23, 08:05:04] ada: Then the plaque is wrong.\n"
    ),
    "irssi": (
        "--- Log opened Tue Nov 14 20:09:00 2023\n"
        "20:09 -!- ada [~ada@mill.example] has joined #mill\n"
        "20:09 -!- Irssi: #mill: Total of 2 nicks [1 ops, 0 halfops, 0 voices, 1 normal]\n"
        "20:10 < ada> The mill burned in 1911.\n"
        "20:11 <@Bo> 1912, says the plaque.\n"
        "--- Day changed Wed Nov 15 2023\n"
        "08:05 < ada> Then the plaque is wrong.\n"
        "--- Log closed Wed Nov 15 09:00:00 2023\n"
    ),
    "WeeChat": (
        "2023-11-14 20:09:00\t-->\tada (~ada@mill.example) has joined #mill\n"
        '2023-11-14 20:09:01\t--\tTopic for #mill is "the mill"\n'
        "2023-11-14 20:10:00\tada\tThe mill burned in 1911.\n"
        "2023-11-14 20:11:00\t@Bo\t1912, says the plaque.\n"
        "2023-11-15 08:05:00\tada\tThen the plaque is wrong.\n"
        "2023-11-15 08:06:00\t<--\tBo (~bo@mill.example) has quit (Quit: leaving)\n"
    ),
    "HexChat": (
        "**** BEGIN LOGGING AT Tue Nov 14 20:09:00 2023\n\n"
        "Nov 14 20:09:00 *\tNow talking on #mill\n"
        "Nov 14 20:09:01 *\tada (~ada@mill.example) has joined\n"
        "Nov 14 20:10:00 <ada>\tThe mill burned in 1911.\n"
        "Nov 14 20:11:00 <Bo>\t1912, says the plaque.\n"
        "Nov 15 08:05:00 <ada>\tThen the plaque is wrong.\n"
        "**** ENDING LOGGING AT Wed Nov 15 09:00:00 2023\n"
    ),
    "mIRC": (
        "Session Start: Tue Nov 14 20:09:00 2023\n"
        "Session Ident: #mill\n"
        "[20:09] * Joins: ada (~ada@mill.example)\n"
        "[20:10] <ada> The mill burned in 1911.\n"
        "[20:11] <@Bo> 1912, says the plaque.\n"
        "Session Time: Wed Nov 15 00:00:00 2023\n"
        "[08:05] <ada> Then the plaque is wrong.\n"
        "Session Close: Wed Nov 15 09:00:00 2023\n"
    ),
    "Eggdrop": (
        "[20:09] --- Tue Nov 14 2023\n"
        "[20:09] ada (~ada@mill.example) joined #mill.\n"
        "[20:10] <ada> The mill burned in 1911.\n"
        "[20:11] <Bo> 1912, says the plaque.\n"
        "[20:12] #mill: mode change '+o Bo' by ada!~ada@mill.example\n"
        "[00:00] --- Wed Nov 15 2023\n"
        "[08:05] <ada> Then the plaque is wrong.\n"
    ),
    "Textual, The Lounge": (
        "[2023-11-14T20:09:10.000Z] *** ada (~ada@mill.example) joined\n"
        "[2023-11-14T20:10:10.000Z] <ada> The mill burned in 1911.\n"
        "[2023-11-14T20:11:10.000Z] <Bo> 1912, says the plaque.\n"
        "[2023-11-15T08:05:10.000Z] <ada> Then the plaque is wrong.\n"
    ),
    "Konversation": (
        "[Tuesday 14 November 2023] [20:09:00] Join\tYou have joined the channel #mill.\n"
        "[Tuesday 14 November 2023] [20:10:00] <ada>\tThe mill burned in 1911.\n"
        "[Tuesday 14 November 2023] [20:11:00] <Bo>\t1912, says the plaque.\n"
        "[Wednesday 15 November 2023] [08:05:00] <ada>\tThen the plaque is wrong.\n"
    ),
    "Supybot": (
        "2023-11-14T20:09:00 *** ada <ada!~ada@mill.example> has joined #mill\n"
        "2023-11-14T20:10:00  <ada> The mill burned in 1911.\n"
        "2023-11-14T20:11:00  <Bo> 1912, says the plaque.\n"
        "2023-11-15T08:05:00  <ada> Then the plaque is wrong.\n"
    ),
    "Pidgin": (
        "Conversation with #mill at Tue 14 Nov 2023 08:09:00 PM on ada (irc)\n"
        "(11/14/2023 08:10:00 PM) ada: The mill burned in 1911.\n"
        "(11/14/2023 08:11:00 PM) Bo: 1912, says the plaque.\n"
        "(11/15/2023 08:05:00 AM) ada: Then the plaque is wrong.\n"
    ),
    "Skype": (
        "[14.11.2023 20:10:00] ada: The mill burned in 1911.\n"
        "[14.11.2023 20:11:00] Bo: 1912, says the plaque.\n"
        "[15.11.2023 08:05:00] ada: Then the plaque is wrong.\n"
    ),
    "Telegram, copied": (
        "ada, [14.11.2023 20:10]\nThe mill burned in 1911.\n\n"
        "Bo, [14.11.2023 20:11]\n1912, says the plaque.\n\n"
        "ada, [15.11.2023 08:05]\nThen the plaque is wrong.\n"
    ),
    "Telegram, copied, American": (
        "ada, [Nov 14, 2023 at 8:10:33 PM]:\nThe mill burned in 1911.\n\n"
        "Bo, [Nov 14, 2023 at 8:11:33 PM]:\n1912, says the plaque.\n\n"
        "ada, [Nov 15, 2023 at 8:05:33 AM]:\nThen the plaque is wrong.\n"
    ),
    "DiscordChatExporter": (
        "==============================================================\n"
        "Guild: Old mills\nChannel: Text / mill\n"
        "==============================================================\n\n"
        "[14-Nov-23 08:10 PM] ada#1234\nThe mill burned in 1911.\n\n"
        "[14-Nov-23 08:11 PM] Bo#0001\n1912, says the plaque.\n\n"
        "[15-Nov-23 08:05 AM] ada#1234\nThen the plaque is wrong.\n\n"
        "==============================================================\n"
        "Exported 3 message(s)\n"
        "==============================================================\n"
    ),
    "Discord, copied": (
        "ada — 14/11/2023 20:10\nThe mill burned in 1911.\n\n"
        "Bo — 14/11/2023 20:11\n1912, says the plaque.\n\n"
        "ada — 15/11/2023 08:05\nThen the plaque is wrong.\n"
    ),
    "LINE": (
        "[LINE] Chat history in “Mill”\nSaved on: 2023/11/16 10:00\n\n"
        "2023/11/14(Tue)\n"
        "20:10\tada\tThe mill burned in 1911.\n"
        "20:11\tBo\t1912, says the plaque.\n\n"
        "2023/11/15(Wed)\n"
        "08:05\tada\tThen the plaque is wrong.\n"
    ),
    "KakaoTalk on a computer": (
        "Mill 님과 카카오톡 대화\n저장한 날짜 : 2023-11-16 10:00:00\n\n"
        "--------------- 2023년 11월 14일 화요일 ---------------\n"
        "[ada] [오후 8:10] The mill burned in 1911.\n"
        "[Bo] [오후 8:11] 1912, says the plaque.\n"
        "--------------- 2023년 11월 15일 수요일 ---------------\n"
        "[ada] [오전 8:05] Then the plaque is wrong.\n"
    ),
    "KakaoTalk on a phone": (
        "2023년 11월 14일 오후 8:10, ada : The mill burned in 1911.\n"
        "2023년 11월 14일 오후 8:11, Bo : 1912, says the plaque.\n"
        "2023년 11월 15일 오전 8:05, ada : Then the plaque is wrong.\n"
    ),
    "Teams, copied": (
        "[14/11/2023 20:10] ada\nThe mill burned in 1911.\n\n"
        "[14/11/2023 20:11] Bo\n1912, says the plaque.\n\n"
        "[15/11/2023 08:05] ada\nThen the plaque is wrong.\n"
    ),
    "WeeChat's screen, copied": (
        "2023-11-14 20:10:00     ada | The mill burned in 1911.\n"
        "2023-11-14 20:11:00      Bo | 1912, says the plaque.\n"
        "2023-11-14 20:11:30     --> | eve has joined #mill\n"
        "2023-11-15 08:05:00     ada | Then the plaque is wrong.\n"
    ),
    "mIRC with colours": (
        "\nSession Start: Tue Nov 14 20:00:00 2023\nSession Ident: #mill\n"
        "\x0303[20:09] * Now talking in #mill\n"
        "[20:10] <@ada> The \x02mill\x02 burned in \x0304,011911\x0f.\n"
        "[20:11] <Bo> 1912, says the plaque.\n"
        "\x0302[20:12] * Bo (bo@mill.example) Quit (Ping timeout)\n"
        "Session Close: Tue Nov 14 20:15:00 2023\n"
        "\nSession Start: Wed Nov 15 08:00:00 2023\nSession Ident: #mill\n"
        "[08:05] <ada> Then the plaque is wrong.\n"
    ),
    "Element": (
        "Tue, Nov 14 2023, 20:10:20 - ada: The mill burned in 1911.\n"
        "Tue, Nov 14 2023, 20:11:20 - Bo: 1912, says the plaque.\n"
        "Wed, Nov 15 2023, 08:05:20 - ada: Then the plaque is wrong.\n"
    ),
    "Skype with an edited message": (
        "[14.11.2023 20:10:20] ada: The mill burned in 1911.\n"
        "[14.11.2023 20:11:20 | Edited 20:12:20] Bo: 1912, says the plaque.\n"
        "[15.11.2023 08:05:20] ada: Then the plaque is wrong.\n"
    ),
    "iMessage, the stamp above the name": (
        "Nov 14, 2023  8:10:42 PM (Read by them after 1 minute)\nada\nThe mill burned in 1911.\n\n"
        "Nov 14, 2023  8:11:42 PM\nBo\n1912, says the plaque.\n\n"
        "Nov 15, 2023  8:05:42 AM\nada\nThen the plaque is wrong.\n\n"
    ),
}


@pytest.mark.parametrize("program", LOGS)
def test_every_program_s_log_is_read_as_its_messages(program: str) -> None:
    thread = _read(LOGS[program])
    rows = [(author and author.partition("#")[0], body, day) for author, body, day in _rows(thread)]
    assert rows == SAID
    assert set(thread.parent) == {-1}


def test_znc_states_the_day_in_the_name_of_its_file() -> None:
    text = (
        "[20:09:59] *** Joins: ada (~ada@mill.example)\n"
        "[20:10:00] <ada> The mill burned in 1911.\n"
        "[20:10:30] * Bo looks at the plaque\n"
        "[20:11:00] <Bo> 1912, says the plaque.\n"
    )
    thread = _read(text, "logs/#mill/2023-11-14.log")
    assert _rows(thread) == [
        SAID[0],
        ("Bo", "* Bo looks at the plaque", "2023-11-14T20:10"),
        SAID[1],
    ]
    assert "Joins: ada" in thread.aside
    assert _rows(_read(text, "#mill_20231114.log"))[0] == SAID[0]


def test_pidgin_states_the_day_in_the_name_of_its_file() -> None:
    log = "(20:10:15) ada: The mill burned in 1911.\n(20:11:15) Bo: When?\n(20:12:15) ada: In May.\n"
    thread = _read(log, "2009-04-02.201015+0200CEST.txt")
    assert [row[2] for row in _rows(thread)] == ["2009-04-02T20:10", "2009-04-02T20:11", "2009-04-02T20:12"]


def test_what_the_messenger_says_under_a_group_s_name_is_no_message() -> None:
    log = (
        "[22/08/2022, 07:45:10] Mill: \u200eAs mensagens são protegidas com a criptografia de ponta a ponta.\n"
        "[22/08/2022, 07:45:10] Mill: \u200eAda criou este grupo\n"
        "[22/08/2022, 07:46:33] ada: It burned.\n"
        "[22/08/2022, 07:46:40] ada: \u200eimagem ocultada\n"
        "[22/08/2022, 07:47:33] Bo: When?\n"
    )
    assert [row[:2] for row in _rows(_read(log))] == [
        ("ada", "It burned."),
        ("ada", "imagem ocultada"),
        ("Bo", "When?"),
    ]


def test_a_time_without_a_day_stays_as_written() -> None:
    thread = _read("20:10 <ada> The mill burned.\n20:11 <Bo> When?\n")
    assert [(c.published, c.published_text) for c in thread.comments()] == [(None, "20:10"), (None, "20:11")]


def test_zoom_s_saved_chat() -> None:
    text = (
        "20:10:00\t From ada to Everyone : The mill burned in 1911.\n"
        "20:11:00\t From Bo Day to Everyone : 1912, says the plaque.\n"
    )
    assert [c.author for c in _read(text).comments()] == ["ada", "Bo Day"]
    newer = (
        "20:10:00 From ada To Everyone:\n\tThe mill burned in 1911.\n"
        '20:11:00 From Bo To Everyone:\n\tReplying to "The mill burned in..."\n\t\n\t1912, says the plaque.\n'
    )
    thread = _read(newer)
    assert [(c.author, c.body, c.parent) for c in thread.comments()] == [
        ("ada", "The mill burned in 1911.", None),
        ("Bo", "1912, says the plaque.", 0),
    ]


def test_the_captions_of_a_chat() -> None:
    captions = "00:10:11.340,00:10:14.340\nada: Is the mill on slide 2?\n\n00:11:20.000,00:11:23.000\nBo: Yes.\n\n"
    thread = _read(captions + "00:12:20.000,00:12:23.000\nada: Thanks.\n")
    assert [(c.author, c.body) for c in thread.comments()] == [
        ("ada", "Is the mill on slide 2?"),
        ("Bo", "Yes."),
        ("ada", "Thanks."),
    ]


def test_a_message_of_several_lines_stays_whole() -> None:
    text = (
        "14/11/2023, 20:10 - ada: Two things:\n\n1. the mill\n2. the plaque: 1912\n"
        "14/11/2023, 20:11 - Bo: <Media omitted>\n"
    )
    assert [c.body for c in _read(text).comments()] == [
        "Two things:\n\n1. the mill\n2. the plaque: 1912",
        "<Media omitted>",
    ]


def test_days_and_months_are_told_apart_over_the_whole_log() -> None:
    late = "[1/2/24, 8:10:00 AM] ada: One\n[1/3/24, 8:10:00 AM] Bo: Two\n[1/4/24, 8:10:00 PM] ada: Three\n"
    assert [(format_iso(c.published) or "")[:10] for c in _read(late).comments()] == [
        "2024-01-02",
        "2024-01-03",
        "2024-01-04",
    ]


def test_what_is_before_the_first_message_is_the_article() -> None:
    thread = _read(LOGS["DiscordChatExporter"])
    assert (thread.article.title, thread.article.pieces) == ("Text / mill", ["Guild: Old mills\nChannel: Text / mill"])
    assert "Exported 3 message(s)" in thread.aside
    assert _read(LOGS["LINE"]).article.title == "[LINE] Chat history in “Mill”"
    assert _read(LOGS["Skype"], "mill.txt").article.title == "mill.txt"


WINDOW = """Ada Lind
  9:41 AM
Is anybody in the archive?
I need box 114.

Bo
  9:43 AM
Yes, me. Which shelf?

Ada Lind
  9:44 AM
C, at the bottom
"""


def test_a_chat_copied_from_a_window_has_names_above_times() -> None:
    thread = _read(WINDOW)
    assert list(thread.authors) == ["Ada Lind", "Bo", "Ada Lind"]
    assert list(thread.bodies) == [
        "Is anybody in the archive?\nI need box 114.",
        "Yes, me. Which shelf?",
        "C, at the bottom",
    ]
    assert sniff(WINDOW, Hint())


NO_CHATS = {
    "a programme": "Opening\n9:00 AM\nWelcome by Ada\n\nLunch\n12:30 PM\nSoup\n\nPanel\n2:00 PM\nMills\n",
    "a program's log": "2023-11-14 20:10:00 INFO: started\n2023-11-14 20:11:00 WARN: a\n2023-11-14 20:12:00 INFO: a\n",
    "a program's log with the names of its parts": "2023-11-14 20:10:00 INFO  mill: lit\n" * 3,
    "Python's logging": "2023-11-14 20:10:00,123 - app.main - INFO - started: 5\n" * 3,
    "a system's log": "Nov 14 20:10:00 host sshd[123]: Accepted key\nNov 14 20:11:00 host cron[4]: (root) CMD (x)\n",
    "a timetable": "09:00 Opening: welcome\n10:00 Keynote: mills\n11:00 Coffee: outside\n12:00 Panel: fires\n",
    "subtitles": "1\n00:00:10,000 --> 00:00:12,000\nada: It burned.\n\n2\n00:00:13,000 --> 00:00:15,000\nBo: When?\n",
    "show notes": "The mill, a podcast.\n\n00:10 Introduction\n02:30 The fire: what we know\n10:00 Questions\n",
    "prose": "At 20:10 the mill burned.\n\nNov 14, 2023 was a Tuesday: everybody was at home.\n",
    "an access log": '10.0.0.1 - - [14/Nov/2023:20:10:00 +0000] "GET / HTTP/1.1" 200 5\n' * 3,
    "a changelog": "2023-11-14  Ada Lind  <ada@example.org>\n\n\t* mill.c: burn.\n\n2023-11-13  Bo Day  <bo@x.org>\n",
}


@pytest.mark.parametrize("kind", NO_CHATS)
def test_other_texts_with_times_are_no_chats(kind: str) -> None:
    assert not sniff(NO_CHATS[kind], Hint())


COPIED = """\
November 14th, 2023

Ada Król
  9:41 AM
Is anybody at the mill?
I need the key.

Bo
  9:43 AM
Yes. At 9:50?


Ada Król
  9:44 AM
Thanks
"""


def test_text_copied_from_a_window_has_names_and_times_on_lines_of_their_own() -> None:
    thread = _read(COPIED)
    assert _rows(thread) == [
        ("Ada Król", "Is anybody at the mill?\nI need the key.", "2023-11-14T09:41"),
        ("Bo", "Yes. At 9:50?", "2023-11-14T09:43"),
        ("Ada Król", "Thanks", "2023-11-14T09:44"),
    ]


def test_the_time_may_stand_behind_the_name() -> None:
    joined = COPIED.replace("\n  9:", "  9:")
    assert [author for author, _, _ in _rows(_read(joined))] == ["Ada Król", "Bo", "Ada Król"]


def test_a_programme_of_an_evening_is_no_chat() -> None:
    assert not sniff("Doors\n18:30\nThe bar is open.\n\nTalk\n19:00\nOn mills.\n\nEnd\n21:00\nGood night.\n", Hint("x"))

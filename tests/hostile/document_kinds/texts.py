"""Plain text: dumps of pages, chat logs, exports of sites as text, and text that is nothing of the kind."""

from __future__ import annotations

from typing import Final

from tests.hostile.document_kinds import Table, cut, nest, repeat

_OWN: Final = "T\n=\n\nText.\n\n{} comments\n\n"
_ENTRY: Final = "AUTHOR: Ada\nTITLE: T\nDATE: 03/04/2023 10:13:20 PM\n-----\nBODY:\nwords\n-----\n"
_SIGNED: Final = "[[User:A¤|A¤]] ([[User talk:A¤|talk]]) 12:34, 14 November 2023 (UTC)\n"
_PROSE: Final = "An article of some words stands here, as there are many of them in the world of pages.\n\n" * 5


def _own_chain(n: int) -> bytes:
    def row(i: int) -> str:
        indent = "   " * min(i, 8)
        return f"{indent}#{i + 1}{f' ↳ #{i}' if i > 8 else ''} ann{i} · 2024-01-02 03:04\n{indent}  w\n\n"

    rows = "".join(map(row, range(n)))
    return (_OWN.format(f"{n:,}") + rows).encode()


DOCUMENTS: Final[Table] = {
    "our own text, a chain": (".txt", _own_chain),
    "our own text, wrong numbers": (".txt", repeat("#9 ↳ #99999999 ann\n  w\n\n", _OWN.format("999,999,999"))),
    "our own text, headings": (".txt", repeat("1 comment\n\n#1 ann\n  w\n\n", _OWN.format(1))),
    "a dump with bylines": (
        ".txt",
        repeat("ann¤\nMay 1, 2024 at 10:00 am\nWords of number ¤ about it.\nReply\n\n", _PROSE),
    ),
    "a dump with ages": (
        ".txt",
        repeat("ann¤ 3 hours ago\nWords of number ¤ about it.\nReply | Share\n", _PROSE + "99 Comments\n"),
    ),
    "a dump with says": (".txt", repeat("ann¤ says:\nMay 1, 2024 at 10:00 am\nWords ¤.\n\nReply\n", _PROSE)),
    "a dump with points": (
        ".txt",
        repeat("[–]ann¤ 12 points 3 hours ago\nWords ¤.\npermalink save report reply\n", "T\n\n"),
    ),
    "a dump of a forum": (
        ".txt",
        repeat("ann¤\nJunior Member\nPosts: 12\nJoin Date: May 2001\n#¤\n05-01-2024, 10:00 AM\n\nWords ¤.\n\n", _PROSE),
    ),
    "a dump of answers": (".txt", repeat("ann¤ → ann¢\n2 years ago\nWords ¤.\n", _PROSE)),
    "a dump of handles": (".txt", repeat("Ann Lee @ann¤\n@ann¢ words ¤ 3h\n", _PROSE)),
    "a dump by indent": (
        ".txt",
        lambda n: (
            _PROSE
            + "".join(
                f"{' ' * (2 * (i % 40))}ann{i} 3 hours ago\n{' ' * (2 * (i % 40))}Words.\n\n" for i in range(n // 4)
            )
        ).encode(),
    ),
    "a dump by indent, deep": (
        ".txt",
        lambda n: (
            _PROSE + "".join(f"{' ' * i}ann{i} 3 hours ago\n{' ' * i}Words.\n\n" for i in range(n // 40))
        ).encode(),
    ),
    "a dump of names alone": (".txt", repeat("Ann¤\n", _PROSE)),
    "a dump of dates alone": (".txt", repeat("May 1, 2024\n", _PROSE)),
    "a dump of Reply": (".txt", repeat("Reply\n", _PROSE)),
    "a dump of one line": (".txt", repeat("ann¤ says: words ¤ Reply ", _PROSE)),
    "a dump of alike lines": (".txt", repeat("Words of a line that is always alike.\n", _PROSE)),
    "a dump of short lines": (".txt", repeat("a\n\n", _PROSE)),
    "a dump with folded lines": (".txt", repeat("words that are =\nfolded 3 hours ago\n", _PROSE)),
    "WhatsApp": (".txt", repeat("14/11/2023, 20:10 - ann¤: The mill burned.\n")),
    "WhatsApp, lines that go on": (
        ".txt",
        repeat(
            "words that go on\n", "14/11/2023, 20:10 - ada: a\n14/11/2023, 20:11 - bo: b\n14/11/2023, 20:12 - ada: c\n"
        ),
    ),
    "irssi": (".log", repeat("20:10 < ann¤> ann¢: The mill burned.\n", "--- Log opened Tue Nov 14 20:09:00 2023\n")),
    "IRC, joins": (
        ".log",
        repeat(
            "20:09 -!- ann¤ [~a@b] has joined #mill\n",
            "--- Log opened Tue Nov 14 20:09:00 2023\n20:10 <a> x\n20:11 <b> y\n",
        ),
    ),
    "WeeChat": (".log", repeat("2023-11-14 20:10:00\tann¤\tThe mill burned.\n")),
    "a log of one name": (".log", repeat("[20:10] <ada> The mill burned.\n")),
    "a log of times that go back": (".log", repeat("[23:59] <ada> a\n[00:00] <bo> b\n")),
    "a log of days that cannot be": (".txt", repeat("99/99/9999, 99:99 - ada: The mill.\n")),
    "a log with huge names": (".log", lambda n: ("[20:10] <" + "a" * n + "> x\n[20:11] <b> y\n").encode()),
    "Discourse, raw": (
        ".txt",
        repeat(
            'ann¤ | 2023-11-14 22:10:20 UTC | #¤\n\n[quote="a, post:¢, topic:7"]\nw\n[/quote]\nWords.\n\n'
            + "-" * 25
            + "\n\n"
        ),
    ),
    "Discourse, open quotes": (".txt", repeat("[quote]\n", "ann | 2023-11-14 22:10:20 UTC | #1\n\n")),
    "issue": (
        ".txt",
        repeat(
            "author:\tbo¤\nassociation:\tmember\nedited:\tfalse\nstatus:\tnone\n--\nWords ¤.\n--\n",
            "title:\tT\nstate:\tOPEN\nauthor:\tada\n--\nIt.\n--\n",
        ),
    ),
    "issue, fields": (".txt", repeat("field:\tx\n", "title:\tT\nauthor:\tada\n")),
    "issue in a terminal": (
        ".txt",
        repeat(
            "bo¤ (Member) • Nov 14, 2023 • Edited\n\n  Words ¤.\n\n",
            "\x1b[0;1;39mT\x1b[0m o/r#7\nOpen • ada opened about 2 days ago • 2 comments\n\n\n  It.\n\n\n",
        ),
    ),
    "Movable Type": (
        ".txt",
        repeat("COMMENT:\nAUTHOR: Bo¤\nDATE: 03/05/2023 01:00:00 AM\nWords ¤.\n-----\n", _ENTRY, "--------\n"),
    ),
    "Movable Type, entries": (".txt", repeat(_ENTRY + "--------\n")),
    "Movable Type, fields": (
        ".txt",
        repeat("KEYWORDS: a\n", "AUTHOR: A\nTITLE: T\n-----\nBODY:\nx\n-----\nCOMMENT:\n"),
    ),
    "wikitext": (".wiki", repeat(":w " + _SIGNED, "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, a chain": (
        ".wiki",
        lambda n: (
            "== T ==\nIt. " + _SIGNED + "".join(":" * (i % 300) + "w " + _SIGNED for i in range(n // 50))
        ).encode(),
    ),
    "wikitext, open templates": (".wiki", repeat("{{", "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, nested templates": (".wiki", nest("{{a|", "}}", "x", "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, nested links": (".wiki", nest("[[a|", "]]", "x", "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, open links": (".wiki", repeat("[[User:", "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, apostrophes": (".wiki", repeat("'''''a", "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, tables": (".wiki", repeat("{|\n|a\n", "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, tags": (".wiki", repeat("<nowiki><ref>", "== T ==\nIt burned. " + _SIGNED)),
    "wikitext, sections": (".wiki", repeat("== T ¤ ==\nw " + _SIGNED)),
    "letters": (".txt", repeat("x")),
    "words": (".txt", repeat("word ")),
    "lines": (".txt", repeat("word\n")),
    "control characters": (".txt", repeat("\x01\x02\x1b]0;t\x07\x9b31m a\n")),
    "one control character": (".txt", lambda n: b"Words of a text.\n" * n + b"\x08" + b"Words of a text.\n"),
    "one NUL": (".txt", lambda n: b"Words of a text.\n" * n + b"\0" + b"Words of a text.\n" * n),
    "colours of a terminal": (".txt", repeat("\x1b[31ma\x1b[0m ")),
    "strings of a terminal": (".txt", repeat("\x1b]8;;http://a/\x1b\\a\x1b]8;;\x1b\\ ")),
    "strings that never end": (".txt", repeat("\x1b]8;;")),
    "backspaces": (".txt", repeat("a\ba_\b")),
    "byte order marks": (".txt", repeat("\ufeffa")),
    "form feeds": (".txt", repeat("a\f")),
    "spaces of all widths": (".txt", repeat("\u00a0\u2003\u3000\u200b\u2060a")),
    "soft hyphens": (".txt", repeat("a\u00ad")),
    "tags of Unicode": (".txt", repeat("\U000e0041")),
    "beyond all characters": (".txt", repeat("\U0010ffff\ufffe")),
    "ligatures and capitals": (".txt", repeat("ŉǰΐßİ")),
    "Chinese": (".txt", repeat("文字，")),
    "Arabic": (".txt", repeat("كلمة ")),
    "UTF-16 without a mark": (".txt", lambda n: ("word " * n).encode("utf-16-le")),
    "UTF-16 of half characters": (".txt", lambda n: b"\xff\xfe" + b"\x00\xd8" * n),
    "UTF-32": (".txt", lambda n: ("word " * n).encode("utf-32")),
    "Latin-1": (".txt", lambda n: "été à Noël ".encode("latin-1") * n),
    "ISO-2022-JP": (".txt", lambda n: ("文字 " * n).encode("iso2022_jp")),
    "Shift JIS that was cut": (".txt", cut(lambda n: ("文字。" * n).encode("shift_jis"), 0.7777)),
    "UTF-8 that is too long": (".txt", lambda n: b"\xc0\x80\xe0\x80\x80\xf0\x80\x80\x80a" * n),
    "HTML in a text": (".txt", repeat("Words <b>and <i>more &amp; ")),
}

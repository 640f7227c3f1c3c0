"""Hostile texts: what strangers write to steer a terminal, a browser, a shell, a layout or the markup of a library.

`HOSTILE_TEXTS` is for every place that a page controls. `HOSTILE_LINKS` are addresses in hostile forms, which are among
the texts too. `SPLIT_TEXTS` are halves of sequences, to be put into two fields, comments or pieces that follow each
other. None of them names anything real: hosts are those of RFC 2606 or addresses of RFC 5737.

Sources: ECMA-48, xterm's ctlseqs, the documentation of kitty, iTerm2, tmux, ConEmu and VTE; Unicode TR36 and TR39,
UTS 51, UAX 9; the reports CVE-2003-0063 (titles echoed back), CVE-2017-12904 (commands in addresses), CVE-2021-42574
(bidirectional controls), CVE-2024-52005 (sequences in messages), CVE-2026-4519 (addresses as options).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple


class HostileText(NamedTuple):
    """A text with the name that a failed test shows."""

    name: str
    text: str


ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
SIGN: Final = "PWNED"
"""What the texts would put into a title, a clipboard or a screen: nobody else writes it."""

_CSI: Final = {
    "clear the screen": "2J", "clear scrollback": "3J", "home": "H", "up and erase": "99A\x1b[2K",
    "scroll region": "5;10r", "conceal": "8m", "black on black": "30;40m", "alternate screen off": "?1049l",
    "wrap off": "?7l", "cursor off": "?25l", "mouse on": "?1003h", "paste brackets off": "?2004l",
    "synchronised for ever": "?2026h", "device status": "6n", "device attributes": "c", "report the title": "21t",
    "iconify": "2t", "resize": "8;1;1t", "title stack": "22;0t", "lock keys": "2h", "repeat": "x\x1b[9999999b",
    "insert lines": "9999L", "soft reset": "!p", "hard to parse": "1;2;3:4::5m", "checksum": "1;1;1;1;10;10*y",
    "kitty's keyboard": ">31u", "xterm's keyboard": ">4;2m", "left margin": "?69h", "long parameters": "9" * 400 + "m",
    "intermediates": "1 !\"#$%&'()*+,-./q", "paste ends": "201~rm -rf ~\n",
}  # fmt: skip
_OSC: Final = {
    "0, title and icon": f"0;{SIGN}", "1, icon": f"1;{SIGN}", "2, title": f"2;{SIGN}", "4, colour": "4;1;rgb:00/00/00",
    "4, question": "4;1;?", "7, folder": "7;file://host/etc", "8, link": "8;;file:///etc/passwd",
    "9, message": f"9;{SIGN}", "9;4, progress": "9;4;3", "9;9, folder": "9;9;C:\\", "10, ink": "10;#000000",
    "11, paper": "11;?", "50, font": "50;?", "52, clipboard": "52;c;UFdORUQ=", "52, selection": "52;p;UFdORUQ=",
    "52, question": "52;c;?", "52, cut": "52;s0;!", "99, message": f"99;i=1;{SIGN}", "104, colours": "104",
    "133, prompt": "133;A", "633, command": "633;E;reboot", "777, message": f"777;notify;{SIGN};x",
    "1337, file": "1337;File=inline=1:UFdORUQ=", "22, pointer": "22;none",
    "1337, clipboard": "1337;CopyToClipboard=general", "1337, set": "1337;SetUserVar=a=UFdORUQ=",
    "3, property": "3;A=B", "697, fig": "697;x", "a long one": "2;" + "A" * 4000, "no number": SIGN,
    "51, Emacs": "51;Ex",
}  # fmt: skip
_STRINGS: Final = {
    "DCS, status": f"{ESC}P$qm{ST}", "DCS, sixel": f"{ESC}Pq#0;2;0;0;0#0~~@@vv{ST}",
    "DCS, termcap": f"{ESC}P+q544e{ST}", "DCS, tmux": f"{ESC}Ptmux;{ESC}{ESC}]52;c;UFdORUQ={BEL}{ST}",
    "DCS, screen": f"{ESC}P{ESC}]2;{SIGN}{BEL}{ST}", "DCS, keys": f"{ESC}P0;1|17/17{ST}",
    "DCS, eight bits": "\x90$qm\x9c", "APC, kitty": f"{ESC}_Gf=100,a=T;UFdORUQ={ST}", "APC, eight bits": "\x9fGa=d\x9c",
    "PM": f"{ESC}^{SIGN}{ST}", "PM, eight bits": f"\x9e{SIGN}\x9c", "SOS": f"{ESC}X{SIGN}{ST}",
    "SOS, eight bits": f"\x98{SIGN}\x9c", "screen's title": f"{ESC}k{SIGN}{ST}", "CSI, eight bits": "\x9b2J\x9b?1049l",
    "OSC, eight bits": f"\x9d2;{SIGN}\x9c", "OSC, mixed ends": f"\x9d2;{SIGN}{BEL}", "reset": f"{ESC}c",
    "alignment": f"{ESC}#8", "line drawing": f"{ESC}(0lqqk{ESC}(B", "shift out": "\x0elqqk\x0f",
    "save and restore": f"{ESC}7{ESC}8", "who are you": f"{ESC}Z", "answerback": "\x05", "keypad": f"{ESC}=",
    "UTF-8 off": f"{ESC}%@", "two escapes": f"{ESC}{ESC}[2J", "cancelled": f"{ESC}[2\x18J{ESC}]2;{SIGN}\x1a",
    "backspaces": "good\b\b\b\bevil", "carriage return": f"good\r{SIGN}", "form feed": "good\fevil",
    "vertical tab": "good\vevil", "tabs": "\t\t\tx\ty", "inside a sequence": f"{ESC}[\x00\x0a3\x0d1m",
    "in a letter": f"a\u0301{ESC}[2J", "paged": f"{ESC}[2J" * 50,
}  # fmt: skip
_UNENDED: Final = {
    "CSI": f"{ESC}[", "CSI, parameters": f"{ESC}[38;2;1", "OSC 52": f"{ESC}]52;c;UFdORUQ=", "OSC 2": f"{ESC}]2;{SIGN}",
    "DCS": f"{ESC}Pq", "APC": f"{ESC}_G", "PM": f"{ESC}^", "SOS": f"{ESC}X", "escape": f"x{ESC}", "charset": f"{ESC}(",
    "string terminator": ST, "bell": BEL, "OSC 8": f"{ESC}]8;;https://example.com/",
    "end of a string": f"x{ESC}]2;{SIGN}{ESC}",
}  # fmt: skip
_SPELT: Final = {
    "entity, decimal": "&#27;[2J&#x1b;]2;PWNED&#7;", "entity, C1": "&#155;2J&#x9d;2;PWNED&#x9c;",
    "entity, no end": "&#27[2J", "entity, huge": "&#99999999999;&#x110000;&#xD800;&#0;",
    "entity, doubled": "&amp;#27;[2J&amp;amp;#27;", "JSON": "\\u001b[2J\\u009b", "C": "\\x1b[2J\\033[2J\\e[2J",
    "percent": "%1b[2J%9b2J%C2%9B", "quoted-printable": "=1B[2J=C2=9B", "caret": "^[[2J",
    "Markdown's entity": "`&#27;` &#27; [&#27;](&#27;)", "UTF-7": "+ABs-[2J",
    "mail word": "=?utf-8?q?=1b[2J?= =?utf-8?b?G1sySg==?=", "mojibake of C1": "Â\x9b2J â\x80\x8b Â\x85",
    "mojibake of RLO": "â€®evil", "mojibake, spelt": "Ã‚Â›2J", "overlong": "\udcc0\udc9b2J",
    "named entity": "&Tab;&NewLine;&NoBreak;&zwj;&rlm;&shy;&ZeroWidthSpace;",
}  # fmt: skip
_DIRECTIONS: Final = {
    f"U+{code:04X}": f"abc{chr(code)}fed{chr(code)}"
    for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_INVISIBLE: Final = {
    "file name": "invoice\u202efdp.exe", "isolates never ended": "\u2067\u2066" * 60 + "x",
    "Trojan source": "\u202e\u2066// admin\u2069", "zero-width spaces": "a\u200bb" * 40,
    "joiners": "a" + "\u200d" * 60 + "b", "non-joiners": "\u0645" + "\u200c" * 60 + "\u062e",
    "joiners beside letters": "\u200dx\u200c", "word joiner": "a\u2060b\u2061\u2062\u2063\u2064c",
    "byte order marks": "\ufeffa\ufeffb", "soft hyphens": "a\xadb" * 40, "Hangul fillers": "\u115f\u1160\u3164\uffa0x",
    "grapheme joiner": "a\u034f" * 9, "Mongolian": "\u1820\u180b\u180e\u180f", "Khmer vowels": "\u1780\u17b4\u17b5",
    "shorthand": "\U0001bca0\U0001bca3x", "musical": "\U0001d173x\U0001d17a", "annotation": "\ufff9a\ufffab\ufffbc",
    "object": "\ufffcx", "Braille blank": "\u2800\u2800x",
    "tags": "x" + "".join(chr(0xE0000 + ord(char)) for char in "rm -rf ~"),
    "selectors": "x\ufe00\ufe0f\U000e0100\U000e01ef", "deprecated": "\u206a\u206f\u2069x",
    "separators": "a\u2028b\u2029c\x85d", "spaces": "\u2000\u2003\u3000\u202f\u205f\xa0x",
    "only what is not seen": "\u200b\u2060\ufeff\xad", "Syriac": "\u070f\u0710",
    "Egyptian": "\U00013000\U00013430\U00013000",
}  # fmt: skip
_MARKS: Final = {
    "Zalgo": "Z" + "\u0301\u0327\u0489\u20dd" * 60, "no base": "\u0301\u0302\u0303x",
    "after a blank": "a \u0301\u0301\u0301\u0301",
    "on every letter": "".join(f"{char}\u0336\u0332" for char in "struck"), "enclosing": "a\u20dd\u20de\u20e3b\u20e0",
    "Hebrew": "\u05e9\u05bc\u05b8\u05c1", "Arabic": "\u0628\u064b\u0651\u0670\u06e4" * 5,
    "Thai": "\u0e17\u0e35\u0e48" + "\u0e49" * 30, "Tibetan": "\u0f40\u0f71\u0f74\u0f84" * 9,
    "Devanagari": "\u0915\u094d\u0937\u0923\u093f\u094d", "Tamil": "\u0b95\u0bcd\u0bb7\u0bcc",
    "double": "a\u0360\u0361b\u035cc", "kana": "\u304b\u3099\u3099\u3099\u3099", "jamo": "\u1112\u1161\u11ab" * 5,
    "jamo alone": "\u1161\u11ab\ud7b0", "with joiners": "a\u200d\u0301\u200d\u0301\u200d\u0301\u200d\u0301",
    "Bengali": "\u09b0\u200d\u09cd\u09af",
}  # fmt: skip
_WIDTHS: Final = {
    "skin": "\U0001f44d\U0001f3fd\U0001f3fd", "skin alone": "\U0001f3fb",
    "family": "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "couple": "\U0001f9d1\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f9d1\U0001f3ff",
    "heart": "\u2764\ufe0f \u2764\ufe0e", "keycaps": "1\ufe0f\u20e3#\u20e3*\ufe0f\u20e3",
    "flags": "\U0001f1e9\U0001f1ea\U0001f1eb", "flag of tags": "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "flag, hidden text": "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in "secret") + "\U000e007f",
    "endless join": "\U0001f468\u200d" * 90, "text style": "\u231b\ufe0e\u2614\ufe0e",
    "trigrams": "\u2630\u2637\u268a\u268f", "new emoji": "\U0001fae8\U0001fae9\U0001fadf", "hexagrams": "\u4dc0\u4dff",
    "wide": "\u6f22\uff21\u3000\U00020000", "half": "\uff76\uff9e\uffda", "ambiguous": "\xb1\u2026\u2460\u25cf\u2500",
    "one sign, many cells": "\ufdfd\U0001242b\u2e3b\u102a", "Indic": "\u0c15\u0c4d\u0c37\u0c4d\u0c23 \u0d7b\u0d4d",
    "Javanese": "\ua9c5\ua992\ua9c0\ua9b3", "Myanmar": "\u1000\u1039\u1001\u103b\u103c",
    "Khitan": "\U00018b00\U00016fe4\U00018b01", "counting rods": "\U0001d360\U0001d372",
    "mah-jongg": "\U0001f004\ufe0f\U0001f0cf", "box drawing": "\u2502\u2551\u2588 \u258c\u2503",
}  # fmt: skip
_POINTS: Final = {
    "high surrogate": "a\ud83db", "low surrogate": "a\ude00b", "swapped": "\ude00\ud83d",
    "a pair apart": "\ud83d\ude00", "escaped bytes": "\udc1b\udc9b\udcff",
    "noncharacters": "\ufffe\uffff\ufdd0\U0001ffff", "the last": "\U0010ffff\U0010fffd",
    "private": "\ue000\uf8ff\U000f0000\U0010fffd", "not assigned": "\u0378\U000e0fff\U0002fffd\u05ff",
    "replacement": "\ufffd\ufffd",
}  # fmt: skip
_MARKUP: Final = {
    "action": "[@click=app.bell()]x[/]", "action, quit": "[@click=app.quit]x[/]",
    "action, screen": "[@click=\"screen.dismiss\"]x[/]", "action, long": "[@click=app.copy_to_clipboard('PWNED')]x[/]",
    "link": "[link=https://example.com/evil]x[/link]", "link, quoted": "[link=\"javascript:x\"]x[/]", "close": "[/]",
    "close what is not open": "[/foo] [/b]", "open": "[bold", "bracket": "[", "brackets": "[[[]]]] ][ []",
    "escaped": "\\[b]\\\\[b]\\", "colour": "[red on blue]x", "no colour": "[color(999)] [#12345678901] [on]",
    "variable": "$x $primary ${HOME} $$", "style variable": "[$accent]x[/$accent]", "template": "{} {0} {app} {{",
    "percent": "%s %(x)s %n %%", "emoji code": ":smile: :warning:", "style, nested": "[b][i][u]" * 99,
    "quote in a style": "[b='", "spaces in a style": "[ b ] [b ]x[/ b]", "object": "{0.__class__.__mro__}",
    "shell": "$(reboot) `reboot` ; reboot | sh && :", "option": "-rf --help -o/etc/passwd",
    "header": "a\r\nSet-Cookie: x=1\r\n\r\n<script>", "query": "\" OR 1=1 -- NEAR( * ^ : ' ; DROP TABLE",
    "formula": "=cmd|' /C calc'!A0", "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)><!--",
    "HTML, unended": "<a href=\"", "CDATA": "]]><![CDATA[</title></style>",
    "Markdown": "![x](file:///etc/passwd) [x](javascript:alert) <javascript:x> ```",
    "front matter": "---\nauthor: [x\n---\n", "rule": "***\n===\n---",
    "byline": "- **ann** · #1 · 2 points\n#1 ann · 1 point", "path": "../../../../etc/passwd\x00.md",
    "home": "~/.ssh/id_rsa ~root", "tag of ours": "<details open id=\"c1\" data-author=\"x\">", "long word": "W" * 3000,
    "many lines": "x\n" * 300, "nothing": "",
}  # fmt: skip

_USERS: Final = (
    "https://example.com@evil.test/", "https://example.com:443@evil.test/", "https://a:b@c@evil.test/",
    "http://@evil.test/",
)  # fmt: skip
_HOSTS: Final = (
    "https://\u0430pple.test/", "https://ex\u200bample.test/", "https://example\u3002test/",
    "https://example.test\u2044path.evil.test/", "https://\u202etest.elpmaxe/", "https://ex\xadample.test/",
    "https://\uff45xample.test/", "https://exa\u0301mple.test/", "https://xn--pple-43d.test/", "https://xn--\u0430/",
    "https://xn--" + "a" * 90 + "/", "https://\u2488.test/", "https://\xdf.test/", "https://\U0001f4a9.test/",
    "https://a..test/", "https://.test/", "https://-rf.test/", "https://" + "a." * 200 + "test/",
    "https://%65xample.test/", "https://example.test%2f@evil.test/", "https://example.test\\@evil.test/",
    "https://example.test:99999/", "https://example.test:x/", "https://example.test:-1/",
    "https://example.test:\u0661/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25eth0]/",
    "https://[::1", "https://[x]/", "https://127.1/", "https://0x7f.1/", "https://2130706433/", "https://0177.0.0.1/",
    "https://127.0.0.1.nip.test/", "https://localhost/",
)  # fmt: skip
_SCHEMES: Final = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "\x01javascript:alert(1)", " javascript:alert(1)", "javascript&colon;alert(1)",
    "javascript://example.test/%0aalert(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,UFdORUQ=", "vbscript:x", "file:///etc/passwd", "file://evil.test/share",
    "\\\\evil.test\\share", "ftp://evil.test/", "smb://evil.test/x", "ssh://-oProxyCommand=x/", "tel:+1", "sms:1",
    "view-source:https://evil.test/", "about:blank", "chrome://settings", "blob:https://evil.test/x", "ms-msdt:/id x",
    "steam://run/1", "x-apple-helpbasic://evil", "search-ms:query=x", "jar:https://evil.test!/", "resource:x",
    "intent://x#Intent;end", "gopher://evil.test/_x",
)  # fmt: skip
_FORMS: Final = (
    "-rf", "--new-window=https://evil.test", "-P https://evil.test", "//evil.test/", "///evil.test", "/\\evil.test",
    "\\/evil.test", "/etc/passwd", "../../x", "?x=1", "#x", "", " ", "http:", "http:/", "http://", "https:evil.test",
    "https:/evil.test", "https:///evil.test", "http:\\\\evil.test", "\thttp://evil.test", "http\t://evil.test",
    "ht\rtp://evil.test", "http://evil.test/\r\nHost: x", "http://evil.test/\n-rf", "http://evil.test/ --x",
    "http://evil.test/\x00x", "http://evil.test/\x1b[2J", "http://evil.test/\x1b]52;c;UFdORUQ=\x07",
    "http://evil.test/\x9b2J", "http://evil.test/\u202egpj", "http://evil.test/%1b[2J", "http://evil.test/%00",
    "http://evil.test/%0d%0aX:y", "http://evil.test/';reboot;'", "http://evil.test/$(reboot)",
    "http://evil.test/`reboot`", "http://evil.test/|sh", "http://evil.test/\"><script>",
    "http://evil.test/" + "a" * 5000, "http://evil.test/\ud83d", "http://evil.test/[@click=app.quit]x[/]",
    "http://evil.test/](javascript:x)", "http://evil.test/'onclick=x", "http://evil.test/{}%s$x",
    "HTTP://EVIL.TEST/\u2028", "mailto:", "mailto:a@evil.test?attach=/etc/passwd", "mailto:a@evil.test?Attachment=x",
    "mailto:a@evil.test?%61ttach=/etc/passwd", "mailto:a@evil.test%0d%0aBcc:x", "mailto:a@evil.test?body=%1b[2J",
    "mailto://evil.test", "mailto:-oQ/x@evil.test", "mailto:a@evil.test\r\nBcc: x", "mailto:?attach=x",
)  # fmt: skip

HOSTILE_LINKS: Final[Sequence[HostileText]] = tuple(
    HostileText(f"link {number}, {address[:24]!r}", address)
    for number, address in enumerate((*_USERS, *_HOSTS, *_SCHEMES, *_FORMS))
)
"""Addresses in more than a hundred hostile forms."""

_HALVES: Final = {
    "OSC 52": (f"{ESC}]52;c;", f"UFdORUQ={BEL}"), "OSC 2": (f"{ESC}]2;", f"{SIGN}{ST}"), "an escape": (ESC, "[2J"),
    "CSI": (f"{ESC}[", "2J"), "CSI, parameters": (f"{ESC}[3", "1m"), "C1": ("\xc2", "\x9b2J"),
    "a surrogate pair": ("\ud83d", "\ude00"), "DCS": (f"{ESC}P", f"q~{ST}"), "a string": (f"{ESC}]2;x", f"{ESC}\\"),
    "markup": ("[@click=app.quit", "]x[/]"), "a link": ("[x](", "javascript:x)"), "an isolate": ("\u2067", "\u2069x"),
    "a family": ("\U0001f469\u200d", "\u200d\U0001f467"), "a letter": ("a", "\u0301" * 9),
}  # fmt: skip
SPLIT_TEXTS: Final[Sequence[tuple[HostileText, HostileText]]] = tuple(
    (HostileText(f"first half of {name}", first), HostileText(f"second half of {name}", second))
    for name, (first, second) in _HALVES.items()
)
"""Sequences in two halves."""


def _controls() -> Iterator[HostileText]:
    """Every control character by itself, between letters and with what C1 stands for."""
    for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)):
        yield HostileText(f"control U+{code:04X}", f"a{chr(code)}b")


def _named(kind: str, texts: dict[str, str]) -> Iterator[HostileText]:
    return (HostileText(f"{kind}: {name}", text) for name, text in texts.items())


HOSTILE_TEXTS: Final[Sequence[HostileText]] = (
    *_controls(),
    *(HostileText(f"CSI: {name}", f"x{ESC}[{text}y") for name, text in _CSI.items()),
    *(
        HostileText(f"OSC {name}{how}", f"x{ESC}]{text}{end}y")
        for name, text in _OSC.items()
        for how, end in (("", BEL), (", ST", ST), (", C1", "\x9c"))
    ),
    *_named("string", _STRINGS),
    *_named("unended", _UNENDED),
    *(half for halves in SPLIT_TEXTS for half in halves),
    *_named("spelt", _SPELT),
    *_named("direction", _DIRECTIONS),
    *_named("invisible", _INVISIBLE),
    *_named("marks", _MARKS),
    *_named("width", _WIDTHS),
    *_named("code points", _POINTS),
    *_named("markup", _MARKUP),
    *HOSTILE_LINKS,
)
"""All hostile texts: at least 400, each with a name of its own."""

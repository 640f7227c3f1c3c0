"""The command line: what may be written on it, what it means, and the help that explains it.

`export` and `search` are commands only as the first word, so that a file of such a name is reached as `./export`.
"""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import Literal, NamedTuple, NoReturn, get_args

from rumor_tui import export
from rumor_tui.model import Order

_READ_ABOUT = """\
Read an article and the discussion under it, side by side in the terminal.

SOURCE is an address on the web, a file, or - for standard input: text copied
from a web page, Markdown, an API's answer as JSON, or what rumor-tui exported.
What it is shows in its content, not in its name. Without SOURCE, standard input
is read when it is a file or a pipe, and the sample opens otherwise."""

_READ_MORE = """\
commands:
  export            write a page as JSON, Markdown, text or HTML
                    (rumor-tui export --help)
  search            print what a search finds in a page (rumor-tui search --help)
  A file of one of these names is opened as ./export.

examples:
  rumor-tui                            open the sample
  rumor-tui page.txt                   open a page saved as text
  rumor-tui 'https://news.ycombinator.com/item?id=8863'
                                       open a thread on the web
  curl -s https://hn.algolia.com/api/v1/items/8863 | rumor-tui -
                                       open a Hacker News thread from a pipe
  rumor-tui page.txt | less            the text form, for a pipe or a file
  rumor-tui export page.txt --to json -o page.json
  rumor-tui search page.txt 'units:>500'

Press ? while reading for the keys. Settings are in ~/.config/rumor-tui/config.toml.
Exit codes: 0 all well, 1 the source cannot be read, the result not written or
(search only) nothing found, 2 a wrong option, setting or query, 70 a fault of
rumor-tui, 128 + n ended by signal n."""

_EXPORT_ABOUT = "Write an article and its comments to a file or to standard output."

_EXPORT_MORE = """\
examples:
  rumor-tui export page.txt --to markdown
  rumor-tui export page.txt -o page.html
  curl -s https://hn.algolia.com/api/v1/items/8863 | rumor-tui export - --to text
  rumor-tui export page.txt --search 'by:gabe' --to markdown
  rumor-tui export page.html --order newest --to text

A FILE that was there before is replaced only when all of the new one is written.
Where no comment matches, the article alone is written, and the exit code is 0."""


_SEARCH_ABOUT = """\
Print what a search finds: a line for each place, with the author, the comment's
number and what stands there. QUERY is what may be typed after / while reading."""

_SEARCH_MORE = """\
examples:
  rumor-tui search page.txt dealer allocation
  rumor-tui search page.txt 'units:>500' by:gabe
  rumor-tui search page.txt '"six hundred" or /6\\d\\d/' --json

The README lists all that a query may hold. Exit codes: 0 something was found,
1 nothing was found, or SOURCE cannot be read, 2 QUERY or an option is wrong."""


class UsageError(Exception):
    """A command line that means nothing. Its text is a sentence for people."""


class Arguments(NamedTuple):
    """What was asked for. `show` is text to print instead of doing anything; `source` None is to be chosen."""

    command: Literal["read", "export", "search", "show"]
    source: str | None = None
    theme: str | None = None
    config: str | None = None
    order: Order | None = None
    to: str = ""
    output: str = "-"
    show: str = ""
    query: str | None = None
    json: bool = False


class _Parser(ArgumentParser):
    """An ArgumentParser that raises a sentence where the standard one prints its own and exits."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. Try {self.prog} --help.")


def parse(argv: Sequence[str]) -> Arguments:
    """The meaning of the words after the program's name. Raises UsageError."""
    if argv and argv[0] == "export":
        return _export(argv[1:])
    if argv and argv[0] == "search":
        return _search(argv[1:])
    return _read(argv)


def _read(argv: Sequence[str]) -> Arguments:
    usage = "rumor-tui [--theme NAME] [--order ORDER] [--config FILE] [SOURCE]"
    parser = _parser("rumor-tui", usage, _READ_ABOUT, _READ_MORE)
    parser.usage += "\n       rumor-tui export SOURCE --to FORMAT [-o FILE]"  # type: ignore[operator]
    parser.usage += "\n       rumor-tui search SOURCE QUERY"
    parser.add_argument("--theme", metavar="NAME", help="the colours, for this time")
    _add_order(parser)
    parser.add_argument("--config", metavar="FILE", help="read the settings from FILE")
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    given = parser.parse_args(argv)
    if given.help:
        return Arguments("show", show=parser.format_help())
    if given.version:
        return Arguments("show", show=version_line())
    return Arguments("read", source=given.source, theme=given.theme, config=given.config, order=given.order)


def _add_order(parser: ArgumentParser) -> None:
    names = get_args(Order)
    told = f"the order of the comments: {', '.join(names[:-1])} or {names[-1]} (flat, by date)"
    parser.add_argument("--order", metavar="ORDER", choices=names, help=told)


def version_line() -> str:
    """What `--version` prints."""
    from rumor_tui import __version__

    return f"rumor-tui {__version__}\n"


def _export(argv: Sequence[str]) -> Arguments:
    usage = "rumor-tui export SOURCE [--to FORMAT] [-o FILE] [--order ORDER] [--search QUERY]"
    parser = _parser("rumor-tui export", usage, _EXPORT_ABOUT, _EXPORT_MORE)
    parser.add_argument(
        "--to", metavar="FORMAT", choices=tuple(export.FORMATS), help=f"{_listed()}; told from FILE's ending else"
    )
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="where to (- is standard output)")
    _add_order(parser)
    parser.add_argument("--search", metavar="QUERY", help="only comments that match, and those that they stand below")
    given = parser.parse_args(argv)
    if given.help:
        return Arguments("show", show=parser.format_help())
    source, to = _source(given, parser, "export"), _format(given, parser)
    return Arguments("export", source=source, order=given.order, to=to, output=given.output, query=given.search)


def _search(argv: Sequence[str]) -> Arguments:
    parser = _parser("rumor-tui search", "rumor-tui search SOURCE QUERY [--json]", _SEARCH_ABOUT, _SEARCH_MORE)
    parser.add_argument("query", metavar="QUERY", nargs="*", help="words, or what the language of search knows")
    parser.add_argument("--json", action="store_true", help="one object a line, for other programs")
    # A query may begin with the sign for "not", which argparse takes for an option.
    end = argv.index("--") if "--" in argv else len(argv)
    options = [word for word in argv[:end] if word == "-h" or word.startswith("--")]
    words = [word for word in argv[:end] if word not in options] + list(argv[end + 1 :])
    given = parser.parse_args([*options, "--", *words])
    if given.help:
        return Arguments("show", show=parser.format_help())
    source = _source(given, parser, "search")
    if not given.query:
        parser.error("say what to search for, behind SOURCE")
    return Arguments("search", source=source, query=" ".join(given.query), json=given.json)


def _source(given: Namespace, parser: ArgumentParser, command: str) -> str:
    if given.source is None:
        parser.error(f"say which SOURCE to {command} (a file named {command} is opened as ./{command})")
    return str(given.source)


def _format(given: Namespace, parser: ArgumentParser) -> str:
    told = given.to or export.format_of(given.output)
    if told is None:
        parser.error(f"say which form to write with --to: {_listed()}")
    return str(told)


def _listed() -> str:
    *first, last = export.FORMATS
    return f"{', '.join(first)} or {last}"


def _parser(prog: str, usage: str, about: str, more: str) -> ArgumentParser:
    parser = _Parser(
        prog=prog,
        usage=usage,
        description=about,
        epilog=more,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument("source", metavar="SOURCE", nargs="?", help="an address, a file, or - for standard input")
    # Not argparse's own --help, which prints and exits before a pipe that was closed could be noticed.
    parser.add_argument("-h", "--help", action="store_true", help="show this help and exit")
    return parser


def address_of(source: str) -> str | None:
    """The address on the web that SOURCE is, or None for a file. Raises UsageError for an address of another kind.

    What begins with a scheme is an address unless a file has that name, and so is `example.com/item?id=1` when neither
    such a file nor the folder is there.
    """
    scheme, colon, rest = source.partition(":")
    if colon and scheme.lower() in ("http", "https") and rest.startswith("//"):
        return source
    if source == "-" or os.path.lexists(source):
        return None
    is_scheme = colon and re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]+", scheme)
    if is_scheme and (scheme.lower() in _OTHER_SCHEMES or rest.startswith("//")):
        raise UsageError(_OTHER_SCHEMES.get(scheme.lower(), _NO_SCHEME).format(scheme.lower()))
    host = re.match(r"((?:[a-z0-9-]+\.)+[a-z]{2,24})(?::[0-9]+)?/", source, re.IGNORECASE)
    return f"https://{source}" if host and not os.path.lexists(host[0]) else None


_NO_SCHEME = "{}: addresses cannot be opened. Give one that begins with http:// or https://, or the path of a file."
_OTHER_SCHEMES = {
    "file": "Give the path of a file by itself, without file: before it.",
    "ftp": _NO_SCHEME,
    "javascript": _NO_SCHEME,
    "data": _NO_SCHEME,
    "mailto": _NO_SCHEME,
    "about": _NO_SCHEME,
}

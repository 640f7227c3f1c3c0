"""The command line: its grammar, its meaning, and the text of `--help`.

`export`, `search`, `discussions`, `help` and those of the library are commands only as the first word, so that a file
of that name opens as `./export`.
"""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import takewhile
from types import MappingProxyType
from typing import Literal, NamedTuple, NoReturn, get_args

from rumor_tui import export
from rumor_tui.cli import library
from rumor_tui.model import Order

_READ_ABOUT = """\
Read an article and the discussion under it, side by side in the terminal.

SOURCE is an address on the web, a short name for a list of threads, a file, a
folder, or - for standard input. Web pages, text copied from them, Markdown,
mail, feeds, web archives and the JSON of many platforms are recognised by
content (rumor-tui help formats). Several sources that speak of one page are
joined: the article, and all discussions of it as one; others are a list.
Without SOURCE, standard input is read if it is a file or a pipe; otherwise the
library is shown, or, as long as nothing is in it, the sample."""

SHORT_NAMES = """\
  hn  hn/new  hn/best  hn/ask  hn/show     Hacker News
  lobsters  lobsters/TAG                   Lobsters
  r/NAME  r/NAME/top|new|hot               Reddit
  HOST/c/NAME                              Lemmy
  HOST/latest                              Discourse
  HOST/tags/NAME                           Mastodon
  bsky/TAG                                 Bluesky
  so/TAG                                   Stack Exchange
  gh/OWNER/REPO                            GitHub"""
"""The short names as `sources.short_names` has them, written out so that the help need not load the sources."""

_READ_MORE = f"""\
short names:
{SHORT_NAMES}
  The address of a feed opens as a list, too. A file of the same name goes first.

commands:
  export            write a page as JSON, Markdown, text or HTML
                    (rumor-tui export --help)
  search            print what a search finds in a page (rumor-tui search --help)
  discussions       list where a page is discussed (rumor-tui discussions --help)
  help              show the manual, or one topic of it (rumor-tui help --help)

commands of the library, in which all that is read is remembered:
  library           show it
  list              print its threads
  add               put files, archives, mailboxes or addresses into it
  search --library  search everything in it
  new               print what is new in the threads and lists that you follow
  refresh           load what you follow anew
  follow, unfollow  follow an address, or no more
  export --library  write every thread to a file, or your notes
  backup, merge     copy it; bring another one into it
  forget            delete threads, or everything, for good
  Each has --help; rumor-tui help library says what is remembered, and where.

  A file of the name of a command is opened as ./export.

examples:
  rumor-tui                            the library; at first the sample
  rumor-tui page.txt                   open a page saved as text
  rumor-tui hn                         the front page of Hacker News
  rumor-tui 'https://news.ycombinator.com/item?id=8863'
                                       open a thread on the web
  curl -s https://hn.algolia.com/api/v1/items/8863 | rumor-tui -
                                       open a Hacker News thread from a pipe
  rumor-tui page.html hn.json reddit.json
                                       an article and its discussions as one
  rumor-tui page.txt | less            the text form, for a pipe or a file
  rumor-tui export page.txt --to json -o page.json
  rumor-tui search page.txt 'units:>500'

Press ? while reading for the keys. Settings are in ~/.config/rumor-tui/config.toml.
Exit codes: 0 success, 1 the source cannot be read, the output cannot be written
or (search and discussions only) nothing was found, 2 a wrong option, setting,
query or topic, 70 an internal error of rumor-tui, 128 + n ended by signal n."""

_EXPORT_ABOUT = "Write an article and its comments to a file or to standard output."

_EXPORT_MORE = """\
examples:
  rumor-tui export page.txt --to markdown
  rumor-tui export page.txt -o page.html
  curl -s https://hn.algolia.com/api/v1/items/8863 | rumor-tui export - --to text
  rumor-tui export page.txt --search 'by:gabe' --to markdown
  rumor-tui export page.html --order newest --to text

An existing FILE is replaced only when the new one is complete. If no comment
matches, the article alone is written, and the exit code is 0.

All of the library, or your notes: rumor-tui export --library --help."""

_SEARCH_ABOUT = """\
Print what a search finds: one line for each match, with the author, the number
of the comment and the text around it. QUERY is what can be typed after / while
reading. Files and addresses directly behind the first SOURCE are further
sources, which are joined with it where they speak of the same page.

With --library all pages that were read are searched, and your notes on them:
one line for each hit, the best first, with the title of the page."""

_SEARCH_MORE = """\
examples:
  rumor-tui search page.txt dealer allocation
  rumor-tui search page.txt 'units:>500' by:gabe
  rumor-tui search page.txt '"six hundred" or /6\\d\\d/' --json
  rumor-tui search --library turbo by:gabe is:unread

rumor-tui help search describes the query language. Exit codes: 0 something was
found, 1 nothing was found or SOURCE cannot be read, 2 QUERY or an option is wrong."""

_DISCUSSIONS_ABOUT = """\
Ask Hacker News, Reddit, Lobsters, Lemmy and others where a page is discussed,
and list the discussions, those with most comments first: the site, comments,
points, age, title and address of each. In a pipe the fields of a line are
separated by tabs, and the date stands for the age.

PAGE is the address of the page, or of a discussion of it, or a file that knows
its address."""

_DISCUSSIONS_MORE = """\
examples:
  rumor-tui discussions https://example.com/article
  rumor-tui discussions page.html --json

Who is asked, and what they are told: rumor-tui help discussions. Exit codes: 0
something was found, 1 nothing was found or nobody could be asked, 2 an option
is wrong."""

_HELP_ABOUT = """\
Show a topic of the manual, or the list of topics. On a terminal it opens in the
reader, where / searches it; in a pipe it is printed as text."""

_HELP_MORE = """\
topics:
{topics}
examples:
  rumor-tui help
  rumor-tui help search
  rumor-tui help keys | less"""


class UsageError(Exception):
    """An invalid command line. The text is a sentence for the user."""


class Arguments(NamedTuple):
    """A parsed command line.

    `show` is text to print for the command of that name; without a `source`, standard input or the sample is opened;
    `topic` is one of `docs.TOPICS`, or empty for their list. `more` are further sources, to be joined with the first.
    With `no_library` nothing is remembered; with `whole_library` all of it is searched, for the best `limit` hits. A
    command of the library has its `name` and what was `given` to it.
    """

    command: Literal["read", "export", "search", "discussions", "help", "show", "library"]
    source: str | None = None
    theme: str | None = None
    config: str | None = None
    order: Order | None = None
    to: str = ""
    output: str = "-"
    show: str = ""
    query: str | None = None
    json: bool = False
    topic: str = ""
    no_library: bool = False
    whole_library: bool = False
    limit: int = 0
    more: tuple[str, ...] = ()
    name: str = ""
    given: Namespace | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """All sources that are named."""
        return (self.source, *self.more) if self.source is not None else ()


class _Parser(ArgumentParser):
    """An ArgumentParser that raises UsageError where the standard one prints a message and exits."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. Try {self.prog} --help.")


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Parse the words after the program's name. Raises UsageError."""
    if argv and argv[0] in library.WITH_LIBRARY and "--library" in takewhile(lambda word: word != "--", argv):
        return _library(argv[0], argv[1:])
    command = _COMMANDS.get(argv[0]) if argv else None
    if command is None and argv and argv[0] in library.COMMANDS:
        return _library(argv[0], argv[1:])
    return command(argv[1:]) if command else _read(argv)


def _library(name: str, argv: Sequence[str]) -> Arguments:
    """A command of the library, by the grammar of its own module."""
    command = library.load_command(name)
    parser = _parser(f"rumor-tui {name}", command.USAGE, command.ABOUT, command.MORE)
    command.add_arguments(parser)
    if not {"-h", "--help"}.isdisjoint(takewhile(lambda word: word != "--", argv)):  # also without what is required
        return Arguments("show", show=parser.format_help())
    return Arguments("library", name=name, given=parser.parse_args(argv))


def _read(argv: Sequence[str]) -> Arguments:
    usage = "rumor-tui [--theme NAME] [--order ORDER] [--config FILE] [--no-library] [SOURCE ...]"
    parser = _parser("rumor-tui", usage, _READ_ABOUT, _READ_MORE)
    parser.usage += "\n       rumor-tui export SOURCE ... --to FORMAT [-o FILE]"  # type: ignore[operator]
    parser.usage += "\n       rumor-tui search SOURCE QUERY"
    parser.usage += "\n       rumor-tui discussions PAGE"
    parser.usage += "\n       rumor-tui help [TOPIC]"
    _add_sources(parser)
    parser.add_argument("--theme", metavar="NAME", help="the colour theme for this run")
    _add_order(parser)
    parser.add_argument("--config", metavar="FILE", help="read the settings from FILE")
    parser.add_argument("--no-library", action="store_true", help="remember nothing of what is read in this run")
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    given = parser.parse_args(argv)
    if given.help:
        return Arguments("show", show=parser.format_help())
    if given.version:
        return Arguments("show", show=version_line())
    first, more = _sources(given.sources, parser)
    return Arguments(
        "read",
        source=first,
        more=more,
        theme=given.theme,
        config=given.config,
        order=given.order,
        no_library=given.no_library,
    )


def _sources(words: Sequence[str], parser: ArgumentParser) -> tuple[str | None, tuple[str, ...]]:
    """The first source and the others; standard input can be only one of them."""
    if words.count("-") > 1:
        parser.error("standard input (-) can be read only once")
    return (words[0], tuple(words[1:])) if words else (None, ())


def _add_order(parser: ArgumentParser) -> None:
    names = get_args(Order)
    text = f"the order of the comments: {', '.join(names[:-1])} or {names[-1]} (flat, by date)"
    parser.add_argument("--order", metavar="ORDER", choices=names, help=text)


def version_line() -> str:
    """What `--version` prints."""
    from rumor_tui import __version__

    return f"rumor-tui {__version__}\n"


def _export(argv: Sequence[str]) -> Arguments:
    usage = "rumor-tui export SOURCE ... [--to FORMAT] [-o FILE] [--order ORDER] [--search QUERY]"
    parser = _parser("rumor-tui export", usage, _EXPORT_ABOUT, _EXPORT_MORE)
    _add_sources(parser)
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        choices=tuple(export.FORMATS),
        help=f"{_format_names()}; by default the one that FILE's ending names",
    )
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="the file to write (- is standard output)")
    _add_order(parser)
    parser.add_argument("--search", metavar="QUERY", help="only comments that match, and their ancestors")
    given = parser.parse_args(argv)
    if given.help:
        return Arguments("show", show=parser.format_help())
    if not given.sources:
        _miss_source(parser, "export")
    (source, more), to = _sources(given.sources, parser), _format(given, parser)
    return Arguments(
        "export", source=source, more=more, order=given.order, to=to, output=given.output, query=given.search
    )


def _search(argv: Sequence[str]) -> Arguments:
    usage = "rumor-tui search SOURCE QUERY [--json]\n       rumor-tui search --library QUERY [--limit N] [--json]"
    parser = _parser("rumor-tui search", usage, _SEARCH_ABOUT, _SEARCH_MORE)
    parser.add_argument("source", metavar="SOURCE", nargs="?", help=_SOURCE)
    parser.add_argument("query", metavar="QUERY", nargs="*", help="words, or terms of the query language")
    parser.add_argument("--library", action="store_true", help="search everything that was ever read, without a SOURCE")
    parser.add_argument("--json", action="store_true", help="one object a line, for other programs")
    parser.add_argument("--limit", metavar="N", type=_count, help="with --library: the best N hits (1000)")
    # A query may begin with the sign for "not", which argparse takes for an option.
    argv = _joined_limit(argv)
    end = argv.index("--") if "--" in argv else len(argv)
    options = [word for word in argv[:end] if word == "-h" or word.startswith("--")]
    words = [word for word in argv[:end] if word not in options] + list(argv[end + 1 :])
    given = parser.parse_args([*options, "--", *words])
    if given.help:
        return Arguments("show", show=parser.format_help())
    if given.library:
        return _search_library(parser, words, given)
    if given.limit is not None:
        parser.error("--limit goes with --library")
    if given.source is None:
        _miss_source(parser, "search")
    count = 0 if "--" in argv else _leading_files(given.query)
    first, more = _sources([given.source, *given.query[:count]], parser)
    query = given.query[count:]
    if not query:
        parser.error("say what to search for, behind SOURCE")
    return Arguments("search", source=first, more=more, query=" ".join(query), json=given.json)


def _joined_limit(argv: Sequence[str]) -> list[str]:
    """The words with the number behind --limit in one word with it, so that it is not taken for one of the query."""
    words = list(argv)
    if "--limit" in words[:-1] and (at := words.index("--limit")) < (
        words.index("--") if "--" in words else len(words)
    ):
        words[at : at + 2] = [f"--limit={words[at + 1]}"]
    return words


def _count(word: str) -> int:
    """A number from 1. Raises ArgumentTypeError."""
    with suppress(ValueError):
        if (number := int(word)) >= 1:
            return number
    raise ArgumentTypeError(f"{word} is no number from 1")


def _search_library(parser: ArgumentParser, words: Sequence[str], given: Namespace) -> Arguments:
    if not words:
        parser.error("say what to search for, behind --library")
    return Arguments("search", query=" ".join(words), json=given.json, whole_library=True, limit=given.limit or 1_000)


def _leading_files(words: Sequence[str]) -> int:
    """How many of the words behind the first source are further ones: addresses, and files whose names look like it."""
    return sum(1 for _ in takewhile(_is_source, words))


def _is_source(word: str) -> bool:
    from pathlib import Path

    return bool(re.match(r"https?://", word, re.IGNORECASE)) or ("." in word and Path(word).is_file())


def _discussions(argv: Sequence[str]) -> Arguments:
    usage = "rumor-tui discussions PAGE [--json]"
    parser = _parser("rumor-tui discussions", usage, _DISCUSSIONS_ABOUT, _DISCUSSIONS_MORE)
    parser.add_argument("source", metavar="PAGE", nargs="?", help="an address, a file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="one array, for other programs")
    given = parser.parse_args(argv)
    if given.help:
        return Arguments("show", show=parser.format_help())
    if given.source is None:
        parser.error("say whose discussions to look for: the address of a page, or a file")
    return Arguments("discussions", source=given.source, json=given.json)


def _help(argv: Sequence[str]) -> Arguments:
    from rumor_tui import docs

    topics = "".join(f"  {topic:<16}  {summary}\n" for topic, summary in docs.TOPICS.items())
    parser = _parser("rumor-tui help", "rumor-tui help [TOPIC]", _HELP_ABOUT, _HELP_MORE.format(topics=topics))
    parser.add_argument("topic", metavar="TOPIC", nargs="?", default="", help="a topic; without one, all are listed")
    given = parser.parse_args(argv)
    if given.help:
        return Arguments("show", show=parser.format_help())
    topic = given.topic.lower()
    if topic and topic not in docs.TOPICS:
        similar = docs.similar_topics(topic)
        near = "Near it" if len(similar) < len(docs.TOPICS) else "There are"
        raise UsageError(f"The manual has no topic {given.topic}. {near}: {', '.join(similar)}.")
    return Arguments("help", topic=topic)


_COMMANDS: Mapping[str, Callable[[Sequence[str]], Arguments]] = MappingProxyType(
    {"export": _export, "search": _search, "discussions": _discussions, "help": _help}
)
"""The commands by the first word of the command line; any other first word is an option or a source."""


def _miss_source(parser: ArgumentParser, command: str) -> NoReturn:
    parser.error(f"say which SOURCE to {command} (a file named {command} is opened as ./{command})")


def _format(given: Namespace, parser: ArgumentParser) -> str:
    name = given.to or export.format_of(given.output)
    if name is None:
        parser.error(f"say which form to write with --to: {_format_names()}")
    return str(name)


def _format_names() -> str:
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
    # Not argparse's own --help, which prints and exits before a closed pipe could be noticed.
    parser.add_argument("-h", "--help", action="store_true", help="show this help and exit")
    return parser


_SOURCE = "an address, a file, or - for standard input"


def _add_sources(parser: ArgumentParser) -> None:
    parser.add_argument("sources", metavar="SOURCE", nargs="*", help=f"{_SOURCE}; several about one page are joined")


def web_address(source: str) -> str | None:
    """The address on the web that SOURCE is, or None for a file. Raises UsageError for an address of another kind.

    What begins with a scheme is an address unless a file has that name, and so is `example.com/item?id=1` when neither
    such a file nor the folder is there. A short name for a list stands for its address, unless a file has that name.
    """
    scheme, colon, rest = source.partition(":")
    if colon and scheme.lower() in ("http", "https") and rest.startswith("//"):
        return source
    if source == "-" or os.path.lexists(source):
        return None
    is_scheme = colon and re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]+", scheme)
    if is_scheme and (scheme.lower() in _OTHER_SCHEMES or rest.startswith("//")):
        raise UsageError(_OTHER_SCHEMES.get(scheme.lower(), _NO_SCHEME).format(scheme.lower()))
    if _SHORT_NAME.fullmatch(source) and (listed := _listed_address(source)):
        return listed
    host = re.match(r"((?:[a-z0-9-]+\.)+[a-z]{2,24})(?::[0-9]+)?/", source, re.IGNORECASE)
    return f"https://{source}" if host and not os.path.lexists(host[0]) else None


_SHORT_NAME = re.compile(r"[a-z0-9][\w.,@+#/-]{0,300}", re.IGNORECASE)
"""The form of short names, which most names of files have as well."""


def _listed_address(word: str) -> str | None:
    """The address of the list that a word is a short name for, or None. Raises UsageError for a misspelt one."""
    from rumor_tui.sources import short_names

    address = short_names.expand_short_name(word)
    if address is None and (misspelt := short_names.explain_misspelt(word)):
        raise UsageError(misspelt)
    return address


_NO_SCHEME = "{}: addresses cannot be opened. Give one that begins with http:// or https://, or the path of a file."
_OTHER_SCHEMES = {
    "file": "Give the path of a file by itself, without file: before it.",
    "ftp": _NO_SCHEME,
    "javascript": _NO_SCHEME,
    "data": _NO_SCHEME,
    "mailto": _NO_SCHEME,
    "about": _NO_SCHEME,
}

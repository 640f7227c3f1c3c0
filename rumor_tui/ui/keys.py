"""The one list of bindings. The dispatcher, the footer, the help screen, the palette, the settings and the
manual's key tables all derive from it.

A key is written as Textual names it ("j", "shift+down", "left_curly_bracket" is written "{"); a chord is keys with a
space between them ("g g"). A binding without keys is only in the palette.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Binding:
    """One thing that a key does.

    `id` names it in settings; `action` is the screen's action that it runs; `hint` is its word in the footer
    (empty: it is not there) with `rank` as its order where not all fit, and `article_hint` instead
    while the article has the keys; `tip` is the sentence in the help; `group` is its heading there.
    `listing` and `listing_hint` are its sentence and its word in a list of threads. Where a sentence is empty the
    key does nothing in that place, so that another binding may have it there.
    """

    id: str
    keys: str
    action: str
    tip: str
    group: str
    hint: str = ""
    rank: int = 0
    article_hint: str | None = None
    listing: str = ""
    listing_hint: str = ""

    def chords(self) -> tuple[str, ...]:
        """The alternatives, each a key or keys parted by spaces."""
        return tuple(part.strip() for part in self.keys.split(", ") if part.strip())


_FOLDS = tuple(
    Binding(f"fold-level-{n}", f"z {n}", f"fold_deeper({n})", f"Fold everything deeper than level {n}", "Folds")
    for n in range(1, 10)
)
_LINKS = tuple(
    Binding(f"link-{n}", str(n), f"open_link({n})", f"Open link {n} in the browser", "Links and text")
    for n in range(1, 10)
)

TABLE: tuple[Binding, ...] = (
    Binding(
        "next",
        "j, down",
        "next",
        "Next comment; in the article, scroll down",
        "Moving",
        "j/k comment",
        2,
        "j/k scroll",
        listing="Next entry",
        listing_hint="j/k entry",
    ),
    Binding(
        "previous",
        "k, up",
        "previous",
        "Previous comment; in the article, scroll up",
        "Moving",
        listing="Previous entry",
    ),
    Binding(
        "next-sibling",
        "J, shift+down",
        "next_sibling",
        "Next comment at the same level",
        "Moving",
        "J/K sibling",
        6,
        "",
    ),
    Binding("previous-sibling", "K, shift+up", "previous_sibling", "Previous comment at the same level", "Moving"),
    Binding("next-root", "}", "next_root", "Next top-level comment", "Moving"),
    Binding("previous-root", "{", "previous_root", "Previous top-level comment", "Moving"),
    Binding("parent", "p", "parent", "Go to the parent", "Moving"),
    Binding("peek", "P", "peek", "Show what this comment answers, and how that shows, in place", "Moving"),
    Binding("root", "t", "root", "Go to the top of this branch", "Moving"),
    Binding(
        "page-down",
        "pagedown, ctrl+f",
        "page(1)",
        "A page down (in the article also space)",
        "Moving",
        listing="A page down",
    ),
    Binding("page-up", "pageup, ctrl+b, b", "page(-1)", "A page up", "Moving", listing="A page up"),
    Binding("half-page-down", "d, ctrl+d", "half_page(1)", "Half a page down", "Moving", listing="Half a page down"),
    Binding("half-page-up", "u, ctrl+u", "half_page(-1)", "Half a page up", "Moving", listing="Half a page up"),
    Binding("line-down", "ctrl+e", "line(1)", "Scroll one line down", "Moving", listing="Scroll one line down"),
    Binding("line-up", "ctrl+y", "line(-1)", "Scroll one line up", "Moving", listing="Scroll one line up"),
    Binding("top", "g g, home", "top", "To the top", "Moving", listing="To the top"),
    Binding("bottom", "G, end", "bottom", "To the bottom", "Moving", listing="To the bottom"),
    Binding(
        "next-match",
        "n",
        "next_match",
        "Next match, through both panes; or next comment of the author; or next unread comment",
        "Search",
        "n unread",
        4,
    ),
    Binding("previous-match", "N", "previous_match", "The previous one of these", "Search"),
    Binding(
        "fold-toggle",
        "space, enter",
        "fold_toggle",
        "Fold or unfold; in the article, a page down",
        "Folds",
        "space fold",
        4,
        "space page",
    ),
    Binding("fold-or-parent", "h, left", "fold_or_parent", "Fold; if folded or a leaf, go to the parent", "Folds"),
    Binding("unfold-or-reply", "l, right", "unfold_or_reply", "Unfold; then the first reply", "Folds"),
    Binding("fold-toggle-vim", "z a", "fold_toggle", "Fold or unfold", "Folds"),
    Binding("unfold", "z o", "unfold", "Unfold", "Folds"),
    Binding("fold", "z c", "fold", "Fold", "Folds"),
    Binding("fold-all", "z M", "fold_all", "Fold every comment", "Folds"),
    Binding("unfold-all", "z R", "unfold_all", "Unfold every comment", "Folds"),
    *_FOLDS,
    Binding(
        "done",
        "X",
        "done",
        "Done with this branch: it is read, fold it whole, go on to the next one",
        "Folds",
        "X done",
        7,
        "",
    ),
    Binding(
        "open-entry",
        "enter, l, right, space",
        "open_entry",
        "",
        "Moving",
        rank=0,
        listing="Open the thread",
        listing_hint="enter open",
    ),
    Binding(
        "search",
        "/",
        "search",
        "Search; numbers and names light up",
        "Search",
        "/ search",
        1,
        listing="Narrow the list by typing",
        listing_hint="/ narrow",
    ),
    Binding(
        "clear",
        "escape",
        "clear",
        "Clear the search, the filter or the author; stop what is loading",
        "Search",
        listing="Show the whole list again; stop what is opening",
    ),
    Binding("index", "i", "index", "Index: all numbers and names, and where they occur", "Search", "i index", 9),
    Binding("trail", "c", "trail", "Follow a claim: every place of a number or name", "Search", "c trail", 10),
    Binding("filter", "\\", "filter", "Show only what matches, with its ancestors", "Search"),
    Binding("lit", "H", "lit", "Keep numbers and names lit while reading", "Search"),
    Binding("other-pane", "tab, shift+tab", "other_pane", "The other pane", "Panes", "tab pane", 3),
    Binding("indent-less", "[", "indent(-1)", "Indent less", "Panes"),
    Binding("indent-more", "]", "indent(1)", "Indent more", "Panes"),
    Binding("divider-left", "<", "divider(-1)", "Move the divider to the left", "Panes"),
    Binding("divider-right", ">", "divider(1)", "Move the divider to the right", "Panes"),
    Binding("dates", "D", "dates", "Exact dates or how long ago", "Panes", listing="Exact dates or how long ago"),
    Binding("tree-order", "O", "order", "Choose the order of the comments: newest, points, …", "Panes"),
    *_LINKS,
    Binding(
        "open-page",
        "o",
        "open_page",
        "Open the page in the browser",
        "Links and text",
        listing="Open the entry's page in the browser",
    ),
    Binding("copy-link", "y", "copy_link", "Copy the permalink", "Links and text", listing="Copy the entry's address"),
    Binding("copy-text", "Y", "copy_text", "Copy the comment", "Links and text"),
    Binding(
        "beside",
        "a",
        "beside",
        "Load the page that the post links to, or the comments that a script would load",
        "Links and text",
        "a article",
        3,
    ),
    Binding(
        "load-more",
        "L",
        "load_more",
        "Load replies that are missing here",
        "Links and text",
        "L more",
        8,
        listing="Load the next page of the list",
        listing_hint="L more",
    ),
    Binding(
        "where-else",
        "w",
        "where_else",
        "Where else the article is discussed",
        "Links and text",
        "w where else",
        11,
    ),
    Binding("next-discussion", ")", "next_discussion(1)", "The next discussion of the article", "Links and text"),
    Binding("previous-discussion", "(", "next_discussion(-1)", "The previous discussion", "Links and text"),
    Binding(
        "read-all",
        "A",
        "read_all",
        "",
        "Moving",
        rank=1,
        listing="Read all discussions of an article as one",
        listing_hint="A all as one",
    ),
    Binding("mark", "m", "mark", "Mark the comment, or the article at this place; mark it no more", "Marks and notes"),
    Binding("note", "e", "note", "Write a note on the comment, or on a passage of it", "Marks and notes"),
    Binding("note-in-editor", "ctrl+g", "note_in_editor", "Write a note in your editor", "Marks and notes"),
    Binding("annotations", "'", "annotations", "Bookmarks and notes: all of this thread", "Marks and notes"),
    Binding("save", "s", "save", "Save or export the thread", "Links and text"),
    Binding("source", "=", "source", "Show the source as plain text, at this place; leave it", "Links and text"),
    Binding("pipe", "|", "pipe", "Pipe the comment to a command", "Links and text"),
    Binding("quotes", "v", "quotes", "Show what is quoted here, or who repeats it, in place", "Who says what"),
    Binding("follow-quote", "V", "follow_quote", "Go to what is quoted here, or to who repeats it", "Who says what"),
    Binding("tree", "T", "tree", "The tree as the page has it, or as the texts tell it", "Who says what"),
    Binding("lens", "@", "lens", "Go through the comments of one author with n and N; leave them", "Who says what"),
    Binding("mute", "M", "mute", "Mute or unmute the author", "Who says what"),
    Binding("people", "W", "people", "Who takes part: how much, from when to when", "Who says what"),
    Binding("timeline", ".", "timeline", "The line of time: go to when something was written", "Who says what"),
    Binding("only-new", "z n", "only_new", "Show only new comments, with their ancestors; all again", "What is new"),
    Binding("fold-others", "z N", "fold_others", "Fold every branch in which nothing is new", "What is new"),
    Binding("toggle-read", "U", "toggle_read", "The comment is read; unread again", "What is new"),
    Binding("mark-all-read", "A", "mark_all_read", "All comments are read; take that back", "What is new"),
    Binding("edit", "E", "edit", "Show in place how an edited comment was changed", "What is new"),
    Binding("since", "S", "since", "Choose since when comments are new", "What is new"),
    Binding("refresh", "r", "refresh", "Load the newest state: what is new, edited, deleted", "What is new"),
    Binding("library", "B", "library", "The library: everything that was read", "Library", listing="The library"),
    Binding(
        "follow-source",
        "F",
        "follow_source",
        "Follow this thread, or no more: what is new in it is listed",
        "Library",
        listing="Follow this list, or no more: its new threads are listed",
    ),
    Binding("help", "?, f1", "help", "Help", "Program", "? help", listing="Help", listing_hint="? help"),
    Binding("palette", "ctrl+p", "palette", "Every action by name", "Program", listing="Every action by name"),
    Binding(
        "quit", "q", "quit", "Back, then quit", "Program", "q quit", 5, listing="Back, then quit", listing_hint="q quit"
    ),
    Binding("quit-now", "ctrl+q, ctrl+c", "quit_now", "Quit", "Program", listing="Quit"),
)

BINDINGS = tuple(b for b in TABLE if b.tip)
"""What the keys do while a thread is read."""
LISTING = tuple(
    replace(b, tip=b.listing, hint=b.listing_hint, article_hint=None, listing="", listing_hint="")
    for b in TABLE
    if b.listing
)
"""What the keys do in a list of threads."""

_OF_ID = {b.id: b for b in TABLE}


def told(id: str, tip: str, hint: str = "", rank: int = 0) -> Binding:
    """A binding of the table with another sentence and another word, for another place."""
    known = _OF_ID[id]
    return replace(known, tip=tip, hint=hint, rank=rank, article_hint=None, listing="", listing_hint="")


SCROLLING = tuple(
    told(b.id, b.listing or b.tip.partition(" (")[0])
    for b in TABLE
    if b.id in ("page-down", "page-up", "half-page-down", "half-page-up", "line-down", "line-up", "top", "bottom")
)
ANYWHERE = (
    told("help", "Help", "? help", 8),
    told("palette", "Every action by name"),
    told("quit-now", "Quit"),
)

INDEX: tuple[Binding, ...] = (
    told("next", "Next entry", "j/k entry", 2),
    told("previous", "Previous entry"),
    told("next-root", "Next section"),
    told("previous-root", "Previous section"),
    *SCROLLING,
    Binding("follow", "enter, l, right, c", "follow", "Follow the entry: its claim trail", "Search", "enter follow", 0),
    Binding("search-for", "s", "search_for", "Search for the entry in the thread", "Search", "s search", 4),
    told("search", "Narrow the index by typing", "/ narrow", 1),
    Binding("next-part", "tab", "next_part(1)", "All, numbers only, names only", "Search", "tab part", 3),
    Binding("previous-part", "shift+tab", "next_part(-1)", "The same, backwards", "Search"),
    *(
        Binding(f"part-{n}", str(n), f"part({n})", f"Show {what}", "Search")
        for n, what in enumerate(("all", "numbers only", "names only"), 1)
    ),
    Binding("order", "o", "order", "Order by count, by first place, or by value", "Search", "o order", 5),
    told("clear", "Show all again; then back to where you were", "esc back", 6),
    told("quit", "Back to where you were"),
    *ANYWHERE,
)
"""What the keys do in the index of numbers and names."""

TRAIL: tuple[Binding, ...] = (
    told("next", "Next place", "j/k place", 2),
    told("previous", "Previous place"),
    *SCROLLING,
    Binding("go-there", "enter, space", "go_there", "Go to the place; esc leads back", "Search", "enter go", 0),
    Binding("previous-mark", "h, left", "mark(-1)", "The mark before it in the same text", "Search", "h/l mark", 4),
    Binding("next-mark", "l, right", "mark(1)", "The mark after it in the same text", "Search"),
    Binding("next-figure", "tab", "figure(1)", "Next other figure; enter follows it", "Search", "tab figure", 3),
    Binding("previous-figure", "shift+tab", "figure(-1)", "Previous other figure", "Search"),
    told("index", "Index of all numbers and names", "i index", 7),
    Binding("search-for-it", "s", "search_for", "Search for it in the thread", "Search", "s search", 5),
    Binding("in-library", "L", "in_library", "Follow it through the whole library", "Search", "L library", 6),
    told("dates", "Exact dates or how long ago"),
    told("clear", "Back to where you were", "esc back", 1),
    told("quit", "Back to where you were"),
    *ANYWHERE,
)
"""What the keys do in the trail of a claim."""

PARTICIPANTS: tuple[Binding, ...] = (
    told("next", "Next person", "j/k person", 2),
    told("previous", "Previous person"),
    *SCROLLING,
    told("open-entry", "Go through the comments of this person", "enter comments"),
    told("search", "Narrow the list by typing", "/ narrow", 1),
    told("clear", "Show the whole list again; back to the thread"),
    told("mute", "Mute or unmute this person", "M mute", 3),
    told("people", "Back to the thread"),
    told("help", "Help", "? help"),
    *ANYWHERE[1:],
    told("quit", "Back to the thread", "q back", 4),
)
"""What the keys do in the list of those who take part."""

CHOICE: tuple[Binding, ...] = (
    told("next", "Next row", "j/k row", 2),
    told("previous", "Previous row"),
    *SCROLLING,
    Binding("choose", "enter, space, l, right", "choose", "Choose this row", "Moving", "enter choose", 0),
    told("clear", "Leave everything as it is", "esc leave", 1),
    told("quit", "Leave everything as it is"),
    *ANYWHERE,
)
"""What the keys do in a small choice, in which digits and first letters choose as well."""

PLACES = {"reader": BINDINGS, "listing": LISTING, "index": INDEX, "trail": TRAIL, "choice": CHOICE}
"""All bindings by the place that they are of use in, but for those of `library_keys`."""

_NAMED = {
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "vertical_line": "|",
    "backslash": "\\",
    "slash": "/",
    "question_mark": "?",
    "apostrophe": "'",
    "equals_sign": "=",
}
_PRETTY = {"pagedown": "pgdn", "pageup": "pgup", "escape": "esc"}


def with_overrides(overrides: Mapping[str, str], bindings: Iterable[Binding] = BINDINGS) -> tuple[Binding, ...]:
    """The bindings with the keys that a person has set for some of them, by id: they are parted by commas.

    A key that is set for one binding is taken away from the others that have it by default.
    """
    bindings = tuple(bindings)
    known = {b.id for b in bindings}
    chosen = {
        id: [" ".join(key.split()) for key in keys.split(",") if key.strip()]
        for id, keys in overrides.items()
        if id in known
    }
    taken = {key for keys in chosen.values() for key in keys}
    return tuple(
        _rekeyed(b, chosen[b.id] if b.id in chosen else [c for c in b.chords() if c not in taken]) for b in bindings
    )


def _rekeyed(binding: Binding, chords: Sequence[str]) -> Binding:
    """A binding with other keys; its hints then name the first of them."""
    if list(binding.chords()) == list(chords):
        return binding
    first = pretty(chords[0]) + " " if chords else ""

    def hint(words: str | None) -> str | None:
        return first + words.partition(" ")[2] if words and first else words and ""

    return replace(
        binding, keys=", ".join(chords), hint=hint(binding.hint) or "", article_hint=hint(binding.article_hint)
    )


def key_name(key: str, character: str | None) -> str:
    """A pressed key as the table writes it: the character where it prints, else Textual's name."""
    if character and len(character) == 1 and character.isprintable() and character != " ":
        return character
    return _NAMED.get(key, key)


@dataclass(slots=True)
class Chords:
    """Turns pressed keys into actions; holds the keys of a chord that has only begun."""

    table: dict[str, str]
    prefixes: frozenset[str]
    pending: str = field(default="")

    @classmethod
    def of(cls, bindings: Iterable[Binding]) -> Chords:
        """The dispatcher of a list of bindings; where two share a key, the later one has it."""
        table = {chord: b.action for b in bindings for chord in b.chords()}
        prefixes = {" ".join(chord.split()[:n]) for chord in table for n in range(1, len(chord.split()))}
        return cls(table, frozenset(prefixes))

    def press(self, key: str) -> str | None:
        """The action that a key completes; "" while a chord is under way; None when the key means nothing."""
        chord = f"{self.pending} {key}" if self.pending else key
        self.pending = ""
        if chord in self.table:
            return self.table[chord]
        if chord in self.prefixes:
            self.pending = chord
            return ""
        return None if " " not in chord else ""


def pretty(keys: str) -> str:
    """Keys as people read them: "g g, home" becomes "gg, home"."""
    parts = [part.strip() for part in keys.split(", ")]
    return ", ".join(_PRETTY.get(p, p.replace(" ", "") if " " in p else p) for p in parts)


def key_of(id: str, bindings: Iterable[Binding] = BINDINGS) -> str:
    """The first key of a binding as people read it; "" where it has none."""
    return next((pretty(b.chords()[0]) for b in bindings if b.id == id and b.chords()), "")


def grouped(bindings: Iterable[Binding] = BINDINGS) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """For the help and the manual: each heading with its (keys, tip) rows, runs of numbered bindings as one row."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for b in bindings:
        rows = groups.setdefault(b.group, [])
        if not b.chords():
            continue
        keys, tip = pretty(b.keys), b.tip
        if b.id.startswith(("fold-level-", "link-")):
            if not b.id.endswith("-1"):
                continue
            keys, tip = (
                keys + " … " + pretty(b.keys.replace("1", "9")),
                tip.replace("level 1", "that level").replace(" 1 ", " N "),
            )
        rows.append((keys, tip))
    yield from groups.items()


def markdown_table(bindings: Iterable[Binding] = BINDINGS) -> str:
    """A table of the keys for the manual, in Markdown."""
    lines = ["| keys | action |", "| --- | --- |"]
    for _, rows in grouped(bindings):
        lines += [
            f"| {' '.join(f'`{key}`' for key in keys.replace('|', chr(92) + '|').split(', '))} | {tip} |"
            for keys, tip in rows
        ]
    return "\n".join(lines)

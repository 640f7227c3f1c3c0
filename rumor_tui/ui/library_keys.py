"""The bindings of the library's screens, in tables like those of `keys`; few runs load them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from rumor_tui.ui.keys import ANYWHERE, SCROLLING, Binding, told

_NEWS = Binding("news", "w", "news", "What is new in all that is followed", "Library", "w new", 3)
_FOLLOWED = Binding("followed", "f", "followed", "What is followed", "Library", "f followed", 7)
_EVERYTHING = Binding("everything", "s", "everything", "Search everything that was read", "Library", "s search all", 4)
_REFRESH_ALL = Binding("refresh-all", "R", "refresh_all", "Load all that is followed anew", "Library", "R refresh", 5)
_REMOVE = Binding("remove", "x, delete", "remove", "Delete from the library", "Library", "x delete", 9)
_RESTORE = Binding("restore", "U", "restore", "Put back what was deleted last", "Library")
_OPEN_PAGE = told("open-page", "Open its page in the browser")
_COPY_LINK = told("copy-link", "Copy its address")
_BACK = (told("clear", "Show the whole list again; stop what is loading"), told("quit", "Back, then quit", "q quit", 6))

LIBRARY: tuple[Binding, ...] = (
    told("next", "Next thread", "j/k thread", 2),
    told("previous", "Previous thread"),
    *SCROLLING,
    told("open-entry", "Open the thread; of an article with several, list its discussions", "enter open"),
    Binding("fold-group", "h, left", "fold_group", "Fold the discussions of an article", "Moving"),
    told("search", "Narrow the list by typing: words, tag:x, site:x, is:new, is:followed", "/ narrow", 1),
    Binding("sort", "O", "sort", "Sort the list: by activity, title, site, unread, …", "Library", "O sort", 10),
    Binding("tag", "t", "tag", "Put tags on the thread", "Library", "t tag", 8),
    told("follow-source", "Follow the thread, or no more"),
    Binding("refresh", "r", "refresh_entry", "Load the thread anew", "Library"),
    _REFRESH_ALL,
    _NEWS,
    _FOLLOWED,
    _EVERYTHING,
    _REMOVE,
    replace(_RESTORE, tip="Put back what was deleted last; among what was deleted, the thread at the cursor"),
    Binding("removed", "X", "removed", "What was deleted; back to the library", "Library"),
    told("library", "Back to where the library was opened from"),
    told("dates", "Exact dates or how long ago"),
    _OPEN_PAGE,
    _COPY_LINK,
    *_BACK,
    *ANYWHERE,
)
"""What the keys do in the library."""

NEWS: tuple[Binding, ...] = (
    told("next", "Next comment", "j/k comment", 2),
    told("previous", "Previous comment"),
    *SCROLLING,
    told("open-entry", "Open the thread at the comment", "enter open"),
    told("search", "Narrow the list by typing", "/ narrow", 1),
    told("toggle-read", "The comment is read; unread again", "U read", 4),
    told("mark-all-read", "All that is listed is read", "A all read", 6),
    _REFRESH_ALL,
    _FOLLOWED,
    _EVERYTHING,
    told("library", "The library"),
    told("dates", "Exact dates or how long ago"),
    *_BACK,
    *ANYWHERE,
)
"""What the keys do in the list of what is new."""

FOLLOWING: tuple[Binding, ...] = (
    told("next", "Next row", "j/k row", 2),
    told("previous", "Previous row"),
    *SCROLLING,
    told("open-entry", "Open what is followed", "enter open"),
    told("search", "Narrow the list by typing", "/ narrow", 1),
    Binding("unfollow", "F, x, delete", "unfollow", "Follow it no more", "Library", "F unfollow", 4),
    replace(_RESTORE, tip="Follow again what was given up last"),
    Binding("refresh", "r", "refresh_entry", "Load it anew", "Library", "r refresh", 5),
    replace(_REFRESH_ALL, hint=""),
    _NEWS,
    told("library", "The library"),
    told("dates", "Exact dates or how long ago"),
    _OPEN_PAGE,
    _COPY_LINK,
    *_BACK,
    *ANYWHERE,
)
"""What the keys do in the list of what is followed."""

EVERYTHING: tuple[Binding, ...] = (
    told("next", "Next place", "j/k place", 2),
    told("previous", "Previous place"),
    *SCROLLING,
    told("open-entry", "Open the thread at the place", "enter open"),
    told("search", "Change what is searched for", "/ search", 1),
    told("trail", "Follow the number or name that is lit, through the whole library", "c claim", 4),
    _NEWS,
    told("library", "The library"),
    told("dates", "Exact dates or how long ago"),
    _OPEN_PAGE,
    _COPY_LINK,
    told("clear", "Back to where you were", "esc back", 3),
    told("quit", "Back to where you were"),
    *ANYWHERE,
)
"""What the keys do in the search through everything, when nothing is typed."""

CLAIM: tuple[Binding, ...] = (
    told("next", "Next place", "j/k place", 2),
    told("previous", "Previous place"),
    *SCROLLING,
    told("open-entry", "Open the thread at the place", "enter open"),
    told("search", "Narrow the list by typing", "/ narrow", 1),
    _EVERYTHING,
    told("library", "The library"),
    told("dates", "Exact dates or how long ago"),
    _OPEN_PAGE,
    _COPY_LINK,
    told("clear", "Show the whole list again; back to where you were", "esc back", 3),
    told("quit", "Back to where you were"),
    *ANYWHERE,
)
"""What the keys do in the trail of a claim through the library."""

ANNOTATIONS: tuple[Binding, ...] = (
    told("next", "Next entry", "j/k entry", 2),
    told("previous", "Previous entry"),
    *SCROLLING,
    told("open-entry", "Go to where it stands; esc leads back", "enter go"),
    told("search", "Narrow the list by typing", "/ narrow", 1),
    told("clear", "Show the whole list again; back to the thread"),
    told("note", "Change the note; write one on what is marked", "e note", 3),
    told("note-in-editor", "The same in your editor"),
    replace(_REMOVE, tip="Take it away", hint="x remove", rank=4),
    Binding("undo", "U", "undo", "Bring back what was taken away last", "Marks and notes", "U undo", 5),
    told("annotations", "Back to the thread"),
    *ANYWHERE,
    told("quit", "Back to the thread", "q back", 6),
)
"""What the keys do in the list of bookmarks and notes."""

LIBRARY_PLACES = MappingProxyType(
    {
        "annotations": ANNOTATIONS,
        "library": LIBRARY,
        "news": NEWS,
        "following": FOLLOWING,
        "everything": EVERYTHING,
        "claim": CLAIM,
    }
)
"""These bindings by the place that they are of use in."""

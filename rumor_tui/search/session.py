"""The search of a reader in a thread, updated at every keystroke."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.comment_columns import CommentColumns
from rumor_tui.search.query.query import Query, QueryError
from rumor_tui.search.results import SearchResults


class SearchSession:
    """The query as typed, and the matches of the last valid query.

    The interface calls `change` at every keystroke and then runs `matches.counts` in a worker with
    `stop=lambda: search.matches is not matches`, so that a new query stops the count of the old one. `folded` returns a
    byte per comment, 1 if it is folded; it is called once, when a query begins, in the thread that calls `change`.
    """

    def __init__(self, knowledge: ThreadAnalysis, folded: Callable[[], Sequence[int]] | None = None) -> None:
        self.index = knowledge.index
        self.columns = CommentColumns(knowledge, folded)
        self.query = Query()
        self.matches: SearchResults | None = None
        """The matches of the last valid query; None if there is nothing to search for."""
        self.error = ""
        """What is wrong with `query`, in a sentence; "" if it is valid."""
        self._valid = self.query

    def change(self, query: Query) -> bool:
        """Take a new query; returns whether `matches` changed (not if the query is the same, incomplete or invalid)."""
        if query == self.query:
            return False
        self.query = query
        before = self.matches
        if self._is_incomplete(query):
            return False
        try:
            self._search_for(query, begins=True)
        except QueryError as error:
            self.error = str(error)
            return False
        self.error = ""
        return self.matches is not before

    def take(self, query: Query) -> None:
        """Search for a query that is complete, not one that is still being typed. Raises QueryError."""
        self._search_for(query, begins=True)
        self.query, self.error = query, ""

    def _search_for(self, query: Query, *, begins: bool) -> None:
        matches = None if query.blank else self._matches_of(query)
        if begins:
            self.columns.begin()  # before any worker can count
        self.matches = matches
        self._valid = query

    def _matches_of(self, query: Query) -> SearchResults:
        from rumor_tui.search.query.compile import compile_for_thread  # late: it takes 20 ms, and many never search

        return SearchResults(self.index, compile_for_thread(query, self.columns))

    def renew(self) -> bool:
        """Search anew for the same, since what is remembered of the comments has changed; whether that matters."""
        if self.matches is None or not _asks_what_is_remembered(self._valid):
            return False
        folds = self.columns.folds
        self._search_for(self._valid, begins=True)
        self.columns.folds = folds
        return True

    def over(self, knowledge: ThreadAnalysis, folds: bytes = b"") -> SearchSession:
        """The same search in another thread, with nothing counted yet; what is remembered of it is told by `renew`.

        `folds` are the folds when the search began: a byte per comment of that thread, or empty for none.
        """
        other = SearchSession(knowledge, self.columns.folded_rows)
        other.columns.muted, other.columns.muted_names = self.columns.muted, self.columns.muted_names
        other.columns.states, other.columns.folds = self.columns.states, folds
        other._search_for(self._valid, begins=False)
        other.query, other.error = self.query, self.error
        return other

    def _is_incomplete(self, query: Query) -> bool:
        """Whether the query is incomplete; `error` then says what is missing."""
        if query.regex or not query.text.strip():
            return False
        from rumor_tui.search.query.parser import missing_part

        missing = missing_part(query.text)
        self.error = missing or self.error
        return bool(missing)

    def clear(self) -> None:
        """Forget the query and its matches."""
        self.change(Query(case=self.query.case, word=self.query.word, regex=self.query.regex))


def _asks_what_is_remembered(query: Query) -> bool:
    """Whether the answer depends on what the library knows."""
    return not query.regex and ("is:" in query.text.lower() or "has:note" in query.text.lower())

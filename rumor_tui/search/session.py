"""One reader's search in one thread, from keystroke to keystroke."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rumor_tui.search.base import Query, QueryError
from rumor_tui.search.facts import Facts
from rumor_tui.search.knowledge import Knowledge
from rumor_tui.search.matches import Matches


class Search:
    """The query as typed, and the matches of the last query that was valid.

    The interface calls `change` at every keystroke and then runs `matches.counts` in a worker with
    `stop=lambda: search.matches is not matches`, so that a newer query ends the older one's count. `folded` gives a
    byte a comment, 1 where it is folded; it is asked once, when a query begins, in the thread that calls `change`.
    """

    def __init__(self, knowledge: Knowledge, folded: Callable[[], Sequence[int]] | None = None) -> None:
        self.index = knowledge.index
        self.facts = Facts(knowledge, folded)
        self.query = Query()
        self.matches: Matches | None = None
        """Of the last valid query; None while there is nothing to look for."""
        self.error = ""
        """What is wrong with `query`, in a sentence; "" when it is valid."""
        self._valid = self.query

    def change(self, query: Query) -> bool:
        """Take a new query; true if `matches` became other ones, false if they stay (no change, or not valid)."""
        if query == self.query:
            return False
        self.query = query
        had = self.matches
        if self._lacks(query):
            return False
        try:
            self._search_for(query, begins=True)
        except QueryError as error:
            self.error = str(error)
            return False
        self.error = ""
        return self.matches is not had

    def take(self, query: Query) -> None:
        """Search for a line that is complete, not one that is still being typed. Raises QueryError."""
        self._search_for(query, begins=True)
        self.query, self.error = query, ""

    def _search_for(self, query: Query, *, begins: bool) -> None:
        from rumor_tui.search.meaning import meaning_of

        meaning = None if query.blank else meaning_of(query, self.facts)
        if begins:
            self.facts.begin()  # before anybody can count
        self.matches = None if meaning is None else Matches(self.index, meaning)
        self._valid = query

    def over(self, knowledge: Knowledge, folds: bytes = b"") -> Search:
        """The same search in another thread, where nothing is counted yet.

        It began before: `folds` are those of then, a byte a comment of that thread, or nothing for none.
        """
        other = Search(knowledge, self.facts.folded_rows)
        other.facts.muted, other.facts.muted_names = self.facts.muted, self.facts.muted_names
        other.facts.folds = folds
        other._search_for(self._valid, begins=False)
        other.query, other.error = self.query, self.error
        return other

    def _lacks(self, query: Query) -> bool:
        """Whether the line stops half-way; `error` then says what is missing."""
        if query.regex or not query.text.strip():
            return False
        from rumor_tui.search.unfinished import missing

        found = missing(query.text)
        self.error = found or self.error
        return bool(found)

    def clear(self) -> None:
        """Forget the query and its matches."""
        self.change(Query(case=self.query.case, word=self.query.word, regex=self.query.regex))

"""One reader's search in one thread, from keystroke to keystroke."""

from __future__ import annotations

from rumor_tui.search.index import TextIndex
from rumor_tui.search.matches import Matches
from rumor_tui.search.query import Query, QueryError, compile_query


class Search:
    """The query as typed, and the matches of the last query that was valid.

    The interface calls `change` at every keystroke and then runs `matches.counts` in a worker with
    `stop=lambda: search.matches is not matches`, so that a newer query ends the older one's count.
    """

    def __init__(self, index: TextIndex) -> None:
        self.index = index
        self.query = Query()
        self.matches: Matches | None = None
        """Of the last valid query; None while there is nothing to look for."""
        self.error = ""
        """What is wrong with `query`, in a sentence; "" when it is valid."""

    def change(self, query: Query) -> bool:
        """Take a new query; true if `matches` became other ones, false if they stay (no change, or not valid)."""
        if query == self.query:
            return False
        self.query = query
        try:
            matcher = compile_query(query)
        except QueryError as error:
            self.error = str(error)
            return False
        self.error = ""
        had = self.matches
        self.matches = Matches(self.index, matcher) if not query.blank else None
        return self.matches is not had

    def over(self, index: TextIndex) -> Search:
        """The same search in the texts of another index, where nothing is counted yet."""
        other = Search(index)
        other.query, other.error = self.query, self.error
        if self.matches is not None:
            other.matches = Matches(index, self.matches.matcher)
        return other

    def clear(self) -> None:
        """Forget the query and its matches."""
        self.change(Query(case=self.query.case, word=self.query.word, regex=self.query.regex))

"""Systems that keep a page's comments in an issue on GitHub: utterances and its forks, Gitalk and Gitment.

The issue is found as their clients find it: by words in its title (`src/github.ts` in
https://github.com/utterance/utterances), by its number, or by its labels (`src/component/gitalk.jsx` in
https://github.com/gitalk/gitalk). Without a login GitHub answers ten searches a minute.
"""

from __future__ import annotations

import re
from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.comment_rows import require, settings_of
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.platforms import github
from rumor_tui.sources.queries import with_query

_REPOSITORY = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}")


async def load_utterances(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of the oldest issue with the term in its title, or of the issue with the number."""
    told = settings_of(stub)
    require(_repository(told["repo"]), told["term"] or told["number"])
    number = json_util.as_int(told["number"])
    if number is None:
        term = told["term"].replace('"', " ")
        found = await work.value(
            with_query(
                f"{work.api(github.SITE)}/search/issues",
                q=f'"{term}" type:issue in:title repo:{told["repo"]}',
                sort="created",
                order="asc",
            )
        )
        number = _first_number(json_util.get_path(found, "items"), "utterances")
    await github.fetch_issue(work, address, told["repo"], number)


async def load_gitalk(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of the issue with the page's label and that of the system."""
    told = settings_of(stub)
    require(_repository(told["repo"]), told["label"])
    name = told["kind"] if told["kind"] in ("Gitalk", "Gitment") else "Gitalk"
    asked = with_query(
        f"{work.api(github.SITE)}/repos/{told['repo']}/issues",
        labels=f"{name.lower() if name == 'Gitment' else name},{told['label'].replace(',', ' ')}",
        state="all",
    )
    await github.fetch_issue(work, address, told["repo"], _first_number(await work.value(asked), name))


def _repository(name: str) -> str:
    """The name, if it is one of a repository with its owner; "" otherwise."""
    return name if _REPOSITORY.fullmatch(name) and ".." not in name else ""


def _first_number(issues: Any, system: str) -> int:
    """The number of the first issue. Raises FetchError if there is none."""
    numbers = (json_util.as_int(issue.get("number")) for issue in json_util.objects_in(issues))
    number = next((number for number in numbers if number is not None), None)
    if number is None:
        raise messages.FetchError(messages.no_embedded_comments(system))
    return number


PLATFORM = Platform("utterances", stubs={"utterances": StubLoader(load_utterances), "gitalk": StubLoader(load_gitalk)})

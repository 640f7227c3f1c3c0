"""Trackers of issues and changes: a thread in the forms in which they and people's tools write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.readers.api.records.forms import (
    ABOUT,
    CHAIN,
    FLAT,
    NAMES,
    PAIRS,
    START,
    TITLE,
    UIDS,
    Form,
    Said,
    check_form,
    each,
    iso,
    nested,
    text_time,
)


def jira_issue() -> Form:
    comments = each(
        lambda n, s: {
            "self": "https://example.com/rest/api/2/issue/1/comment/1",
            "id": str(20000 + n),
            "author": {
                "self": "https://example.com/u",
                "accountId": UIDS[s.author],
                "displayName": s.author,
                "active": True,
                "timeZone": "Europe/Prague",
                "avatarUrls": {"48x48": "https://example.com/a.png"},
            },
            "body": s.text,
            "updateAuthor": {"accountId": "5", "displayName": "Somebody"},
            "created": iso(n).replace("Z", ".000+0000"),
            "updated": iso(n + 99).replace("Z", ".000+0000"),
            "jsdPublic": True,
        }
    )
    issue = {
        "expand": "x",
        "id": "100",
        "self": "https://example.com/rest",
        "key": "MILL-7",
        "fields": {
            "summary": TITLE,
            "description": ABOUT,
            "created": iso(0).replace("Z", ".000+0000"),
            "updated": iso(50),
            "status": {"name": "Open", "description": "The issue is open and ready for the assignee", "id": "1"},
            "priority": {"name": "High", "id": "2"},
            "issuetype": {"name": "Bug", "description": "A problem which impairs the wheel"},
            "project": {"key": "MILL", "name": "Mill works"},
            "labels": ["weir"],
            "assignee": {"displayName": "Other", "accountId": "9"},
            "creator": {"displayName": "wanda", "accountId": "1"},
            "reporter": {"displayName": "wanda", "accountId": "1"},
            "comment": {"comments": comments, "maxResults": 6, "total": 6, "startAt": 0},
            "worklog": {"worklogs": [], "total": 0},
        },
    }
    return Form(issue, TITLE, FLAT, article=ABOUT, byline="wanda")


def jira_cloud_comments() -> Form:
    comments = each(
        lambda n, s: {
            "id": str(20000 + n),
            "author": {"accountId": UIDS[s.author], "displayName": s.author, "active": True},
            "body": {
                "type": "doc",
                "version": 1,
                "content": [
                    {
                        "type": "paragraph",
                        "content": [
                            {"type": "text", "text": s.text[:12]},
                            {"type": "text", "text": s.text[12:], "marks": [{"type": "strong"}]},
                        ],
                    }
                ],
            },
            "updateAuthor": {"accountId": "5", "displayName": "Somebody"},
            "created": iso(n).replace("Z", ".000+0000"),
        }
    )
    return Form({"startAt": 0, "maxResults": 50, "total": 6, "comments": comments}, None, FLAT)


def redmine() -> Form:
    journals = each(
        lambda n, s: {
            "id": 50 + n,
            "user": {"id": 9, "name": s.author},
            "notes": s.text,
            "created_on": iso(n),
            "private_notes": False,
            "details": [],
        }
    )
    journals.insert(
        2,
        {
            "id": 40,
            "user": {"id": 9, "name": "wanda"},
            "notes": "",
            "created_on": iso(1),
            "details": [{"property": "attr", "name": "status_id", "old_value": "1", "new_value": "2"}],
        },
    )
    issue = {
        "id": 7,
        "project": {"id": 1, "name": "Mills"},
        "tracker": {"id": 1, "name": "Bug"},
        "status": {"id": 1, "name": "New"},
        "priority": {"id": 2, "name": "Normal"},
        "author": {"id": 3, "name": "wanda"},
        "assigned_to": {"id": 4, "name": "piet"},
        "subject": TITLE,
        "description": ABOUT,
        "created_on": iso(0),
        "updated_on": iso(9),
        "journals": journals,
    }
    return Form({"issue": issue}, TITLE, FLAT, article=ABOUT, byline="wanda")


def bugzilla_comments() -> Form:
    comments = each(
        lambda n, s: {
            "bug_id": 12345,
            "id": 600 + n,
            "count": n,
            "creator": s.author,
            "author": s.author,
            "text": s.text,
            "raw_text": s.text,
            "time": iso(n),
            "creation_time": iso(n),
            "is_private": False,
            "attachment_id": None,
            "tags": [],
        }
    )
    return Form({"bugs": {"12345": {"comments": comments}}, "comments": {}}, None, FLAT)


def phabricator() -> Form:
    data = each(
        lambda n, s: {
            "id": 70 + n,
            "phid": f"PHID-XACT-TASK-{n}abcdef",
            "type": "comment",
            "authorPHID": "PHID-USER-" + s.author,
            "objectPHID": "PHID-TASK-1",
            "dateCreated": s.at(n),
            "dateModified": s.at(n),
            "groupID": "x",
            "comments": [
                {
                    "id": 80 + n,
                    "phid": f"PHID-XCMT-{n}",
                    "version": 1,
                    "authorPHID": "PHID-USER-" + s.author,
                    "dateCreated": s.at(n),
                    "dateModified": s.at(n),
                    "removed": False,
                    "content": {"raw": s.text},
                }
            ],
            "fields": {},
        }
    )
    status = {
        "id": 60,
        "phid": "PHID-XACT-TASK-z",
        "type": "status",
        "authorPHID": "PHID-USER-wanda",
        "dateCreated": START,
        "comments": [],
        "fields": {"old": "open", "new": "closed"},
    }
    return Form(
        {"result": {"data": [status, *data], "cursor": {"limit": 100}}, "error_code": None, "error_info": None},
        None,
        FLAT,
        tuple("PHID-USER-" + name for name in NAMES),
    )


def gerrit_messages() -> Form:
    messages = each(
        lambda n, s: {
            "id": f"aaa{n}bbb",
            "author": {"_account_id": 100, "name": s.author, "email": s.author + "@example.org", "username": s.author},
            "date": text_time(n, "%Y-%m-%d %H:%M:%S.000000000"),
            "message": s.text,
            "_revision_number": 1,
        }
    )
    change = {
        "id": "mills~main~I1",
        "project": "mills",
        "branch": "main",
        "change_id": "I1",
        "subject": TITLE,
        "status": "NEW",
        "created": text_time(0, "%Y-%m-%d %H:%M:%S.000000000"),
        "updated": text_time(9, "%Y-%m-%d %H:%M:%S.000000000"),
        "_number": 5,
        "owner": {"_account_id": 100, "name": "wanda"},
        "messages": messages,
    }
    return Form(b")]}'\n" + json.dumps(change).encode(), TITLE, FLAT, byline="wanda")


def gerrit_comments() -> Form:
    comments = each(
        lambda n, s: {
            "author": {"_account_id": 100, "name": s.author},
            "patch_set": 1,
            "id": f"c{n}_f00d",
            "line": 20 + n,
            "updated": text_time(n, "%Y-%m-%d %H:%M:%S.000000000"),
            "message": s.text,
            "unresolved": False,
            **({} if CHAIN[n] is None else {"in_reply_to": f"c{CHAIN[n]}_f00d"}),
        }
    )
    return Form(b")]}'\n" + json.dumps({"weir.c": comments[:3], "wheel/oak.py": comments[3:]}).encode())


def gitlab_notes() -> Form:
    rows = each(gitlab_note)
    rows.insert(1, gitlab_note(9, Said("piet", "changed the description")) | {"system": True})
    return Form(rows, None, FLAT)


def gitlab_note(n: int, s: Said) -> dict[str, Any]:
    return {
        "id": 302 + n,
        "type": None,
        "body": s.text,
        "attachment": None,
        "author": {
            "id": 1,
            "username": s.author,
            "name": s.author.title(),
            "state": "active",
            "avatar_url": "https://example.com",
            "web_url": "https://example.com/" + s.author,
        },
        "created_at": iso(n),
        "updated_at": iso(n),
        "system": False,
        "noteable_id": 11,
        "noteable_type": "Issue",
        "project_id": 3,
        "resolvable": False,
        "confidential": False,
        "noteable_iid": 11,
    }


def gitlab_discussions() -> Form:
    def discussion(n: int, s: Said, below: list[Any]) -> Any:
        note = gitlab_note(n, s) | {"type": "DiscussionNote"}
        return {"id": f"6a9c{n}", "individual_note": False, "notes": [note, *below]} if PAIRS[n] is None else note

    return Form(nested(discussion, PAIRS), None, PAIRS)


def github_discussion() -> Form:
    def comment(n: int, s: Said, below: list[Any]) -> Any:
        made = {
            "id": f"DC_kw{n}",
            "author": {"login": s.author},
            "body": s.text,
            "createdAt": iso(n),
            "isAnswer": False,
            "upvoteCount": n,
        }
        return made | ({"replies": {"totalCount": len(below), "nodes": below}} if PAIRS[n] is None else {})

    nodes = nested(comment, PAIRS)
    discussion = {
        "title": TITLE,
        "number": 4,
        "body": ABOUT,
        "author": {"login": "wanda"},
        "createdAt": iso(0),
        "url": "https://github.com/o/r/discussions/4",
        "category": {"name": "General"},
        "labels": {"nodes": [{"name": "mill", "description": "All that is about mills"}]},
        "comments": {"totalCount": 6, "nodes": nodes},
    }
    return Form({"data": {"repository": {"discussion": discussion}}}, TITLE, PAIRS, article=ABOUT, byline="wanda")


def github_issue_view() -> Form:
    comments = each(
        lambda n, s: {
            "id": f"IC_kw{n}",
            "author": {"login": s.author},
            "authorAssociation": "NONE",
            "body": s.text,
            "createdAt": iso(n),
            "includesCreatedEdit": False,
            "isMinimized": False,
            "minimizedReason": "",
            "reactionGroups": [],
            "url": f"https://github.com/o/r/issues/1#issuecomment-{n}",
            "viewerDidAuthor": False,
        }
    )
    return Form(
        {
            "author": {"login": "wanda"},
            "body": ABOUT,
            "comments": comments,
            "createdAt": iso(0),
            "number": 1,
            "title": TITLE,
            "labels": [{"id": "1", "name": "bug", "description": "Something is not working", "color": "fff"}],
        },
        TITLE,
        FLAT,
        article=ABOUT,
        byline="wanda",
    )


def gitea_comments() -> Form:
    return Form(
        each(
            lambda n, s: {
                "id": 41 + n,
                "html_url": f"https://gitea.example/o/r/issues/3#issuecomment-{n}",
                "pull_request_url": "",
                "issue_url": "https://gitea.example/o/r/issues/3",
                "user": {
                    "id": 3,
                    "login": s.author,
                    "login_name": "",
                    "full_name": "",
                    "email": s.author + "@noreply.example",
                    "avatar_url": "https://example.com",
                    "username": s.author,
                    "created": iso(0),
                },
                "original_author": "",
                "original_author_id": 0,
                "body": s.text,
                "assets": [],
                "created_at": iso(n),
                "updated_at": iso(n),
            }
        ),
        None,
        FLAT,
    )


def bugzilla_bug_with_comments() -> Form:
    comments = each(
        lambda n, s: {
            "id": 600 + n,
            "bug_id": 7,
            "count": n,
            "text": s.text,
            "creator": s.author + "@example.org",
            "time": iso(n),
            "is_private": False,
        }
    )
    bug = {
        "id": 7,
        "summary": TITLE,
        "status": "NEW",
        "product": "Mills",
        "component": "Weirs",
        "creator": "wanda@example.org",
        "creator_detail": {"id": 1, "name": "wanda@example.org", "real_name": "Wanda", "email": "wanda@example.org"},
        "creation_time": iso(0),
        "last_change_time": iso(9),
        "assigned_to": "nobody@example.org",
        "comments": comments,
    }
    return Form({"bugs": [bug]}, TITLE, FLAT, tuple(name + "@example.org" for name in NAMES))


FORMS = (
    jira_issue,
    jira_cloud_comments,
    redmine,
    bugzilla_comments,
    phabricator,
    gerrit_messages,
    gerrit_comments,
    gitlab_notes,
    gitlab_discussions,
    github_discussion,
    github_issue_view,
    gitea_comments,
    bugzilla_bug_with_comments,
)


@pytest.mark.parametrize("make", FORMS)
def test_form(make: Callable[[], Form]) -> None:
    check_form(make())

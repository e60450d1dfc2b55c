"""What came of asking, as a `Page`: the answer as it came, or why there is none."""

from __future__ import annotations

import hashlib
from datetime import datetime

from audit.models import KEPT_HEADER_LENGTH, KEPT_HEADERS, Page, Source, State
from audit.parse.text import clean
from audit.wire import Answer


def page_of(answer: Answer, url: str, final_url: str, role: str) -> Page:
    """The page that an answer is, with the headers that say something about it."""
    kept = {name: clean(answer.headers[name]) for name in KEPT_HEADERS if name in answer.headers}
    return Page(
        url=url,
        final_url=final_url,
        role=role,
        state=State.OBSERVED,
        source=Source.PUBLIC,
        fetched_at=answer.at,
        status=answer.status,
        media_type=answer.headers.get("content-type"),
        sha256=hashlib.sha256(answer.body).hexdigest(),
        headers={name: value for name, value in kept.items() if len(value) <= KEPT_HEADER_LENGTH},
        came_as=answer.came_as,
        body=answer.body,
    )


def page_without_answer(
    url: str, role: str, state: State, reason: str, *, at: datetime, final_url: str | None = None
) -> Page:
    """A page without a body: what was not asked or did not answer, with the reason."""
    return Page(
        url=url,
        final_url=final_url or url,
        role=role,
        state=state,
        source=Source.PUBLIC,
        fetched_at=at,
        sha256=hashlib.sha256(b"").hexdigest(),
        reason=reason,
    )

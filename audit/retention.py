"""What the terms of official APIs permit to be kept for so long only: an answer past that is deleted, and its page says
so. What a person saved and what everybody may read is not bound by them, nor are figures that a report holds already.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from audit import files, stages
from audit.models import Page, Source, State
from audit.platforms import platforms
from audit.stages import Run
from audit.wording import counted


def delete_expired(root: Path, slug: str, now: datetime) -> list[str]:
    """Deletes what may not be kept any longer in all audits of a client; returns what was deleted, in words.

    The page stays as one that may not be read, with the reason; the next fetch of that audit asks for it again."""
    told: list[str] = []
    for day in stages.days(root, slug):
        evidence = Run(root, slug, day).evidence
        for link, page in list(files.pages_without_bodies(evidence)):
            reason = _expired(link.platform, page, now)
            if reason:
                files.save_page(evidence, link, _emptied(page, reason))
                title = platforms()[link.platform].title
                told.append(f"Deleted of {day}: {link.company}, {title} {link.handle} ({page.role}): {reason}")
    return told


def _expired(platform: str, page: Page, now: datetime) -> str:
    """Why an answer may not be kept any longer; "" where it may."""
    api = platforms()[platform].api if platform in platforms() else None
    if api is None or api.kept_days is None or page.source is not Source.API or page.state is not State.OBSERVED:
        return ""
    if now - page.fetched_at <= timedelta(days=api.kept_days):
        return ""
    title, came = platforms()[platform].title, page.fetched_at.date()
    permitted = counted(api.kept_days, "day")
    return f"the terms of {title} permit keeping its answers for {permitted}, and this one came on {came}"


def _emptied(page: Page, reason: str) -> Page:
    return replace(
        page,
        state=State.NOT_PERMITTED,
        reason=reason,
        status=None,
        media_type=None,
        headers={},
        sha256=hashlib.sha256(b"").hexdigest(),
        body=b"",
    )

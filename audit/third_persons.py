"""Which people an answer shows beside the profile it was asked for, and the page without them: what is stored.

People who comment, review, like or reply have not agreed to an audit of somebody else. They are taken out before
anything is written; the digest of a page is that of what is stored, and `came_as` keeps that of what came.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import reduce
from operator import or_

from audit.models import Link, Page
from audit.parse.persons import Persons, may_show, without
from audit.platforms import platform_of, platforms


def persons_in(link: Link, url: str) -> Persons:
    """Where an answer from `url`, asked for because of `link`, shows other people."""
    platform = platform_of(url)
    concerned = {platform.name: platform}
    if link.platform in platforms():  # a server of anybody's is known by the profile alone
        concerned[link.platform] = platforms()[link.platform]
    return reduce(or_, (one.persons_for(link, url) for one in concerned.values()))


def may_show_persons(link: Link, page: Page) -> bool:
    """Whether there may be anything to take out; most pages show at a glance that there is not."""
    return bool(page.body) and may_show(page.body, persons_in(link, page.url))


def without_third_persons(link: Link, page: Page) -> Page:
    """The page as it may be stored; the same page where it shows nobody."""
    body = without(page.body, persons_in(link, page.url), link.handle)
    if body == page.body:
        return page
    return replace(page, body=body, sha256=hashlib.sha256(body).hexdigest(), came_as=page.came_as or page.sha256)

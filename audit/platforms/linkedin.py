"""LinkedIn company pages: the guest page in any language, its JSON-LD, the answers of the official API.

The guest page prints its follower count in full; the same number stands again in every post's header, so it is
read only from the description and the top card, which belong to the page's own company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from audit.models import Count, CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, State
from audit.parse.address import absolute, host, host_matches, path_segments
from audit.parse.counts import exact_count, first_count
from audit.parse.dates import parse_date, snowflake_time
from audit.parse.document import Document, load_json
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock, json_ld_of
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.linkedin import LinkedInApi
from audit.platforms._labels import FOLLOWERS, labelled_count
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import DIRECTIONS, in_element
from audit.walls import moved_reason

_FRONT_DOOR = re.compile(r"(?:(?:www|m|touch|mobile|[a-z]{2}|[a-z]{2}-[a-z]{2})\.)?linkedin\.com")
_KINDS = ("company", "showcase", "school")
_NO_SLUGS = frozenset({"setup", "unavailable", "login", "your-company", "companyname", "example"})
# The first sentence of a part of the description, when it speaks of LinkedIn; points inside numbers do not end it.
_ON_LINKEDIN = re.compile(r"\W{0,3}.{0,60}?(?:LinkedIn|领英|領英)(?:[^.。]|\.(?=\d)){0,40}", re.DOTALL)
_MAX_SENTENCE = 2_000
_TITLE_END = re.compile(r"\s*\|\s*LinkedIn\s*$")
# The open tab behind the name: "Acme: Overview".
_TAB_END = re.compile(
    r"\s*:\s*(?:overview|about|jobs?|life|posts|people|insights|videos|events|products|panoramica|informazioni|"
    r"offerte di lavoro|lavoro|vita aziendale|post|presentación|acerca de|empleos?|vida|présentation|à propos|"
    r"offres d[’']emploi|übersicht|info|über uns|visão geral|sobre|vagas|overzicht|обзор|概要|概览|개요)$",
    re.IGNORECASE,
)
_MAX_POSTS = 100  # a page shows its newest ten
_ACTIVITY = re.compile(r"(?:activity|ugcPost|share)[:-](\d{15,20})")
_WALL_KEYS = re.compile(r"auth_?wall|login|signup|registration|checkpoint", re.IGNORECASE)
_WALL_TITLES = re.compile(
    r"(?:sign up|log ?in|linkedin login|linkedin: log in|join linkedin|iscriviti|accedi)\b.*", re.I
)
# A page that only leads to the wall.
_TO_THE_WALL = re.compile(r"""(?:location\.(?:href|replace)|url=)[^;]{0,80}/authwall\?""")
_MISSING_TITLES = re.compile(
    r"(?:page not found|profile not found|pagina non trovata|página no encontrada|page introuvable|"
    r"seite nicht gefunden|página não encontrada|pagina niet gevonden|страница не найдена|sayfa bulunamadı|"
    r"ページが見つかりません|(?:linkedin: )?404)(?!\w).*",
    re.IGNORECASE,
)
# The line that shows the followers, newest layout first.
_FOLLOWER_LINES = (
    ".top-card-layout__first-subline", ".topcard__flavor--followers", ".top-card__followers-count",
    ".org-top-card-module__followers-count", "p.followers-count", ".followers-count",
)  # fmt: skip
_INFO_ITEM = ".org-top-card-summary-info-list__info-item"
_MAX_ITEM = 200  # characters of an item of that list
_SITE = re.compile(r"(?:LinkedIn|领英|領英)(?:[’']?[A-Za-zÀ-ž]{0,4}\b)?")
# What may stand between the site's name, the word for followers and the number.
_LEADS = re.compile(
    r"(?:LinkedIn|领英|領英)(?:[’'][a-zäı]{1,4}|(?:a|en|iss[aä])\b)?|\b(?:na|on|uživatelé)\b|[のでは数數上有]|पर"
)
_MAX_LEAD = 20_000  # bytes of a page that only leads somewhere
_POSTING = frozenset({"DiscussionForumPosting", "VideoObject", "SocialMediaPosting"})


class LinkedIn(Platform):
    """linkedin.com company, showcase and school pages; people are never read."""

    name = "linkedin"
    title = "LinkedIn"
    hosts = frozenset({"linkedin.com", "licdn.com", "lnkd.in"})
    roles = (*LinkedInApi.roles, "site_answer", "profile")
    persons = EVERYWHERE | Persons(
        types=frozenset({"MiniProfile"}),
        words=frozenset({"employees-at", "face-pile", "comment", "comment__author", "comment__body", "comment__text"}),
        prefixes=frozenset({"comments-comment-", "org-people-profile-card"}),
    )
    any_role_suffices = True
    api = LinkedInApi()
    robots_note = "robots.txt closes the whole site to unnamed readers, and the terms forbid automated reading."
    way_in = "Open the company page in a private window, save it and import the file."
    keyless = False
    by_page = Shown(fields="name followers bio website location category avatar recent")
    by_key = Shown(fields="name followers bio website recent")
    checked = Checked(pages="2024-10", documentation="2026-11")
    control = Control(
        known="https://www.linkedin.com/company/linkedin/",
        unknown="https://www.linkedin.com/company/finestra-no-such-company-7q4x9k2mw5z8/",
    )

    def link(self, url: str) -> Link | None:
        """`/company/{slug}`, `/showcase/…`, `/school/…` with their tabs; people, jobs, posts, sharing are none."""
        if not _FRONT_DOOR.fullmatch(host(url)):
            return None
        segments = path_segments(url)
        if segments[:1] in (["organization-guest"], ["edu"], ["mwlite"]):
            segments = segments[1:]
        if len(segments) < 2 or segments[0].lower() not in (*_KINDS, "companies", "company-beta"):
            return None
        slug = clean(segments[1]).lower()
        if not slug or slug in _NO_SLUGS or len(slug) > 120 or re.search(r"[\s<>\"'?#]", slug):
            return None
        kind = segments[0].lower() if segments[0].lower() in _KINDS else "company"
        address = f"https://www.linkedin.com/{kind}/{quote(slug, safe='')}/"
        return self._link(slug, address)

    def role(self, url: str) -> str | None:
        """The company page, and the answers of the official API."""
        if host(url) == "api.linkedin.com":
            return self.api.role(url)
        if _FRONT_DOOR.fullmatch(host(url)) and path_segments(url)[:3] == ["voyager", "api", "organization"]:
            return "site_answer"
        return "profile" if self.link(url) is not None else None

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Errors of the API, the sign-up wall, missing pages, another company's page."""
        if host_matches(page.url, ("api.linkedin.com",)):
            return _api_refusal(page, document)
        if _WALL_KEYS.search(document.meta.get("pagekey", "")) or _WALL_TITLES.fullmatch(document.title):
            return Refusal(state=State.LOGIN_WALL, reason=document.title or "sign-up wall")
        if path_segments(page.final_url)[:2] == ["company", "unavailable"]:
            return Refusal(state=State.MISSING, reason="redirected to /company/unavailable")
        if _MISSING_TITLES.fullmatch(document.title) or document.meta.get("pagekey", "").endswith("_404"):
            return Refusal(state=State.MISSING, reason=document.title)
        if len(page.body) < _MAX_LEAD and _TO_THE_WALL.search(document.text):
            return Refusal(state=State.LOGIN_WALL, reason="a page that leads to the sign-up wall")
        if "org-unavailable" in document.text and document.tree.select_one(".org-unavailable") is not None:
            return Refusal(state=State.MISSING, reason="the page that companies which are not there have")
        other = self._other_address(document)
        if other:
            return Refusal(state=State.SHELL, reason=moved_reason(link.handle or page.url, other))
        arrived = self._arrived(page, document)
        if link.handle and arrived and arrived != link.handle and not link.handle.isdigit():
            return Refusal(state=State.SHELL, reason=moved_reason(link.handle, arrived))
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The company's own block: JSON-LD and description of the page, or the API's company object."""
        if page.role == "network":
            return self._from_network(link, page, document)
        if page.role == "site_answer":
            return self._from_state(link, page, JsonBlock(document.json, page.role, "#"))
        if host_matches(page.url, ("api.linkedin.com",)) or document.is_json:
            return self._from_api(link, page, document)
        return self._from_page(link, page, document)

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        """As everywhere, but a follower count, which names its company by number, needs the answer that ties the
        number to the slug."""
        if "network" not in pages or self._counts_for(link, pages):
            return super().read(link, pages)
        rest = {role: page for role, page in pages.items() if role != "network"}
        if rest:
            return super().read(link, rest)
        reason = "the count names its company by a number that nothing here ties to this one"
        return self.blank(link, state=State.SHELL, source=pages["network"].source, reason=reason)

    def _counts_for(self, link: Link, pages: Mapping[str, Page]) -> bool:
        network = pages["network"]
        if not link.handle or network.state is not State.OBSERVED:
            return True
        number = re.search(r"urn:li:organization:(\d+)", unquote(network.url))
        if number is None or link.handle.isdigit():
            return number is not None and number.group(1) == link.handle
        company = Document(pages["api"].body, pages["api"].media_type) if "api" in pages else None
        if company is None or self._from_api(link, pages["api"], company) is None:
            return False
        block = JsonBlock(company.json, "api", "#")
        named = [str(block.at(path)).rsplit(":", 1)[-1] for path in ("/id", "/$URN", "/elements/0/id")]
        return number.group(1) in (*named, *path_segments(pages["api"].url)[-1:])

    def _other_address(self, document: Document) -> str:
        """The address that a page gives for itself where that is a person's, a job's, a post's; else ""."""
        for address in (document.canonical, document.meta.get("og:url", "")):
            if _FRONT_DOOR.fullmatch(host(address)) and path_segments(address) and self.link(address) is None:
                return address
        return ""

    def _arrived(self, page: Page, document: Document) -> str:
        """The slug that the page says it is about; "" when it does not say."""
        for address in (document.canonical, document.meta.get("og:url", ""), page.final_url):
            found = self.link(address) if address else None
            if found is not None and not found.handle.isdigit():
                return found.handle
        return ""

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        company = self._organization(page, document)
        name = self._name(page, document, company)
        for state in _states(document, page.role):
            found = self._from_state(link, page, state)
            if found is not None:
                return found
        if name is None:
            return None
        handle = self._arrived(page, document) or link.handle
        profile = replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle or None,
            name=name,
            followers=_sentence_followers(page, document, name.value)
            or _card_followers(page, document)
            or _listed_followers(page, document),
            bio=company.text("/description", "/slogan") if company else None,
            website=(company.text("/sameAs", "/sameAs/0") if company else None) or _shown_website(page, document),
            location=in_element(document, page.role, '[data-test-id="about-us__headquarters"] dd'),
            category=in_element(document, page.role, '[data-test-id="about-us__industry"] dd', "li.industry p"),
            avatar=company.text("/logo/contentUrl", "/logo/url", "/logo") if company else None,
        )
        if profile.bio is None:
            profile = replace(profile, bio=in_element(document, page.role, '[data-test-id="about-us__description"]'))
        recent = tuple(self._posts(page, document, handle)) or tuple(self._forum_posts(page, document, handle))
        return replace(profile, recent=recent)

    def _from_state(self, link: Link, page: Page, state: JsonBlock) -> Profile | None:
        """The company in what the site's own page for members loads; its followers stand beside it or in it."""
        for block in state.holding("universalName"):
            slug, name = block.text("/universalName"), block.text("/name")
            if slug is None or name is None or (link.handle and slug.value != link.handle):
                continue
            return replace(
                self.blank(link, state=State.OBSERVED, source=page.source),
                handle=slug.value,
                name=name,
                followers=_state_followers(state, block),
                bio=block.text("/description", "/tagline"),
                website=block.text("/companyPageUrl", "/websiteUrl"),
                location=block.text("/headquarter/city", "/headquarter/address/city"),
            )
        return None

    def _organization(self, page: Page, document: Document) -> JsonBlock | None:
        """The JSON-LD of the page's own company: its address carries the page's slug."""
        slug = self._arrived(page, document)
        types = frozenset({"Organization", "Corporation", "EducationalOrganization", "CollegeOrUniversity"})
        for block in json_ld_of(document, page.role, types):
            found = self.link(str(block.at("/url") or ""))
            if found is not None and slug in ("", found.handle):
                return block
        return None

    def _name(self, page: Page, document: Document, company: JsonBlock | None) -> Fact[str] | None:
        found = company.text("/name") if company else None
        found = found or in_element(
            document, page.role, "h1.top-card-layout__title, h1.topcard__title, h1.name, h1.org-top-card-summary__title"
        )
        if found is not None:
            return found
        title = document.meta.get("og:title", "")
        name = _TITLE_END.sub("", title)
        untabbed = _TAB_END.sub("", name)
        said = document.meta.get("og:description", "")
        name = untabbed if untabbed != name and not said.startswith(f"{name} | ") else name
        if not name or name == title or "linkedin" in name.lower():
            return None
        if not self._names_itself(document) and _sentence_followers(page, document, name) is None:
            return None  # the wall has a title of this form too
        return Fact(value=name, page=page.role, where=document.meta_where("og:title"))

    def _names_itself(self, document: Document) -> bool:
        """Whether the page gives a company's address for itself."""
        return any(self.link(url) is not None for url in (document.canonical, document.meta.get("og:url", "")) if url)

    def _posts(self, page: Page, document: Document, handle: str) -> Iterator[Post]:
        """The updates of the guest page. The activity's id holds the exact time; the page prints "4d"."""
        for tag in document.tree.select("ul.updates__list article[data-activity-urn]", limit=_MAX_POSTS):
            urn = str(tag.get("data-activity-urn"))
            match = _ACTIVITY.search(urn)
            at = snowflake_time(match.group(1)) if match else None
            overlay = (tag.parent or tag).select_one("a.main-feed-card__overlay-link")
            address = absolute(str(overlay.get("href")), page.final_url) if overlay else None
            text = tag.select_one(".attributed-text-segment-list__content")
            own = self._is_own(tag, page, handle)
            yield Post(
                url=address.split("?")[0] if address else None,
                at=at,
                precision=Precision.SECOND if at else None,
                kind=_kind(tag),
                text=clean(text.text()) if text else None,
                reactions=_attribute_count(tag, "data-num-reactions") if own else None,
                comments=_attribute_count(tag, "data-num-comments") if own else None,
                repost=not own,
                page=page.role,
                where=f'article[data-activity-urn="{urn}"]',
            )

    def _is_own(self, tag: Element, page: Page, handle: str) -> bool:
        """Whether the company wrote the post itself: its author line links to the company."""
        author = tag.select_one('[data-test-id="main-feed-activity-card__entity-lockup"] a[href]')
        if author is None:
            return True
        address = absolute(str(author.get("href")), page.final_url)
        found = self.link(address) if address else None
        return found is not None and found.handle == handle

    def _forum_posts(self, page: Page, document: Document, handle: str) -> Iterator[Post]:
        """The posts as JSON-LD repeats them, for pages saved without their lists."""
        for block in json_ld_of(document, page.role, _POSTING):
            date_text = block.at("/datePublished")
            found = parse_date(date_text, now=page.fetched_at) if isinstance(date_text, str) else None
            address = block.text("/url", "/mainEntityOfPage", "/@id")
            author = self.link(str(block.at("/author/url") or ""))
            if found is None or address is None:
                continue
            text = block.text("/text", "/articleBody", "/headline", "/description")
            statistics = {
                str(item.at("/interactionType/@type") or item.at("/interactionType")).rsplit("/", 1)[-1]: item.number(
                    "/userInteractionCount"
                )
                for item in block.items("/interactionStatistic")
            }
            own = author is None or author.handle == handle
            yield Post(
                url=address.value.split("?")[0],
                at=found[0],
                precision=found[1],
                text=text.value if text else None,
                reactions=statistics.get("LikeAction") if own else None,
                comments=statistics.get("CommentAction") if own else None,
                repost=not own,
                page=page.role,
                where=block.place,
            )

    def _from_api(self, link: Link, page: Page, document: Document) -> Profile | None:
        """A company object: v1 (JSON or XML), or an organisation of the versioned API."""
        if not document.is_json:
            return self._from_xml(link, page, document)
        block = JsonBlock(document.json, page.role, "#")
        for path in ("/elements/0", "/values/0"):
            if isinstance(block.at(path), dict) and len(block.at(path.rsplit("/", 1)[0])) == 1:
                block = block.block(path)
        slug = block.text("/universalName", "/vanityName")
        name = block.text("/localizedName", "/name")
        identifier = str(block.at("/id") or block.at("/$URN") or "").rsplit(":", 1)[-1]
        if name is None or not _is_asked(link, slug.value if slug else "", identifier):
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=slug.value if slug else link.handle or None,
            name=name,
            followers=block.count("/numFollowers", "/followersCount"),
            bio=block.text("/localizedDescription", "/description"),
            website=block.text("/localizedWebsite", "/websiteUrl"),
            location=block.text("/locations/values/0/address/city", "/locations/0/address/city"),
            category=block.text("/industry", "/industries/values/0/name"),
            avatar=block.text("/logoUrl", "/squareLogoUrl"),
        )

    def _from_xml(self, link: Link, page: Page, document: Document) -> Profile | None:
        name = in_element(document, page.role, "company > name")
        if name is None or len(document.tree.select("company > name", limit=2)) > 1:
            return None
        slug = document.find("company > universal-name")
        if not _is_asked(link, slug or "", document.find("company > id") or ""):
            return None
        shown = document.find("company > num-followers")
        count = exact_count(shown) if shown else None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=slug or link.handle or None,
            name=name,
            followers=count.fact(page.role, "company > num-followers") if count else None,
            bio=in_element(document, page.role, "company > description"),
            website=in_element(document, page.role, "company > website-url"),
            category=in_element(document, page.role, "company > industry"),
        )

    def _from_network(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The follower count of an organisation that the key's owner administers."""
        followers = JsonBlock(document.json, page.role, "#").count("/firstDegreeSize")
        if followers is None:
            return None
        return replace(self.blank(link, state=State.OBSERVED, source=page.source), followers=followers)


def _states(document: Document, role: str) -> Iterator[JsonBlock]:
    """What a saved page for members carries beside its elements: the answers of the site's own interface."""
    if "universalName" not in document.text:
        return
    for tag in document.tree.select("code[id]"):
        value = load_json(tag.text()) if "universalName" in tag.text() else None
        if value is not None:
            yield JsonBlock(value, role, f'code[id="{tag.get("id")}"]#')


def _state_followers(state: JsonBlock, company: JsonBlock) -> CountFact | None:
    """The followers of a company: inside it, or in an object of their own to which it points."""
    followers = company.count("/followingInfo/followerCount", "/followerCount", "/followingState/followerCount")
    named = company.text("/followingInfo", "/*followingInfo", "/*followingState")
    if followers is not None or named is None:
        return followers
    others = (other for other in state.holding("followerCount") if other.at("/entityUrn") == named.value)
    return next((other.count("/followerCount") for other in others), None)


def _is_asked(link: Link, slug: str, identifier: str) -> bool:
    """Whether an answer with this slug and number is about the company of `link`; one that says neither is not."""
    shown = identifier if link.handle.isdigit() else slug
    return not link.handle or shown.casefold() == link.handle.casefold()


def _api_refusal(page: Page, document: Document) -> Refusal | None:
    """An error object of the API, JSON or XML; its own status speaks louder than the answer's."""
    if document.is_json:
        block = JsonBlock(document.json, page.role, "#")
        said, code = block.at("/message"), block.at("/status")
        if not isinstance(said, str):
            return None
    else:
        said, code = document.find("error > message"), document.find("error > status")
        if said is None:
            return None
    reason = clean(str(said))[:200]
    status = int(code) if str(code).isdigit() and len(str(code)) == 3 else page.status or 0
    states = {401: State.NO_CREDENTIAL, 403: State.NO_CREDENTIAL, 404: State.MISSING, 410: State.GONE}
    return Refusal(state=states.get(status, State.FAILED), reason=reason)


def _sentence_followers(page: Page, document: Document, name: str) -> CountFact | None:
    """`Name | 5,750 followers on LinkedIn. …`, with the label before or after the number, in any language."""
    for key in ("og:description", "description", "twitter:description"):
        sentence = document.meta.get(key, "")[:_MAX_SENTENCE]
        rest = sentence[len(name) :] if sentence.startswith(name) else sentence
        for segment in rest.split(" | ")[:3]:
            match = _ON_LINKEDIN.match(segment)
            if match is None or not FOLLOWERS.search(match.group()):
                continue
            count = first_count(match.group(), document.language or "en")
            if count is not None and _is_linkedins(match.group(), count):
                return count.fact(page.role, document.meta_where(key))
    return None


def _is_linkedins(sentence: str, count: Count) -> bool:
    """Whether LinkedIn wrote a sentence with a number of followers: nothing stands before the number but its word and
    the site's name, and where it begins with the number, it ends with that name."""
    before, _, behind = DIRECTIONS.sub("", sentence).partition(count.raw)
    lead = _LEADS.sub(" ", FOLLOWERS.sub(" ", before))
    if any(map(str.isalnum, lead)):
        return False
    return bool(_SITE.search(before)) or not any(map(str.isalnum, _SITE.split(behind)[-1]))


def _listed_followers(page: Page, document: Document) -> CountFact | None:
    """The followers in the list of the member's top card, which is the first of its kind on the page."""
    first = document.tree.select_one(_INFO_ITEM)
    card = first.parent if first is not None else None
    for item in card.children if card is not None else ():
        text = clean(item.text(" ")) if _INFO_ITEM[1:] in item.words("class") else ""
        count = labelled_count(text, FOLLOWERS, document.language or "en") if len(text) <= _MAX_ITEM else None
        if count is not None:
            return count.fact(page.role, item.place())
    return None


def _card_followers(page: Page, document: Document) -> CountFact | None:
    """The top card's line `London, London · 5,750 followers`: its last piece of text with that word."""
    for selector in _FOLLOWER_LINES:
        tag = document.tree.select_one(selector)
        pieces = [clean(text) for text in tag.texts() if clean(text)] if tag else []
        for piece in (pieces[-1:], [" ".join(pieces[-2:])]):
            if piece and FOLLOWERS.search(piece[0]):
                count = first_count(piece[0], document.language or "en")
                if count is not None:
                    return count.fact(page.role, selector)
    return None


def _shown_website(page: Page, document: Document) -> Fact[str] | None:
    """The website as printed; its own address leads through a redirect."""
    found = in_element(document, page.role, '[data-test-id="about-us__website"] dd a', "li.website a")
    return found if found and re.match(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+", found.value) else None


def _kind(tag: Element) -> str:
    if tag.select_one('[data-test-id="feed-native-video-content"], video'):
        return "video"
    if tag.select_one('[data-test-id="feed-native-document-content"], iframe[data-native-document-config]'):
        return "carousel"
    if tag.select_one('[data-test-id="feed-images-content"]'):
        return "carousel" if len(tag.select('[data-test-id="feed-images-content__list-item"]')) > 1 else "image"
    return "link" if tag.select_one('[data-test-id="article-content"]') else "text"


def _attribute_count(tag: Element, attribute: str) -> int | None:
    found: Any = tag.select_one(f"[{attribute}]")
    count = exact_count(str(found.get(attribute))) if found else None
    return count.value if count else None


PLATFORM = LinkedIn()

"""X (Twitter): the answers of the official API and of the site's own, the embed page, and the pages of ten years.

The same account looks different in each: `legacy` and the shape after it in GraphQL, JSON-LD and the rendered page
for people, a head without body for preview bots, the server-rendered profile of before 2020.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, State
from audit.parse.address import host, host_matches, parts, path_segments, query
from audit.parse.counts import exact_count, first_count, parse_count
from audit.parse.dates import X_EPOCH_MS, from_epoch, parse_date, snowflake_time
from audit.parse.document import Document, load_json
from audit.parse.persons import Foreign, Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.x import XApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import day_of, in_element, own_addresses, without_unread
from audit.platforms._x_words import FRONT_TITLES, GONE, MISSING, PROTECTED
from audit.walls import moved_reason

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_FRONT_DOORS = frozenset({"x.com", "twitter.com"})
_NO_HANDLES = frozenset({
    "intent", "share", "home", "hashtag", "search", "explore", "i", "settings", "messages", "notifications", "login",
    "signup", "logout", "tos", "privacy", "compose", "widgets", "oauth", "jobs", "download", "account", "about",
    "search-advanced", "who_to_follow", "statuses", "status", "personalization", "welcome", "en", "it", "fr", "de",
    "es", "rules", "help", "1", "2", "graphql", "javascripts", "images", "goodies", "logo", "devices", "invitations",
    "twitterapi", "username", "yourusername",
})  # fmt: skip
_TABS = frozenset({
    "with_replies", "media", "likes", "favorites", "following", "followers", "verified_followers", "about",
    "highlights", "articles", "superfollows", "affiliates", "photo", "header_photo", "followers_you_know",
})  # fmt: skip
# "Acme (@acme) / X": with a word of courtesy behind the name.
_TITLE = re.compile(r"^(.*?)\s*(?:さん|님)?\s*[(（]@([A-Za-z0-9_]{1,15})[)）]")
_FIRST_TITLE = re.compile(r"^(.*?)\s*\(([A-Za-z0-9_]{1,15})\) on Twitter$")  # to 2014
_QUOTED = re.compile(r"[:：]\s*[\"“”„«‘「].*[\"“”»’」]\s*(?:[/|].{1,20})?$")
_IN_QUOTATION = re.compile(r"[:：]\s*[\"“”„«‘「][^\"“”»’」]*$")
_LISTING = re.compile(r"^\s*[-–—]\s.*/")  # what is listed of what the account's name has found: "(@acme) - Search / X"
_STATUS = re.compile(r"^/([A-Za-z0-9_]{1,15})/status/(\d{5,20})")
_USER_ANSWERS = frozenset({
    "UserByScreenName", "UserByRestId", "UserResultByScreenName", "UserResultByRestId", "UsersByRestIds",
    "UserByIdQuery", "ProfileSpotlightsQuery",
})  # fmt: skip
_POST_ANSWERS = frozenset({
    "UserTweets", "UserTweetsAndReplies", "UserMedia", "UserOriginalTweets", "UserHighlightsTweets",
})  # fmt: skip
_ERROR_CODES = {
    17: State.MISSING, 34: State.MISSING, 50: State.MISSING, 63: State.GONE, 64: State.GONE, 88: State.RATE_LIMITED,
    32: State.NO_CREDENTIAL, 89: State.NO_CREDENTIAL, 99: State.NO_CREDENTIAL, 215: State.NO_CREDENTIAL,
    239: State.NO_CREDENTIAL, 453: State.NO_CREDENTIAL, 179: State.PRIVATE, 326: State.CHALLENGED, 68: State.FAILED,
    130: State.FAILED, 131: State.FAILED,
}  # fmt: skip
_MAX_POSTS = 200  # a page shows its newest hundred
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the dates read with it are absolute
_XML_COUNTS = {"followers": "followers_count", "following": "friends_count", "posts": "statuses_count"}
_XML_TEXTS = {"name": "name", "bio": "description", "website": "url", "location": "location"}
_STATISTICS = {"Follows": "followers", "Friends": "following", "Tweets": "posts"}


@dataclass(frozen=True, slots=True)
class _OldLayout:
    """Where a server-rendered profile of before 2020 prints what; `mark` is a class that only it has."""

    mark: str
    handle: str
    name: str
    bio: str
    location: str
    website: str
    followers: str
    following: str
    posts: str


_OLD_LAYOUTS = (
    _OldLayout(  # 2014 to 2020
        mark="ProfileHeaderCard",
        handle=".ProfileHeaderCard-screenname",
        name=".ProfileHeaderCard-nameLink",
        bio=".ProfileHeaderCard-bio",
        location=".ProfileHeaderCard-locationText",
        website=".ProfileHeaderCard-urlText a@title",
        followers=".ProfileNav-item--followers .ProfileNav-value",
        following=".ProfileNav-item--following .ProfileNav-value",
        posts=".ProfileNav-item--tweets .ProfileNav-value",
    ),
    _OldLayout(  # 2011 to 2014
        mark="profile-card-inner",
        handle=".profile-card-inner .screen-name",
        name=".profile-card-inner .fullname .profile-field",
        bio=".profile-card-inner .bio",
        location=".profile-card-inner .location",
        website=".profile-card-inner .url a@title",
        followers='[data-element-term="follower_stats"] strong',
        following='[data-element-term="following_stats"] strong',
        posts='[data-element-term="tweet_stats"] strong',
    ),
    _OldLayout(  # the page for phones without scripts, to 2020
        mark="profile-details",
        handle=".profile-details .screen-name",
        name=".profile-details .fullname",
        bio=".profile-details .bio",
        location=".profile-details .location",
        website=".profile-details .url a@data-url",
        followers='.profile-stats a[href$="/followers"] .statnum',
        following='.profile-stats a[href$="/following"] .statnum',
        posts=".profile-stats td:first-child .statnum",
    ),
)


class X(Platform):
    """x.com, twitter.com. Exact figures stand in the JSON answers; the rendered page cuts digits off."""

    name = "x"
    title = "X"
    hosts = frozenset({"x.com", "twitter.com", "twimg.com"})
    roles = ("api", "user", "about", "posts", "more_posts", "embed", "profile")
    persons = EVERYWHERE | Persons(
        foreign=frozenset({
            Foreign(mark="tweet_results", author="core", name="screen_name"),
            Foreign(mark="tweet", author="user", name="screen_name"),
        }),
        addresses=frozenset({"/followers_you_follow"}),
    )  # fmt: skip
    any_role_suffices = True
    api = XApi()
    robots_note = "robots.txt closes the whole site to unnamed readers, and the terms forbid automated reading."
    way_in = "Open the profile in a browser, record it as a HAR or save the page, and import the file."
    keyless = False
    by_page = Shown(
        fields="name followers following posts bio website verified created location avatar recent",
        posts="exact or rounded",
    )
    by_key = Shown(
        fields="name followers following posts bio website verified created location avatar recent", posts="exact"
    )
    checked = Checked(pages="2026-08-07", documentation="2026-11")
    control = Control(known="https://x.com/X", unknown="https://x.com/no_such_7q4x9k2", key="name followers posts")

    def link(self, url: str) -> Link | None:
        """`/{handle}` and its tabs, `/i/user/{id}`, `/#!/{handle}`; posts, intents, searches are no profiles."""
        if _front_door(url) not in _FRONT_DOORS:
            return None
        segments = path_segments(url)
        if segments[:2] == ["i", "user"] and len(segments) == 3 and segments[2].isdigit():
            return self._link(segments[2], f"https://x.com/i/user/{segments[2]}")
        if segments in (["intent", "user"], ["intent", "follow"]):
            return self._handle_link(query(url).get("screen_name", ""))
        if not segments:
            parsed = parts(url)
            fragment = parsed.hash if parsed else ""
            return self.link(f"https://x.com/{fragment[3:]}") if re.match(r"#!/\w", fragment) else None
        if len(segments) > 1 and segments[1] not in _TABS:
            return None
        return self._handle_link(segments[0])

    def role(self, url: str) -> str | None:
        """Profile pages, the embed page, and the JSON answers that a profile page asks for."""
        if not host_matches(url, self.hosts):
            return None
        segments = path_segments(url)
        if "graphql" in segments:
            return _graphql_role(segments[-1])
        if host(url) in self.api.hosts:
            return self.api.role(url)
        if host(url).startswith("api."):
            return "posts" if segments[-1:] == ["tweets"] else "api"
        if host(url).startswith(("syndication.", "cdn.syndication.")):
            return "embed"
        return "profile" if self.link(url) is not None else None

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Suspended and missing accounts, errors of the API, the redirecting shell, the embed without entries."""
        if document.is_json:
            return _json_refusal(document.json, page)
        if page.role in ("user", "about", "posts") and page.status == 404:
            return Refusal(state=State.FAILED, reason="the site's own query is no longer there")
        if path_segments(page.final_url)[:2] == ["account", "suspended"]:
            return Refusal(state=State.GONE, reason="redirected to /account/suspended")
        words = document.title if page.status in (None, 200) else f"{document.title} {document.text[:200_000]}"
        empty = re.search(r'data-testid="empty_state_header_text".{0,600}', document.text, re.DOTALL)
        for text in (words, empty.group() if empty else ""):
            if GONE.search(text):
                return Refusal(state=State.GONE, reason="the account is suspended")
            if MISSING.search(text):
                return Refusal(state=State.MISSING, reason="the account does not exist")
        other = self._other_address(link, document)
        if other:
            return Refusal(state=State.SHELL, reason=moved_reason(link.handle or page.url, other))
        if FRONT_TITLES.fullmatch(document.title) and not document.meta.get("og:title"):
            return Refusal(state=State.LOGIN_WALL, reason=document.title)
        if len(page.body) < 20_000 and "/x/migrate?tok=" in document.text:
            return Refusal(state=State.SHELL, reason="a page that only redirects")
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The block of the account asked for, in whichever shape the answer has."""
        if document.is_json:
            return self._from_json(link, page, document.json)
        if page.role == "api":
            return self._from_xml(link, page, document)
        embedded = document.island("__NEXT_DATA__")
        if embedded is not None:
            return self._from_embed(link, page, JsonBlock(embedded, page.role, 'script[id="__NEXT_DATA__"]#'))
        return self._from_page(link, page, document)

    def _other_address(self, link: Link, document: Document) -> str:
        """The address that a page gives for itself where that is a post's, a search's or another account's; else "". A
        page of a number does not say whose handle it will have."""
        for address in own_addresses(document):
            if _front_door(address) not in _FRONT_DOORS or not path_segments(address):
                continue
            found = self.link(address)
            if found is None or not (found.handle.isdigit() or _same(found.handle, link)):
                return address
        return ""

    def _handle_link(self, text: str) -> Link | None:
        handle = clean(text).lstrip("@").rstrip(".,")
        if not _HANDLE.fullmatch(handle) or handle.lower() in _NO_HANDLES:
            return None
        return self._link(handle, f"https://x.com/{handle}")

    def _from_json(self, link: Link, page: Page, answer: Any) -> Profile | None:
        block = JsonBlock(answer, page.role, "#")
        if page.role in self.api.post_roles:
            return self._from_posts(link, page, block)
        user = next((found for found in block.holding(*_USER_KEYS) if _is_user(found) and _is_asked(found, link)), None)
        if user is None:
            return self._from_post(link, page, block)
        handle = _screen_name(user)
        own = [item for item in block.items() if user.place != "#" and _screen_name(item.block("/user")) == handle]
        recent = tuple(_graphql_post(item, handle, pinned=False) for item in own[:_MAX_POSTS])
        return replace(self._from_user(link, page, user), recent=recent)

    def _from_post(self, link: Link, page: Page, post: JsonBlock) -> Profile | None:
        """A single post as sites embed it: its author, without figures."""
        user = post.block("/user")
        handle = user.text("/screen_name")
        if handle is None or post.at("/id_str") is None or not _same(handle.value, link):
            return None
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        return replace(blank, handle=handle.value, name=user.text("/name"), verified=_verified(user))

    def _from_user(self, link: Link, page: Page, user: JsonBlock) -> Profile:
        """A user object: flat (old API, embed), `legacy` (GraphQL to 2024), split in parts (after), or API v2."""
        handle = user.text("/core/screen_name", "/legacy/screen_name", "/screen_name", "/username")
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle.value if handle else None,
            name=user.text("/core/name", "/legacy/name", "/name"),
            bio=user.text("/profile_bio/description", "/legacy/description", "/description"),
            website=_website(user),
            verified=_verified(user),
            followers=user.count(
                "/relationship_counts/followers", "/legacy/followers_count", "/followers_count",
                "/public_metrics/followers_count",
            ),
            following=user.count(
                "/relationship_counts/following", "/legacy/friends_count", "/friends_count",
                "/public_metrics/following_count",
            ),
            posts=user.count(
                "/tweet_counts/tweets", "/legacy/statuses_count", "/statuses_count", "/public_metrics/tweet_count"
            ),
            created=_created(user),
            location=user.text("/location/location", "/legacy/location", "/location"),
            category=user.text("/professional/category/0/name"),
            avatar=user.text(
                "/avatar/image_url", "/legacy/profile_image_url_https", "/profile_image_url_https", "/profile_image_url"
            ),
        )  # fmt: skip

    def _from_xml(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account in an answer of the first API, which also spoke XML."""
        handle = document.find("user > screen_name") or ""
        if not _HANDLE.fullmatch(handle) or not _same(handle, link):
            return None
        counts = {
            field: count.fact(page.role, f"user > {element}")
            for field, element in _XML_COUNTS.items()
            if (count := exact_count(document.find(f"user > {element}"))) is not None
        }
        texts = {field: in_element(document, page.role, f"user > {element}") for field, element in _XML_TEXTS.items()}
        verified = document.find("user > verified")
        badge = Fact(value=verified == "true", page=page.role, where="user > verified") if verified else None
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        return replace(blank, handle=handle, verified=badge, **texts, **counts)  # type: ignore[arg-type]  # texts and counts by their fields

    def _from_posts(self, link: Link, page: Page, block: JsonBlock) -> Profile | None:
        """A timeline: the posts of the account, and the account itself from the author block of one of them."""
        if isinstance(block.at("/data"), list):
            if link.handle and not _wrote_all(block, link):
                return None
            recent = tuple(_api_post(item, link.handle) for item in block.items("/data"))
            return replace(self.blank(link, state=State.OBSERVED, source=page.source), recent=recent)
        entries = list(_timeline(block))
        authors = {_screen_name(author).lower(): author for _, author, _ in entries if author is not None}
        wrote = Counter(_screen_name(author).lower() for _, author, _ in entries if author is not None)
        asked = link.handle.lower() or next(
            (name for name, number in wrote.most_common(1) if number * 2 > wrote.total()), ""
        )
        author = authors.get(asked)
        if author is None:
            return None
        handle = _screen_name(author)
        own = [(tweet, pinned) for tweet, by, pinned in entries if by and _screen_name(by).lower() == handle.lower()]
        recent = tuple(_graphql_post(tweet, handle, pinned) for tweet, pinned in own)
        return replace(self._from_user(link, page, author), recent=recent)

    def _from_embed(self, link: Link, page: Page, island: JsonBlock) -> Profile | None:
        """The embed page: posts, each with its author; the account's own author block is the profile."""
        asked = link.handle or str(island.at("/props/pageProps/headerProps/screenName") or "")
        tweets = [entry.block("/content/tweet") for entry in island.items("/props/pageProps/timeline/entries")]
        own = [tweet for tweet in tweets if asked and _screen_name(tweet.block("/user")).lower() == asked.lower()]
        if not own:
            return None
        recent = tuple(_graphql_post(tweet, asked, pinned=False) for tweet in own)
        return replace(self._from_user(link, page, own[0].block("/user")), recent=recent)

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        layout = next((layout for layout in _OLD_LAYOUTS if layout.mark in document.text), None)
        if layout is not None:
            return self._from_old_page(link, page, document, layout)
        readings = [self._from_json_ld(link, page, document), self._from_head(link, page, document)]
        seen = [reading for reading in readings if reading is not None]
        if not seen:
            return None
        shown = self._from_rendered(link, page, document, seen[0].handle or "")
        profile = seen[0]
        for other in [*seen[1:], shown]:
            profile = _completed(profile, other)
        return profile

    def _from_old_page(self, link: Link, page: Page, document: Document, layout: _OldLayout) -> Profile | None:
        """A server-rendered profile: figures as printed, the rest from the state in a hidden input if there is one."""
        handle = re.sub(r"[\s@]", "", document.find(layout.handle) or "")
        if not _HANDLE.fullmatch(handle) or not _same(handle, link):
            return None
        profile = replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=in_element(document, page.role, layout.name),
            bio=in_element(document, page.role, layout.bio),
            location=in_element(document, page.role, layout.location),
            website=in_element(document, page.role, layout.website),
        )
        state = _init_data(document, page.role)
        if state is not None and _is_user(state) and _same(_screen_name(state), link):
            profile = self._from_user(link, page, state)
        for field, selector in (
            ("followers", layout.followers), ("following", layout.following), ("posts", layout.posts)
        ):  # fmt: skip
            printed = _printed_count(document, page, selector)
            if printed is not None:
                profile = replace(profile, **{field: printed})  # type: ignore[arg-type]  # all three are counts
        return replace(profile, recent=tuple(_old_posts(document, handle, page)))

    def _from_json_ld(self, link: Link, page: Page, document: Document) -> Profile | None:
        """`ProfilePage` of the page for people: exact counts, told apart by their names."""
        for item, place in document.json_ld:
            block = JsonBlock(item, page.role, place)
            handle = block.text("/mainEntity/additionalName")
            if item.get("@type") != "ProfilePage" or handle is None or not _same(handle.value, link):
                continue
            counts = {
                _STATISTICS[str(statistic.at("/name"))]: statistic.count("/userInteractionCount")
                for statistic in block.items("/mainEntity/interactionStatistic")
                if str(statistic.at("/name")) in _STATISTICS
            }
            return replace(
                self.blank(link, state=State.OBSERVED, source=page.source),
                handle=handle.value,
                name=block.text("/mainEntity/name", "/mainEntity/givenName"),
                bio=block.text("/mainEntity/description"),
                location=block.text("/mainEntity/homeLocation/name"),
                avatar=block.text("/mainEntity/image/contentUrl"),
                created=day_of(block, _NEVER, "/dateCreated"),
                followers=counts.get("followers"),
                following=counts.get("following"),
                posts=counts.get("posts"),
            )
        return None

    def _from_head(self, link: Link, page: Page, document: Document) -> Profile | None:
        """Title and description: all that preview bots are given."""
        shown = document.meta.get("og:title", "")
        where = document.meta_where("og:title") if shown else "title"
        title = shown or without_unread(document.title)
        match = _TITLE.match(title) or _FIRST_TITLE.match(title)
        if match is None or not _same(match.group(2), link) or document.meta.get("og:type", "profile") != "profile":
            return None
        name = clean(match.group(1))
        if not name or _of_a_post(document.title) or _of_a_post(title) or _LISTING.search(title[match.end() :]):
            return None
        profile = replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=match.group(2),
            name=Fact(value=name, page=page.role, where=where),
        )
        bio = re.sub(rf"^.{{0,80}}\(@{match.group(2)}\)\.?\s*", "", document.meta.get("og:description", ""))
        if bio:
            fact = Fact(value=bio, page=page.role, where=document.meta_where("og:description"))
            profile = replace(profile, bio=fact)
        return profile

    def _from_rendered(self, link: Link, page: Page, document: Document, handle: str) -> Profile:
        """The page as a browser draws it: rounded counts, the badge, the posts in sight."""
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        name = document.tree.select_one('[data-testid="UserName"]')
        if name is None or f"@{handle.lower()}" not in name.text(" ").lower():
            return blank
        badge = '[data-testid="UserName"] [data-testid="icon-verified"]'
        verified = document.tree.select_one(badge) is not None
        return replace(
            blank,
            verified=Fact(value=verified, page=page.role, where=badge if verified else '[data-testid="UserName"]'),
            followers=_shown_count(document, page, handle, "followers", "verified_followers"),
            following=_shown_count(document, page, handle, "following"),
            posts=_selected_count(document, page, 'h2 + div[dir="ltr"]'),
            bio=in_element(document, page.role, '[data-testid="UserDescription"]'),
            location=in_element(document, page.role, '[data-testid="UserLocation"]'),
            category=in_element(document, page.role, '[data-testid="UserProfessionalCategory"]'),
            website=_shown_website(document, page),
            recent=tuple(_rendered_posts(document, handle, page)),
        )


def _of_a_post(title: str) -> bool:
    """Whether a title is that of a post, which it quotes: "Acme on X: “Ciao” / X". What is named in it is nobody."""
    shown = without_unread(title)
    match = _TITLE.match(shown) or _FIRST_TITLE.match(shown)
    return bool(_QUOTED.search(shown) if match is None else _IN_QUOTATION.search(match.group(1)))


def _front_door(url: str) -> str:
    return re.sub(r"^(?:www|mobile|m)\.", "", host(url))


def _graphql_role(operation: str) -> str | None:
    if operation in _USER_ANSWERS:
        return "user"
    if operation in _POST_ANSWERS:
        return "posts"
    return "about" if operation == "AboutAccountQuery" else None


def _json_refusal(answer: Any, page: Page) -> Refusal | None:
    """What an answer without the account says: unavailable, not found, suspended, no key, too many requests."""
    block = JsonBlock(answer, page.role, "#")
    if any(_is_user(found) for found in block.holding(*_USER_KEYS)) or block.at("/data/0") is not None:
        return None
    for found in block.holding("__typename"):
        if found.at("/__typename") == "UserUnavailable":
            return _unavailable(found)
    refusals = [refusal for error in block.items("/errors") if (refusal := _error_refusal(error)) is not None]
    if refusals:
        return refusals[0]
    if block.at("/error") == "Not authorized." and "user_timeline" in page.url:
        return Refusal(state=State.PRIVATE, reason="the account shows its posts to its followers only")
    if page.status in (401, 402, 403):
        return Refusal(
            state=State.NO_CREDENTIAL, reason=str(block.at("/detail") or block.at("/title") or f"HTTP {page.status}")
        )
    if page.role in ("user", "about") and block.at("/data") in ({}, {"user": {}}, {"user": None}):
        return Refusal(state=State.MISSING, reason="the answer knows no such account")
    return None


def _unavailable(found: JsonBlock) -> Refusal:
    said = clean(str(found.at("/message") or found.at("/reason") or "UserUnavailable"))
    text = f"{found.at('/reason')} {said}"
    if re.search(r"suspended", text, re.IGNORECASE):
        return Refusal(state=State.GONE, reason=said)
    if re.search(r"not ?found|deactivated|doesn[’']t exist", text, re.IGNORECASE):
        return Refusal(state=State.MISSING, reason=said)
    return Refusal(state=State.PRIVATE, reason=said)


def _error_refusal(error: JsonBlock) -> Refusal | None:
    said = clean(" ".join(str(error.at(path) or "") for path in ("/title", "/detail", "/message")))[:200]
    code = error.at("/code")
    if isinstance(code, int) and code in _ERROR_CODES:
        return Refusal(state=_ERROR_CODES[code], reason=said)
    if re.search(r"suspended", said, re.IGNORECASE):
        return Refusal(state=State.GONE, reason=said)
    if MISSING.search(said) or re.search(r"not found error", said, re.IGNORECASE):
        return Refusal(state=State.MISSING, reason=said)
    if re.search(r"rate limit|too many requests", said, re.IGNORECASE):
        return Refusal(state=State.RATE_LIMITED, reason=said)
    if PROTECTED.search(said):
        return Refusal(state=State.PRIVATE, reason=said)
    return None


def _wrote_all(block: JsonBlock, link: Link) -> bool:
    """Whether the posts of an answer of API v2 are those of the account asked for: the answer names its users."""
    users = [user for user in block.items("/includes/users") if _is_user(user) and _is_asked(user, link)]
    own = {str(user.at("/id")) for user in users}
    own |= {link.handle} if "/i/user/" in link.url else set()
    authors = {str(item.at("/author_id") or "") for item in block.items("/data")}
    return bool(authors) and authors <= own


_USER_KEYS = ("core", "legacy", "screen_name", "username")


def _is_user(block: JsonBlock) -> bool:
    """Whether an object is an account with its handle, in any of the shapes."""
    if not isinstance(block.value, dict):
        return False
    if isinstance(block.at("/core/screen_name"), str) or isinstance(block.at("/legacy/screen_name"), str):
        return True
    if isinstance(block.at("/screen_name"), str):
        return "followers_count" in block.value
    return isinstance(block.at("/username"), str) and isinstance(block.at("/name"), str) and "id" in block.value


def _is_asked(user: JsonBlock, link: Link) -> bool:
    if "/i/user/" in link.url:
        return link.handle in (user.at("/rest_id"), user.at("/id_str"), user.at("/id"))
    return _same(_screen_name(user), link)


def _same(handle: str, link: Link) -> bool:
    """Whether `handle` is the account of `link`; a link of an answer carries no handle and takes any."""
    return not link.handle or "/i/user/" in link.url or handle.lower() == link.handle.lower()


def _screen_name(user: JsonBlock) -> str:
    fact = user.text("/core/screen_name", "/legacy/screen_name", "/screen_name", "/username")
    return fact.value if fact else ""


def _website(user: JsonBlock) -> Fact[str] | None:
    return user.text(
        "/profile_bio/entities/url/urls/0/expanded_url",
        "/legacy/entities/url/urls/0/expanded_url",
        "/entities/url/urls/0/expanded_url",
        "/website/url",
        "/legacy/url",
        "/url",
    )


def _verified(user: JsonBlock) -> Fact[bool] | None:
    """The badge, of whichever kind: paid, business, government, or the one of before 2023."""
    flags = [
        flag
        for path in (
            "/is_blue_verified",
            "/verification/verified",
            "/legacy/verified",
            "/verified",
            "/ext_is_blue_verified",
        )
        if (flag := user.flag(path)) is not None
    ]
    for path in ("/verification/verified_type", "/legacy/verified_type", "/verified_type"):
        if str(user.at(path)).lower() in ("business", "government"):
            flags.append(Fact(value=True, page=user.page, where=user.place + path))
    return next((flag for flag in flags if flag.value), flags[0] if flags else None)


def _created(user: JsonBlock) -> Fact[date] | None:
    for path in ("/core/created_at", "/legacy/created_at", "/created_at"):
        found = _date_at(user, path)
        if found is not None:
            return Fact(value=found.date(), page=user.page, where=user.place + path)
    return None


def _date_at(block: JsonBlock, path: str) -> datetime | None:
    text = block.at(path)
    found = parse_date(text, now=_NEVER) if isinstance(text, str) else None
    return found[0] if found else None


def _timeline(block: JsonBlock) -> Iterator[tuple[JsonBlock, JsonBlock | None, bool]]:
    """Every post of a timeline answer with its author block and whether it is pinned; answers to it left out."""
    for found in block.walk():
        if not isinstance(found.at("/tweet_results/result"), dict) or found.at("/promotedMetadata"):
            continue
        tweet = found.block("/tweet_results/result")
        if isinstance(tweet.at("/tweet"), dict):  # wrapped when its visibility is limited
            tweet = tweet.block("/tweet")
        author = tweet.block("/core/user_results/result")
        entry = block.at(re.sub(r"^(/.*?/(?:entries/\d+|entry))/.*", r"\1", found.place.lstrip("#")))
        if isinstance(entry, dict) and str(entry.get("entryId", "")).startswith(
            ("tweet-", "profile-grid", "profile-conv")
        ):
            pinned = "/entry/" in found.place
            yield tweet, author if _is_user(author) else None, pinned


def _graphql_post(tweet: JsonBlock, handle: str, pinned: bool) -> Post:
    """A post of GraphQL (`legacy`) or of the embed page (flat)."""
    body = tweet.block("/legacy") if isinstance(tweet.at("/legacy"), dict) else tweet
    identifier = str(body.at("/id_str") or tweet.at("/rest_id") or "")
    retweet = body.at("/retweeted_status_result") or body.at("/retweeted_status")
    text = tweet.text("/note_tweet/note_tweet_results/result/text") or body.text("/full_text", "/text")
    at = _date_at(body, "/created_at") or snowflake_time(identifier, epoch_ms=X_EPOCH_MS)
    return Post(
        url=f"https://x.com/{handle}/status/{identifier}" if identifier.isdigit() else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind=_post_kind(body),
        text=text.value if text else None,
        reactions=None if retweet else body.number("/favorite_count"),
        comments=None if retweet else body.number("/reply_count"),
        shares=None if retweet else body.number("/retweet_count"),
        views=None if retweet else tweet.number("/views/count"),
        pinned=pinned,
        repost=bool(retweet),
        page=tweet.page,
        where=tweet.place,
    )


def _post_kind(body: JsonBlock) -> str:
    media = [str(item.at("/type")) for item in body.items("/extended_entities/media")]
    media = media or [str(item.at("/type")) for item in body.items("/entities/media")]
    if any(kind in ("video", "animated_gif") for kind in media):
        return "video"
    if media:
        return "carousel" if len(media) > 1 else "image"
    return "link" if body.at("/entities/urls/0") else "text"


def _api_post(item: JsonBlock, handle: str) -> Post:
    """A post of API v2."""
    identifier = str(item.at("/id") or "")
    at = _date_at(item, "/created_at") or snowflake_time(identifier, epoch_ms=X_EPOCH_MS)
    text = item.text("/text")
    kinds = [str(reference.at("/type")) for reference in item.items("/referenced_tweets")]
    return Post(
        url=f"https://x.com/{handle or 'i'}/status/{identifier}" if identifier.isdigit() else None,
        at=at,
        precision=Precision.SECOND if at else None,
        text=text.value if text else None,
        reactions=item.number("/public_metrics/like_count"),
        comments=item.number("/public_metrics/reply_count"),
        shares=item.number("/public_metrics/retweet_count"),
        views=item.number("/public_metrics/impression_count"),
        repost="retweeted" in kinds,
        page=item.page,
        where=item.place,
    )


def _init_data(document: Document, page: str) -> JsonBlock | None:
    """The account block of the server-rendered profile (to 2020): JSON in a hidden input."""
    if "init-data" not in document.text:
        return None
    tag = document.tree.select_one('input[id="init-data"]')
    value = load_json(str(tag.get("value") or "")) if tag is not None else None
    if not isinstance(value, dict) or not isinstance(value.get("profile_user"), dict):
        return None
    return JsonBlock(value["profile_user"], page, 'input[id="init-data"]@value#/profile_user')


def _old_posts(document: Document, handle: str, page: Page) -> Iterator[Post]:
    """The posts of the server-rendered profile."""
    for tag in document.tree.select("div.tweet[data-tweet-id]", limit=_MAX_POSTS):
        identifier, author = str(tag.get("data-tweet-id")), str(tag.get("data-screen-name") or "")
        stamp = tag.select_one("[data-time-ms]")
        at = from_epoch(str(stamp.get("data-time-ms"))) if stamp else snowflake_time(identifier, epoch_ms=X_EPOCH_MS)
        text = tag.select_one(".tweet-text")
        own = author.lower() == handle.lower()
        yield Post(
            url=f"https://x.com/{author}/status/{identifier}",
            at=at,
            precision=Precision.SECOND if at else None,
            text=clean(text.text()) if text else None,
            reactions=_old_figure(tag, "favorite") if own else None,
            comments=_old_figure(tag, "reply") if own else None,
            shares=_old_figure(tag, "retweet") if own else None,
            pinned="user-pinned" in tag.words("class"),
            repost=not own or tag.get("data-retweet-id") is not None,
            page=page.role,
            where=f'div.tweet[data-tweet-id="{identifier}"]',
        )


def _old_figure(tag: Element, action: str) -> int | None:
    figure = tag.select_one(f".ProfileTweet-action--{action} [data-tweet-stat-count]")
    count = exact_count(str(figure.get("data-tweet-stat-count"))) if figure else None
    return count.value if count else None


def _shown_count(document: Document, page: Page, handle: str, *tabs: str) -> CountFact | None:
    for tab in tabs:
        found = _selected_count(document, page, f'a[href="/{handle}/{tab}" i]')
        if found is not None:
            return found
    return None


def _selected_count(document: Document, page: Page, selector: str) -> CountFact | None:
    """The count an element shows; the site cuts digits off and does not round (74,263 is shown as 74.2K)."""
    text = document.find(selector)
    count = first_count(text, document.language or "en", rounds_down=True) if text else None
    return count.fact(page.role, selector) if count else None


def _printed_count(document: Document, page: Page, selector: str) -> CountFact | None:
    """A figure of the server-rendered page; whether that page rounded or cut is not known, so both are allowed."""
    text = document.find(selector)
    count = parse_count(text, document.language or "en") if text else None
    cut = parse_count(text, document.language or "en", rounds_down=True) if text else None
    if count is None or cut is None:
        return None
    return replace(count, high=max(count.high, cut.high)).fact(page.role, selector)


def _shown_website(document: Document, page: Page) -> Fact[str] | None:
    """The website as printed: its own address is behind a shortener, and a long one is cut."""
    text = document.find('[data-testid="UserUrl"]') or ""
    if not text or "…" in text or " " in text:
        return None
    address = text if text.startswith("http") else f"https://{text}"
    return Fact(value=address, page=page.role, where='[data-testid="UserUrl"]')


def _rendered_posts(document: Document, handle: str, page: Page) -> Iterator[Post]:
    """The posts in sight; a post of somebody else in the account's timeline is a repost."""
    for tag in document.tree.select('article[data-testid="tweet"]', limit=_MAX_POSTS):
        anchor = next((link for link in tag.select('a[href*="/status/"]') if link.select_one("time")), None)
        match = _STATUS.match(str(anchor.get("href"))) if anchor else None
        if anchor is None or match is None:
            continue
        author, identifier = match.groups()
        own = author.lower() == handle.lower()
        stamp, text = anchor.select_one("time"), tag.select_one('[data-testid="tweetText"]')
        at = parse_date(str(stamp.get("datetime") or ""), now=page.fetched_at) if stamp is not None else None
        yield Post(
            url=f"https://x.com/{author}/status/{identifier}",
            at=at[0] if at else None,
            precision=at[1] if at else None,
            kind=_rendered_kind(tag),
            text=clean(text.text()) if text else None,
            reactions=_labelled(tag, '[data-testid="like"]') if own else None,
            comments=_labelled(tag, '[data-testid="reply"]') if own else None,
            shares=_labelled(tag, '[data-testid="retweet"]') if own else None,
            views=_labelled(tag, 'a[href$="/analytics"]') if own else None,
            pinned=own and tag.select_one('[data-testid="socialContext"]') is not None,
            repost=not own,
            page=page.role,
            where=f'article[data-testid="tweet"]:has(a[href*="{identifier}"])',
        )


def _rendered_kind(tag: Element) -> str:
    if tag.select_one('[data-testid="videoPlayer"]'):
        return "video"
    pictures = len(tag.select('[data-testid="tweetPhoto"]'))
    if pictures:
        return "carousel" if pictures > 1 else "image"
    return "link" if tag.select_one('[data-testid="card.wrapper"]') else "text"


def _labelled(tag: Element, selector: str) -> int | None:
    """The figure that a button names for screen readers ("1264 Replies. Reply")."""
    button = tag.select_one(selector)
    count = first_count(str(button.get("aria-label") or "")) if button else None
    return count.value if count else None


def _completed(profile: Profile, other: Profile) -> Profile:
    """`profile` with what only `other` shows."""
    changes: dict[str, Any] = {}
    for field in (
        "name",
        "bio",
        "website",
        "verified",
        "followers",
        "following",
        "posts",
        "location",
        "category",
        "recent",
    ):
        if not getattr(profile, field) and getattr(other, field):
            changes[field] = getattr(other, field)
    return replace(profile, **changes)


PLATFORM = X()

"""Facebook Pages: the sentence of the page's description, the islands of data in the page, the answers of the API.

Facebook says the same in sixty languages, with the label before or after the number. A number counts only next to
its label and only in the block of the Page asked for: related Pages carry their own figures on the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import partial
from typing import Any

from audit.models import Count, CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, State
from audit.parse.address import absolute, host, host_matches, parts, path_segments, query
from audit.parse.counts import exact_count, first_count
from audit.parse.dates import from_epoch
from audit.parse.document import Document, load_json
from audit.parse.persons import Foreign, Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._facebook_words import (
    BOXES,
    FIGURE_LEADS,
    FIGURE_WORDS,
    FOLLOWING,
    LOGIN_TITLES,
    MISSING_TITLES,
    OLD_BROWSER,
    OUT_OF_ORDER,
    SEARCH_TITLES,
    SHELL_TITLES,
    SITE_END,
    SITE_NAMES,
    TAB_END,
    UNAVAILABLE,
    VERIFIED_LABELS,
)
from audit.platforms._keyed.facebook import FacebookApi
from audit.platforms._labels import FOLLOWERS, LIKES, figures_around
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import stars_of, told_alone
from audit.platforms._wall_words import LOGIN
from audit.walls import moved_reason

_FRONT_DOOR = re.compile(
    r"(?:(?:www|m|mbasic|touch|mobile|web|business|free|0|d|[a-z]{2}|[a-z]{2}-[a-z]{2})\.)?(?:facebook|fb)\.com"
)
_VANITY = re.compile(r"[A-Za-z0-9.]{2,75}")
_NAME_AND_ID = re.compile(r".*-(\d{8,20})")
_NO_VANITIES = frozenset({
    "tr", "sharer", "sharer.php", "share", "share.php", "dialog", "plugins", "login", "login.php", "recover", "help",
    "policies", "policy.php", "privacy", "legal", "events", "groups", "watch", "video.php", "video", "videos",
    "photo", "photo.php", "photos", "media", "story.php", "permalink.php", "reel", "reels", "hashtag",
    "marketplace", "gaming", "ads", "business", "l.php", "flx", "home.php", "home", "notes", "stories", "messages",
    "settings", "pages", "people", "p", "pg", "profile.php", "profile", "public", "search", "terms", "terms.php",
    "about", "careers", "games", "latest", "tools", "adsmanager", "checkpoint", "composer", "dyi", "sitetour",
    "yourpage", "username", "yourusername", "example", "bookmarks", "friends", "fundraisers", "jobs", "live",
    "developers", "security", "lite", "mobile", "badges", "directory", "find-friends", "r.php", "reg", "ajax", "api",
    "graphql", "sem", "i", "campaign", "unsupportedbrowser", "feed", "rsrc.php", "safetycheck", "offers", "services",
})  # fmt: skip
_TABS = frozenset({
    "posts", "about", "photos", "videos", "reviews", "events", "community", "home", "info", "shop", "likes",
    "followers", "following", "friends_likes", "timeline", "services", "menu", "reels", "live", "mentions",
    "about_profile_transparency", "about_contact_and_basic_info", "about_details", "photos_stream", "photos_albums",
    "offers", "notes", "groups", "jobs", "page_likes", "reels_tab", "directory_contact_info",
})  # fmt: skip

_MAX_HEADLINES = 5
_MAX_BOX = 80  # characters of a box with a figure
_MAX_BOXES = 5  # boxes with one phrase that are looked at
_MAX_NEIGHBOURS = 50  # links beside a box that are looked at
_MAX_AROUND = 12  # elements around a box that are looked into
# What stands for itself among the pages of the site that are nobody's Page.
_CONTENT = frozenset({
    "groups", "events", "reel", "reels", "watch", "video.php", "photo", "photo.php", "photos", "story.php",
    "permalink.php", "stories", "notes", "marketplace", "fundraisers", "hashtag",
})  # fmt: skip
_LABELS = {"likes": LIKES, "followers": FOLLOWERS, "following": FOLLOWING}
_CARD = "timeline_context_list_item_type"
_CARD_FIELDS = {
    "INTRO_CARD_WEBSITE": "website", "INTRO_CARD_ADDRESS": "location", "INTRO_CARD_INFLUENCER_CATEGORY": "category",
}  # fmt: skip
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_MAX_SHELL = 1_500_000  # characters of a page that shows no Page in which its words are looked for
_MAX_POSTS = 100  # a page shows its newest dozen
_MAX_SENTENCE = 2_000  # characters of a description; Facebook's own are shorter
# The end of a sentence; the point behind "Mio", "тыс" and the like belongs to the number.
_SENTENCE_END = re.compile(
    r"(?<!mio)(?<!mrd)(?<!tsd)(?<!mil)(?<!mln)(?<!mld)(?<!mlr)(?<!тыс)(?<!млн)(?<!тис)(?<!tis)(?<!tys)(?<!mi)"
    r"(?<!mill)(?<!milj)(?<!mia)(?<!хил)(?<!χιλ)(?<!εκ)(?<!εκατ)"
    r"[.!?](?:\s|$)|。",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?|]\s+(?=\D*\d)")  # of a sentence before a figure
_LISTED = re.compile(r"^(\D*\d.*?\D)[,，;]\s.*$")  # what is listed behind it: "567 likes, 15 talking about this"

_API_CODES = {
    4: State.RATE_LIMITED, 17: State.RATE_LIMITED, 32: State.RATE_LIMITED, 613: State.RATE_LIMITED,
    803: State.MISSING, 10: State.NO_CREDENTIAL, 102: State.NO_CREDENTIAL, 104: State.NO_CREDENTIAL,
    190: State.NO_CREDENTIAL, 200: State.NO_CREDENTIAL, 100: State.NO_CREDENTIAL, 368: State.RATE_LIMITED,
}  # fmt: skip
_LISTS = 'a[href*="followers"], a[href*="friends_likes"], a[href*="following"]'


class Facebook(Platform):
    """facebook.com Pages. The lifetime number of posts is nowhere public, so it is never read."""

    name = "facebook"
    title = "Facebook"
    hosts = frozenset({"facebook.com", "fb.com", "fb.me", "fb.watch", "fbcdn.net", "fbsbx.com", "facebook.net"})
    roles = (*FacebookApi.roles, "graphql", "profile", "posts", "oembed")
    persons = EVERYWHERE | Persons(
        keys=frozenset({
            "display_comments", "interesting_top_level_comments", "comment_rendering_instance", "important_reactors",
            "like_friend_sentences", "visitor_posts", "ratings", "reactions", "likes",
        }),
        foreign=frozenset({Foreign(mark="comet_sections", author="actors", name="url")}),
        addresses=frozenset({"comment_id="}),
        words=frozenset({"comment", "UFIComment"}),
    )  # fmt: skip
    any_role_suffices = True
    api = FacebookApi()
    robots_note = "robots.txt closes the whole site to unnamed readers; collecting needs written permission."
    way_in = "Open the Page in a private window, save the complete page and import the file."
    keyless = False
    by_page = Shown(fields="name followers following likes bio verified category avatar recent")
    by_key = Shown(fields="name followers likes bio website verified location category avatar rating reviews recent")
    checked = Checked(pages="2021-06-08", documentation="2026-11")
    control = Control(
        known="https://www.facebook.com/facebook",
        unknown="https://www.facebook.com/finestra.no.such.page.7q4x9k2mw5z8",
        key="name followers",
    )

    def claims(self, url: str) -> bool:
        """Its hosts; of the API that it shares, what is not Instagram's."""
        return super().claims(url) and (host(url) not in self.api.hosts or "business" not in url)

    def link(self, url: str) -> Link | None:
        """`/{vanity}` and its tabs, `/profile.php?id=`, `/people/…/{id}`, `/p/…-{id}`, `/pages/…`; nothing else."""
        if not _FRONT_DOOR.fullmatch(host(url)):
            return None
        segments = [clean(segment) for segment in path_segments(url)]
        if segments == ["profile.php"]:
            return self._id_link(query(url).get("id", ""), "profile.php?id={}")
        if not segments:
            return self._hashbang(url)
        if segments[0] in ("people", "p", "pages", "pg"):
            return self._prefixed(segments)
        if len(segments) > 1 and segments[1].lower() not in _TABS:
            return None
        return self._vanity(segments[0]) if len(segments) <= 2 else None

    def role(self, url: str) -> str | None:
        """The Page, the list of its posts, and the answers of the site's and the official API."""
        if not host_matches(url, self.hosts):
            return None
        if host(url) == "graph.facebook.com":
            by_oembed = any("oembed" in segment for segment in path_segments(url))
            return "oembed" if by_oembed else self.api.role(url) or "api"
        segments = path_segments(url)
        if segments[:2] == ["api", "graphql"]:
            return "graphql"
        if segments[:1] == ["page_content_list_view"]:
            return "posts"
        if segments[:1] == ["plugins"] and segments[-1].startswith("oembed"):
            return "oembed"
        if segments in (["plugins", "page.php"], ["plugins", "likebox.php"]):
            return "profile"
        return "profile" if self.link(url) is not None else None

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Errors of the API, login pages, the empty shell, content that is hidden or gone, another Page."""
        if document.is_json:
            return _api_refusal(JsonBlock(document.json, page.role, "#"))
        if page.role == "api" and document.text.strip() == "false":  # how the first versions said it
            return Refusal(state=State.MISSING, reason="the answer is `false`")
        title = document.title
        if self._is_login(document):
            return Refusal(state=State.LOGIN_WALL, reason=title)
        if SEARCH_TITLES.fullmatch(title) and not _own_addresses(document):
            return Refusal(state=State.SHELL, reason=title)
        if document.meta.get("og:title") and title.lower() not in SHELL_TITLES:
            return self._moved(link, page, document)
        return _said_instead(document)

    def _is_login(self, document: Document) -> bool:
        """A page that is titled as the login, in any language, and shows no Page of its own."""
        title = document.title
        if LOGIN_TITLES.fullmatch(re.sub(r"\s*[|·]\s*Facebook$", "", title)):
            return True
        shows = any(self.link(address) for address in (document.meta.get("og:url", ""), document.canonical) if address)
        return not shows and bool(SITE_NAMES.search(title) and LOGIN.search(title))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The Page's own block in whichever answer."""
        if document.is_json:
            return self._from_json(link, page, document)
        if path_segments(page.url)[:1] == ["plugins"]:
            return self._from_plugin(link, page, document)
        addresses = _own_addresses(document) or [page.url]
        is_pages = all(self.link(address) is not None for address in addresses)
        if not is_pages or document.meta.get("og:type", "").startswith(("video", "article", "music")):
            return self._from_author(link, page, document)  # a post, a group or an event has figures of its own
        return self._from_page(link, page, document)

    def _vanity(self, text: str) -> Link | None:
        named = _NAME_AND_ID.fullmatch(text)
        if named:
            return self._id_link(named.group(1), "{}")
        if text.isdigit():
            return self._id_link(text, "{}")
        vanity = text.lstrip("@").rstrip(".,")
        if not _VANITY.fullmatch(vanity) or vanity.lower() in _NO_VANITIES or vanity.lower().endswith(".php"):
            return None
        return self._link(vanity, f"https://www.facebook.com/{vanity}")

    def _id_link(self, identifier: str, form: str) -> Link | None:
        if not re.fullmatch(r"[0-9]{5,20}", identifier):
            return None
        address = f"https://www.facebook.com/{form.format(identifier)}"
        return self._link(identifier, address)

    def _prefixed(self, segments: list[str]) -> Link | None:
        """`/people/{name}/{id}`, `/p/{name}-{id}`, `/pages/{name}/{id}`, `/pages/category/{what}/{page}`."""
        if segments[0] == "p" and len(segments) >= 2:
            named = _NAME_AND_ID.fullmatch(segments[1])
            return self._id_link(named.group(1), "profile.php?id={}") if named else None
        if segments[0] == "people":
            return self._id_link(segments[2], "profile.php?id={}") if len(segments) >= 3 else None
        if segments[0] == "pg":
            return self._vanity(segments[1]) if len(segments) >= 2 else None
        if segments[1:2] == ["category"]:
            return self._vanity(segments[3]) if len(segments) >= 4 else None
        identifier = next((segment for segment in segments[2:4] if segment.isdigit()), "")  # city or not before it
        return self._id_link(identifier, "{}")

    def _hashbang(self, url: str) -> Link | None:
        parsed = parts(url)
        if parsed is None or not parsed.hash.startswith("#!/"):
            return None
        return self.link("https://www.facebook.com" + parsed.hash[2:])

    def _same(self, address: str | None, link: Link) -> bool:
        """Whether an address is the Page of `link`; dots and case do not count, an id is never a name."""
        found = self.link(address) if address else None
        return found is not None and _alike(found.handle, link.handle)

    def _moved(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Another Page's page; also one of which only an id is known where a name was asked for, or vice versa."""
        found = [self.link(address) for address in (document.meta.get("og:url", ""), document.canonical) if address]
        said = [address.handle for address in found if address is not None]
        names = said + _app_ids(document) if said else []
        alike = [name for name in names if name.isdigit() == link.handle.isdigit()] or names
        if all(_alike(name, link.handle) for name in alike):
            return None
        return Refusal(state=State.SHELL, reason=moved_reason(link.handle, alike[0]))

    def _handle(self, link: Link, document: Document) -> str | None:
        """The vanity name that the page shows, else the one asked for."""
        addresses = [str(item.get("@id") or "") for item, _ in document.json_ld]
        addresses += [document.meta.get("og:url", ""), document.canonical]
        for address in addresses:
            found = self.link(address) if address.startswith("http") else None
            if found is not None and not found.handle.isdigit() and _alike(found.handle, link.handle):
                return found.handle
        return link.handle or None

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        name = _name(page, document)
        header = self._header(link, page, document)
        if name is None and header is None:
            return None
        shown = name.value if name else ""
        profile = replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=self._handle(link, document),
            name=name,
            avatar=_meta(page, document, "og:image"),
            bio=_description_rest(page, document),
            likes=_sentence_count(page, document, LIKES, shown),
            followers=_sentence_count(page, document, FOLLOWERS, shown),
            verified=_badge(page, document),
        )
        if header is not None:
            profile = _completed(self._with_header(profile, header, document.language), profile)
            profile = _with_introduction(profile, page, document)
        profile = self._with_ratings(link, page, document, profile)
        for field, found in self._shown_counts(link, page, document, shown).items():
            if getattr(profile, field) is None:
                profile = replace(profile, **{field: found})  # type: ignore[arg-type]  # both are counts
        recent = tuple(self._island_posts(link, page, document)) or tuple(
            _mobile_posts(document.tree, page, partial(_post_place, document))
        )
        return replace(profile, recent=recent)

    def _header(self, link: Link, page: Page, document: Document) -> JsonBlock | None:
        """The object of the page's header in its data islands: the Page's name with its social context."""
        if "profile_social_context" not in document.text:
            return None
        for value, place in document.islands():
            for block in JsonBlock(value, page.role, place).walk():
                if _is_header(block) and self._is_page(block, link):
                    return block
        return None

    def _is_page(self, block: JsonBlock, link: Link, own_id: str = "") -> bool:
        """Whether an object is the Page asked for; it has to say so itself, by id or by name."""
        if not link.handle:
            return True
        identifier, vanity = str(block.at("/id") or ""), str(block.at("/vanity") or block.at("/username") or "")
        if identifier and identifier in (link.handle, own_id):
            return True
        found = self.link(str(block.at("/url") or block.at("/profile_url") or ""))
        names = [name for name in (vanity, found.handle if found else "") if name]
        return any(name.isdigit() == link.handle.isdigit() and _alike(name, link.handle) for name in names)

    def _with_header(self, profile: Profile, header: JsonBlock, language: str) -> Profile:
        """Name, badge and the rounded figures of the header; their addresses say which figure is which."""
        found: dict[str, Any] = {
            "name": header.text("/name"),
            "verified": header.flag("/is_verified", "/show_verified_badge_on_profile"),
            "category": header.text("/category_name"),
            "bio": header.text("/best_description/text"),
        }
        for item in header.items("/profile_social_context/content"):
            text = item.at("/text/text")
            kind = _figure(str(item.at("/uri") or ""), str(text))
            count = _told(text, kind, language or "en") if kind and isinstance(text, str) else None
            if count is not None and kind is not None:
                found[kind] = count.fact(header.page, item.place + "/text/text")
        vanity = header.text("/vanity", "/username")
        address = self.link(str(header.at("/url") or ""))
        handle = vanity.value if vanity else address.handle if address else None
        if handle and not handle.isdigit():
            found["handle"] = handle
        return replace(profile, **{field: value for field, value in found.items() if value is not None})

    def _with_ratings(self, link: Link, page: Page, document: Document, profile: Profile) -> Profile:
        """Stars and number of ratings out of the JSON-LD of the Page itself."""
        for item, place in document.json_ld:
            block = JsonBlock(item, page.role, place)
            identity = str(block.at("/@id") or block.at("/url") or "")
            if not isinstance(block.at("/aggregateRating"), dict) or not self._same(identity, link):
                continue
            rating = stars_of(block, "/aggregateRating/ratingValue")
            reviews = block.count("/aggregateRating/ratingCount")
            profile = replace(profile, rating=rating or profile.rating, reviews=reviews or profile.reviews)
        return profile

    def _shown_counts(self, link: Link, page: Page, document: Document, name: str) -> dict[str, CountFact]:
        """Figures of the drawn page: links to the Page's own lists, and the boxes of the older layout."""
        found: dict[str, CountFact] = {}
        for tag in document.tree.select(_LISTS):
            address = absolute(str(tag.get("href")), "https://www.facebook.com/")
            kind = _figure(address or "", "")
            count = _told(clean(tag.text(" ")), kind, document.language or "en") if kind else None
            if kind and count and address and self._same(address, link) and '"' not in str(tag.get("href")):
                found.setdefault(kind, count.fact(page.role, f'a[href="{tag.get("href")}"]'))
        return self._boxes(link, page, document) | _around_the_name(page, document, name) | found

    def _boxes(self, link: Link, page: Page, document: Document) -> dict[str, CountFact]:
        """The figures of the older layouts: boxes with a sentence, and before them one place for the likes."""
        places = [("likes", "#PagesLikesCountDOMID")] if "PagesLikesCountDOMID" in document.text else []
        for kind, phrases in BOXES.items():
            shown = (phrase for phrase in phrases if phrase in document.text)
            places += [(kind, f'div:-soup-contains-own("{phrase}")') for phrase in shown]
        names = [found.handle for address in _own_addresses(document) if (found := self.link(address)) is not None]
        names += [name for name in (link.handle, *_app_ids(document)) if name]
        figures: dict[str, CountFact] = {}
        for kind, where in places:
            for number, box in enumerate(document.tree.select(where, limit=_MAX_BOXES)):
                count = None if kind in figures else _in_box(clean(box.text(" ")), document.language or "en")
                if count is not None and self._stands_by_itself(box, names):
                    figures[kind] = count.fact(page.role, box.place() if number else where)
        return figures

    def _stands_by_itself(self, box: Element, names: list[str]) -> bool:
        """Whether a box is the Page's own by its surroundings: in no post, and in the smallest block around it that
        leads to a Page or a post, the link before it (else the one behind it) leads to this Page."""
        around = [tag for tag, _ in zip(box.ancestors, range(_MAX_AROUND), strict=False)]
        if any(tag.name == "article" or tag.get("role") == "article" for tag in around):
            return False
        inner = box
        for block in around:
            children = block.children
            place = children.index(inner)
            before = [owns for child in children[:place] for owns in self._owns_in(child, names)]
            behind = [owns for child in children[place + 1 :] for owns in self._owns_in(child, names)]
            if before or behind:
                return before[-1] if before else behind[0]
            inner = block
        return True

    def _owns_in(self, tag: Element, names: list[str]) -> list[bool]:
        """Of the links in an element that lead to a Page or a post: whether each leads to the Page itself."""
        links = [tag] if tag.name == "a" else tag.select("a[href]", limit=_MAX_NEIGHBOURS)
        return [owns for link in links if (owns := self._leads_to(link, names)) is not None]

    def _leads_to(self, tag: Element, names: list[str]) -> bool | None:
        """Whether a link leads to one of the Page's own addresses; None when to nobody's Page and no post."""
        href = str(tag.get("href"))
        address = absolute(href, "https://www.facebook.com/") if not href.startswith("#") else None
        segments = path_segments(address) if address and _FRONT_DOOR.fullmatch(host(address)) else []
        found = self.link(address) if address and segments else None
        if found is not None:
            return not names or any(_alike(found.handle, name) for name in names)
        if not segments or (segments[0].lower() in _NO_VANITIES and segments[0].lower() not in _CONTENT):
            return None
        return False

    def _island_posts(self, link: Link, page: Page, document: Document) -> Iterator[Post]:
        """The first posts of the Page, out of the data islands."""
        if "comet_sections" not in document.text:
            return
        header = self._header(link, page, document)
        own_id = str(header.at("/id") or "") if header else ""
        blocks = (block for value, place in document.islands() for block in JsonBlock(value, page.role, place).walk())
        yield from self._stories(link, blocks, own_id)

    def _stories(self, link: Link, blocks: Iterator[JsonBlock], own_id: str) -> Iterator[Post]:
        seen: set[str] = set()
        for block in blocks:
            identifier = block.at("/post_id")
            if not isinstance(identifier, str) or not isinstance(block.at("/comet_sections"), dict):
                continue
            if identifier not in seen and self._wrote(block, link, own_id):
                seen.add(identifier)
                yield _story(block)

    def _wrote(self, story: JsonBlock, link: Link, own_id: str) -> bool:
        """Whether the Page asked for wrote the post; a post that names no author is not taken."""
        for block in story.walk():
            actor = block.block("/actors/0")
            if isinstance(actor.value, dict):
                return self._is_page(actor, link, own_id)
        return False

    def _from_json(self, link: Link, page: Page, document: Document) -> Profile | None:
        block = JsonBlock(document.json, page.role, "#")
        if page.role == "oembed" or isinstance(block.at("/author_url"), str):
            return self._from_oembed(link, page, block)
        if page.role == "posts" or isinstance(block.at("/payload/actions"), list):
            return self._from_list(link, page, block)
        header = next((found for found in block.walk() if _is_header(found) and self._is_page(found, link)), None)
        own_id = str(header.at("/id") or "") if header else ""
        recent = tuple(self._stories(link, block.walk(), own_id))
        if header is not None:
            blank = self.blank(link, state=State.OBSERVED, source=page.source)
            return replace(self._with_header(blank, header, ""), recent=recent)
        if recent:
            return replace(self.blank(link, state=State.OBSERVED, source=page.source), recent=recent)
        return self._from_graph(link, page, block)

    def _from_graph(self, link: Link, page: Page, block: JsonBlock) -> Profile | None:
        """A Page object of the Graph API, of today or of its first years (`likes` was a number then)."""
        block = _only_page(block)
        name = block.text("/name")
        username = block.text("/username")
        linked = self.link(str(block.at("/link") or ""))
        handles = (username.value if username else "", str(block.at("/id") or ""), linked.handle if linked else "")
        shows = name is not None or block.count("/fan_count", "/followers_count") is not None
        if not shows or not any(_alike(handle, link.handle) for handle in handles if handle or not link.handle):
            return None
        verified = block.flag("/is_verified")
        status = block.text("/verification_status")
        if verified is None and status is not None:
            verified = Fact(
                value="verified" in status.value and "not" not in status.value, page=status.page, where=status.where
            )
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=username.value if username else linked.handle if linked else link.handle or None,
            name=name,
            likes=block.count("/fan_count", "/likes"),
            followers=block.count("/followers_count"),
            bio=block.text("/about", "/description"),
            website=block.text("/website"),
            category=block.text("/category", "/category_list/0/name"),
            location=block.text("/location/city", "/single_line_address"),
            verified=verified,
            avatar=block.text("/picture/data/url"),
            rating=stars_of(block, "/overall_star_rating"),
            reviews=block.count("/rating_count"),
        )

    def _from_oembed(self, link: Link, page: Page, block: JsonBlock) -> Profile | None:
        """The oEmbed answer of a post names its author and holds no figures."""
        author = self.link(str(block.at("/author_url") or ""))
        if author is None or not _alike(author.handle, link.handle):
            return None
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        return replace(blank, handle=author.handle, name=block.text("/author_name"))

    def _from_author(self, link: Link, page: Page, document: Document) -> Profile | None:
        """A post or a video: the Page is its author. The figures on it belong to others and are not read."""
        for item, place in document.json_ld:
            block = JsonBlock(item, page.role, place)
            author = self.link(str(block.at("/author/url") or ""))
            if author is not None and _alike(author.handle, link.handle):
                blank = self.blank(link, state=State.OBSERVED, source=page.source)
                return replace(blank, handle=author.handle, name=block.text("/author/name"))
        return None

    def _from_plugin(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The box that a site shows of a Page: its name, linked, with a figure beside it."""
        for tag in document.tree.select("a[href][title]"):
            found = self.link(absolute(str(tag.get("href")), page.final_url) or "")
            name = clean(str(tag.get("title")))
            if found is None or not _alike(found.handle, link.handle) or name != clean(tag.text(" ")):
                continue
            figures = figures_around(document, page.role, tag, {"likes": LIKES, "followers": FOLLOWERS})
            blank = self.blank(link, state=State.OBSERVED, source=page.source)
            return replace(
                blank,
                handle=found.handle,
                name=Fact(value=name, page=page.role, where=tag.place()),
                likes=figures.get("likes"),
                followers=figures.get("followers"),
            )
        return None

    def _from_list(self, link: Link, page: Page, block: JsonBlock) -> Profile | None:
        """More posts of the mobile page: HTML inside a JSON answer."""
        for action in block.items("/payload/actions"):
            html = action.at("/html")
            if not isinstance(html, str) or "<article" not in html:
                continue
            tree = Document(html.encode("utf-8", "replace"), "text/html; charset=utf-8").tree
            place = action.place + "/html"
            author = tree.select_one("article header strong a")
            address = absolute(str(author.get("href")), "https://m.facebook.com/") if author else None
            if link.handle and not self._same(address, link) and not _owned_by(tree, link.handle):
                continue
            recent = tuple(_mobile_posts(tree, page, lambda tag, place=place: place))
            name = clean(author.text()) if author else ""
            blank = self.blank(link, state=State.OBSERVED, source=page.source)
            fact = Fact(value=name, page=page.role, where=place) if name else None
            return replace(blank, name=fact, recent=recent)
        return None


def _only_page(answer: JsonBlock) -> JsonBlock:
    """The Page in an answer that lists by `ids` or by a search, when it is the only one; else the answer."""
    for path in ("/data", ""):
        items = list(answer.items(path))
        if len(items) == 1 and isinstance(items[0].value, dict) and "id" in items[0].value:
            return items[0]
    return answer


def _alike(one: str, other: str) -> bool:
    """Whether two handles are one Page, or nobody was asked for (`other` empty). Dots and case are nothing; an id
    and a name cannot be compared, so they are not alike."""
    if not other:
        return True
    return one.replace(".", "").lower() == other.replace(".", "").lower()


def _app_ids(document: Document) -> list[str]:
    """The Page's id in the addresses that open it in Facebook's own app (`fb://page/123…`)."""
    addresses = (document.meta.get(key, "") for key in ("al:android:url", "al:ios:url"))
    found = (re.fullmatch(r"fb://(?:page|profile|group)/\??(?:id=)?(\d{5,20})\b.*", address) for address in addresses)
    return [match.group(1) for match in found if match is not None]


def _owned_by(tree: Element, identifier: str) -> bool:
    """Whether the posts of the mobile page are those of the Page with this id."""
    data = (load_json(str(tag.get("data-ft"))) for tag in tree.select("article[data-ft]", limit=_MAX_POSTS))
    owners = {str(item.get("content_owner_id_new")) for item in data if isinstance(item, dict)}
    return owners == {identifier}


def _said_instead(document: Document) -> Refusal | None:
    """What a page without a Page says: that it is missing, hidden, out of order, or wants a login."""
    title = document.title
    if MISSING_TITLES.fullmatch(title):
        return Refusal(state=State.MISSING, reason=title)
    if OLD_BROWSER.fullmatch(title):
        return Refusal(state=State.CHALLENGED, reason=title)
    if _has_description(document):
        return None
    unavailable = UNAVAILABLE.search(_unescaped(document.text[:_MAX_SHELL]))
    if unavailable:
        return Refusal(state=State.PRIVATE, reason=clean(unavailable.group()))
    if 'id="login_form"' in document.text:
        return Refusal(state=State.LOGIN_WALL, reason=title or "login form")
    trouble = OUT_OF_ORDER.search(document.text[:_MAX_SHELL]) if title.lower() in SHELL_TITLES else None
    return Refusal(state=State.FAILED, reason=clean(trouble.group())) if trouble else None


def _unescaped(text: str) -> str:
    """`text` with the letters that its scripts write as `\\u00e8`."""
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)


def _has_description(document: Document) -> bool:
    return bool(document.meta.get("og:description") or document.meta.get("description"))


def _api_refusal(answer: JsonBlock) -> Refusal | None:
    """An error of the Graph API by its code; without one, a missing token or permission is the usual reason."""
    error = answer.block("/error")
    if not isinstance(error.value, dict):
        return None
    said, code = clean(str(error.at("/message") or ""))[:200], error.at("/code")
    named = re.match(r"\(#(\d{1,6})\)", said)
    if code is None and named:
        code = int(named.group(1))
    if isinstance(code, int) and code in _API_CODES:
        return Refusal(state=_API_CODES[code], reason=said)
    if "token" in said.lower() or "OAuth" in str(error.at("/type")):
        return Refusal(state=State.NO_CREDENTIAL, reason=said)
    return Refusal(state=State.FAILED, reason=said or "an error of the API")


def _name(page: Page, document: Document) -> Fact[str] | None:
    """The Page's name: the title for sharing, without what Facebook adds to it."""
    title = document.meta.get("og:title", "")
    where = document.meta_where("og:title") if title else "title"
    if not title and not SITE_END.search(document.title):
        return None  # any page has a title; Facebook signs its own
    title = title or document.title
    name = TAB_END.sub("", SITE_END.sub("", title)) if SITE_END.search(title) else title
    sentence = document.meta.get("og:description") or document.meta.get("description", "")
    first, bar, _ = name.partition(" | ")
    # `Name | City`, and the sentence begins `Name, City.`, or the headline is the name.
    if bar and (sentence.startswith(first) or _headline(document, name) is not None):
        name = first
    if name.lower() in SHELL_TITLES or LOGIN_TITLES.fullmatch(name):
        return None
    return Fact(value=name, page=page.role, where=where)


def _meta(page: Page, document: Document, key: str) -> Fact[str] | None:
    value = document.meta.get(key)
    return Fact(value=value, page=page.role, where=document.meta_where(key)) if value else None


def _sentence_count(page: Page, document: Document, label: re.Pattern[str], name: str) -> CountFact | None:
    """The number of the description that stands next to `label`: neither in the Page's name nor in its own words."""
    for key in ("og:description", "description"):
        sentence = _figures_part(document.meta.get(key, "")[:_MAX_SENTENCE], name)
        for segment in re.split(r"\s*[·•]\s*", sentence)[:4]:
            clause = _ENDED.split(segment)[-1]  # behind the Page's town
            count = told_alone(_LISTED.sub(r"\1", clause), label, document.language or "en", FIGURE_WORDS)
            if count is not None:
                return count.fact(page.role, document.meta_where(key))
    return None


def _figures_part(sentence: str, name: str) -> str:
    """What Facebook writes between the Page's name and the Page's own words: up to the first end of a sentence
    after a figure. Facebook's sentences end with a point."""
    rest = sentence[len(name) :] if name and sentence.startswith(name) else sentence
    first = re.search(r"\d", rest)
    if first is None:
        return ""
    end = _SENTENCE_END.search(rest, first.end())
    if end is not None and end.group()[0] in "!?":
        return ""
    return rest[: end.start()] if end else rest


def _told(text: str, kind: str, locale: str) -> Count | None:
    """The figure that Facebook shows of a Page's list: alone with its word, as "Anna and 12 others" is not."""
    return told_alone(text, _LABELS[kind], locale, FIGURE_WORDS)


def _in_box(text: str, locale: str) -> Count | None:
    """The figure of a box: nothing stands before it but what begins Facebook's sentence, and no other behind it."""
    count = first_count(text, locale) if len(text) <= _MAX_BOX else None
    if count is None:
        return None
    before, _, behind = text.partition(count.raw)
    is_figures = FIGURE_LEADS.fullmatch(before.strip()) and not re.search(r"\d", behind)
    return count if is_figures else None


def _own_addresses(document: Document) -> list[str]:
    """The addresses on Facebook that a page gives for itself; its front page is none."""
    addresses = (document.meta.get("og:url", ""), document.canonical)
    return [address for address in addresses if host_matches(address, ("facebook.com",)) and path_segments(address)]


def _description_rest(page: Page, document: Document) -> Fact[str] | None:
    """What follows the figures in the description: the category or the Page's own words."""
    for key in ("og:description", "description"):
        sentence = document.meta.get(key, "")[:_MAX_SENTENCE]
        last = re.split(r"\s*[·•]\s*", sentence)[-1]
        match = re.match(r".{0,60}?\d[\d.,\s]*[^.\d]*\.\s+(\S.*)", last)
        if match and not match.group(1).endswith("..."):
            return Fact(value=match.group(1), page=page.role, where=document.meta_where(key))
    return None


def _badge(page: Page, document: Document) -> Fact[bool] | None:
    """The badge beside the Page's name in its own posts (mobile page); its absence says nothing."""
    for label in VERIFIED_LABELS:
        if label in document.text:
            where = f'article header [aria-label="{label}"]'
            if document.tree.select_one(where) is not None:
                return Fact(value=True, page=page.role, where=where)
    return None


def _is_header(block: JsonBlock) -> bool:
    return isinstance(block.at("/profile_social_context"), dict) and isinstance(block.at("/name"), str)


def _with_introduction(profile: Profile, page: Page, document: Document) -> Profile:
    """`profile` with what the Page's own card of introduction adds: website, address, category."""
    if _CARD not in document.text:
        return profile
    found: dict[str, Fact[str]] = {}
    for value, place in document.islands():
        for item in JsonBlock(value, page.role, place).holding(_CARD):
            field = _CARD_FIELDS.get(str(item.at(f"/{_CARD}")))
            text = item.text(*(f"/renderer/context_item/{key}/text" for key in ("plaintext_title", "title")))
            if field and text and field not in found:
                found[field] = replace(
                    text, value=text.value.rpartition(" · ")[2] if field == "category" else text.value
                )
    return replace(profile, **{field: text for field, text in found.items() if getattr(profile, field) is None})  # type: ignore[arg-type]  # all are texts


def _figure(address: str, text: str) -> str | None:
    """Which figure a link of the header is: its address says it in every language, else its English word."""
    segments = path_segments(address)
    last = query(address).get("sk") or (segments[-1] if segments else "")
    named = {"friends_likes": "likes", "likes": "likes", "followers": "followers", "following": "following"}
    if last in named:
        return named[last]
    match = re.search(r"\b(likes|followers|following)\b", text)
    return match.group(1) if match else None


def _headline(document: Document, name: str) -> Element | None:
    """The headline that is the Page's name, or what a title of the form `Name | City` begins with."""
    for tag in document.tree.select("h1", limit=_MAX_HEADLINES):
        shown = clean(tag.text(" "))
        if shown and (shown == name or name.startswith(f"{shown} | ")):
            return tag
    return None


def _around_the_name(page: Page, document: Document, name: str) -> dict[str, CountFact]:
    """The figures below the Page's name on the drawn page."""
    headline = _headline(document, name)
    labels = {"likes": LIKES, "followers": FOLLOWERS}
    found = figures_around(document, page.role, headline, labels) if headline is not None else {}
    return {kind: count for kind, count in found.items() if _begins(document, count, labels[kind])}


def _begins(document: Document, count: CountFact, label: re.Pattern[str]) -> bool:
    """Whether a figure begins a text, or with its word does: "Anna and 5 people like this" tells of Anna's friends."""
    block = document.tree.select_one(count.where)
    pieces = [piece for text in (block.texts() if block else []) for piece in re.split(r"[·•|]", clean(text))]
    holding = (piece for piece in pieces if count.raw in piece)
    leads = [label.sub(" ", piece.partition(count.raw)[0]) for piece in holding]
    return not leads or any(not any(map(str.isalnum, FIGURE_WORDS.sub(" ", lead))) for lead in leads)


def _completed(profile: Profile, other: Profile) -> Profile:
    """`profile`, but with the exact figures and the words that `other` has."""
    changes: dict[str, Any] = {}
    for field in ("likes", "followers", "following"):
        mine, theirs = getattr(profile, field), getattr(other, field)
        if theirs is not None and (mine is None or theirs.high - theirs.low < mine.high - mine.low):
            changes[field] = theirs
    return replace(profile, **changes)


def _story(story: JsonBlock) -> Post:
    """A post out of its parts, which lie at changing places inside it."""
    parts_found: dict[str, Any] = {}
    for block in story.walk():
        for key, path in (
            ("at", "/creation_time"), ("text", "/message/text"), ("reactions", "/reaction_count/count"),
            ("comments", "/comments/total_count"), ("comments", "/total_comment_count"),
            ("comments", "/comment_rendering_instance/comments/total_count"), ("shares", "/share_count/count"),
            ("url", "/wwwURL"), ("url", "/permalink_url"), ("views", "/video_view_count"),
            ("attached", "/attached_story"), ("media", "/media/__typename"),
        ):  # fmt: skip
            value = block.at(path)
            if value is not None and key not in parts_found:
                parts_found[key] = value
    at = from_epoch(parts_found.get("at"))
    text, address = parts_found.get("text"), parts_found.get("url")
    return Post(
        url=address.split("?__cft__")[0] if isinstance(address, str) and parts(address) else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind={"Photo": "image", "Video": "video"}.get(str(parts_found.get("media")), "text" if text else None),
        text=clean(text) if isinstance(text, str) else None,
        reactions=_number(parts_found.get("reactions")),
        comments=_number(parts_found.get("comments")),
        shares=_number(parts_found.get("shares")),
        views=_number(parts_found.get("views")),
        repost=isinstance(parts_found.get("attached"), dict),
        page=story.page,
        where=story.place,
    )


def _number(value: object) -> int | None:
    count = exact_count(value)
    return count.value if count else None


def _post_place(document: Document, tag: Element) -> str:
    identifier = str(tag.get("id") or "")
    return f'article[id="{identifier}"]' if re.fullmatch(r"[\w-]+", identifier) else "article"


def _mobile_posts(tree: Element, page: Page, place: Any) -> Iterator[Post]:
    """The posts of the mobile page, which carry their time and ids as JSON in an attribute."""
    for tag in tree.select("article[data-ft]", limit=_MAX_POSTS):
        data = load_json(str(tag.get("data-ft")))
        block = JsonBlock(data, page.role, "")
        owner, identifier = block.at("/content_owner_id_new"), block.at("/top_level_post_id")
        at = from_epoch(block.at(f"/page_insights/{owner}/post_context/publish_time"))
        text = tag.select_one(".story_body_container p")
        yield Post(
            url=f"https://www.facebook.com/{owner}/posts/{identifier}" if owner and identifier else None,
            at=at.astimezone(UTC) if at else None,
            precision=Precision.SECOND if at else None,
            kind={"video_inline": "video", "photo": "image", "cover_photo": "image", "album": "carousel"}.get(
                str(block.at("/story_attachment_style")), "text"
            ),
            text=clean(text.text()) if text else None,
            reactions=_token(tag, ".like_def"),
            comments=_token(tag, ".cmt_def"),
            shares=_token(tag, ".share_def"),
            page=page.role,
            where=place(tag),
        )


def _token(tag: Element, selector: str) -> int | None:
    """A figure below a post, as shown: a post carries no interval."""
    found = tag.select_one(selector)
    count = first_count(clean(found.text())) if found else None
    return count.value if count else None


PLATFORM = Facebook()

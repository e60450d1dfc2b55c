"""The company's own pages to the profiles they point to, each with where it was found and whose it seems to be.

Evidence, strongest first: what the page declares (rel=me, JSON-LD), its header and footer, follow widgets, a link
in the text. A link that is something else (share button, post, agency credit, placeholder …) is reported with
`own` False and the reason: a person decides.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import unquote

from bs4.element import Tag

from audit.models import Link
from audit.parse.address import absolute, host, host_matches, parts, path_segments, query, registrable
from audit.parse.document import Document
from audit.parse.structured import ORGANIZATION_TYPES, strings, types_of
from audit.parse.text import clean
from audit.platforms import link_of, platform_of

_WEBSITE = "website"
_RANK = ("rel-me", "json-ld", "header", "footer", "meta", "body")
_MAX_LINKS = 5_000  # anchors looked at; a page with more is a sitemap
_MAX_SCRIPT = 300_000  # characters of inline script searched

# Addresses that only lead on: host (and those below it) → the parameters that may hold the target.
_WRAPPERS = {
    "l.facebook.com": ("u",), "lm.facebook.com": ("u",), "l.instagram.com": ("u",), "l.threads.com": ("u",),
    "l.messenger.com": ("u",), "google.com": ("q", "url"), "youtube.com": ("q",),
    "linkedin.com": ("url", "sessionRedirect"),
    "vk.com": ("to",), "steamcommunity.com": ("url",), "slack-redir.net": ("url",), "out.reddit.com": ("url",),
    "duckduckgo.com": ("uddg",), "medium.com": ("url",), "t.umblr.com": ("z",), "consent.youtube.com": ("continue",),
    "safelinks.protection.outlook.com": ("url",), "href.li": ("",), "web.archive.org": ("",),
}  # fmt: skip
_WRAPPER_PATHS = {
    "google.com": ("/url",), "youtube.com": ("/redirect",), "linkedin.com": ("/redir/", "/authwall"),
    "vk.com": ("/away.php",), "steamcommunity.com": ("/linkfilter",), "duckduckgo.com": ("/l/",), "medium.com": ("/r",),
}  # fmt: skip
_LEADING_ON = re.compile(r"redirect|/out\b|away|goto|exit|outbound|/go/|click|track|jump|link", re.I)
_TARGETS = ("goto", "url", "to", "u", "link", "target", "redirect", "dest", "destination", "href", "out", "q", "r")
_PLUGIN = re.compile(
    r"/(?:v\d[\d.]*/)?plugins/(page|likebox|like|follow|fan|activity|facepile)\.php|/connect/(?:connect|likebox)\.php",
    re.I,
)
_DEEP = re.compile(
    r"^(?:(?:fb|facebook)://(?:page|profile|group)/\??(?:id=)?(?P<facebook>[\w.]+)|instagram://user\?username=(?P<instagram>[\w.]+)|"
    r"twitter://user\?screen_name=(?P<x>\w+)|tg://resolve\?domain=(?P<telegram>\w+))",
    re.I,
)
_DEEP_HOME = {
    "facebook": "https://www.facebook.com/",
    "instagram": "https://www.instagram.com/",
    "x": "https://x.com/",
    "telegram": "https://t.me/",
}
_NO_SCHEME = re.compile(r"^(?:[a-z-]+\.){0,2}[a-z-]+\.(?:com|net|me|tv|be)(?:/|$)", re.I)

_SHARE = re.compile(
    r"/share[r_-]?|/sharer|sharearticle|/intent/(?:tweet|post|like|retweet|compose)|/dialog/|/pin/create|/submit|/cws/|share\.|add_to|"
    r"share-offsite|/widgets?/share",
    re.I,
)
_LOGIN = re.compile(r"/log-?in|/oauth|/signup|/sign-?in|/accounts/|/authwall|/uas/", re.I)
_PLUMBING = re.compile(
    r"/plugins/|/tr/?(?:$|\?)|/embed|iframe_api|/widgets|connect\.facebook|xd_arbiter|/sdk|platform\.|static\.|graph\.|ads?\.|\.js(?:$|\?)",
    re.I,
)
_PERSON = re.compile(r"linkedin\.com/(?:in|pub|profile)/|facebook\.com/people/", re.I)
_POLICY = re.compile(
    r"/(?:legal|policy|policies|privacy|terms|tos|help|about|settings|business|ads)(?:/|\.php|$|\?)|/privacy", re.I
)
_POST = re.compile(
    r"/(?:p|reel|reels|tv|stories|status|statuses|posts|videos?|watch|shorts|live|photos?|photo\.php|story\.php|permalink\.php|pulse|"
    r"playlist|clip|embed|events?|notes|media|spotlight|music|tag|hashtag|v)(?:/|\?|\.php|$)|//youtu\.be/|//fb\.watch/|watch\?|[?&](?:v|list|story_fbid)=",
    re.I,
)
_SEARCH = re.compile(r"/search|/explore|/hashtag/|[?&]q=", re.I)

_PLACEHOLDERS = frozenset({
    "wix", "wixstudio", "wixfrancais", "wixcom", "wix-com", "squarespace", "shopify", "wordpress", "wordpressdotcom",
    "wordpresscom", "automattic", "elegantthemes", "elementor", "envato", "themeforest", "godaddy", "weebly", "webflow",
    "duda", "jimdo", "prestashop", "joomla", "bootstrap", "getbootstrap", "tailwindcss", "yourpage", "yourusername",
    "your_username", "your-username", "username", "user", "example", "your-company", "yourcompany", "companyname",
    "company", "profile", "home", "login", "yourprofile", "yourname", "your_name", "page", "mypage", "youraccount",
    "account", "xxx", "xxxx", "demo", "themeisle", "facebook", "instagram", "twitter", "linkedin", "youtube", "tiktok",
    "colorlib", "templatemonster", "woocommerce", "magento", "opencart", "drupal", "typo3", "strikingly", "site123",
    "hubspot", "mailchimp", "iubenda", "cookiebot", "platform", "pages", "channel",
})  # fmt: skip
_CREDIT = re.compile(
    r"realizzat[oa]\s+d[ae]|sito\s+(?:web\s+)?(?:di|by|a cura)|powered\s+by|made\s+(?:with\s+\S+\s+)?by|"
    r"design(?:ed)?\s+by|"
    r"develop(?:ed)?\s+by|built\s+by|web\s?design|theme\s+by|créé\s+par|réalisé\s+par|réalisation|erstellt\s+von|umsetzung|"
    r"una\s+creaci[oó]n|diseñad[oa]\s+por|desarrollad[oa]\s+por|desenvolvido\s+por|credits?\s*:|site\s+by|website\s+by|webagentur",
    re.I,
)
_FOLLOW = re.compile(
    r"follow|find us|like us|join us|visit us|connect with|our (?:page|channel)|seguici|segui|síguenos|siguenos|siga|"
    r"folge|folgen|"
    r"suivez|rejoignez|volg|följ|følg|obserwuj|подпис|мы в|フォロー|关注|takip|stay in touch|social|"
    r"kövess|fan ?page|keep in touch",
    re.I,
)
_HEADER = re.compile(
    r"(?:^|[\s_-])(?:header|head|masthead|top|topbar|topnav|navbar|nav|navigation|menu|toolbar|branding)", re.I
)
_FOOTER = re.compile(r"(?:^|[\s_-])(?:footer|foot|bottom|colophon|fat-?footer|copyright|impressum)|footer", re.I)
_SOCIAL = re.compile(
    r"social|follow|sns|seguici|siguenos|connect-|find-?us|stay-?connected|soc-?(?:icon|link|net)|icon|fb-?like|community",
    re.I,
)
_FOREIGN = re.compile(
    r"comment|reply|author|byline|testimonial|review|(?:^|[\s_-])(?:team|staff|people|speaker|member)s?(?:$|[\s_-])|partner|sponsor|"
    r"(?:^|[\s_-])clients?(?:$|[\s_-])|tweet-text|twitter-tweet|instagram-media|tiktok-embed|fb-post|fb-video|contributor|journalist",
    re.I,
)
_CONTENT = re.compile(
    r"entry-content|post-content|post-body|article-body|article__body|article-text|story-body|richtext|blog-post", re.I
)
_PLATFORM_WORDS = re.compile(
    r"^(?:icon|logo|our|on|auf|su|sur|en|us|visit|page|pagina|seite|profile|official|the|a|link|to|@|\W|x|fb|ig|yt|in|"
    r"facebook|instagram|twitter|linkedin|youtube|tiktok|telegram|snapchat|channel|kanal|canale)*$",
    re.I,
)


@dataclass(frozen=True)
class _Mention:
    """A profile address in the page: `tag` is the element, None for what a page declares."""

    address: str
    found_in: str
    tag: Tag | None = None
    shown: str = ""
    widget: bool = False
    hint: str = ""  # why this alone proves nothing


def links_in(html: bytes, url: str, *, lang: str | None = None) -> list[Link]:
    """The profiles that a page of the company points to, own ones first; `url` is the page's own address.

    Each profile stands once, with the strongest place it was found in. `lang` is accepted for callers that know
    the page's language; the words looked for are those of all languages.
    """
    return links_of(Document(html, "text/html"), url)


def links_of(document: Document, url: str) -> list[Link]:
    """The same for a page that has been parsed already."""
    page = _PageLinks(document, url)
    judged = [page.judged(mention) for mention in page.mentions()]
    links = _merged([link for link in judged if link is not None])
    if any(link.own and link.found_in in ("header", "footer", "body") for link in links):
        return sorted(links, key=lambda link: not link.own)
    scripted = [page.judged(mention) for mention in page.scripted()]
    hidden = [link for link in scripted if link is not None and page.is_named(link)]
    return sorted(_merged(links + hidden), key=lambda link: not link.own)


def unwrap(address: str, own_domain: str = "") -> str:
    """The address that a redirector, a follow plugin or an app link leads to, found without any request."""
    current = address
    for _ in range(5):
        following = (
            _deep_link(current) or _wrapped(current, own_domain) or _plugin_target(current) or _repaired(current)
        )
        if following is None or following == current:
            return current
        current = following
    return current


class _PageLinks:
    """All that one page offers for deciding whose profile a link is."""

    def __init__(self, document: Document, url: str) -> None:
        self.document = document
        self.url = url
        base = document.head.find("base", href=True)
        stated = absolute(str(base.get("href")), url) if isinstance(base, Tag) else None
        self.base = stated or url
        self.domain = registrable(url).removeprefix("www.")

    @cached_property
    def brands(self) -> frozenset[str]:
        """Folded names of the company: its domain, what the page calls itself, the parts of its title."""
        names = [self.domain.split(".")[0], *host(self.url).removeprefix("www.").split(".")[:-2]]
        names += [self.document.meta.get(key, "") for key in ("og:site_name", "application-name", "twitter:site")]
        for item, _ in self.document.json_ld:
            if types_of(item) & ORGANIZATION_TYPES:
                names += strings(item.get("name"))
        names += [piece for piece in re.split(r"\s[|–—·•:-]\s|[|»]", self.document.title) if len(piece) < 40]
        folded = {_folded(name) for name in names}
        return frozenset(name for name in folded if len(name) >= 3)

    @cached_property
    def declared_handles(self) -> frozenset[str]:
        """Handles that stand in twitter:site and the like: no link, but they confirm one."""
        values = [self.document.meta.get(key, "") for key in ("twitter:site", "twitter:creator")]
        return frozenset(value.lstrip("@").lower() for value in values if value.startswith("@"))

    def mentions(self) -> Iterator[_Mention]:
        """Every address of the page that may be a profile, in order of the page within each kind."""
        yield from self._in_head()
        yield from self._in_json_ld()
        yield from self._in_elements()

    def scripted(self) -> Iterator[_Mention]:
        """Addresses inside inline scripts, for pages that draw their links only there."""
        inline = [tag for tag in self.document.scripts if "ld+json" not in str(tag.get("type")).lower()]
        text = " ".join(tag.get_text() for tag in inline)[:_MAX_SCRIPT]
        for match in re.finditer(r"""["'](https?:\\?/\\?/[^"'\s<>]{8,200})["']""", text):
            address = match.group(1).replace("\\/", "/")
            yield _Mention(address, "body")

    def _in_head(self) -> Iterator[_Mention]:
        for tag in self.document.head.find_all("link", href=True):
            rels = {str(rel).lower() for rel in tag.get_attribute_list("rel") if rel}
            if rels & {"me", "publisher"}:
                yield _Mention(str(tag.get("href")), "rel-me")
        for key in ("article:publisher", "og:see_also"):
            if self.document.meta.get(key):
                yield _Mention(self.document.meta[key], "meta")
        named = self.document.meta.get("twitter:site", "")
        if re.fullmatch(r"@\w{1,15}", named):
            yield _Mention(f"https://x.com/{named[1:]}", "meta", hint="named in twitter:site only")

    def _in_json_ld(self) -> Iterator[_Mention]:
        for item, _ in self.document.json_ld:
            if types_of(item) & (ORGANIZATION_TYPES | {"WebSite"}):
                for address in strings(item.get("sameAs")):
                    yield _Mention(address, "json-ld")
            publisher = item.get("publisher")
            if isinstance(publisher, dict):
                for address in strings(publisher.get("sameAs")):
                    yield _Mention(address, "json-ld")

    def _in_elements(self) -> Iterator[_Mention]:
        count = 0
        for tag in self.document.soup.find_all(True):
            if not isinstance(tag, Tag):
                continue
            for address, widget in _addresses_of(tag):
                count += 1
                if count > _MAX_LINKS:
                    return
                yield _Mention(address, self._region(tag), tag, _shown(tag), widget)

    def judged(self, mention: _Mention) -> Link | None:
        """The link with the verdict on it; None for addresses that belong to no platform."""
        address = absolute(unwrap(clean(mention.address), self.domain), self.base)
        if address is None:
            return None
        declared = mention.found_in == "rel-me"
        owner = platform_of(address, declared=declared)
        platform = owner.name
        if platform == _WEBSITE or host_matches(self.url, owner.hosts):
            return None
        link = link_of(address, declared=declared)
        if link is None:
            why = _not_a_profile(address)
            return Link(
                company="client",
                platform=platform,
                handle="",
                url=address,
                found_in=mention.found_in,
                own=False,
                why=why,
            )
        why = mention.hint or self._why_not_own(link, mention)
        return replace(link, found_in=mention.found_in, own=not why, why=why)

    def _why_not_own(self, link: Link, mention: _Mention) -> str:
        """Why the profile seems to be somebody else's; "" when it seems to be the company's."""
        named = self._carries_name(link.handle) or link.handle.lower() in self.declared_handles
        if link.handle.lower() in _PLACEHOLDERS and not named:
            return "placeholder: the theme's or builder's own account"
        if _PERSON.search(link.url):
            return "person"
        if mention.tag is None or mention.widget or named:
            return "" if mention.tag is None or not _in_quote(mention.tag) or named else "quoted post"
        return self._why_foreign(mention.tag, mention)

    def _why_foreign(self, tag: Tag, mention: _Mention) -> str:
        if _in_quote(tag):
            return "quoted post"
        if _is_credit(tag):
            return "agency credit"
        marks = list(_marks(tag))
        if any(_FOREIGN.search(mark) for mark in marks):
            return "person or partner"
        if mention.found_in in ("header", "footer"):
            return ""
        if _in_running_text(tag) or any(_CONTENT.search(mark) for mark in marks):
            return "named in the text"
        if any(_SOCIAL.search(mark) for mark in marks[:4]) or _in_cluster(tag):
            return ""
        if _FOLLOW.search(mention.shown) or _PLATFORM_WORDS.match(_folded(mention.shown)):
            return ""
        return "named in the text"

    def is_named(self, link: Link) -> bool:
        """Whether the profile's handle is made from the company's name."""
        return link.own and self._carries_name(link.handle)

    def _carries_name(self, handle: str) -> bool:
        folded = _folded(handle)
        return len(folded) >= 3 and any(_alike(folded, brand) for brand in self.brands)

    def _region(self, tag: Tag) -> str:
        for ancestor in _ancestors(tag):
            if ancestor.name in ("footer", "header", "nav"):
                return "footer" if ancestor.name == "footer" else "header"
            if ancestor.name in ("article", "main", "body", "html"):
                continue
            mark = _mark(ancestor)
            if _FOOTER.search(mark):
                return "footer"
            if _HEADER.search(mark):
                return "header"
        return "body"


def _addresses_of(tag: Tag) -> Iterator[tuple[str, bool]]:
    """The addresses that an element carries, and whether it is a follow widget of the account itself."""
    if tag.name in ("a", "area") and tag.get("href"):
        yield str(tag.get("href")), False
    elif tag.name == "iframe" and tag.get("src"):
        source = str(tag.get("src"))
        if _PLUGIN.search(source):
            yield source, True
    for attribute in ("data-href", "data-url", "data-link", "onclick"):
        value = str(tag.get(attribute) or "")
        if attribute == "onclick":
            match = re.search(r"""["'](https?://[^"']{8,200})["']""", value)
            if match:
                yield match.group(1), False
        elif value and re.match(r"(?:https?:)?//", value):
            yield value, "fb-" in _mark(tag) or "follow" in _mark(tag)


def _deep_link(address: str) -> str | None:
    match = _DEEP.match(address)
    if match is None:
        return None
    name, handle = next((name, handle) for name, handle in match.groupdict().items() if handle)
    return _DEEP_HOME[name] + handle


def _wrapped(address: str, own_domain: str) -> str | None:
    name = host(address)
    for domain, parameters in _WRAPPERS.items():
        target = _wrapper_target(address, domain, parameters) if f".{name}".endswith(f".{domain}") else None
        if target is not None:
            return target
    if name == "urldefense.com" or name.endswith("urldefense.proofpoint.com"):
        return _defended(address)
    if name.endswith("bing.com"):
        return _encoded(query(address).get("u", ""))
    if own_domain and registrable(address).removeprefix("www.") == own_domain and _LEADING_ON.search(address):
        return _target_in(address, _TARGETS)
    if not name and "=" in address and _LEADING_ON.search(address):  # a relative redirector of the site itself
        return _target_in("https://own.invalid/" + address.lstrip("/"), _TARGETS)
    return None


def _wrapper_target(address: str, domain: str, parameters: tuple[str, ...]) -> str | None:
    parsed = parts(address)
    paths = _WRAPPER_PATHS.get(domain, ("",))
    if parsed is None or not any(parsed.pathname.startswith(path) for path in paths):
        return None
    if parameters == ("",):
        match = re.search(r"https?://.+", (parsed.pathname + parsed.search)[1:])
        return match.group(0) if match else None
    return _target_in(address, parameters)


def _defended(address: str) -> str | None:
    """The target inside Proofpoint's addresses: version 3 as it is, version 2 with its own escapes."""
    newer = re.search(r"/v3/__(https?:/.+?)__;", address)
    if newer:
        return newer.group(1)
    older = query(address).get("u", "")
    return unquote(older.replace("-", "%").replace("_", "/")) if older.startswith("http") else None


def _encoded(value: str) -> str | None:
    """The target of Bing's `a1` and base64 without padding."""
    if not value.startswith("a1"):
        return None
    try:
        target = urlsafe_b64decode(value[2:] + "=" * (-len(value[2:]) % 4)).decode("utf-8")
    except ValueError:
        return None
    return target if target.startswith("http") else None


def _target_in(address: str, parameters: tuple[str, ...]) -> str | None:
    values = query(address)
    for parameter in parameters:
        value = unquote(values.get(parameter, ""))
        if re.match(r"(?:https?:)?//", value):
            return value if value.startswith("http") else "https:" + value
    return None


def _plugin_target(address: str) -> str | None:
    """The page that a follow widget is for; a screen name in a follow intent."""
    if not _PLUGIN.search(address):
        intent = re.search(r"//(?:www\.)?(?:twitter|x)\.com/(?:intent/(?:user|follow)|follow)\b", address, re.I)
        handle = query(address).get("screen_name", "").lstrip("@") if intent else ""
        return f"https://x.com/{handle}" if re.fullmatch(r"\w{1,15}", handle) else None
    values = query(address if "://" in address else "https:" + address)
    target = unquote(values.get("href", ""))
    if re.match(r"(?:https?:)?//", target):
        return target if target.startswith("http") else "https:" + target
    if re.fullmatch(r"\d{5,20}", values.get("id", "")):
        return f"https://www.facebook.com/{values['id']}"
    return None


def _repaired(address: str) -> str | None:
    """Addresses written wrongly in ways that people still follow: no scheme, two in one, `#!` paths."""
    doubled = re.match(r"^https?:/{1,2}[^/]*/{0,2}(https?:/{1,2}[^/].*)$", address, re.I)
    if doubled and "?" not in address[: doubled.start(1)]:
        return doubled.group(1)
    if _NO_SCHEME.match(address) and platform_of("https://" + address).name != _WEBSITE:
        return "https://" + address
    parsed = parts(address)
    if parsed is not None and parsed.hash.startswith("#!/"):
        return f"{parsed.protocol}//{parsed.host}{parsed.hash[2:]}"
    return None


def _not_a_profile(address: str) -> str:
    """What an address on a platform's host is, when it is no profile."""
    if not path_segments(address) and not query(address):
        return "placeholder: the platform's home page"
    for pattern, why in (
        (_PERSON, "person"),
        (_SHARE, "share button"),
        (_LOGIN, "login"),
        (_PLUMBING, "plugin or pixel"),
        (_SEARCH, "search"),
        (_POST, "post"),
        (_POLICY, "the platform's own page"),
    ):
        if pattern.search(address):
            return why
    return "no profile address"


def _ancestors(tag: Tag) -> Iterator[Tag]:
    current: Tag | None = tag
    while current is not None and current.name != "[document]":
        yield current
        current = current.parent


def _mark(tag: Tag) -> str:
    """Class, id and role of an element as one text."""
    classes = " ".join(str(name) for name in tag.get_attribute_list("class") if name)
    return f"{classes} {tag.get('id') or ''} {tag.get('role') or ''}".strip()


def _marks(tag: Tag) -> Iterator[str]:
    for ancestor in _ancestors(tag):
        if ancestor.name not in ("body", "html"):
            yield _mark(ancestor)


def _shown(tag: Tag) -> str:
    """What a person sees of a link: its text, or what stands for a picture."""
    pieces = [tag.get_text(" "), str(tag.get("title") or ""), str(tag.get("aria-label") or "")]
    pieces += [str(image.get("alt") or "") for image in tag.find_all("img")[:3] if isinstance(image, Tag)]
    return clean(" ".join(pieces))[:200]


def _in_quote(tag: Tag) -> bool:
    return any(
        ancestor.name == "blockquote"
        or re.search(r"twitter-tweet|instagram-media|tiktok-embed|fb-post", _mark(ancestor))
        for ancestor in _ancestors(tag)
    )


def _is_credit(tag: Tag) -> bool:
    """Whether the words just before the link are those of a maker's credit."""
    for ancestor in list(_ancestors(tag))[:3]:
        text = clean(ancestor.get_text(" "))
        if len(text) > 160:
            return False
        if _CREDIT.search(text):
            return True
    return False


def _in_running_text(tag: Tag) -> bool:
    """Whether the link stands inside a paragraph with a good deal more text than its own."""
    for ancestor in list(_ancestors(tag))[1:4]:
        if ancestor.name in ("p", "td", "li", "dd", "figcaption", "span", "em", "strong", "i", "b"):
            around = len(clean(ancestor.get_text(" "))) - len(clean(tag.get_text(" ")))
            if around > 80 and ancestor.name != "td":
                return True
        else:
            return False
    return False


def _in_cluster(tag: Tag) -> bool:
    """Whether the link is one of a short row of links to several platforms, as icon bars are."""
    for ancestor in list(_ancestors(tag))[1:6]:
        links = [other for other in ancestor.find_all("a", href=True)[:40] if isinstance(other, Tag)]
        hosts = {registrable(str(other.get("href"))) for other in links}
        known = {name for name in hosts if name and platform_of(f"https://{name}/").name != _WEBSITE}
        if len(known) >= 2 and len(clean(ancestor.get_text(" "))) <= 400 and len(links) <= 15:
            return True
    return False


def _merged(links: list[Link]) -> list[Link]:
    """Each profile once: own if any mention of it is, in the strongest place; other addresses once per kind."""
    found: dict[tuple[str, str, str], Link] = {}
    for link in links:
        key = (link.platform, link.handle.lower(), "" if link.handle else link.why)
        known = found.get(key)
        if known is None or (link.own, -_RANK.index(link.found_in)) > (known.own, -_RANK.index(known.found_in)):
            found[key] = link
    return list(found.values())


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _alike(handle: str, brand: str) -> bool:
    """Whether a handle is made from a brand's name: one holds the other, or they differ in a few letters."""
    if brand in handle or (len(handle) >= 5 and handle in brand):
        return True
    return len(handle) >= 5 and len(brand) >= 5 and SequenceMatcher(None, handle, brand).ratio() >= 0.8

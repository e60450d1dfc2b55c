"""The company's own website: its home page, contact and about pages, feed and sitemap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import unquote

from audit.discover import links_of
from audit.models import Fact, Link, Page, Post, Profile, Refusal, Request, SiteFacts, State
from audit.parse.address import absolute, host, owner_place, parts, path_segments, query, registrable
from audit.parse.counts import exact_count
from audit.parse.document import Document
from audit.parse.feed import is_feed, posts_in
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock, organization, strings
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Shown
from audit.platforms._base import Platform
from audit.platforms._blogger import feed_role, no_blog, post_count_address, posts_total
from audit.platforms._no_site import no_site
from audit.platforms._persons import ON_SITES

_CONTACT = re.compile(r"\b(?:contact|contatt|kontakt|contato|contacte|dove[ -]siamo|get in touch|rufen)", re.I)
_ABOUT = re.compile(
    r"\b(?:about(?:[ -]us)?|chi[ -]siamo|la[ -]nostra[ -]storia|azienda|(?:ue|ü)ber[ -]uns|unternehmen|[àa][ -]propos|"
    r"qui[ -]sommes|qui(?:e|é)nes[ -]somos|sobre|over[ -]ons|company|o[ -]nas)\b",
    re.I,
)
_FAQ = re.compile(
    r"\b(?:faqs?|domande[ -]frequenti|h(?:ae|ä)ufige[ -]fragen|preguntas[ -]frecuentes|perguntas[ -]frequentes|"
    r"foire[ -]aux[ -]questions|help[ -]cent(?:er|re)|reclami|complaints|veelgestelde)",
    re.I,
)
_PRIVACY = re.compile(
    r"privacy|datenschutz|confidentialit|privacidad|privacidade|gdpr|dsgvo|polityka prywatno|integritet|personvern",
    re.I,
)
_NEWSLETTER = re.compile(r"news-?letter|mailing[ -]list|bollettino|infolettre|boletín|rundbrief|nieuwsbrief", re.I)
_MAILERS = re.compile(
    r"list-manage\.com|sibforms\.com|sendinblue|brevo|klaviyo|mailerlite|convertkit|getresponse|mailup|"
    r"constantcontact|aweber|emailoctopus|campaign-?monitor|createsend|newsletter2go|cleverreach|rapidmail|mailpoet",
    re.I,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,12}(?![\w@])")
_PHONE = re.compile(
    r"(?:tel|phone|telefon[oe]?|téléphone|telefone|fon|call us|chiama|cell|mobile|ph)\b\.?\s?[.:]?\s{0,3}"
    r"\(?\+?\d[\d\s()/.–-]{6,20}\d",
    re.I,
)
_HOURS = re.compile(
    r"(?:orari|aperto|opening (?:hours|times)|business hours|hours of operation|öffnungszeiten|geöffnet|horaires|"
    r"ouvert|horarios?|horário|openingstijden|åpningstider|öppettider|godziny otwarcia)\b"
    r"[^|]{0,120}?\b\d{1,2}(?:[:.h]\d{2}|\s?[ap]m)",
    re.I,
)
_CHAT_LINKS = re.compile(r"^https?://(?:wa\.me/\+?\d|wa\.me/message/|m\.me/|(?:www\.)?messenger\.com/t/)", re.I)
_PHONE_LINK = re.compile(r"(?:tel|callto):\s*\+?[\d(]", re.I)
_DECLARED_PHONES = ("/telephone", "/contactPoint/telephone", "/contactPoint/0/telephone")
_MAX_PHONE, _MAX_PHONES = 40, 20  # characters of a number, numbers of a page
_WHATSAPP_SEND = re.compile(r"^(?:https?://(?:api|web)\.whatsapp\.com/send|whatsapp://send)[/?].*\bphone=\+?\d", re.I)
_CHAT_SCRIPTS = re.compile(
    r"widget\.intercom\.io|embed\.tawk\.to|client\.crisp\.chat|static\.zdassets\.com|code\.tidio\.co|js\.driftt\.com|"
    r"cdn\.livechatinc\.com|wchat\.freshchat\.com|userlike|smartsupp|olark|code\.jivosite\.com|js\.usemessages\.com|"
    r"xfbml\.customerchat|chatwoot|gorgias\.chat|respond\.io|trengo",
    re.I,
)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_JSON_FEED_1 = "application/json"  # what JSON Feed 1 asked for; WordPress names a page of its API so, too
_FEED_PATH = re.compile(r"(?:^|/)(?:feed|rss|atom)(?:/|$|\.xml$|\.json$)|\.(?:rss|atom)$|/index\.xml$", re.I)
_SITEMAP_PATH = re.compile(r"sitemap[\w-]*\.xml(?:\.gz)?$", re.I)
_SITEMAP = re.compile(r"<(?:[\w-]+:)?(?:urlset|sitemapindex)[\s>]", re.I)
_NOT_FOUND = re.compile(
    r"^(?:error )?404\b|page (?:was |could )?not (?:be )?found|pagina non trovata|seite (?:wurde )?nicht gefunden|"
    r"página no encontrada|página não encontrada|page (?:introuvable|non trouvée)|pagina niet gevonden|^error page$",
    re.I,
)
_ERROR_PAGE = 20_000  # bytes; a longer page that answers with success is no error page, whatever its title
_GZIP = b"\x1f\x8b"
_NO_HTML = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", _GZIP)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-zA-Z]{2})?")
_HOME_FILES = re.compile(r"(?:index|home|default)\.\w{2,5}", re.I)
_FILE_NAME = re.compile(r"^[\w.-]+\.(?:jpe?g|png|gif|webp|svg|avif)$|^(?:img|dsc|image)[_-]?\d+$", re.I)
_NO_NAME = re.compile(
    r"\W*(?:home(?:[ -]?page)?|index|start(?:seite)?|welcome|benvenut[oi]|willkommen|"
    r"accueil|inicio|início|untitled.*)\W*",
    re.I,
)
_DATA_ROLES = frozenset({"feed", "sitemap", "sitemap_index", "post_count"})
_WORDPRESS = "https://api.w.org/"  # the relation by which WordPress names the root of its REST API
_WORDPRESS_LINK = re.compile(rf'<([^<>\s]+)>\s*;\s*rel="?{re.escape(_WORDPRESS)}"?(?![^\s,;])')
_MAX_NAME = 40  # characters; a longer title is a sentence
_TITLE_PARTS = re.compile(r"\s+[|–—·•:»-]\s+|\s*[|»]\s*")


class Website(Platform):
    """Any address that belongs to no other platform. `posts` is known of WordPress and Blogger alone, which count
    their articles; any other feed is a window, not a count."""

    name = "website"
    title = "Website"
    hosts = frozenset()
    roles = ("home", "contact", "about", "feed", "sitemap", "sitemap_index", "post_count")
    persons = ON_SITES
    robots_note = "Each site's own robots.txt is followed."
    way_in = "Save the home page in a browser and import the file, or allow the audit's reader in robots.txt."
    by_page = Shown(fields="name posts bio avatar recent", posts="exact")
    checked = Checked(pages="2026-01-20", server="WordPress")

    def link(self, url: str) -> Link | None:
        """The site at `url`; the handle is its host without `www.`, with port and path where there are any: two
        sites of one host are two."""
        parsed = parts(url)
        if parsed is None or "." not in parsed.hostname:
            return None
        parsed.hash = ""
        port = f":{parsed.port}" if parsed.port else ""
        handle = f"{host(url).removeprefix('www.')}{port}{parsed.pathname.rstrip('/')}"
        return Link(company="client", platform=self.name, handle=handle, url=parsed.href)

    def role(self, url: str) -> str | None:
        """By the path: the site's root (also of one language), contact, about, feed, sitemap and the count of
        WordPress or Blogger."""
        segments = path_segments(url)
        path = "/".join(segments)
        if path.endswith("wp/v2/posts") or query(url).get("rest_route", "").strip("/") == "wp/v2/posts":
            return "post_count"
        if (of_blogger := feed_role(url)) is not None:
            return of_blogger
        if not segments or (len(segments) == 1 and _stands_for_home(segments[0])):
            return "home"
        if _SITEMAP_PATH.search(path):
            return "sitemap_index" if path.endswith("sitemap_index.xml") else "sitemap"
        if _FEED_PATH.search(path):
            return "feed"
        name = segments[-1].replace("_", "-")
        if _CONTACT.search(name):
            return "contact"
        return "about" if _ABOUT.search(name) else None

    def persons_for(self, link: Link, url: str) -> Persons:
        """In a feed of comments everything is by others."""
        is_of_comments = self.role(url) == "feed" and "comment" in "/".join(path_segments(url)).lower()
        return self.persons | Persons(elements=frozenset({"item", "entry"})) if is_of_comments else self.persons

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The home page; then, on the same domain, its feed, sitemap, contact and about pages."""
        home = pages.get("home")
        if home is None:
            return {"home": Request(url=link.url)}
        addresses = dict(_leads(self, link, home))
        sitemap = pages.get("sitemap")
        if addresses and sitemap is not None and sitemap.status in (404, 410):
            addresses["sitemap_index"] = absolute("/sitemap_index.xml", home.final_url)
        place = owner_place(home.final_url)  # "" where the host is a market's: nothing else there is the company's
        return {
            role: Request(url=address, sitemap=role == "sitemap")
            for role, address in addresses.items()
            if role not in pages and address is not None and place and owner_place(address) == place
        }

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Another site, a file, an error page that answers with success, an address where nobody has put a site."""
        if page.role in _DATA_ROLES:
            packed = page.body.startswith(_GZIP)
            return Refusal(state=State.SHELL, reason="a packed file, which is not opened") if packed else None
        if (no_blog_there := no_blog(page, document)) is not None:
            return no_blog_there
        if not _is_one_owners(page.url, page.final_url):
            asked, arrived = host(page.url), host(page.final_url)
            state = State.FAILED if (page.status or 200) >= 400 else State.SHELL
            return Refusal(state=state, reason=f"{asked} leads to {arrived}, which is another site")
        if page.body.lstrip()[:8].startswith(_NO_HTML) or (document.media_type and not _is_markup(document)):
            return Refusal(state=State.SHELL, reason=f"no HTML page but {document.media_type or 'a file'}"[:200])
        short = len(page.body) <= _ERROR_PAGE or (page.status or 200) >= 400
        if page.status in (404, 410) or (short and _NOT_FOUND.search(document.title)):
            state = State.GONE if page.status == 410 else State.MISSING
            return Refusal(state=state, reason=document.title or f"HTTP {page.status}")
        heading = document.tree.select_one("h1") if short else None
        if heading is not None and _NOT_FOUND.search(clean(heading.text(" "))):
            return Refusal(state=State.MISSING, reason=clean(heading.text(" "))[:200])
        return no_site(page, document)

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        """What all pages show together. A sitemap that is not there is an answer, not a refusal."""
        profile = super().read(link, pages)
        if "home" in pages and _shows_no_page(profile):
            home = self._read_page(link, pages["home"])
            if home.state is not State.OBSERVED:  # not "absent" because the sitemap is, nor seen because it is there
                return home
        profile = self._without_guesses(profile, pages)
        if profile.site is None or "sitemap" in profile.site.checks:
            return profile
        for role in ("sitemap_index", "sitemap"):
            if role in pages and pages[role].status in (404, 410):
                absent = Fact(value=False, page=role, where="urlset")
                return replace(profile, site=replace(profile.site, checks={**profile.site.checks, "sitemap": absent}))
        return profile

    def _without_guesses(self, profile: Profile, pages: Mapping[str, Page]) -> Profile:
        """A company whose contact page was not read may print its address, telephone and hours there."""
        checks = profile.site.checks if profile.site is not None else {}
        linked = checks.get("contact_page")
        read = "contact" in pages and self._read_page(self._any_link(profile), pages["contact"]).state is State.OBSERVED
        if profile.site is None or linked is None or not linked.value or read:
            return profile
        known = {name: fact for name, fact in checks.items() if fact.value or name not in _ON_CONTACT_PAGE}
        return replace(profile, site=replace(profile.site, checks=known))

    def _any_link(self, profile: Profile) -> Link:
        return Link(company=profile.company, platform=self.name, handle=profile.handle or "", url=profile.url)

    def merged(self, readings: list[Profile]) -> Profile:
        """An item found on one page is there; it is missing only where no page has it."""
        profile = super().merged(readings)
        sites = [reading.site for reading in readings if reading.site is not None]
        return replace(
            profile,
            site=SiteFacts(
                checks=_together([site.checks for site in sites]),
                links=next((site.links for site in sites if site.links), ()),
                articles=next((site.articles for site in sites if site.articles), ()),
                phones=tuple({phone.value: phone for site in reversed(sites) for phone in site.phones}.values()),
                image_alt=next((site.image_alt for site in sites if site.image_alt is not None), None),
            ),
        )

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """What one page shows: a feed its articles, a sitemap that it is there, any other page its items."""
        profile = self.blank(link, state=State.OBSERVED, source=page.source)
        if page.role == "feed":
            return _with_feed(profile, page, document)
        if page.role == "post_count":
            return _with_post_count(profile, page, document)
        if page.role in ("sitemap", "sitemap_index"):
            there = bool(_SITEMAP.search(document.text[:5_000]))
            where = "sitemapindex" if "sitemapindex" in document.text[:5_000].lower() else "urlset"
            return replace(profile, site=SiteFacts(checks={"sitemap": Fact(value=there, page=page.role, where=where)}))
        if document.is_json or (not document.title and not clean(document.tree.text(" "))):
            return None
        sight = _Sight(document, page.role, page.final_url)
        if not sight.body_text:  # a page that scripts fill in: only its head can be judged
            head = sight.checks({name: _HOME_ONLY[name] for name in _HEAD_CHECKS}) if page.role == "home" else {}
            return replace(profile, name=sight.name, avatar=sight.logo, site=SiteFacts(checks=head)) if head else None
        if page.role != "home":
            return replace(profile, site=SiteFacts(checks=sight.checks(_ANYWHERE), phones=_phones(sight)))
        return replace(
            profile,
            name=sight.name,
            bio=sight.meta("description", "og:description"),
            avatar=sight.logo,
            site=SiteFacts(
                checks=sight.checks({**_HOME_ONLY, **_ANYWHERE}),
                links=tuple(links_of(document, page.final_url)),
                phones=_phones(sight),
                image_alt=sight.image_alt,
            ),
        )


@dataclass(frozen=True)
class _Sight:
    """One page of the site, with the questions that the checks ask of it."""

    document: Document
    role: str
    url: str

    def checks(self, questions: Mapping[str, Callable[[_Sight], Fact[bool] | None]]) -> dict[str, Fact[bool]]:
        answers = {name: question(self) for name, question in questions.items()}
        return {name: answer for name, answer in answers.items() if answer is not None}

    def there(self, where: str) -> Fact[bool]:
        return Fact(value=True, page=self.role, where=where)

    def absent(self, where: str) -> Fact[bool]:
        return Fact(value=False, page=self.role, where=where)

    @cached_property
    def text(self) -> str:
        return clean(self.document.tree.text(" "))

    @cached_property
    def body_text(self) -> str:
        """What the page shows without running scripts."""
        return self.document.shown

    @cached_property
    def anchors(self) -> list[tuple[Element, str]]:
        """All links with their raw `href`."""
        return [(tag, tag.get("href") or "") for tag in self.document.tree.select("a[href]")]

    @cached_property
    def organization(self) -> JsonBlock | None:
        """The company's JSON-LD; one with an address elsewhere describes somebody else."""
        found = organization(self.document, self.role)
        address = absolute(str(found.at("/url")), self.url) if found is not None and found.at("/url") else None
        return found if address is None or registrable(address) == registrable(self.url) else None

    @cached_property
    def name(self) -> Fact[str] | None:
        declared = self.organization.text("/name") if self.organization else None
        if declared is not None or self.document.meta.get("og:site_name"):
            return declared or self.meta("og:site_name")
        if not self.document.title:
            return None
        pieces = [piece for piece in _TITLE_PARTS.split(self.document.title) if piece.strip()]
        label = _folded(registrable(self.url).removeprefix("www.").split(".")[0])
        named = next((piece for piece in pieces if _alike(_folded(piece), label)), None)
        if named is None and len(pieces) == 1 and len(pieces[0]) <= _MAX_NAME and not _NO_NAME.fullmatch(pieces[0]):
            named = pieces[0]
        return Fact(value=named.strip(), page=self.role, where="title") if named else None

    @cached_property
    def logo(self) -> Fact[str] | None:
        if self.organization is None:
            return None
        return self.organization.text("/logo", "/logo/url", "/logo/contentUrl", "/image")

    def meta(self, *keys: str) -> Fact[str] | None:
        for key in keys:
            if self.document.meta.get(key):
                return Fact(value=self.document.meta[key], page=self.role, where=self.document.meta_where(key))
        return None

    def has_meta(self, key: str) -> Fact[bool]:
        if self.document.meta.get(key):
            return self.there(self.document.meta_where(key))
        return self.absent(f'meta[property="{key}"]@content')

    def declares(self, *paths: str) -> Fact[bool]:
        """Whether the company's JSON-LD holds one of `paths`."""
        for path in paths:
            if self.organization is not None and self.organization.at(path):
                return self.there(self.organization.place + path)
        return self.absent('script[type="application/ld+json"]')

    @cached_property
    def feed_address(self) -> str | None:
        for tag, href in self._alternates():
            if "comment" not in (str(tag.get("title") or "") + href).lower():
                return absolute(href, self.url)
        return None

    def _alternates(self) -> Iterator[tuple[Element, str]]:
        for tag in self.document.tree.select("link[href]"):
            kind = str(tag.get("type") or "").lower().strip()
            href = str(tag.get("href"))
            is_feed_link = kind in _FEED_TYPES or (kind == _JSON_FEED_1 and _FEED_PATH.search(href.split("?", 1)[0]))
            if is_feed_link and "alternate" in (tag.get("rel") or "").lower():
                yield tag, href

    def page_address(self, words: re.Pattern[str]) -> str | None:
        """The first page of the same domain whose address or link text holds one of `words`."""
        place = owner_place(self.url)
        for tag, href in self.anchors:
            address = absolute(href, self.url)
            if address is None or owner_place(address) != place or not path_segments(address):
                continue
            name = path_segments(address)[-1].replace("_", "-")
            if words.search(name) or words.search(clean(tag.text(" "))[:60]):
                return address.split("#", 1)[0]
        return None

    def linked(self, words: re.Pattern[str]) -> Fact[bool]:
        """Whether a link names one of `words` in its text or its address."""
        for tag, href in self.anchors:
            shown = clean(tag.text(" "))[:80]
            if words.search(shown) or words.search(unquote(href.split("?", 1)[0])[-200:]):
                return self.there(_link_place(tag, href))
        return self.absent("a@href")

    @cached_property
    def image_alt(self) -> Fact[float] | None:
        """The share of images with alternative text; those declared as decoration are left out."""
        images = self.document.tree.select("img")
        shown = [tag for tag in images if not _is_decoration(tag)]
        if not shown:
            return None
        described = [tag for tag in shown if _is_description(str(tag.get("alt") or ""))]
        return Fact(value=round(len(described) / len(shown), 4), page=self.role, where="img@alt")


def _https(sight: _Sight) -> Fact[bool]:
    secure = sight.url.lower().startswith("https:")
    return Fact(value=secure, page=sight.role, where="")  # the address itself, not a place in the page


def _title(sight: _Sight) -> Fact[bool]:
    return Fact(value=bool(sight.document.title), page=sight.role, where="title")


def _viewport(sight: _Sight) -> Fact[bool]:
    there = bool(sight.document.meta.get("viewport"))
    return Fact(value=there, page=sight.role, where='meta[name="viewport"]@content')


def _description(sight: _Sight) -> Fact[bool]:
    if sight.document.meta.get("description"):
        return sight.there(sight.document.meta_where("description"))
    return sight.absent('meta[name="description"]@content')


def _language(sight: _Sight) -> Fact[bool]:
    return Fact(value=bool(sight.document.language), page=sight.role, where="html@lang")


def _favicon(sight: _Sight) -> Fact[bool] | None:
    """Without a link browsers try /favicon.ico, which was not asked: then nothing is known."""
    for tag in sight.document.tree.select("link[href]"):
        if "icon" in (tag.get("rel") or "").lower():
            return sight.there(f'link[href="{_quoted(str(tag.get("href")))}"]@href')
    return None


def _same_as(sight: _Sight) -> Fact[bool]:
    if sight.organization is not None and len(strings(sight.organization.at("/sameAs"))) >= 2:
        return sight.there(sight.organization.place + "/sameAs")
    return sight.absent('script[type="application/ld+json"]')


def _feed(sight: _Sight) -> Fact[bool]:
    for _, href in sight._alternates():
        return sight.there(f'link[href="{_quoted(href)}"]@href')
    return sight.absent('link[rel="alternate"]@href')


def _email(sight: _Sight) -> Fact[bool]:
    for tag, href in sight.anchors:
        written = href.lower().startswith("mailto:") and "@" in unquote(href)
        if written or "/cdn-cgi/l/email-protection" in href:
            return sight.there(_link_place(tag, href))
    declared = sight.declares("/email", "/contactPoint/email", "/contactPoint/0/email")
    if declared.value:
        return declared
    return sight.there("body") if _EMAIL.search(sight.text) else sight.absent("body")


def _phone(sight: _Sight) -> Fact[bool]:
    for tag, href in sight.anchors:
        if _PHONE_LINK.match(href):
            return sight.there(_link_place(tag, href))
    declared = sight.declares(*_DECLARED_PHONES)
    if declared.value:
        return declared
    return sight.there("body") if _PHONE.search(sight.text) else sight.absent("body")


def _phones(sight: _Sight) -> tuple[Fact[str], ...]:
    """The telephone numbers that the page links or declares as the company's, as written there."""
    found = [
        Fact(value=clean(unquote(href.partition(":")[2]))[:_MAX_PHONE], page=sight.role, where=_link_place(tag, href))
        for tag, href in sight.anchors
        if _PHONE_LINK.match(href)
    ]
    if sight.organization is not None:
        declared = (sight.organization.text(path) for path in _DECLARED_PHONES)
        found += [replace(fact, value=fact.value[:_MAX_PHONE]) for fact in declared if fact is not None]
    return tuple({fact.value: fact for fact in reversed(found)}.values())[::-1][:_MAX_PHONES]


def _chat(sight: _Sight) -> Fact[bool]:
    for tag, href in sight.anchors:
        if _CHAT_LINKS.match(href.strip()) or _WHATSAPP_SEND.match(href.strip()):
            return sight.there(_link_place(tag, href))
    for tag in sight.document.scripts:
        source = str(tag.get("src") or "")
        if source and _CHAT_SCRIPTS.search(source):
            return sight.there(f'script[src="{_quoted(source)}"]@src')
        inline = _CHAT_SCRIPTS.search(tag.text()[:20_000])
        if inline:
            return sight.there(f'script:-soup-contains("{inline.group(0)}")')
    return sight.absent("a@href")


def _hours(sight: _Sight) -> Fact[bool]:
    declared = sight.declares("/openingHours", "/openingHoursSpecification")
    if declared.value:
        return declared
    if sight.document.tree.select_one('[itemprop^="openingHours"]'):
        return sight.there('[itemprop^="openingHours"]')
    return sight.there("body") if _HOURS.search(sight.text) else sight.absent("body")


def _faq(sight: _Sight) -> Fact[bool]:
    for item, place in sight.document.json_ld:
        if "FAQPage" in strings(item.get("@type")):
            return sight.there(f"{place}/@type")
    return sight.linked(_FAQ)


def _newsletter(sight: _Sight) -> Fact[bool]:
    for form in sight.document.tree.select("form"):
        action = str(form.get("action") or "")
        if _MAILERS.search(action):
            return sight.there(f'form[action="{_quoted(action)}"]@action')
        marks = " ".join([action, str(form.get("id") or ""), str(form.get("class") or ""), form.text(" ")[:600]])
        fields = [f"{field.get('type')} {field.get('name')}".lower() for field in form.select("input")]
        if any("mail" in field for field in fields) and _NEWSLETTER.search(marks):
            return sight.there(form.place())
    return sight.linked(_NEWSLETTER)


_HOME_ONLY: dict[str, Callable[[_Sight], Fact[bool] | None]] = {
    "https": _https,
    "title": _title,
    "viewport": _viewport,
    "description": _description,
    "language": _language,
    "favicon": _favicon,
    "json_ld_organization": lambda sight: sight.declares("/name"),
    "json_ld_url": lambda sight: sight.declares("/url", "/@id"),
    "json_ld_logo": lambda sight: sight.declares("/logo"),
    "json_ld_same_as": _same_as,
    "json_ld_contact_point": lambda sight: sight.declares("/contactPoint", "/telephone", "/email"),
    "open_graph_title": lambda sight: sight.has_meta("og:title"),
    "open_graph_image": lambda sight: sight.has_meta("og:image"),
    "feed": _feed,
    "contact_page": lambda sight: sight.linked(_CONTACT),
    "privacy_notice": lambda sight: sight.linked(_PRIVACY),
}
_HEAD_CHECKS = (
    "https",
    "title",
    "viewport",
    "description",
    "language",
    "favicon",
    "open_graph_title",
    "open_graph_image",
)
_ON_CONTACT_PAGE = frozenset({"email", "phone", "hours"})
_ANYWHERE: dict[str, Callable[[_Sight], Fact[bool] | None]] = {
    "email": _email,
    "phone": _phone,
    "chat": _chat,
    "hours": _hours,
    "faq": _faq,
    "newsletter": _newsletter,
}


def _is_one_owners(asked: str, arrived: str) -> bool:
    """Whether two addresses are of one site: of one domain, at hosts that lend paths below one name."""
    return (registrable(asked), owner_place(asked)) == (registrable(arrived), owner_place(arrived))


def _shows_no_page(profile: Profile) -> bool:
    """Whether nothing is known but what data beside the pages say: a feed, a sitemap, a count."""
    checks = profile.site.checks if profile.site is not None else {}
    return profile.state is not State.OBSERVED or not checks.keys() - {"feed", "sitemap"}


def _is_markup(document: Document) -> bool:
    """Whether an answer calls itself HTML or plain text; servers mislabel pages as text."""
    return "html" in document.media_type or "xml" in document.media_type or document.media_type == "text/plain"


def _with_feed(profile: Profile, page: Page, document: Document) -> Profile | None:
    if not is_feed(page.body, page.media_type):
        return None
    articles: tuple[Post, ...] = tuple(posts_in(page.body, url=page.final_url, media_type=page.media_type))
    there = Fact(value=True, page=page.role, where=articles[0].where if articles else "")
    total = posts_total(page, document)
    return replace(profile, posts=total, recent=articles, site=SiteFacts(checks={"feed": there}, articles=articles))


@lru_cache(maxsize=64)  # asked again after every page of the site that came; the home page stays the same
def _leads(website: Website, link: Link, home: Page) -> Mapping[str, str | None]:
    """Where a home page leads by role; nothing when it is not the site's home page."""
    document = Document(home.body, home.media_type)
    if home.state is not State.OBSERVED or website.refused(link, home, document) is not None:
        return {}
    sight = _Sight(document, "home", home.final_url)
    return {
        "feed": sight.feed_address,
        "post_count": _post_count_address(home, sight),
        "sitemap": absolute("/sitemap.xml", home.final_url),
        "contact": sight.page_address(_CONTACT),
        "about": sight.page_address(_ABOUT),
    }


def _post_count_address(home: Page, sight: _Sight) -> str | None:
    """Where a WordPress site lists its newest post, and the answer's header tells how many there are; where a blog of
    Blogger does."""
    named = _WORDPRESS_LINK.search(home.headers.get("link", ""))
    tag = next(
        (link for link in sight.document.tree.select("link[rel][href]") if _WORDPRESS in link.words("rel")), None
    )
    written = named.group(1) if named else tag.get("href") if tag is not None else None
    root = absolute(written, sight.url) if written is not None else None
    if root is None:
        feeds = (absolute(href, sight.url) for _, href in sight._alternates())
        return post_count_address(sight.url, sight.document.meta.get("generator", ""), filter(None, feeds))
    route, mark = ("wp/v2/posts", "&") if "rest_route=" in root else ("/wp/v2/posts", "?")
    return f"{root.partition('#')[0].rstrip('/') if mark == '?' else root}{route}{mark}per_page=1&_fields=id,date,link"


def _with_post_count(profile: Profile, page: Page, document: Document) -> Profile | None:
    """The total that WordPress sends with a list of posts, or Blogger in its feed. None there may be articles of
    another kind: no total."""
    if (of_blogger := posts_total(page, document)) is not None:
        return replace(profile, posts=of_blogger)
    total = exact_count(page.headers.get("x-wp-total", ""))
    if total is None or total.value == 0 or not isinstance(document.json, list):
        return None
    return replace(profile, posts=total.fact(page.role, "header x-wp-total"))


def _together(pages: list[Mapping[str, Fact[bool]]]) -> dict[str, Fact[bool]]:
    """Per item the first page that has it; the first that has not only where none has it."""
    merged: dict[str, Fact[bool]] = {}
    for checks in pages:
        for name, fact in checks.items():
            if name not in merged or (fact.value and not merged[name].value):
                merged[name] = fact
    return merged


def _stands_for_home(segment: str) -> bool:
    return bool(_LANGUAGE.fullmatch(segment) or _HOME_FILES.fullmatch(segment))


def _is_decoration(tag: Element) -> bool:
    hidden = tag.get("aria-hidden") == "true" or tag.get("role") in ("presentation", "none")
    pixel = str(tag.get("width") or "") in ("0", "1") or str(tag.get("height") or "") in ("0", "1")
    return hidden or pixel or tag.get("alt") == ""


def _is_description(alt: str) -> bool:
    text = clean(alt)
    return bool(text) and _FILE_NAME.match(text) is None


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _alike(piece: str, label: str) -> bool:
    return len(piece) >= 3 and len(label) >= 3 and (piece in label or label in piece)


def _link_place(tag: Element, href: str) -> str:
    """The place of a link's address; by its position where the address holds marks that places give a meaning."""
    plain = "#/" not in href and "@" not in href
    return f'a[href="{_quoted(href)}"]@href' if plain else f"{tag.place()}@href"


def _quoted(value: str) -> str:
    """`value` inside a quoted CSS string."""
    return re.sub(r'["\\\n\r\f]', lambda match: f"\\{ord(match.group(0)):x} ", value)


PLATFORM = Website()

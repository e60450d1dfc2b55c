"""Where a link stands in its page, and what stands around it: region, headings, credits, quotations, rows of icons."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import islice

from bs4.element import NavigableString, Tag

from audit import link_words as words
from audit.parse.address import registrable
from audit.parse.text import clean
from audit.platforms import platform_of
from audit.redirectors import is_plugin

WEBSITE = "website"
_NEAR = 4  # elements around a link whose marks speak of it
_AROUND = 8  # elements around a link in the content whose marks may say that it is somebody else's
_MARK = 500  # characters of a class or an id that are looked at
_BLOCKS = frozenset({"p", "div", "li", "ul", "td", "tr", "table", "section", "footer", "header", "nav", "aside", "dd"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "summary", "dt")
_OBSCURED = re.compile(r"(?<![A-Za-z0-9+/])aHR0c[A-Za-z0-9+/_-]{10,400}={0,2}")
_LOG_IN = re.compile(r"log\s?-?in|sign\s?-?in|anmeld|connexion|accedi", re.I)
_INLINE = frozenset({"p", "td", "li", "dd", "figcaption", "span", "em", "strong", "i", "b", "font", "u"})
_QUOTE = re.compile(r"twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed")
_FOLLOW_MARK = re.compile(r"fb-(?:page|like|follow|fan)|twitter-(?:follow|timeline)|(?:^|[\s_-])follow", re.I)
_NAMED = re.compile(
    r"face|fb[\W_\d]|insta|twitter|tweet|linkedin|tube|tiktok|pinterest|\bfan|like|logo_f|soc\d|sns|join", re.I
)
_LETTERS = re.compile(r"data:image|(?<![a-z])(?:fb|f|ig|yt|tw|t|x|face|in|li)(?![a-z])", re.I)
_SCRIPTED = re.compile(r"""["'](https?://[^"'\s]{8,300})["']""")
_EMPTY_HREF = frozenset({
    "", "#", "#!", "#0", "/", "http://", "https://", "http://#", "https://#", "javascript:;", "javascript:void(0)",
    "javascript:void(0);", "javascript://", "#url", "#link", "#none",
})  # fmt: skip


def ancestors(tag: Tag) -> Iterator[Tag]:
    """The element itself and all around it, inside out."""
    current: Tag | None = tag
    while current is not None and current.name != "[document]":
        yield current
        current = current.parent


def mark_of(tag: Tag) -> str:
    """Class, id and role of an element as one text, no longer than what people write there."""
    classes = " ".join(str(name) for name in tag.get_attribute_list("class") if name)
    return " ".join((classes[:_MARK], str(tag.get("id") or "")[:_MARK], str(tag.get("role") or "")[:_MARK])).strip()


def shown_of(tag: Tag) -> str:
    """What a person sees of a link: its text, or what stands for a picture."""
    pieces = [tag.get_text(" "), str(tag.get("title") or ""), str(tag.get("aria-label") or "")]
    pieces += [str(image.get("alt") or "") for image in tag.find_all("img")[:3] if isinstance(image, Tag)]
    return clean(" ".join(pieces))[:200]


def addresses_of(tag: Tag) -> Iterator[tuple[str, bool]]:
    """The addresses that an element carries, and whether it is a follow widget of the account itself."""
    name = tag.name
    href = tag.get("href") or tag.get("xlink:href")
    if name in ("a", "area") and href:
        yield _from_script(str(href)) or str(href), _is_follow(tag)
    elif name == "iframe" and (tag.get("src") or tag.get("data-src")):
        source = str(tag.get("src") or tag.get("data-src"))
        yield source, is_plugin(source)
    elif name == "option" and tag.get("value"):
        yield str(tag.get("value")), False
    elif name == "form" and str(tag.get("method") or "get").lower() == "get" and tag.get("action"):
        yield str(tag.get("action")), False
    yield from _of_widget(tag)
    for attribute, value in tag.attrs.items():
        if isinstance(value, str) and (attribute.startswith("data-") or attribute == "onclick"):
            yield from _in_attribute(tag, attribute, value)


def obscured_in(tag: Tag) -> Iterator[str]:
    """The addresses that an element carries in base64, which only the page's script can open."""
    for value in tag.attrs.values():
        text = value if isinstance(value, str) else " ".join(value)
        match = _OBSCURED.search(text) if "aHR0c" in text else None
        address = _decoded(match.group(0)) if match is not None else ""
        if address:
            yield address


def _in_attribute(tag: Tag, attribute: str, value: str) -> Iterator[tuple[str, bool]]:
    if attribute == "onclick":
        address = _from_script(value, anywhere=True)
        if address:
            yield address, False
    elif re.match(r"(?:https?:)?//[^\s{]+$", value):
        yield value, _is_follow(tag)


def _from_script(value: str, *, anywhere: bool = False) -> str:
    """The address that a piece of script opens; "" when it opens none."""
    if not anywhere and not value.lower().startswith("javascript:"):
        return ""
    match = _SCRIPTED.search(value)
    return match.group(1) if match else ""


def _decoded(text: str) -> str:
    """An address hidden from search engines in base64."""
    try:
        plain = b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)).decode("utf-8")
    except ValueError:
        return ""
    return plain if re.match(r"https?://[^\s\"'<>]+$", plain) else ""


def _is_follow(tag: Tag) -> bool:
    return _FOLLOW_MARK.search(mark_of(tag)) is not None


def _of_widget(tag: Tag) -> Iterator[tuple[str, bool]]:
    """The account that a platform's own follow element names by number or name."""
    if tag.name == "script" and str(tag.get("type") or "").lower() in ("in/followcompany", "in/companyprofile"):
        number = str(tag.get("data-id") or "")
        if re.fullmatch(r"\d{2,12}", number):
            yield f"https://www.linkedin.com/company/{number}", True
    channel = str(tag.get("data-channelid") or "")
    if re.fullmatch(r"UC[\w-]{22}", channel):
        yield f"https://www.youtube.com/channel/{channel}", True
    named = str(tag.get("data-channel") or "")
    if "g-ytsubscribe" in mark_of(tag) and re.fullmatch(r"[\w.-]{3,40}", named):
        yield f"https://www.youtube.com/user/{named}", True
    if tag.name in ("fb:like-box", "fb:page", "fb:fan", "fb:like", "fb:follow") and tag.get("href"):
        yield str(tag.get("href")), True


def text_before(tag: Tag, limit: int = 80) -> str:
    """The text just before a link in its block, up to the link before it."""
    pieces: list[str] = []
    for element in islice(tag.previous_elements, 30):
        if isinstance(element, Tag):
            if element.name in _BLOCKS or element.name in ("a", "br", "hr"):
                break
        elif isinstance(element, NavigableString) and type(element) is NavigableString:
            pieces.insert(0, str(element))
            if sum(map(len, pieces)) > limit:
                break
    return clean("".join(pieces))[-limit:]


def is_foreign_picture(tag: Tag, shown: str) -> bool:
    """Whether the link is a lone picture that does not say which network it leads to, as a partner's logo does not."""
    images = [image for image in tag.find_all("img", limit=3) if isinstance(image, Tag)]
    if not images or clean(tag.get_text(" ")):
        return False
    files = [f"{image.get('src') or image.get('data-src') or ''} {mark_of(image)}" for image in images]
    said = " ".join([shown, *files, mark_of(tag)])
    return not any(pattern.search(said) for pattern in (_NAMED, _LETTERS, words.NETWORK, words.SOCIAL, words.FOLLOW))


def network_on(tag: Tag) -> str:
    """The platform that an icon or a link's words name; "" when none or several."""
    said = [shown_of(tag), mark_of(tag)]
    for inner in tag.find_all(("i", "svg", "use", "img", "span"), limit=6):
        if isinstance(inner, Tag):
            said += [mark_of(inner), *(str(inner.get(key) or "") for key in ("xlink:href", "href", "alt"))]
    text = " ".join(said)
    if len(text) > 300:
        return ""
    found = {name for match in words.NETWORK.finditer(text) for name, value in match.groupdict().items() if value}
    return found.pop() if len(found) == 1 else ""


class Places:
    """Where the links of one page stand. What is found out about an element is kept: links share what is around them,
    and a page of 5,000 links would be read 5,000 times."""

    def __init__(self) -> None:
        self._marks: dict[int, str] = {}
        self._regions: dict[int, tuple[str, bool]] = {}
        self._quotes: dict[int, bool] = {}
        self._texts: dict[int, str] = {}
        self._headings: dict[int, Tag | None] = {}
        self._rows: dict[int, bool | None] = {}

    def mark(self, tag: Tag) -> str:
        """`mark_of`, kept."""
        if id(tag) not in self._marks:
            self._marks[id(tag)] = mark_of(tag)
        return self._marks[id(tag)]

    def marks_around(self, tag: Tag) -> list[str]:
        """The marks of the element and of those around it up to the page's header or footer, inside out."""
        found: list[str] = []
        for ancestor in ancestors(tag):
            if ancestor.name in ("body", "html", "footer") or len(found) >= _AROUND:
                break
            found.append(self.mark(ancestor))
        return found

    def region(self, tag: Tag) -> str:
        """header, footer or body. The header of an article, a card or a window is not the page's."""
        unknown: list[Tag] = []
        region, in_article = "", False
        for ancestor in ancestors(tag):
            if id(ancestor) in self._regions:
                region, in_article = self._regions[id(ancestor)]
                break
            unknown.append(ancestor)
        for ancestor in reversed(unknown):
            in_article = in_article or ancestor.name == "article"
            region = region if in_article else self._region_by(ancestor) or region
            self._regions[id(ancestor)] = (region, in_article)
        return region or "body"

    def _region_by(self, tag: Tag) -> str:
        if tag.name in ("main", "body", "html"):
            return ""
        mark = self.mark(tag)
        if words.INNER.search(mark):
            return ""
        if tag.name == "footer" or words.FOOTER.search(mark):
            return "footer"
        return "header" if tag.name in ("header", "nav") or words.HEADER.search(mark) else ""

    def in_quote(self, tag: Tag) -> bool:
        """Whether the link stands in a quotation or in somebody's embedded post."""
        unknown: list[Tag] = []
        quoted = False
        for ancestor in ancestors(tag):
            if id(ancestor) in self._quotes:
                quoted = self._quotes[id(ancestor)]
                break
            unknown.append(ancestor)
        for ancestor in reversed(unknown):
            quoted = quoted or ancestor.name == "blockquote" or _QUOTE.search(self.mark(ancestor)) is not None
            self._quotes[id(ancestor)] = quoted
        return quoted

    def text(self, tag: Tag) -> str:
        """The text inside an element, on one line."""
        if id(tag) not in self._texts:
            self._texts[id(tag)] = clean(tag.get_text(" "))
        return self._texts[id(tag)]

    def is_credit(self, tag: Tag, handle: str, shown: str) -> bool:
        """Whether the link is the maker's: a credit stands just before it, on it, or in the marks around it.

        Icons behind `Powered by X` are the company's own, unless their handle is made from X.
        """
        if any(words.MAKER.search(mark) for mark in self.marks_around(tag)[:3]) or words.CREDIT.search(shown):
            return True
        before = text_before(tag)
        credits = list(words.CREDIT.finditer(before))
        if not credits:
            return False
        between = re.sub(r"[\W_]+", "", before[credits[-1].end() :].casefold())
        name = re.sub(r"[\W_]+", "", handle.casefold())
        return len(between) < 3 or (len(name) >= 4 and (name in between or between in name))

    def heading_before(self, tag: Tag) -> str:
        """The heading that a link stands under: the nearest one before it in the few elements around; "" without."""
        for ancestor in islice(ancestors(tag), 1, 6):
            if ancestor.name in ("body", "html", "main", "footer", "header"):
                return ""
            inside = self._heading_in(ancestor)
            if inside is not None and all(around is not inside for around in islice(ancestors(tag), 12)):
                return self.text(inside)[:80]
            previous = ancestor.find_previous_sibling()
            if isinstance(previous, Tag) and previous.name in _HEADINGS:
                return self.text(previous)[:80]
        return ""

    def _heading_in(self, tag: Tag) -> Tag | None:
        if id(tag) not in self._headings:
            found = tag.find(_HEADINGS)
            self._headings[id(tag)] = found if isinstance(found, Tag) else None
        return self._headings[id(tag)]

    def in_running_text(self, tag: Tag) -> bool:
        """Whether the link stands inside a paragraph with a good deal more text than its own."""
        for ancestor in islice(ancestors(tag), 1, 4):
            if ancestor.name not in _INLINE:
                return False
            if len(self.text(ancestor)) - len(self.text(tag)) > 80 and ancestor.name != "td":
                return True
        return False

    def in_row(self, tag: Tag) -> bool:
        """Whether the link is one of a short row of links to several platforms, as icon bars are."""
        for ancestor in islice(ancestors(tag), 1, 6):
            row = self._is_row(ancestor)
            if row is not False:
                return bool(row)
        return False

    def _is_row(self, tag: Tag) -> bool | None:
        """Whether an element is such a row; None when it is too large to hold one."""
        if id(tag) not in self._rows:
            links = [one for one in tag.find_all("a", href=True, limit=40) if isinstance(one, Tag)]
            hosts = {registrable(str(one.get("href"))) for one in links} if len(links) <= 15 else set()
            known = {name for name in hosts if name and platform_of(f"https://{name}/").name != WEBSITE}
            is_row = len(known) >= 2 and len(self.text(tag)) <= 400
            self._rows[id(tag)] = None if len(links) > 15 else is_row
        return self._rows[id(tag)]

    def dead_icon(self, tag: Tag) -> str:
        """The platform of an icon that leads nowhere; "" for all else, share buttons among them."""
        if tag.name != "a" or str(tag.get("href") or "").strip().lower() not in _EMPTY_HREF or not tag.has_attr("href"):
            return ""
        if tag.get("onclick") or any("//" in str(value) for key, value in tag.attrs.items() if key.startswith("data-")):
            return ""
        platform = network_on(tag)
        if not platform:
            return ""
        around = " ".join([shown_of(tag), str(tag.get("class") or ""), *self.marks_around(tag)[:_NEAR]])
        if words.SHARE_MARK.search(around) or _LOG_IN.search(around):
            return ""
        return platform if self.region(tag) != "body" or words.SOCIAL.search(around) else ""

"""What an address is when it is no profile: share button, post, pixel, short link, closed network and the like.

Each kind is the beginning of a `Link.why`, so that findings are picked out by it: `kind_of(link)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from audit.models import Link
from audit.parse.address import host, host_matches, parts, path_segments, query, registrable


class Kind(StrEnum):
    """What a link is instead of the company's profile; `Link.why` is one of these, or begins with it and `: `."""

    SHARE = "share button"
    POST = "post"
    PERSON = "person"
    CREDIT = "agency credit"
    PLACEHOLDER = "placeholder"
    PIXEL = "pixel"
    PLUGIN = "plugin"
    REDIRECT = "redirect"
    GROUP = "group"
    CHAT = "chat"
    RETIRED = "closed network"
    OTHER_COMPANY = "another company"
    QUOTE = "quoted post"
    LOGIN = "login"
    SEARCH = "search"
    PLATFORM_PAGE = "the platform's own page"
    IN_TEXT = "named in the text"
    HINT = "hint"
    SHORT = "short link"
    NO_PROFILE = "no profile address"


PLACEHOLDER_HOME = f"{Kind.PLACEHOLDER}: the platform's home page"
PLACEHOLDER_BUILDER = f"{Kind.PLACEHOLDER}: the theme's or builder's own account"
PLACEHOLDER_ICON = f"{Kind.PLACEHOLDER}: an icon without an address"
# What an auditor tells the company about its page: links that lead nowhere, or to what has closed.
DEAD = frozenset({Kind.PLACEHOLDER, Kind.RETIRED})
# What one request settles: where the address leads.
UNSETTLED = frozenset({Kind.SHORT, Kind.REDIRECT})

LINK_IN_BIO = "link-in-bio"  # `Link.platform` of such a page; it has no handle, for it is no profile to be asked for
SHORT_LINK = "short-link"  # `Link.platform` of a short link that may lead anywhere


def kind_of(link: Link) -> Kind | None:
    """The kind of a link by its `why`; None for own ones and for words of others."""
    return next((kind for kind in Kind if link.why == kind or link.why.startswith(f"{kind}: ")), None)


@dataclass(frozen=True, slots=True)
class Known:
    """An address that belongs to no profile but is known: its platform and what it is."""

    platform: str
    why: str


# Closed networks: host → platform, title, year of closing (announcements of their owners).
_RETIRED = {
    "plus.google.com": ("google_plus", "Google+", 2019), "plus.url.google.com": ("google_plus", "Google+", 2019),
    "vine.co": ("vine", "Vine", 2017), "periscope.tv": ("periscope", "Periscope", 2021),
    "pscp.tv": ("periscope", "Periscope", 2021), "stumbleupon.com": ("stumbleupon", "StumbleUpon", 2018),
    "delicious.com": ("delicious", "Delicious", 2017), "del.icio.us": ("delicious", "Delicious", 2017),
    "friendfeed.com": ("friendfeed", "FriendFeed", 2015), "orkut.com": ("orkut", "Orkut", 2014),
    "business.site": ("google_business_site", "Google business sites", 2024),
    "posterous.com": ("posterous", "Posterous", 2013), "formspring.me": ("formspring", "Formspring", 2013),
    "storify.com": ("storify", "Storify", 2018), "mixer.com": ("mixer", "Mixer", 2020),
    "klout.com": ("klout", "Klout", 2018), "hyves.nl": ("hyves", "Hyves", 2013),
    "studivz.net": ("studivz", "StudiVZ", 2022), "meinvz.net": ("studivz", "meinVZ", 2022),
    "tuenti.com": ("tuenti", "Tuenti", 2016), "kooapp.com": ("koo", "Koo", 2024),
    "cohost.org": ("cohost", "Cohost", 2024), "post.news": ("post_news", "Post", 2024),
    "rhapsody.com": ("rhapsody", "Rhapsody", 2016), "rdio.com": ("rdio", "Rdio", 2015),
    "nk.pl": ("nk", "nk.pl", 2021), "identi.ca": ("identica", "identi.ca", 2013),
    "app.net": ("app_net", "App.net", 2017), "musical.ly": ("musical_ly", "musical.ly", 2018),
}  # fmt: skip

# Short addresses: host → the platform they lead to, SHORT_LINK where it may be any.
_SHORT = {
    "fb.me": "facebook", "lnkd.in": "linkedin", "pin.it": "pinterest", "vm.tiktok.com": "tiktok",
    "vt.tiktok.com": "tiktok", "on.soundcloud.com": "soundcloud", "spoti.fi": "spotify", "spotify.link": "spotify",
    "wa.link": "whatsapp", "g.page": "google", "maps.app.goo.gl": "google", "g.co": "google",
    "t.snapchat.com": "snapchat", "dsc.gg": "discord",
    "t.co": SHORT_LINK, "bit.ly": SHORT_LINK, "bitly.com": SHORT_LINK, "goo.gl": SHORT_LINK, "ow.ly": SHORT_LINK,
    "buff.ly": SHORT_LINK, "tinyurl.com": SHORT_LINK, "is.gd": SHORT_LINK, "t.ly": SHORT_LINK, "rb.gy": SHORT_LINK,
    "rebrand.ly": SHORT_LINK, "cutt.ly": SHORT_LINK, "shorturl.at": SHORT_LINK, "tiny.cc": SHORT_LINK,
    "dlvr.it": SHORT_LINK, "s.id": SHORT_LINK, "v.gd": SHORT_LINK, "urly.it": SHORT_LINK, "trib.al": SHORT_LINK,
    "j.mp": SHORT_LINK, "bl.ink": SHORT_LINK, "lnk.to": SHORT_LINK, "qrco.de": SHORT_LINK, "amzn.to": SHORT_LINK,
    "ffm.to": SHORT_LINK, "smarturl.it": SHORT_LINK,
}  # fmt: skip

_BIO_HOSTS = frozenset({
    "linktr.ee", "beacons.ai", "beacons.page", "taplink.cc", "taplink.at", "taplink.ws", "taplink.io", "bio.link",
    "lnk.bio", "msha.ke", "campsite.bio", "campsite.to", "bio.site", "solo.to", "milkshake.app", "allmylinks.com",
    "linkin.bio", "linkpop.com", "hoo.be", "flow.page", "linkr.bio", "tap.bio", "lit.link", "heylink.me", "link.me",
    "instabio.cc", "linkbio.co", "biolinky.co", "znap.link", "direct.me", "komi.io", "snipfeed.co", "linkby.tw",
    "carrd.co", "potofu.me", "many.link", "link.bio", "shor.by", "withkoji.com", "koji.to", "contactin.bio",
    "contactinbio.com", "bio.fm",
})  # fmt: skip
_BIO_PAGES = frozenset({
    "login", "register", "signup", "sign-up", "s", "blog", "help", "about", "pricing", "privacy", "terms", "admin",
    "features", "templates", "marketplace", "products", "legal", "discover", "explore", "app",
})  # fmt: skip

_CHATS = {
    "wa.me": "whatsapp", "api.whatsapp.com": "whatsapp", "web.whatsapp.com": "whatsapp", "m.me": "facebook",
    "messenger.com": "facebook", "ig.me": "instagram", "line.me": "line", "lin.ee": "line", "viber.com": "viber",
    "zalo.me": "zalo", "pf.kakao.com": "kakaotalk", "open.kakao.com": "kakaotalk", "join.skype.com": "skype",
    "signal.me": "signal", "signal.group": "signal",
}  # fmt: skip

_PIXELS = (
    (re.compile(r"connect\.facebook\.net/[^\"']*fbevents|facebook\.com/tr/?(?:$|\?)", re.I), "facebook"),
    (re.compile(r"snap\.licdn\.com|(?:px|dc)\.ads\.linkedin\.com|linkedin\.com/px", re.I), "linkedin"),
    (re.compile(r"static\.ads-twitter\.com|analytics\.twitter\.com|//t\.co/(?:1/)?i/adsct", re.I), "x"),
    (re.compile(r"analytics\.tiktok\.com", re.I), "tiktok"),
    (re.compile(r"//ct\.pinterest\.com|s\.pinimg\.com/ct/", re.I), "pinterest"),
    (re.compile(r"sc-static\.net/scevent|//tr\.snapchat\.com", re.I), "snapchat"),
    (re.compile(r"redditstatic\.com/ads|alb\.reddit\.com", re.I), "reddit"),
    (re.compile(r"//vk\.com/rtrg|//vk\.com/js/api/openapi", re.I), "vk"),
)  # fmt: skip
# Calls of the platforms' advertising scripts inside a page's own script: a name, the call, that script's address.
PIXEL_CALLS = (
    ("fbq", re.compile(r"\bfbq\s*\(\s*[\"']init"), "https://connect.facebook.net/en_US/fbevents.js"),
    ("partner_id", re.compile(r"_linkedin_(?:data_)?partner_id"), "https://snap.licdn.com/li.lms-analytics/insight.min.js"),
    ("twq", re.compile(r"\btwq\s*\(\s*[\"'](?:init|config)"), "https://static.ads-twitter.com/uwt.js"),
    ("ttq", re.compile(r"\bttq\.load\s*\("), "https://analytics.tiktok.com/i18n/pixel/events.js"),
    ("pintrk", re.compile(r"\bpintrk\s*\(\s*[\"']load"), "https://s.pinimg.com/ct/core.js"),
    ("snaptr", re.compile(r"\bsnaptr\s*\(\s*[\"']init"), "https://sc-static.net/scevent.min.js"),
)  # fmt: skip
_PLUGINS = (
    (re.compile(r"connect\.facebook\.net|facebook\.com/plugins/|static\.ak\.facebook", re.I), "facebook"),
    (re.compile(r"platform\.(?:twitter|x)\.com|cdn\.syndication\.twimg", re.I), "x"),
    (re.compile(r"platform\.linkedin\.com", re.I), "linkedin"),
    (re.compile(r"instagram\.com/embed\.js", re.I), "instagram"),
    (re.compile(r"assets\.pinterest\.com", re.I), "pinterest"),
    (re.compile(r"youtube(?:-nocookie)?\.com/(?:embed|v|iframe_api)", re.I), "youtube"),
    (re.compile(r"player\.vimeo\.com", re.I), "vimeo"),
    (re.compile(r"tiktok\.com/(?:embed|player)", re.I), "tiktok"),
    (re.compile(r"w\.soundcloud\.com", re.I), "soundcloud"),
    (re.compile(r"open\.spotify\.com/embed", re.I), "spotify"),
    (re.compile(r"player\.twitch\.tv", re.I), "twitch"),
)  # fmt: skip

_SHARE = re.compile(
    r"/share[r_-]?(?:[./?]|$)|/sharer|sharearticle|/intent/(?:tweet|post|like|retweet|compose)|/dialog/|/pin/create|"
    r"/submit(?:link)?(?:[/?]|$)|/cws/|share\.|add_to|share-offsite|/widgets?/share|/spi/shares|authorize_interaction|"
    r"/reshare|[?&]share=",
    re.I,
)
_LOGIN = re.compile(r"/log-?in|/oauth|/signup|/sign-?in|/accounts/|/authwall|/uas/|/checkpoint", re.I)
_PLUMBING = re.compile(
    r"/plugins/|/embed|iframe_api|/widgets|connect\.facebook|xd_arbiter|/sdk|platform\.|static\.|graph\.|ads?\.|"
    r"\.js(?:$|\?)|widget_community",
    re.I,
)
_PERSON = re.compile(r"linkedin\.com/(?:in|pub|profile)/|xing\.com/profile/", re.I)
_GROUP = re.compile(
    r"facebook\.com/groups/|linkedin\.com/groups|xing\.com/(?:net|communities/groups)/|chat\.whatsapp\.com|"
    r"(?:t|telegram)\.me/(?:joinchat|\+)|flickr\.com/groups/|signal\.group|open\.kakao\.com|vimeo\.com/groups/|"
    r"invite\.viber\.com|discord(?:app)?\.(?:gg|com)",
    re.I,
)
_POLICY = re.compile(
    r"/(?:legal|policy|policies|privacy|terms|tos|help|about|settings|business|ads|cookies|guidelines)"
    r"(?:/|\.php|$|\?)|/privacy|/(?:support|help|developers?|business|about|newsroom)\.",
    re.I,
)
_POST = re.compile(
    r"/(?:p|reel|reels|tv|stories|status|statuses|posts|videos?|watch|shorts|live|photos?|photo\.php|story\.php|"
    r"permalink\.php|pulse|feed/update|playlist|clip|embed|events?|notes|media|spotlight|music|tag|v|pin|albums?|"
    r"track|episode|sets|media_set|media/set)"
    r"(?:/|\?|\.php|$)|//youtu\.be/|//fb\.watch/|watch\?|[?&](?:v|list|story_fbid)=|/wall-?\d|"
    r"(?:t|telegram)\.me/\w+/\d+|vimeo\.com/\d+",
    re.I,
)
_SEARCH = re.compile(r"/search|/explore|/hashtag/|/results\?|[?&]q=|/discover", re.I)
_NAMELESS = re.compile(
    r"^/(?:company|showcase|school|channel|user|c|profile|u|add|pages|people|groups|in|@|home|home\.php|profile\.php|"
    r"index\.php|#!?)/?$",
    re.I,
)


def known_hosts() -> frozenset[str]:
    """The hosts that say by themselves what an address is."""
    sources = {
        "connect.facebook.net", "licdn.com", "ads-twitter.com", "pinimg.com", "sc-static.net", "player.vimeo.com",
        "redditstatic.com",
    }  # fmt: skip
    return frozenset({*_RETIRED, *_SHORT, *_BIO_HOSTS, *_CHATS} | sources)


def special(address: str) -> Known | None:
    """What an address is that no profile can have, on whichever host; None for all others."""
    name = host(address)
    bare = name.removeprefix("www.")
    return _retired(address, bare) or _short(address, bare) or _chat(address, bare) or _bio(address, bare)


def is_short(address: str) -> bool:
    """Whether an address only leads on, and says where only when it is asked."""
    return _short(address, host(address).removeprefix("www.")) is not None


def names_no_site(address: str) -> bool:
    """Whether an address is on a host of short links, of lists of links or of chats: whoever calls it a website has
    not named one. A name of one's own there (aurora.carrd.co) is one."""
    hosts = {host(address).removeprefix("www."), registrable(address)}
    return not hosts.isdisjoint({*_SHORT, *_BIO_HOSTS, *_CHATS})


def source_kind(address: str) -> Known | None:
    """What a script, a picture or a frame is for: a pixel (the company advertises there), a plugin, or neither."""
    for pattern, platform in _PIXELS:
        if pattern.search(address):
            return Known(platform, str(Kind.PIXEL))
    for pattern, platform in _PLUGINS:
        if pattern.search(address):
            return Known(platform, str(Kind.PLUGIN))
    return None


def no_profile(address: str) -> str:
    """What an address on a platform's host is, when it is no profile."""
    parsed = parts(address)
    if not path_segments(address) and not query(address):
        return PLACEHOLDER_HOME
    if parsed is not None and _NAMELESS.match(parsed.pathname) and not parsed.search:
        return PLACEHOLDER_HOME
    for pattern, why in (
        (_PERSON, Kind.PERSON),
        (_SHARE, Kind.SHARE),
        (_LOGIN, Kind.LOGIN),
        (_GROUP, Kind.GROUP),
        (_SEARCH, Kind.SEARCH),
        (_PLUMBING, Kind.PLUGIN),
        (_POST, Kind.POST),
        (_POLICY, Kind.PLATFORM_PAGE),
    ):
        if pattern.search(address):
            return str(Kind.PIXEL) if why is Kind.PLUGIN and is_pixel(address) else str(why)
    return str(Kind.PIXEL) if is_pixel(address) else str(Kind.NO_PROFILE)


def is_pixel(address: str) -> bool:
    """Whether an address counts visitors for a platform's advertisements."""
    return any(pattern.search(address) for pattern, _ in _PIXELS)


def _retired(address: str, name: str) -> Known | None:
    place = next((key for key in _RETIRED if name == key or name.endswith("." + key)), None)
    segments = path_segments(address)
    if place is None and name.startswith("google.") and segments and segments[0].startswith("+"):
        place = "plus.google.com"
    if place is None:
        return None
    platform, title, year = _RETIRED[place]
    what = ", share button" if _SHARE.search(address) else ""
    return Known(platform, f"{Kind.RETIRED}: {title}, closed in {year}{what}")


def _short(address: str, name: str) -> Known | None:
    segments = path_segments(address)
    if (name in _SHORT or name.endswith(".lnk.to")) and segments:
        return Known(_SHORT.get(name, SHORT_LINK), str(Kind.SHORT))
    if host_matches(address, ("tiktok.com",)) and len(segments) == 2 and segments[0] == "t":
        return Known("tiktok", str(Kind.SHORT))
    return None


def _chat(address: str, name: str) -> Known | None:
    place = next((key for key in _CHATS if name == key or name.endswith("." + key)), None)
    if place is None:
        return None
    platform = _CHATS[place]
    if _GROUP.search(address):
        return Known(platform, str(Kind.GROUP))
    if not path_segments(address) and not query(address):
        return Known(platform, PLACEHOLDER_HOME)
    shares = re.search(r"msg/text|/share|/R/(?:msg|share)", address, re.I)
    if platform == "whatsapp" and not re.search(r"\d{6}|/message/|/channel/", address.split("text=")[0]):
        shares = re.search("", "")
    return Known(platform, str(Kind.SHARE if shares else Kind.CHAT))


def list_owner(address: str) -> str:
    """The account whose list of links stands at `address` (linktr.ee/aurora, aurora.carrd.co), in lower case; "" for
    all else, the pages of the service itself among them."""
    name = host(address).removeprefix("www.")
    known = _bio(address, name)
    if known is None or known.why:
        return ""
    return (path_segments(address)[0] if name in _BIO_HOSTS else name.partition(".")[0]).casefold()


def _bio(address: str, name: str) -> Known | None:
    place = next((key for key in _BIO_HOSTS if name == key or name.endswith("." + key)), None)
    if place is None:
        return None
    segments = path_segments(address)
    if name != place and name.split(".")[0] not in ("app", "help", "blog", "support", "auth"):
        return Known(LINK_IN_BIO, "")  # {name}.carrd.co
    if not segments:
        return Known(LINK_IN_BIO, PLACEHOLDER_HOME)
    return Known(LINK_IN_BIO, str(Kind.PLATFORM_PAGE) if segments[0].lower() in _BIO_PAGES else "")

"""What stands between us and a page: is this answer a bot check, a login wall, a consent page, a shell …?

Runs before any reader may say "missing": a bot check read as a profile page looks like an empty profile, or like
no profile at all. Each signature is a row of a table; a page with real content is never refused for a banner.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from audit.models import Page, Refusal, State
from audit.parse.address import host, host_matches, parts, path_segments
from audit.parse.document import Document
from audit.parse.text import clean

_SMALL_PAGE = 120_000  # bytes; a wall is short, and real pages may quote one
_TITLE_PAGE = 20_000  # bytes; a longer page that answers with success and is only titled like a wall is none
_MAX_REASON = 200
_BARE_SHOWN = 200  # characters that a page with nothing but a check shows


@dataclass(frozen=True, slots=True)
class _Signature:
    """A wall known by its title or by a mark in the text of a small page."""

    state: State
    who: str
    title: str = ""  # a regular expression for the whole title
    mark: str = ""  # a string in the body
    common: bool = False  # a title that a real page may carry: counts on a short page or with a refusing status
    bare: bool = False  # a mark that stands on the guard's real pages too: counts where nothing else is shown


_SIGNATURES = (
    _Signature(State.CHALLENGED, "Cloudflare", title=r"just a moment\W*"),
    _Signature(State.CHALLENGED, "Cloudflare", title=r"attention required! \| cloudflare"),
    _Signature(State.CHALLENGED, "Cloudflare", title=r"checking your browser.*"),
    _Signature(State.CHALLENGED, "Cloudflare", title=r"access denied \| .* used cloudflare.*"),
    _Signature(State.CHALLENGED, "Cloudflare", mark="_cf_chl_opt"),
    _Signature(State.CHALLENGED, "Cloudflare", mark="cf-browser-verification"),
    _Signature(State.CHALLENGED, "Cloudflare", mark="jschl-answer"),
    _Signature(State.CHALLENGED, "Akamai", title=r"access denied", common=True),
    _Signature(State.CHALLENGED, "Akamai", mark="errors.edgesuite.net"),
    _Signature(State.CHALLENGED, "F5", title=r"request rejected", common=True),
    _Signature(State.CHALLENGED, "Incapsula", mark="Incapsula incident ID"),
    _Signature(State.CHALLENGED, "Imperva", title=r"pardon our interruption\W*"),
    _Signature(State.CHALLENGED, "ShieldSquare", title=r"shieldsquare captcha.*|radware bot manager.*"),
    _Signature(State.CHALLENGED, "ShieldSquare", mark="captcha.perfdrive.com"),
    _Signature(State.CHALLENGED, "DataDome", mark="geo.captcha-delivery.com"),
    _Signature(State.CHALLENGED, "DataDome", mark="ct.captcha-delivery.com"),
    _Signature(State.CHALLENGED, "DataDome", mark="Please enable JS and disable any ad blocker"),
    _Signature(State.CHALLENGED, "AWS WAF", mark="awsWafCookieDomainList"),
    _Signature(State.CHALLENGED, "AWS WAF", mark="window.gokuProps"),
    _Signature(State.CHALLENGED, "AWS WAF", title=r"human verification", common=True),
    _Signature(State.CHALLENGED, "PerimeterX", title=r"access to this page has been denied\W*"),
    _Signature(State.CHALLENGED, "PerimeterX", mark='id="px-captcha"'),
    _Signature(State.CHALLENGED, "DDoS-Guard", title=r"ddos-guard"),
    _Signature(State.CHALLENGED, "Vercel", title=r"vercel security checkpoint"),
    _Signature(State.CHALLENGED, "TikTok", title=r"please wait\W*", common=True),
    _Signature(State.CHALLENGED, "TikTok", mark="SlardarWAF"),
    _Signature(State.CHALLENGED, "TikTok", mark="_wafchallengeid"),
    _Signature(State.CHALLENGED, "Google", mark="unusual traffic from your computer network"),
    _Signature(State.CHALLENGED, "Google", mark="to confirm you’re not a bot"),
    _Signature(State.CHALLENGED, "Google", mark="to confirm you're not a bot"),
    _Signature(State.CHALLENGED, "Reddit", title=r"(?:reddit - )?prove your humanity"),
    _Signature(State.CHALLENGED, "Reddit", mark="blocked by network security"),
    _Signature(State.CHALLENGED, "LinkedIn", title=r"security verification.*", common=True),
    _Signature(
        State.CHALLENGED, "bot check", title=r"(?:are you a (?:human|robot)\??|robot check|captcha)", common=True
    ),
    _Signature(State.CHALLENGED, "browser check", title=r"unsupported browser"),
    _Signature(State.CHALLENGED, "Cloudflare", title=r"sorry, you have been blocked"),
    _Signature(State.FAILED, "Cloudflare", title=r".{1,120} \| 5\d\d: .{1,80}"),
    _Signature(State.CHALLENGED, "CloudFront", title=r"error: the request could not be satisfied"),
    _Signature(State.CHALLENGED, "Akamai", mark="bm-verify", bare=True),
    _Signature(State.CHALLENGED, "Akamai", mark="sec-if-cpt-container", bare=True),
    _Signature(State.CHALLENGED, "Incapsula", mark="/_Incapsula_Resource?", bare=True),
    _Signature(State.CHALLENGED, "Kasada", mark="window.KPSDK", bare=True),
    _Signature(State.CHALLENGED, "Reblaze", mark="window.rbzns", bare=True),
    _Signature(State.CHALLENGED, "Qrator", mark="/__qrator/", bare=True),
    _Signature(State.CHALLENGED, "Variti", mark="__ipp=", bare=True),
    _Signature(State.CHALLENGED, "Imunify360", mark="wsidchk", bare=True),
    _Signature(State.CHALLENGED, "Sucuri", title=r"sucuri website firewall.*"),
    _Signature(State.CHALLENGED, "Sucuri", mark="sucuri_cloudproxy_js"),
    _Signature(State.CHALLENGED, "SiteGround", title=r"robot challenge screen"),
    _Signature(State.CHALLENGED, "SiteGround", mark="/.well-known/sgcaptcha/"),
    _Signature(State.CHALLENGED, "StackPath", mark="Site is using a security service to protect itself"),
    _Signature(State.CHALLENGED, "BitNinja", mark="BitNinja Browser Integrity"),
    _Signature(State.CHALLENGED, "Anubis", mark='id="anubis_challenge"'),
    _Signature(State.CHALLENGED, "Wordfence", title=r"your access to this site has been limited.*"),
    _Signature(State.CHALLENGED, "Wordfence", mark="Generated by Wordfence"),
    _Signature(State.CHALLENGED, "ModSecurity", mark="generated by Mod_Security"),
    _Signature(State.RATE_LIMITED, "Facebook", title=r"you.re temporarily blocked.*"),
    _Signature(State.RATE_LIMITED, "Facebook", mark='{"__dr":"CometErrorRoot.react"}'),
    _Signature(State.RATE_LIMITED, "server", title=r"(?:429 )?too many requests|(?:error )?429", common=True),
)
_ANY_TITLE = re.compile("|".join(f"(?:{one.title})" for one in _SIGNATURES if one.title), re.IGNORECASE)

# Refusals that a JSON answer spells out in "message" or "error", as a part of the text in lower case.
_JSON_WORDS = (
    ("please wait a few minutes", State.RATE_LIMITED),
    ("abuse detection", State.RATE_LIMITED),
    ("rate limit", State.RATE_LIMITED),
    ("too many requests", State.RATE_LIMITED),
    ("throttle limit", State.RATE_LIMITED),
    ("feedback_required", State.RATE_LIMITED),
    ("checkpoint_required", State.CHALLENGED),
    ("challenge_required", State.CHALLENGED),
    ("login_required", State.LOGIN_WALL),
    ("require_login", State.LOGIN_WALL),
    ("access token is required", State.NO_CREDENTIAL),
    ("user agent string", State.CHALLENGED),
)

# A bot check that carries no mark of its maker's: the box to tick, and words that ask for a person.
_HUMAN_BOX = re.compile(r"\b(?:g-recaptcha|h-captcha|cf-turnstile|frc-captcha|recaptcha/api|hcaptcha\.com)\b")
_HUMAN_WORDS = re.compile(
    r"\b(?:(?:not|aren['’]t) (?:a )?(?:ro)?bot|(?:are|you['’]re|is) (?:a )?human|verify (?:that )?you|"
    r"human verification|"
    r"non (?:sei|sono|siete) (?:un )?(?:ro)?bot|(?:sei|siete) uman[oi]|essere uman[oi]|kein roboter|ein mensch|"
    r"pas un robot|êtes (?:un )?humain|no (?:eres|es|soy) un robot|(?:eres|es) humano|não (?:é|sou) um robô|"
    r"geen robot|(?:een )?mens bent|nie jesteś robotem)\b",
    re.IGNORECASE,
)
_HUMAN_SHOWN = 800  # characters that such a page shows

# A page that shows nothing but the question about cookies.
_COOKIE_SHOWN = 1_500  # characters
_COOKIE_WORDS = re.compile(
    r"cookie|consent\b|consenso|einwilligung|consentement|consentimiento|toestemming", re.IGNORECASE
)
_ACCEPT = re.compile(
    r"(?:i |yes,? )?(?:accept|agree|allow)\b.*|(?:accetta|accetto|acconsent|consenti|tout accepter|j['’]accepte|"
    r"accepter|alle? (?:cookies )?(?:akzeptieren|annehmen|zulassen|accepteren)|"
    r"(?:ich )?(?:akzeptiere|stimme)|zustimmen|"
    r"einverstanden|"
    r"acept|aceit|concordo|akkoord|accepteren|toestaan|godkänn|zaakceptuj|akceptuj|zgadzam).*",
    re.IGNORECASE,
)
_GATE = re.compile(
    r"\bbefore you (?:continue|proceed|enter)|\bto (?:continue|proceed|enter|access|read on)\b|"
    r"\bprima di (?:continuare|proseguire|entrare)|\bper (?:continuare|proseguire|accedere|entrare)\b|"
    r"\bbevor sie (?:fortfahren|weiter)|\bum fortzufahren|\bweiter(?:lesen)? mit\b|\bmit werbung weiter|"
    r"\bavant de (?:continuer|poursuivre)|\bpour (?:continuer|poursuivre|accéder)\b|"
    r"\bantes de (?:continuar|prosseguir)|\bpara (?:continuar|acceder|prosseguir|aceder)\b|"
    r"\bvoordat (?:je|u) (?:verder|doorgaat)|\bom (?:verder te gaan|door te gaan)|"
    r"\bzanim przejdziesz|\baby kontynuować",
    re.IGNORECASE,
)
_OF_CONSENT = re.compile(
    r"cookie|privacy|datenschutz|confidential|privacidad|integritet|polityka|gdpr|terms|conditions|condizioni|termin|"
    r"agb\b|impressum|imprint|legal|note legali|mentions|partner|accept|agree|reject|refus|rifiut|ablehn|rechaz|recus|"
    r"weiger|setting|preferen|einstellung|paramèt|personali[sz]|gérer|manage|gestisci|opzion|option|"
    r"learn more|more info|"
    r"subscri|abbonat|abo\b|log ?in|sign ?in|accedi|anmelden",
    re.IGNORECASE,
)

_CONSENT_HOSTS = ("consent.youtube.com", "consent.yahoo.com", "guce.yahoo.com", "guce.advertising.com")
_CONSENT_GOOGLE = re.compile(r"consent\.google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_CHECK_HOSTS = ("validate.perfdrive.com", "captcha-delivery.com", "challenges.cloudflare.com")

# Path beginnings of login pages: anywhere, and only on platforms where the word is no company's page.
_LOGIN_PATHS = frozenset({
    ("login",), ("login.php",), ("log-in",), ("signin",), ("sign-in",), ("sign_in",), ("users", "sign_in"),
    ("accounts", "login"), ("accounts", "signup"), ("account", "login"), ("uas", "login"), ("i", "flow", "login"),
    ("ap", "signin"), ("ServiceLogin",),
})  # fmt: skip
_WALL_PATHS = (
    (("authwall",), State.LOGIN_WALL),
    (("signup",), State.LOGIN_WALL),
    (("checkpoint", "challenge"), State.CHALLENGED),
    (("checkpoint",), State.LOGIN_WALL),
    (("challenge",), State.CHALLENGED),
    (("challenge.html",), State.CHALLENGED),
    (("sorry",), State.CHALLENGED),
)
_PLATFORM_DOMAINS = (
    "facebook.com", "instagram.com", "threads.net", "threads.com", "linkedin.com", "x.com", "twitter.com",
    "tiktok.com", "youtube.com", "google.com", "pinterest.com", "snapchat.com", "vk.com", "reddit.com",
    "twitch.tv", "t.me", "napster.com",
)  # fmt: skip
_LOGIN_TITLE = re.compile(
    r"(?:log ?in|sign ?in|sign ?up|accedi|iscriviti|anmelden|einloggen|connexion|se connecter|"
    r"iniciar sesión|inicia sesión|entrar|entre|inloggen|aanmelden|zaloguj|войти|вход|giriş)\b.*"
    r"|.*(?:[•|·–-]\s*(?:log ?in|login|sign ?in|accedi|anmelden|se connecter|iniciar sesión))",
    re.IGNORECASE,
)
_GOOGLE_ERROR = re.compile(r"\w{3,12} ([45]\d\d) \(.{1,80}\)!!1")
_SERVER_ERROR = re.compile(
    r"(?:http )?(?:error )?(403|50[0234])\W+(?:forbidden|bad gateway|service (?:temporarily )?unavailable|"
    r"gateway time-?out|internal server error)\W*",
    re.IGNORECASE,
)
# Errors as a platform's gateway answers them: our trouble or theirs, never a word about the account.
_BY_STATUS = {
    400: State.FAILED,
    401: State.LOGIN_WALL,
    402: State.NO_CREDENTIAL,
    403: State.CHALLENGED,
    404: State.MISSING,
    407: State.FAILED,
    410: State.GONE,
    420: State.RATE_LIMITED,
    429: State.RATE_LIMITED,
    451: State.PRIVATE,
    999: State.RATE_LIMITED,
}
_ANSWERS_NOTHING = (420, 429, 999)  # whatever the body says, it is not about the account


def judge(page: Page, document: Document) -> Refusal | None:
    """Why `page` cannot be what was asked for, whoever is asked; None when nothing stands in the way.

    Statuses that a platform may explain in its body (400 to 404, 410) are left to it, then to `by_status`.
    """
    if page.status in _ANSWERS_NOTHING:
        return Refusal(state=State.RATE_LIMITED, reason=f"HTTP {page.status}")
    return (
        _by_address(page.final_url, (page.status or 200) >= 400)
        or (_by_json(document) if document.is_json else _by_page(page, document))
        or _server_error(page)
        or _sent_home(page)
        or _empty(page)
    )


def by_status(page: Page) -> Refusal | None:
    """What an HTTP error says when neither `judge` nor the platform knows better; None below 400.

    A 404 means missing only when the address asked for gave it: after a redirect to another site it does not.
    """
    status = page.status
    if status is None or status < 400:
        return None
    state = _BY_STATUS.get(status, State.FAILED)
    if state in (State.MISSING, State.GONE) and not _same_site(page.url, page.final_url):
        state = State.FAILED
    return Refusal(state=state, reason=f"HTTP {status}")


def login_form(document: Document) -> Refusal | None:
    """The login form of a page on which its platform's reader found nobody: in whichever language, it is the wall."""
    if document.is_json or document.tree.select_one('input[type="password"]') is None:
        return None
    return Refusal(state=State.LOGIN_WALL, reason=f"login form: {document.title or 'no title'}"[:_MAX_REASON])


def moved_reason(asked: str, arrived: str) -> str:
    """The reason for a page that turned out to be another profile's."""
    return f"the answer is about {arrived}, not about {asked}"[:_MAX_REASON]


@lru_cache(maxsize=4096)  # a profile's pages come from few addresses, each judged more than once
def _by_address(address: str, is_error: bool) -> Refusal | None:
    name = host(address)
    if (name in _CONSENT_HOSTS or _CONSENT_GOOGLE.fullmatch(name)) and not is_error:
        return Refusal(state=State.CONSENT, reason=f"consent page at {name}")
    if any(name == domain or name.endswith("." + domain) for domain in _CHECK_HOSTS):
        return Refusal(state=State.CHALLENGED, reason=f"bot check at {name}")
    segments = tuple(path_segments(address))
    if _starts_with(segments, _LOGIN_PATHS):
        return Refusal(state=State.LOGIN_WALL, reason=f"login page at {name}/{segments[0]}")
    if host_matches(address, _PLATFORM_DOMAINS):
        for beginning, state in _WALL_PATHS:
            if segments[: len(beginning)] == beginning:
                return Refusal(state=state, reason=f"redirected to {name}/{'/'.join(beginning)}")
    return None


def _starts_with(segments: tuple[str, ...], beginnings: Collection[tuple[str, ...]]) -> bool:
    return any(segments[:length] in beginnings for length in (1, 2, 3))


def _by_page(page: Page, document: Document) -> Refusal | None:
    """What a page's title, words and forms say; an answer in JSON has none of them."""
    return (
        _by_signature(page, document)
        or _human_check(page, document)
        or _consent(document)
        or _cookie_wall(page, document)
        or _numbered_title(page, document)
        or _login_page(document)
    )


def _by_signature(page: Page, document: Document) -> Refusal | None:
    title = document.title
    marks_count = len(page.body) <= _SMALL_PAGE
    title_counts = len(page.body) <= _TITLE_PAGE or (page.status is not None and page.status >= 400)
    is_known_title = bool(title) and _ANY_TITLE.fullmatch(title) is not None
    for signature in _SIGNATURES:
        if (
            is_known_title
            and signature.title
            and (title_counts or not signature.common)
            and re.fullmatch(signature.title, title, re.IGNORECASE)
        ):
            return Refusal(state=signature.state, reason=f"{signature.who}: {title}"[:_MAX_REASON])
        if signature.mark and marks_count and signature.mark in document.text and _is_shown(signature, document):
            return Refusal(state=signature.state, reason=f"{signature.who}: {title or signature.mark}"[:_MAX_REASON])
    return None


def _is_shown(signature: _Signature, document: Document) -> bool:
    """Whether a mark is all that its page has to show, where it must be."""
    return not signature.bare or len(document.shown) <= _BARE_SHOWN


def _by_json(document: Document) -> Refusal | None:
    answer = document.json
    if not isinstance(answer, dict):
        return None
    for said in _said(answer):
        for words, state in _JSON_WORDS:
            if words in said.lower():
                return Refusal(state=state, reason=said[:_MAX_REASON])
    return None


def _said(answer: dict[str, object]) -> list[str]:
    """The words of an error answer: "message", "error", "error.message"."""
    values = [answer.get("message"), answer.get("error"), answer.get("error_type")]
    error = answer.get("error")
    if isinstance(error, dict):
        values.append(error.get("message"))
    return [value for value in values if isinstance(value, str)]


def _consent(document: Document) -> Refusal | None:
    """A consent page served at the address asked for: its canonical address, refresh or form says so."""
    if "consent." not in document.text[:400_000]:
        return None
    addresses = [document.canonical, document.meta.get("og:url", "")]
    if not document.meta.get("og:title"):
        addresses += [str(form.get("action") or "") for form in document.tree.select("form")]
    for address in addresses:
        name = host(address)
        if name in _CONSENT_HOSTS or _CONSENT_GOOGLE.fullmatch(name):
            return Refusal(state=State.CONSENT, reason=f"consent page: {document.title or name}"[:_MAX_REASON])
    return None


def _human_check(page: Page, document: Document) -> Refusal | None:
    """A page that shows only the box by which a visitor proves to be a person; in a form it guards what is sent."""
    if len(page.body) > _SMALL_PAGE or len(document.shown) > _HUMAN_SHOWN:
        return None
    asked = f"{document.title} {document.shown}"
    if not _HUMAN_WORDS.search(asked) or not _HUMAN_BOX.search(document.text):
        return None
    kinds = {str(field.get("type") or "text").lower() for field in document.tree.select("input")}
    if document.tree.select_one("textarea") is not None or kinds & {"text", "email", "tel", "search", "password"}:
        return None
    return Refusal(state=State.CHALLENGED, reason=f"bot check: {document.title or 'a captcha'}"[:_MAX_REASON])


def _cookie_wall(page: Page, document: Document) -> Refusal | None:
    """A page that asks to accept cookies before it shows anything: it says so, and no link leads on."""
    if len(page.body) > _SMALL_PAGE:
        return None
    shown = document.shown
    if len(shown) > _COOKIE_SHOWN or not _COOKIE_WORDS.search(shown) or not _GATE.search(f"{document.title} {shown}"):
        return None
    links = document.tree.select("a[href]")
    controls = [clean(tag.text(" ")) for tag in (*document.tree.select("button"), *links)]
    controls += [clean(str(tag.get("value") or "")) for tag in document.tree.select("input")]
    if not any(_ACCEPT.match(words) for words in controls):
        return None
    if not all(
        _OF_CONSENT.search(f"{tag.text(' ')} {tag.get('href')}") or _ACCEPT.match(clean(tag.text(" "))) for tag in links
    ):
        return None
    return Refusal(state=State.CONSENT, reason=f"cookie wall: {document.title or 'no title'}"[:_MAX_REASON])


def _numbered_title(page: Page, document: Document) -> Refusal | None:
    """A page for an error whose status was lost on the way: Google's has the number in its title in every language
    ("Error 404 (Not Found)!!1"), a server's own is named after it ("502 Bad Gateway") and short."""
    if (page.status or 200) >= 400:
        return None
    short = len(page.body) <= _TITLE_PAGE
    found = _GOOGLE_ERROR.fullmatch(document.title) or (_SERVER_ERROR.fullmatch(document.title) if short else None)
    if found is None:
        return None
    return Refusal(state=_BY_STATUS.get(int(found.group(1)), State.FAILED), reason=document.title[:_MAX_REASON])


def _login_page(document: Document) -> Refusal | None:
    """A login page served at the address asked for. A login form on a page that shows a profile is a banner."""
    if not document.title:
        return None
    canonical = tuple(path_segments(document.canonical))
    if host_matches(document.canonical, _PLATFORM_DOMAINS) and _starts_with(canonical, _LOGIN_PATHS):
        return Refusal(state=State.LOGIN_WALL, reason=f"login page: {document.title}"[:_MAX_REASON])
    if _LOGIN_TITLE.fullmatch(document.title) is None:
        return None
    if document.tree.select_one('input[type="password"]') is None:
        return None
    return Refusal(state=State.LOGIN_WALL, reason=f"login page: {document.title}"[:_MAX_REASON])


def _server_error(page: Page) -> Refusal | None:
    if page.status is None or page.status < 500:
        return None
    return Refusal(state=State.FAILED, reason=f"HTTP {page.status}")


def _sent_home(page: Page) -> Refusal | None:
    """A platform's home page in place of the profile: says nothing about the account."""
    if page.final_url == page.url:
        return None
    if not host_matches(page.url, _PLATFORM_DOMAINS) or not host_matches(page.final_url, _PLATFORM_DOMAINS):
        return None
    if path_segments(page.url) and not path_segments(page.final_url):
        return Refusal(state=State.SHELL, reason=f"redirected to the home page of {host(page.final_url)}")
    return None


def _empty(page: Page) -> Refusal | None:
    if page.body.strip() or (page.status is not None and page.status >= 400):
        return None
    return Refusal(state=State.SHELL, reason="an empty answer")


def _same_site(one: str, other: str) -> bool:
    """Whether two addresses lie on one site: the same host, `www.` and the like aside."""
    first, second = _bare_host(one), _bare_host(other)
    return first == second or first.endswith("." + second) or second.endswith("." + first)


def _bare_host(url: str) -> str:
    parsed = parts(url)
    return re.sub(r"^(?:www|m|mobile)\.", "", parsed.hostname.lower()) if parsed else ""

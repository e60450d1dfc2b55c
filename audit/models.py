"""The nouns of an audit: frozen values that the stages hand to one another.

Times are aware and in UTC. Counts are integers of things (people, posts). A value that a page does not show
is None: never 0, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class State(StrEnum):
    """What came of looking. Only MISSING may be reported as absent."""

    OBSERVED = "observed"
    MISSING = "missing"  # the platform itself says that there is no such account
    GONE = "gone"  # existed; suspended, terminated or removed
    PRIVATE = "private"  # exists, hidden from people who are not logged in (private, age, region)
    LOGIN_WALL = "login_wall"
    CONSENT = "consent"
    CHALLENGED = "challenged"
    RATE_LIMITED = "rate_limited"
    SHELL = "shell"  # an answer without data
    NOT_PERMITTED = "not_permitted"  # not asked: robots.txt or the agency's policy
    NO_CREDENTIAL = "no_credential"  # the way in needs a key, which is missing or was refused
    RETIRED = "retired"  # the platform itself has closed
    FAILED = "failed"  # DNS, TLS, timeout, 5xx, unreadable


class Source(StrEnum):
    """Where a value came from; printed beside it."""

    DECLARED = "declared"  # client file or CSV
    SAVED = "saved"  # a page that a person saved in a browser
    API = "api"  # official, with a key
    PUBLIC = "public"  # a page or an API open to everybody
    DERIVED = "derived"  # Wikidata and the like


class Ownership(StrEnum):
    """Whose profile it is, and how that is known. Only PERSON and BOTH_WAYS are scored."""

    PERSON = "person"  # a person confirmed it: it stands in client.toml and not under `to_confirm`
    BOTH_WAYS = "both_ways"  # the company's site names the profile and the profile names the company's site
    ONE_WAY = "one_way"  # one of the two names the other; the way back was not seen
    UNPROVEN = "unproven"  # nothing seen connects the two
    LOOK_ALIKE = "look_alike"  # suspected to be somebody else's: a confusable handle, or it names another site

    @property
    def is_confirmed(self) -> bool:
        """Whether a profile so known is scored and compared."""
        return self in (Ownership.PERSON, Ownership.BOTH_WAYS)


class Precision(StrEnum):
    """How finely a date is known."""

    SECOND = "second"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A profile address. `company` is "client" or the slug of a competitor; `own` False says in `why` what
    the address is instead of the company's profile (share button, post, placeholder …)."""

    company: str
    platform: str
    handle: str
    url: str
    found_in: str = ""
    own: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a link was found: the stored page's address, the place in it, and what it looked like there."""

    page: str
    found_in: str
    own: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink(Link):
    """A row of `links.json`: a link with every page of the companies that shows it. `found_in` is client.toml for
    what a person declared, else the strongest place."""

    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing seen that speaks for or against a profile being the company's.

    `kind`: site_links (the company's page points to it), links_back (the profile names the company's site), rel_me,
    verified_domain, wikidata, link_in_bio (the company's page of links), same_phone, same_email; little: other_country
    (the same name under another suffix); or against it: other_site, confusable_handle, rejected (by a person).
    `page` is the address of the stored page that shows it, `where` the place in it, `text` what stands there.
    """

    kind: str
    page: str
    where: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is known of a profile's owner, and the signs that say so, the strongest first."""

    ownership: Ownership
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a platform wants asked: a GET of `url`, or a POST of `json` where an official API reads by that.

    `credential` names the key that goes with it (`audit.credentials`); with `keyless` it is asked without one too.
    `price` is what the answer costs at most, in US dollars. With `sitemap` it is the host's sitemap: the one that its
    robots.txt names is asked for instead, where that lies on the same host.
    """

    url: str
    accept: str = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5"
    credential: str = ""
    keyless: bool = False
    json: str = ""
    price: float = 0.0
    sitemap: bool = False


# The headers of an answer that are stored with it: what readers and later runs need, and nothing that tracks.
KEPT_HEADERS = ("etag", "last-modified", "link", "retry-after", "x-wp-total")
KEPT_HEADER_LENGTH = 2_000  # characters; a longer one is left out, a cut one would say something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One stored answer, or the reason why there is none.

    `state` is what the gatherer knows (OBSERVED: an answer came; NOT_PERMITTED, FAILED, RATE_LIMITED …: none
    came). `walls.judge` says later what the answer is worth. `sha256` is the digest of `body` in hex, `came_as` that
    of the answer as it came where other people were taken out of it before it was stored. `headers` are those of
    `KEPT_HEADERS` that the answer had, by lower-case name.
    """

    url: str
    final_url: str
    role: str
    state: State
    source: Source
    fetched_at: datetime
    status: int | None = None
    media_type: str | None = None
    sha256: str
    reason: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    came_as: str | None = None
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostCourtesy:
    """What one host was asked in a run.

    Waits are seconds: `pace_wait` for the delay between requests, `asked_wait` because the server asked to come back
    later or failed. `bytes` are those of bodies as they came. `cached` answers were kept from before and not asked
    for, `revalidated` ones confirmed by the host. `downgrades` are addresses on which it led from https to http.
    `cost` is what its answers cost at most, in US dollars.
    """

    host: str
    requests: int = 0
    bytes: int = 0
    pace_wait: float = 0.0
    asked_wait: float = 0.0
    retries: int = 0
    cached: int = 0
    revalidated: int = 0
    downgrades: tuple[str, ...] = ()
    cost: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRuling:
    """Whether `url` may be asked for, the line of the robots.txt at `robots` that says so, and the digest of that file
    in hex (of the empty text where the host has no rules)."""

    url: str
    permitted: bool
    rule: str
    robots: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """The courtesy ledger of a run (`courtesy.json`)."""

    hosts: tuple[HostCourtesy, ...] = ()
    robots: tuple[RobotsRuling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a page is not the profile asked for: a state other than OBSERVED, and the page's own words."""

    state: State
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number as shown: `value` within `low`..`high` (all equal when exact) and the `raw` text."""

    value: int
    low: int
    high: int
    raw: str

    def fact(self, page: str, where: str) -> CountFact:
        """This number, with the page (role) and the place in it where it stands."""
        return CountFact(value=self.value, low=self.low, high=self.high, raw=self.raw, page=page, where=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T]):
    """A value with the role of the page that shows it and the place in that page.

    `where` is read by `parse.document.Document.find`: `css selector`, `css selector@attribute`,
    `css selector#/json/pointer`, `var name#/json/pointer` or `#/json/pointer`; `header name` is a header of the page.
    """

    value: T
    page: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFact(Fact[int]):
    """A counted fact: the interval that the shown text allows, and the text."""

    low: int
    high: int
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One recent post of the profile's own. Counts are None where the page does not show them."""

    url: str | None
    at: datetime | None
    precision: Precision | None = None
    kind: str | None = None  # text, image, carousel, video, short, link, article
    text: str | None = None
    reactions: int | None = None
    comments: int | None = None
    shares: int | None = None
    views: int | None = None
    pinned: bool = False
    repost: bool = False
    page: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What was read of one profile; a refused page is a Profile too, with its state and reason."""

    company: str
    platform: str
    handle: str | None
    url: str
    state: State
    source: Source
    reason: str | None = None
    name: Fact[str] | None = None
    followers: CountFact | None = None
    following: CountFact | None = None
    posts: CountFact | None = None
    likes: CountFact | None = None
    views: CountFact | None = None
    bio: Fact[str] | None = None
    website: Fact[str] | None = None
    verified: Fact[bool] | None = None
    created: Fact[date] | None = None
    location: Fact[str] | None = None
    category: Fact[str] | None = None
    avatar: Fact[str] | None = None
    rating: Fact[float] | None = None
    reviews: CountFact | None = None
    recent: tuple[Post, ...] = ()
    site: SiteFacts | None = None


Key = tuple[str, str, str]


def key_of(link: Link | Profile) -> Key:
    """What makes two the same profile: company, platform, handle without case; the address where there is none."""
    return link.company, link.platform, (link.handle or link.url).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What the company's own pages show.

    `checks` maps an item to a Fact of whether it is there; an item whose page was not seen is left out. Items:
    https, viewport, title, description, language, favicon; json_ld_organization, json_ld_url, json_ld_logo,
    json_ld_same_as (two or more), json_ld_contact_point, open_graph_title, open_graph_image, feed, sitemap;
    contact_page, email, phone, chat, hours, faq; newsletter, privacy_notice. `image_alt` is the share 0..1 of the
    home page's images with alternative text (None without images). `links` are the profiles that the pages
    point to, `articles` the dated entries of the feed, `phones` the company's telephone numbers as written.
    """

    checks: Mapping[str, Fact[bool]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    articles: tuple[Post, ...] = ()
    phones: tuple[Fact[str], ...] = ()
    image_alt: Fact[float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company under audit or a competitor: `id` is "client" or the competitor's slug."""

    id: str
    name: str
    site: str | None
    profiles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client file, checked. `slug` is the folder's name; `languages` the report's, the first one leads."""

    slug: str
    company: Company
    sector: str
    size: str
    country: str
    languages: tuple[str, ...]
    audience: str | None = None
    local: bool = True
    competitors: tuple[Company, ...] = ()
    recipients: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()  # addresses of `profiles` that no person has looked at yet
    not_ours: tuple[str, ...] = ()  # addresses that a person has looked at and that are not the company's
    max_cost_usd: float = 0.0  # what the APIs that cost money may cost in one run

    @property
    def companies(self) -> tuple[Company, ...]:
        """The client first, then the competitors in file order."""
        return (self.company, *self.competitors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A number or a word of the report that leads back to a stored page: the row of the evidence table.

    `id` is the anchor ("e-0001"). `value` is what the report prints, `low`/`high` its interval (None for
    words), `raw` the text as shown; `where` the place in the page; `n` how many things a derived
    figure stands on. `criteria` are the ids that use it.
    """

    id: str
    company: str
    platform: str
    handle: str | None
    metric: str
    value: int | float | str | bool | None
    low: float | None = None
    high: float | None = None
    raw: str | None = None
    source: Source
    url: str
    fetched_at: datetime | None
    sha256: str | None
    page: str
    where: str
    n: int | None = None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """What is known of a stored page without its body; `profile_url` says whose page it is."""

    company: str
    platform: str
    profile_url: str
    role: str
    url: str
    final_url: str
    state: State
    source: Source
    fetched_at: datetime
    status: int | None
    media_type: str | None
    sha256: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The content of `profiles.json`: what was read, and of which pages."""

    profiles: tuple[Profile, ...]
    pages: tuple[PageRecord, ...]
    raised: tuple[str, ...] = ()  # readers that raised, by platform: our defect, the rest is complete


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure derived from what a profile shows: value, interval (`high` None: open, only a part is shown), how
    many things it stands on, evidence id."""

    value: float
    low: float
    high: float | None
    n: int
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedProfile:
    """A profile with the figures derived from it, and the proof of whose it is. `facts` are evidence ids by metric
    (of the proof's signs: sign_1, sign_2 … in their order); `weeks` as in CalendarRow; `unmeasured` says by measure
    why there is none."""

    profile: Profile
    proof: Proof
    facts: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    unmeasured: Mapping[str, str] = field(default_factory=dict)
    weeks: tuple[int | None, ...] | None = None
    last_post: str | None = None  # an ISO date as fine as it is known

    @property
    def is_confirmed(self) -> bool:
        """Whether it may be judged: a person, or site and profile together, say that it is the company's."""
        return self.proof.ownership.is_confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A link on the company's own page that leads to nobody or to somebody else.

    `kind`: placeholder (the theme's), closed (the network has closed), missing (the platform says that there is no
    such account), look_alike. `page` and `found_in` say where it stands, `fact` is its evidence id.
    """

    kind: str
    platform: str
    url: str
    page: str
    found_in: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """The content of `observations.json`. `window_start` is the first of the `window_days` days that end with `day`."""

    client: Client
    day: date
    window_start: date
    window_days: int
    profiles: tuple[ObservedProfile, ...]
    refused: tuple[PageRecord, ...]  # single pages that did not come, of profiles that were read all the same
    evidence: tuple[Evidence, ...]
    repairs: tuple[Repair, ...] = ()

    def of(self, company: str) -> tuple[ObservedProfile, ...]:
        """The profiles of one company that are known to be its own: those that are judged and compared."""
        return tuple(seen for seen in self.profiles if seen.profile.company == company and seen.is_confirmed)

    def waiting(self, company: str) -> tuple[ObservedProfile, ...]:
        """The profiles of one company of which nobody knows yet whether they are its own: shown, never judged."""
        return tuple(seen for seen in self.profiles if seen.profile.company == company and not seen.is_confirmed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One criterion judged on one platform ("" for the whole company).

    `state`: ok, absent, unobserved, not_applicable, attested. `score` 0..100 or None; `low`/`high` what the
    shown figures allow; `n` how many things were counted; `weight` the platform's relevance; `observed` the
    share 0..1 of the finding that was seen (a checklist with unseen items); `facts` evidence ids; `values` what
    the texts may print.
    """

    criterion: str
    platform: str
    state: str
    reason: str = ""
    score: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    weight: float = 1.0
    observed: float = 1.0
    facts: tuple[str, ...] = ()
    values: Mapping[str, int | float | str | tuple[str, ...] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """A criterion over all platforms: `observed` is the share 0..1 of it that was seen."""

    criterion: str
    code: str
    pillar: str
    points: float
    score: float | None
    observed: float
    applicable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarScore:
    """A pillar: score 0..100 (None when nothing was seen), coverage 0..1, bounds; `published` when coverage
    reaches the method's threshold. `points` of the whole method's `points_of` are read by this version."""

    pillar: str
    points: float
    points_of: float
    score: float | None
    coverage: float
    low: float
    high: float
    published: bool
    applicable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbScore:
    """One of the three verbs of the summary: the pillars it groups and their weighted mean (None: unpublished)."""

    verb: str
    pillars: tuple[str, ...]
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """The whole: score and bounds 0..100, coverage 0..1, `grade` of the evidence (A to D), `band` in words."""

    score: float | None
    low: float
    high: float
    coverage: float
    grade: str
    band: str | None
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """An action: `gain` in points of the overall score, `hours` of work, `effort` S, M, L or XL."""

    criterion: str
    gain: float
    hours: int
    effort: str
    platforms: tuple[str, ...]
    facts: tuple[str, ...]
    values: Mapping[str, int | float | str | tuple[str, ...] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """Posts per week on one platform, oldest week first. `weeks` is None where no post is visible; a single
    week is None where the page does not reach back so far. `total` is the sum of the weeks seen,
    `seen` how many those are and `empty` how many of them had no post."""

    platform: str
    weeks: tuple[int | None, ...] | None
    total: int | None
    empty: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """What could not be seen: a profile, one page of it (`url`), or a criterion on a platform; with the state and
    the page's own reason (of a criterion: the code of its reason)."""

    platform: str
    criterion: str | None
    state: str
    reason: str
    company: str = "client"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One line of the inventory. The counts' evidence ids stand in `facts` by metric, those of `signs` as sign_1,
    sign_2 …; `last_post` is an ISO date as fine as it is known: 2026-09-23, 2026-09, 2026. `ownership` is None in
    audits made before it was asked, whose profiles a person had all named."""

    company: str
    platform: str
    handle: str | None
    url: str
    state: State
    source: Source
    reason: str | None
    name: str | None
    followers: int | None
    likes: int | None
    posts: int | None
    last_post: str | None
    ownership: Ownership | None = None
    signs: tuple[Sign, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_confirmed(self) -> bool:
        """Whether the profile was judged and compared."""
        return self.ownership is None or self.ownership.is_confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedCompany:
    """A company beside the client: followers by platform (None: not seen)."""

    id: str
    name: str
    followers: Mapping[str, int | None]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodStamp:
    """The method's version, the digest of its tables, and how much of the published method it reads."""

    version: str
    digest: str
    criteria: int
    criteria_of: int
    points: float
    points_of: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums that the report prints, added up once. Gains and scores in points, rounded to one decimal; hours of
    work. `first` counts the actions in the summary; `observed` … count the client's profiles by what came of
    looking, `to_confirm` those of which nobody knows yet whether they are the client's. `strongest` and `weakest` are
    pillars of some weight, named only when there is an overall score."""

    first: int
    first_gain: float
    first_hours: int
    score_after_first: int | None
    actions: int
    all_gain: float
    score_after_all: int | None
    looked_for: int
    observed: int
    missing: int
    refused: int
    retired: int
    evidence: int
    strongest: str | None
    weakest: str | None
    to_confirm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that a report may use: the content of `audit.json`."""

    client: Client
    day: date
    window_start: date
    window_days: int
    method: MethodStamp
    overall: Overall
    verbs: tuple[VerbScore, ...]
    pillars: tuple[PillarScore, ...]
    criteria: tuple[CriterionScore, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    totals: Totals
    unseen: tuple[Unseen, ...]
    calendar: tuple[CalendarRow, ...]
    comparison: tuple[ComparedCompany, ...]
    profiles: tuple[ProfileRow, ...]
    evidence: tuple[Evidence, ...]
    repairs: tuple[Repair, ...] = ()

"""Audit → Markdown, pure: one file per language that reads well as plain text and that Pelican builds.

Only `audit.json` and the consultant's notes go in. Every value that reaches the template is escaped, unless it is
`Plain`: text of our own, or a note of the agency. Charts stand in the text as images with their numbers in words
(`![…](chart:bullets)`); the build draws them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit.charts import Titles, title
from audit.errors import BuildError
from audit.language import Language, round_half_up
from audit.method import Criterion, Method
from audit.models import (
    Audit,
    CalendarRow,
    CriterionScore,
    Evidence,
    Finding,
    ProfileRow,
    Recommendation,
    Repair,
    Sign,
    State,
    Unseen,
)
from audit.parse.markdown_escape import escape
from audit.parse.text import clean

_TEMPLATES = Path(__file__).parent / "templates"
MINUTES = "%H:%M:%S"
VALUE_LENGTH, ADDRESS_LENGTH, PLACE_LENGTH = 70, 120, 70  # characters in the evidence table

STATES: Mapping[str, str] = {
    "observed": "observed",
    "missing": "absent, verified",
    "gone": "removed or suspended",
    "private": "not public",
    "login_wall": "behind a login",
    "consent": "behind a consent page",
    "challenged": "stopped by a bot check",
    "rate_limited": "too many requests",
    "shell": "answered without data",
    "not_permitted": "reading not permitted",
    "no_credential": "no valid key",
    "retired": "closed",
    "failed": "could not be reached",
}
SOURCES: Mapping[str, str] = {
    "declared": "declared",
    "saved": "saved",
    "api": "API",
    "public": "public",
    "derived": "derived",
}
REASONS: Mapping[str, str] = {
    "private": "The profile is not public.",
    "login_wall": "The page is shown only after a login.",
    "consent": "A consent page stood in front of it.",
    "challenged": "A bot check stood in front of it, and we solve none.",
    "rate_limited": "The platform asked us to come back later.",
    "shell": "The page came without data.",
    "not_permitted": "The platform does not allow automatic reading.",
    "no_credential": "The official way in needs a key, which is missing or was refused.",
    "failed": "The address could not be reached.",
    "posts_not_shown": "The page shows no dated posts.",
    "dates_too_coarse": "The page dates its posts only to the month.",
    "reactions_not_shown": "The page shows no reactions.",
    "comments_not_shown": "The page shows no comments.",
    "shares_not_shown": "The page shows no shares.",
    "views_not_shown": "The page shows no views.",
    "texts_not_shown": "The page shows no texts of posts.",
    "formats_not_shown": "The page does not tell the formats of posts.",
    "fields_not_shown": "No page read shows which fields are filled in.",
    "followers_not_shown": "The page shows no followers.",
    "too_few": "Too few posts are visible to measure it.",
    "no_feed": "The site announces no feed with dated articles.",
    "no_site": "No website is named.",
    "no_images": "The home page shows no images.",
    "pages_not_read": "The pages that would show it were not read.",
    "no_description": "There are no two descriptions to compare.",
    "no_badge_shown": "No page read says whether the profile is verified.",
    "no_common_platform": "No platform shows followers both of the client and of a competitor.",
    "no_profile": "No profile is named.",
    "not_confirmed": "Nobody has confirmed yet that the profile is the company's.",
    "no_profile_observed": "No profile could be read.",
    "fewer_than_two_profiles": "There are no two profiles to compare.",
}
# What a page's own reason says more exactly than its state does, by words that stand in it.
TOLD: Mapping[str, str] = {
    "which is not a public address (": "The address lies in a local network, where nothing is asked.",
    "robots.txt of ": "Not measured: robots.txt does not permit it.",
    # Where nobody answered at all, robots.txt is not the trouble.
    "robots.txt could not be read: the server answered": "Not measured: robots.txt could not be read.",
    "robots.txt could not be read: the answer": "Not measured: robots.txt could not be read.",
    "robots.txt could not be read: redirects": "Not measured: robots.txt could not be read.",
    "the answer is longer than ": "The page is larger than what is read of one page.",
    "the page has more elements than ": "The page has more elements than what is read of one page.",
    "reading took longer than ": "The page could not be read in reasonable time and memory.",
    "reading needed more than ": "The page could not be read in reasonable time and memory.",
    "the reading process ended": "The page could not be read in reasonable time and memory.",
    "the page's letters cannot be read": "The page is not written in the encoding that it declares.",
    "permit keeping its answers for ": "The platform's terms permit keeping its answers for a time only; it is over.",
}
_EXPORT = "It is not on the public page: ask the company for an export of its own posts."
REMEDIES: Mapping[str, str] = {
    "too_few": "Save the profile's page after scrolling to older posts, or ask the company for an export.",
    "no_feed": "Publish a feed with dated articles.",
    "no_site": "Name the website.",
    "no_profile": "Name the company's profiles.",
    "not_confirmed": "Confirm or reject the profile: see the profiles to confirm.",
    **dict.fromkeys(
        (
            "posts_not_shown", "dates_too_coarse", "reactions_not_shown", "comments_not_shown", "shares_not_shown",
            "views_not_shown", "texts_not_shown", "formats_not_shown",
        ),
        _EXPORT,
    ),
    "pages_not_read": "Save the site's pages in a browser, or allow the audit's reader in robots.txt.",
    "no_images": "Nothing has to be done.",
    "no_description": "Fill in the descriptions of the site and of the profiles.",
    "no_badge_shown": "Nothing has to be done.",
    "no_common_platform": "Name the competitors' profiles on the same platforms.",
    "fewer_than_two_profiles": "Nothing has to be done.",
}  # fmt: skip
ANY_REMEDY = "Save the page in a browser and import the file."
METRICS: Mapping[str, str] = {
    "handle": "User name",
    "state": "State",
    "name": "Name",
    "followers": "Followers",
    "following": "Following",
    "posts": "Total posts",
    "likes": "Likes",
    "views": "Total views",
    "bio": "Description",
    "website": "Website",
    "verified": "Official mark",
    "created": "Opened on",
    "location": "Place",
    "category": "Category",
    "avatar": "Picture",
    "rating": "Rating",
    "reviews": "Reviews",
    "last_post": "Last post",
    "posts_in_window": "Posts in the window",
    "posts_per_week": "Posts a week",
    "active_weeks": "Weeks with a post",
    "days_silent": "Days since the last post",
    "interactions": "Interactions per post, median",
    "engagement_rate": "Interactions per follower, median",
    "comment_share": "Comments among the interactions",
    "share_rate": "Shares per reaction",
    "commented_posts": "Posts with a comment",
    "inviting_posts": "Posts that invite",
    "video_share": "Posts with video",
    "format_variety": "Variety of formats",
    "views_per_follower": "Views per follower, median",
    "articles": "Articles in 90 days",
    "image_alt": "Images with alternative text",
    "sign_site_links": "Link to the company's profile",
    "sign_rel_me": "Profile declared with rel=me",
    "sign_links_back": "The company's site, named",
    "sign_verified_domain": "Domain checked by the platform",
    "sign_wikidata": "Profile named by Wikidata",
    "sign_link_in_bio": "Profile named by a page of links",
    "sign_same_phone": "The company's telephone number",
    "sign_same_email": "Mail address of the company's domain",
    "sign_other_country": "Same name, other suffix",
    "sign_other_site": "Another site, named",
    "sign_confusable_handle": "Resembles a confirmed name",
    "sign_rejected": "Rejected by a person",
    "site_link": "Link on the site",
}
OWNERSHIP: Mapping[str, str] = {
    "person": "confirmed by a person",
    "both_ways": "site and profile name each other",
    "one_way": "too little connects it to the company",
    "unproven": "nothing connects it to the company",
    "look_alike": "looks like somebody else's",
}
# What one sign alone says, by the strongest sign; beside OWNERSHIP.
ALONE: Mapping[str, str] = {
    "verified_domain": "the platform has checked the company's domain",
    "wikidata": "only Wikidata names it",
    "rel_me": "only the site points to it",
    "site_links": "only the site points to it",
    "links_back": "only the profile names the site",
    "same_phone": "only the profile names the company's telephone",
    "same_email": "only the profile names the company's mail",
    "link_in_bio": "only a page of links points to it",
    "other_country": "it names a site of the same name with another suffix",
}
REPAIRS: Mapping[str, str] = {
    "placeholder": "the theme's own link, never replaced",
    "closed": "the service has closed",
    "missing": "there is no such account",
    "look_alike": "looks like somebody else's account",
}
PLACES: Mapping[str, str] = {
    "rel-me": "rel=me in the head",
    "json-ld": "structured data",
    "header": "header",
    "footer": "footer",
    "meta": "head of the page",
    "body": "content",
}
CHECKS: Mapping[str, str] = {
    "https": "secure connection",
    "viewport": "mobile layout",
    "title": "page title",
    "description": "page description",
    "language": "page language",
    "favicon": "site icon",
    "json_ld_organization": "organisation (JSON-LD)",
    "json_ld_url": "address (JSON-LD)",
    "json_ld_logo": "logo (JSON-LD)",
    "json_ld_same_as": "profiles (JSON-LD)",
    "json_ld_contact_point": "contact (JSON-LD)",
    "open_graph_title": "Open Graph title",
    "open_graph_image": "Open Graph image",
    "feed": "feed",
    "sitemap": "sitemap",
    "contact_page": "contact page",
    "email": "e-mail address",
    "phone": "telephone number",
    "chat": "chat or WhatsApp",
    "hours": "opening hours",
    "faq": "FAQ",
    "newsletter": "newsletter",
    "privacy_notice": "privacy notice",
}
FIELDS: Mapping[str, str] = {
    "avatar": "picture",
    "bio": "description of 50 characters",
    "website": "link",
    "category": "category",
}
BANDS: Mapping[str, str] = {
    "to_build": "to build",
    "developing": "developing",
    "solid": "solid",
    "leading": "leading",
}
_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # SHA-256 of no bytes
_SHARES = frozenset(
    {"active_weeks", "comment_share", "share_rate", "commented_posts", "inviting_posts", "video_share", "image_alt"}
)


_RHYTHM = ("posts_in_window", "posts_per_week", "last_post")
_NOBODYS = frozenset({State.MISSING, State.GONE, State.RETIRED})
_SITE_SIGNS = frozenset({"site_links", "rel_me"})
_PROFILE_SIGNS = frozenset({"links_back", "same_phone", "same_email"})
ENOUGH_WEEKS = 6  # of twelve, to speak of empty ones


class Plain(str):
    """Text that is Markdown of our own or of the agency: it is not escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the platforms are called and how a person opens them, by module name."""

    titles: Mapping[str, str]
    ways_in: Mapping[str, str]


def write(audit: Audit, language: Language, method: Method, names: Names, notes: Mapping[str, str]) -> str:
    """The Markdown of one audit in one language; `notes` are the consultant's words by section id."""
    wording = _Wording(audit, language, method, names)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=False,  # noqa: S701  # the output is Markdown; `finalize` escapes every value for it
        finalize=_markdown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<!--#",  # `{#id}` names a section in Markdown
        comment_end_string="#-->",
    )
    environment.globals.update(
        _=lambda message, **values: Plain(language.text(message, **_escaped(values))),
        ngettext=lambda one, many, n, **values: Plain(language.plural(one, many, n, **_escaped(values))),
        number=lambda value, digits=0: Plain(language.number(value, digits)),
        percent=lambda share, digits=0: Plain(language.percent(share, digits)),
        coverage=lambda share: Plain(language.coverage(share)),
        gain=lambda points: Plain(language.gain(points)),
        points=lambda value: Plain(language.number(value, 1)),
        day=lambda value: Plain(language.date(value)),
    )
    body = environment.get_template("audit.md.j2").render(audit=audit, say=wording, notes=_noted(notes))
    return header(audit, language, wording.lead()) + "\n" + _tidy_blank_lines(body)


def header(audit: Audit, language: Language, summary: str) -> str:
    """Pelican's header. Every value is one line: a line break in a value is refused, never written."""
    values = {
        "Title": audit.client.company.name,
        "Date": audit.day.isoformat(),
        "Lang": language.code,
        "Slug": audit.day.isoformat(),
        "Client": audit.client.slug,
        "Summary": summary,
        "Status": "published",
    }
    return "".join(f"{key}: {_one_line(key, value)}\n" for key, value in values.items())


def _one_line(key: str, value: str) -> str:
    line = clean(value)
    if any(character in line for character in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        raise BuildError(f"the header line {key} holds a line break")
    return escape(line) if key in ("Title",) else line


def _markdown(value: Any) -> str:
    if isinstance(value, Plain):
        return value
    if isinstance(value, str):
        return escape(value)
    if value is None:
        return ""
    return str(value)


def _escaped(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _markdown(value) for key, value in values.items()}


def _noted(notes: Mapping[str, str]) -> dict[str, Plain]:
    """Notes with their headings two levels down, so that a section stays one section."""
    demoted = {}
    for section, text in notes.items():
        lines = ["##" + line if line.startswith("#") else line for line in text.strip().splitlines()]
        demoted[section] = Plain("\n".join(lines))
    return demoted


def _tidy_blank_lines(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip() + "\n"


class _Wording:
    """What the template says about the audit in one language. Texts that come back are `Plain`."""

    def __init__(self, audit: Audit, language: Language, method: Method, names: Names) -> None:
        self.audit = audit
        self.language = language
        self.method = method
        self.names = names
        self.evidence = {row.id: row for row in audit.evidence}

    # ------------------------------------------------------------------------------------------ names

    def platform(self, name: str) -> Plain:
        """A platform as people write it; the company itself for ""."""
        title = self.names.titles.get(name, name)
        return Plain(escape(self.language.text(title)) if name else self.language.text("All"))

    def platforms(self, names: tuple[str, ...]) -> Plain:
        """Platforms as a part of a sentence."""
        return Plain(self.language.list(self.platform(name) for name in names))

    def pillar(self, name: str) -> Plain:
        """A pillar's title."""
        return Plain(self._own(self.method.rubric["pillar"][name]["title"]))

    def verb(self, name: str) -> Plain:
        """A verb's title."""
        return Plain(self._own(self.method.rubric["verb"][name]["title"]))

    def criterion(self, name: str) -> Plain:
        """A criterion's statement."""
        return Plain(self._own(self.method.criteria[name].title))

    def code(self, name: str) -> Plain:
        """A criterion's number in the published method."""
        return Plain(self.method.criteria[name].code)

    def state(self, state: State | str) -> Plain:
        """A state in words."""
        return Plain(self.language.text(STATES[str(state)]))

    def source(self, source: str) -> Plain:
        """A source in words."""
        return Plain(self.language.text(SOURCES[source]))

    def band(self) -> Plain:
        """The band of the overall score in a word."""
        return Plain(self.language.text(BANDS[self.audit.overall.band])) if self.audit.overall.band else Plain("")

    # -------------------------------------------------------------------------------------- sentences

    def finding_title(self) -> Plain:
        """The whole audit in one line: the strongest and the weakest pillar."""
        totals = self.audit.totals
        if totals.strongest is None or totals.weakest is None:
            return Plain(self.language.text("Too little could be seen for a score"))
        best, worst = _inside(self.pillar(totals.strongest)), _inside(self.pillar(totals.weakest))
        return Plain(self.language.text("Strong point: {best}. Weak point: {worst}", best=best, worst=worst))

    def lead(self) -> Plain:
        """One sentence under the title: what the first actions are worth."""
        totals, overall = self.audit.totals, self.audit.overall
        if not overall.published or overall.score is None:
            return Plain(
                self.language.text(
                    "Coverage {coverage}: too little could be seen to print a score.",
                    coverage=self.language.coverage(overall.coverage),
                )
            )
        if not totals.first:
            return Plain(self.language.text("What could be seen is in order."))
        return Plain(
            self.language.text(
                "{hours} hours of work take the score from {score} to {after}.",
                hours=self.language.number(totals.first_hours),
                score=self.score(overall.score),
                after=self.language.number(totals.score_after_first or 0),
            )
        )

    def score(self, value: float | None) -> Plain:
        """A score as a whole number; a dash where there is none."""
        return Plain("–" if value is None else self.language.number(value))

    def bounds(self, low: float, high: float) -> Plain:
        """Bounds of a score as whole numbers."""
        return Plain(
            self.language.text("{low} to {high}", low=self.language.number(low), high=self.language.number(high))
        )

    def wide(self, low: float, high: float) -> bool:
        """Whether bounds print as two different numbers."""
        return round_half_up(low) != round_half_up(high)

    def action(self, recommendation: Recommendation) -> Plain:
        """A recommendation's title, verb first."""
        return self._advised(recommendation, self._criterion(recommendation).action)

    def action_inside(self, recommendation: Recommendation) -> Plain:
        """A recommendation's title inside a sentence."""
        return Plain(_inside(self.action(recommendation)))

    def advice(self, recommendation: Recommendation) -> Plain:
        """Why, with the client's own figures."""
        return self._advised(recommendation, self._criterion(recommendation).advice)

    def _missed(self, rows: list[Unseen]) -> Plain:
        """Whose profile, which page of it, or which criteria on which platform."""
        row = rows[0]
        parts = [self.company(row.company)] if row.company != "client" else []
        parts.append(self.platform(row.platform))
        if row.criterion:
            statements = "; ".join(_inside(self.criterion(one.criterion)) for one in rows if one.criterion)
            return Plain(f"{', '.join(parts)}: {statements}")
        if row.url:
            parts.append(self.address(row.url))
        return Plain(", ".join(parts))

    def reason(self, code: str) -> Plain:
        """Why something could not be seen."""
        return Plain(self.language.text(REASONS[code])) if code in REASONS else Plain(escape(code))

    def why(self, row: Unseen) -> Plain:
        """Why a profile, a page or a criterion could not be seen."""
        if row.criterion:
            return self.reason(row.reason)
        told = next((message for words, message in TOLD.items() if words in row.reason), None)
        return Plain(self.language.text(told)) if told is not None else self.reason(row.state)

    def remedy(self, platform: str, code: str) -> Plain:
        """What a person does to open it."""
        message = REMEDIES.get(code) or self.names.ways_in.get(platform) or ANY_REMEDY
        return Plain(self.language.text(message))

    def chart(self, name: str) -> Plain:
        """A chart's finding with its numbers in words: what stands for it where it cannot be seen."""
        titles = Titles(
            pillars={pillar: self._own(table["title"]) for pillar, table in self.method.rubric["pillar"].items()},
            platforms={name: self.language.text(text) for name, text in self.names.titles.items()},
        )
        return Plain(escape(title(name, self.audit, self.language, titles)))

    # ----------------------------------------------------------------------------------------- values

    def value(self, row: Evidence) -> Plain:
        """An evidence's value as the report prints it."""
        value, metric = row.value, row.metric
        if metric == "state":
            return self.state(str(value))
        if isinstance(value, bool):
            return Plain(self.language.text("yes") if value else self.language.text("no"))
        if metric == "avatar":
            return Plain(self.language.text("shown"))
        if isinstance(value, str) and metric in ("last_post", "created"):
            return self._dated(value)
        if isinstance(value, str):
            return Plain(escape(value, limit=VALUE_LENGTH))
        if value is None:
            return Plain("–")
        return Plain(self._figure(metric, value))

    def interval(self, row: Evidence) -> Plain:
        """An evidence's interval; "" when it is exact, "at least" where only a part is shown."""
        value = row.value
        if row.low is None or isinstance(value, bool | str) or value is None:
            return Plain("")
        if row.high is None:
            return Plain(self.language.text("at least"))
        if row.low == row.high:
            return Plain("")
        low, high = self._figure(row.metric, row.low), self._figure(row.metric, row.high)
        return Plain(f"{low}–{high}") if low != high else Plain("")

    def bracketed(self, row: Evidence) -> Plain:
        """The interval behind a value and what a share is taken of, in brackets; "" when there is neither."""
        parts = [str(self.interval(row))]
        if row.n is not None and row.metric in _SHARES and row.metric != "active_weeks":
            parts.append(self.language.text("of {n} posts", n=self.language.number(row.n)))
        shown = ", ".join(part for part in parts if part)
        return Plain(f" ({shown})" if shown else "")

    def place(self, row: Evidence) -> Plain:
        """The place in the page, the middle of a long one left out; `facts.json` holds it whole."""
        where = row.where
        if len(where) > PLACE_LENGTH:
            where = f"{where[: PLACE_LENGTH // 3]}…{where[-(PLACE_LENGTH - PLACE_LENGTH // 3 - 1) :]}"
        return Plain(escape(where))

    def metric(self, name: str) -> Plain:
        """What an evidence is about."""
        if name.startswith("check_"):
            item = self.language.text(CHECKS[name[6:]])
            return Plain(item[:1].upper() + item[1:])
        return Plain(self.language.text(METRICS[name]))

    def address(self, url: str) -> Plain:
        """An address without its scheme, escaped; never a link."""
        return Plain(escape(url.partition("://")[2] or url, limit=ADDRESS_LENGTH))

    def moment(self, row: Evidence) -> Plain:
        """The time of day (UTC) at which the page was stored."""
        return Plain(row.fetched_at.strftime(MINUTES)) if row.fetched_at else Plain("–")

    def asked(self, row: Evidence) -> bool:
        """Whether there is a stored page at all: some are not asked for, and an empty one proves nothing."""
        return row.sha256 is not None and row.sha256 != _NOTHING

    def digest(self, row: Evidence) -> Plain:
        """The first twelve characters of the stored page's SHA-256, in groups of four."""
        short = (row.sha256 or "")[:12]
        return Plain(" ".join(short[index : index + 4] for index in range(0, len(short), 4)) or "–")

    def links(self, facts: tuple[str, ...]) -> Plain:
        """Evidence ids as links to the rows of the evidence table."""
        return Plain(", ".join(f"[{fact[2:]}](#{fact})" for fact in facts))

    def company(self, company: str) -> Plain:
        """A company's name by its id."""
        names = {one.id: one.name for one in self.audit.client.companies}
        return Plain(escape(names.get(company, company)))

    def subject(self, row: Evidence | ProfileRow) -> Plain:
        """Whose evidence or profile: the platform, and the company when it is a competitor's."""
        platform = self.platform(row.platform)
        return platform if row.company == "client" else Plain(f"{self.company(row.company)}, {platform}")

    # ------------------------------------------------------------------------------------------ tables

    def cited(self) -> list[Evidence]:
        """The evidence that the report's numbers lead to; `facts.json` beside the site holds all of it."""
        ids = {fact for finding in self.audit.findings for fact in finding.facts}
        ids.update(fact for company in self.audit.comparison for fact in company.facts.values())
        for row in (*self.inventory(), *self.rivals()):
            ids.update(self.row_facts(row))
            ids.update(row.facts[name] for name in ("last_post",) if name in row.facts)
        for row in (*self.owned(), *self.waiting()):
            ids.update(self.signs(row))
        ids.update(repair.fact for repair in self.audit.repairs)
        for _, *rows in self.rhythm():
            ids.update(row.id for row in rows if row is not None)
        return [row for row in self.audit.evidence if row.id in ids]

    def cited_pages(self) -> list[list[Evidence]]:
        """The cited evidence by stored page, the client's first, in the order of the evidence ids."""
        pages: dict[tuple[str, str, str | None, str], list[Evidence]] = {}
        for row in self.cited():
            pages.setdefault((row.company, row.platform, row.sha256, row.url), []).append(row)
        return list(pages.values())

    def inventory(self) -> list[ProfileRow]:
        """The client's profiles: observed first, then absent, closed and unseen ones."""
        own = [row for row in self.audit.profiles if row.company == "client"]
        return sorted(own, key=lambda row: (row.state is not State.OBSERVED, -(row.followers or 0), row.platform))

    def rivals(self) -> list[ProfileRow]:
        """The competitors' profiles on platforms, company by company."""
        return [row for row in self.audit.profiles if row.company != "client" and row.platform != "website"]

    def audience(self, row: ProfileRow) -> Plain:
        """Followers; where the page shows none but likes, the likes, called so; a dash where it shows neither."""
        if row.followers is not None:
            return Plain(self.language.number(row.followers))
        if row.likes is not None:
            return Plain(self.language.text("{n} likes", n=self.language.number(row.likes)))
        return Plain("–")

    def row_facts(self, row: ProfileRow) -> tuple[str, ...]:
        """The evidence of the figures in a profile's line; of its state where there is no figure."""
        shown = ("followers",) if row.followers is not None else ("likes",) if row.likes is not None else ()
        found = tuple(row.facts[name] for name in (*shown, "posts") if name in row.facts)
        return found or (row.facts["state"],)

    def standing(self, row: ProfileRow) -> Plain:
        """A profile's state, and whether it still waits to be confirmed."""
        state = self.state(row.state)
        return state if row.is_confirmed else Plain(self.language.text("{state}, to be confirmed", state=state))

    def owned(self) -> list[ProfileRow]:
        """The client's profiles that are there and whose owner is known; none in audits that did not ask."""
        there = [row for row in self.inventory() if row.state not in _NOBODYS and row.platform != "website"]
        return [row for row in there if row.ownership is not None and row.is_confirmed]

    def waiting(self) -> list[ProfileRow]:
        """The profiles of all companies that are not known to be theirs, the client's first."""
        return [row for row in (*self.inventory(), *self.rivals()) if not row.is_confirmed]

    def ownership(self, row: ProfileRow) -> Plain:
        """How the owner is known, in words."""
        kinds = {sign.kind: sign for sign in reversed(row.signs)}
        known = str(row.ownership)
        if known == "look_alike":
            return self._look_alike(kinds)
        if known == "person" and kinds.keys() & _SITE_SIGNS and kinds.keys() & _PROFILE_SIGNS:
            both = self.language.text(OWNERSHIP["both_ways"])
            return Plain(f"{self.language.text(OWNERSHIP['person'])}; {both}")
        if known == "both_ways" and "verified_domain" in kinds:
            return Plain(self.language.text(ALONE["verified_domain"]))
        if known == "both_ways" and "wikidata" in kinds and not kinds.keys() >= {"site_links", "links_back"}:
            return Plain(self.language.text("Wikidata and one of the two name it"))
        if known == "one_way":
            words = next((ALONE[sign.kind] for sign in row.signs if sign.kind in ALONE), OWNERSHIP["one_way"])
            return Plain(self.language.text(words))
        return Plain(self.language.text(OWNERSHIP[known]))

    def _look_alike(self, kinds: Mapping[str, Sign]) -> Plain:
        if "confusable_handle" in kinds:
            name = escape(kinds["confusable_handle"].text, limit=VALUE_LENGTH)
            return Plain(self.language.text("its name only resembles {name}, which is confirmed", name=name))
        if "other_site" in kinds:
            site = self.address(kinds["other_site"].text)
            return Plain(self.language.text("looks like somebody else's: it names {site}", site=site))
        return Plain(self.language.text(OWNERSHIP["look_alike"]))

    def signs(self, row: ProfileRow) -> tuple[str, ...]:
        """The evidence ids of a proof's signs."""
        found = (row.facts.get(f"sign_{number}") for number in range(1, len(row.signs) + 1))
        return tuple(dict.fromkeys(fact for fact in found if fact is not None))

    def repair(self, repair: Repair) -> Plain:
        """What is wrong with a link, on which page and where in it."""
        wrong = self.language.text(REPAIRS[repair.kind])
        place = self.language.text(PLACES[repair.found_in])
        return Plain(f"{wrong} ({self.address(repair.page)}, {place})")

    def compared_platforms(self) -> list[str]:
        """Platforms on which at least two companies show followers."""
        shown: dict[str, int] = {}
        for company in self.audit.comparison:
            for platform, followers in company.followers.items():
                shown[platform] = shown.get(platform, 0) + (followers is not None)
        return sorted((name for name, count in shown.items() if count > 1), key=lambda name: (-shown[name], name))

    def scored(self) -> list[tuple[CriterionScore, list[Finding]]]:
        """Criteria with a score, in the rubric's order, each with its findings, the most relevant platform first."""
        rows = []
        for criterion in self.audit.criteria:
            found = [
                one for one in self.audit.findings if one.criterion == criterion.criterion and one.score is not None
            ]
            if found:
                rows.append((criterion, sorted(found, key=lambda one: (-one.weight, one.platform))))
        return rows

    def where(self, findings: list[Finding]) -> Plain:
        """Each platform with its points; "" for a statement about the whole company."""
        return Plain(
            ", ".join(f"{self.platform(one.platform)} {self.score(one.score)}" for one in findings if one.platform)
        )

    def all_links(self, findings: list[Finding]) -> Plain:
        """The evidence of all findings of a criterion."""
        return self.links(tuple(dict.fromkeys(fact for one in findings for fact in one.facts)))

    def rhythm(self) -> list[tuple[str, Evidence | None, Evidence | None, Evidence | None]]:
        """Per profile with visible posts: posts in the window, posts a week, last post."""
        rows: list[tuple[str, Evidence | None, Evidence | None, Evidence | None]] = []
        for row in (one for one in self.inventory() if one.is_confirmed):
            key = ("client", row.platform, row.handle)
            found = {one.metric: one for one in self.audit.evidence if (one.company, one.platform, one.handle) == key}
            if "posts_in_window" in found:
                rows.append((row.platform, *(found.get(key) for key in _RHYTHM)))  # type: ignore[arg-type]  # three
        return rows

    def emptiest(self) -> CalendarRow | None:
        """The row of the calendar with the most empty weeks, when enough weeks were seen to say so."""
        rows = [row for row in self.audit.calendar if row.seen >= ENOUGH_WEEKS and row.empty]
        return max(rows, key=lambda row: row.empty, default=None)

    def unseen(self) -> list[tuple[Unseen, Plain]]:
        """What could not be seen, each with its name; criteria that lack the same thing on a platform in one line."""
        grouped: dict[tuple[str, str, str, str], list[Unseen]] = {}
        for row in self.audit.unseen:
            grouped.setdefault((row.company, row.platform, row.url, row.reason if row.criterion else ""), []).append(
                row
            )
        return [(rows[0], self._missed(rows)) for rows in grouped.values()]

    # ---------------------------------------------------------------------------------------- private

    def _criterion(self, recommendation: Recommendation) -> Criterion:
        return self.method.criteria[recommendation.criterion]

    def _advised(self, recommendation: Recommendation, texts: Mapping[str, str]) -> Plain:
        fields: dict[str, str] = {"platforms": self.platforms(recommendation.platforms)}
        for name, value in recommendation.values.items():
            fields[name] = self._field(name, value)
        text = self._own(texts).format_map(_Fields(fields))
        return Plain(text[:1].upper() + text[1:])

    def _field(self, name: str, value: int | float | str | tuple[str, ...] | None) -> str:
        if name == "platforms" and isinstance(value, tuple):
            return self.platforms(value)
        if name == "platform":
            return self.platform(str(value))
        if isinstance(value, tuple):
            return self.language.list(self.language.text({**CHECKS, **FIELDS}.get(item, item)) for item in value)
        if isinstance(value, str):
            return escape(value)
        return "–" if value is None else self.language.number(value, 0 if value == int(value) else 2)

    def _own(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language.code, texts["en"])

    def when(self, value: str | None) -> Plain:
        """A date of a profile's line; a dash without one."""
        return Plain("–") if value is None else self._dated(value)

    def _figure(self, metric: str, value: float) -> str:
        if metric == "engagement_rate":
            return self.language.percent(value, 2)
        if metric in _SHARES:
            return self.language.percent(value)
        digits = 0 if value == int(value) else 1
        return self.language.number(value, 2 if metric in ("views_per_follower", "format_variety") else digits)

    def _dated(self, value: str) -> Plain:
        """A date as fine as it is known; a month and a year are said to be about."""
        if len(value) == len("2026-09-23"):
            return Plain(self.language.date(date.fromisoformat(value)))
        if len(value) == len("2026-09"):
            month = self.language.month_and_year(date.fromisoformat(f"{value}-01"))
            return Plain(self.language.text("about {month}", month=month))
        return Plain(self.language.text("about {month}", month=value))


def _inside(text: str) -> str:
    """A title as it stands inside a sentence: its first letter small."""
    return text[:1].lower() + text[1:]


class _Fields(dict[str, str]):
    """Fields of an advice; one that the finding does not carry is our own mistake."""

    def __missing__(self, key: str) -> str:
        raise BuildError(f"an advice of the rubric uses {{{key}}}, which its criterion does not give")

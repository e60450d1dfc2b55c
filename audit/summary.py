"""Audits, profiles and platforms as the terminal shows them. Text off the web is stripped of control characters."""

from __future__ import annotations

from collections.abc import Sequence

from audit.files import to_json, to_plain
from audit.language import Language, whole_percent_down
from audit.method import HOURS, load_method
from audit.models import Audit, Client, CountFact, Fact, FoundLink, Link, Profile
from audit.parse.text import clean
from audit.platforms import platforms
from audit.stages import MAX_FOUND, beyond_the_cap
from audit.wording import counted

_LONGEST_ADDRESS = 120  # characters of an address in a table


def profile_table(audit: Audit) -> str:
    """Company, platform, state, followers, posts, last post: one line a profile; then how many wait for a person."""
    names = {company.id: company.name for company in audit.client.companies}
    english = Language("en")
    rows = [("company", "platform", "state", "followers", "posts", "last post")]
    for row in audit.profiles:
        rows.append(
            (
                clean(names.get(row.company, row.company)),
                platforms()[row.platform].title,
                row.state.value if row.is_confirmed else f"{row.state.value}, to confirm",
                "-" if row.followers is None else english.number(row.followers),
                "-" if row.posts is None else english.number(row.posts),
                row.last_post or "-",
            )
        )
    waiting = sum(not row.is_confirmed for row in audit.profiles)
    if not waiting:
        return aligned(rows, right=(3, 4))
    many = counted(waiting, "profile waits", "profiles wait")
    remedy = "in client.toml, keep each under [profiles] and out of to_confirm, or write it under not_ours"
    return f"{aligned(rows, right=(3, 4))}\n{many} to be confirmed, not scored until then: {remedy}"


def score_line(audit: Audit) -> str:
    """The overall score with bounds and coverage, or why there is none."""
    overall = audit.overall
    english = Language("en")
    coverage = f"coverage {whole_percent_down(overall.coverage)} %, evidence grade {overall.grade}"
    bounds = f"bounds {english.number(overall.low)} to {english.number(overall.high)}"
    if not overall.published or overall.score is None:
        return f"Score: not enough evidence for one ({bounds}, {coverage})"
    return f"Score: {english.number(overall.score)} of 100 ({bounds}, {coverage})"


def link_table(found: Sequence[FoundLink], client: Client) -> str:
    """Every link with the company, what it is and where it was found; own profiles first."""
    names = {company.id: company.name for company in client.companies}
    left = {(link.company, link.url) for link in beyond_the_cap(found, client)}
    rows: list[tuple[str, ...]] = [("company", "platform", "profile or address", "what it is", "found in")]
    for link in sorted(found, key=lambda link: (list(names).index(link.company), not link.own)):
        title = platforms()[link.platform].title if link.platform in platforms() else link.platform
        declared = [link.found_in] if link.found_in not in {mention.found_in for mention in link.mentions} else []
        places = declared + [f"{mention.found_in} of {mention.page}" for mention in link.mentions]
        words = "own profile" if link.own else link.why
        if (link.company, link.url) in left:
            words = f"own profile, not asked: more than {MAX_FOUND}"
        more = f"; and {len(places) - 3} more" if len(places) > 3 else ""
        address = link.url if len(link.url) <= _LONGEST_ADDRESS else f"{link.url[: _LONGEST_ADDRESS - 1]}…"
        rows.append((names[link.company], title, address, words, "; ".join(places[:3]) + more))
    return aligned(rows, right=())


def profile_json(profile: Profile) -> str:
    """A profile as `profiles.json` holds it."""
    return to_json(to_plain(profile, Profile))


def profile_text(profile: Profile) -> str:
    """A profile for a person: what was read and where it stands."""
    lines = [f"{clean(profile.platform)} {clean(profile.handle or '?')}: {profile.state}"]
    if profile.reason:
        lines.append(f"  {clean(profile.reason)}")
    for name in ("name", "followers", "following", "posts", "likes", "views", "verified", "website", "bio", "category"):
        fact: Fact[object] | None = getattr(profile, name)
        if isinstance(fact, CountFact):
            exact = "" if fact.low == fact.high else f" ({fact.low}..{fact.high}, shown as {clean(fact.raw)})"
            lines.append(f"  {name}: {fact.value}{exact}  [{clean(fact.where)}]")
        elif fact is not None:
            lines.append(f"  {name}: {clean(str(fact.value))}  [{clean(fact.where)}]")
    if profile.recent:
        lines.append(f"  recent posts: {len(profile.recent)}")
    return "\n".join(lines) + "\n"


def links_json(links: list[Link]) -> str:
    """Links as `links.json` holds them."""
    keys = ("platform", "handle", "url", "found_in", "own", "why")
    return to_json([{key: getattr(link, key) for key in keys} for link in links])


def method_table() -> str:
    """Every criterion: code, statement, points, effort of its advice, and where its threshold comes from."""
    method = load_method()
    sources = {"P": "published", "Q": "quoted", "D": "derived", "H": "house threshold", "C": "checklist"}
    rows = [("code", "criterion", "points", "hours", "threshold")]
    for criterion in method.criteria.values():
        points, hours = f"{criterion.points:g}", str(HOURS[criterion.effort])
        rows.append((criterion.code, criterion.title["en"], points, hours, sources[criterion.source]))
    whole = method.rubric["whole_method"]
    total = sum(criterion.points for criterion in method.criteria.values())
    read = f"{len(method.criteria)} of {whole['criteria']} criteria, {total:g} of {whole['points']} points"
    return f"Method {method.version}: {read}\n\n{aligned(rows, right=(2, 3))}"


def aligned(rows: Sequence[tuple[str, ...]], *, right: tuple[int, ...] = ()) -> str:
    """Rows as columns; `right` are the columns set flush right."""
    widths = [max(len(clean(row[column])) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            clean(cell).rjust(width) if column in right else clean(cell).ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)

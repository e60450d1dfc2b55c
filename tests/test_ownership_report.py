"""What a report and the terminal say of profiles whose owner is, or is not, known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.language import Language
from audit.method import load_method
from audit.models import Audit, Evidence, Ownership, ProfileRow, Repair, Sign, Source
from audit.platforms import platforms
from audit.summary import profile_table
from audit.write import Names, write
from tests.sample_audit import DIGEST, FETCHED, sample_audit

SITE = "https://www.torrefazione-aurora.example/"


def seen(number: int, metric: str, value: str) -> Evidence:
    """A sign's row of evidence."""
    return Evidence(
        id=f"e-{number:04d}", company="client", platform="website", handle=None, metric=metric, value=value,
        source=Source.PUBLIC, url=SITE, fetched_at=FETCHED, sha256=DIGEST, page="home", where="footer",
    )  # fmt: skip


def owned(row: ProfileRow, ownership: Ownership, *signs: Sign, evidence: str = "e-0004") -> ProfileRow:
    """A profile with its proof; all signs lead to one row of evidence."""
    facts = {f"sign_{number}": evidence for number in range(1, len(signs) + 1)}
    state = {"state": "e-0001", **row.facts}
    return replace(row, ownership=ownership, signs=signs, facts={**state, **facts})


def audit_with(ownership: Ownership, *signs: Sign) -> Audit:
    """The sample, with Instagram confirmed by a person and YouTube known as given."""
    sample = sample_audit()
    rows = {row.platform: owned(row, Ownership.PERSON) for row in sample.profiles}
    rows["youtube"] = owned(rows["youtube"], ownership, *signs)
    repair = Repair(
        kind="placeholder", platform="x", url="https://x.com/wix", page=SITE, found_in="header", fact="e-0005"
    )
    return replace(
        sample,
        profiles=tuple(rows.values()),
        totals=replace(sample.totals, to_confirm=int(not ownership.is_confirmed)),
        repairs=(repair,),
        comparison=(),
        evidence=(
            *sample.evidence,
            seen(4, "sign_site_links", "https://www.youtube.com/auroracaffe"),
            seen(5, "site_link", "https://x.com/wix"),
        ),
    )


def report(audit: Audit, code: str = "en") -> str:
    """The report in Markdown."""
    names = Names(
        titles={name: one.title for name, one in platforms().items()},
        ways_in={name: one.way_in for name, one in platforms().items()},
    )
    return write(audit, Language(code), load_method(), names, {})


def sign(kind: str, text: str = "") -> Sign:
    """A sign of a page."""
    return Sign(kind=kind, page=SITE, where="footer", text=text)


POINTS, BACK = sign("site_links"), sign("links_back")


@pytest.mark.parametrize(
    ("ownership", "signs", "words"),
    [
        (Ownership.PERSON, (), "confirmed by a person"),
        (Ownership.PERSON, (POINTS, BACK), "confirmed by a person; site and profile name each other"),
        (Ownership.BOTH_WAYS, (POINTS, BACK), "site and profile name each other"),
        (Ownership.BOTH_WAYS, (sign("verified_domain"),), "the platform has checked the company's domain"),
        (Ownership.BOTH_WAYS, (POINTS, sign("wikidata")), "Wikidata and one of the two name it"),
        (Ownership.ONE_WAY, (POINTS,), "only the site points to it"),
        (Ownership.ONE_WAY, (BACK,), "only the profile names the site"),
        (Ownership.UNPROVEN, (), "nothing connects it to the company"),
        (
            Ownership.LOOK_ALIKE,
            (sign("other_site", "https://altro.example/"),),
            "looks like somebody else's: it names altro.example/",
        ),
        (
            Ownership.LOOK_ALIKE,
            (sign("confusable_handle", "aurora|caffe*"),),
            "its name only resembles aurora&#124;caffe&#42;, which is confirmed",
        ),
    ],
)
def test_how_an_owner_is_known_is_said_in_words(ownership: Ownership, signs: tuple[Sign, ...], words: str) -> None:
    """In the row of the profile, with the evidence beside it; words of the page are escaped."""
    rows = [line for line in report(audit_with(ownership, *signs)).splitlines() if "youtube.com/auroracaffe" in line]
    evidence = "[0004](#e-0004)" if signs else "–"
    assert any(f"| {words} | {evidence} |" in row for row in rows), rows


def test_what_waits_stands_in_a_block_of_its_own_with_what_to_do() -> None:
    """Marked in the table of profiles, listed with the remedy; nothing of it where nothing waits."""
    text = report(audit_with(Ownership.ONE_WAY, POINTS))
    assert "| YouTube | www.youtube.com/auroracaffe | observed, to be confirmed |" in text
    assert "### Profiles to confirm" in text
    assert "Open each address and tell us whether the profile is the company's" in text
    assert "To be confirmed: 1." in text
    calm = report(audit_with(Ownership.PERSON))
    assert "### Profiles to confirm" not in calm
    assert "to be confirmed" not in calm


@pytest.mark.parametrize("code", ["en", "it"])
def test_the_report_asks_nobody_to_edit_the_agencys_files(code: str) -> None:
    """The company that reads it has no client file: what it can do is to tell the agency."""
    text = report(audit_with(Ownership.ONE_WAY, POINTS), code)
    assert [] == [word for word in ("client.toml", "[profiles]", "to_confirm", "not_ours") if word in text]


def test_links_to_repair_are_listed_with_their_place() -> None:
    """What is wrong, on which page and where in it, in the report's language."""
    text = report(audit_with(Ownership.PERSON), "it")
    assert "### Link da correggere" in text
    wrong = "link del tema, mai sostituito (www.torrefazione-aurora.example/, testata)"
    assert f"| X | x.com/wix | {wrong} | [0005](#e-0005) |" in text


def test_an_audit_that_did_not_ask_says_nothing_of_owners() -> None:
    """Audits made before ownership was known are read and written as they were."""
    assert "### How we know whose they are" not in report(
        replace(
            sample_audit(comparison=()),
            profiles=tuple(replace(row, facts={"state": "e-0001", **row.facts}) for row in sample_audit().profiles),
        )
    )


def test_the_terminal_marks_what_waits_and_counts_it() -> None:
    """One line for all; none where nothing waits."""
    lines = profile_table(audit_with(Ownership.UNPROVEN)).splitlines()
    (row,) = [line for line in lines if "YouTube" in line]
    assert "observed, to confirm" in row
    assert lines[-1].startswith("1 profile waits to be confirmed")
    assert "confirm" not in profile_table(audit_with(Ownership.PERSON))

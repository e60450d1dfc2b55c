"""What the terms of official APIs permit to be kept for a time only: deleted when it is over, and said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from audit import stages
from audit.files import load_profile_folder, save_page
from audit.models import Link, Page, Source, State
from audit.retention import delete_expired
from audit.stages import Run
from tests.project import Project

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = date(2026, 11, 23)
CLIENT = """name = "Aurora"
site = "https://aurora.example/"
sector = "food_beverage"
size = "small"
country = "IT"
[profiles]
youtube = "{youtube}"
yelp = "{yelp}"
"""


def answer_of(platform: str) -> tuple[Link, dict[str, Page]]:
    """A profile read through the platform's API, as the fixtures hold it."""
    link, pages = load_profile_folder(FIXTURES / platform / "open_api")
    return replace(link, company="client"), pages


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A client with nothing stored."""
    project = Project.at(tmp_path / "project")
    addresses = {platform: answer_of(platform)[0].url for platform in ("youtube", "yelp")}
    project.client("aurora", CLIENT.format(**addresses))
    return Run(project.root, "aurora", DAY)


def kept(run: Run, platform: str, age: timedelta, source: Source = Source.API) -> Link:
    """Stores the platform's answers as so old."""
    link, pages = answer_of(platform)
    for page in pages.values():
        save_page(run.evidence, link, replace(page, fetched_at=NOW - age, source=source))
    return link


def states(run: Run) -> dict[str, tuple[State, str | None]]:
    """State and reason of each profile, by platform."""
    return {profile.platform: (profile.state, profile.reason) for profile in stages.extract(run).profiles}


@pytest.mark.parametrize(
    ("platform", "age", "permitted"),
    [
        ("youtube", timedelta(days=30), None),
        ("youtube", timedelta(days=30, seconds=1), "YouTube permit keeping its answers for 30 days"),
        ("yelp", timedelta(hours=24), None),
        ("yelp", timedelta(hours=24, seconds=1), "Yelp permit keeping its answers for 1 day"),
    ],
)
def test_an_answer_is_kept_as_long_as_the_terms_permit(
    run: Run, platform: str, age: timedelta, permitted: str | None
) -> None:
    """To the second; then its bytes are gone, and the profile says why it shows nothing."""
    link = kept(run, platform, age)
    told = delete_expired(run.root, run.slug, NOW)
    bodies = b"".join(body.read_bytes() for body in run.evidence.glob(f"client/{platform}/*/*.body"))
    if permitted is None:
        assert (State.OBSERVED, []) == (states(run)[platform][0], told)
        return
    why = f"the terms of {permitted}, and this one came on {(NOW - age).date()}"
    assert (State.NOT_PERMITTED, why) == states(run)[platform]
    assert b"" == bodies
    roles = sorted(answer_of(platform)[1])
    title = permitted.split()[0]
    assert [f"Deleted of {DAY}: client, {title} {link.handle} ({role}): {why}" for role in roles] == told
    assert [] == delete_expired(run.root, run.slug, NOW)


@pytest.mark.parametrize("source", [Source.SAVED, Source.PUBLIC, Source.DECLARED])
def test_what_did_not_come_through_the_api_is_not_bound_by_its_terms(run: Run, source: Source) -> None:
    """However old."""
    kept(run, "youtube", timedelta(days=4_000), source)
    assert [] == delete_expired(run.root, run.slug, NOW)
    assert State.OBSERVED is states(run)["youtube"][0]


def test_all_audits_of_a_client_are_looked_through(run: Run) -> None:
    """Also those that nobody makes again."""
    older = replace(run, day=date(2026, 3, 1))
    kept(older, "youtube", timedelta(days=268))
    kept(run, "youtube", timedelta(days=1))
    told = delete_expired(run.root, run.slug, NOW)
    assert {"Deleted of 2026-03-01"} == {line.partition(":")[0] for line in told}
    assert State.NOT_PERMITTED is states(older)["youtube"][0]
    assert State.OBSERVED is states(run)["youtube"][0]


def test_damaged_evidence_stands_in_the_way_of_nothing(run: Run) -> None:
    """It is named by whoever reads it; what may not be kept is deleted beside it."""
    kept(run, "yelp", timedelta(days=2))
    link, pages = answer_of("youtube")
    save_page(run.evidence, link, pages["api"])
    next(run.evidence.glob("client/youtube/*/api.json")).write_text("{", "utf-8")
    assert 1 == len(delete_expired(run.root, run.slug, NOW))


@pytest.mark.parametrize("task", [("extract",), ("audit", "--offline"), ("fetch",), ("discover",)], ids=" ".join)
def test_the_tasks_that_read_evidence_delete_first(run: Run, task: tuple[str, ...]) -> None:
    """A line says what, and no report is made of what may not be kept."""
    link, pages = answer_of("youtube")
    for page in pages.values():
        save_page(run.evidence, link, replace(page, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)))
    days = () if task[0] == "audit" else ("--day", DAY.isoformat())
    done = Project(run.root).invoke(
        *task, "--client", "aurora", *days, INVOKE_FETCH_PROXY="http://127.0.0.1:9", INVOKE_FETCH_DELAY="0"
    )
    assert 0 == done.returncode, done.stderr
    assert f"Deleted of {DAY}: client, YouTube {link.handle} (api): the terms of YouTube permit keeping" in done.stdout
    record = json.loads(next(run.evidence.glob("client/youtube/*/api.json")).read_text("utf-8"))
    assert ("not_permitted", None) == (record["state"], record["status"])

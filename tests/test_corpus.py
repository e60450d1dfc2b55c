"""Real saved pages beside the repository, where they lie: no value read wrong, nearly all read, no wall taken for
a profile. Without the folder this module collects nothing.

A row of its index has the file, the platform, the kind (profile, api, notfound …), the address and the values
that a person read in the page.
"""

from __future__ import annotations

import base64
import csv
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.models import Profile, State
from audit.platforms import read_page
from tests import link_truth

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
PLATFORMS = frozenset({
    "website", "facebook", "x", "linkedin", "snapchat", "napster", "instagram", "youtube", "tiktok", "telegram",
    "pinterest", "soundcloud", "vimeo", "twitch", "spotify", "tumblr", "bandcamp", "flickr", "dribbble", "github",
    "discord", "mastodon", "wikidata", "wikipedia", "peertube", "hackernews", "trustpilot", "reddit", "substack",
    "medium", "challenge", "bluesky", "google",
})  # fmt: skip
SHOWN = ("profile", "api")
CONTENT = ("other", "feed")  # posts, videos, feeds, answers about something else
REFUSED = {
    "notfound": {State.MISSING, State.GONE},
    "suspended": {State.GONE},
    "loginwall": {State.LOGIN_WALL, State.CONSENT, State.NO_CREDENTIAL, State.PRIVATE},
    "challenge": {
        State.CHALLENGED, State.CONSENT, State.RATE_LIMITED, State.LOGIN_WALL, State.FAILED, State.PRIVATE, State.SHELL,
    },
}  # fmt: skip
# Where the index has the number as drawn and the page the whole one: "1.1M", beside the label "1101177 followers".
WHOLE_NUMBERS = {("bluesky/b02-profile-stephenking.html", "followers"): 1_101_177}
COUNTS = ("followers", "following", "posts", "likes", "reviews")
WORDS = ("name", "handle", "website", "verified", "rating")
STATUS_OF_KIND = {"notfound": 404, "challenge": 403}
# Where the index names a query of the X site instead of its address.
QUERY_ADDRESS = {
    "GraphQL UserByScreenName": "https://x.com/i/api/graphql/q/UserByScreenName?variables=%7B%7D",
    "GraphQL AboutAccountQuery": "https://x.com/i/api/graphql/q/AboutAccountQuery?variables=%7B%7D",
    "GraphQL UserTweets": "https://x.com/i/api/graphql/q/UserTweets?variables=%7B%7D",
    "GraphQL UserByRestId": "https://x.com/i/api/graphql/q/UserByRestId?variables=%7B%7D",
    "GraphQL user lookup": "https://x.com/i/api/graphql/q/UserByScreenName?variables=%7B%7D",
    "GraphQL query by user id": "https://www.instagram.com/graphql/query/?variables=%7B%7D",
}


@dataclass(frozen=True)
class Row:
    """One saved answer with what a person read in it."""

    file: str
    platform: str
    kind: str
    address: str
    truth: dict[str, Any]


def rows_of_the_index() -> list[Row]:
    """The rows of the platforms that are read; [] where the corpus is not there."""
    index = CORPUS / "INDEX.tsv"
    if not index.is_file():
        return []
    csv.field_size_limit(10**8)
    with index.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Row(
            file=record["file"],
            platform=record["platform"],
            kind=record["kind"],
            address=address_of(record),
            truth=truth_of(record),
        )
        for record in records
        if record["platform"] in PLATFORMS and record["kind"] in (*SHOWN, *REFUSED, *CONTENT)
    ]


def truth_of(record: dict[str, str]) -> dict[str, Any]:
    """The values read by eye; {} where the column is not an object."""
    value = json.loads(record["truth"] or "{}")
    if not isinstance(value, dict):
        return {}
    return value | ({"reviews": value["review_count"]} if "review_count" in value else {})


def address_of(record: dict[str, str]) -> str:
    """The address of the answer, without the index's remarks on it."""
    written = re.sub(r"^(?:GET|POST) ", "", (record["url_or_endpoint"] or "").strip())
    if written in QUERY_ADDRESS:
        return QUERY_ADDRESS[written]
    handle = str(truth_of(record).get("handle") or "someone").lstrip("@")
    written = written.replace("…", "someone").replace("<username replaced upstream>", handle)
    written = written.split(" ")[0]
    if written.endswith("prettyPrint="):
        written += "false"
    return written if written.startswith("http") else "https://example.com/"


def answer_of(row: Row) -> tuple[bytes, int]:
    """Body and status of a saved answer: plain, or inside a cassette (YAML) or a HAR."""
    content = (CORPUS / row.file).read_bytes()
    status = STATUS_OF_KIND.get(row.kind, 200)
    if row.file.endswith((".yml", ".yaml")):
        return from_cassette(content)
    if row.file.endswith((".har", ".json")) and (b'"log"' in content[:400] or b'"response"' in content[:200]):
        return from_har(content) or (content, status)
    if row.platform == "youtube" and "browse" in row.address:
        return content, 200  # the site's API answers 200 for channels that are gone
    return content, status


class CassetteLoader(yaml.SafeLoader):
    """Reads the structures of other languages as plain mappings."""


def plain_node(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    """A tagged node without its tag."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    assert isinstance(node, yaml.SequenceNode)
    return loader.construct_sequence(node, deep=True)


CassetteLoader.add_multi_constructor("", plain_node)
CassetteLoader.add_constructor(
    "!binary", lambda loader, node: base64.b64decode(loader.construct_scalar(node)).decode("utf-8", "replace")
)


def from_cassette(content: bytes) -> tuple[bytes, int]:
    """The first response of a recorded cassette."""
    recorded = yaml.load(content, Loader=CassetteLoader)
    interactions = recorded["http_interactions"] if isinstance(recorded, dict) else recorded
    response = interactions[0]["response"]
    body = response["body"]
    if isinstance(body, dict) and "base64_string" in body:
        return base64.b64decode(body["base64_string"]), int(response["status"]["code"])
    text = body.get("string", "") if isinstance(body, dict) else body
    return str(text).encode(), int(response["status"]["code"])


def from_har(content: bytes) -> tuple[bytes, int] | None:
    """The first response of a HAR, or of one of its entries; None for other JSON."""
    recorded = json.loads(content)
    if not isinstance(recorded, dict):
        return None
    entry = recorded["log"]["entries"][0] if "log" in recorded else recorded
    response = entry.get("response")
    if not isinstance(response, dict) or "status" not in response:
        return None
    saved = response.get("content", {})
    text = saved.get("text", "")
    body = base64.b64decode(text) if saved.get("encoding") == "base64" else text.encode()
    return body, int(response["status"])


def read(row: Row) -> Profile:
    """The profile that is read in a row's answer."""
    body, status = answer_of(row)
    return read_page(row.address, body, status=status)


def verdict(name: str, expected: Any, profile: Profile) -> str:
    """'right', 'wrong' or 'unread' for one value that a person read in the page."""
    fact = getattr(profile, name)
    shown = getattr(fact, "value", fact)
    if shown is None:
        return "unread"
    if name in COUNTS:
        within = fact.low <= int(expected) <= fact.high
        return "right" if int(expected) == shown or (within and fact.low != fact.high) else "wrong"
    if name == "verified":
        return "right" if bool(expected) == shown else "wrong"
    if name == "rating":
        return "right" if abs(float(expected) - shown) < 0.05 else "wrong"
    if name == "website":
        one, other = bare_address(str(shown)), bare_address(str(expected).split(" (")[0])
        return "right" if one == other or other in one else "wrong"
    one, other = folded(str(shown)).lstrip("@"), folded(str(expected)).lstrip("@")
    same = one == other or (name == "name" and (one.startswith(other) or other.startswith(one)))
    return "right" if same else "wrong"


def folded(text: str) -> str:
    """Text without differences of width, case and white space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def bare_address(text: str) -> str:
    """An address without scheme, `www.`, query and final slash."""
    return re.sub(r"^(?:https?:)?(?://)?(?:www\.)?", "", text).split("?")[0].rstrip("/").casefold()


def values_of(row: Row) -> dict[str, Any]:
    """The values of a row that can be compared: shown, and not lists."""
    return {
        name: WHOLE_NUMBERS.get((row.file, name), row.truth[name])
        for name in (*COUNTS, *WORDS)
        if row.truth.get(name) is not None and not isinstance(row.truth[name], list | dict)
    }


ROWS = rows_of_the_index()
SHOWN_ROWS = [row for row in ROWS if row.kind in SHOWN and row.platform != "website"]
REFUSED_ROWS = [row for row in ROWS if row.kind in REFUSED]
CONTENT_ROWS = [row for row in ROWS if row.kind in CONTENT and row.platform != "website"]

if ROWS:  # without the corpus there is nothing to test, and nothing is skipped

    @pytest.mark.parametrize("row", SHOWN_ROWS, ids=lambda row: row.file)
    def test_no_value_of_a_real_page_is_read_wrong(row: Row) -> None:
        """Each value is what a person read, or is left out; a count that is not shown stays empty."""
        profile = read(row)
        wrong = {
            name: (expected, getattr(profile, name))
            for name, expected in values_of(row).items()
            if verdict(name, expected, profile) == "wrong"
        }
        invented = {
            name: getattr(profile, name)
            for name in COUNTS[:3]
            if name in row.truth and row.truth[name] is None and getattr(profile, name) is not None
        }
        assert {} == wrong
        assert {} == invented

    @pytest.mark.parametrize("row", REFUSED_ROWS, ids=lambda row: row.file)
    def test_a_real_refusal_is_known_for_what_it_is(row: Row) -> None:
        """A page of a missing or suspended account, a login page, a bot check has its state and is no profile."""
        profile = read(row)
        assert profile.state in REFUSED[row.kind]
        assert profile.reason

    @pytest.mark.parametrize("row", CONTENT_ROWS, ids=lambda row: row.file)
    def test_a_real_page_of_something_else_is_nobody_elses_profile(row: Row) -> None:
        """A post, a video, a feed says at most whose it is; figures of others on it are not read."""
        profile = read(row)
        wrong = {name for name, expected in values_of(row).items() if verdict(name, expected, profile) == "wrong"}
        invented = {name for name in COUNTS if name not in row.truth and getattr(profile, name) is not None}
        hidden = {name for name in COUNTS if name in row.truth and not row.truth[name] and getattr(profile, name)}
        assert set() == wrong | invented | hidden

    def test_nearly_all_values_of_real_pages_are_read() -> None:
        """At least 97 of a hundred; the table says where the rest is missing, and how the refusals are known."""
        counted: dict[str, Counter[str]] = {}
        for row in SHOWN_ROWS:
            profile = read(row)
            results = [verdict(name, expected, profile) for name, expected in values_of(row).items()]
            counted.setdefault(row.platform, Counter()).update(results)
        for row in REFUSED_ROWS:
            known = read(row).state in REFUSED[row.kind]
            counted.setdefault(row.platform, Counter()).update(["refused", "known"] if known else ["refused"])
        print("\nplatform      values   read  wrong  refusals  known")
        for platform, results in sorted(counted.items()):
            values = sum(results[name] for name in ("right", "wrong", "unread"))
            print(
                f"{platform:12} {values:7} {results['right']:6} {results['wrong']:6}"
                f" {results['refused']:9} {results['known']:6}"
            )
        total = sum(counted.values(), Counter())
        assert total["right"] >= 0.97 * (total["right"] + total["wrong"] + total["unread"])

    def test_real_pages_give_the_companys_own_accounts_and_nearly_nothing_else() -> None:
        """Of a hundred links named as own at least 99 are, 96 of a hundred accounts are found, and nine pages of ten
        are without any mistake."""
        counted = link_truth.count()
        print("\n" + counted.table())

        assert counted.precision >= 0.99, counted.table()
        assert counted.recall >= 0.96, counted.table()
        assert counted.exact >= 0.9, counted.table()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.facebook.com/pages/Torre/Ente-Fiera/12345678?ref=nf", "https://facebook.com/12345678"),
        ("https://fr-fr.facebook.com/lupo.birra/", "http://www.facebook.com/lupobirra"),
        ("https://twitter.com/#!/lupo?ref=x", "https://x.com/Lupo"),
        ("//www.pinterest.de/lupo/_created/", "https://www.pinterest.com/lupo"),
        ("http://www.youtube.com/user/Lupo/videos", "https://youtube.com/lupo"),
    ],
)
def test_spellings_of_one_account_are_one(one: str, other: str) -> None:
    """What the comparison rests on."""
    assert link_truth.account(one) == link_truth.account(other)

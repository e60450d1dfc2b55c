"""YouTube's channels in forty languages, drawn or as data, and what stands in a channel's place."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from audit.platforms.youtube import _day_in
from tests.shown_pages import page_of, read_shown

PAGE = "https://www.youtube.com/@acmecaffe"
NUMBER = "UCabcdefghijklmnopqrstuv"
ADDRESS = f"https://www.youtube.com/channel/{NUMBER}"
HEAD = f'<link rel="canonical" href="{ADDRESS}">'
META = {"og:title": "Acme Caffè", "og:type": "profile", "og:url": ADDRESS}
ABOUT = {"title": "Acme Caffè", "externalId": NUMBER, "vanityChannelUrl": "http://www.youtube.com/@acmecaffe"}
DATA = Path(__file__).parent / "data" / "channel_headers.tsv"


def channel(header: dict[str, Any], *, language: str = "en", alerts: tuple[str, ...] = ()) -> str:
    """A page with the data of a channel, or with errors in its place."""
    state: dict[str, Any] = {"header": header, "contents": {}}
    if alerts:
        state["alerts"] = [{"alertRenderer": {"type": "ERROR", "text": {"simpleText": words}}} for words in alerts]
    else:
        state["metadata"] = {"channelMetadataRenderer": ABOUT}
    return page_of(f"<script>var ytInitialData = {json.dumps(state)};</script>", title="YouTube", language=language)


def rows() -> list[dict[str, str]]:
    """Language, the two lines of the header, and the figures that a person reads in them."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}-{n}" for n, row in enumerate(ROWS)])
def test_the_header_is_read_in_its_language(row: dict[str, str]) -> None:
    """Subscribers and videos by their words, in the header of today and in the one before it."""
    followers, posts = (int(row[name]) if row[name] else None for name in ("followers", "posts"))
    texts = [text for text in (row["first"], row["second"]) if text]
    lines = [{"metadataParts": [{"text": {"content": text}} for text in texts]}]
    view: dict[str, Any] = {"title": {"dynamicTextViewModel": {"text": {"content": "Acme Caffè"}}}}
    view["metadata"] = {"contentMetadataViewModel": {"metadataRows": lines}}
    header = {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": view}}}
    expected = {"name": "Acme Caffè", "handle": "acmecaffe", "followers": followers, "posts": posts}
    assert expected == read_shown(PAGE, channel(header, language=row["language"]), expected)

    older = {"channelId": NUMBER, "title": "Acme Caffè", "subscriberCountText": {"simpleText": row["first"]}}
    if row["second"]:
        page = channel({"c4TabbedHeaderRenderer": older}, language=row["language"])
        assert {"followers": followers} == read_shown(PAGE, page, {"followers": followers})


LAYOUTS = {
    "today": (
        '<yt-page-header-view-model><h1>Acme Caffè</h1><div><span>@acmecaffe</span></div><div><span>12,3 mila iscritti'
        "</span><span>•</span><span>45 video</span></div></yt-page-header-view-model>"
    ),
    "2019 to 2024": (
        '<div id="channel-header"><yt-formatted-string id="channel-handle">@acmecaffe</yt-formatted-string>'
        '<yt-formatted-string id="subscriber-count">12.300 iscritti</yt-formatted-string>'
        '<yt-formatted-string id="videos-count"><span>45</span><span> video</span></yt-formatted-string></div>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_drawn_channel_is_read_without_its_data(layout: str) -> None:
    """The head of the channel; the suggestions below it have subscribers too."""
    body = f"{LAYOUTS[layout]}<div><a href='/@borea'>Borea</a><span>99 mila iscritti</span></div>"
    expected = {"name": "Acme Caffè", "handle": "acmecaffe", "followers": 12_300, "posts": 45}
    assert expected == read_shown(PAGE, page_of(body, meta=META, head=HEAD, language="it"), expected)


def test_a_channels_tab_of_2015_is_read() -> None:
    """Exact figures, and the day since when."""
    body = (
        '<div class="about-stats"><span class="about-stat"><b>12,345</b> subscribers</span><span class="about-stat">'
        ' &bull; <b>1,234,567</b> views</span><span class="about-stat">Joined Sep 11, 2012</span></div>'
    )
    expected = {"name": "Acme Caffè", "followers": 12_345, "views": 1_234_567, "created": "2012-09-11"}
    address = "https://www.youtube.com/user/acmecaffe/about"
    assert expected == read_shown(address, page_of(body, meta=META, head=HEAD), expected)


def test_the_api_of_before_2015_is_read() -> None:
    """An entry of Atom, whose figures stand in attributes."""
    entry = (
        '<?xml version="1.0"?><entry xmlns:yt="http://gdata.youtube.com/schemas/2007"><title>Acme Caffè</title>'
        "<yt:username>acmecaffe</yt:username>"
        '<yt:statistics subscriberCount="12345" totalUploadViews="1234567"/></entry>'
    )
    expected = {"name": "Acme Caffè", "handle": "acmecaffe", "followers": 12_345, "views": 1_234_567}
    assert expected == read_shown("https://gdata.youtube.com/feeds/api/users/acmecaffe", entry, expected)


DAYS = {
    "Joined Sep 11, 2015": "en", "Iscrizione: 11 set 2015": "it", "Se unió el 11 sept 2015": "es",
    "Actif depuis le 11 sept. 2015": "fr", "Seit 11.09.2015": "de", "Aderiu a 11/09/2015": "pt",
    "Lid geworden op 11 sep 2015": "nl", "Data dołączenia: 11 wrz 2015": "pl",
    "Дата регистрации: 11 сент. 2015 г.": "ru",
    "Katılma tarihi: 11 Eyl 2015": "tr", "2015/09/11 に登録": "ja", "가입일: 2015. 9. 11.": "ko",
    "2015年9月11日注册": "zh",
    "Đã tham gia 11 thg 9, 2015": "vi", "Liittynyt 11.9.2015": "fi", "Datum registrace: 11. 9. 2015": "cs",
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_the_day_of_opening_is_read_in_its_language(text: str) -> None:
    """In numbers or in words, whichever comes first in them."""
    assert "2015-09-11" == str(_day_in(text, DAYS[text]))


def test_a_day_that_may_be_a_month_is_not_read() -> None:
    """Where the language is not known, or is that of America and of Britain."""
    assert _day_in("Joined 11/09/2015", "") is None
    assert _day_in("Joined 11/09/2015", "en") is None
    assert "2015-09-23" == str(_day_in("Joined 23/09/2015", ""))


ALERTS = {
    "missing": (
        "This channel does not exist.", "Questo canale non esiste.", "Este canal no existe.",
        "Dieser Kanal existiert nicht.",
        "このチャンネルは存在しません。", "Такого канала не существует.", "هذه القناة غير موجودة.",
        "यह चैनल मौजूद नहीं है.",
    ),
    "gone": (
        "This channel was removed because it violated our Community Guidelines.", "Ce compte a été résilié",
        "Questo account è stato chiuso perché viola i Termini di servizio.", "Dieses Konto wurde gekündigt",
        "Esta conta foi encerrada", "このアカウントは停止されています", "Аккаунт заблокирован", "تم إنهاء هذا الحساب",
    ),
    "private": ("This channel is not available in your country.", "Denne kanal er ikke tilgængelig."),
}  # fmt: skip


@pytest.mark.parametrize(("state", "words"), [(state, words) for state, all_ in ALERTS.items() for words in all_])
def test_an_error_in_a_channels_place_is_understood(state: str, words: str) -> None:
    """Never there, closed, or not shown here; in words not known: not shown."""
    page = channel({"c4TabbedHeaderRenderer": {"channelId": NUMBER}}, alerts=(words,))
    assert {"state": state} == read_shown(PAGE, page, {"state": state})


def test_an_error_of_a_page_of_2015_is_understood() -> None:
    """It stands in a box above an empty page."""
    box = '<div class="yt-alert-message">This account has been terminated.</div>'
    body = f'<div class="yt-alert yt-alert-error">{box}</div>'
    assert {"state": "gone"} == read_shown("https://www.youtube.com/user/acmecaffe", page_of(body), {"state": ""})


def video(base: str) -> str:
    """The page of a video, whose owner's address is `base`."""
    owner = {
        "title": {"runs": [{"text": "Acme Caffè"}]},
        "subscriberCountText": {"simpleText": "5M subscribers"},
        "navigationEndpoint": {"browseEndpoint": {"browseId": NUMBER, "canonicalBaseUrl": base}},
    }
    state = {"contents": {"results": [{"videoOwnerRenderer": owner}]}}
    return page_of(f"<script>var ytInitialData = {json.dumps(state)};</script>", title="Coffee - YouTube")


OWNERS = {
    ("https://www.youtube.com/c/AcmeCaffe", "/@borea"): None,
    ("https://www.youtube.com/c/AcmeCaffe", "/c/Borea"): None,
    ("https://www.youtube.com/user/acmecaffe", "/c/AcmeCaffe"): None,
    ("https://www.youtube.com/c/AcmeCaffe", "/c/acmecaffe"): 5_000_000,
    ("https://www.youtube.com/user/acmecaffe", "/user/acmecaffe"): 5_000_000,
    ("https://www.youtube.com/acmecaffe", "/c/acmecaffe"): 5_000_000,
    ("https://www.youtube.com/@acmecaffe", "/@acmecaffe"): 5_000_000,
    ("https://www.youtube.com/@acmecaffe", "/@borea"): None,
}


@pytest.mark.parametrize(("address", "base"), OWNERS, ids=str)
def test_the_owner_of_a_video_is_the_channel_that_it_is_named_as(address: str, base: str) -> None:
    """By the name of before handles too: any other owner is another channel."""
    followers = OWNERS[address, base]
    state, name = ("observed", "Acme Caffè") if followers else ("shell", None)
    expected = {"state": state, "name": name, "followers": followers}
    assert expected == read_shown(address, video(base), expected)


OLD_NAMES = {
    "http://www.youtube.com/c/Borea": "shell",
    "http://www.youtube.com/c/AcmeCaffe": "observed",
    "http://www.youtube.com/user/acmetube": "observed",
    "http://www.youtube.com/@acme-official": "observed",
}


@pytest.mark.parametrize("own", OLD_NAMES)
def test_a_channel_with_another_old_name_is_another(own: str) -> None:
    """Where a page gives itself a name of the kind that was asked for; a handle can have had any."""
    state = {"metadata": {"channelMetadataRenderer": {"title": "Acme Caffè", "externalId": NUMBER, "ownerUrls": [own]}}}
    page = page_of(f"<script>var ytInitialData = {json.dumps(state)};</script>", title="YouTube", head=HEAD)
    expected = {"state": OLD_NAMES[own]}
    assert expected == read_shown("https://www.youtube.com/c/AcmeCaffe", page, expected)


def test_a_page_without_its_data_with_another_old_name_is_another() -> None:
    """As it gives itself."""
    meta = {"og:title": "Borea", "og:url": "https://www.youtube.com/c/Borea"}
    expected = {"state": "shell", "name": None}
    assert expected == read_shown("https://www.youtube.com/c/AcmeCaffe", page_of(meta=meta), expected)

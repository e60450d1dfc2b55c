"""The sentences in which Facebook, LinkedIn and YouTube print their figures, in many languages."""

from __future__ import annotations

import html
import json

import pytest

from audit.models import CountFact, Profile
from audit.platforms import read_page

FACEBOOK = [
    # language, description, likes, followers
    ("en", "Aurora. 351 likes · 135 talking about this. Blogger", 351, None),
    ("en", "Likewise Studio 54. 12,345 likes. Founded in 1999", 12_345, None),
    ("en", "Aurora. 14,055 followers · 12 following", None, 14_055),
    ("it", "Aurora, Torino. Mi piace: 13.952 · 271 persone ne parlano", 13_952, None),
    ("it", "Bar 54, Roma. Mi piace: 1.234 · 1.300 follower", 1_234, 1_300),
    ("es", "Aurora. 974.179 seguidores · 17.980 personas están hablando de esto", None, 974_179),
    ("es", "Aurora. 13 Me gusta · 1 personas están hablando de esto", 13, None),
    ("fr", "Aurora, Paris. 1 234 J’aime · 56 en parlent · 78 personnes étaient ici.", 1_234, None),
    ("de", "Aurora. Gefällt 1.234 Mal · 56 Personen sprechen darüber", 1_234, None),
    ("de", "Aurora. 1.234 „Gefällt mir“-Angaben · 3 Personen", 1_234, None),
    ("pt", "Aurora. 1.234 curtidas · 56 falando sobre isso", 1_234, None),
    ("ru", 'Aurora. Отметки "Нравится": 1 234 · обсуждают 5', 1_234, None),
    ("ja", "オーロラ. 「いいね！」1,234件 · 話題にしている人56人", 1_234, None),
    ("ko", "오로라. 좋아하는 사람 1,234명", 1_234, None),
    ("en", "I like pizza. 44 check-ins", None, None),
    ("en", "Aurora. 1999 was the year we began. Follow us", None, None),
]
LINKEDIN = [
    ("en", "Aurora | 5,750 followers on LinkedIn. Coffee."),
    ("it", "Aurora | 5750 follower su LinkedIn. | Torrefazione"),
    ("de", "Aurora | 5.750 Follower:innen auf LinkedIn. Kaffee."),
    ("fr", "Aurora | 5 750 abonnés sur LinkedIn. Café"),
    ("es", "Aurora | 5.750 seguidores en LinkedIn. Café"),
    ("tr", "Aurora | LinkedIn’de 5.750 takipçi. Kahve"),
    ("cs", "Aurora | Sledující uživatelé na LinkedIn: 5 750. Káva"),
    ("ja", "Aurora | LinkedInのフォロワー5,750人。"),
    ("zh", "Aurora | 领英上有 5,750 位关注者。"),
    ("ar", "Aurora | \u200f5,750\u200f من المتابعين على LinkedIn."),
]
YOUTUBE = [
    # parts of the header, subscribers (value, high), videos; the answer does not say its language
    (["24.6K subscribers", "337 videos"], (24_600, 24_699), 337),
    (["1,23 Mln di iscritti", "1.234 video"], (1_230_000, 1_239_999), 1_234),
    (["12,3 mila iscritti", "1 video"], (12_300, 12_399), 1),
    (["12.300 iscritti", "12 video"], (12_300, 12_399), 12),
    (["구독자 37.5만명", "동영상 291개"], (375_000, 375_999), 291),
    (["チャンネル登録者数 12.3万人", "1,234 本の動画"], (123_000, 123_999), 1_234),
    (["24,6 тыс. подписчиков", "337 видео"], (24_600, 24_699), 337),
    (["1,23 mil. odběratelů", "3 videa"], (1_230_000, 1_239_999), 3),
    (["1 subscriber", "No videos"], (1, 1), 0),
    (["337 videos"], None, 337),
    (["24.6K subscribers"], (24_600, 24_699), None),
]


def value(fact: CountFact | None) -> int | None:
    """The number of a fact."""
    return None if fact is None else fact.value


def page_with(language: str, title: str, description: str) -> bytes:
    """A page with nothing but what it says for sharing."""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta property="og:title" content="{html.escape(title)}">'
        f'<meta property="og:description" content="{html.escape(description)}"></head></html>'
    ).encode()


@pytest.mark.parametrize(("language", "sentence", "likes", "followers"), FACEBOOK)
def test_a_facebook_sentence(language: str, sentence: str, likes: int | None, followers: int | None) -> None:
    """A number counts only beside its label, before or after it; no label, no number."""
    name = sentence.split(".")[0].split(",")[0]
    profile = read_page("https://www.facebook.com/aurora", page_with(language, name, sentence))
    assert (likes, followers) == (value(profile.likes), value(profile.followers))


@pytest.mark.parametrize(("language", "sentence"), LINKEDIN)
def test_a_linkedin_sentence(language: str, sentence: str) -> None:
    """5,750 followers, however the language writes them."""
    page = page_with(language, "Aurora | LinkedIn", sentence)
    profile = read_page("https://www.linkedin.com/company/aurora", page)
    assert value(profile.followers) == 5_750


@pytest.mark.parametrize(("parts", "subscribers", "videos"), YOUTUBE)
def test_a_youtube_header(parts: list[str], subscribers: tuple[int, int] | None, videos: int | None) -> None:
    """The words say which figure it is; a hidden one stays empty and does not shift the other."""
    profile = header_profile(parts)
    followers = profile.followers
    assert subscribers == (None if followers is None else (followers.value, followers.high))
    assert videos == value(profile.posts)


def header_profile(parts: list[str]) -> Profile:
    """What is read of a channel's answer with these parts in its header."""
    rows = [{"metadataParts": [{"text": {"content": text}} for text in ["@aurora", *parts]]}]
    view = {
        "title": {"dynamicTextViewModel": {"text": {"content": "Aurora"}}},
        "metadata": {"contentMetadataViewModel": {"metadataRows": rows}},
    }
    answer = {
        "header": {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": view}}},
        "metadata": {"channelMetadataRenderer": {"title": "Aurora", "externalId": "UCaurora0000000000000001"}},
    }
    return read_page("https://www.youtube.com/youtubei/v1/browse", json.dumps(answer).encode())

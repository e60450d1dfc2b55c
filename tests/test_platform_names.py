"""What companies call themselves: names with figures, brackets and dividers, on the pages of many networks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from shown_pages import page_of, read_shown

NAMES = (
    "7-Eleven",
    "AT&T",
    'Café "Roma"',
    "100 Followers",
    "5 likes Coffee",
    "Studio 54, 12 Posts",
    "Le 10 Likes · 3",
    "The 5 Followers, 3 Following, 2 Posts Band",
    "50K Coffee",
    "2 M Seguidores",
    "Mi piace: 7",
    "1,234",
    "(3) Acme",
    "Acme (Italia)",
    "Acme: Caffè",
    "Acme - Milano",
    "Acme • Caffè",
    "Acme, Inc.",
    "St. Louis Bar",
    "H&M <3",
    "Yahoo!",
    "Acme on TikTok",
    "Acme / X",
    "株式会社アクメ",
    "أكمي",
    "Акме 24",
)


def _facebook(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.facebook.com/acmecaffe"
    said = f"{name}. 1,234 likes · 56 talking about this. Coffee"
    meta = {"og:title": name, "og:url": url, "og:description": said}
    return url, page_of(title=f"{name} | Facebook", meta=meta), {"likes": 1234, "followers": None}


def _facebook_drawn(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.facebook.com/acmecaffe"
    body = (
        f"<div><div><h1>{escape(name)}</h1></div>"
        "<div><span>12K likes</span><span> • </span><span>13K followers</span></div></div>"
    )
    page = page_of(body, title=name, meta={"og:title": name, "og:url": url})
    return url, page, {"likes": 12_000, "followers": 13_000}


def _instagram(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.instagram.com/acmecaffe/"
    title = f"{name} (@acmecaffe) • Instagram photos and videos"
    said = f"2,362 Followers, 136 Following, 224 Posts - See Instagram photos and videos from {name} (@acmecaffe)"
    page = page_of(title=title, meta={"og:title": title, "og:url": url, "og:description": said})
    return url, page, {"followers": 2362, "following": 136, "posts": 224}


def _instagram_without_figures(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.instagram.com/acmecaffe/"
    title = f"{name} (@acmecaffe) • Instagram photos and videos"
    said = f"See Instagram photos and videos from {name} (@acmecaffe)"
    page = page_of(title=title, meta={"og:title": title, "og:url": url, "og:description": said})
    return url, page, {"followers": None, "following": None, "posts": None}


def _x(name: str) -> tuple[str, str, dict[str, Any]]:
    page = page_of(title=f"{name} (@acmecaffe) / X", meta={"og:title": f"{name} (@acmecaffe) on X"})
    return "https://x.com/acmecaffe", page, {"followers": None}


def _linkedin(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.linkedin.com/company/acme"
    said = f"{name} | 5,750 followers on LinkedIn. Coffee"
    title = f"{name} | LinkedIn"
    page = page_of(title=title, meta={"og:title": title, "og:url": url, "og:description": said})
    return url, page, {"followers": 5750}


def _snapchat(name: str) -> tuple[str, str, dict[str, Any]]:
    body = f"<div><h1>{escape(name)}</h1><h4>@acme</h4><div>757.8K Subscribers</div></div>"
    return "https://www.snapchat.com/@acme", page_of(body, title=f"{name} (@acme) | Snapchat"), {"followers": 757_800}


def _threads(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.threads.com/@acme"
    title = f"{name} (@acme) • Threads, Say more"
    said = f"1,234 Followers • 56 Threads • {name}. See the latest conversations with @acme."
    page = page_of(title=title, meta={"og:title": title, "og:url": url, "og:description": said})
    return url, page, {"followers": 1234, "posts": 56}


def _tiktok(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.tiktok.com/@acme"
    title = f"{name} (@acme) | TikTok"
    said = (
        f"{name} (@acme) on TikTok | 3.9M Likes. 783.4K Followers. {name}. Watch the latest video from {name} (@acme)."
    )
    page = page_of(title=title, meta={"og:title": title, "og:url": url, "og:description": said})
    return url, page, {"followers": 783_400, "likes": 3_900_000}


def _pinterest(name: str) -> tuple[str, str, dict[str, Any]]:
    url = "https://www.pinterest.com/acme/"
    meta = {"og:title": f"{name} (acme)", "og:url": url, "pinterestapp:followers": "123", "pinterestapp:pins": "5"}
    return url, page_of(title=f"{name} (acme) - Profile | Pinterest", meta=meta), {"followers": 123, "posts": 5}


def _telegram(name: str) -> tuple[str, str, dict[str, Any]]:
    body = (
        f'<div class="tgme_page_title"><span>{escape(name)}</span></div>'
        '<div class="tgme_page_extra">12 345 subscribers</div>'
    )
    page = page_of(body, title="Telegram: View @acmecaffe", meta={"og:title": name})
    return "https://t.me/acmecaffe", page, {"followers": 12_345}


def _whatsapp(name: str) -> tuple[str, str, dict[str, Any]]:
    title = f"{name} | WhatsApp Channel"
    said = f"{name} WhatsApp Channel. Coffee. 1.2K followers"
    body = f"<div><h3>{escape(name)}</h3><h5>Channel | 1.2K followers</h5></div>"
    page = page_of(body, title=title, meta={"og:title": title, "og:description": said})
    return "https://www.whatsapp.com/channel/0029VaAcmeCaffe1961xYzAB", page, {"followers": 1200}


def _youtube(name: str) -> tuple[str, str, dict[str, Any]]:
    body = (
        f"<yt-page-header-view-model><h1>{escape(name)}</h1><span>@acme</span>"
        "<div><span>12.3K subscribers</span><span>•</span><span>45 videos</span></div></yt-page-header-view-model>"
    )
    head = '<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">'
    page = page_of(body, title=f"{name} - YouTube", meta={"og:title": name, "og:type": "profile"}, head=head)
    return "https://www.youtube.com/@acme", page, {"followers": 12_300, "posts": 45}


PAGES: dict[str, Callable[[str], tuple[str, str, dict[str, Any]]]] = {
    "facebook": _facebook,
    "facebook, drawn": _facebook_drawn,
    "instagram": _instagram,
    "instagram without figures": _instagram_without_figures,
    "x": _x,
    "linkedin": _linkedin,
    "snapchat": _snapchat,
    "threads": _threads,
    "tiktok": _tiktok,
    "pinterest": _pinterest,
    "telegram": _telegram,
    "whatsapp": _whatsapp,
    "youtube": _youtube,
}


@pytest.mark.parametrize("network", PAGES)
def test_a_name_is_read_whole_and_never_as_a_figure(network: str) -> None:
    """Digits, brackets and words such as "followers" in a company's name belong to the name alone."""
    expected, read = {}, {}
    for name in NAMES:
        url, page, figures = PAGES[network](name)
        expected[name] = {"name": name, **figures}
        read[name] = read_shown(url, page, expected[name])
    assert expected == read

"""Answers and drawn pages of networks whose page for people is read by its data: as older interfaces and browsers
gave them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.shown_pages import page_of, read_shown

ARTIST = "https://open.spotify.com/artist/1gR0gsQYfi6joyO1dlp76N"
MUSIC = "https://soundcloud.com/acmecaffe"
FIRM = "https://www.trustpilot.com/review/acme.example"
READ: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "a community's feed": (
        "https://www.reddit.com/r/acmecaffe/.rss",
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Acme Caffè</title><link rel="alternate" '
        'href="https://www.reddit.com/r/acmecaffe/"/><entry><title>Ciao</title></entry></feed>',
        {"name": "Acme Caffè", "handle": "r/acmecaffe", "followers": None},
    ),
    "a musician's record": (
        "https://api-v2.soundcloud.com/users/1",
        {"kind": "user", "permalink": "acmecaffe", "username": "Acme Caffè", "followers_count": 757, "track_count": 23},
        {"name": "Acme Caffè", "handle": "acmecaffe", "followers": 757, "posts": 23},
    ),
    "a musician's page, drawn": (
        MUSIC,
        page_of(
            '<h2 class="profileHeaderInfo__userName">Acme Caffè</h2>'
            '<a class="infoStats__statLink" title="12,345 followers" href="/acmecaffe/followers"><div>12.3K</div></a>'
            '<a class="infoStats__statLink" title="23 tracks" '
            'href="/acmecaffe/tracks"><div>23</div></a>',
            head=f'<link rel="canonical" href="{MUSIC}">',
        ),
        {"name": "Acme Caffè", "followers": 12_345, "following": None, "posts": 23},
    ),
    "a photographer's record": (
        "https://api.flickr.com/services/rest/?method=flickr.people.getInfo&format=json",
        {"person": {"nsid": "1@N00", "path_alias": "acmecaffe", "username": {"_content": "Acme Caffè"},
                    "photos": {"count": {"_content": 618}}}, "stat": "ok"},
        {"name": "Acme Caffè", "handle": "acmecaffe", "posts": 618},
    ),
    "a photographer's record in XML": (
        "https://api.flickr.com/services/rest/?method=flickr.people.getInfo",
        '<?xml version="1.0"?><rsp stat="ok"><person nsid="1@N00" path_alias="acmecaffe">'
        "<username>Acme Caffè</username>"
        "<photos><count>618</count></photos></person></rsp>",
        {"name": "Acme Caffè", "handle": "acmecaffe", "posts": 618},
    ),
    "a photographer's page in Spanish": (
        "https://www.flickr.com/photos/acmecaffe/",
        page_of(
            '<h1>Acme Caffè</h1><p class="followers">359 Seguidores<em>•</em><a href="#">209 Siguiendo</a></p>'
            '<p class="photo-count">618 Fotos</p>',
            head='<link rel="canonical" href="https://www.flickr.com/photos/acmecaffe/">', language="es",
        ),
        {"name": "Acme Caffè", "followers": 359, "following": 209, "posts": 618},
    ),
    "a designer's record": (
        "https://api.dribbble.com/v1/users/acmecaffe",
        {"username": "acmecaffe", "name": "Acme Caffè", "followers_count": 10_472, "followings_count": 488,
         "likes_count": 1258, "shots_count": 24, "links": {"web": "https://acme.example"}},
        {"name": "Acme Caffè", "handle": "acmecaffe", "followers": 10_472, "posts": 24, "website": "https://acme.example"},
    ),
    "a publication's title": (
        "https://acmecaffe.substack.com/",
        page_of(
            meta={"og:title": "Acme Caffè | Substack", "og:url": "https://acmecaffe.substack.com/"},
            head='<link rel="canonical" href="https://acmecaffe.substack.com/">',
        ),
        {"name": "Acme Caffè", "followers": None},
    ),
    "a blog's title": (
        "https://www.tumblr.com/acmecaffe",
        page_of(meta={"og:title": "Acme Caffè (@acmecaffe) on Tumblr", "og:url": "https://www.tumblr.com/acmecaffe"}),
        {"name": "Acme Caffè", "handle": "acmecaffe"},
    ),
    "an artist's record": (
        "https://api.spotify.com/v1/artists/1gR0gsQYfi6joyO1dlp76N",
        {"uri": "spotify:artist:1gR0gsQYfi6joyO1dlp76N", "name": "Acme Caffè", "followers": {"total": 12_345}},
        {"name": "Acme Caffè", "handle": "1gR0gsQYfi6joyO1dlp76N", "followers": 12_345},
    ),
    "listeners are no followers": (
        ARTIST,
        page_of(meta={"og:title": "Acme Caffè", "og:url": ARTIST, "og:description": "Artist · 2M monthly listeners."}),
        {"name": "Acme Caffè", "followers": None},
    ),
    "a film maker's record": (
        "https://vimeo.com/api/v2/acmecaffe/info.json",
        {"display_name": "Acme Caffè", "profile_url": "https://vimeo.com/acmecaffe", "total_videos_uploaded": 12,
         "url": "https://acme.example", "created_on": "2010-01-01 00:00:00"},
        {"name": "Acme Caffè", "handle": "acmecaffe", "posts": 12, "website": "https://acme.example"},
    ),
    "a blog's record in XML": (
        "https://acmecaffe.tumblr.com/api/read?num=0",
        '<?xml version="1.0" encoding="UTF-8"?><tumblr version="1.0"><tumblelog name="acmecaffe" title="Acme Caffè">'
        'Coffee</tumblelog><posts start="0" total="1234"></posts></tumblr>',
        {"name": "Acme Caffè", "handle": "acmecaffe", "posts": 1234},
    ),
    "an author's page as data": (
        "https://medium.com/@acmecaffe?format=json",
        "])}while(1);</x>" + json.dumps({"payload": {
            "user": {"userId": "1", "username": "acmecaffe", "name": "Acme Caffè"},
            "references": {"SocialStats": {"1": {"usersFollowedByCount": 12_345, "usersFollowedCount": 6},
                                           "2": {"usersFollowedByCount": 99}}},
        }}),
        {"name": "Acme Caffè", "handle": "acmecaffe", "followers": 12_345, "following": 6},
    ),
    "a firm's page, drawn": (
        FIRM,
        page_of(
            '<div id="business-unit-title"><h1><span>Acme Caffè</span></h1><span>1,234 reviews</span></div>'
            '<p data-rating-typography="true">4.3</p><div><span>17 reviews</span></div>',
            head=f'<link rel="canonical" href="{FIRM}">',
        ),
        {"name": "Acme Caffè", "handle": "acme.example", "rating": 4.3, "reviews": 1234},
    ),
    "a firm without reviews, drawn": (
        FIRM,
        page_of(
            '<div id="business-unit-title"><h1><span>Acme Caffè</span></h1></div>'
            '<p data-rating-typography="true">5</p>',
            head=f'<link rel="canonical" href="{FIRM}">',
        ),
        {"name": "Acme Caffè", "rating": None, "reviews": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_an_answer_or_a_drawn_page_is_read(kind: str) -> None:
    """The account that it names, with its own figures."""
    address, answer, figures = READ[kind]
    expected = {"state": "observed"} | figures
    assert expected == read_shown(address, answer, expected)


REFUSED: dict[str, tuple[str, Any, int, str]] = {
    "no artist": (
        "https://api.spotify.com/v1/artists/x",
        {"error": {"status": 404, "message": "non existing id"}}, 404, "missing",
    ),
    "no key": (
        "https://api.spotify.com/v1/artists/x", {"error": {"status": 403, "message": "No token"}}, 403, "no_credential",
    ),
    "private community": (
        "https://www.reddit.com/r/acmecaffe/about.json", {"reason": "private", "error": 403}, 403, "private",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_an_error_is_understood(kind: str) -> None:
    """By its words or its number."""
    address, answer, status, state = REFUSED[kind]
    assert {"state": state} == read_shown(address, answer, {"state": state}, status=status)

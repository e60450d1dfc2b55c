"""Pages of what an account has published, of groups, events and boards: they have figures, none the account's."""

from __future__ import annotations

import pytest

from tests.shown_pages import island, page_of, read_shown

FIGURES = {"followers": None, "following": None, "posts": None, "likes": None, "rating": None, "reviews": None}
FACEBOOK, TIKTOK = "https://www.facebook.com/", "https://www.tiktok.com/@acmecaffe/video/7100000000000000000"
INSTAGRAM, PINTEREST = "https://www.instagram.com/", "https://www.pinterest.com/"
VIDEO = {
    "itemInfo": {
        "itemStruct": {
            "id": "7100000000000000000", "author": {"uniqueId": "acmecaffe", "nickname": "Acme Caffè"},
            "authorStats": {"followerCount": 783_400}, "stats": {"diggCount": 3},
        }
    }
}  # fmt: skip
# Address, title for sharing, description, body.
PAGES: dict[str, tuple[str, str, str, str]] = {
    "facebook, post": (f"{FACEBOOK}acmecaffe/posts/pfbid02abc", "Acme Caffè", "Ciao! 12 likes. 5,000 followers", ""),
    "facebook, photo": (f"{FACEBOOK}acmecaffe/photos/a.1/2/", "Acme Caffè", "15 likes, 1 comment. Ciao", ""),
    "facebook, group": (f"{FACEBOOK}groups/coffee", "Coffee lovers", "Coffee lovers. 12,345 likes", ""),
    "facebook, event": (f"{FACEBOOK}events/123", "Coffee day", "Event in Milan by Acme Caffè. 12 likes", ""),
    "instagram, post": (
        f"{INSTAGRAM}p/AbC/", 'Acme Caffè on Instagram: "Ciao"', "12K likes, 300 comments - acmecaffe: 9 followers", "",
    ),
    "instagram, tag": (f"{INSTAGRAM}explore/tags/coffee/", "#coffee • Instagram", "1M posts - discover photos", ""),
    "tiktok, video": (TIKTOK, "Acme Caffè (@acmecaffe)’s video", "1234 Likes, 56 Comments. 5M Followers", ""),
    "tiktok, data of a video": (
        TIKTOK, "Ciao", "",
        island({"__DEFAULT_SCOPE__": {"webapp.video-detail": VIDEO}}, 'id="__UNIVERSAL_DATA_FOR_REHYDRATION__"'),
    ),
    "pinterest, board": (f"{PINTEREST}acmecaffe/moka/", "Moka", "See 6 pins on this board", ""),
    "linkedin, post": (
        "https://www.linkedin.com/posts/acme-caffe_x-activity-7379000000000000000-abcd", "Ciao | Acme Caffè",
        "Acme Caffè | 5,750 followers on LinkedIn", "",
    ),
    "linkedin, person": (
        "https://www.linkedin.com/in/mario-rossi", "Mario Rossi - Acme Caffè | LinkedIn", "500+ connections", "",
    ),
    "threads, post": (
        "https://www.threads.com/@acme.caffe/post/C1", "Acme Caffè (@acme.caffe) on Threads", "Ciao • 12 followers", "",
    ),
    "mastodon, post": (
        "https://mastodon.social/@acmecaffe/109", "Acme Caffè (@acmecaffe@mastodon.social)", "Ciao, 5 posts, 6 others",
        "",
    ),
    "telegram, post": ("https://t.me/acmecaffe/11", "Acme Caffè", "Ciao 12 subscribers", '<p class="tgme_page"></p>'),
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_what_an_account_has_published_has_no_figures_of_the_account(kind: str) -> None:
    """Likes, followers and members of a post, a group, a board are theirs alone."""
    address, title, description, body = PAGES[kind]
    meta = {"og:title": title, "og:url": address, "og:description": description}
    assert FIGURES == read_shown(address, page_of(body, title=title, meta=meta), FIGURES)


@pytest.mark.parametrize("kind", PAGES)
def test_what_an_account_has_published_is_never_a_missing_account(kind: str) -> None:
    """The account is there: it has published."""
    address, title, description, body = PAGES[kind]
    meta = {"og:title": title, "og:url": address, "og:description": description}
    assert read_shown(address, page_of(body, title=title, meta=meta), {"state": ""})["state"] in ("observed", "shell")


def test_a_boards_followers_are_not_its_accounts() -> None:
    """The metadata of Pinterest's boards have the same names as those of its profiles."""
    address = f"{PINTEREST}acmecaffe/moka/"
    meta = {"og:title": "Moka", "og:url": address, "pinterestapp:followers": "55", "pinterestapp:pins": "6"}
    assert FIGURES == read_shown(address, page_of(meta=meta), FIGURES)

"""LinkedIn's pages for guests and for members, of ten years, its APIs' forms, and its wall in any language."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from tests.shown_pages import page_of, read_shown

PAGE = "https://www.linkedin.com/company/acme-caffe/"
API = "https://api.linkedin.com/v1/"
META = {"og:title": "Acme Caffè | LinkedIn", "og:url": PAGE}
COMPANY = {"universalName": "acme-caffe", "name": "Acme Caffè", "companyPageUrl": "http://acme.example"}
NUMBERED = "urn:li:fs_followingInfo:urn:li:company:123"
STATE = {
    "included": [
        COMPANY | {"entityUrn": "urn:li:fs_normalized_company:123", "followingInfo": NUMBERED},
        {"entityUrn": "urn:li:fs_followingInfo:urn:li:company:9", "followerCount": 77},
        {"entityUrn": NUMBERED, "followerCount": 5750},
    ]
}
WHO = {"state": "observed", "name": "Acme Caffè", "handle": "acme-caffe"}

LAYOUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "2014": (
        '<h1 class="name"><span>Acme Caffè</span></h1><p class="followers-count">5,750 followers</p>'
        '<li class="website">'
        '<h4>Website</h4><p><a href="/redir/redirect?url=x">http://acme.example</a></p></li><li class="industry">'
        "<h4>Industry</h4><p>Food</p></li>",
        {"followers": 5750, "website": "http://acme.example", "category": "Food"},
    ),
    "guest": (
        '<section class="top-card-layout"><h1 class="top-card-layout__title">Acme Caffè</h1><h3 class="'
        'top-card-layout__first-subline">Milan, Lombardy <span>5,750 followers</span></h3></section>',
        {"followers": 5750},
    ),
    "guest, rounded": (
        '<section class="top-card-layout"><h1 class="top-card-layout__title">Acme Caffè</h1><h3 class="'
        'top-card-layout__first-subline">Milan, Lombardy <span>6K followers</span></h3></section>',
        {"followers": 6000},
    ),
    "member": (
        '<h1 class="org-top-card-summary__title">Acme Caffè</h1><div class="org-top-card-summary-info-list__info-item">'
        'Milan</div><div class="org-top-card-summary-info-list__info-item">51K followers</div>',
        {"followers": 51_000},
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_head_of_a_page_is_read(layout: str) -> None:
    """Name and followers, in the layouts of ten years."""
    body, figures = LAYOUTS[layout]
    expected = {"state": "observed", "name": "Acme Caffè"} | figures
    assert expected == read_shown(PAGE, page_of(body, title="Acme Caffè: Overview | LinkedIn"), expected)


def test_a_members_page_carries_the_answers_it_was_made_of() -> None:
    """The company asked for, and the followers of its own number."""
    body = page_of(f'<code id="bpr-guid-1">{escape(json.dumps(STATE))}</code><h1>Acme Caffè</h1>', title="Acme Caffè")
    expected = WHO | {"followers": 5750, "website": "http://acme.example"}
    assert expected == read_shown(PAGE, body, expected)


ANSWERS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "site": ("https://www.linkedin.com/voyager/api/organization/companies?q=universalName", STATE, {"followers": 5750}),
    "site, nested": (
        "https://www.linkedin.com/voyager/api/organization/companies?q=universalName",
        {"elements": [COMPANY | {"followingInfo": {"followerCount": 5750}}]},
        {"followers": 5750, "website": "http://acme.example"},
    ),
    "json": (
        f"{API}companies/123:(id,name,universal-name,num-followers)",
        {"id": 123, "name": "Acme Caffè", "universalName": "acme-caffe", "numFollowers": 5750},
        {"followers": 5750},
    ),
    "xml": (
        f"{API}companies/123:(id,name,universal-name,num-followers)",
        "<?xml version='1.0'?><company><id>123</id><name>Acme Caffè</name><universal-name>acme-caffe</universal-name>"
        "<num-followers>5750</num-followers></company>",
        {"followers": 5750},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_is_read(kind: str) -> None:
    """Of the site's own interface and of the first API, JSON or XML."""
    address, answer, figures = ANSWERS[kind]
    expected = WHO | figures
    assert expected == read_shown(address, answer, expected)


def test_a_search_with_several_companies_is_about_none() -> None:
    """Which of them was meant, the answer does not say."""
    answer = "".join(f"<company><id>{n}</id><name>Acme {n}</name></company>" for n in (1, 2))
    answer = f"<?xml version='1.0'?><company-search><companies>{answer}</companies></company-search>"
    assert {"state": "shell"} == read_shown(f"{API}company-search?keywords=acme", answer, {"state": ""})


WALLS = (
    "Sign Up | LinkedIn", "LinkedIn: Log In or Sign Up", "Iscriviti | LinkedIn", "LinkedIn: accedi o iscriviti",
    "Registrarse | LinkedIn", "S’inscrire | LinkedIn", "Mitglied werden | LinkedIn", "Cadastre-se | LinkedIn",
    "Kaydol | LinkedIn", "Регистрация | LinkedIn", "サインイン | LinkedIn", "로그인 | LinkedIn", "注册 | 领英",
    "تسجيل الدخول | LinkedIn", "साइन अप करें | LinkedIn", "Zarejestruj się | LinkedIn", "Lid worden | LinkedIn",
)  # fmt: skip


@pytest.mark.parametrize("title", WALLS)
def test_the_wall_is_known_in_any_language(title: str) -> None:
    """Its title has the form of a company's; it gives no company's address for itself, and asks for a password."""
    form = '<form action="/uas/login-submit"><input type="password" name="session_password"></form>'
    assert {"state": "login_wall"} == read_shown(
        PAGE, page_of(form, title=title, meta={"og:title": title}), {"state": ""}
    )


def test_a_page_that_leads_to_the_wall_is_the_wall() -> None:
    """Whatever status it has been given."""
    script = '<script>window.location.href = "https://" + domain + "/authwall?trk=x&sessionRedirect=" + here;</script>'
    assert {"state": "login_wall"} == read_shown(PAGE, page_of(head=script), {"state": ""})
    assert {"state": "rate_limited"} == read_shown(PAGE, page_of(head=script), {"state": ""}, status=999)


MISSING = (
    "Page not found | LinkedIn", "Pagina non trovata | LinkedIn", "Página no encontrada | LinkedIn",
    "Seite nicht gefunden | LinkedIn", "ページが見つかりません | LinkedIn", "Страница не найдена | LinkedIn",
    "LinkedIn: 404",
)  # fmt: skip


@pytest.mark.parametrize("title", MISSING)
def test_a_missing_company_is_known_by_its_title(title: str) -> None:
    """Also where the status was lost on the way."""
    assert {"state": "missing"} == read_shown(PAGE, page_of("<h1>404</h1>", title=title), {"state": ""})


def test_a_missing_company_is_known_to_members() -> None:
    """Their page has no title for it, and a place of its own."""
    body = page_of('<div class="org-unavailable"><h2>Uh oh</h2></div>', title="LinkedIn")
    assert {"state": "missing"} == read_shown(PAGE, body, {"state": ""})


CARD = (
    '<section class="top-card-layout"><h1 class="top-card-layout__title">{name}</h1><h3 class="'
    'top-card-layout__first-subline">Milan <span>2,345 followers</span></h3></section>'
)
OTHER_ADDRESSES = {
    "person": ("https://www.linkedin.com/in/anna-rossi", "Anna Rossi"),
    "job": ("https://www.linkedin.com/jobs/view/123456", "Barista"),
    "post": ("https://www.linkedin.com/posts/anna-rossi_coffee-activity-123", "Anna Rossi"),
    "search": ("https://www.linkedin.com/search/results/all/?keywords=acme", "acme"),
}


@pytest.mark.parametrize("kind", OTHER_ADDRESSES)
@pytest.mark.parametrize("place", ["canonical", "og:url"])
def test_a_page_with_an_address_that_is_no_companys_is_not_the_company(kind: str, place: str) -> None:
    """Whatever it was saved as: the address that it gives itself says what it is."""
    address, name = OTHER_ADDRESSES[kind]
    head = f'<link rel="canonical" href="{address}">' if place == "canonical" else ""
    meta = {"og:title": f"{name} | LinkedIn"} | ({"og:url": address} if place == "og:url" else {})
    expected = {"state": "shell", "name": None, "followers": None}
    page = page_of(CARD.format(name=name), title=f"{name} | LinkedIn", meta=meta, head=head)
    assert expected == read_shown(PAGE, page, expected)


def test_the_followers_of_the_top_card_are_the_companys() -> None:
    """Cards of other companies farther down have shorter ones."""
    items = "".join(
        f'<div class="org-top-card-summary-info-list__info-item">{text}</div>'
        for text in ("Milan, Lombardy", "123,456 followers", "11-50 employees")
    )
    other = '<section><div class="org-top-card-summary-info-list__info-item">9 followers</div></section>'
    head = '<h1 class="org-top-card-summary__title">Acme Caffè</h1>'
    expected = {"name": "Acme Caffè", "followers": 123_456}
    assert expected == read_shown(PAGE, page_of(f"{head}<div>{items}</div>{other}", meta=META), expected)

    hidden = items.replace("123,456 followers", "Coffee")
    expected_hidden = {"name": "Acme Caffè", "followers": None}
    assert expected_hidden == read_shown(PAGE, page_of(f"{head}<div>{hidden}</div>{other}", meta=META), expected_hidden)


OWN_WORDS = (
    "Acme Caffè | We help brands get 10,000 followers on LinkedIn. Marketing.",
    "Acme Caffè | 10,000 followers on LinkedIn is what we get you. Marketing.",
    "Acme Caffè | Your LinkedIn page with 10,000 followers",
)


@pytest.mark.parametrize("description", OWN_WORDS)
def test_followers_in_the_companys_own_words_are_not_its_own(description: str) -> None:
    """LinkedIn's sentence is the number, its word and the site's name, and nothing else."""
    expected = {"state": "observed", "followers": None}
    assert expected == read_shown(PAGE, page_of(meta=META | {"description": description}), expected)

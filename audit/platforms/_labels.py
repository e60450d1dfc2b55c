"""The words beside a figure in the languages in which networks show their pages.

A word is matched in any of its forms, from its beginning; the number stands right before or right after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit.models import Count, CountFact
from audit.parse.counts import first_count, parse_count
from audit.parse.document import Document
from audit.parse.text import clean
from audit.parse.tree import Element

FOLLOWERS = re.compile(
    r"follower\w*|people follow this|persone seguono|haben das abonniert|seguidor\w*|abonn[ée]e?s?\b|abonnent\w*|"
    r"volgers?\b|följare\b|følgere?\b|seuraaj\w*|jälgija\w*|sekotāj\w*|sekėj\w*|obserwując\w*|sledující\w*|"
    r"sledovate\w*|sledilc\w*|pratitel\w*|pratilac\w*|пратил\w*|követő\w*|urmăritor\w*|"
    r"подписчик\w*|читател\w*|читач\w*|підписник\w*|відстежувач\w*|отслеживающ\w*|последовател\w*|"
    r"takipçi\w*|izləyici\w*|ακόλουθο\w*|עוקבים|(?:من )?(?:ال)?متابع\w*|دنبال\u200c?کنند\w*|"
    r"フォロワー|(?:位)?(?:粉丝|粉絲)|关注者|關注者|(?:位)?追蹤者|(?:位)?追踪者|팔로워|pengikut|người theo dõi|ผู้ติดตาม|"
    r"फ[़]?ॉलोअर|फ[़]?ॉलोवर|অনুসরণকারী|ফলোয়ার",
    re.IGNORECASE,
)
SUBSCRIBERS = re.compile(
    r"subscriber\w*|iscritt\w+|suscriptor\w*|subscriptor\w*|abonn[ée]e?s?\b|abonnent\w*|abonent\w*|assinante\w*|inscritos?\b|"
    r"subscritor\w*|prenumeranter?|tilaaja\w*|odběratel\w*|odberateľ\w*|feliratkoz\w*|abonați|pretplatnik\w*|"
    r"subskryb\w*|prenumeratori\w*|подписчик\w*|підписник\w*|абонат\w*|претплатник\w*|abone\b|συνδρομητ\w*|מנויים|"
    r"مشترك\w*|(?:チャンネル)?登録者数?|구독자|(?:位)?订阅者|(?:位)?訂閱者|सब्सक्राइबर|সাবস্ক্রাইবার|người đăng ký|pelanggan|"
    r"ผู้ติดตาม",
    re.IGNORECASE,
)
LIKES = re.compile(
    r"likes?\b|people like this|mi piace|piace a|me gusta|m[’']agrada|j[’']aime|mentions j[’']aime|gefällt(?: mir)?|"
    r"[„\"]?gefällt mir[“\"]?-angaben|curtidas?|curtiram|gostos?\b|vind-ik-leuks?|vinden dit leuk|"
    r"(?:to lubią|lubią to|lubi to)\b|polubie[nń]\w*|polubiło|to se mi líbí|páči sa mi to|všeč\w*|atsegite|mėgsta|"
    r"patīk|meeldi\w*|(?:отмет(?:к\w+|ок) )?[«\"]?нравится[»\"”]?|лайк\w*|вподобан\w*|подобається|свиђањ\w*|харесвания|"
    r"beğen\w*|gilla\w*-markeringar|gillar|synes godt om|liker\w*|tykkäyst\w*|tykkää|aprecieri|îmi place|"
    r"kedvelés\w*|sviđa(?: mi se)?|いいね！?」?|次赞|個讚|个赞|讚好|좋아하는 사람|좋아요|suka\b|(?:lượt )?thích|ถูกใจ|"
    r"(?:من )?تسجيلات الإعجاب|تسجيل إعجاب|إعجاب\w*|پسند|(?:סימוני )?לייק\w*|μου αρέσει|αρέσει σε|लाइक|पसंद",
    re.IGNORECASE,
)
REVIEWS = re.compile(
    r"reviews?|recension[ei]|rezension\w*|bewertung\w*|berichte?|avis|reseñas?|opinion\w*|avaliaç\w+|críticas|comentários|"
    r"beoordeling\w*|opini\w*|отзыв\w*|відгук\w*|クチコミ|件のレビュー|yorum\w*|مراجعات|مراجعة|تعليق\w*|条评价|篇評論|리뷰|समीक्षा\w*|"
    r"ulasan|bài đánh giá|omdömen|anmeldelser|arvostelu\w*|recenz\w*",
    re.IGNORECASE,
)

# What may stand between a number and its label ("4,5 M de seguidores", "1.234 persone seguono").
_CONNECTING = re.compile(
    r"(?:de|d[’']|di|personnes?|persone|personas?|people|personen|osób|użytkownik\w*|человек\w*|人の?|名の?|명의?|件の?|位|个|個|"
    r"من|users?)?",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"[\s:：»\"”」）)(]{0,4}(?=\d)")
_NUMBER_START = re.compile(r"(?<![0-9A-Za-zÀ-ɏ.,])\d")  # scripts without spaces write it right behind a word
_NEAR = 60  # characters between the beginning of a number and its label
_MAX_FIGURE = 30  # characters of an element that is one figure with its word
_MAX_ELEMENTS = 400  # of a head that are looked at
_MAX_CLIMB = 8  # elements around a headline that are looked into
_MAX_BLOCK = 600  # characters that the head of a profile shows, without the texts of posts


def labelled_count(segment: str, label: re.Pattern[str], locale: str) -> Count | None:
    """The count right before or right after a word that `label` matches; None when there is none."""
    for match in label.finditer(segment):
        count = _before(segment, match, locale) or _after(segment, match, locale)
        if count is not None:
            return count
    return None


def labelled_counts(text: str, labels: Mapping[str, re.Pattern[str]], locale: str) -> dict[str, Count]:
    """The counts of a text that shows several beside one another ("12K likes • 12.4K followers", "Mi piace: 3
    Follower: 4"), by the name of their label: all of them stand before their label or all behind it."""
    words = [match.start() for label in labels.values() for match in label.finditer(text)]
    number = _NUMBER_START.search(text)
    if not words or number is None:
        return {}
    one_side = _before if number.start() < min(words) else _after
    found: dict[str, Count] = {}
    for name, label in labels.items():
        counts = (one_side(text, match, locale) for match in label.finditer(text))
        count = next((count for count in counts if count is not None), None)
        if count is not None:
            found[name] = count
    return found


def _before(text: str, label: re.Match[str], locale: str) -> Count | None:
    """The count that the text before a label ends with, with at most a connecting word after it ("4,5 M de")."""
    text = text[max(0, label.start() - _NEAR) : label.start()]
    for start in _NUMBER_START.finditer(text):
        tail = text[start.start() :]
        count = first_count(tail, locale)
        if count is not None and tail.startswith(count.raw):
            rest = tail[len(count.raw) :].strip(' „"«(')
            if _CONNECTING.fullmatch(rest.strip()):
                return count
    return None


def _after(text: str, label: re.Match[str], locale: str) -> Count | None:
    gap = _BEFORE_NUMBER.match(text, label.end())
    return None if gap is None else first_count(text[gap.end() :], locale)


def figures_around(
    document: Document, page: str, headline: Element, labels: Mapping[str, re.Pattern[str]]
) -> dict[str, CountFact]:
    """The figures in the smallest block around the headline of a drawn page that shows any, by label. What stands
    farther off may be another account's."""
    block: Element | None = headline
    name = clean(headline.text(" "))  # "100 Followers" can be one
    for _ in range(_MAX_CLIMB):
        block = block.parent if block is not None else None
        if block is None or block.name in ("body", "html"):
            return {}
        text = clean(block.text(" ")).replace(name, " ", 1)
        if len(text) > _MAX_BLOCK:
            return {}
        found = labelled_counts(text, labels, document.language or "en")
        if found:
            place = block.place()
            return {name: count.fact(page, place) for name, count in found.items()}
    return {}


def figure_elements(
    document: Document, page: str, head: Element, labels: Mapping[str, re.Pattern[str]]
) -> dict[str, CountFact]:
    """The figures of a head that shows each in an element of its own; the first label that an element has counts.
    Where a figure is rounded and its element has the whole number in a title, that number."""
    found: dict[str, CountFact] = {}
    locale = document.language or "en"
    for tag in head.select("*", limit=_MAX_ELEMENTS):
        text = clean(tag.text(" "))
        if len(text) > _MAX_FIGURE or not any(map(str.isdigit, text)):
            continue
        name = next((name for name, label in labels.items() if label.search(text)), "")
        count = labelled_count(text, labels[name], locale) if name and name not in found else None
        if count is not None:
            found[name] = _whole_number(page, tag, count, locale) or count.fact(page, tag.place())
    return found


def _whole_number(page: str, tag: Element, shown: Count, locale: str) -> CountFact | None:
    """The number in the title of an element or of what stands in it, when what is shown is that number rounded."""
    for inner in (tag, *tag.select("[title]", limit=3)):
        count = parse_count(clean(inner.get("title") or ""), locale)
        if count is not None and count.low == count.high and shown.low <= count.value <= shown.high:
            return count.fact(page, f"{inner.place()}@title")
    return None

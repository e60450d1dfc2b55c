"""What is taken out of an answer before it is stored, and what stays: the reduction itself, without any platform."""

from __future__ import annotations

import json
from html import escape, unescape
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.parse.persons import Foreign, Persons, Positions, may_show, without

THEIRS = Persons(
    keys=frozenset({"comments", "reviewer"}),
    lists=frozenset({"replies"}),
    types=frozenset({"Review"}),
    foreign=frozenset({Foreign(mark="story", author="actor", name="url")}),
    words=frozenset({"comment-body"}),
    prefixes=frozenset({"comment__"}),
    properties=frozenset({"review"}),
    attributes=frozenset({"data-reviewer"}),
    elements=frozenset({"user-post"}),
    addresses=frozenset({"/people/"}),
    positions=frozenset({Positions(mark=")]}'", kept=frozenset({(1, 0)}))}),
)
SHOP = "https://social.example/aurora"


def reduced(text: str, own: str = "aurora") -> str:
    """The text without the people in it."""
    return without(text.encode(), THEIRS, own).decode()


@pytest.mark.parametrize(
    ("came", "stored"),
    [
        ('{"comments": [{"by": "Ottilia", "text": "Buono \\"qui\\""}]}', '{"comments": [{"by": "", "text": ""}]}'),
        ('{"comments": {"count": 12, "data": []}}', '{"comments": {"count": 12, "data": []}}'),
        ('{"comments": "Ottilia: buono"}', '{"comments": ""}'),
        ('{"comments": 12, "text": "Ottilia"}', '{"comments": 12, "text": "Ottilia"}'),
        (
            '{"comments": [{"id": 8812, "user_id": "8812", "likes": 3, "at": "2026-11-20T09:00:00Z", "n": "1.2K"}]}',
            '{"comments": [{"id": null, "user_id": "", "likes": 3, "at": "2026-11-20T09:00:00Z", "n": "1.2K"}]}',
        ),
        ('{"reviewer": {"__typename": "User", "name": "Ottilia"}}', '{"reviewer": {"__typename": "User", "name": ""}}'),
        ('{"replies": [{"by": "Ottilia"}]}', '{"replies": [{"by": ""}]}'),
        ('{"replies": {"title": "Risposte"}}', '{"replies": {"title": "Risposte"}}'),
        (
            '[{"@type": "Review", "author": "Ottilia", "itemReviewed": {"name": "Aurora"}, "rating": 5}, "Aurora"]',
            '[{"@type": "Review", "author": "", "itemReviewed": {"name": "Aurora"}, "rating": 5}, "Aurora"]',
        ),
        ('{"author": {"name": "Ottilia"}, "@type": ["Review"]}', '{"author": {"name": ""}, "@type": ["Review"]}'),
        (
            f'[{{"story": 1, "text": "Noi", "actor": {{"url": "{SHOP}"}}}}, {{"story": 2, "text": "Io", "actor": '
            '{"url": "https://social.example/ottilia"}}]',
            f'[{{"story": 1, "text": "Noi", "actor": {{"url": "{SHOP}"}}}}, {{"story": 2, "text": "", "actor": '
            '{"url": ""}}]',
        ),
        (
            '[{"@type": "http://schema.org/Review", "author": "Ottilia"}, {"@type": "Preview", "name": "Aurora"}]',
            '[{"@type": "http://schema.org/Review", "author": ""}, {"@type": "Preview", "name": "Aurora"}]',
        ),
        (
            '{"@type": ["https:\\/\\/schema.org\\/Review"], "author": "Ottilia"}',
            '{"@type": ["https:\\/\\/schema.org\\/Review"], "author": ""}',
        ),
        (
            '{"$type": "com.social.feed.Review", "commentary": {"text": "Ottilia"}}',
            '{"$type": "com.social.feed.Review", "commentary": {"text": ""}}',
        ),
        ('for (;;);{"comments": ["Ottilia"]}', 'for (;;);{"comments": [""]}'),
        ('{"comments": [{"by": "Ottilia", "text": "Buon', '{"comments": [{"by": "", "text": "'),
        ('{"answer": "{\\"comments\\": [\\"Otti\\\\\\"lia\\"]}"}', '{"answer": "{\\"comments\\": [\\"\\"]}"}'),
    ],
    ids=[
        "list", "count", "text", "number", "measures stay, numbers of people go", "kind", "list of objects",
        "object under the name of a list", "review", "type after author", "own and foreign posts",
        "type as an address", "type as an escaped address", "type inside a package", "guard", "cut off",
        "JSON inside a string",
    ],
)  # fmt: skip
def test_json_keeps_its_shape_and_loses_the_people(came: str, stored: str) -> None:
    """Texts become empty, counts and dates stay, and what a review is about stays."""
    assert stored == reduced(came)


@pytest.mark.parametrize(
    ("came", "stored"),
    [
        ('<p>Noi</p><div class="by-ottilia comment-body"><b title="O">Ottilia</b>12</div><p>Noi</p>',
         '<p>Noi</p><div class="comment-body"><b title=""></b>12</div><p>Noi</p>'),
        ('<ul><li class=comment-body>Ottilia</ul><p>Noi', '<ul><li class="comment-body"></ul><p>Noi'),
        ('<div class="comment-body"><img src=o.jpg alt=Ottilia><br>Buono',
         '<div class="comment-body"><img src="" alt=""><br>'),
        ('<div class="comment-body"></i>Ottilia</b></div>Noi', '<div class="comment-body"></i></b></div>Noi'),
        ('<div class="comment-body"><script>"</div>Ottilia"</script>O</div>Noi',
         '<div class="comment-body"><script></script></div>Noi'),
        ('<div class="comment-body"><!-- Ottilia --></div><!-- noi -->',
         '<div class="comment-body"><!----></div><!-- noi -->'),
        ('<p data-reviewer="Ottilia">O</p>', '<p data-reviewer=""></p>'),
        ('<p data-reviewer>Ottilia</p>', '<p data-reviewer></p>'),
        ('<user-post author="ottilia" comment-count="12">O</user-post>',
         '<user-post author="" comment-count="12"></user-post>'),
        ('<p itemprop="review"><time datetime="2026-11-20">3 giorni fa</time></p>',
         '<p itemprop="review"><time datetime="2026-11-20"></time></p>'),
        ('<p itemscope itemtype="https://schema.org/Review">Ottilia</p>',
         '<p itemscope itemtype="https://schema.org/Review"></p>'),
        ('<p class="comment__a1 x">Ottilia</p><p class="x">Noi</p>',
         '<p class="comment__"></p><p class="x">Noi</p>'),
        ('<p x="{&quot;a&quot;: &quot;Noi&quot;, &quot;b&quot;: {&quot;@type&quot;: &quot;Review&quot;, &quot;c&quot;: '
         '&quot;Ottilia&quot;}}">', '<p x="{&quot;a&quot;: &quot;Noi&quot;, &quot;b&quot;: {&quot;@type&quot;: '
         '&quot;Review&quot;, &quot;c&quot;: &quot;&quot;}}">'),
        ('<a href="/people/o"><b>Ottilia</b></a><a href="/press">Noi</a>',
         '<a href=""><b></b></a><a href="/press">Noi</a>'),
        ("""<script>x = [")]}'\\n[\\"Ottilia\\", [\\"Noi\\", \\"Ottilia\\"], 4.6]"]</script>""",
         """<script>x = [")]}'[\\"\\", [\\"Noi\\", \\"\\"], 4.6]"]</script>"""),
        ("""<script>x = [")]}'[\\"Ottilia"]</script>""", """<script>x = [""]</script>"""),
        ('<p itemscope itemtype="http://schema.org/CreativeWork http://schema.org/Review">Ottilia</p>',
         '<p itemscope itemtype="http://schema.org/CreativeWork http://schema.org/Review"></p>'),
        ('<p typeof="schema:Review">Ottilia</p><p property="x review">Ottilia</p>',
         '<p typeof="schema:Review"></p><p property="x review"></p>'),
        ('<p class="comment&#45;body">Ottilia</p>', '<p class="comment-body"></p>'),
        ('<p class=comment&#x2D;body>Ottilia</p>', '<p class="comment-body"></p>'),
        ('<a href="&sol;people&#000047;o">Ottilia</a>', '<a href=""></a>'),
        ('<p itemtype="https:&#47;&#47;schema.org&#47;Review">Ottilia</p>',
         '<p itemtype="https:&#47;&#47;schema.org&#47;Review"></p>'),
        ('<body class="comment-body"><p>Noi', '<body class="comment-body"><p>Noi'),
        ('<p>comment-body</p><a href="/comment-body">Noi</a>', '<p>comment-body</p><a href="/comment-body">Noi</a>'),
        ('<script>x = {"comments": ["Ottilia"]};</script>', '<script>x = {"comments": [""]};</script>'),
        ("<div data-x='{\"comments\": [\"Ottilia\"]}'>", "<div data-x='{\"comments\": [\"\"]}'>"),
        ('<div data-x="{&quot;comments&quot;: [&quot;Ottilia&quot;]}" title="Noi">',
         '<div data-x="{&quot;comments&quot;: [&quot;&quot;]}" title="Noi">'),
        ("<script>x = '\\x7b\\x22comments\\x22: [\\x22Ottilia\\x22]\\x7d'; y = \"noi\"</script>",
         "<script>x = '\\x7b\\x22comments\\x22: [\\x22\\x22]\\x7d'; y = \"noi\"</script>"),
        ('<script type="x/json">{"@graph": [{"@type": "Review", "author": "O"}, {"name": "Noi"}]}</script>',
         '<script type="x/json">{"@graph": [{"@type": "Review", "author": ""}, {"name": "Noi"}]}</script>'),
        ('<p>"comments": ["Ottilia"]</p>', '<p>"comments": ["Ottilia"]</p>'),
    ],
    ids=[
        "element", "end tag left out", "no end", "stray end tags", "script inside", "comment inside", "attribute",
        "attribute without value", "element by name", "itemprop", "itemtype",
        "class by its beginning", "review in an attribute", "address", "lists by place",
        "lists cut off", "several itemtypes", "RDFa", "escaped class", "escaped class without quotation marks",
        "escaped address", "escaped itemtype", "the whole page", "the word elsewhere",
        "script", "JSON in an attribute", "JSON in an attribute, escaped", "JSON in a script's string", "JSON-LD",
        "prose",
    ],
)  # fmt: skip
def test_markup_keeps_its_elements_and_loses_the_people(came: str, stored: str) -> None:
    """Elements and what they count stay in their places; texts, pictures and addresses of others go."""
    assert stored == reduced(came)


THEIR_P = '<p class="comment-body">Ottilia'


@pytest.mark.parametrize(
    ("came", "stored"),
    [
        (f"{THEIR_P}<footer>Noi</footer>", "<p><footer>Noi</footer>"),
        (f"{THEIR_P}<i>Otti<p>Noi", "<p><i><p>Noi"),
        (f"{THEIR_P}<H2>Noi</H2>", "<p><H2>Noi</H2>"),
        (f"{THEIR_P}<hr>Noi", "<p><hr>Noi"),
        (f"{THEIR_P}<table><td>Ottilia</table>", "<p><table><td></table>"),
        (f"<!doctype html>{THEIR_P}<table><td>Noi</table>", "<!doctype html><p><table><td>Noi</table>"),
        (f"{THEIR_P}<button><div>Ottilia</div></button>O</p>Noi", "<p><button><div></div></button></p>Noi"),
        (f"{THEIR_P}<span>Ottilia<br>Otti</span>", "<p><span><br></span>"),
        ('<p>Noi<a class="comment-body">O<div>Ottilia</div></a>Noi', "<p>Noi<a><div></div></a>Noi"),
        ('<li class="comment-body">O<b>O<li>Noi', "<li><b><li>Noi"),
        ('<li class="comment-body">O<ul><li>Ottilia</ul>O<li>Noi', "<li><ul><li></ul><li>Noi"),
        ('<dl><dt class="comment-body">Ottilia<dd>Noi</dl>', "<dl><dt><dd>Noi</dl>"),
        ('<table><tr><td class="comment-body">Ottilia<td>Noi</table>', "<table><tr><td><td>Noi</table>"),
        ('<table><tr class="comment-body"><td>O<table><tr><td>O</table>O<tr><td>Noi</table>',
         "<table><tr><td><table><tr><td></table><tr><td>Noi</table>"),
        ('<table><tbody class="comment-body"><tr><td>Ottilia<tbody><tr><td>Noi</table>',
         "<table><tbody><tr><td><tbody><tr><td>Noi</table>"),
        ('<select><option class="comment-body">Ottilia<option>Noi</select>', "<select><option><option>Noi</select>"),
        ('<button class="comment-body">Ottilia<button>Noi</button>', "<button><button>Noi</button>"),
        ('<a class="comment-body">O<a href="/o">O</a>Ottilia</a>Noi', '<a><a href=""></a></a>Noi'),
        ('<h2 class="comment-body">Ottilia<h3>Noi</h3>', "<h2><h3>Noi</h3>"),
        ('<span><div class="comment-body">O</span>Ottilia</div>Noi', "<span><div></span></div>Noi"),
        ('<b><div class="comment-body">O</b>Ottilia</div>Noi', "<b><div></b></div>Noi"),
        ('<form><div class="comment-body">O</form>Ottilia</div>Noi', "<form><div></form></div>Noi"),
        ('<h2 class="comment-body">Ottilia</h3>Noi', "<h2></h3>Noi"),
        ('<div class="comment-body">O</p>Ottilia</body>Otti</div>Noi', "<div></p></body></div>Noi"),
        ('<div><table><td class="comment-body">O</div>Ottilia</table>Noi</div>',
         "<div><table><td></div></table>Noi</div>"),
    ],
    ids=[
        "footer after p", "p after p", "heading after p, in capitals", "line after p", "table in p of old pages",
        "table after p", "button in p", "line break in p", "a link goes on after the end of its p", "li", "list in li",
        "dt", "td", "table in tr", "tbody", "option", "button", "link in a link", "heading", "end of a span outside",
        "end of a b outside", "end of a form outside", "heading ended by another", "end of a p that is not open",
        "end outside of a table",
    ],
)  # fmt: skip
def test_an_element_of_others_ends_where_html_ends_it(came: str, stored: str) -> None:
    """Where end tags are left out or cross, an element is as long as in a browser: no more of the page, and no less."""
    assert stored == reduced(came).replace(' class="comment-body"', "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "iso-8859-1"])
def test_every_encoding_keeps_its_bytes(encoding: str) -> None:
    """What stays is written as it came."""
    page = '<p>Caff\u00e8</p><p class="comment-body">Andr\u00e9</p>'
    stored = '<p>Caff\u00e8</p><p class="comment-body"></p>'

    assert stored.encode(encoding) == without(page.encode(encoding), THEIRS)


def test_a_page_without_other_people_is_the_same_object() -> None:
    """Nothing is copied where there is nothing to take out."""
    page = b"<p>Noi</p>"

    assert page is without(page, THEIRS)
    assert not may_show(page, THEIRS)


texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=12)
names = st.sampled_from(["comments", "name", "reviewer", "replies", "story", "actor"]) | texts
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


def shape(value: Any) -> Any:
    """A JSON value without its texts and numbers."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else None


def below(value: Any, *, theirs: bool = False) -> list[str]:
    """The texts that stand below the key of a comment."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in below(inner, theirs=theirs or key in THEIRS.keys)]
    if isinstance(value, list):
        return [text for inner in value for text in below(inner, theirs=theirs)]
    return [value] if theirs and isinstance(value, str) else []


@given(values, st.booleans())
def test_any_json_stays_json_of_the_same_shape(value: Any, ascii_only: bool) -> None:
    """Nothing moves, whatever the names and texts are; below the keys of others no words are left."""
    came = json.dumps({"data": value}, ensure_ascii=ascii_only).encode()
    stored = without(came, THEIRS, "aurora")

    assert shape(json.loads(came)) == shape(json.loads(stored))
    assert [] == [text for text in below(json.loads(stored)) if any(letter.isalpha() for letter in text)]
    assert stored == without(stored, THEIRS, "aurora")


@given(values)
def test_json_in_a_page_is_reduced_however_it_is_written(value: Any) -> None:
    """In a script, in a string of a script and in an attribute the same values stay."""
    plain = json.dumps({"data": value}).replace("</", "<\\/")
    alone = without(plain.encode(), THEIRS, "aurora").decode()
    attribute = reduced(f'<div data-x="{escape(plain)}">').removeprefix('<div data-x="').removesuffix('">')

    assert f"<script>x = {alone}</script>" == reduced(f"<script>x = {plain}</script>")
    assert shape(json.loads(plain)) == shape(json.loads(unescape(attribute)))
    assert [] == [text for text in below(json.loads(unescape(attribute))) if any(map(str.isalpha, text))]


PIECES = [
    "<div", ' class="comment-body"', ">", "</div>", '"comments": ', "[", "{", "}", "]", '"', "\\", "<script>",
    "</script>", "<!--", "-->", "'", "&quot;", "\\x22", "Ottilia", " ", "=", "\0", "\u00e8", '"@type": "Review"',
    '"story": 1', '"actor": "x"', ",", "<p", "<b>", "</b>", "<table>", "<td", "</span>",
    '""', ")]}'", "&#45;", "<![CDATA[", "]]>", "<li itemprop=review>", "-7", "/",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_is_reduced_once_and_for_all(text: str) -> None:
    """Whatever the bytes are, bytes come back; a second time takes nothing more; a glance never misses."""
    came = text.encode("utf-8", "replace")
    stored = without(came, THEIRS, "aurora")

    assert stored == without(stored, THEIRS, "aurora")
    assert may_show(came, THEIRS) or stored == came


@pytest.mark.parametrize(
    "came",
    [
        '{"comments": ["a", "b": "c" "d"], ""comments": {"e": "f""}, "g": "h"}',
        '[1, ""x", ""comments": ["O", ""x", ""], ""x"], "comments": ["y"]',
        '<script>x = [[1, ""x", ")]}\'\\n[0, 1]"], ")]}\'["O""]; y = {"comments": [""O", "O""]}</script>',
    ],
    ids=["quotation marks between", "quotation marks doubled", "lists by place among them"],
)
def test_broken_json_is_reduced_once_and_for_all(came: str) -> None:
    """Where quotation marks do not pair, what is text and what is not changes with each text that goes."""
    stored = without(came.encode(), THEIRS, "aurora")

    assert stored == without(stored, THEIRS, "aurora")


@pytest.mark.parametrize(
    ("author", "stays"),
    [
        ("https://social.example/profile.php?id=77", True),
        ("https://social.example/profile.php?id=88", False),
        ("https:\\/\\/social.example\\/Auro.ra?__x=1", True),
        ("https://social.example/ottilia", False),
    ],
    ids=["own number", "another number", "own name, escaped", "another name"],
)
def test_an_author_by_number_is_the_profile_where_an_object_says_so(author: str, stays: bool) -> None:
    """One account has a number and a name; a number that nothing connects with the name is somebody else."""
    header = f'{{"id": "77", "url": "{SHOP}"}}'
    own = f'{{"story": 1, "text": "Noi", "actor": {{"url": "{SHOP}"}}}}'
    post = f'{{"story": 2, "text": "Ciao", "actor": {{"url": "{author}"}}}}'

    assert stays == ('"text": "Ciao"' in reduced(f"[{header}, {own}, {post}]"))


def test_an_answer_of_another_account_goes_on_saying_whose_it_is() -> None:
    """Where nothing is the profile's own, the answer is refused, and both accounts are named."""
    came = '[{"story": 1, "text": "Ciao", "actor": {"url": "https://social.example/ottilia"}}]'

    assert came == reduced(came)


@pytest.mark.parametrize(
    ("before", "repeated", "after"),
    [
        ("<script>", '"comments": {', ""),
        ("<a x='", "&quot;comments&quot;:1,", ""),
        ("<script>'", "\\x22comments\\x22:1,", ""),
        ("", "<script ", '"comments": ["O"]'),
        ("[", '{"@type": "Review", "a": ', ""),
        ("[", '{"story": 1, "actor": {"url": "https://a.example/77"}}, ', '{"story": 1, "actor": {"url": "aurora"}}]'),
        ("", "<a", " comment-body"),
        ('<p class="comment-body" ', "='", ""),
        ('{"comments": ["', "\\", ""),
        ("<script>", "\")]}'[\"", ""),
        ('<b class="comment-body">', "<a>", ""),
        ('<b class="comment-body">', "<span><b></span></b>", ""),
        ('<b class="comment-body">', "<b><p></b>", ""),
        ('<p class="comment-body">', "<table><td><i></table>", ""),
        ('<p class="', "&#45", '">'),
        ("<p class=comment-body x='", "&#" + "0" * 9000, "45;'>"),
        ('{"@type":"', "a/", 'Review"}'),
    ],
    ids=[
        "objects in objects", "in an attribute", "in a string", "open scripts", "reviews in reviews", "foreign posts",
        "tags without end", "attributes", "backslashes", "lists by place",
        "links", "spans and bolds", "bolds around", "tables", "references", "long references", "kinds",
    ],
)  # fmt: skip
def test_a_hostile_page_costs_seconds_and_not_hours(before: str, repeated: str, after: str) -> None:
    """The time grows with the length, not with its square: 300 kB take less than five seconds of a processor."""
    page = (before + repeated * (300_000 // len(repeated)) + after).encode()
    started = process_time()
    may_show(page, THEIRS)
    without(page, THEIRS, "aurora")

    assert 5 > process_time() - started

"""Charts: the audit's numbers at their places, in every width, whatever the audit holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.charts import CHARTS, Titles, Width, draw, title
from audit.errors import BuildError
from audit.font_metrics import ADVANCES, text_width
from audit.language import Language
from audit.models import Audit, CalendarRow, Overall, PillarScore
from tests.sample_audit import CALENDAR, OVERALL, PILLARS, sample_audit

FONTS = Path(__file__).parent.parent / "themes" / "finestra" / "static" / "fonts"
ENGLISH = Language("en")
TITLES = Titles(
    pillars={
        "presence": "Presence",
        "image": "Brand image",
        "awareness": "Awareness",
        "content": "Content and UGC",
        "engagement": "Engagement",
        "response": "Listening and response",
        "community": "Community",
    },
    platforms={
        "instagram": "Instagram",
        "facebook": "Facebook",
        "telegram": "Telegram",
        "website": "Website",
        "youtube": "YouTube",
        "linkedin": "LinkedIn",
        "x": "X",
    },
)
EVERY = [(name, width) for name in CHARTS for width in Width]
SVG = "{http://www.w3.org/2000/svg}"
ATTRIBUTES = {
    "svg": {"class", "width", "height", "viewBox", "role", "aria-labelledby", "font-family"},
    "title": {"id"},
    "defs": set(),
    "pattern": {"id", "width", "height", "patternUnits", "patternTransform"},
    "rect": {"x", "y", "width", "height", "fill", "stroke", "stroke-width"},
    "line": {"x1", "y1", "x2", "y2", "stroke", "stroke-width"},
    "text": {"x", "y", "font-size", "font-weight", "fill", "text-anchor"},
}


def drawn(name: str, audit: Audit, width: Width = Width.WIDE, titles: Titles = TITLES) -> str:
    """One chart of an audit in English."""
    return draw(name, audit, ENGLISH, titles, width, chart_id="c1")


def parsed(name: str, audit: Audit, width: Width = Width.WIDE, titles: Titles = TITLES) -> ElementTree.Element:
    """One chart as a tree."""
    return ElementTree.fromstring(drawn(name, audit, width, titles))


def texts(svg: ElementTree.Element) -> list[str]:
    """The words and numbers that a chart shows, in the order drawn."""
    return [one.text or "" for one in svg.iter(f"{SVG}text")]


def rects(svg: ElementTree.Element, fill: str) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of the rectangles filled with `fill`."""
    found = [one for one in svg.findall(f"{SVG}rect") if one.get("fill") == fill]
    return [tuple(float(one.get(key, "")) for key in ("x", "y", "width", "height")) for one in found]  # type: ignore[misc]  # four keys


def hatches(svg: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """The hatched rectangles."""
    return rects(svg, f"url(#{svg.get('aria-labelledby', '').removesuffix('-title')}-hatch)")


def upright(svg: ElementTree.Element, stroke: str, width: str) -> list[float]:
    """x of the upright lines with this stroke."""
    lines = [
        one for one in svg.findall(f"{SVG}line") if (one.get("stroke"), one.get("stroke-width")) == (stroke, width)
    ]
    return [float(one.get("x1", "")) for one in lines if one.get("x1") == one.get("x2")]


def extent(text: ElementTree.Element) -> tuple[float, float]:
    """Where a text starts and ends."""
    x, size = float(text.get("x", "")), float(text.get("font-size", ""))
    width = text_width(text.text or "", size, int(text.get("font-weight", "400")))
    before = {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
    return x - before, x - before + width


def assert_sound(svg: str) -> None:
    """XML of the allowed elements and attributes, finite numbers, literal colours, all text inside the drawing."""
    root = ElementTree.fromstring(svg)
    room, height = float(root.get("width", "")), float(root.get("height", ""))
    assert f"0 0 {root.get('width')} {root.get('height')}" == root.get("viewBox")
    for one in root.iter():
        tag = one.tag.removeprefix(SVG)
        assert set(one.attrib) <= ATTRIBUTES[tag], tag
        for key, value in one.attrib.items():
            if key in {"x", "y", "x1", "x2", "y1", "y2", "width", "height", "font-size", "stroke-width"}:
                assert re.fullmatch(r"\d+(\.\d)?", value), (tag, key, value)
            if key in {"fill", "stroke"}:
                assert re.fullmatch(r"#[0-9A-F]{6}|url\(#[\w-]+\)", value), value
    for one in root.iter(f"{SVG}text"):
        left, right = extent(one)
        # a tenth of rounding in the place, and in the size of a text that was made to fit
        slack = 0.15 + 0.06 * (right - left) / float(one.get("font-size", ""))
        assert -slack <= left, one.text
        assert right <= room + slack, one.text
        assert 0 < float(one.get("y", "")) <= height, one.text


# ------------------------------------------------------------------------------------------------ every chart


@pytest.mark.parametrize(("name", "width"), EVERY)
def test_a_chart_is_sound_in_every_width(name: str, width: Width) -> None:
    """Well-formed, literal, inside its frame; the class is the width's."""
    svg = drawn(name, sample_audit(), width)
    assert_sound(svg)
    root = ElementTree.fromstring(svg)
    expected = {"w": 1120 if name == "score-strip" else 736, "n": 358, "p": 658}[width.value]
    assert (width.value, "img", str(expected)) == (root.get("class"), root.get("role"), root.get("width"))


@pytest.mark.parametrize(("name", "width"), EVERY)
def test_a_drawing_is_named_by_its_title(name: str, width: Width) -> None:
    """The sentence for the alternative text and the drawing's title are the same, and the drawing points to it."""
    root = parsed(name, sample_audit(), width)
    heading = root[0]
    assert root.get("aria-labelledby") == heading.get("id")
    assert title(name, sample_audit(), ENGLISH, TITLES) == heading.text


def test_ids_are_unique_on_a_page_with_all_charts_in_all_widths() -> None:
    """A page holds the three drawings of each chart."""
    page = "".join(
        draw(name, sample_audit(), ENGLISH, TITLES, width, chart_id=name) for name in CHARTS for width in Width
    )
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    assert set(re.findall(r"url\(#([\w-]+)\)", page)) <= set(ids)


@pytest.mark.parametrize(("name", "width"), EVERY)
def test_the_same_audit_gives_the_same_bytes(name: str, width: Width) -> None:
    """Nothing but the arguments goes in."""
    assert drawn(name, sample_audit(), width) == drawn(name, sample_audit(), width)


@pytest.mark.parametrize(("name", "width"), EVERY)
def test_hostile_names_stay_text(name: str, width: Width) -> None:
    """Markup, quotes, control and direction characters in names neither break out of the drawing nor run over it."""
    bad = "</text></title><script>alert(1)</script>\"'&\u202e\x00\x1b]]>" + "W" * 60
    titles = Titles(pillars=dict.fromkeys(TITLES.pillars, bad), platforms=dict.fromkeys(TITLES.platforms, bad))
    svg = drawn(name, sample_audit(), width, titles)
    assert_sound(svg)
    assert "<script" not in svg
    assert not set("\u202e\x00\x1b") & set(svg)


def test_unknown_charts_and_unusable_ids_are_refused() -> None:
    """A chart's name may come from a note; an id must hold in an attribute and in url(#…)."""
    with pytest.raises(BuildError, match="no chart 'pie'"):
        drawn("pie", sample_audit())
    with pytest.raises(BuildError, match="cannot be a chart's id"):
        draw("bullets", sample_audit(), ENGLISH, TITLES, Width.WIDE, chart_id='a"b')


# ------------------------------------------------------------------------------------------------ score strip


def with_overall(**changes: object) -> Audit:
    """The sample with another overall score."""
    return sample_audit(overall=replace(OVERALL, **changes))  # type: ignore[arg-type]  # fields of Overall


def test_the_strip_places_score_and_bounds_on_the_whole_axis() -> None:
    """65 between 56 and 71 on 0..100 over 1104 px from 8: at 725.6, 626.2 and 791.8; the numbers stand there too."""
    svg = parsed("score-strip", with_overall(score=65.0, low=56.0, high=71.0))
    assert [725.6] == upright(svg, "#12436D", "3.6")[:1]
    assert [725.6] == upright(svg, "#FFFFFF", "7")
    assert [626.2, 791.8] == upright(svg, "#2073BC", "1.2")
    assert (626.2, 165.6) == rects(svg, "#8FC0EB")[0][::2]
    assert {"65", "56", "71", "0", "40", "60", "80", "100"} <= set(texts(svg))


def test_the_track_has_gaps_where_the_bands_meet() -> None:
    """Four pieces over the whole axis, from the method's 0, 40, 60 and 80."""
    svg = parsed("score-strip", with_overall(), Width.NARROW)
    assert [8, 144.8, 213.2, 281.6] == [x for x, _, _, _ in rects(svg, "#EDF0F3")]


def test_the_clients_band_is_bold() -> None:
    """Only the band of the score."""
    svg = parsed("score-strip", with_overall())
    bold = [one.text for one in svg.iter(f"{SVG}text") if one.get("font-weight") == "600"]
    assert ["solid"] == bold


def test_bounds_that_print_as_the_score_are_left_out() -> None:
    """Everything seen: the score alone, without bounds and without a key."""
    svg = parsed("score-strip", with_overall(score=65.2, low=65.1, high=65.3))
    assert ["65", "0", "40", "60", "80", "100", "to build", "developing", "solid", "leading"] == texts(svg)
    assert [] == rects(svg, "#8FC0EB")
    assert "Score 65 of 100, solid." == title("score-strip", with_overall(low=65, high=65.1), ENGLISH, TITLES)


@pytest.mark.parametrize("width", list(Width))
def test_an_unpublished_score_is_a_dash_over_hatch(width: Width) -> None:
    """No numeral, no line, no bold band; the bounds stay, hatched, and words say why."""
    audit = with_overall(published=False, band=None, score=65.0, low=22.0, high=74.0)
    svg = parsed("score-strip", audit, width)
    assert "65" not in texts(svg)
    assert {"–", "not enough data", "22", "74"} <= set(texts(svg))
    assert [] == upright(svg, "#12436D", "3.6")
    assert 2 == len(hatches(svg))  # the bounds and the key
    assert "Not enough data for a score. Bounds from 22 to 74." == title("score-strip", audit, ENGLISH, TITLES)


@pytest.mark.parametrize(
    ("low", "score", "high"), [(0, 0.4, 2), (0, 1, 100), (64, 65, 66), (98, 99.6, 100), (88, 97, 99), (50, 80, 70)]
)
@pytest.mark.parametrize("width", list(Width))
def test_numerals_of_the_strip_never_touch(low: float, score: float, high: float, width: Width) -> None:
    """Near each other and at the ends they move apart and stay inside."""
    svg = parsed("score-strip", with_overall(low=low, score=score, high=high), width)
    numerals = [one for one in svg.iter(f"{SVG}text") if float(one.get("y", "")) < 2 * 13.5][:3]
    spans = sorted(extent(one) for one in numerals)
    assert all(right + 2 < left for (_, right), (left, _) in pairwise(spans))


def test_the_strips_title_says_score_band_and_bounds() -> None:
    """The finding with its numbers."""
    expected = "Score 65 of 100, solid. Bounds from 56 to 71."
    assert expected == title("score-strip", sample_audit(), ENGLISH, TITLES)


# ---------------------------------------------------------------------------------------------------- bullets


def test_pillars_keep_the_methods_order_and_print_their_scores() -> None:
    """Seven rows, as in the worked example, rounded to whole points."""
    svg = parsed("bullets", sample_audit())
    numerals = [one.text for one in svg.iter(f"{SVG}text") if one.get("font-weight") == "700"]
    assert ["80", "70", "71", "60", "57", "46", "64"] == numerals
    names = [one.text for one in svg.iter(f"{SVG}text") if one.get("font-weight") == "600"]
    assert list(TITLES.pillars.values()) == names
    assert [f"weight {points}" for points in (20, 14, 14, 18, 14, 12, 8)] == [
        text for text in texts(svg) if text.startswith("weight")
    ]


def test_a_bar_is_as_long_as_its_score() -> None:
    """80 of 100 on an axis of 518 px: 414.4, 42 % of the band's 26."""
    audit = sample_audit(pillars=(replace(PILLARS[0], score=80.0),))
    assert (174, 414.4, 10.9) == tuple(rects(parsed("bullets", audit), "#12436D")[0][at] for at in (0, 2, 3))


def test_whiskers_stand_under_the_bars_whose_bounds_differ_by_more_than_a_point() -> None:
    """Four of the seven pillars have bounds; each whisker is one line with two ends, and one is the key's."""
    svg = parsed("bullets", sample_audit())
    whiskers = [one for one in svg.findall(f"{SVG}line") if one.get("stroke-width") == "1.4"]
    assert (4 + 1) * 3 == len(whiskers)
    narrow = sample_audit(pillars=(replace(PILLARS[0], low=79.0, high=80.0),))
    assert [] == [one for one in parsed("bullets", narrow).findall(f"{SVG}line") if one.get("stroke-width") == "1.4"]


@pytest.mark.parametrize("score", [46.4, None])
def test_an_unpublished_pillar_is_hatched_between_its_bounds(score: float | None) -> None:
    """No bar and no number that could be taken for one; 22 to 78 on 518 px from 174."""
    pillar = replace(PILLARS[5], score=score, published=False, low=22.0, high=78.0)
    audit = sample_audit(pillars=(pillar,))
    svg = parsed("bullets", audit)
    assert "n.p." in texts(svg)
    assert "46" not in texts(svg)
    assert [] == rects(svg, "#12436D")
    x, _, width, _ = hatches(svg)[0]
    assert (288.5, 289.1) == (x, width)  # the stroke of one px lies inside 288..578
    expected = "Points by pillar: Listening and response not published (from 22 to 78)."
    assert expected == title("bullets", audit, ENGLISH, TITLES)


def test_the_bullets_title_says_every_number() -> None:
    """Scores and bounds of the worked example, rounded half up."""
    expected = (
        "Points by pillar: Presence 80, Brand image 70, Awareness 71 (from 55 to 77), Content and UGC 60, "
        "Engagement 57 (from 39 to 71), Listening and response 46 (from 30 to 66) and Community 64 (from 37 to 79)."
    )
    assert expected == title("bullets", sample_audit(), ENGLISH, TITLES)


def test_a_long_title_makes_the_row_higher_and_is_never_cut() -> None:
    """Lines of a wrapped title together are the title; the chart grows."""
    long = "Listening and response to the people who write publicly on the profiles of the company"
    titles = replace(TITLES, pillars={**TITLES.pillars, "response": long})
    plain, grown = parsed("bullets", sample_audit()), parsed("bullets", sample_audit(), titles=titles)
    names = [one.text or "" for one in grown.iter(f"{SVG}text") if one.get("font-weight") == "600"]
    assert long in " ".join(names)
    assert float(grown.get("height", "")) > float(plain.get("height", ""))


# --------------------------------------------------------------------------------------------------- calendar


def test_cells_hold_the_posts_of_their_weeks() -> None:
    """Instagram's weeks as given, the empty ones without a number; then the total."""
    audit = sample_audit(calendar=CALENDAR[:1])
    svg = parsed("calendar", audit)
    assert ["Instagram", "3", "4", "2", "3", "4", "3", "4", "3", "26"] == [
        one.text for one in svg.iter(f"{SVG}text") if one.get("font-weight") == "600" and one.get("fill") != "#4A5560"
    ]
    assert (148, 33.8, 41.5, 32) == rects(svg, "#2073BC")[0]
    assert 4 + 1 == len(rects(svg, "#FFFFFF"))  # four weeks without a post, and the key


def test_tints_end_at_four_and_the_number_stays_true() -> None:
    """Twelve posts have the colour of four and print 12."""
    row = CalendarRow(platform="instagram", weeks=(0,) * 11 + (12,), total=12)
    svg = parsed("calendar", sample_audit(calendar=(row,)))
    assert 1 + 1 == len(rects(svg, "#12436D"))
    assert 2 == texts(svg).count("12")  # the week and the total


def test_weeks_not_seen_are_hatched_and_never_counted_as_empty() -> None:
    """Three weeks that the page does not reach: three hatched cells (and the key), none of them outlined as empty."""
    svg = parsed("calendar", sample_audit(calendar=CALENDAR[2:3]))
    assert 3 + 1 == len(hatches(svg))
    assert 2 + 1 == len(rects(svg, "#FFFFFF"))
    assert "9" in texts(svg)


@pytest.mark.parametrize("weeks", [None, (None,) * 12])
def test_a_platform_without_a_visible_week_is_one_hatched_bar_with_words(weeks: tuple[None, ...] | None) -> None:
    """No cell, no 0: words in the bar and n.v. as the total."""
    audit = sample_audit(calendar=(CalendarRow(platform="x", weeks=weeks, total=None if weeks is None else 0),))
    svg = parsed("calendar", audit)
    x, _, width, _ = hatches(svg)[0]
    assert (148.5, 530) == (x, width)
    assert 1 + 1 == len(hatches(svg))
    assert {"not publicly visible", "n.v."} <= set(texts(svg))
    assert "0" not in texts(svg)
    assert "Not publicly visible: X." == title("calendar", audit, ENGLISH, TITLES)


def test_columns_begin_on_the_first_day_of_their_week() -> None:
    """Twelve weeks that end on 23 November: the first is 1 to 7 September, the last 17 to 23 November."""
    svg = parsed("calendar", sample_audit())
    days = [one.text for one in svg.iter(f"{SVG}text") if one.get("font-size") == "11.6"]
    assert ["1", "8", "15", "22", "29", "6", "13", "20", "27", "3", "10", "17", "total"] == days
    assert ["September", "October", "November"] == [text for text in texts(svg) if text.endswith("ber")]


def test_rows_keep_their_height_with_few_platforms() -> None:
    """Each platform more adds one row of 38 px."""
    heights = [float(parsed("calendar", sample_audit(calendar=CALENDAR[:n])).get("height", "")) for n in (1, 2)]
    assert 38 == round(heights[1] - heights[0], 1)


def test_the_calendars_title_says_totals_gaps_and_what_was_not_visible() -> None:
    """Every platform with its posts; three of Telegram's weeks were not seen."""
    expected = (
        "Posts over 12 weeks: Instagram 26, Facebook 14, Telegram 9 (weeks visible: 9 of 12), Website 4 and YouTube 1. "
        "Not publicly visible: LinkedIn and X."
    )
    assert expected == title("calendar", sample_audit(), ENGLISH, TITLES)
    assert "No profile to show." == title("calendar", sample_audit(calendar=()), ENGLISH, TITLES)


def test_the_cover_shows_a_row_of_panes_per_visible_platform_and_one_for_the_rest() -> None:
    """Five platforms with posts and one hatched row, twelve panes each, without a word."""
    svg = parsed("cover-calendar", sample_audit(), Width.PRINT)
    panes = svg.findall(f"{SVG}rect")
    assert 6 * 12 == len(panes)
    assert 12 + 3 == len(hatches(svg))
    assert [] == texts(svg)
    assert (0, 0, 51.9, 57.8) == rects(svg, "#2073BC")[0]


def test_the_cover_does_not_outgrow_its_page() -> None:
    """Fifteen platforms: lower panes, the same height as with seven."""
    audit = sample_audit(calendar=CALENDAR[:1] * 15)
    assert "424" == parsed("cover-calendar", audit, Width.PRINT).get("height")


# ---------------------------------------------------------------------------------------------------- anything

points = st.floats(0, 100)
bounds = st.tuples(points, points).map(sorted)
names = st.text(max_size=60)


@st.composite
def pillar_scores(draws: st.DrawFn) -> PillarScore:
    """Any pillar, whether or not its parts fit together."""
    low, high = draws(bounds)
    return PillarScore(
        pillar=draws(st.sampled_from(sorted(TITLES.pillars)) | names),
        points=draws(st.floats(0, 100)),
        points_of=draws(st.floats(0, 100)),
        score=draws(st.none() | points),
        coverage=draws(st.floats(0, 1)),
        low=low,
        high=high,
        published=draws(st.booleans()),
    )


@st.composite
def overalls(draws: st.DrawFn) -> Overall:
    """Any overall score."""
    low, high = draws(bounds)
    return Overall(
        score=draws(st.none() | points),
        low=low,
        high=high,
        coverage=draws(st.floats(0, 1)),
        grade="B",
        band=draws(st.sampled_from([None, "to_build", "developing", "solid", "leading"])),
        published=draws(st.booleans()),
    )


calendar_rows = st.builds(
    CalendarRow,
    platform=st.sampled_from(sorted(TITLES.platforms)) | names,
    weeks=st.none() | st.lists(st.none() | st.integers(0, 5) | st.integers(0, 10**6), max_size=20).map(tuple),
    total=st.none() | st.integers(0, 10**7),
)
audits = st.builds(
    sample_audit,
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    overall=overalls(),
    pillars=st.lists(pillar_scores(), max_size=8).map(tuple),
    calendar=st.lists(calendar_rows, max_size=16).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(audit=audits, pillar=names, platform=names, code=st.sampled_from(["en", "it"]))
def test_any_audit_can_be_drawn(audit: Audit, pillar: str, platform: str, code: str) -> None:
    """Never an error, never a number that is none, never text outside the drawing."""
    titles = Titles(pillars={**TITLES.pillars, "image": pillar}, platforms={**TITLES.platforms, "instagram": platform})
    for name, width in EVERY:
        assert_sound(draw(name, audit, Language(code), titles, width, chart_id="c1"))


# ------------------------------------------------------------------------------------------------ font metrics


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_advance_widths_are_those_of_the_themes_fonts(weight: int) -> None:
    """Every listed character has the width that the font files give it."""
    widths: dict[str, int] = {}
    for subset in ("latin-ext", "latin"):
        font = TTFont(FONTS / f"source-sans-3-{subset}-{weight}-normal.woff2")
        assert 1000 == font["head"].unitsPerEm
        widths |= {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
    assert {character: widths[character] for character in ADVANCES[weight]} == ADVANCES[weight]


def test_a_text_is_as_wide_as_its_characters() -> None:
    """Digits are 497 units in the regular weight; a character that the font lacks counts as a full em."""
    assert 3 * 4.97 == pytest.approx(text_width("165", 10))
    assert 10.0 == text_width("界", 10)
    assert text_width("e", 10) == text_width("e\u0301", 10)

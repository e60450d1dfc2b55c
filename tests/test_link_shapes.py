"""Shapes of real home pages, written by hand for companies that do not exist: whose is which link."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from audit.discover import links_in
from audit.link_kinds import Kind, kind_of

FB, IG, X = "https://www.facebook.com/", "https://www.instagram.com/", "https://twitter.com/"
LI = "https://www.linkedin.com/company/"
YT, TT = "https://www.youtube.com/", "https://www.tiktok.com/@"


@dataclass(frozen=True)
class Shape:
    """A page's body and head, the own accounts in it (platform:handle) and the kinds of other links by platform."""

    name: str
    body: str
    own: set[str]
    others: dict[str, Kind] = field(default_factory=dict)
    head: str = ""
    url: str = "https://www.birrificio-lupo.example/"
    title: str = "Birrificio Lupo"


def ld(text: str) -> str:
    """A block of structured data."""
    return f'<script type="application/ld+json">{text}</script>'


SHAPES = [
    # What the page declares.
    Shape(
        "json_ld_local_business_graph",
        "",
        {"facebook:lupobirra", "instagram:lupo.birra"},
        head=ld(
            '{"@graph":[{"@type":"WebSite","name":"Birrificio Lupo"},{"@type":'
            f'["Brewery","LocalBusiness"],"name":"Birrificio","sameAs":["{FB}lupobirra","{IG}lupo.birra"]}}]}}'
        ),
    ),
    Shape(
        "json_ld_publisher_of_a_page",
        "",
        {"facebook:dorfzeitung"},
        head=ld(
            '{"@type":"WebPage","publisher":{"@type":"NewsMediaOrganization","name":"Dorfzeitung",'
            f'"sameAs":"{FB}dorfzeitung"}}}}'
        ),
    ),
    Shape(
        "json_ld_author_is_a_person",
        "",
        set(),
        {"x": Kind.PERSON},
        head=ld(f'{{"@type":"NewsArticle","author":[{{"@type":"Person","name":"Ida Berg","sameAs":["{X}idaberg"]}}]}}'),
    ),
    Shape(
        "json_ld_person_publishes_the_site",
        "",
        {"instagram:ida.berg.foto"},
        head=ld(
            '{"@graph":[{"@type":"WebSite","publisher":{"@id":"#me"}},{"@type":"Person","@id":"#me",'
            f'"name":"Ida Berg","sameAs":["{IG}ida.berg.foto"]}}]}}'
        ),
        url="https://www.idaberg-foto.example/",
        title="Ida Berg Fotografie",
    ),
    Shape(
        "json_ld_event_organizer_is_another",
        "",
        set(),
        {"facebook": Kind.OTHER_COMPANY},
        head=ld(
            '{"@type":"Event","name":"Fiera","organizer":{"@type":"Organization","name":"Pro Loco Valdena",'
            f'"sameAs":["{FB}prolocovaldena"]}}}}'
        ),
    ),
    Shape(
        "json_ld_of_another_business",
        "",
        set(),
        {"instagram": Kind.OTHER_COMPANY},
        head=ld(
            '{"@type":"Restaurant","name":"Osteria Brenta","url":"https://osteria-brenta.example/",'
            f'"sameAs":["{IG}osteriabrenta"]}}'
        ),
    ),
    Shape(
        "json_ld_with_a_comma_too_many",
        "",
        {"facebook:lupobirra"},
        head=ld(f'{{"@type":"Organization","name":"Birrificio Lupo","sameAs":["{FB}lupobirra",]}}'),
    ),
    Shape(
        "json_ld_addresses_in_one_text",
        "",
        {"facebook:lupobirra", "instagram:lupo.birra"},
        head=ld(f'{{"@type":"Organization","sameAs":"{FB}lupobirra, {IG}lupo.birra"}}'),
    ),
    Shape(
        "microdata_links",
        f'<div itemscope itemtype="http://schema.org/Organization"><link itemprop="sameAs" '
        f'href="{FB}gartenwerk"><a itemprop="sameAs" href="{IG}garten.werk.official">wir</a></div>',
        {"facebook:gartenwerk", "instagram:garten.werk.official"},
    ),
    Shape(
        "microdata_of_a_person",
        f'<div itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ida</span>'
        f'<link itemprop="sameAs" href="{X}idaberg"></div>',
        set(),
        {"x": Kind.PERSON},
    ),
    Shape(
        "og_see_also_twice",
        "",
        {"facebook:lupobirra", "instagram:lupo.birra"},
        head="".join(f'<meta property="og:see_also" content="{one}">' for one in (f"{FB}lupobirra", f"{IG}lupo.birra")),
    ),
    Shape(
        "numbers_for_instant_articles_are_a_hint",
        "",
        set(),
        {"facebook": Kind.HINT},
        head='<meta property="fb:pages" content="123456789012">',
    ),
    Shape(
        "rel_me_of_mastodon",
        "",
        {"mastodon:lupo@birre.example"},
        head='<link rel="me" href="https://birre.example/@lupo">',
    ),
    # Headers and footers of many makers.
    Shape(
        "wordpress_theme_with_font_icons",
        '<div class="site-footer-widgets"><aside class="widget"><ul class="socials">'
        f'<li><a href="{FB}kaffeeliebe" target="_blank"><i class="fa fa-facebook"></i></a></li>'
        f'<li><a href="{X}kaffeeliebe_de"><i class="fa fa-twitter"></i></a></li></ul></aside></div>',
        {"facebook:kaffeeliebe", "x:kaffeeliebe_de"},
    ),
    Shape(
        "wix_image_icons",
        '<div id="comp-k1_linkBar"><ul aria-label="Social Bar"><li><a href="https://www.instagram.com/'
        'kaffee.liebe/" aria-label="Instagram"><wow-image><img alt="Instagram" src="https://static.x.example/01.png">'
        f'</wow-image></a></li><li><a href="{FB}wix"><img alt="Facebook"></a></li></ul></div>',
        {"instagram:kaffee.liebe"},
        {"facebook": Kind.PLACEHOLDER},
    ),
    Shape(
        "squarespace_svg_links",
        '<div class="sqs-svg-icon--outer social-icon-alignment-center"><nav '
        f'class="sqs-svg-icon--list"><a href="http://instagram.com/squarespace" aria-label="Instagram"><svg></svg></a>'
        f'<a href="{FB}oakandfern"><svg><use xlink:href="#facebook-icon"/></svg></a></nav></div>',
        {"facebook:oakandfern"},
        {"instagram": Kind.PLACEHOLDER},
    ),
    Shape(
        "shopify_footer_with_powered_by",
        '<footer class="site-footer"><ul class="list--inline social-icons">'
        f'<li><a href="{FB}oakandfern"><span class="icon__fallback-text">Facebook</span></a></li></ul>'
        f'<small>&copy; 2021, <a href="/">Oak</a> Powered by Shopify <a '
        f'href="{IG}oakfern.goods">IG</a></small></footer>',
        {"facebook:oakandfern", "instagram:oakfern.goods"},
    ),
    Shape(
        "jimdo_text_links",
        f'<div class="j-module j-text"><p>Besuchen Sie uns auf <a href="{FB}tischlerei.ost">Facebook</a>'
        f' und <a href="{IG}tischlerei.ost">Instagram</a>!</p></div>',
        {"facebook:tischlerei.ost", "instagram:tischlerei.ost"},
        url="https://www.holz-ost.example/",
        title="Holz Ost",
    ),
    Shape(
        "drupal_ministry_block",
        '<div id="block-footer-follow" class="block block-block"><h2>Follow us</h2><div class="content">'
        f'<a href="https://www.flickr.com/photos/minfisheries">Flickr</a> <a '
        f'href="{YT}user/fisherygov">YouTube</a></div></div>',
        {"flickr:minfisheries", "youtube:fisherygov"},
        url="https://www.fisheries.example/",
    ),
    Shape(
        "university_header_with_svg_link",
        '<header><svg><a xlink:href="https://twitter.com/uninordfjord"><path/></a></svg>'
        f'<a href="{LI.replace("company", "school")}uni-nordfjord/">LinkedIn</a></header>',
        {"x:uninordfjord", "linkedin:uni-nordfjord"},
    ),
    Shape(
        "table_layout_of_2009",
        '<table width="760"><tr><td><font face="Arial" size="1">Trovaci su</font></td><td>'
        '<a href="http://www.facebook.com/pages/Lupo/123456789"><img src="img/fb.gif" border="0"></a>'
        "</td></tr></table>",
        {"facebook:123456789"},
    ),
    Shape(
        "image_map",
        '<map name="m"><area shape="rect" coords="0,0,9,9" href="http://www.facebook.com/lupobirra" alt="Facebook">'
        "</map>",
        {"facebook:lupobirra"},
    ),
    Shape(
        "amp_page",
        f'<amp-sidebar id="s"><nav><a href="{IG}lupo.birra">Instagram</a></nav></amp-sidebar>'
        '<amp-social-share type="twitter" data-share-endpoint="https://twitter.com/intent/tweet"></amp-social-share>',
        {"instagram:lupo.birra"},
    ),
    Shape(
        "protocol_relative_and_upper_case",
        '<footer><a href="//WWW.FACEBOOK.COM/LupoBirra?ref=hl">fb</a></footer>',
        {"facebook:LupoBirra"},
    ),
    Shape("no_scheme", '<footer><a href="www.facebook.com/lupobirra">fb</a></footer>', {"facebook:lupobirra"}),
    Shape(
        "new_facebook_page_of_a_small_company",
        f'<footer><a href="{FB}people/Officina-Lupo/100063512345678/">Facebook</a></footer>',
        {"facebook:100063512345678"},
    ),
    Shape(
        "followed_with_a_click",
        f"""<div class="social"><span onclick="window.open('{FB}lupobirra')">f</span></div>""",
        {"facebook:lupobirra"},
    ),
    Shape(
        "javascript_address",
        f"""<footer><a href="javascript:window.open('{FB}lupobirra')">f</a></footer>""",
        {"facebook:lupobirra"},
    ),
    Shape(
        "button_with_data_url",
        f'<footer><button data-url="{IG}lupo.birra">Instagram</button></footer>',
        {"instagram:lupo.birra"},
    ),
    Shape(
        "inside_noscript",
        f'<footer><noscript><a href="{FB}lupobirra">f</a></noscript></footer>',
        {"facebook:lupobirra"},
    ),
    # Follow words.
    *[
        Shape(
            f"follow_words_{number}",
            f'<main><div><p>{words} <a href="{IG}kaffee.liebe">Instagram</a></p></div></main>',
            {"instagram:kaffee.liebe"},
        )
        for number, words in enumerate(
            (
                "Seguici su",
                "Suivez-nous sur",
                "Folgen Sie uns auf",
                "Síguenos en",
                "Siga-nos no",
                "Volg ons op",
                "Следите: мы в",
                "フォローする",
                "关注我们",
                "Följ oss på",
                "Obserwuj nas na",
                "Bizi takip edin:",
                "Kövess minket:",
                "Seuraa meitä",
                "تابعونا على",
            )
        )
    ],
    Shape(
        "heading_over_one_text_link",
        f'<div><h4>Retrouvez-nous</h4><p><a href="{FB}atelier.sud">atelier.sud</a></p></div>',
        {"facebook:atelier.sud"},
        url="https://www.menuiserie-bois.example/",
        title="Menuiserie",
    ),
    # Widgets.
    Shape(
        "page_plugin",
        '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2F'
        'lupobirra&tabs=timeline"></iframe>',
        {"facebook:lupobirra"},
    ),
    Shape(
        "like_button_for_the_page_itself",
        '<iframe src="//www.facebook.com/plugins/like.php?href=https%3A%2F%2Fwww.birrificio-lupo.example%2F"></iframe>',
        set(),
    ),
    Shape(
        "timeline",
        f'<aside><a class="twitter-timeline" href="{X}kaffeeliebe">Tweets by kaffeeliebe</a></aside>',
        {"x:kaffeeliebe"},
    ),
    Shape("linkedin_follow", '<script type="IN/FollowCompany" data-id="1234567"></script>', {"linkedin:1234567"}),
    Shape(
        "youtube_subscribe",
        '<div class="g-ytsubscribe" data-channelid="UCabcdefghijklmnopqrstuv"></div>',
        {"youtube:UCabcdefghijklmnopqrstuv"},
    ),
    Shape(
        "vk_widget",
        '<div id="vk"></div><script>VK.Widgets.Group("vk", {mode: 3}, 12345678);</script>',
        {"vk:club12345678"},
    ),
    # Only in data.
    Shape(
        "next_data",
        '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"footer":{"socials":['
        f'{{"url":"{FB}kaffeeliebe"}},{{"url":"{IG}kaffee.liebe"}},{{"url":"{YT}@kaffeeliebe"}}]}}}}}}</script>',
        {"facebook:kaffeeliebe", "instagram:kaffee.liebe", "youtube:kaffeeliebe"},
    ),
    Shape(
        "nuxt_escapes",
        '<script>window.__NUXT__=(function(a){return {social:{fb:"https:\\u002F\\u002Fwww.facebook.com'
        '\\u002Fkaffeeliebe"}}}(1))</script>',
        {"facebook:kaffeeliebe"},
    ),
    Shape(
        "component_properties",
        f"""<site-footer :links='[{{"title":"Facebook","url":"{FB}lupobirra"}}]'></site-footer>""",
        {"facebook:lupobirra"},
    ),
    Shape(
        "authors_in_data_are_not_own",
        '<script type="application/json">{"authors":['
        + ",".join(f'{{"tw":"{X}autor_{n}","li":"{LI}verlag{n}","ig":"{IG}autor.{n}"}}' for n in "abcd")
        + "]}</script>",
        set(),
    ),
    # Traps.
    Shape(
        "share_bar",
        f'<div class="share"><a href="{FB}sharer/sharer.php?u=x">f</a><a href="{X}intent/tweet?text=x">t</a>'
        '<a href="https://www.linkedin.com/shareArticle?mini=true">in</a>'
        '<a href="https://pinterest.com/pin/create/button/?u">p</a>'
        '<a href="https://wa.me/?text=x">wa</a><a href="https://t.me/share/url?url=x">tg</a></div>',
        set(),
        dict.fromkeys(("facebook", "x", "linkedin", "pinterest", "whatsapp", "telegram"), Kind.SHARE),
    ),
    Shape(
        "agency_before_its_link",
        f'<footer><p>Realizzazione <a href="{IG}studiopixel">Studio Pixel</a></p></footer>',
        set(),
        {"instagram": Kind.CREDIT},
    ),
    *[
        Shape(
            f"agency_credit_{number}",
            f'<footer><p>{words} <a href="{FB}pixelfabrik">Pixelfabrik</a></p></footer>',
            set(),
            {"facebook": Kind.CREDIT},
        )
        for number, words in enumerate(
            (
                "Webdesign by",
                "Umsetzung:",
                "Réalisé par",
                "Diseñado por",
                "Desenvolvido por",
                "Gemaakt door",
                "Realizacja:",
                "Разработка сайта",
                "Készítette:",
                "Tasarım:",
                "制作:",
                "Toteutus:",
            )
        )
    ],
    Shape(
        "credit_in_marks",
        f'<footer><div class="site-credit"><a href="{IG}pixelfabrik"><svg></svg></a></div></footer>',
        set(),
        {"instagram": Kind.CREDIT},
    ),
    Shape(
        "team_page",
        '<section class="team">'
        + "".join(
            f'<div class="card"><h3>{name}</h3><a href="https://www.linkedin.com/in/{name}/">in</a>'
            f'<a href="{X}{name}_x">x</a></div>'
            for name in ("ida", "bo", "cleo")
        )
        + "</section>",
        set(),
        {"linkedin": Kind.PERSON, "x": Kind.PERSON},
    ),
    Shape(
        "team_without_marks",
        "<main>"
        + "".join(
            f'<div class="e-con"><p>{name}</p><a class="e-icon" href="{X}{name}_x"></a>'
            f'<a href="{IG}{name}_i"></a></div>'
            for name in ("idaberg", "bohansen", "cleoroy")
        )
        + "</main>",
        set(),
        {"x": Kind.OTHER_COMPANY},
    ),
    Shape(
        "author_box",
        f'<article><div class="author-box">By Ida <a href="{X}idaberg">Follow @idaberg</a></div></article>',
        set(),
        {"x": Kind.PERSON},
    ),
    Shape(
        "author_who_names_the_paper",
        f'<div class="byline"><a href="{X}ida_dorfzeitung">Ida</a></div>',
        set(),
        {"x": Kind.PERSON},
        url="https://www.dorfzeitung.example/politik/1.html",
        title="Wahl - Dorfzeitung",
    ),
    Shape(
        "article_about_somebody",
        f'<article class="article-body"><p>Das schrieb <a href="{X}majorbloom">Major Bloom</a> '
        "in einem langen Beitrag, der am Abend von sehr vielen gelesen und weitergegeben wurde.</p></article>",
        set(),
        {"x": Kind.IN_TEXT},
        url="https://www.dorfzeitung.example/welt/majorbloom.html",
        title="Major Bloom | Dorfzeitung",
    ),
    Shape(
        "quoted_post",
        '<blockquote class="twitter-tweet"><p>Hi <a href="https://twitter.com/hashtag/x">#x</a></p>'
        f'<a href="{X}majorbloom/status/12345">2020</a> <a href="{X}majorbloom">Major</a></blockquote>',
        set(),
        {"x": Kind.QUOTE},
    ),
    Shape(
        "partners_under_a_heading",
        f'<div><h2>I nostri partner</h2><a href="{FB}caseificiobrenta"><img src="c.png"></a></div>',
        set(),
        {"facebook": Kind.OTHER_COMPANY},
    ),
    Shape(
        "sponsors_in_the_footer",
        f'<footer><div class="sponsors"><ul><li><a href="{FB}caseificiobrenta"><img src="c.png"></a>'
        "</li></ul></div></footer>",
        set(),
        {"facebook": Kind.OTHER_COMPANY},
    ),
    Shape(
        "feed_of_others",
        f'<div class="sbi_item sbi-feed-item"><a href="{IG}somefan">@somefan</a></div>'
        f'<footer><a href="{IG}lupo.birra"></a></footer>',
        {"instagram:lupo.birra"},
        {"instagram": Kind.OTHER_COMPANY},
    ),
    Shape(
        "cookie_banner",
        f'<div id="cookie-banner"><a href="{X}usercentrics">t</a><a href="{X}privacyvendor">v</a></div>',
        set(),
        {"x": Kind.OTHER_COMPANY},
    ),
    Shape(
        "bare_hosts",
        '<footer><a href="https://www.facebook.com/"></a><a href="https://www.linkedin.com/company/"></a>'
        '<a href="https://www.youtube.com/channel/"></a><a href="https://twitter.com/#"></a></footer>',
        set(),
        dict.fromkeys(("facebook", "linkedin", "youtube", "x"), Kind.PLACEHOLDER),
    ),
    Shape(
        "icons_without_address",
        '<footer><a href="#" class="icon-facebook"></a><a href="#"><i class="fab fa-instagram"></i></a>'
        '<a href="#" class="share-twitter"></a></footer>',
        set(),
        dict.fromkeys(("facebook", "instagram"), Kind.PLACEHOLDER),
    ),
    Shape(
        "closed_networks",
        '<footer><a href="https://www.stumbleupon.com/stumbler/lupo">su</a>'
        '<a href="https://www.storify.com/lupo">s</a></footer>',
        set(),
        {"stumbleupon": Kind.RETIRED, "storify": Kind.RETIRED},
    ),
    Shape(
        "groups_and_chats",
        '<footer><a href="https://www.facebook.com/groups/123456">Gruppe</a>'
        '<a href="https://chat.whatsapp.com/AbCdEf">Gruppo</a><a href="https://wa.me/390461000000">WhatsApp</a>'
        '<a href="https://m.me/lupobirra">Messenger</a><a href="https://t.me/+AbCd">TG</a></footer>',
        set(),
        {"telegram": Kind.GROUP},
    ),
    Shape(
        "pixels",
        '<noscript><img src="https://www.facebook.com/tr?id=12345&ev=PageView"></noscript>'
        '<script src="https://snap.licdn.com/li.lms-analytics/insight.min.js"></script>'
        '<script>ttq.load("C1");</script>',
        set(),
        {"facebook": Kind.PIXEL, "linkedin": Kind.PIXEL, "tiktok": Kind.PIXEL},
    ),
    Shape(
        "embeds",
        '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
        '<iframe src="https://player.vimeo.com/video/1"></iframe>'
        '<script src="https://connect.facebook.net/it_IT/sdk.js"></script>',
        set(),
        {"youtube": Kind.PLUGIN, "vimeo": Kind.PLUGIN, "facebook": Kind.PLUGIN},
    ),
    Shape(
        "posts_and_searches",
        f'<main><a href="{YT}watch?v=abcdefghijk">Video</a><a href="{IG}p/Cabc/">Foto</a>'
        f'<a href="{X}search?q=lupo">#lupo</a><a href="{FB}events/123456/">Festa</a></main>',
        set(),
        {"youtube": Kind.POST, "instagram": Kind.POST, "x": Kind.SEARCH, "facebook": Kind.POST},
    ),
    Shape(
        "legal_pages",
        f'<main><a href="{FB}about/privacy/">FB</a><a href="https://help.instagram.com/519522125107875">IG</a>'
        f'<a href="https://www.linkedin.com/legal/privacy-policy">LI</a><a href="{X}en/privacy">X</a></main>',
        set(),
        dict.fromkeys(("facebook", "linkedin", "x"), Kind.PLATFORM_PAGE),
    ),
    Shape(
        "login_buttons",
        f'<form><a href="{FB}v3.2/dialog/oauth?client_id=1">Login</a>'
        '<a href="https://www.linkedin.com/uas/oauth2/authorization">Login</a></form>',
        set(),
        {"linkedin": Kind.LOGIN},
    ),
    Shape(
        "look_alike_hosts",
        '<footer><a href="https://facebook.com.lupo.example/a">a</a>'
        '<a href="https://notfacebook.com/lupobirra">b</a></footer>',
        set(),
    ),
    Shape(
        "short_links",
        '<footer><a href="https://fb.me/lupobirra">Facebook</a><a href="https://bit.ly/3abcDEF">Instagram</a>'
        "</footer><p>Leggi qui tutta la storia, con le immagini e i commenti dei lettori di ieri e di oggi: "
        '<a href="https://bit.ly/2xyz">storia</a> e altro ancora.</p>',
        set(),
        {"facebook": Kind.SHORT, "short-link": Kind.SHORT},
    ),
    Shape(
        "own_redirect_under_an_icon",
        '<footer><a href="/go/facebook" class="icon-facebook"></a></footer>',
        set(),
        {"facebook": Kind.REDIRECT},
    ),
    Shape(
        "written_in_base64",
        '<footer><span data-o="aHR0cHM6Ly93d3cuZmFjZWJvb2suY29tL2xlcGV0aXRwYWlu">FB</span></footer>',
        set(),
        {"facebook": Kind.HINT},
    ),
    Shape(
        "several_accounts_of_one_platform",
        f'<footer><a href="{X}lupobirra">X</a><a href="{X}lupobirra_help">Aiuto</a>'
        f'<a href="{X}lupobirra_de">DE</a></footer>',
        {"x:lupobirra", "x:lupobirra_help", "x:lupobirra_de"},
    ),
    Shape(
        "builder_is_the_client",
        f'<footer><a href="{X}elementor">X</a></footer>',
        {"x:elementor"},
        url="https://elementor.com/",
    ),
    Shape(
        "a_word_of_the_title_is_no_name",
        f'<main><p>Die Redaktion von <a href="{X}homemagazin">Home Magazin</a> hat uns '
        "besucht und einen langen, freundlichen Bericht über unsere Brauerei geschrieben.</p></main>",
        set(),
        {"x": Kind.IN_TEXT},
        title="Home | Birrificio Lupo",
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_page_of_this_shape_gives_its_own_accounts_and_no_other(shape: Shape) -> None:
    """The own accounts exactly; everything else under the kind that it is."""
    page = f"<html><head><title>{shape.title}</title>{shape.head}</head><body>{shape.body}</body></html>".encode()

    links = links_in(page, shape.url)
    kinds = {(link.platform, kind_of(link)) for link in links if not link.own}

    assert shape.own == {f"{link.platform}:{link.handle}" for link in links if link.own}
    assert set(shape.others.items()) <= kinds


def test_there_are_no_links_of_unknown_kind() -> None:
    """Whatever is not own says why, in one of the words that others pick out."""
    for shape in SHAPES:
        page = f"<html><head>{shape.head}</head><body>{shape.body}</body></html>".encode()
        assert all(link.own or kind_of(link) is not None for link in links_in(page, shape.url)), shape.name

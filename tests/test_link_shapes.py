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
    Shape(
        "elementor_home_page_without_footer",
        '<div data-elementor-type="wp-page"><section class="elementor-section"><div '
        'class="elementor-widget-social-icons"><div class="elementor-social-icons-wrapper">'
        '<span class="elementor-grid-item"><a '
        'class="elementor-icon elementor-social-icon elementor-social-icon-facebook" '
        f'href="{FB}pizzadaciro.ravo" target="_blank">'
        f'<span class="elementor-screen-only">Facebook</span></a></span></div></div></section></div>',
        {"facebook:pizzadaciro.ravo"},
    ),
    Shape(
        "news_header_with_counts",
        f'<div class="top-bar"><a href="{FB}tagblatt24">12,345 Fans</a><a href="{X}tagblatt24">8.1K Followers</a>'
        "</div>",
        {"facebook:tagblatt24", "x:tagblatt24"},
        url="https://news.example/a/b/c.html",
    ),
    Shape(
        "sidebar_widget_text_link",
        f'<aside id="sidebar"><h3 class="widget-title">Connect</h3><ul><li><a href="{FB}greenbarn">Facebook</a></li>'
        f'<li><a href="{X}greenbarnfarm">Twitter</a></li><li><a href="/feed">RSS</a></li></ul></aside>',
        {"facebook:greenbarn", "x:greenbarnfarm"},
    ),
    Shape(
        "contact_page_list",
        f'<main><ul><li>Tel: 0461</li><li>Instagram: <a href="{IG}brentana.vini">@brentana.vini</a></li></ul></main>',
        {"instagram:brentana.vini"},
    ),
    Shape(
        "image_button_of_2012",
        '<div id="right"><a href="http://www.facebook.com/brentana.vini" target="_blank">'
        '<img src="/files/facebook_button.png" width="150"></a></div>',
        {"facebook:brentana.vini"},
    ),
    Shape(
        "banner_of_a_shop_brand",
        f'<div id="right"><a href="{FB}moto.rapid"><img src="/banner/rapid_2014.jpg" width="150"></a></div>',
        set(),
        {"facebook": Kind.OTHER_COMPANY},
    ),
    Shape(
        "store_locator",
        '<div class="stores">'
        + "".join(
            f'<div class="store"><h4>Filiale {n}</h4><a href="{FB}filiale{n}ort">Facebook</a></div>' for n in range(5)
        )
        + f'</div><footer><a href="{FB}blumenmeier"></a></footer>',
        {"facebook:blumenmeier"},
    ),
    Shape(
        "chamber_of_members",
        '<ul class="members">'
        + "".join(
            f'<li><a href="https://www.firma{n}.example">Firma {n}</a> <a href="{FB}firma{n}x">'
            '<i class="fa-facebook"></i></a></li>'
            for n in range(6)
        )
        + "</ul>",
        set(),
        {"facebook": Kind.OTHER_COMPANY},
    ),
    Shape(
        "festival_lineup",
        '<section id="lineup"><h2>Line-up</h2>'
        + "".join(
            f'<div class="artist"><h3>Band {n}</h3><a href="{FB}bandxy{n}">Facebook</a>'
            f'<a href="https://open.spotify.com/artist/0123456789abcdefghij{n:02}">Spotify</a></div>'
            for n in range(4)
        )
        + f'</section><footer><a href="{IG}openairsee"></a></footer>',
        {"instagram:openairsee"},
    ),
    Shape(
        "interview_with_links",
        '<article><div class="entry-content"><p>Wir sprachen mit Anna.</p><p>Mehr: '
        f'<a href="{IG}annamalt">Instagram</a> | <a href="{FB}annamaltkunst">Facebook</a></p></div></article>'
        f'<footer><a href="{FB}kulturblog.nord"></a><a href="{IG}kulturblog.nord"></a></footer>',
        {"facebook:kulturblog.nord", "instagram:kulturblog.nord"},
        url="https://www.kulturblog.example/2020/05/anna-malt/",
    ),
    Shape(
        "article_header_by_author",
        '<article><header class="entry-header"><h1>T</h1><span class="vcard author">By '
        f'<a href="{X}carla_writes">Carla</a></span></header></article>',
        set(),
        {"x": Kind.PERSON},
        url="https://www.kulturblog.example/2020/05/t/",
    ),
    Shape(
        "follow_author_in_text",
        f'<p class="bio">Carla writes about art. Follow her on <a href="{X}carla_writes">Twitter</a>.</p>',
        set(),
        url="https://www.kulturblog.example/2020/05/t/",
    ),
    Shape(
        "comments_with_names",
        f'<div id="comments"><ol><li class="comment"><cite><a href="{FB}some.reader">Reader</a></cite></li></ol></div>',
        set(),
        {"facebook": Kind.PERSON},
        url="https://www.kulturblog.example/2020/05/t/",
    ),
    Shape(
        "footer_with_made_with_and_icons",
        f'<footer><p>Made with love by <a href="https://pixel.example">Pixel</a></p><a href="{FB}cafefern"></a>'
        f'<a href="{IG}cafe.fern"></a></footer>',
        {"facebook:cafefern", "instagram:cafe.fern"},
    ),
    Shape(
        "credit_plain_text_then_icons",
        f'<footer><p>© Rive. Site web réalisé par Atelier Net.</p><ul><li><a href="{FB}riveaudio"></a></li></ul>'
        "</footer>",
        {"facebook:riveaudio"},
    ),
    Shape(
        "credit_with_icon_of_agency",
        f'<footer><p>Design by Netzwerft <a href="{IG}netzwerft"><i class="fa fa-instagram"></i></a></p></footer>',
        set(),
        {"instagram": Kind.CREDIT},
    ),
    Shape(
        "arabic_ministry",
        f'<footer dir="rtl"><h4>تابعونا</h4><a href="{X}minagri_sx"></a>'
        f'<a href="{YT}channel/UCabcdefghijklmnopqrstuv"></a></footer>',
        {"x:minagri_sx", "youtube:UCabcdefghijklmnopqrstuv"},
    ),
    Shape(
        "chinese_footer",
        '<div class="foot"><p>关注我们</p><a href="https://twitter.com/hualian_co"><img src="t.png"></a></div>',
        {"x:hualian_co"},
    ),
    Shape(
        "russian_old_shop",
        '<td class="left"><b>Мы в соцсетях</b><br><a href="http://vk.com/dacha_shop77"><img src="/img/vk.png">'
        '</a><a href="http://ok.ru/group/51690779705492"><img src="/img/ok.png"></a></td>',
        {"vk:dacha_shop77", "ok:group/51690779705492"},
    ),
    Shape(
        "vk_login_and_share",
        '<a href="https://oauth.vk.com/authorize?client_id=1">VK</a><a href="https://vk.com/share.php?url=x">share</a>',
        set(),
        {"vk": Kind.SHARE},
    ),
    Shape(
        "japanese_line_and_x",
        '<div class="header_sns"><a href="https://x.com/sakuradou_pr"><img alt="X"></a>'
        '<a href="https://lin.ee/AbCdE">LINE</a></div>',
        {"x:sakuradou_pr"},
        {"line": Kind.CHAT},
    ),
    Shape(
        "threads_bluesky_row",
        '<div class="wp-block-group"><ul class="wp-block-social-links"><li>'
        '<a href="https://www.threads.net/@brisk.tea" class="wp-block-social-link-anchor"><svg></svg></a></li>'
        '<li><a href="https://bsky.app/profile/brisk.example"></a></li></ul></div>',
        {"threads:brisk.tea", "bluesky:brisk.example"},
    ),
    Shape(
        "discord_of_a_game",
        '<nav><a href="https://discord.gg/AbC123">Discord</a><a href="https://www.twitch.tv/mossquest">Twitch'
        '</a><a href="https://www.reddit.com/r/mossquest/">Reddit</a></nav>',
        {"discord:AbC123", "twitch:mossquest", "reddit:r/mossquest"},
    ),
    Shape(
        "github_of_a_project_is_not_a_dependency",
        '<footer><a href="https://github.com/mossdb/mossdb">GitHub</a></footer>',
        {"github:mossdb"},
    ),
    Shape(
        "privacy_policy_text",
        f'<div class="policy"><p>Wir nutzen Dienste der Meta Platforms (<a href="{FB}about/privacy">Datenschutz'
        '</a>) und von <a href="https://twitter.com/privacy">Twitter</a>, '
        '<a href="https://www.xing.com/app/share?op=data_protection">Xing'
        "</a>, und anderen Anbietern, wie unten beschrieben.</p></div>",
        set(),
    ),
    Shape(
        "hidden_mobile_menu",
        f'<div class="offcanvas" style="display:none"><div class="social-links"><a href="{IG}nordlicht.optik">'
        "</a></div></div>",
        {"instagram:nordlicht.optik"},
    ),
    Shape(
        "customer_stories_named_same_word",
        f'<section class="testimonials"><a href="{X}happycustomer">@happycustomer</a></section>',
        set(),
        {"x": Kind.PERSON},
    ),
    Shape(
        "sister_brands_row",
        f'<section class="our-brands"><h2>Our brands</h2><a href="{IG}tealeafco">Tealeaf</a>'
        f'<a href="{IG}mintbar.uk">Mintbar</a></section><footer><a href="{IG}fernholdings"></a></footer>',
        {"instagram:fernholdings"},
    ),
    Shape(
        "as_seen_in",
        f'<div class="press-logos"><h3>As seen in</h3><a href="{X}gazette_daily">'
        '<img src="gazette.svg" alt="The Gazette"></a></div>',
        set(),
    ),
    Shape(
        "payment_provider",
        '<footer><div class="payments"><a href="https://www.paypal.example">PayPal</a></div>'
        f'<a href="{FB}brushhouse"></a></footer>',
        {"facebook:brushhouse"},
    ),
    Shape(
        "json_ld_placeholder",
        "",
        set(),
        {"facebook": Kind.PLACEHOLDER},
        head=ld(f'{{"@type":"Organization","name":"X","sameAs":["https://www.facebook.com/","{FB}yourpage"]}}'),
    ),
    Shape(
        "json_ld_id_reference_publisher",
        "",
        {"facebook:sagewell"},
        head=ld(
            f'{{"@graph":[{{"@type":"Organization","@id":"#o","name":"Sagewell","url":"https://www.birrificio-lup'
            f'o.example/","sameAs":["{FB}sagewell"]}},{{"@type":"WebSite","publisher":{{"@id":"#o"}}}}]}}'
        ),
    ),
    Shape(
        "rdfa",
        f'<div vocab="https://schema.org/" typeof="Organization"><a property="sameAs" href="{FB}sagewell">.</a></div>',
        {"facebook:sagewell"},
    ),
    Shape(
        "iframe_like_box_lazy",
        "<iframe "
        'data-src="https://www.facebook.com/plugins/page.php?href=https://www.facebook.com/sagewell&tabs"></iframe>',
        {"facebook:sagewell"},
    ),
    Shape(
        "xfbml",
        '<fb:like-box href="http://www.facebook.com/sagewell" width="300"></fb:like-box>',
        {"facebook:sagewell"},
    ),
    Shape(
        "twitter_follow_intent_header",
        '<header><a href="https://twitter.com/intent/follow?screen_name=sagewell_uk">Follow</a></header>',
        {"x:sagewell_uk"},
    ),
    Shape(
        "mention_of_rival_in_footer_nav",
        f'<footer><p>Find us: <a href="{FB}elmtreeinn">Facebook</a></p><p>Sister pub: '
        '<a href="https://oak.example">Oak</a></p></footer>',
        {"facebook:elmtreeinn"},
    ),
    Shape(
        "select_menu_of_countries",
        f'<footer><select onchange="go()"><option value="{FB}fernIT">Italia</option>'
        f'<option value="{FB}fernDE">Deutschland</option></select></footer>',
        {"facebook:fernIT", "facebook:fernDE"},
    ),
    Shape(
        "university_department_list",
        '<footer class="footer"><div class="social"><a href="https://www.facebook.com/unibrenta">FB</a>'
        '<a href="https://www.facebook.com/unibrenta.library">Library</a></div></footer>',
        {"facebook:unibrenta", "facebook:unibrenta.library"},
    ),
    Shape(
        "addtoany_follow_kit",
        f'<div class="a2a_kit a2a_follow"><a class="a2a_button_facebook" href="{FB}elmtreeinn"></a>'
        f'<a class="a2a_button_twitter" href="{X}elmtreeinn"></a></div>',
        {"facebook:elmtreeinn", "x:elmtreeinn"},
    ),
    Shape(
        "addthis_horizontal_follow",
        '<div class="addthis_horizontal_follow_toolbox">'
        f'<a class="addthis_button_facebook_follow" href="{FB}elmtreeinn"></a></div>',
        {"facebook:elmtreeinn"},
    ),
    Shape(
        "photo_credit",
        f'<figure><img src="a.jpg"><figcaption>Foto: <a href="{IG}lightcatcher.ph">@lightcatcher.ph</a>'
        "</figcaption></figure>",
        set(),
        {"instagram": Kind.IN_TEXT},
    ),
    Shape(
        "hreflang_copy_lang_path",
        f'<footer><a href="{FB}fern.deutschland">f</a></footer>',
        {"facebook:fern.deutschland"},
        url="https://www.fern.example/de/",
    ),
    Shape(
        "product_page_brand",
        f'<div class="product"><p>Von <a href="{IG}mossandmill">Moss & Mill</a></p></div><footer>'
        f'<a href="{IG}fern.shop"></a></footer>',
        {"instagram:fern.shop"},
        url="https://www.fern.example/p/123",
    ),
    Shape(
        "svelte_inline_state",
        '<div id="app"></div>'
        f'<script>window.__INITIAL_STATE__={{"config":{{"socialLinks":[{{"name":"instagram","href":"{IG}moss.and.'
        'mill"}}]}}}};</script>',
        {"instagram:moss.and.mill"},
    ),
    Shape(
        "rel_me_in_the_footer_on_a_server_of_its_own",
        '<footer><a rel="me noopener" href="https://social.lupo.example/@birra">M</a></footer>',
        {"mastodon:birra@social.lupo.example"},
    ),
    Shape(
        "rel_me_of_an_author",
        f'<div class="author-box"><a rel="me" href="{X}idaberg">Ida</a></div>',
        set(),
        {"x": Kind.PERSON},
    ),
    Shape(
        "json_ld_author_is_the_company_itself",
        "",
        {"facebook:dorfzeitung24"},
        head=ld(
            f'{{"@type":"NewsArticle","author":{{"@type":"Organization","name":"Redaktion","url":"https://www.bir'
            f'rificio-lupo.example/","sameAs":["{FB}dorfzeitung24"]}}}}'
        ),
    ),
    Shape(
        "json_ld_person_of_the_domains_name",
        "",
        {"instagram:foto.ida"},
        head=ld(f'{{"@type":"Person","name":"Ida Berg","sameAs":["{IG}foto.ida"]}}'),
        url="https://www.idaberg.example/",
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

"""Answers in the shape of each platform in which people beside the profile are planted: who comments, reviews, likes.

Every name that must appear nowhere is one of `NAMES`, in one of the spellings that platforms use for people.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

NAMES = (
    "Ottilia Quarantani", "ottilia.quarantani", "ottilia_q", "Baldassarre Frescobuono", "baldassarre-f",
    "Ottilia Q.", "quarantani.jpg", "assaggio memorabile", "8841207733",
)  # fmt: skip
WHO = {
    "id": "8841207733",
    "pk": 8841207733,
    "name": "Ottilia Quarantani",
    "username": "ottilia.quarantani",
    "handle": "ottilia.quarantani",
    "displayName": "Ottilia Quarantani",
    "url": "https://people.example/ottilia_q",
    "profile_pic_url": "https://img.example/quarantani.jpg",
}
TEXT = "Un assaggio memorabile, firmato Baldassarre Frescobuono"
COMMENT = {"created_at": 1795168800, "text": TEXT, "user": WHO, "owner": WHO, "from": WHO, "author": WHO, "likes": 3}


@dataclass(frozen=True, slots=True)
class Planted:
    """One answer; `own` are words of the profile that must stay."""

    url: str
    body: str
    own: tuple[str, ...]
    handle: str = ""


def script(value: object, attributes: str = 'type="application/json"') -> str:
    """A page whose data stand in one script."""
    return (
        f"<html><head><title>Aurora</title></head><body><script {attributes}>{json.dumps(value)}</script></body></html>"
    )


def employer_rated(review: dict[str, object]) -> str:
    """The page of an employer with its rating, and with a review that the company has answered."""
    return script(
        [
            {
                "@type": "EmployerAggregateRating",
                "itemReviewed": {"@type": "Organization", "name": "Torrefazione Aurora"},
                "ratingValue": "3.9", "ratingCount": 412,
            },
            {"@type": "EmployerReview", "author": WHO, "reviewBody": TEXT},
        ],
        'type="application/ld+json"',
    ).replace("</body>", f'<script>window.appCache={{"apolloState":{json.dumps(review)}}}</script></body>')  # fmt: skip


PLANTED = {
    "facebook graph": Planted(
        "https://graph.facebook.com/v25.0/aurora/published_posts",
        json.dumps({
            "data": [{
                "id": "1_2", "message": "Torrefazione Aurora riapre",
                "comments": {"data": [COMMENT], "summary": {"total_count": 31}},
                "reactions": {"data": [WHO], "summary": {"total_count": 57}},
            }]
        }),
        ("Torrefazione Aurora riapre", '"total_count": 31', '"total_count": 57'),
    ),
    "facebook page": Planted(
        "https://www.facebook.com/torrefazioneaurora",
        script({"edges": [
            {"post_id": "11", "comet_sections": {"story": {
                "actors": [{"name": "Aurora", "url": "https://www.facebook.com/torrefazioneaurora"}],
                "message": {"text": "Torrefazione Aurora riapre"}, "comments": {"total_count": 31, "nodes": [COMMENT]},
            }}},
            {"post_id": "12", "comet_sections": {"story": {
                "actors": [{"name": "Ottilia Quarantani", "url": "https://www.facebook.com/ottilia.quarantani"}],
                "message": {"text": TEXT}, "comments": {"total_count": 2},
            }}},
        ]}),
        ("Torrefazione Aurora riapre", '"total_count": 31', '"post_id": "11"'),
    ),
    "instagram": Planted(
        "https://www.instagram.com/api/v1/users/web_profile_info/?username=torrefazione.aurora",
        json.dumps({"data": {"user": {
            "username": "torrefazione.aurora", "profile_context": "Seguito da ottilia.quarantani e altri 4",
            "profile_context_links_with_user_ids": [{"username": "ottilia.quarantani", "id": "8841207733"}],
            "edge_mutual_followed_by": {"count": 4, "edges": [{"node": WHO}]},
            "edge_owner_to_timeline_media": {"count": 87, "edges": [{"node": {
                "edge_media_to_caption": {"edges": [{"node": {"text": "Torrefazione Aurora riapre"}}]},
                "edge_media_to_comment": {"count": 31, "edges": [{"node": COMMENT}]},
                "edge_liked_by": {"count": 57, "edges": [{"node": WHO}]},
            }}]},
        }}}),
        ("torrefazione.aurora", "Torrefazione Aurora riapre", '"count": 31', '"count": 57', '"count": 87'),
    ),
    "linkedin": Planted(
        "https://www.linkedin.com/company/torrefazione-aurora",
        '<html><body><h1>Torrefazione Aurora</h1><section data-test-id="employees-at"><ul><li><a href="/in/ottilia_q">'
        '<img alt="Ottilia Quarantani" src="quarantani.jpg">Ottilia Quarantani</a></ul></section><p>12.300 follower</p>'
        '<script type="application/ld+json">' + json.dumps({"@graph": [{
            "@type": "DiscussionForumPosting", "text": "Torrefazione Aurora riapre", "commentCount": 31,
            "comment": [{"@type": "Comment", "text": TEXT, "author": WHO, "datePublished": "2026-11-20"}],
        }]}) + "</script></body></html>",
        ("Torrefazione Aurora</h1>", "12.300 follower", '"commentCount": 31', '"datePublished": "2026-11-20"'),
    ),
    "youtube": Planted(
        "https://www.youtube.com/@torrefazioneaurora",
        "<html><body><script>var ytInitialData = " + json.dumps({
            "title": "Torrefazione Aurora", "commentCount": {"simpleText": "31"},
            "commentsEntryPointTeaserRenderer": {"teaserAvatar": {"accessibility": "Ottilia Quarantani"}, "t": TEXT},
            "commentThreadRenderer": {"comment": {"authorText": {"simpleText": "@ottilia_q"}}},
        }) + ";</script></body></html>",
        ('"title": "Torrefazione Aurora"', '"simpleText": "31"'),
    ),
    "tiktok": Planted(
        "https://www.tiktok.com/@torrefazioneaurora",
        script({"desc": "Torrefazione Aurora riapre", "stats": {"commentCount": 31}, "comments": [COMMENT]}),
        ("Torrefazione Aurora riapre", '"commentCount": 31'),
    ),
    "trustpilot": Planted(
        "https://www.trustpilot.com/review/aurora.example",
        script({"businessUnit": {"displayName": "Torrefazione Aurora", "numberOfReviews": 412}, "reviews": [
            {"text": TEXT, "rating": 5, "consumer": WHO, "reply": {"message": "Grazie Ottilia Quarantani!"}},
        ]}).replace(
            "</body>",
            '<article class="card" data-service-review-card-paper="true"><a href="/users/8841207733" name="x">'
            '<span data-consumer-name-typography="true">Ottilia Quarantani</span></a><time datetime="2026-11-20">ieri'
            f'</time><p>{TEXT}</p></article><script type="application/ld+json">'
            + json.dumps({"@graph": [
                {"author": WHO, "@type": "Review", "reviewBody": TEXT, "reviewRating": {"ratingValue": "5"}},
                {"@type": "LocalBusiness", "name": "Torrefazione Aurora"},
            ]}) + "</script></body>",
        ),
        ('"displayName": "Torrefazione Aurora"', '"numberOfReviews": 412', '"rating": 5', '"name": "Torrefazione Auro',
         'datetime="2026-11-20"'),
    ),
    "google reviews": Planted(
        "https://places.googleapis.com/v1/places/ChIJ0000000000000000000",
        json.dumps({
            "displayName": {"text": "Torrefazione Aurora"}, "rating": 4.6, "userRatingCount": 312,
            "reviews": [{"text": {"text": TEXT}, "rating": 5, "publishTime": "2026-11-20T09:00:00Z",
                         "authorAttribution": {"displayName": "Ottilia Quarantani", "uri": "https://g.example/ottilia_q"}}],
            "photos": [{"widthPx": 800, "authorAttributions": [{"displayName": "Ottilia Quarantani"}]}],
        }),
        ("Torrefazione Aurora", "4.6", "312", "2026-11-20T09:00:00Z"),
    ),
    "google map": Planted(
        "https://www.google.com/maps/place/Aurora/data=!4m2!3m1!1s0x47886d1:0x3b9aca07",
        "<html><body><script>window.APP_INITIALIZATION_STATE=[[1],[2],3,[null," + json.dumps(
            ")]}'\n" + json.dumps([1, 2, 3, 4, 5, 6, [
                0, 1, 2, 3, [0, 0, 0, 0, 0, 0, 0, 4.6, 1234], 5, 6, ["https://aurora.example/"], 8, 9,
                "0x47886d1:0x3b9aca07", "Torrefazione Aurora", 12, ["Torrefazione"], 14, 15, 16, 17, "Via Roma 1",
                [[["Ottilia Quarantani", "https://img.example/quarantani.jpg"], TEXT, 5]],
            ]])
        ) + ']];</script><div data-review-id="8841207733" aria-label="Ottilia Quarantani"><button '
        'data-href="https://www.google.com/maps/contrib/8841207733">Ottilia Quarantani</button>'
        f'<span aria-label="5 stelle"></span><span>{TEXT}</span></div></body></html>',
        ("Torrefazione Aurora", "4.6", "1234", "https://aurora.example/", "Via Roma 1", "0x47886d1:0x3b9aca07"),
    ),
    "tripadvisor": Planted(
        "https://api.content.tripadvisor.com/api/v1/location/1234/reviews",
        json.dumps({"data": [{"rating": 5, "published_date": "2026-11-20T09:00:00Z", "text": TEXT,
                              "title": "Baldassarre Frescobuono consiglia", "user": WHO}]}),
        ('"rating": 5', "2026-11-20T09:00:00Z"),
    ),
    "yelp": Planted(
        "https://api.yelp.com/v3/businesses/torrefazione-aurora/reviews",
        json.dumps({"total": 412, "reviews": [{"rating": 5, "text": TEXT, "user": WHO}]}),
        ('"total": 412', '"rating": 5'),
    ),
    "facebook drawn comments": Planted(
        "https://www.facebook.com/torrefazioneaurora",
        '<div><a href="/ottilia.quarantani?comment_id=Y29">Ottilia Quarantani</a></div><div data-sigil="comment">'
        f'<a href="/ottilia_q">Ottilia Q.</a><p>{TEXT}</p></div><div class="UFIComment"><span>{TEXT}</span></div>'
        "<h1>Torrefazione Aurora</h1>",
        ("<h1>Torrefazione Aurora</h1>",),
    ),
    "instagram drawn followers": Planted(
        "https://www.instagram.com/aurora.caffe/",
        '<header><h2>aurora.caffe</h2><a href="/aurora.caffe/followers/mutualOnly">Followed by ottilia.quarantani</a>'
        "</header>",
        ("<h2>aurora.caffe</h2>",),
    ),
    "instagram's newest comments": Planted(
        "https://www.instagram.com/aurora.caffe/",
        script({"data": {
            "user": {"username": "aurora.caffe", "edge_related_profiles": {"edges": [{"node": WHO}]}},
            "xdt_api__v1__media__media_id__comments__connection": {"edges": [{"node": COMMENT}]},
            "fb_user_tags": {"in": [{"user": WHO}]},
        }}),
        ('"username": "aurora.caffe"',),
    ),
    "youtube drawn comments": Planted(
        "https://www.youtube.com/@aurora",
        f"<h1>Aurora</h1><ytd-comment-view-model><a id=author-text>Ottilia Quarantani</a><p>{TEXT}</p>"
        "</ytd-comment-view-model>",
        ("<h1>Aurora</h1>",),
    ),
    "x drawn head": Planted(
        "https://x.com/aurora",
        '<div data-testid="UserName">@aurora</div><a href="/aurora/followers_you_follow">Followed by Ottilia Quarantani'
        "</a>",
        ("@aurora</div>",),
    ),
    "linkedin for members": Planted(
        "https://www.linkedin.com/company/torrefazione-aurora/",
        f'<h1>Torrefazione Aurora</h1><article class="comments-comment-entity"><p>{TEXT}</p></article>'
        '<div class="org-people-profile-card__profile-title">Ottilia Quarantani</div>'
        '<code id="bpr">{"included": [{"$type": "com.linkedin.voyager.identity.shared.MiniProfile", '
        '"firstName": "Ottilia Quarantani"}]}</code>',
        ("<h1>Torrefazione Aurora</h1>",),
    ),
    "tiktok drawn comments": Planted(
        "https://www.tiktok.com/@aurora.caffe",
        '<h1>aurora.caffe</h1><div data-e2e="comment-item"><b data-e2e="comment-username-1">Ottilia Quarantani</b>'
        f'<p data-e2e="comment-level-1">{TEXT}</p></div>',
        ("<h1>aurora.caffe</h1>",),
    ),
}  # fmt: skip

PLANTED |= {
    "reddit community": Planted(
        "https://www.reddit.com/r/torrefazione/",
        '<html><body><shreddit-subreddit-header prefixed-name="r/torrefazione" subscribers="1204">'
        '</shreddit-subreddit-header><shreddit-post author="ottilia_q" post-title="Un assaggio memorabile" '
        f'comment-count="31"><p>{TEXT}</p></shreddit-post></body></html>',
        ('subscribers="1204"', 'comment-count="31"'),
        handle="r/torrefazione",
    ),
    "reddit account": Planted(
        "https://www.reddit.com/user/torrefazioneaurora/",
        '<html><body><shreddit-post author="torrefazioneaurora" post-title="Riapriamo"></shreddit-post>'
        f'<shreddit-comment author="ottilia_q"><p>{TEXT}</p></shreddit-comment></body></html>',
        ('post-title="Riapriamo"',),
        handle="u/torrefazioneaurora",
    ),
    "bluesky": Planted(
        "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=aurora.example",
        json.dumps({"feed": [{
            "post": {"author": {"handle": "aurora.example"}, "record": {"text": "Grazie a tutti"}, "replyCount": 2},
            "reply": {"root": {"author": WHO, "record": {"text": TEXT}}, "parent": {"author": WHO, "likeCount": 3}},
        }]}),
        ("aurora.example", "Grazie a tutti", '"replyCount": 2', '"likeCount": 3'),
    ),
    "mastodon": Planted(
        "https://mastodon.social/api/v1/accounts/7/statuses",
        json.dumps([{"account": {"acct": "aurora"}, "content": "Riapriamo", "replies_count": 2,
                     "favourited_by": [WHO], "descendants": [COMMENT]}]),
        ('"acct": "aurora"', "Riapriamo", '"replies_count": 2'),
    ),
    "x": Planted(
        "https://x.com/i/api/graphql/a1b2/UserTweets",
        json.dumps({"entries": [
            {"tweet_results": {"result": {"core": {"user": {"legacy": {"screen_name": "aurora"}}},
                                          "legacy": {"full_text": "Riapriamo", "reply_count": 2}}}},
            {"tweet_results": {"result": {"core": {"user": {"legacy": {"screen_name": "ottilia_q"}}},
                                          "legacy": {"full_text": TEXT, "favorite_count": 3}}}},
        ]}),
        ('"screen_name": "aurora"', "Riapriamo", '"reply_count": 2', '"favorite_count": 3'),
        handle="aurora",
    ),
    "discord": Planted(
        "https://discord.com/api/v10/invites/aurora",
        json.dumps({"guild": {"name": "Torrefazione Aurora"}, "approximate_member_count": 1204, "inviter": WHO}),
        ("Torrefazione Aurora", "1204"),
    ),
    "hacker news": Planted(
        "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_aurora",
        json.dumps({"hits": [{"author": "aurora", "title": "Riapriamo", "num_comments": 2, "children": [COMMENT]}]}),
        ('"author": "aurora"', "Riapriamo", '"num_comments": 2'),
    ),
    "bandcamp": Planted(
        "https://aurora.bandcamp.com/",
        "<html><body><h1>Aurora</h1><div id=\"collectors-data\" data-blob=\"{&quot;thumbs&quot;:[{&quot;username&quot;:"
        "&quot;ottilia_q&quot;,&quot;name&quot;:&quot;Ottilia Quarantani&quot;}]}\"></div></body></html>",
        ("<h1>Aurora</h1>",),
    ),
    "tumblr": Planted(
        "https://aurora.tumblr.com/",
        '<html><body><h1>Aurora</h1><ol class="notes"><li class="note tumblelog_ottilia_q"><a href="https://ottilia_q.'
        'tumblr.example/" title="Ottilia Quarantani">ottilia_q</a> likes this</li></ol></body></html>',
        ("<h1>Aurora</h1>",),
    ),
    "glassdoor": Planted(
        "https://www.glassdoor.com/Overview/Working-at-Aurora-EI_IE1000001.11,17.htm",
        employer_rated({"Employer:1000001": {"shortName": "Aurora", "ceo": WHO}, "EmployerReviewRG:7": {
            "__typename": "EmployerReviewRG", "pros": TEXT, "employerResponses": [{"response": TEXT}],
        }}),
        ("Torrefazione Aurora", '"ratingValue": "3.9"', "412", '"shortName": "Aurora"'),
    ),
    "kununu": Planted(
        "https://www.kununu.com/de/aurora/kommentare",
        employer_rated({"totalReviews": 412, "reviews": [{"texts": [TEXT], "score": 4.2}],
                        "responses": [{"responder": WHO, "text": TEXT}]}),
        ("Torrefazione Aurora", '"ratingValue": "3.9"', '"totalReviews": 412'),
    ),
    "xing": Planted(
        "https://www.xing.com/pages/torrefazione-aurora",
        '<html><body><h1>Torrefazione Aurora</h1><span>412 Follower</span><a href="https://www.xing.com/profile/'
        'ottilia_q"><img src="quarantani.jpg">Ottilia Quarantani</a><script>window.crate={"APOLLO_STATE":'
        + json.dumps({"Company:3": {"companyName": "Aurora", "employees": {"total": 31, "nodes": [WHO]}},
                      "XingId:9": {"__typename": "XingId", **WHO}})
        + "}</script></body></html>",
        ("Torrefazione Aurora", "412 Follower", '"companyName": "Aurora"', '"total": 31'),
    ),
    "product hunt": Planted(
        "https://www.producthunt.com/products/aurora-beans",
        '<html><body><h1>Aurora Beans</h1><a href="/@ottilia_q"><img src="quarantani.jpg">Ottilia Quarantani</a>'
        "<script>push({" + json.dumps({"product": {
            "__typename": "Product", "slug": "aurora-beans", "followersCount": 412,
            "makers": [WHO], "reviews": {"totalCount": 36, "edges": [{"node": {"body": TEXT, "user": WHO}}]},
        }, "viewer": {"__typename": "User", **WHO}})[1:-1] + ',"error":undefined})</script></body></html>',
        ("Aurora Beans", '"followersCount": 412', '"totalCount": 36'),
    ),
    "vk": Planted(
        "https://api.vk.com/method/wall.get?owner_id=-7&filter=owner&count=100&v=5.199",
        json.dumps({"response": {"count": 87, "items": [{"id": 3, "text": "Riapriamo"}], "profiles": [WHO]}}),
        ('"count": 87', "Riapriamo"),
    ),
    "wordpress comments": Planted(
        "https://aurora.example/",
        '<html><body><p>Torrefazione Aurora</p><ol class="comment-list"><li id="comment-7" class="comment byuser '
        'comment-author-ottilia_q"><img src="quarantani.jpg"><cite class="fn">Ottilia Quarantani</cite>'
        f"<p>{TEXT}</p></li></ol><footer>Seguiteci</footer></body></html>",
        ("Torrefazione Aurora", "Seguiteci"),
    ),
    "reviews on a site": Planted(
        "https://aurora.example/",
        '<html><body><p>Torrefazione Aurora</p><div class="ti-review-item"><span>Ottilia Quarantani</span>'
        f"{TEXT}</div><script type=\"application/ld+json\">" + json.dumps({
            "@type": "Organization", "name": "Torrefazione Aurora", "sameAs": ["https://www.instagram.com/aurora/"],
            "review": [{"@type": "Review", "author": WHO, "reviewBody": TEXT, "reviewRating": {"ratingValue": 5}}],
        }) + "</script></body></html>",
        ("Torrefazione Aurora", "https://www.instagram.com/aurora/", '"ratingValue": 5'),
    ),
    "forum": Planted(
        "https://aurora.example/contatti",
        '<html><body><h1>Forum Aurora</h1><article><h4 class="message-name"><a class="username" href="/u/ottilia_q" '
        'data-user-id="8841207733">Ottilia Quarantani</a></h4></article></body></html>',
        ("Forum Aurora",),
    ),
    "comment feed": Planted(
        "https://aurora.example/comments/feed/",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Commenti per Aurora</title><item><title>Di '
        f"Ottilia Quarantani</title><dc:creator><![CDATA[Ottilia Quarantani]]></dc:creator><description><![CDATA[<p>"
        f"{TEXT}</p>]]></description></item></channel></rss>",
        ("Commenti per Aurora",),
    ),
}  # fmt: skip

PLANTED |= {
    "yelp page": Planted(
        "https://www.yelp.com/biz/torrefazione-aurora",
        '<html><body><h1>Torrefazione Aurora</h1><ul><li><div class="user-passport-info y-css-1"><a '
        'href="/user_details?userid=ottilia_q">Ottilia Q.</a></div><span aria-label="5 star rating"></span>'
        '<p class="comment__09f24__D0">'
        f'{TEXT}</p></li></ul><div data-state="' + escape(json.dumps({
            "Business:1": {"__typename": "Business", "name": "Torrefazione Aurora", "reviewCount": 412},
            "User:1": {"displayName": "Ottilia Quarantani", "__typename": "User"},
            "Review:1": {"__typename": "Review", "rating": 5, "text": {"full": TEXT}},
        })) + '"></div></body></html>',
        ("<h1>Torrefazione Aurora</h1>", "reviewCount&quot;: 412", "rating&quot;: 5", 'aria-label="5 star rating"'),
    ),
    "tripadvisor page": Planted(
        "https://www.tripadvisor.it/Restaurant_Review-g187861-d1234567-Reviews-Aurora.html",
        '<html><body><h1>Torrefazione Aurora</h1><div data-automation="reviewCard"><a href="/Profile/ottilia_q">'
        f"Ottilia Quarantani</a><span>{TEXT}</span></div><script>window.__WEB_CONTEXT__={{pageManifest:" + json.dumps({
            "name": "Torrefazione Aurora", "rating": 4.5, "reviewListPage": {"reviews": [
                {"text": TEXT, "userProfile": {"displayName": "Ottilia Quarantani"}, "publishedDate": "2026-11-20"}]},
        }) + "}</script></body></html>",
        ("<h1>Torrefazione Aurora</h1>", '"name": "Torrefazione Aurora"', "4.5", "2026-11-20"),
    ),
    "vk page": Planted(
        "https://vk.com/torrefazioneaurora",
        '<html><body><h1>Aurora</h1><div class="post"><p>Riapriamo</p><div class="replies"><div class="reply"><a '
        f'href="/ottilia_q">Ottilia Quarantani</a><p>{TEXT}</p></div></div></div></body></html>',
        ("<h1>Aurora</h1>", "Riapriamo"),
    ),
    "substack likers": Planted(
        "https://aurora.substack.com/",
        '<html><body><h1>Aurora</h1><div class="pencraft facepile"><a href="https://substack.com/profile/8841207733-'
        'ottilia_q?utm_source=post-reactions-face"><img src="quarantani.jpg"></a></div><p>31 like</p></body></html>',
        ("<h1>Aurora</h1>", "31 like"),
    ),
}  # fmt: skip

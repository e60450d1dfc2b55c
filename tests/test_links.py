"""Addresses of profiles: every spelling of a profile becomes one link, everything else is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import State
from audit.platforms import link_of, platform_of, platforms, read_page
from audit.platforms._recognised import Recognised

PROFILES = [
    ("facebook", "https://www.facebook.com/aurora.caffe", "aurora.caffe", "https://www.facebook.com/aurora.caffe"),
    ("facebook", "http://it-it.facebook.com/Aurora/?ref=hl", "Aurora", "https://www.facebook.com/Aurora"),
    ("facebook", "https://m.facebook.com/Aurora/posts/", "Aurora", "https://www.facebook.com/Aurora"),
    ("facebook", "https://fb.com/Aurora/about", "Aurora", "https://www.facebook.com/Aurora"),
    ("facebook", "https://www.facebook.com/profile.php?id=100064812345678&sk=about", "100064812345678",
     "https://www.facebook.com/profile.php?id=100064812345678"),
    ("facebook", "https://www.facebook.com/people/Aurora/100064812345678/", "100064812345678",
     "https://www.facebook.com/profile.php?id=100064812345678"),
    ("facebook", "https://www.facebook.com/p/Aurora-Torino-100064812345678/", "100064812345678",
     "https://www.facebook.com/profile.php?id=100064812345678"),
    ("facebook", "https://www.facebook.com/pages/Aurora/107918865894443", "107918865894443",
     "https://www.facebook.com/107918865894443"),
    ("facebook", "https://www.facebook.com/pages/Torino-Italy/Aurora/116305146770", "116305146770",
     "https://www.facebook.com/116305146770"),
    ("facebook", "https://www.facebook.com/pages/category/Coffee-Shop/Aurora-107918865894443/", "107918865894443",
     "https://www.facebook.com/107918865894443"),
    ("facebook", "https://www.facebook.com/pg/Aurora/reviews/", "Aurora", "https://www.facebook.com/Aurora"),
    ("facebook", "https://www.facebook.com/#!/Aurora", "Aurora", "https://www.facebook.com/Aurora"),
    ("x", "https://twitter.com/AuroraCaffe?lang=it", "AuroraCaffe", "https://x.com/AuroraCaffe"),
    ("x", "http://mobile.twitter.com/AuroraCaffe/", "AuroraCaffe", "https://x.com/AuroraCaffe"),
    ("x", "https://x.com/@AuroraCaffe", "AuroraCaffe", "https://x.com/AuroraCaffe"),
    ("x", "https://x.com/AuroraCaffe/with_replies", "AuroraCaffe", "https://x.com/AuroraCaffe"),
    ("x", "https://twitter.com/#!/AuroraCaffe?x=1", "AuroraCaffe", "https://x.com/AuroraCaffe"),
    ("x", "https://twitter.com/intent/user?screen_name=AuroraCaffe", "AuroraCaffe", "https://x.com/AuroraCaffe"),
    ("x", "https://x.com/i/user/1540000000000000001", "1540000000000000001",
     "https://x.com/i/user/1540000000000000001"),
    ("linkedin", "https://it.linkedin.com/company/Officine-Levante?trk=x", "officine-levante",
     "https://www.linkedin.com/company/officine-levante/"),
    ("linkedin", "https://www.linkedin.com/company/caff%C3%A8-aurora/posts/", "caffè-aurora",
     "https://www.linkedin.com/company/caff%C3%A8-aurora/"),
    ("linkedin", "https://www.linkedin.com/showcase/aurora-lab/", "aurora-lab",
     "https://www.linkedin.com/showcase/aurora-lab/"),
    ("linkedin", "https://www.linkedin.com/school/scuola-del-caffe/", "scuola-del-caffe",
     "https://www.linkedin.com/school/scuola-del-caffe/"),
    ("linkedin", "https://www.linkedin.com/company/1234567", "1234567", "https://www.linkedin.com/company/1234567/"),
    ("youtube", "https://www.youtube.com/@TorrefazioneAurora/videos", "TorrefazioneAurora",
     "https://www.youtube.com/@TorrefazioneAurora"),
    ("youtube", "https://m.youtube.com/@one.media.", "one.media.", "https://www.youtube.com/@one.media."),
    ("youtube", "https://www.youtube.com/channel/UCaurora0000000000000001", "UCaurora0000000000000001",
     "https://www.youtube.com/channel/UCaurora0000000000000001"),
    ("youtube", "http://www.youtube.com/user/Aurora?feature=watch", "Aurora", "https://www.youtube.com/user/Aurora"),
    ("youtube", "https://youtube.com/c/Aurora/about", "Aurora", "https://www.youtube.com/c/Aurora"),
    ("youtube", "https://www.youtube.com/Aurora", "Aurora", "https://www.youtube.com/Aurora"),
    ("youtube", "https://www.youtube.com/@%E3%82%AA%E3%83%BC%E3%83%AD%E3%83%A9", "オーロラ",
     "https://www.youtube.com/@オーロラ"),
]  # fmt: skip
NO_PROFILES = [
    ("facebook", "https://www.facebook.com/"),
    ("facebook", "https://www.facebook.com/sharer/sharer.php?u=https://aurora.example"),
    ("facebook", "https://www.facebook.com/tr?id=123456789&ev=PageView"),
    ("facebook", "https://www.facebook.com/plugins/like.php?href=x"),
    ("facebook", "https://www.facebook.com/dialog/share?app_id=1"),
    ("facebook", "https://www.facebook.com/groups/aurora"),
    ("facebook", "https://www.facebook.com/aurora/videos/10154107990797381/"),
    ("facebook", "https://www.facebook.com/aurora/posts/10154107990797381"),
    ("facebook", "https://www.facebook.com/events/123456789"),
    ("facebook", "https://www.facebook.com/l.php?u=https%3A%2F%2Faurora.example"),
    ("facebook", "https://connect.facebook.net/it_IT/sdk.js"),
    ("facebook", "https://graph.facebook.com/aurora"),
    ("facebook", "https://developers.facebook.com/docs"),
    ("facebook", "https://facebook.com.evil.example/aurora"),
    ("facebook", "https://notfacebook.com/aurora"),
    ("facebook", "https://fb.watch/abc123/"),
    ("x", "https://x.com/"),
    ("x", "https://twitter.com/share?url=x"),
    ("x", "https://twitter.com/intent/tweet?text=x"),
    ("x", "https://x.com/AuroraCaffe/status/1860000000000000001"),
    ("x", "https://twitter.com/hashtag/caffe"),
    ("x", "https://twitter.com/search?q=caffe"),
    ("x", "https://platform.twitter.com/widgets.js"),
    ("x", "https://x.com/averyveryverylonghandle"),
    ("x", "https://nitter.example/AuroraCaffe"),
    ("linkedin", "https://www.linkedin.com/in/una-persona/"),
    ("linkedin", "https://www.linkedin.com/shareArticle?mini=true&url=x"),
    ("linkedin", "https://www.linkedin.com/company/setup/new/"),
    ("linkedin", "https://www.linkedin.com/posts/aurora_activity-7247945789950353408-oSYw"),
    ("linkedin", "https://www.linkedin.com/jobs/view/1"),
    ("linkedin", "https://snap.licdn.com/li.lms-analytics/insight.min.js"),
    ("linkedin", "https://lnkd.in/abc123"),
    ("youtube", "https://www.youtube.com/"),
    ("youtube", "https://www.youtube.com/watch?v=aB3dE5fG7hI"),
    ("youtube", "https://www.youtube.com/embed/aB3dE5fG7hI"),
    ("youtube", "https://youtu.be/aB3dE5fG7hI"),
    ("youtube", "https://www.youtube.com/playlist?list=PL1"),
    ("youtube", "https://www.youtube.com/results?search_query=caffe"),
    ("youtube", "https://www.youtube.com/channel/notanid"),
    ("youtube", "https://i.ytimg.com/vi/aB3dE5fG7hI/hqdefault.jpg"),
    ("youtube", "https://www.youtube.com/redirect?q=https%3A%2F%2Faurora.example"),
]


# The networks of which a profile is one of several kinds of address, in the order of their names: every spelling and
# what it becomes, then what is no profile.
NETWORKS: dict[str, tuple[list[tuple[str, str, str]], list[str]]] = {
    "bandcamp": (
        [
            ("https://aurora-sounds.bandcamp.com", "aurora-sounds", "https://aurora-sounds.bandcamp.com/"),
            ("http://Aurora-Sounds.bandcamp.com/music", "aurora-sounds", "https://aurora-sounds.bandcamp.com/"),
            ("https://aurora-sounds.bandcamp.com/merch?from=menu", "aurora-sounds",
             "https://aurora-sounds.bandcamp.com/"),
            ("https://tostatura.bandcamp.com/community#top", "tostatura", "https://tostatura.bandcamp.com/"),
        ],
        [
            "https://bandcamp.com/",
            "https://bandcamp.com/anna-ascolta",
            "https://daily.bandcamp.com/features/caffe",
            "https://aurora-sounds.bandcamp.com/album/primo-tiro",
            "https://aurora-sounds.bandcamp.com/track/moka",
            "https://bandcamp.com/EmbeddedPlayer/album=1/size=large",
            "https://bandcamp.com/login",
        ],
    ),
    "discord": (
        [
            ("https://discord.gg/auroracaffe", "auroracaffe", "https://discord.com/invite/auroracaffe"),
            ("https://discord.com/invite/aB3dE5f", "aB3dE5f", "https://discord.com/invite/aB3dE5f"),
            ("http://www.discordapp.com/invite/aB3dE5f?utm_source=x", "aB3dE5f", "https://discord.com/invite/aB3dE5f"),
            ("https://discord.gg/invite/aurora-caffe", "aurora-caffe", "https://discord.com/invite/aurora-caffe"),
        ],
        [
            "https://discord.com/",
            "https://discord.com/channels/100000000000000001/100000000000000002",
            "https://discord.com/api/v10/invites/auroracaffe",
            "https://discord.com/oauth2/authorize?client_id=1",
            "https://discord.com/widget?id=100000000000000001",
            "https://discord.com/login",
            "https://cdn.discordapp.com/attachments/1/2/moka.png",
            "https://discord.gg/",
        ],
    ),
    "forum": (
        [
            ("https://aurora.discourse.group", "aurora.discourse.group", "https://aurora.discourse.group/"),
            ("https://meta.discourse.org/?x=1", "meta.discourse.org", "https://meta.discourse.org/"),
            ("https://forum.aurora.example/", "forum.aurora.example", "https://forum.aurora.example/"),
            ("https://community.aurora.example:8443/", "community.aurora.example:8443",
             "https://community.aurora.example:8443/"),
            ("http://www.aurora.example/forum/", "aurora.example/forum", "https://www.aurora.example/forum"),
        ],
        [
            "https://discourse.group/",
            "https://www.nodebb.com/",
            "https://aurora.example/",
            "https://forum.example/",
            "https://forum.aurora.example/t/macinatura-fine/12",
            "https://forum.aurora.example/topic/12",
            "https://forum.aurora.example/u/lina",
            "https://aurora.example/forum/topic/12",
        ],
    ),
    "dribbble": (
        [
            ("https://dribbble.com/aurora-studio", "aurora-studio", "https://dribbble.com/aurora-studio"),
            ("http://www.dribbble.com/Aurora-Studio/", "aurora-studio", "https://dribbble.com/aurora-studio"),
            ("https://dribbble.com/aurora-studio/shots", "aurora-studio", "https://dribbble.com/aurora-studio"),
            ("https://dribbble.com/aurora_studio/about?x=1", "aurora_studio", "https://dribbble.com/aurora_studio"),
        ],
        [
            "https://dribbble.com/",
            "https://dribbble.com/shots/10000001-Moka",
            "https://dribbble.com/jobs/1",
            "https://dribbble.com/tags/coffee",
            "https://dribbble.com/search/coffee",
            "https://dribbble.com/session/new",
            "https://cdn.dribbble.com/users/1/avatar.png",
        ],
    ),
    "flickr": (
        [
            ("https://www.flickr.com/photos/auroracaffe/", "auroracaffe", "https://www.flickr.com/photos/auroracaffe/"),
            ("http://flickr.com/people/auroracaffe", "auroracaffe", "https://www.flickr.com/photos/auroracaffe/"),
            ("https://www.flickr.com/photos/12345678@N00/albums", "12345678@N00",
             "https://www.flickr.com/photos/12345678@N00/"),
            ("http://www.flickr.com/AuroraCaffe", "AuroraCaffe", "https://www.flickr.com/photos/AuroraCaffe/"),
        ],
        [
            "https://www.flickr.com/",
            "https://www.flickr.com/photos/auroracaffe/51000000001/",
            "https://www.flickr.com/photos/auroracaffe/albums/72150000000000001",
            "https://www.flickr.com/groups/caffe/",
            "https://www.flickr.com/photos/tags/moka",
            "https://www.flickr.com/search/?text=moka",
            "https://live.staticflickr.com/1/51000000001_a.jpg",
            "https://flic.kr/p/2aBcD",
        ],
    ),
    "github": (
        [
            ("https://github.com/aurora-caffe", "aurora-caffe", "https://github.com/aurora-caffe"),
            ("https://www.github.com/Aurora-Caffe/", "Aurora-Caffe", "https://github.com/Aurora-Caffe"),
            ("https://github.com/aurora-caffe/moka/issues/4", "aurora-caffe", "https://github.com/aurora-caffe"),
            ("https://github.com/orgs/aurora-caffe/repositories", "aurora-caffe", "https://github.com/aurora-caffe"),
            ("https://github.com/sponsors/aurora-caffe", "aurora-caffe", "https://github.com/aurora-caffe"),
            ("https://gist.github.com/auroracaffe", "auroracaffe", "https://github.com/auroracaffe"),
        ],
        [
            "https://github.com/",
            "https://github.com/features/actions",
            "https://github.com/pricing",
            "https://github.com/login?return_to=%2Faurora",
            "https://github.com/topics/coffee",
            "https://github.com/marketplace/moka",
            "https://github.com/aurora--caffe",
            "https://github.com/-aurora",
            "https://gist.github.com/auroracaffe/0123456789abcdef0123456789abcdef",
            "https://raw.githubusercontent.com/aurora-caffe/moka/main/README.md",
            "https://aurora-caffe.github.io/",
        ],
    ),
    "glassdoor": (
        [
            ("https://www.glassdoor.com/Overview/Working-at-Aurora-EI_IE1000001.11,17.htm", "1000001",
             "https://www.glassdoor.com/Overview/-EI_IE1000001.htm"),
            ("https://www.glassdoor.it/Overview/Lavorando-in-Aurora-EI_IE1000001.13,19.htm", "1000001",
             "https://www.glassdoor.com/Overview/-EI_IE1000001.htm"),
            ("https://www.glassdoor.co.uk/Reviews/Aurora-Reviews-E1000001.htm", "1000001",
             "https://www.glassdoor.com/Overview/-EI_IE1000001.htm"),
            ("https://it.glassdoor.ch/Reviews/Aurora-Reviews-E1000001_P2.htm?filter=1", "1000001",
             "https://www.glassdoor.com/Overview/-EI_IE1000001.htm"),
        ],
        [
            "https://www.glassdoor.com/",
            "https://www.glassdoor.com/Reviews/Employee-Review-Aurora-E1000001-RVW1.htm",
            "https://www.glassdoor.com/Salary/Aurora-Salaries-E1000001.htm",
            "https://www.glassdoor.com/Job/aurora-jobs-SRCH_KE0,6.htm",
            "https://www.glassdoor.com/profile/login_input.htm",
            "https://www.glassdoor.com/Explore/browse-companies.htm",
            "https://www.glassdoor.evil.example/Overview/Working-at-Aurora-EI_IE1000001.htm",
        ],
    ),
    "google_business": (
        [
            ("https://g.page/AuroraCaffe?share", "auroracaffe", "https://g.page/auroracaffe"),
            ("https://g.page/r/CAurora0000000001EAE", "r/CAurora0000000001EAE",
             "https://g.page/r/CAurora0000000001EAE"),
            ("https://maps.google.it/maps?cid=10000000000000000001&hl=it", "10000000000000000001",
             "https://maps.google.com/?cid=10000000000000000001"),
            ("https://www.google.com/maps/place/Aurora/@45.07,7.68,17z/data=!4m5!3m4!1s0x47886d1:0x3b9aca07!8m2!3d45",
             "1000000007", "https://maps.google.com/?cid=1000000007"),
            ("https://www.google.com/maps/place/?q=place_id:ChIJaurora000000000000000", "ChIJaurora000000000000000",
             "https://www.google.com/maps/place/?q=place_id:ChIJaurora000000000000000"),
            ("https://www.google.de/search?q=Aurora&kgmid=/g/11aurora00", "/g/11aurora00",
             "https://www.google.com/search?kgmid=/g/11aurora00"),
            ("http://aurora-caffe.business.site/", "aurora-caffe", "https://aurora-caffe.business.site/"),
        ],
        [
            "https://www.google.com/maps",
            "https://www.google.com/maps/dir//Aurora+Torino",
            "https://www.google.com/maps/embed?pb=!1m18!1m12!1s0x47886d1:0x3b9aca07",
            "https://www.google.com/maps/search/caffe",
            "https://www.google.com/maps/place/Via+Roma+1,+Torino",
            "https://www.google.com/maps/place/Via+Roma+1/@45.07,7.68,17z/data=!4m5!3m4!1s0x4788:0x0!8m2",
            "https://maps.google.com/?q=Via+Roma+1,+Torino",
            "https://maps.app.goo.gl/aB3dE5fG7hI",
            "https://g.page/r/CAurora0000000001EAE/review",
            "https://www.google.com/search?q=aurora",
            "https://www.google.com/recaptcha/api.js",
            "https://calendar.google.com/calendar/embed?src=x",
            "https://translate.google.com/translate?u=x",
            "https://www.google-analytics.com/analytics.js",
            "https://maps.google.com.evil.example/?cid=10000000000000000001",
        ],
    ),
    "google_plus": (
        [
            ("https://plus.google.com/+AuroraCaffe", "+AuroraCaffe", "https://plus.google.com/+AuroraCaffe"),
            ("https://plus.google.com/+AuroraCaffe/posts?hl=it", "+AuroraCaffe",
             "https://plus.google.com/+AuroraCaffe"),
            ("https://plus.google.com/u/0/100000000000000000001/about", "100000000000000000001",
             "https://plus.google.com/100000000000000000001"),
            ("https://plus.google.com/b/100000000000000000001", "100000000000000000001",
             "https://plus.google.com/100000000000000000001"),
            ("https://www.google.com/+AuroraCaffe", "+AuroraCaffe", "https://plus.google.com/+AuroraCaffe"),
        ],
        [
            "https://plus.google.com/",
            "https://plus.google.com/share?url=https://aurora.example",
            "https://plus.google.com/communities/100000000000000000001",
            "https://plus.google.com/+AuroraCaffe/posts/aB3dE5fG7hI",
            "https://plus.google.com/collection/aB3dE",
            "https://apis.google.com/js/plusone.js",
            "https://www.google.com/intl/it/about",
        ],
    ),
    "hacker_news": (
        [
            ("https://news.ycombinator.com/user?id=auroracaffe", "auroracaffe",
             "https://news.ycombinator.com/user?id=auroracaffe"),
            ("http://news.ycombinator.com/user?id=aurora_caffe", "aurora_caffe",
             "https://news.ycombinator.com/user?id=aurora_caffe"),
            ("https://news.ycombinator.com/user?utm_source=x&id=Aurora-1", "Aurora-1",
             "https://news.ycombinator.com/user?id=Aurora-1"),
            ("https://news.ycombinator.com/user/?id=aurora#bio", "aurora", "https://news.ycombinator.com/user?id=aurora"),
        ],
        [
            "https://news.ycombinator.com/",
            "https://news.ycombinator.com/item?id=40000001",
            "https://news.ycombinator.com/submitlink?u=https://aurora.example&t=x",
            "https://news.ycombinator.com/from?site=aurora.example",
            "https://news.ycombinator.com/submitted?id=auroracaffe",
            "https://news.ycombinator.com/login",
            "https://www.ycombinator.com/companies/aurora",
        ],
    ),
    "kununu": (
        [
            ("https://www.kununu.com/de/torrefazione-aurora", "de/torrefazione-aurora",
             "https://www.kununu.com/de/torrefazione-aurora"),
            ("https://kununu.com/at/Aurora1/kommentare?page=2", "at/aurora1", "https://www.kununu.com/at/aurora1"),
            ("http://www.kununu.com/CH/aurora/", "ch/aurora", "https://www.kununu.com/ch/aurora"),
            ("https://www.kununu.com/us/aurora/reviews", "us/aurora", "https://www.kununu.com/us/aurora"),
        ],
        [
            "https://www.kununu.com/",
            "https://www.kununu.com/de",
            "https://www.kununu.com/de/search?term=aurora",
            "https://www.kununu.com/de/beste-arbeitgeber",
            "https://www.kununu.com/de/aurora/bewerten",
            "https://www.kununu.com/de/aurora/kommentare/0a000000-0000-0000-0000-000000000001",
            "https://www.kununu.com/fr/aurora",
            "https://news.kununu.com/de/aurora",
            "https://www.kununu.com.evil.example/de/aurora",
        ],
    ),
    "mastodon": (
        [
            ("https://mastodon.uno/@auroracaffe", "auroracaffe@mastodon.uno", "https://mastodon.uno/@auroracaffe"),
            ("https://mastodon.social/users/AuroraCaffe", "AuroraCaffe@mastodon.social",
             "https://mastodon.social/@AuroraCaffe"),
            ("https://mastodon.social/web/@auroracaffe", "auroracaffe@mastodon.social",
             "https://mastodon.social/@auroracaffe"),
            ("https://fosstodon.org/@aurora_caffe/media?x=1", "aurora_caffe@fosstodon.org",
             "https://fosstodon.org/@aurora_caffe"),
            ("https://social.aurora-caffe.example/@notizie", "notizie@social.aurora-caffe.example",
             "https://social.aurora-caffe.example/@notizie"),
        ],
        [
            "https://mastodon.social/",
            "https://mastodon.social/share?text=x",
            "https://mastodon.social/authorize_interaction?uri=x",
            "https://mastodon.social/@auroracaffe@mastodon.uno",
            "https://mastodon.social/@auroracaffe/110000000000000001",
            "https://mastodon.social/tags/caffe",
            "https://mastodon.social/auth/sign_in",
            "https://joinmastodon.org/",
        ],
    ),
    "medium": (
        [
            ("https://medium.com/@AuroraCaffe", "AuroraCaffe", "https://medium.com/@AuroraCaffe"),
            ("https://www.medium.com/@auroracaffe/followers", "auroracaffe", "https://medium.com/@auroracaffe"),
            ("https://medium.com/storie-di-aurora?source=x", "storie-di-aurora", "https://medium.com/storie-di-aurora"),
            ("https://auroracaffe.medium.com/", "auroracaffe", "https://auroracaffe.medium.com/"),
        ],
        [
            "https://medium.com/",
            "https://medium.com/m/signin?redirect=x",
            "https://medium.com/tag/coffee",
            "https://medium.com/p/0123456789ab",
            "https://medium.com/search?q=caffe",
            "https://medium.com/policy/terms",
            "https://medium.com/@auroracaffe/la-moka-0123456789ab",
            "https://auroracaffe.medium.com/la-moka-0123456789ab",
            "https://help.medium.com/",
        ],
    ),
    "ok": (
        [
            ("https://ok.ru/auroracaffe", "auroracaffe", "https://ok.ru/auroracaffe"),
            ("http://www.odnoklassniki.ru/auroracaffe", "auroracaffe", "https://ok.ru/auroracaffe"),
            ("https://m.ok.ru/group/51000000000001", "group/51000000000001", "https://ok.ru/group/51000000000001"),
            ("https://ok.ru/group51000000000001", "group/51000000000001", "https://ok.ru/group/51000000000001"),
            ("https://ok.ru/profile/510000000001", "profile/510000000001", "https://ok.ru/profile/510000000001"),
        ],
        [
            "https://ok.ru/",
            "https://connect.ok.ru/offer?url=https://aurora.example",
            "https://ok.ru/dk?st.cmd=anonymMain",
            "https://ok.ru/video/1000000001",
            "https://ok.ru/group/51000000000001/topic/150000000001",
            "https://ok.ru/auroracaffe/topic/150000000001",
            "https://ok.ru/videoembed/1000000001",
        ],
    ),
    "peertube": (
        [
            ("https://framatube.org/a/auroracaffe", "auroracaffe@framatube.org", "https://framatube.org/a/auroracaffe"),
            ("https://framatube.org/a/auroracaffe/video-channels", "auroracaffe@framatube.org",
             "https://framatube.org/a/auroracaffe"),
            ("https://tilvids.com/accounts/AuroraCaffe/videos?x=1", "auroracaffe@tilvids.com",
             "https://tilvids.com/a/auroracaffe"),
            ("https://tilvids.com/c/aurora_ricette/videos", "aurora_ricette@tilvids.com",
             "https://tilvids.com/c/aurora_ricette"),
            ("https://tilvids.com/video-channels/aurora_ricette@tilvids.com", "aurora_ricette@tilvids.com",
             "https://tilvids.com/c/aurora_ricette"),
            ("https://video.aurora-caffe.example/c/ricette", "ricette@video.aurora-caffe.example",
             "https://video.aurora-caffe.example/c/ricette"),
        ],
        [
            "https://framatube.org/",
            "https://framatube.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "https://framatube.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "https://framatube.org/w/p/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "https://framatube.org/a/auroracaffe@tilvids.com",
            "https://framatube.org/a/username",
            "https://framatube.org/login",
            "https://joinpeertube.org/",
        ],
    ),
    "periscope": (
        [
            ("https://www.periscope.tv/auroracaffe", "auroracaffe", "https://www.periscope.tv/auroracaffe"),
            ("https://www.periscope.tv/auroracaffe/", "auroracaffe", "https://www.periscope.tv/auroracaffe"),
            ("http://periscope.tv/@AuroraCaffe", "AuroraCaffe", "https://www.periscope.tv/AuroraCaffe"),
            ("https://www.pscp.tv/auroracaffe", "auroracaffe", "https://www.periscope.tv/auroracaffe"),
        ],
        [
            "https://www.periscope.tv/",
            "https://www.periscope.tv/w/1aBcDeFgHiJkL",
            "https://www.pscp.tv/w/1aBcDeFgHiJkL?t=1",
            "https://www.periscope.tv/auroracaffe/1aBcDeFgHiJkL",
            "https://www.periscope.tv/about",
            "https://www.periscope.tv/averyveryverylonghandle",
        ],
    ),
    "pinterest": (
        [
            ("https://www.pinterest.com/AuroraCaffe/", "auroracaffe", "https://www.pinterest.com/auroracaffe/"),
            ("https://www.pinterest.it/auroracaffe/_created/", "auroracaffe", "https://www.pinterest.com/auroracaffe/"),
            ("http://pinterest.co.uk/auroracaffe", "auroracaffe", "https://www.pinterest.com/auroracaffe/"),
            ("https://br.pinterest.com/auroracaffe/?invite_code=1", "auroracaffe",
             "https://www.pinterest.com/auroracaffe/"),
            ("https://www.pinterest.de/auroracaffe/latte-art/", "auroracaffe", "https://www.pinterest.com/auroracaffe/"),
        ],
        [
            "https://www.pinterest.com/",
            "https://www.pinterest.com/pin/123456789012345678/",
            "https://www.pinterest.com/pin/create/button/?url=https://aurora.example",
            "https://www.pinterest.it/search/pins/?q=caffe",
            "https://www.pinterest.com/ideas/caffe/900000000001/",
            "https://www.pinterest.com/login/",
            "https://business.pinterest.com/it/",
            "https://pin.it/aB3dE5f",
            "https://ct.pinterest.com/v3/?tid=1",
            "https://assets.pinterest.com/js/pinit.js",
            "https://pinterest.evil.example/auroracaffe",
        ],
    ),
    "product_hunt": (
        [
            ("https://www.producthunt.com/products/aurora-beans", "products/aurora-beans",
             "https://www.producthunt.com/products/aurora-beans"),
            ("https://producthunt.com/products/Aurora-Beans/reviews?x=1", "products/aurora-beans",
             "https://www.producthunt.com/products/aurora-beans"),
            ("https://www.producthunt.com/@auroracaffe", "auroracaffe", "https://www.producthunt.com/@auroracaffe"),
            ("http://www.producthunt.com/products/moka/", "products/moka", "https://www.producthunt.com/products/moka"),
        ],
        [
            "https://www.producthunt.com/",
            "https://www.producthunt.com/posts/aurora-beans?utm_source=badge-featured",
            "https://www.producthunt.com/topics/coffee",
            "https://www.producthunt.com/search?q=aurora",
            "https://www.producthunt.com/login",
            "https://api.producthunt.com/widgets/embed-image/v1/featured.svg?post_id=1",
            "https://www.producthunt.com/products/aurora-beans/reviews/new",
        ],
    ),
    "reddit": (
        [
            ("https://www.reddit.com/r/AuroraCaffe/", "r/AuroraCaffe", "https://www.reddit.com/r/AuroraCaffe/"),
            ("https://old.reddit.com/r/AuroraCaffe/new", "r/AuroraCaffe", "https://www.reddit.com/r/AuroraCaffe/"),
            ("https://reddit.com/u/aurora-caffe", "u/aurora-caffe", "https://www.reddit.com/user/aurora-caffe/"),
            ("https://www.reddit.com/user/aurora-caffe/submitted/", "u/aurora-caffe",
             "https://www.reddit.com/user/aurora-caffe/"),
        ],
        [
            "https://www.reddit.com/",
            "https://www.reddit.com/submit?url=https://aurora.example",
            "https://www.reddit.com/r/AuroraCaffe/comments/1abcde/la_moka/",
            "https://www.reddit.com/r/all/",
            "https://www.reddit.com/r/popular",
            "https://www.reddit.com/search?q=aurora",
            "https://www.reddit.com/login",
            "https://www.reddit.com/gallery/1abcde",
            "https://www.reddit.com/r/AuroraCaffe/s/aB3dE5fG7h",
            "https://redd.it/1abcde",
        ],
    ),
    "soundcloud": (
        [
            ("https://soundcloud.com/Aurora-Caffe", "aurora-caffe", "https://soundcloud.com/aurora-caffe"),
            ("https://m.soundcloud.com/aurora-caffe/tracks", "aurora-caffe", "https://soundcloud.com/aurora-caffe"),
            ("http://www.soundcloud.com/aurora-caffe/?utm_source=x", "aurora-caffe",
             "https://soundcloud.com/aurora-caffe"),
            ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/aurora-caffe&color=1", "aurora-caffe",
             "https://soundcloud.com/aurora-caffe"),
        ],
        [
            "https://soundcloud.com/",
            "https://soundcloud.com/discover",
            "https://soundcloud.com/search?q=aurora",
            "https://soundcloud.com/aurora-caffe/primo-tiro",
            "https://soundcloud.com/aurora-caffe/sets/mattina",
            "https://on.soundcloud.com/aB3dE",
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            "https://soundcloud.com/pages/contact",
        ],
    ),
    "spotify": (
        [
            ("https://open.spotify.com/artist/0aurora000000000000001", "0aurora000000000000001",
             "https://open.spotify.com/artist/0aurora000000000000001"),
            ("https://open.spotify.com/intl-it/artist/0aurora000000000000001?si=x", "0aurora000000000000001",
             "https://open.spotify.com/artist/0aurora000000000000001"),
            ("https://open.spotify.com/embed/show/0aurora000000000000002", "0aurora000000000000002",
             "https://open.spotify.com/show/0aurora000000000000002"),
            ("https://play.spotify.com/user/auroracaffe", "auroracaffe", "https://open.spotify.com/user/auroracaffe"),
        ],
        [
            "https://open.spotify.com/",
            "https://open.spotify.com/track/0aurora000000000000003",
            "https://open.spotify.com/album/0aurora000000000000004",
            "https://open.spotify.com/playlist/0aurora000000000000005",
            "https://open.spotify.com/episode/0aurora000000000000006",
            "https://open.spotify.com/search/aurora",
            "https://open.spotify.com/artist/notanid",
            "https://spotify.link/aB3dE5f",
            "https://accounts.spotify.com/login",
        ],
    ),
    "substack": (
        [
            ("https://auroracaffe.substack.com", "auroracaffe", "https://auroracaffe.substack.com/"),
            ("https://AuroraCaffe.substack.com/archive?sort=new", "auroracaffe", "https://auroracaffe.substack.com/"),
            ("https://auroracaffe.substack.com/about", "auroracaffe", "https://auroracaffe.substack.com/"),
            ("https://substack.com/@AuroraCaffe", "auroracaffe", "https://substack.com/@auroracaffe"),
        ],
        [
            "https://substack.com/",
            "https://auroracaffe.substack.com/p/la-moka",
            "https://auroracaffe.substack.com/subscribe?x=1",
            "https://auroracaffe.substack.com/embed",
            "https://substack.com/sign-in",
            "https://substack.com/@auroracaffe/note/c-10000001",
            "https://open.substack.com/pub/auroracaffe/p/la-moka",
            "https://substackcdn.com/image/fetch/x.png",
        ],
    ),
    "threads": (
        [
            ("https://www.threads.com/@Aurora.Caffe", "aurora.caffe", "https://www.threads.com/@aurora.caffe"),
            ("https://www.threads.net/@aurora.caffe?xmt=x", "aurora.caffe", "https://www.threads.com/@aurora.caffe"),
            ("https://threads.net/@aurora.caffe/replies", "aurora.caffe", "https://www.threads.com/@aurora.caffe"),
            ("http://threads.com/@aurora_caffe/", "aurora_caffe", "https://www.threads.com/@aurora_caffe"),
        ],
        [
            "https://www.threads.net/",
            "https://www.threads.net/intent/post?text=x",
            "https://www.threads.net/@aurora.caffe/post/CaUrOrA0001",
            "https://www.threads.net/t/CaUrOrA0001",
            "https://www.threads.com/login",
            "https://www.threads.com/share?url=x",
            "https://www.threads.com/aurora.caffe",
            "https://threads.com.evil.example/@aurora.caffe",
        ],
    ),
    "tripadvisor": (
        [
            ("https://www.tripadvisor.it/Restaurant_Review-g187855-d10000001-Reviews-Aurora-Turin_Piedmont.html",
             "d10000001", "https://www.tripadvisor.com/Restaurant_Review-g187855-d10000001"),
            ("https://www.tripadvisor.co.uk/Hotel_Review-g187855-d10000002-Reviews-or20-Aurora.html", "d10000002",
             "https://www.tripadvisor.com/Hotel_Review-g187855-d10000002"),
            ("http://tripadvisor.com/Attraction_Review-g187855-d10000003?m=1", "d10000003",
             "https://www.tripadvisor.com/Attraction_Review-g187855-d10000003"),
            ("https://fr.tripadvisor.ch/Restaurant_Review-g187855-d10000001-Reviews.html", "d10000001",
             "https://www.tripadvisor.com/Restaurant_Review-g187855-d10000001"),
        ],
        [
            "https://www.tripadvisor.it/",
            "https://www.tripadvisor.it/Restaurants-g187855-Turin.html",
            "https://www.tripadvisor.it/UserReviewEdit-g187855-d10000001-Aurora.html",
            "https://www.tripadvisor.it/ShowUserReviews-g187855-d10000001-r900000001-Aurora.html",
            "https://www.tripadvisor.it/Profile/anna",
            "https://www.tripadvisor.it/Search?q=aurora",
            "https://www.jscache.com/wejs?wtype=cdsratingsonlynarrow&locationId=10000001",
        ],
    ),
    "trustpilot": (
        [
            ("https://www.trustpilot.com/review/aurora-caffe.example", "aurora-caffe.example",
             "https://www.trustpilot.com/review/aurora-caffe.example"),
            ("https://it.trustpilot.com/review/Aurora-Caffe.example?languages=it", "aurora-caffe.example",
             "https://www.trustpilot.com/review/aurora-caffe.example"),
            ("http://trustpilot.com/review/www.aurora-caffe.example", "www.aurora-caffe.example",
             "https://www.trustpilot.com/review/www.aurora-caffe.example"),
            ("https://uk.trustpilot.com/review/shop.aurora.example/", "shop.aurora.example",
             "https://www.trustpilot.com/review/shop.aurora.example"),
        ],
        [
            "https://www.trustpilot.com/",
            "https://it.trustpilot.com/evaluate/aurora-caffe.example",
            "https://it.trustpilot.com/categories/coffee_shop",
            "https://it.trustpilot.com/users/0123456789abcdef01234567",
            "https://it.trustpilot.com/reviews/0123456789abcdef01234567",
            "https://widget.trustpilot.com/bootstrap/v5/tp.widget.bootstrap.min.js",
            "https://www.trustpilot.com/review/aurora",
        ],
    ),
    "tumblr": (
        [
            ("https://aurora-caffe.tumblr.com/", "aurora-caffe", "https://aurora-caffe.tumblr.com/"),
            ("http://Aurora-Caffe.tumblr.com/archive", "aurora-caffe", "https://aurora-caffe.tumblr.com/"),
            ("https://www.tumblr.com/aurora-caffe?source=share", "aurora-caffe", "https://aurora-caffe.tumblr.com/"),
            ("https://www.tumblr.com/blog/aurora-caffe", "aurora-caffe", "https://aurora-caffe.tumblr.com/"),
            ("https://www.tumblr.com/blog/view/aurora-caffe", "aurora-caffe", "https://aurora-caffe.tumblr.com/"),
        ],
        [
            "https://www.tumblr.com/",
            "https://www.tumblr.com/share/link?url=https://aurora.example",
            "https://www.tumblr.com/widgets/share/tool?x=1",
            "https://aurora-caffe.tumblr.com/post/100000000001/la-moka",
            "https://www.tumblr.com/aurora-caffe/100000000001/la-moka",
            "https://www.tumblr.com/tagged/caffe",
            "https://www.tumblr.com/dashboard",
            "https://assets.tumblr.com/share-button.js",
            "https://64.media.tumblr.com/a.png",
        ],
    ),
    "twitch": (
        [
            ("https://www.twitch.tv/AuroraCaffe", "auroracaffe", "https://www.twitch.tv/auroracaffe"),
            ("https://m.twitch.tv/aurora_caffe/videos", "aurora_caffe", "https://www.twitch.tv/aurora_caffe"),
            ("http://twitch.tv/auroracaffe/about", "auroracaffe", "https://www.twitch.tv/auroracaffe"),
            ("https://go.twitch.tv/auroracaffe?x=1", "auroracaffe", "https://www.twitch.tv/auroracaffe"),
        ],
        [
            "https://www.twitch.tv/",
            "https://www.twitch.tv/directory/category/food",
            "https://www.twitch.tv/videos/1000000001",
            "https://www.twitch.tv/p/legal",
            "https://www.twitch.tv/auroracaffe/clip/AuroraMoka",
            "https://clips.twitch.tv/AuroraMoka",
            "https://player.twitch.tv/?channel=auroracaffe",
            "https://www.twitch.tv/search?term=aurora",
        ],
    ),
    "vimeo": (
        [
            ("https://vimeo.com/auroracaffe", "auroracaffe", "https://vimeo.com/auroracaffe"),
            ("https://www.vimeo.com/auroracaffe/videos", "auroracaffe", "https://vimeo.com/auroracaffe"),
            ("http://vimeo.com/user10000001?x=1", "user10000001", "https://vimeo.com/user10000001"),
            ("https://vimeo.com/channels/auroratv", "channels/auroratv", "https://vimeo.com/channels/auroratv"),
        ],
        [
            "https://vimeo.com/",
            "https://vimeo.com/100000001",
            "https://vimeo.com/100000001/aB3dE5f",
            "https://player.vimeo.com/video/100000001",
            "https://vimeo.com/groups/caffe",
            "https://vimeo.com/ondemand/moka",
            "https://vimeo.com/showcase/1000001",
            "https://vimeo.com/event/1000001",
            "https://vimeo.com/channels/staffpicks/100000001",
            "https://vimeo.com/log_in",
            "https://f.vimeocdn.com/p/3/player.js",
        ],
    ),
    "vine": (
        [
            ("https://vine.co/AuroraCaffe", "AuroraCaffe", "https://vine.co/AuroraCaffe"),
            ("http://www.vine.co/aurora.caffe/", "aurora.caffe", "https://vine.co/aurora.caffe"),
            ("https://vine.co/u/1000000000000000001", "1000000000000000001", "https://vine.co/u/1000000000000000001"),
            ("https://vine.co/aurora_caffe?x=1", "aurora_caffe", "https://vine.co/aurora_caffe"),
        ],
        [
            "https://vine.co/",
            "https://vine.co/v/aB3dE5fG7hI",
            "https://vine.co/v/aB3dE5fG7hI/embed/simple",
            "https://vine.co/tags/caffe",
            "https://vine.co/search/caffe",
            "https://platform.vine.co/static/scripts/embed.js",
        ],
    ),
    "vk": (
        [
            ("https://vk.com/auroracaffe", "auroracaffe", "https://vk.com/auroracaffe"),
            ("http://m.vk.ru/aurora_caffe?w=1", "aurora_caffe", "https://vk.com/aurora_caffe"),
            ("https://www.vk.com/public100000001", "public100000001", "https://vk.com/public100000001"),
            ("https://vk.com/club100000001", "club100000001", "https://vk.com/club100000001"),
            ("https://vkontakte.ru/aurora.caffe", "aurora.caffe", "https://vk.com/aurora.caffe"),
        ],
        [
            "https://vk.com/",
            "https://vk.com/share.php?url=https://aurora.example",
            "https://vk.com/away.php?to=x",
            "https://vk.com/widget_community.php?gid=1",
            "https://vk.com/wall-100000001_42",
            "https://vk.com/video-100000001_456239017",
            "https://vk.com/photo100000001_42",
            "https://vk.com/feed",
            "https://vk.com/js/api/openapi.js",
            "https://login.vk.com/?act=login",
        ],
    ),
    "whatsapp": (
        [
            ("https://whatsapp.com/channel/0029VaAurora0000000000AA", "0029VaAurora0000000000AA",
             "https://www.whatsapp.com/channel/0029VaAurora0000000000AA"),
            ("https://www.whatsapp.com/channel/0029VaAurora0000000000AA?x=1", "0029VaAurora0000000000AA",
             "https://www.whatsapp.com/channel/0029VaAurora0000000000AA"),
            ("http://whatsapp.com/channel/0029VaAurora0000000000AA/", "0029VaAurora0000000000AA",
             "https://www.whatsapp.com/channel/0029VaAurora0000000000AA"),
            ("https://www.whatsapp.com/channel/0029VbTramonto00000000BB#x", "0029VbTramonto00000000BB",
             "https://www.whatsapp.com/channel/0029VbTramonto00000000BB"),
        ],
        [
            "https://www.whatsapp.com/",
            "https://wa.me/390110000000",
            "https://wa.me/?text=https://aurora.example",
            "https://wa.me/message/ABCDEFGHIJK1L1",
            "https://api.whatsapp.com/send?phone=390110000000",
            "https://chat.whatsapp.com/aB3dE5fG7hIaB3dE5fG7hI",
            "https://web.whatsapp.com/",
            "https://www.whatsapp.com/catalog/390110000000",
        ],
    ),
    "wikidata": (
        [
            ("https://www.wikidata.org/wiki/Q100000001", "Q100000001", "https://www.wikidata.org/wiki/Q100000001"),
            ("http://www.wikidata.org/entity/Q100000001", "Q100000001", "https://www.wikidata.org/wiki/Q100000001"),
            ("https://m.wikidata.org/wiki/q100000001", "Q100000001", "https://www.wikidata.org/wiki/Q100000001"),
            ("https://wikidata.org/wiki/Q100000001?uselang=it#P856", "Q100000001",
             "https://www.wikidata.org/wiki/Q100000001"),
        ],
        [
            "https://www.wikidata.org/",
            "https://www.wikidata.org/wiki/Wikidata:Main_Page",
            "https://www.wikidata.org/wiki/Property:P856",
            "https://www.wikidata.org/wiki/Special:EntityData/Q100000001.json",
            "https://query.wikidata.org/#SELECT",
            "https://www.wikidata.org/wiki/Lexeme:L1",
        ],
    ),
    "wikipedia": (
        [
            ("https://it.wikipedia.org/wiki/Aurora_Caff%C3%A8", "it:Aurora_Caffè",
             "https://it.wikipedia.org/wiki/Aurora_Caff%C3%A8"),
            ("https://it.m.wikipedia.org/wiki/Aurora_Caff%C3%A8#Storia", "it:Aurora_Caffè",
             "https://it.wikipedia.org/wiki/Aurora_Caff%C3%A8"),
            ("http://en.wikipedia.org/wiki/Aurora_(company)?x=1", "en:Aurora_(company)",
             "https://en.wikipedia.org/wiki/Aurora_(company)"),
            ("https://de.wikipedia.org/wiki/Aurora/Tramonto", "de:Aurora/Tramonto",
             "https://de.wikipedia.org/wiki/Aurora/Tramonto"),
        ],
        [
            "https://www.wikipedia.org/",
            "https://it.wikipedia.org/",
            "https://it.wikipedia.org/wiki/Speciale:Ricerca",
            "https://de.wikipedia.org/wiki/Datei:Aurora.jpg",
            "https://en.wikipedia.org/wiki/Talk:Aurora",
            "https://en.wikipedia.org/w/index.php?title=Aurora&action=edit",
            "https://upload.wikimedia.org/wikipedia/commons/a.png",
        ],
    ),
    "xing": (
        [
            ("https://www.xing.com/pages/Aurora-Caffe", "aurora-caffe", "https://www.xing.com/pages/aurora-caffe"),
            ("https://xing.com/companies/auroracaffe", "auroracaffe", "https://www.xing.com/pages/auroracaffe"),
            ("https://www.xing.com/pages/aurora-caffe/about_us", "aurora-caffe",
             "https://www.xing.com/pages/aurora-caffe"),
            ("http://www.xing.com/company/aurora-caffe?x=1", "aurora-caffe", "https://www.xing.com/pages/aurora-caffe"),
        ],
        [
            "https://www.xing.com/",
            "https://www.xing.com/profile/Anna_Aurora",
            "https://www.xing.com/spi/shares/new?url=https://aurora.example",
            "https://www.xing.com/app/user?op=share;url=x",
            "https://www.xing.com/jobs/torino-barista-1",
            "https://login.xing.com/",
            "https://www.xing.com/net/caffe",
        ],
    ),
    "yelp": (
        [
            ("https://www.yelp.it/biz/aurora-caff%C3%A8-torino?osq=x", "aurora-caffè-torino",
             "https://www.yelp.com/biz/aurora-caff%C3%A8-torino"),
            ("https://www.yelp.com/biz/aurora-torino", "aurora-torino", "https://www.yelp.com/biz/aurora-torino"),
            ("http://m.yelp.co.uk/biz/aurora-london-2/", "aurora-london-2", "https://www.yelp.com/biz/aurora-london-2"),
            ("https://it.yelp.ch/biz/aurora-lugano", "aurora-lugano", "https://www.yelp.com/biz/aurora-lugano"),
        ],
        [
            "https://www.yelp.it/",
            "https://www.yelp.it/writeareview/biz/aurora-torino",
            "https://www.yelp.it/biz_photos/aurora-torino",
            "https://www.yelp.it/search?find_desc=caffe",
            "https://www.yelp.it/user_details?userid=x",
            "https://www.yelp.it/login",
            "https://biz.yelp.it/",
        ],
    ),
}  # fmt: skip
PROFILES += [(name, *row) for name, (profiles, _) in NETWORKS.items() for row in profiles]
NO_PROFILES += [(name, address) for name, (_, others) in NETWORKS.items() for address in others]


@pytest.mark.parametrize(("platform", "address", "handle", "url"), PROFILES)
def test_a_profile_address(platform: str, address: str, handle: str, url: str) -> None:
    """Tabs, languages, subdomains and tracking fall away; the handle stays as it is written."""
    link = platforms()[platform].link(address)
    assert link is not None
    assert (handle, url, platform) == (link.handle, link.url, link.platform)


@pytest.mark.parametrize(("platform", "address"), NO_PROFILES)
def test_an_address_that_is_no_profile(platform: str, address: str) -> None:
    """Sharing, posts, people, pixels, look-alike hosts are never taken for the company's profile."""
    assert platforms()[platform].link(address) is None


@pytest.mark.parametrize(("platform", "address", "handle", "url"), PROFILES)
def test_a_link_s_own_address_is_the_same_link(platform: str, address: str, handle: str, url: str) -> None:
    """What a link says of itself is read back unchanged."""
    again = platforms()[platform].link(url)
    assert again is not None
    assert (handle, url) == (again.handle, again.url)


@pytest.mark.parametrize(("platform", "address", "handle", "url"), PROFILES)
def test_an_address_is_known_by_its_host(platform: str, address: str, handle: str, url: str) -> None:
    """Nobody has to say which platform an address is of; only a server that few know is told by the declaration."""
    declared = platforms()[platform].anywhere
    assert (platform, platform) == (
        platform_of(address, declared=declared).name,
        platform_of(url, declared=declared).name,
    )


PIECES = [
    "@aurora", "aurora", "Aurora_Caffe", "r", "u", "user", "users", "channel", "channels", "pages", "posts", "p",
    "wiki", "review", "biz", "maps", "place", "invite", "photos", "people", "group", "products", "artist", "embed",
    "intl-it", "Q42", "+Aurora", "0aurora000000000000001", "1000000001", "b", "0", "%2F", "%00", "é", "..", "s",
    "entity", "web",
    "sponsors", "orgs", "Hotel_Review-g1-d2-Reviews", "a-EI_IE1000001.htm", "overview", "0029VaAurora0000000000AA",
]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(
    host=st.sampled_from(sorted({host for platform in platforms().values() for host in platform.hosts})),
    below=st.sampled_from(["", "www.", "m.", "it.", "aurora.", "old.", "maps."]),
    path=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=4),
    query=st.sampled_from(["", "?id=aurora", "?cid=10000000000000000001", "?q=place_id:ChIJaurora000000000000000",
                           "?kgmid=/g/11aurora00", "?url=https://soundcloud.com/aurora"]),
)  # fmt: skip
def test_the_link_of_a_link_is_the_same_link(host: str, below: str, path: list[str], query: str) -> None:
    """Whatever address is read, what it becomes is read back unchanged, and nothing makes it raise."""
    link = link_of(f"https://{below}{host}/{'/'.join(path)}{query}", declared=True)
    if link is not None:
        assert link == link_of(link.url, declared=True)


@pytest.mark.parametrize(
    ("address", "declared", "platform"),
    [
        ("https://social.aurora-caffe.example/@notizie", False, "website"),
        ("https://social.aurora-caffe.example/@notizie", True, "mastodon"),
        ("https://social.aurora-caffe.example/users/notizie", True, "mastodon"),
        ("https://www.aurora-caffe.example/", True, "website"),
        ("https://www.aurora-caffe.example/@notizie/2026/la-moka", True, "website"),
        ("https://mastodon.social/@auroracaffe", False, "mastodon"),
        ("https://www.tiktok.com/@auroracaffe", True, "tiktok"),
    ],
)
def test_a_server_of_the_company_is_known_where_it_is_declared(address: str, declared: bool, platform: str) -> None:
    """An address with an @ on an unknown host is a web page like any other, unless somebody calls it a profile."""
    assert platform == platform_of(address, declared=declared).name


@pytest.mark.parametrize("name", [name for name, (profiles, _) in NETWORKS.items() if profiles])
def test_a_network_that_is_not_read_is_never_called_absent(name: str) -> None:
    """Nothing stored, or a page that nobody reads: the profile could not be looked at, or its service has closed."""
    platform = platforms()[name]
    if not isinstance(platform, Recognised):
        return
    address = NETWORKS[name][0][0][2]
    link = platform.link(address)
    assert link is not None
    expected = State.RETIRED if platform.retired else State.NOT_PERMITTED
    page = read_page(address, b"<html><head><title>Aurora</title></head><body>" + b"Aurora " * 400 + b"</body></html>")
    assert [expected, expected] == [platform.read(link, {}).state, page.state]
    assert {} == platform.wants(link, {})
    assert not platform.keyless


def test_a_website_of_a_business_profile_is_closed() -> None:
    """The profile itself is not: only its free websites were switched off."""
    platform = platforms()["google_business"]
    states = []
    for address in ("https://aurora-caffe.business.site/", "https://g.page/auroracaffe"):
        link = platform.link(address)
        assert link is not None
        states.append(platform.read(link, {}).state)
    assert [State.RETIRED, State.NOT_PERMITTED] == states

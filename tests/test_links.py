"""Addresses of profiles: every spelling of a profile becomes one link, everything else is none."""

from __future__ import annotations

import pytest

from audit.platforms import platforms

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

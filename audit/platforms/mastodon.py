"""Mastodon accounts, on the servers that many know and, where somebody declares one, on any server."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host, parts
from audit.platforms._recognised import STAND_INS, Recognised, segments_of

# Large and long-lived servers. An account elsewhere is recognised when it is declared: its address alone could be
# any website's.
_KNOWN = frozenset({
    "mastodon.social", "mastodon.online", "mastodon.world", "mastodon.uno", "mastodon.art", "mastodon.green",
    "mastodon.scot", "mastodon.nl", "mastodon.ie", "mastodon.nu", "mastodon.top", "mastodon.xyz", "mastodon.cloud",
    "mastodon.sdf.org", "mastodon.bida.im", "mastodon.cisti.org", "mastodon.gamedev.place", "mastodon.lol",
    "mastodonapp.uk", "mastodon.au", "mastodon.eus", "mastodon.iriseden.eu", "mastodon.radio", "mastodon.me.uk",
    "mstdn.social", "mstdn.jp", "mstdn.ca", "mstdn.io", "mstdn.party", "mstdn.plus", "mas.to", "masto.ai", "masto.nu",
    "masto.es", "masto.pt", "masto.host", "fosstodon.org", "hachyderm.io", "infosec.exchange", "techhub.social",
    "universeodon.com", "social.vivaldi.net", "social.coop", "social.tchncs.de", "social.linux.pizza", "troet.cafe",
    "chaos.social", "norden.social", "nrw.social", "ruhr.social", "muenchen.social", "bonn.social", "berlin.social",
    "hessen.social", "sueden.social", "rollenspiel.social", "kolektiva.social", "det.social", "digitalcourage.social",
    "piaille.fr", "mamot.fr", "framapiaf.org", "social.bund.de", "ec.social-network.europa.eu", "social.overheid.nl",
    "livellosegreto.it", "sociale.network", "poliversity.it", "poliverso.org", "puntarella.party", "nebbia.fail",
    "wandering.shop", "toot.community", "toot.wales", "toot.io", "toot.cafe", "toot.bike", "tooting.ch",
    "swiss.social", "tilde.zone", "octodon.social", "aus.social", "home.social", "c.im", "ohai.social", "sfba.social",
    "mindly.social", "newsie.social", "journa.host", "press.coop", "flipboard.social", "vivaldi.net", "botsin.space",
    "qoto.org", "pawoo.net", "indieweb.social", "front-end.social", "phpc.social", "ruby.social", "functional.cafe",
    "floss.social", "metalhead.club", "scholar.social", "fediscience.org", "sciences.social", "historians.social",
    "mathstodon.xyz", "astrodon.social", "ioc.exchange", "defcon.social", "cyberplace.social", "tech.lgbt",
    "eldritch.cafe", "meow.social", "snabelen.no", "social.anoxinon.de", "climatejustice.social", "bitcoinhackers.org",
    "glasgow.social", "zirk.us",
})  # fmt: skip
_HANDLE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_])?")
_TABS = frozenset({"with_replies", "media", "followers", "following", "featured", "about", "posts"})


class Mastodon(Recognised):
    """Accounts of the network that Mastodon's servers make up; a handle is `user@server`."""

    name = "mastodon"
    title = "Mastodon"
    hosts = _KNOWN - {"social.vivaldi.net"}  # lies below vivaldi.net
    anywhere = True
    robots_note = "The servers' interface for everybody is open; this audit does not read it yet."

    def link(self, url: str) -> Link | None:
        """`/@{user}`, `/users/{user}`, `/web/@{user}` on any host; posts, shares and accounts of other servers
        (`/@{user}@{server}`) are none."""
        parsed = parts(url)
        if parsed is None or "." not in parsed.hostname or parsed.hostname.startswith("["):
            return None
        segments = segments_of(url)
        if segments[:1] == ["web"]:
            segments = segments[1:]
        if segments[:1] == ["users"] and len(segments) >= 2:
            user, tabs = segments[1], segments[2:]
        elif segments and segments[0].startswith("@"):
            user, tabs = segments[0][1:], segments[1:]
        else:
            return None
        if not _HANDLE.fullmatch(user) or user.lower() in STAND_INS or not _TABS.issuperset(tabs) or len(tabs) > 1:
            return None
        server = host(url).removeprefix("www.")
        port = f":{parsed.port}" if parsed.port else ""
        return Link(
            company="client",
            platform=self.name,
            handle=f"{user}@{server}{port}",
            url=f"https://{server}{port}/@{user}",
        )


PLATFORM = Mastodon()

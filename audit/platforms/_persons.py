"""Where answers of any platform, and of companies' own sites, show other people; a platform's module names its own
places beside these."""

from __future__ import annotations

from audit.parse.persons import Persons

_TYPES = frozenset({"Comment", "UserComments", "Review", "UserReview", "CriticReview", "EmployerReview"})

EVERYWHERE = Persons(
    keys=frozenset({
        "comments", "comment_list", "commentList", "latest_comments", "preview_comments", "previewComments",
        "top_comments", "topComments", "featured_comments", "commenter", "commenters", "comment_author",
        "commentAuthor", "reviews", "reviewer", "reviewers", "likers", "top_likers", "liked_by", "likedBy", "facepile",
        "facepile_users", "facepileUsers", "facepile_profiles", "reactors", "mutual_friends", "mutual_followers",
        "mutualFollowers",
    }),
    lists=frozenset({"comment", "review", "replies", "likes", "testimonials"}),
    types=_TYPES,
    properties=frozenset({"comment", "review"}),
    words=frozenset({"facepile", "face-pile", "comment-list", "comment-body", "comment-author"}),
)  # fmt: skip

# On a site "comments" and "reviews" are also words of its menu and settings: only what can be nothing else counts.
ON_SITES = Persons(
    keys=frozenset({"commenter", "commentAuthor", "comment_author", "reviewer", "reviewAuthor"}),
    lists=frozenset({"comments", "comment", "reviews", "review", "latestComments", "recentComments"}),
    types=_TYPES,
    properties=frozenset({"comment", "review"}),
    words=frozenset({
        # WordPress, its shop and its forum
        "comment-list", "commentlist", "comment-body", "comment-author", "comment-author-link", "comment-content",
        "comment_container", "wp-block-latest-comments", "wp-block-comment-template", "widget_recent_comments",
        "recentcomments", "woocommerce-review__author", "wc-block-review-list", "bbp-reply-author", "bbp-author-name",
        "bbp-author-avatar", "bbp-reply-content",
        # Blogger, Joomla, Drupal
        "comment-from", "facepile", "face-pile",  # HubSpot, Substack
        "comment-thread", "comment-block", "comments-content", "jcomments-list", "comment__author", "comment__content",
        # forums: XenForo, phpBB, Discourse, NodeBB
        "message-user", "username", "postprofile", "crawler-post", "topic-post",
        # reviews of Google, Trustpilot and shops, as sites show them
        "ti-review-item", "wp-google-review", "rpi-review", "grw-review", "rplg-review", "jdgm-rev", "yotpo-review",
        "spr-review", "stamped-review", "loox-review", "eapps-google-reviews-review", "elfsight-review",
    }),
)  # fmt: skip

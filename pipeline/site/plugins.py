"""Class names by which plugins mark what they print: facts that extraction and rules share."""

COMMENT_FORM = frozenset(
    "comment-respond comment-reply-title comment-form commentform comment-notes required-field-message"
    " comment-form-cookies-consent akismet_comment_form_privacy_notice must-log-in subscribe-label"
    " no-comments cancel-comment-reply-link".split()
)
"""WordPress comment_form(), Jetpack and Akismet."""

SHARE_BAR = frozenset(
    "sharedaddy sd-sharing sd-title jp-relatedposts jp-relatedposts-headline jetpack-likes-widget-wrapper"
    " likes-widget-placeholder addtoany_share_save_container addtoany_content essb_links"
    " heateor_sss_sharing_container scriptlesssocialsharing dpsp-content-wrapper pvc_views post-views"
    " kk-star-ratings shareaholic-canvas sassy-social-share shared-counts-wrap social-share-buttons".split()
)
"""Jetpack, AddToAny, Easy Social Share Buttons, Heateor, Shareaholic, kk Star Ratings, Post Views Counter."""

LEFTOVERS = COMMENT_FORM | SHARE_BAR
"""Inside a post's own body these got there by mistake: rules report them, so extraction leaves them in."""

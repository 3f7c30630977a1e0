"""What rules call a cause -> the line that findings of one origin share: who left this, what happened."""

EMITTERS = {
    "assistant": "Chat assistant",
    "contact-form-7": "Contact Form 7",
    "gravity-forms": "Gravity Forms",
    "gravityform": "Gravity Forms",
    "gravityforms": "Gravity Forms",
    "wpforms": "WPForms",
    "ninja-forms": "Ninja Forms",
    "ninja_form": "Ninja Forms",
    "ninja_forms": "Ninja Forms",
    "ninja_forms_display_form": "Ninja Forms",
    "contact-form": "Jetpack contact form",
    "caldera_form": "Caldera Forms",
    "hubspot": "HubSpot",
    "fluent-forms": "Fluent Forms",
    "newsletter": "Newsletter form",
    "formidable": "Formidable Forms",
    "forminator_form": "Forminator",
    "fluentform": "Fluent Forms",
    "mc4wp": "Mailchimp for WordPress",
    "mc4wp_form": "Mailchimp for WordPress",
    "mailpoet": "MailPoet",
    "mailpoet_form": "MailPoet",
    "nextgen-gallery": "NextGEN Gallery",
    "tablepress": "TablePress",
    "slider-revolution": "Slider Revolution",
    "php": "PHP",
    "wordpress": "WordPress",
    "own": "Own rule",
}
"""First part of a key -> the name of the software."""
EVENTS = {
    "form-deleted": "form deleted",
    "gallery-deleted": "gallery deleted",
    "table-deleted": "table deleted",
    "slider-deleted": "slider deleted",
    "printed": "shortcode printed, the plugin is gone",
    "noscript": "note for readers without JavaScript",
    "maintenance": "form under maintenance",
    "honeypot": "trap for robots shown",
    "answer": "its answer to a sign-up shown",
    "citation": "citation marks pasted along",
    "frame": "its own words pasted along",
    "link": "its mark in links",
    "down": "site was down when it was fetched",
    "database": "database error printed",
    "protected": "post behind a password",
    "first-post": "starter content still there",
}
WHOLE = {
    "ad-label": "Advertising: label left in the text",
    "builder-default": "Page builder: default text never replaced",
    "lorem-ipsum": "Filler text never replaced",
    "comment-form": "Comment form: inside the post",
    "share-bar": "Share bar: inside the post",
    "instagram": "Instagram: embed did not load",
    "player": "Media player: fallback text shown",
    "consent": "Cookie notice: inside the post",
    "embed": "Embed: only its address is left",
    "more-link": "Excerpt link left in the text",
    "honeypot": "Form: trap for robots shown",
    "alt-filename": "File names as alt texts",
    "title-filename": "File names as image titles",
}


def cause_summary(key: str) -> str:
    """Name a cause: "Contact Form 7: form deleted"."""
    if key in WHOLE:
        return WHOLE[key]
    emitter, _, event = key.partition(":")
    if emitter == "shortcode":
        return f"Shortcode [{event}]: printed, nothing runs it"
    if emitter == "template-tag":
        return f"Template tag {event}: printed, nothing filled it in"
    if emitter == "share":
        return f"Share bar: inside the post ({event})"
    name = EMITTERS.get(emitter, _spoken(emitter))
    return f"{name}: {EVENTS.get(event, event)}" if event else name


def _spoken(key: str) -> str:
    return key.replace("-", " ").replace("_", " ").capitalize()

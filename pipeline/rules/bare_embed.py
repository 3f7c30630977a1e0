"""A media address where a player, post or picture should be.

**Finds** [embed] tags that nobody has run, and the bare address of a video, song or social post alone in a
paragraph.

**Why it matters** Embedding failed; readers see an address and have to guess.

**Leaves alone** addresses in sentences, lists, tables and captions, and addresses of other pages.

**Fix** proposes to delete the line; an editor may want to embed it again.

**Source** WordPress, wp-includes/class-wp-embed.php (maybe_make_link), and its list of oEmbed providers.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import mentioned
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__, __doc__, severity="error", fix="suggested", specificity=9, witness="syntax", about=r"\bo?embed"
)

TAG = re.compile(r"\[embed(?:\s[^\[\]\n]{0,100})?\]\s?https?://[^\s\[\]]{4,500}\s?\[/embed\]")
MEDIA = re.compile(
    r"https?://(?:www\.|m\.|open\.|player\.|w\.|[a-z0-9-]{1,40}\.(?=bandcamp))?(?:youtube(?:-nocookie)?\.com/(?:watch\?|embed/|v/|shorts/|live/|"
    r"playlist\?)|youtu\.be/|vimeo\.com/(?:video/)?\d|"
    r"dailymotion\.com/video/|dai\.ly/|(?:twitter|x)\.com/\w{1,30}/status/|instagram\.com/(?:p|"
    r"reel|tv)/|tiktok\.com/@[^/\s]{1,40}/video/|"
    r"vm\.tiktok\.com/|facebook\.com/[^\s]{1,80}/(?:posts|videos)/|fb\.watch/|soundcloud\.com/[^/\s]{1,60}/|"
    r"spotify\.com/(?:embed/)?(?:track|album|playlist|episode|show)/|flickr\.com/photos/|"
    r"flic\.kr/|ted\.com/talks/|"
    r"giphy\.com/gifs/|mixcloud\.com/[^/\s]{1,60}/|wordpress\.tv/\d|"
    r"speakerdeck\.com/[^/\s]{1,60}/|slideshare\.net/[^/\s]{1,60}/|"
    r"issuu\.com/[^/\s]{1,60}/|kickstarter\.com/projects/|reddit\.com/r/\w{1,40}/comments/|"
    r"bsky\.app/profile/[^/\s]{1,80}/post/|facebook\.com/(?:watch|reel|share|video\.php)|twitch\.tv/(?:videos|clip)|"
    r"podcasts\.apple\.com/[^\s]{1,80}/id|pinterest\.(?:com|de|fr|co\.uk|es|it)/pin/|linkedin\.com/(?:posts|embed)/|"
    r"gist\.github\.com/[^/\s]{1,60}/|codepen\.io/[^/\s]{1,60}/pen/|jsfiddle\.net/|threads\.(?:net|com)/@[^/\s]{1,40}/post/|"
    r"[a-z0-9.-]{3,40}/@[a-z0-9_]{1,40}/\d{5,20}|vine\.co/v/|scribd\.com/(?:doc|document)/|bandcamp\.com/(?:track|album)/|"
    r"imgur\.com/(?:a/|gallery/|\w{5,8}$)|t\.me/\w{3,40}/\d|rumble\.com/(?:embed/)?v|loom\.com/(?:share|embed)/|"
    r"wistia\.com/medias/|video\.wordpress\.com/|videopress\.com/v/|polldaddy\.com/poll/|typeform\.com/to/|"
    r"google\.com/maps/(?:embed|d/)|anchor\.fm/|audioboom\.com/posts/|someecards\.com/|screencast\.com/|animoto\.com/play/)"
    r"\S{0,300}",
    re.I,
)


@rule.text("[embed")
def by_tag(text: str) -> Iterator[Span]:
    """Yield [embed] tags with their address."""
    for tag in TAG.finditer(text):
        if not is_quoted(text, *tag.span()) and not mentioned(text, *tag.span()):
            yield Span(start=tag.start(), end=tag.end(), cause="embed")


@rule.post("://")
def by_address(reading: Reading) -> Iterator[Span]:
    """Yield paragraphs that are nothing but the address of something one can embed."""
    for i in reading.shown:
        text = reading.texts[i]
        if not text.startswith("http") or reading.blocks[i].kind != "paragraph" or " " in text.strip():
            continue
        if MEDIA.fullmatch(text.strip()) and not (reading.blocks[i].rich and reading.in_code(i, text)):
            start, end = reading.place(i)
            yield Span(
                start=start, end=end, evidence=(Evidence(kind="syntax", detail=text[:80]),), cause="embed"
            )

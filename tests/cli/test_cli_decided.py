from pipeline.cli.decided import decided
from pipeline.records import Block, Finding, Metadata, Post

RAW = "Tea IMG_1 is hot.\nBuy now!\nMilk?"
BLOCKS = tuple(Block(kind="paragraph", text=text) for text in RAW.split("\n"))


def found(quote, fix, replacement=""):
    return Finding(
        rule="r",
        severity="error",
        confidence=1.0,
        quote=quote,
        where="paragraph",
        fix=fix,
        replacement=replacement,
        start=RAW.index(quote),
    )


def post():
    return Post(
        url=None,
        kind="post",
        metadata=Metadata(),
        title=None,
        intro="as stored",
        sections=(),
        text="as stored",
        text_raw=RAW,
        images=(),
        links=(),
        blocks=BLOCKS,
        findings=(found("IMG_1 ", "safe"), found("Buy now!\n", "suggested")),
    )


def test_without_decisions_a_post_stays_as_it_was_stored():
    assert decided(post(), ["open", "open"]) == post()


def test_an_accepted_suggestion_is_applied_and_a_dismissed_fix_is_not():
    assert decided(post(), ["dismissed", "accepted"]).text == "Tea IMG_1 is hot.\nMilk?"
    assert decided(post(), ["open", "accepted"]).intro == "Tea is hot.\nMilk?"
    assert decided(post(), ["dismissed", "open"]).text == RAW

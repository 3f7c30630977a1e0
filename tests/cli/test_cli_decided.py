from dataclasses import replace

from pipeline.cli.decided import decided
from pipeline.records import Block, Finding, Image, Metadata, Post

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


def titled(*states):
    about_title = [
        replace(found("Milk?", fix), where="title", start=None, quote=quote, prefix=prefix)
        for quote, prefix, fix in (("IMG_1", "Tea ", "safe"), ("| Blog", "IMG_1 ", "suggested"))
    ]
    whole = replace(post(), metadata=Metadata(title="Tea IMG_1 | Blog"), title="Tea | Blog")
    return decided(replace(whole, findings=tuple(about_title)), states).title


def test_decisions_about_the_title_are_applied_to_the_title():
    assert titled("open", "open") == "Tea | Blog"
    assert titled("open", "accepted") == "Tea"
    assert titled("dismissed", "accepted") == "Tea IMG_1"
    assert titled("dismissed", "open") == "Tea IMG_1 | Blog"


def test_an_accepted_attribute_is_mended_on_every_picture_that_has_it():
    finding = replace(found("Milk?", "suggested"), where="attribute", quote="IMG_1.jpg", start=None)
    pictures = tuple(
        Image(src=f"{n}.jpg", alt=alt) for n, alt in enumerate(("IMG_1.jpg ", "A cup", "IMG_1.jpg"))
    )
    before = replace(post(), images=pictures, findings=(finding,))
    assert [image.alt for image in decided(before, ["accepted"]).images] == ["", "A cup", ""]
    assert decided(before, ["open"]).images == pictures

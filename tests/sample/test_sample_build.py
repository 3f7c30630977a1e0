from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from lxml import html

from pipeline.sample.build import build

RULES = """
    image-filename image-alt-filename broken-form shortcode template-tag raw-markdown escaped-markup
    escaped-entity mojibake invisible-character placeholder-text assistant-residue php-message
    comment-form share-block ad-label bare-embed repeated-title repeated-block repeated-category
    empty-heading skipped-level
""".split()
STARTS = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG", ".svg": b"<svg"}


def snapshot(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.relative_to(folder), path.read_bytes(), path.stat().st_mtime) for path in files]


def page(sample, url):
    return html.document_fromstring((sample.folder / unquote(url).lstrip("/") / "index.html").read_bytes())


def visible(tree):
    for element in tree.xpath("//script|//style|//head"):
        element.drop_tree()
    return fold(tree.text_content())


def fold(text):
    return " ".join(text.split())


def links(sample, file):
    tree = html.document_fromstring(file.read_bytes())
    here = sample.base_url + "/" + file.relative_to(sample.folder).as_posix().removesuffix("index.html")
    for _, attribute, link, _ in tree.iterlinks():
        if attribute in ("href", "src") and urlsplit(target := urljoin(here, link)).hostname == "127.0.0.1":
            yield file, target


def target_of(sample, link):
    path = unquote(urlsplit(link).path).lstrip("/")
    return sample.folder / (path + "index.html" if path.endswith("/") or not path else path)


def test_two_builds_write_the_same_bytes_and_times(tmp_path):
    for name in ("one", "two"):
        build(tmp_path / name / "site", "http://127.0.0.1:1")
    assert snapshot(tmp_path / "one/site") == snapshot(tmp_path / "two/site")
    assert (tmp_path / "one/truth.jsonl").read_bytes() == (tmp_path / "two/truth.jsonl").read_bytes()


def test_the_truth_is_not_served(sample):
    assert list(sample.folder.rglob("truth*")) == []


def test_there_are_enough_posts_in_both_themes_and_five_languages(sample):
    eras = Counter("journal" in fact["url"] for fact in sample.truth)
    assert len(sample.truth) >= 44
    assert min(eras.values()) >= 20
    assert {fact["language"] for fact in sample.truth} == {"en", "de", "es", "ja", "ar"}


def test_a_quarter_of_the_posts_is_clean(sample):
    clean = [fact for fact in sample.truth if not fact["artifacts"]]
    assert len(clean) >= len(sample.truth) / 4


def test_each_rule_has_two_artifacts(sample):
    planted = Counter(artifact["rule"] for fact in sample.truth for artifact in fact["artifacts"])
    assert [rule for rule in RULES if planted[rule] < 2] == []
    assert planted.keys() == set(RULES)


def test_image_names_stand_in_every_place_and_on_every_side(sample):
    names = [a for fact in sample.truth for a in fact["artifacts"] if a["rule"] == "image-filename"]
    assert {a["where"] for a in names} == {"heading", "list_item", "paragraph"}
    assert {a["glued"] for a in names} == {"before", "after", "none"}


def test_every_artifact_stands_on_its_page(sample):
    for fact in sample.truth:
        tree = page(sample, fact["url"])
        seen = [*tree.xpath("//@alt | //@href | //@title"), visible(tree)]
        for artifact in fact["artifacts"]:
            for line in artifact["quote"].split("\n"):
                assert any(line in text for text in seen), (fact["url"], line)


def test_every_heading_stands_on_its_page_with_its_level(sample):
    for fact in sample.truth:
        tree = page(sample, fact["url"])
        shown = {(int(h.tag[1]), fold(h.text_content())) for h in tree.xpath("//h2|//h3|//h4|//h5|//h6")}
        wanted = {(s["level"], s["heading_raw"]) for s in fact["sections"] if s["marked"] == "heading"}
        assert wanted <= shown, fact["url"]


def test_every_clean_line_stands_on_the_page_of_a_clean_post(sample):
    for fact in (fact for fact in sample.truth if not fact["artifacts"]):
        shown = visible(page(sample, fact["url"]))
        assert [line for line in fact["text"].split("\n") if fold(line) not in shown] == []


def test_every_lookalike_stands_on_its_page(sample):
    passages = [(fact["url"], words) for fact in sample.truth for words in fact["lookalikes"]]
    assert len(passages) >= 24
    for url, words in passages:
        tree = page(sample, url)
        assert any(words in text for text in [*tree.xpath("//@alt"), visible(tree)]), (url, words)


def test_metadata_stands_on_its_page(sample):
    for fact in sample.truth:
        shown = (sample.folder / unquote(fact["url"]).lstrip("/") / "index.html").read_text()
        wanted = [*fact["authors"], *fact["categories"], *fact["tags"]]
        assert [words for words in wanted if words not in shown] == []


def test_every_link_of_the_site_leads_somewhere(sample):
    pages = sample.folder.rglob("*.html")
    found = [link for file in pages for link in links(sample, file)]
    assert len(found) > 5000
    assert [(file, link) for file, link in found if not target_of(sample, link).is_file()] == []


def test_every_anchor_of_a_page_is_there(sample):
    for file in sample.folder.rglob("*.html"):
        tree = html.document_fromstring(file.read_bytes())
        anchors = {link[1:] for link in tree.xpath("//@href") if link.startswith("#")}
        assert anchors <= set(tree.xpath("//@id"))


def test_sitemap_names_every_post(sample):
    assert f"Sitemap: {sample.base_url}/sitemap.xml" in (sample.folder / "robots.txt").read_text()
    root = ElementTree.parse(sample.folder / "sitemap-posts.xml").getroot()
    listed = [place.text for place in root.findall("{*}url/{*}loc")]
    assert listed == [sample.base_url + fact["url"] for fact in sample.truth]


def test_feeds_name_the_newest_posts(sample):
    rss = ElementTree.parse(sample.folder / "feed.xml").getroot()
    atom = ElementTree.parse(sample.folder / "atom.xml").getroot()
    newest = [sample.base_url + fact["url"] for fact in sample.truth]
    assert [link.text for link in rss.findall("channel/item/link")] == newest[:20]
    assert [link.text for link in atom.findall("{*}entry/{*}id")] == newest[:10]


def test_pictures_are_small_files_of_their_type(sample):
    pictures = [path for path in (sample.folder / "media").rglob("*") if path.is_file()]
    assert len(pictures) >= 25
    for path in pictures:
        assert path.read_bytes().startswith(STARTS[path.suffix.lower()]), path
        assert path.stat().st_size < 1000


def test_archives_have_more_than_one_page_and_categories_are_nested(sample):
    assert (sample.folder / "page/7/index.html").is_file()
    assert (sample.folder / "category/repairs/page/2/index.html").is_file()
    assert (sample.folder / "category/repairs/electronics/lamps/index.html").is_file()
    assert (sample.folder / "2017/index.html").is_file()


def test_the_sources_are_part_of_the_package():
    package = Path(build.__code__.co_filename).parent
    assert len(list((package / "posts").glob("*.md"))) >= 44
    assert (package / "templates/old/post.html").is_file()

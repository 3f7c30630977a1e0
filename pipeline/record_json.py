"""A Post as the record that users get: `extract`, `export posts`, `docs/record.schema.json`."""

from typing import Any

from pipeline.measure import count_words, reading_ease, reading_minutes
from pipeline.records import Finding, Image, Link, Metadata, Post, Section

WITNESS_KEYS = ("field", "source", "value")


def to_record(post: Post) -> dict[str, Any]:
    """Turn a post into plain JSON values, in the order in which the record is documented."""
    meta = post.metadata
    return {
        "url": post.url,
        "kind": post.kind,
        "title": post.title,
        "authors": list(meta.authors),
        "published": meta.published,
        "updated": meta.updated,
        "language": meta.language,
        "categories": list(meta.categories),
        "tags": list(meta.tags),
        "intro": post.intro,
        "sections": [_section(section) for section in post.sections],
        "text": post.text,
        "text_raw": post.text_raw,
        "images": [_image(image) for image in post.images],
        "links": [_link(link) for link in post.links],
        "findings": [_finding(finding) for finding in post.findings],
        "category_paths": [list(path) for path in meta.category_paths],
        **_more(meta),
        "words": count_words(post.text),
        "reading_ease": reading_ease(post.text, meta.language),
        "reading_time_min": reading_minutes(post.text),
        "witnesses": [dict(zip(WITNESS_KEYS, said, strict=True)) for said in meta.said],
        "provenance": dict(meta.provenance),
    }


def _more(meta: Metadata) -> dict[str, Any]:
    return {
        "canonical_url": meta.canonical_url,
        "site_name": meta.site_name,
        "description": meta.description,
        "platform": meta.platform,
        "theme": meta.theme,
        "cms_post_id": meta.cms_post_id,
        "comment_count": meta.comment_count,
        "edit_url": meta.edit_url,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "level": section.level,
        "heading": section.heading,
        "heading_raw": section.heading_raw,
        "number": section.number,
        "parent": section.parent,
        "marked": section.marked,
        "anchor": section.anchor,
        "text": section.text,
    }


def _image(image: Image) -> dict[str, Any]:
    return {
        "src": image.src,
        "alt": image.alt,
        "title": image.title,
        "caption": image.caption,
        "section": image.section,
    }


def _link(link: Link) -> dict[str, Any]:
    return {"url": link.url, "text": link.text, "internal": link.internal, "section": link.section}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "quote": finding.quote,
        "prefix": finding.prefix,
        "suffix": finding.suffix,
        "where": finding.where,
        "section": finding.section,
        "glued": finding.glued,
        "fix": finding.fix,
        "replacement": finding.replacement,
        "evidence": [{"kind": item.kind, "detail": item.detail} for item in finding.evidence],
        "cause": finding.cause,
    }

"""What blogs write before their categories and tags, in the languages that blogs are written in."""

import re

# One line per language or family; forms are joined by "/".
_CATEGORY = """
category/categories/posted in/posted under/filed in/filed under/published in/published under
kategorie/kategorien/rubrik/rubriken/ressort/abgelegt unter/abgelegt in/veröffentlicht in/veröffentlicht unter
catégorie/catégories/categorie/rubrique/rubriques/publié dans/classé dans/classé sous
categoría/categorías/categoria/categorias/publicado en/publicado em/rubrica/pubblicato in/archiviato in
categories/categorieën/geplaatst in/categorii/kategori/kategorier/kategoriat/kategoria/kategooria/kategorijos
kategorie/kategoria/kategorii/opublikowano w/opublikowany w/rubryka/rubrika/rubriky/kategórie/zařazeno v
kategorija/kategorije/kategoriji/kategóriák/kategória/kategoriler/kategori/chuyên mục/danh mục
рубрика/рубрики/категория/категории/опубликовано в/категорія/категорії/опубліковано в/категорија/категорије
κατηγορία/κατηγορίες
קטגוריה/קטגוריות/التصنيف/التصنيفات/تصنيف/تصنيفات/القسم/الأقسام/قسم/دسته/دسته‌ها/دسته‌بندی
หมวดหมู่/หมวด/श्रेणी/श्रेणियाँ
分类/分類/栏目/專欄/カテゴリ/カテゴリー/카테고리/분류
"""
_TAG = """
tag/tags/tagged/tagged with/tagged as/tagged in/label/labels/keyword/keywords/topic/topics
schlagwort/schlagworte/schlagwörter/stichwort/stichworte/stichwörter/verschlagwortet mit/getaggt mit/themen
étiquette/étiquettes/etiquette/etiquettes/mot-clé/mots-clés/mot clé/mots clés
etiqueta/etiquetas/etiquetado/marcadores/palavras-chave/parole chiave/trefwoorden/etiquetes/etichete
etiket/etiketler/etiketter/taggar/tagger/nøgleord/stikkord/nyckelord/emneord/avainsana/avainsanat/tunnisteet
tagi/słowa kluczowe/štítek/štítky/címke/címkék/oznake/žymos/žymės/birkas/sildid/märksõnad/thẻ/từ khóa
метка/метки/тег/теги/ознаке/етикети/позначки/мітки
ετικέτα/ετικέτες
תגית/תגיות/תגים/الوسوم/وسوم/وسم/الكلمات الدلالية/الكلمات المفتاحية/برچسب/برچسب‌ها
ป้ายกำกับ/แท็ก/टैग
标签/標籤/关键词/タグ/태그
"""


def _words(table: str) -> tuple[str, ...]:
    return tuple(sorted({word.casefold() for line in table.strip().split("\n") for word in line.split("/")}))


_SMALL = ("in", "en", "dans")
_CATEGORIES, _TAGS = _words(_CATEGORY), _words(_TAG)
_COLON = " \t\xa0:："
_BREAK = ",|·•–—"
LABEL_END = re.compile(r"(?:[:：]|(?:^|[,|·•–—\d])\s*(?:in|en|dans))\s*$")
"""Ends the text before a link whose address may say nothing of what it names."""


def calls_category(text: str) -> bool:
    """Tell whether a text ends in what introduces categories: "Filed under:"."""
    text = text.strip(_COLON + "\n").casefold()
    # "3 May 2021, Ida Moen, in Boats": only a comma, rule or year makes the small word a label.
    if text.endswith(_SMALL):
        before = text.rpartition(" ")[0] if " " in text else ""
        last = before.rstrip()[-1:]
        if text in _SMALL or last.isdigit() or last in (*_BREAK,):
            return True
    return _ends_in(text, _CATEGORIES)


def calls_tag(text: str) -> bool:
    """Tell whether a text ends in what introduces tags: "Tagged with:"."""
    return _ends_in(text.rstrip(_COLON).casefold(), _TAGS)


def without_label(text: str) -> str:
    """Cut a label and its colon off the beginning of a term."""
    label, colon, term = text.replace("：", ":", 1).partition(":")
    folded = label.strip().casefold()
    return term.strip() if colon and (folded in _CATEGORIES or folded in _TAGS or folded == "in") else text


def _ends_in(text: str, words: tuple[str, ...]) -> bool:
    # Most texts end in none of the words: one question in C. "Montag" ends in "tag", and is no label.
    return text.endswith(words) and any(
        text.endswith(word) and not (word.isascii() and text[: -len(word)][-1:].isalpha()) for word in words
    )

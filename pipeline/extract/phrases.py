"""Headings that sites print around posts, by language; short facts on wording, matched whole."""

import re

PHRASES = (
    # English
    r"you (may|might|could) (also )?(like|enjoy|be interested).*",
    r"(related|similar|recent|latest|popular|recommended|other|further|more)"
    r" (posts?|articles?|stories|entries|news|reading|reads|content|topics)( .{0,40})?",
    r"related|recommended( for you)?|more (from|on|about|in) .{1,60}|read (next|more|also)|what to read next",
    r"share( (this|on|via|the|it).{0,40})?|spread the (word|love)|like this|follow us.{0,30}",
    r"about (the|this) (author|writer|blog).{0,30}|(leave|post|write|add) a (reply|comment).{0,40}",
    r"comments?( \(\d+\))?|join the (conversation|discussion)|post navigation|table of contents",
    r"subscribe.{0,60}|(sign up|join) .{0,20}(newsletter|mailing list).{0,30}|newsletter",
    r"stay (connected|updated|in touch)|categories|tags|archives|meta|advertisement|sponsored",
    # German
    r"(das|dies) (könnte|dürfte) (sie|dich|euch) auch interessieren.*|auch interessant|mehr zum thema.{0,40}",
    r"(ähnliche|weitere|mehr|verwandte|aktuelle|neueste|passende)"
    r" (artikel|beiträge|themen|nachrichten|meldungen|posts|infos|links|texte)( .{0,40})?",
    r"lesen sie auch.{0,20}|auch lesen|siehe auch|teilen( .{0,30})?|(diesen )?(artikel|beitrag) teilen",
    r"über (den autor|die autorin|mich)|kommentare?( \(\d+\))?",
    r"kommentar (schreiben|verfassen|hinterlassen|abgeben)",
    r"(schreibe?|hinterlasse?) (einen|deinen) kommentar.{0,20}|schlagwörter|kategorien|beitrags-?navigation",
    r"inhaltsverzeichnis|anzeige|werbung",
    # French
    r"(articles? (similaires|liés|connexes|associés)|à lire (aussi|également)|lire aussi"
    r"|sur le même (sujet|thème))( .{0,30})?",
    r"vous aimerez (peut-être )?aussi.*|partager.{0,30}|laisser un commentaire.{0,20}|commentaires?",
    r"à propos de l.auteure?",
    # Spanish
    r"(artículos?|entradas?|noticias?|contenidos?) (relacionad[oa]s?|similares|recientes)",
    r"te pueden? interesar.*|también te puede.*|compart(e|ir).{0,30}|sobre (el|la) autora?|comentarios?",
    r"deja (un comentario|una respuesta).{0,20}",
    # Portuguese, Italian, Dutch
    r"(artigos?|posts?|notícias) (relacionad[oa]s|semelhantes|recentes)|leia (também|mais)|veja também",
    r"compartilhe.{0,20}|deixe um comentário.{0,20}|comentários?",
    r"(articoli|post) (correlati|simili|recenti)|leggi anche|condividi.{0,20}|commenti",
    r"lascia un commento.{0,20}",
    r"(gerelateerde|andere|meer|recente) (artikelen|berichten)|lees ook.{0,20}|deel dit.{0,20}",
    r"geef een reactie.{0,20}",
    # Polish, Russian
    r"(powiązane|podobne) (artykuły|wpisy|posty)|(zobacz|czytaj) (też|także|również)|komentarze",
    r"dodaj komentarz",
    r"похожие (записи|статьи|посты)|читайте также.{0,20}|комментари(и|й|ев)|добавить комментарий.{0,20}",
    r"поделиться.{0,20}",
    # Japanese, Chinese, Arabic
    r"関連(記事|投稿|エントリー?)?|共有|コメント(を(残す|書く))?|おすすめ(の)?記事",
    r"相关(文章|阅读|推荐)|发表(评论|回复)",
    r"مقالات (ذات صلة|مشابهة)|اترك تعليقا?|شارك.{0,20}|التعليقات",
)
OPENERS = re.compile(f"({'|'.join(PHRASES)})\\s*[:…?!.]*", re.IGNORECASE)
"""A heading that opens a stretch of furniture."""

TALK = re.compile(
    r"(there (are|is) )?\d+ (comments?|responses?|replies|thoughts? on .*|kommentare?|antworten.*"
    r"|commentaires?|comentarios?|commenti|comentários?|reacties?|komentarz[ey]?|комментари[ийев]+).{0,90}",
    re.IGNORECASE,
)
"""A heading that counts what readers wrote: it opens their comments, however long those are."""

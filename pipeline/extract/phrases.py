"""Headings that sites print around posts, by language; short facts on wording, matched whole."""

import re

PHRASES = (
    # English
    r"you (may|might|could) (also )?(like|enjoy|be interested).*",
    r"(related|similar|recent|latest|popular|recommended|other|further|more)"
    r" (posts?|articles?|stories|entries|news|reading|reads|content|topics)( .{0,40})?",
    r"related|recommended( for you)?|more (from|on|about|in) .{1,60}|read (next|more|also)|what to read next",
    r"about (the|this) (author|writer|blog).{0,30}|comments?( \(\d+\))?|join the (conversation|discussion)",
    r"post navigation|table of contents|categories|tags|archives|meta|follow us.{0,30}",
    r"subscribe.{0,60}|(sign up|join) .{0,20}(newsletter|mailing list).{0,30}|newsletter",
    r"(sign|log) in( (or|to) .{0,60})?|(create|register).{0,15} account.{0,40}",
    r"stay (connected|updated|in touch)",
    # German
    r"(das|dies) (könnte|dürfte) (sie|dich|euch) auch interessieren.*|auch interessant|mehr zum thema.{0,40}",
    r"(ähnliche|weitere|mehr|verwandte|aktuelle|neueste|passende)"
    r" (artikel|beiträge|themen|nachrichten|meldungen|posts|infos|links|texte)( .{0,40})?",
    r"lesen sie auch.{0,20}|auch lesen|siehe auch",
    r"über (den autor|die autorin|mich)|kommentare?( \(\d+\))?",
    r"schlagwörter|kategorien|beitrags-?navigation|inhaltsverzeichnis",
    # French
    r"(articles? (similaires|liés|connexes|associés)|à lire (aussi|également)|lire aussi"
    r"|sur le même (sujet|thème))( .{0,30})?",
    r"vous aimerez (peut-être )?aussi.*|commentaires?",
    r"à propos de l.auteure?",
    # Spanish
    r"(artículos?|entradas?|noticias?|contenidos?) (relacionad[oa]s?|similares|recientes)",
    r"te pueden? interesar.*|también te puede.*|sobre (el|la) autora?|comentarios?",
    # Portuguese, Italian, Dutch
    r"(artigos?|posts?|notícias) (relacionad[oa]s|semelhantes|recentes)|leia (também|mais)|veja também",
    r"comentários?",
    r"(articoli|post) (correlati|simili|recenti)|leggi anche|commenti",
    r"(gerelateerde|andere|meer|recente) (artikelen|berichten)|lees ook.{0,20}",
    # Polish, Russian
    r"(powiązane|podobne) (artykuły|wpisy|posty)|(zobacz|czytaj) (też|także|również)|komentarze",
    r"похожие (записи|статьи|посты)|читайте также.{0,20}|комментари(и|й|ев)",
    # Japanese, Chinese, Arabic
    r"関連(記事|投稿|エントリー?)?|コメント|おすすめ(の)?記事|相关(文章|阅读|推荐)",
    r"مقالات (ذات صلة|مشابهة)|التعليقات",
)
LEFTOVER_PHRASES = (
    # What rules report when it stands in a body that holds nothing but the post.
    r"share( (this|on|via|the|it).{0,40})?|spread the (word|love)|like this|advertisement|sponsored",
    r"(leave|post|write|add) a (reply|comment).{0,40}|teilen( .{0,30})?|(diesen )?(artikel|beitrag) teilen",
    r"kommentar (schreiben|verfassen|hinterlassen|abgeben)|anzeige|werbung",
    r"(schreibe?|hinterlasse?) (einen|deinen) kommentar.{0,20}|partager.{0,30}|laisser un commentaire.{0,20}",
    r"compart(e|ir).{0,30}|deja (un comentario|una respuesta).{0,20}|compartilhe.{0,20}",
    r"deixe um comentário.{0,20}|condividi.{0,20}|lascia un commento.{0,20}|deel dit.{0,20}",
    r"geef een reactie.{0,20}|dodaj komentarz|добавить комментарий.{0,20}|поделиться.{0,20}",
    r"共有|コメントを(残す|書く)|发表(评论|回复)|اترك تعليقا?|شارك.{0,20}",
)
OPENERS = re.compile(f"({'|'.join(PHRASES)})\\s*[:…?!.]*", re.IGNORECASE)
"""A heading that opens a stretch of furniture."""
ALL_OPENERS = re.compile(f"({'|'.join(PHRASES + LEFTOVER_PHRASES)})\\s*[:…?!.]*", re.IGNORECASE)
"""The same where the body is only guessed: share bars and comment forms are furniture there, too."""
WORDY = re.compile(
    r"comment|kommentar|comentari|comentári|reacti|komentarz|комментари|コメント|تعليق|aut(h?or|eur)|mich\b"
    r"|subscri|newsletter|mailing|follow|join|sign|log in|account|stay",
    re.IGNORECASE,
)
"""What opens words, not links: who wrote this, what readers wrote, a call to subscribe."""

TALK = re.compile(
    r"(there (are|is) )?\d+ (comments?|responses?|replies|thoughts? on .*|kommentare?|antworten.*"
    r"|commentaires?|comentarios?|commenti|comentários?|reacties?|komentarz[ey]?|комментари[ийев]+).{0,90}",
    re.IGNORECASE,
)
"""A heading that counts what readers wrote: it opens their comments, however long those are."""

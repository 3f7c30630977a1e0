"""What authors and templates leave for somebody to fill in, and a credit that looks alike."""

import re

NOTE = re.compile(
    r"[\[(](?:insert|add|place|include)\s(?:an?\s|the\s|your\s)?(?:[\w-]+\s){0,4}?(?:here|link|"
    r"image|photo|picture|url|"
    r"name|quote|source|screenshot|video|text|cta|button|date|title|caption|number|price|address|example|map|"
    r"table|chart)(?:\s(?:here|of|to)(?:\s[\w-]{1,20}){0,6})?[\])]|"
    r"\[CTA(?::[^\]\n]{0,60})?\]|\[(?:image|photo|picture|video|screenshot|graphic|embed):\s[^\]\n]{2,120}\]|"
    r"\[(?:link|bild|foto|grafik|zitat|quelle|video|text)\s(?:hier\s)?einfügen\]|\[insérer\s[^\]\n]{2,60}\]|"
    r"\[inserta?r?\s[^\]\n]{2,60}\]|\[inserire\s[^\]\n]{2,60}\]|\[вставить\s[^\]\n]{2,60}\]",
    re.I,
)
NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]{0,30}"
CREDIT = re.compile(
    r"\[(?:[Pp]hoto|[Pp]icture|[Ii]mage|[Vv]ideo|[Gg]raphic|PHOTO|IMAGE|VIDEO):\s"
    rf"(?:(?:by|via|courtesy|©|from) [^\]\n]{{2,80}}|{NAME}(?:[ /,]{{1,3}}{NAME}){{0,4}})\]"
)
"""Who made a picture: names, not what somebody is to put there."""
SOURCE = re.compile(
    r"\b(?:source|quelle|via|credit|fuente|fonte|bron|źródło|источник)s?:\s?\[(?:link|url|name|site|website)\]",
    re.I,
)
FILL_IN = re.compile(
    r"(?<!\[)\[(?:Your|My|Client|Customer|Business|Brand|Company|Recipient|First|Last|"
    r"Full)(?:\s[A-Z]\w{1,20}){0,2}\s"
    r"(?:Name|City|Company|Website|Email|Address|Phone|Number|Business|Brand|Title|Product|Location|"
    r"Date|URL)\](?!\])|"
    r"(?<!\[)\[(?:Your (?:Name|City|Company)|Company|City|Link|Ihr Name|Firmenname|Votre nom|Tu "
    r"nombre)\](?![\](])|"
    r"\{(?:keyword|city|company|company_name|first_?name|business_name|location|service|brand)\}"
)

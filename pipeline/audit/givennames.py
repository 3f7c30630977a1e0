"""Names that a camera, phone, messenger, stock agency, editor or image generator gives to a file.

As they are and as title plugins turn them into words. Every repeat in the patterns is bounded, and no two
repeats that follow each other share a character that could belong to either.
"""

import re

END = r"(?-i:(?![a-zà-öø-ÿ]))"
"""No lower-case letter goes on; a capital may be the next word, glued."""
STAMP = (
    r"(?:(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d|(?:19|20)\d\d[-_. ](?:0?[1-9]|1[0-2])[-_. ](?:0?[1-9]|"
    r"[12]\d|3[01])(?!\d))"
)
HALF = rf"(?:[-_ \u202f]?[ap]\.?m{END})?"
CLOCK = rf"(?:[01]?\d|2[0-3])[-_. :]?[0-5]\d[-_. :]?[0-5]\d(?:[-_.]?\d{{3}})?(?!\d){HALF}"
AT = r"(?:(?:at|um|à|a|alle|a[-_ ]las?(?:\(s\))?|às|om|kl\.?|klo|o|v|в|von|from)[-_ ])?"
SHOT = (
    r"screen[-_ ]?shots?|bildschirmfoto|captura[-_ ]de[-_ ](?:pantalla|tela|ecr[aã])|"
    r"capture[-_ ]d['’-]?[-_ ]?[ée][-_ ]?cran|schermata|schermafbeelding|skärmavbild|skjermbilde|"
    r"skærmbillede|"
    r"zrzut[-_ ]ekranu|snímek[-_ ]obrazovky|ekran[-_ ](?:resmi|görüntüsü|alıntısı)|näyttökuva|képernyőfotó|"
    r"captură[-_ ]de[-_ ]ecran|(?:снимок|знімок)[-_ ]е?э?крана|スクリーンショット|"
    r"屏幕截图|屏幕快照|截屏|螢幕截圖|"
    r"스크린샷"
)
APP = (
    r"(?-i:[-_ ](?:Instagram|Chrome|WhatsApp|Whatsapp|Facebook|YouTube|Youtube|TikTok|Tiktok|Twitter|"
    r"Gallery|Maps))?"
)
COUNTER = r"(?:[ ]?\(\d{1,3}\)|[-_]\d(?!\d))?"
UUID = r"[0-9a-f]{8}[-_ ][0-9a-f]{4}[-_ ][0-9a-f]{4}[-_ ][0-9a-f]{4}[-_ ][0-9a-f]{12}"
STOCK = (
    r"shutterstock(?:[-_ ]editorial)?|istock(?:photo)?|adobe[-_ ]?stock|depositphotos|getty[-_ ]?images|"
    r"dreamstime(?:[-_ ][a-z]{1,3})?|123rf|bigstock|fotolia|canstockphoto|vecteezy|pngtree|"
    r"rawpixel[-_ ]id|pixabay|freepik"
)
UNTITLED = (
    r"untitled[-_ ]design|design[-_ ]sans[-_ ]titre|unbenanntes?[-_ ]design|dise[ñn]o[-_ ]sin[-_ ]t[íi]tulo|"
    r"design[-_ ]sem[-_ ]nome|progetto[-_ ]senza[-_ ]titolo|naamloos[-_ ]ontwerp|bez[-_ ]nazwy[-_ ]projekt"
)

_CAMERAS = rf"""
    (?:mvimg|img|vid|pano|pxl|inshot|collage|picsart|photogrid|snapseed|resized|mv|mov|kakaotalk)
    [-_ ]?\d{{8}}[-_ ](?:wa)?\d{{3,9}}(?:[-_ ]\d{{1,3}}(?!\d))?(?:\.mp{END})?
  | burst\d{{14,17}} | mmexport\d{{13}} | wx[-_ ]camera[-_ ]\d{{13}}
  | img[-_ ]?e?\d{{4,6}}(?![\d.,]*\d)
  | _?dsc[nfi]?[-_ ]{{0,2}}\d{{4,5}}(?!\d) | sam[-_ ]\d{{4}}(?!\d) | _mg_\d{{4}}(?!\d) | mvi[-_ ]\d{{4}}(?!\d)
  | (?:cimg|imgp|pict|hpim|sany)\d{{4}}(?!\d) | gopr\d{{4}}(?!\d) | g[hxp]\d{{6}}(?!\d)
  | p[0-9a-c]\d{{6}}(?!\d) | r00\d{{5}}(?!\d)
  | dji[-_ ]\d{{14}}[-_ ]\d{{4}}[-_ ][a-z]{END} | dji[-_ ]\d{{4}}(?!\d)
  | fullsizerender(?:[-_ ]?\d{{1,2}})?
"""
_MOMENTS = rf"""
    (?:{SHOT})[-_ ]{STAMP}(?:[-_ ,]{{1,2}}{AT}{CLOCK})?{APP} | (?:{SHOT})[-_ ]?\(\d{{1,4}}\)
  | whatsapp[-_ ](?:image|video|bild|imagen|imagem|immagine|afbeelding)[-_ ]{STAMP}[-_ ]{AT}{CLOCK}{COUNTER}
  | (?:signal|photo|viber[-_ ]image|telegram)[-_ ]{STAMP}[-_ ]{CLOCK}
  | chatgpt[-_ ]image[-_ ](?:[a-zé]{{3,9}}\.?[-_ ]\d{{1,2}},?|\d{{1,2}}\.?[-_ ][a-zé]{{3,9}}\.?)[-_ ]\d{{4}}
    (?:,?[-_ ]{AT}{CLOCK})?
  | dall[·.-]?e[-_ ]{STAMP}[-_ ]{CLOCK}(?:[ ]-[ ][^\n]{{3,160}}$)?
  | image[-_ ](?:png|jpe?g|gif|webp)[-_ ][a-z]{{3}}[-_ ]\d\d[-_ ]\d{{4}}(?:[-_ ]\d\d){{4}}[-_ ][ap]m{END}
  | (?-i:(?:(?:[a-z]{{2,16}}|[A-Z][a-z]{{1,15}}|[A-Z]{{2,16}})[-_]){{1,3}}){STAMP}[-_]{CLOCK}
  | {STAMP}[-_ ]{CLOCK}
"""
_SERVICES = rf"""
    fb[-_ ]img[-_ ]\d{{8,20}} | snapchat[-_ ]\d{{6,12}} | received[-_ ]\d{{10,20}}
  | \d{{6,20}}[-_ ]\d{{10,20}}[-_ ]\d{{6,20}}[-_ ][no]{END}
  | (?:{STOCK})[-_ ]?\d{{6,12}}(?:[-_ ](?:xxl|xl|xs|[lms]){END}(?:[-_ ]\d{{4}}(?!\d))?)?(?:[-_ ]jpe?g{END})?
  | (?:stock[-_ ](?:photo|vector|illustration)|bigstock)[-_ ](?:[a-z]{{1,20}}[-_ ]){{1,8}}\d{{6,12}}
  | pexels[-_ ](?:photo[-_ ])?(?:[a-z]{{2,20}}[-_ ]){{0,4}}\d{{5,9}}
  | (?:[a-z]{{2,20}}-){{1,4}}(?=[a-z_-]{{0,10}}\d)[a-z0-9_-]{{9,12}}-unsplash{END}
  | (?-i:(?:[A-Z][a-zà-ÿ]{{1,20}}[ ]){{1,4}}(?=[A-Za-z ]{{0,10}}\d)[A-Za-z0-9][a-z0-9]{{5,11}}
    (?:[ ][A-Za-z0-9]{{1,6}}){{0,2}}[ ]Unsplash){END}
  | unsplash[-_ ]image[-_ ][a-z0-9_-]{{11}}
  | (?:[a-z]{{2,20}}-){{1,4}}\d{{5,8}}_(?:1920|1280|960|640)(?!\d)
  | freepik__[a-z0-9_-]{{4,80}}
"""
_MACHINES = rf"""
    mceclip\d{{1,3}} | pasted[-_ ](?:image|graphic)[-_ ]\d{{14}} | comfyui[-_ ]\d{{5}}_?
  | firefly[-_ ]\d{{14}} | (?:firefly|freepik)[-_ ](?:[a-z]{{1,20}}[-_ ]){{1,12}}\d{{5,6}}(?!\d)
  | gemini[-_ ]generated[-_ ]image(?:[-_ ][a-z0-9](?-i:[a-z0-9]{{15}}))?
  | leonardo_(?:[a-z0-9]{{1,20}}_){{1,12}}\d{{1,2}}
  | (?:{UNTITLED}|add[-_ ]a[-_ ]heading)(?:[-_ ]?\(\d{{1,3}}\)|[-_ ]\d{{1,3}})
  | copy[-_ ]of[-_ ](?:untitled[-_ ]design|add[-_ ]a[-_ ]heading)(?:[-_ ]?\(\d{{1,3}}\)|[-_ ]\d{{1,3}})?{END}
  | (?:[a-z0-9]{{1,30}}[-_]){{0,16}}{UUID}(?:_\d)?
  | (?:[a-z0-9]{{1,30}}-){{1,14}}(?:scaled|rotated|e\d{{13}}){END}
  | (?-i:(?:[A-Z0-9][a-z0-9]{{0,30}}[ ]){{1,8}}E1\d{{12}}(?!\d))
"""
STARTS = (
    r"[A-ZА-ЯЁ_\u3040-\ud7af]|(?:19|20)\d{6}[-_ ]\d{6}|(?:19|20)\d\d-\d\d-\d\d[-_ ]\d|123rf|"
    r"shutterstock|istock|depositphotos|dreamstime|pexels-|"
    r"[0-9a-f]{8}[-_ ][0-9a-f]{4}[-_ ]|\d{6,20}[-_ ]\d{10}"
)
"""What cannot go on a word that ends in a small letter."""
EDITED = rf"(?:[-_ ](?:scaled|rotated|edited|e\d{{13}}){END})?"
GIVEN_NAME = re.compile(
    rf"(?-i:(?<![A-Z0-9_])(?:(?<![a-zà-öø-ÿ])|(?={STARTS})))"
    rf"(?:{_CAMERAS}|{_MOMENTS}|{_SERVICES}|{_MACHINES}){EDITED}{COUNTER}",
    re.I | re.X,
)
INKLING = re.compile(
    r"""
    i(?:mg(?:[-_ ]?e?\d|p\d)|nshot|stock|mage[-_ ](?:png|jpe?g|gif|webp))
  | b(?:urst\d|ildschirm|igstock|ez[-_ ]nazwy)
  | c(?:ollage[-_ ]?\d|aptur|apture|hatgpt|anstock|omfyui)
  | d(?:sc[nfi]?[-_ ]{0,2}\d|ji[-_ ]\d|all[·.-]?e|epositphotos|reamstime|ise[ñn]o|esign[-_ ]se?[ma])
  | f(?:ullsize|b[-_ ]img|otolia|reepik|irefly)
  | g(?:opr\d|[hxp]\d{6}|etty|emini) | a(?:dd[-_ ]a[-_ ]h)
  | h(?:pim\d) | k(?:akaotalk|épernyő) | l(?:eonardo_) | n(?:äyttö|aamloos)
  | m(?:v[-_ ]?\d|ov[-_ ]?\d|vi[-_ ]\d|g_\d|mexport|ceclip)
  | p(?:ixabay|ano[-_ ]?\d|xl[-_ ]?\d|icsart|hotogrid|ict\d|[0-9a-c]\d{6}|exels|asted|ngtree|rogetto)
  | r(?:esized[-_ ]?\d|00\d{5}|eceived|awpixel|otated)
  | s(?:napseed|am[-_ ]\d|any\d|hot|cherma|kärm|kjerm|kærm|nímek|napchat|hutterstock|caled
    |tock[-_ ](?:photo|vector|illu))
  | u(?:ntitled|nbenannt|nsplash) | v(?:id[-_ ]?\d|ecteezy) | w(?:x[-_ ]camera|hatsapp) | z(?:rzut)
  | ekran | крана | スクリーン | 屏幕 | 截屏 | 截圖 | 스크린 | a(?:dobe) | [- ]e\d{13}
  | (?:19|20)\d\d(?:[01]\d[0-3]\d|[-_. ][01]?\d[-_. ][0-3]?\d)
  | 123rf | \d{6}[-_ ]\d{10} | \d_(?:1920|1280|960|640) | [0-9a-f]{8}[-_ ][0-9a-f]{4}[-_ ]
    """,
    re.X,
)
"""Found, in lower case, in every such name: few texts get past it to the long pattern."""
HASH = re.compile(
    r"(?<![0-9A-Za-z])(?=[a-f]{0,12}[0-9])(?=[0-9]{0,12}[a-f])[0-9a-f]{16,64}(?:_[a-z][a-z0-9_-]{1,40})?"
    r"(?![0-9a-z])"
)
"""What content delivery and databases call a picture; also what a checksum looks like."""

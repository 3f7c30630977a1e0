"""Words that stand where a text should be: typesetters' Latin, and what builders' fields say."""

LATIN = frozenset(
    (
        "lorem ipsum dolor sit amet consectetur consectetuer adipiscing adipisicing elit sed do eiusmod "
        "tempor incididunt "
        "ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris "
        "nisi aliquip ex "
        "ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat "
        "nulla pariatur "
        "excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id "
        "est laborum "
        "suspendisse varius eros elementum tristique cursus mi vitae pellentesque vestibulum mauris nunc "
        "vel at ac a "
        "donec integer praesent vivamus curabitur aenean nullam phasellus maecenas morbi fusce etiam nam "
        "cras proin "
        "quam justo lacus leo turpis risus odio ligula tortor metus purus augue lectus libero diam urna "
        "massa nec "
        "tellus luctus pulvinar dapibus ultrices posuere cubilia curae faucibus orci eget bibendum "
        "viverra neque arcu "
        "nonummy nibh euismod tincidunt laoreet erat volutpat wisi diam sem malesuada fames "
        "ante primis habitant senectus perspiciatis unde omnis iste natus error voluptatem accusantium "
        "doloremque laudantium totam rem aperiam eaque ipsa quae ab illo inventore veritatis quasi "
        "architecto beatae "
        "dicta explicabo nemo ipsam quia voluptas aspernatur aut odit fugit consequuntur magni dolores "
        "eos ratione sequi "
        "nesciunt porro quisquam dolorem adipisci numquam eius modi tempora incidunt magnam aliquam "
        "quaerat soluta nobis "
        "eligendi optio cumque nihil impedit quo minus maxime placeat facere vero accusam justo duo "
        "rebum stet clita "
        "kasd gubergren sea takimata sanctus diam nonumy eirmod invidunt voluptua viverra ornare dis "
        "parturient montes "
        "nascetur ridiculus mus sagittis accumsan facilisis condimentum ullamcorper mattis leo luctus "
        "duis quis eros"
    ).split()
)
"""Cicero's words, as they are garbled for filling; a sentence most of whose words are these is filler."""

FIELDS = frozenset(
    """
enter text here|enter your text here|your text here|insert your text here|insert text here
type your paragraph here.
type your text here|add your text here|write your text here|add text here|modal title|your heading here
headline 1
your content goes here|your content here|this is the heading|tab content goes here
text block. click here to edit.
placeholder text|sample text|dummy text|your text goes here.|your subtitle here|enter your title here
add a heading
add a subheading|add a little bit of body text|hier könnte ihr text stehen.|dein inhalt hier|ihr text hier
dein text hier
hier steht ihr text|votre texte ici|votre titre ici|tu texto aquí|su texto aquí|il tuo testo qui
seu texto aqui
jouw tekst hier|twój tekst tutaj|ваш текст здесь|ここにテキストを入力|在此输入文本|speaker name|header name
your company|your name here|click here to add text|click to add title|title goes here|subtitle goes here
info@example.com|email@example.com|you@example.com|name@example.com|yourname@example.com|123 main st
123 main street|123 main st.|123 main street, anytown|(555) 555-5555|(555) 555-0100|555-555-5555
+1 555 555 5555
(123) 456-7890|123-456-7890|email: info@example.com|phone: (555) 555-5555|phone: 555-555-5555
phone: (123) 456-7890|heading goes here|description goes here|lorem ipsum|lorem ipsum dolor
insert title here|page title goes here
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""A whole line, lower case."""
OPENINGS = (
    "Lorem Ipsum is simply dummy text of the printing",
    "It is a long established fact that a reader will be distracted by the readable content",
    "But I must explain to you how all this mistaken idea of denouncing pleasure",
    "Far far away, behind the word mountains",
    "Li Europan lingues es membres del sam familie",
    "This is dummy copy. It is not meant to be read",
    "Dies ist ein Blindtext. An ihm lässt sich vieles",
    "Dies ist ein Typoblindtext. An ihm kann man sehen",
    "Weit hinten, hinter den Wortbergen, fern der Länder",
    "Hinter den Wortbergen, fern der Länder",
    "Er hörte leise Schritte hinter sich. Das bedeutete nichts Gutes",
    "Überall dieselbe alte Leier. Das Layout ist fertig, der Text lässt",
    "Далеко-далеко за словесными горами",
    "この文章はダミーです",
    "これはダミーテキストです",
    "Muy lejos, más allá de las montañas de palabras",
    "Ich bin ein Textblock. Klicke auf den",
    "Ich bin Textblock. Klicke auf den",
    "Je suis un bloc de texte",
    "Soy un bloque de texto. Haz clic",
    "Soy un bloque de texto, haz clic",
    "Sono un blocco di testo. Clicca",
    "Sono un blocco di testo, clicca",
    "Sou um bloco de texto. Clique",
    "Eu sou um bloco de texto",
    "Ik ben een tekstblok. Klik",
    "Jestem blokiem tekstowym. Kliknij",
    "Я текстовый блок. Нажмите",
    "Dein Inhalt kommt hier hin. Bearbeite oder entferne",
    "Ihr Inhalt steht hier. Bearbeiten oder entfernen",
    "Votre contenu va ici. Modifiez ou supprimez ce texte",
    "Tu contenido va aquí. Edita o elimina este texto",
    "Il tuo contenuto va qui. Modifica o rimuovi questo testo",
    "Seu conteúdo vai aqui. Edite ou remova este texto",
    "Je inhoud komt hier. Bewerk of verwijder deze tekst",
    "Füge hier deine Überschrift ein",
    "Füge hier deinen Überschriftstext ein",
    "Ajoutez votre titre ici",
    "Añade aquí tu texto de cabecera",
    "Añade tu texto de encabezado aquí",
    "Aggiungi qui il testo dell'intestazione",
    "Aggiungi qui il testo dell’intestazione",
    "Adicione o texto do seu título aqui",
    "Adicione seu texto de título aqui",
    "Voeg hier je koptekst toe",
)
"""How typesetters' and builders' texts begin, a block that opens so is nobody's own."""
LABELLED = tuple(
    f"{label}:"
    for label in "alt text|alt-text|alt tag|image alt text|image alt|image caption|image description|"
    "image prompt|suggested image|alternativtext|bild-alt-text|texte alternatif|texte alternatif |"
    "texto alternativo|"
    "testo alternativo|alt-tekst|tekst alternatywny|alternatieve tekst".split("|")
)
FIRST_LETTERS = frozenset(label[:2] for label in LABELLED)
"""How a line begins that was written for one of a picture's fields; lower case, and its first two letters."""

"""What a blog's software writes into a new blog.

**Finds** the first post, sample page and first comment of WordPress, in many languages, and the first
posts of Jekyll, Hexo and Ghost.

**Why it matters** Nobody wrote this post; it was never deleted.

**Leaves alone** posts that quote it.

**Fix** none: the post as a whole should go, which an editor decides.

**Source** WordPress, wp-admin/includes/upgrade.php (wp_install_defaults) and its translations; the starter
posts of Jekyll, Hexo and Ghost.
"""

from pipeline.audit.notation import opening_check
from pipeline.audit.rule import Rule

rule = Rule(__name__, __doc__, severity="warning", fix="none", specificity=6)

OPENINGS = (
    "Welcome to WordPress. This is your first post. Edit or delete it",
    "Willkommen bei WordPress. Dies ist dein erster Beitrag.",
    "Willkommen zur deutschen Version von WordPress. Dies ist der erste Beitrag.",
    "Bienvenue sur WordPress. Ceci est votre premier article.",
    "Te damos la bienvenida a WordPress. Esta es tu primera entrada.",
    "Bienvenido a WordPress. Esta es tu primera entrada.",
    "Benvenuto in WordPress. Questo è il tuo primo articolo.",
    "Benvenuti in WordPress. Questo è il tuo primo articolo.",
    "Welkom bij WordPress. Dit is je eerste bericht.",
    "Boas-vindas ao WordPress. Esse é o seu primeiro post.",
    "Bem-vindo ao WordPress. Este é o seu primeiro artigo.",
    "Witamy w WordPressie. To jest twój pierwszy wpis.",
    "Välkommen till WordPress. Det här är ditt första inlägg.",
    "Velkommen til WordPress. Dette er dit første indlæg.",
    "Velkommen til WordPress. Dette er ditt første innlegg.",
    "WordPress’e hoş geldiniz. Bu sizin ilk yazınız.",
    "Добро пожаловать в WordPress. Это ваша первая запись.",
    "WordPress へようこそ。こちらは最初の投稿です。",
    "欢迎使用 WordPress。这是您的第一篇文章。",
    "This is an example page. It’s different from a blog post",
    "This is an example page. It's different from a blog post",
    "Dies ist eine Beispiel-Seite. Sie unterscheidet sich von Beiträgen",
    "Ceci est une page d’exemple. C’est différent d’un article",
    "You’ll find this post in your _posts directory",
    "You'll find this post in your _posts directory",
    "Welcome to Hexo! This is your very first post.",
    "Welcome to Ghost",
    "Hi, this is a comment. To get started with moderating",
    "Hallo, dies ist ein Kommentar. Um mit dem Freischalten",
)
opening_check(rule, OPENINGS, "wordpress:first-post")

"""The words and marks by which pages of many languages say whose link it is: follow us, made by, our partners …"""

from __future__ import annotations

import re

# Accounts of the makers of themes, builders and shops, and names that stand for "yours".
BUILDERS = frozenset({
    "wix", "wixstudio", "wixfrancais", "wixcom", "wix-com", "squarespace", "shopify", "wordpress", "wordpressdotcom",
    "wordpresscom", "automattic", "elegantthemes", "elementor", "envato", "themeforest", "godaddy", "weebly", "webflow",
    "duda", "jimdo", "prestashop", "joomla", "bootstrap", "getbootstrap", "tailwindcss", "yourpage", "yourusername",
    "your_username", "your-username", "username", "user", "example", "your-company", "yourcompany", "companyname",
    "company", "profile", "home", "login", "yourprofile", "your-profile", "yourname", "your_name", "your-name", "page",
    "mypage", "youraccount", "your-account", "account", "xxx", "xxxx", "demo", "themeisle", "facebook", "instagram",
    "twitter", "linkedin", "youtube", "tiktok", "colorlib", "templatemonster", "woocommerce", "magento", "opencart",
    "drupal", "typo3", "strikingly", "site123", "hubspot", "mailchimp", "iubenda", "cookiebot", "platform", "pages",
    "channel", "yourbrand", "yourlink", "your-link", "yourpagename", "pagename", "mycompany", "test", "lorem",
    "usercentrics", "onetrust", "cookieyes", "complianz", "borlabs", "bigcommerce", "ionos", "strato", "one.com",
    "themegrill", "astrawp", "wpastra", "oceanwp", "kadencewp", "generatepress", "themify", "tagdiv", "mythemeshop",
    "studiopress", "wpbeginner", "yoast", "cmsmasters", "qodeinteractive", "thimpress", "bootstrapmade", "html5up",
    "templateflip", "w3layouts", "templated", "froala", "carrd", "framer", "pagecloud", "ucraft", "tilda",
    "tildapublishing",
})  # fmt: skip

# The maker's credit in a footer.
CREDIT = re.compile(
    r"realizzat[oa]\s+d[ae]|realizzazione(?:\s+siti|\s+sito)?|sito\s+(?:web\s+)?(?:di|by|a cura)|powered\s+by|"
    r"made\s+(?:with\s+\S+\s+)?by|(?:web\s?)?design(?:ed)?\s+(?:&(?:amp;)?\s+\w+\s+)?by|develop(?:ed|ment)\s+by|"
    r"built\s+by|created\s+by|crafted\s+by|web\s?design\s*[:|–-]|theme\s+by|template\s+by|"
    r"créé\s+par|réalisé\s+par|réalisation\s*[:|]?|conception\s*[:|]|conçu\s+par|création\s+(?:du\s+)?site|"
    r"erstellt\s+(?:von|durch)|umsetzung|webseite\s+(?:von|by)|realisiert\s+(?:von|durch)|gestaltung\s*[:|]|"
    r"una\s+creaci[oó]n|diseñad[oa]\s+por|desarrollad[oa]\s+por|diseño\s+(?:web\s*)?(?:por|[:|])|hecho\s+por|"
    r"desenvolvido\s+por|criado\s+por|feito\s+por|credits?\s*:|(?:web)?site\s+by|webagentur|"
    r"gemaakt\s+door|ontwikkeld\s+door|webdesign\s+door|realisatie\s*[:|]|udviklet\s+af|lavet\s+af|utvecklad\s+av|"
    r"skapad\s+av|utviklet\s+av|laget\s+av|toteutus|sivuston\s+toteutus|"
    r"projekt\s+i\s+wykonanie|realizacja|wykonanie|strona\s+wykonana|vytvořil[ao]?|tvorba\s+webu|vyrobil|"
    r"készítette|fejlesztette|webdesign:|realizat\s+de|creat\s+de|izrada\s+(?:web|stranic)|izdelava|"
    r"разработка\s+сайта|создание\s+сайтов?|сделано\s+в|розробка\s+сайту|изработка|κατασκευή|"
    r"tasarım|yazılım\s*:|制作|製作|サイト制作|技术支持|网站建设|제작|dibuat\s+oleh|thiết\s+kế\s+(?:bởi|web)|"
    r"تصميم|بناء\s+الموقع|עיצוב\s+אתר|בניית\s+אתר",
    re.I,
)  # fmt: skip

_US = (
    r"follow\s+(?:us|our)|find\s+us|like\s+us|join\s+us|visit\s+us|connect\s+with\s+us|"
    r"our\s+(?:page|channel|facebook|instagram|twitter|x\b|youtube|linkedin|tiktok|social|profile|account)|"
    r"stay\s+(?:in\s+touch|connected)|keep\s+in\s+touch|get\s+social|let[’']?s\s+connect|we[’' ]?a?re\s+on|"
    r"seguici|ci\s+trovi\s+(?:su|anche)|trovaci|venite\s+a\s+trovarci|i\s+nostri\s+(?:social|canali|profili)|"
    r"(?:nostra|nostro)\s+(?:pagina|canale|profilo)|"
    r"s[íi]guenos|s[íi]ganos|seguinos|encu[ée]ntranos|nuestr[oa]s?\s+(?:redes|p[áa]gina|canal|perfil)|[úu]nete|"
    r"siga-nos|siga\s+a\s+gente|nos\s+siga|segue-nos|acompanhe|curta\s+(?:a\s+)?nossa|nossas?\s+(?:redes|p[áa]gina)|"
    r"(?:suivez|rejoignez|retrouvez|aimez)[\s-]nous|nos\s+r[ée]seaux|notre\s+(?:page|cha[iî]ne|compte)|"
    r"folg(?:e|en|t)\s+(?:sie\s+)?uns|besuch(?:e|en|t)\s+(?:sie\s+)?uns|find(?:e|en|et)\s+(?:sie\s+)?uns|"
    r"unser(?:e|em|en|er)?\s+(?:facebook|instagram|youtube|linkedin|kanal|seite|profil)|wir\s+(?:sind\s+)?(?:auf|bei)\s|"
    r"bleib(?:en)?\s+(?:sie\s+)?(?:in\s+kontakt|informiert|auf\s+dem\s+laufenden)|"
    r"volg\s+ons|bezoek\s+ons|vind\s+ons|onze\s+(?:facebook|instagram|pagina)|"
    r"f[øöó]lg\s+(?:os|oss)|följ\s+oss|følg\s+(?:os|oss)|find\s+os|hitta\s+oss|seuraa\s+meit|fylgdu\s+okkur|"
    r"(?:obserwuj|śledź|polub|znajdź|odwiedź)\s+nas|sledujte\s+nás|najdete\s+nás|sleduj(?:te)?\s+nás|"
    r"kövess(?:en|ük)?(?:\s+(?:minket|bennünket))?|urm[ăa]re[șs]te-ne|g[ăa]se[șs]te-ne|"
    r"(?:za)?prat(?:ite|i)\s+nas|pridružite\s+se\s+nam|sledite\s+nam|"
    r"мы\s+в|мы\s+на|присоединяйтесь|подпис(?:ывайтесь|аться|ывайся)|наша\s+группа|наш\s+канал|ми\s+в|"
    r"приєднуйтесь|стежте\s+за|последвайте\s+ни|ακολουθήστε|βρείτε\s+μας|"
    r"bizi\s+takip|takip\s+edin|sosyal\s+medya|フォロー(?:する|して)?|公式(?:アカウント|ページ|sns|twitter|x\b|facebook|instagram|line)?|"
    r"关注我们|關注我們|追蹤我們|官方(?:微博|账号|帳號|粉絲)|팔로우|공식|ikuti\s+kami|theo\s+dõi\s+chúng|ติดตามเรา|"
    r"تابعنا|تابعونا|עקבו\s+אחרי|ما\s+را\s+دنبال"
)
# Said of the company itself, also within a sentence.
FOLLOW_US = re.compile(_US, re.I)
# Said of somebody else, as at the end of an article of its author.
FOLLOW_THEM = re.compile(
    r"follow\s+(?:him|her|them|the\s+author)|folg(?:e|en)\s+(?:sie\s+)?(?:ihm|ihr)\b|suivez-l[ea]\b|seguil[oa]\b|"
    r"s[íi]guel[oa]\b|siga-[oa]\b|volg\s+(?:hem|haar)\b|följ\s+(?:honom|henne)|følg\s+(?:ham|hende|henne)",
    re.I,
)
# Said of an account, on a button or over a row of icons.
FOLLOW = re.compile(
    _US + r"|^follow\b|followers?$|segui\b|síguenos|siga\b|folge|folgen|suivez|rejoignez|volg\b|följ\b|følg\b|obserwuj|"
    r"подпис|关注|takip|social\s+(?:media|network|links?)|réseaux\s+sociaux|redes\s+sociales|redes\s+sociais|"
    r"soziale\s+(?:medien|netzwerke)|social$|fan\s?page|соцсет|социальн|sociala?\s+medi|sociale\s+medi",
    re.I,
)

HEADER = re.compile(
    r"(?:^|[\s_-])(?:header|head(?![a-z])|masthead|top(?:$|[\s_-])|topbar|topnav|top-?menu|navbar|nav(?:$|[\s_-])|"
    r"navi(?:$|[\s_-])|navigation|mainnav|menu|toolbar|branding)|^header|header$",
    re.I,
)
FOOTER = re.compile(
    r"(?:^|[\s_-])(?:footer|foot(?:$|[\s_-])|bottom|colophon|fat-?footer|copyright|impressum)|footer", re.I
)
# Headers and footers of an entry, a card, a window: not those of the page.
INNER = re.compile(
    r"(?:entry|post|article|card|modal|comment|author|item|teaser|story|panel|dialog|popup|table|"
    r"product|event|tweet|slide|meta)[\w]*[_-]{1,2}(?:header|head|footer|foot|top|bottom|menu|nav)",
    re.I,
)
SOCIAL = re.compile(
    r"social|follow|(?:^|[\s_-])sns|seguici|siguenos|connect-|find-?us|stay-?connected|soc-?(?:icon|link|net)|icon|"
    r"fb-?like|community|netzwerk|reseaux|redes",
    re.I,
)
SHARE_MARK = re.compile(
    r"shar(?:e|ing)|teilen|partag|condivid|compart|sdil|udost[eę]p|dela\b|del\b|addtoany|a2a|addthis|ssba|heateor|"
    r"поделиться|tweet|シェア|paylaş|bookmark|recommend|invite",
    re.I,
)
PERSON = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|replies|reply|authors?|byline|testimonials?|team|staff|people|speakers?|"
    r"contributors?|journalists?|faculty|instructors?|mitarbeiter|ansprechpartner|redakteur|persona)(?:$|[\s_-])|"
    r"author-|comment-|\bteam-|-author|-team|-speaker|testimonial|\btrainer-",
    re.I,
)
PARTNER = re.compile(
    r"partner|sponsor|(?:^|[\s_-])(?:clients?|customers|brands|exhibitors?|vendors?|suppliers?|"
    r"retailers?|dealers?|tenants|exhibitor-list|merchants?|directory|listings?)(?:$|[\s_-])|"
    r"our-clients|client-logo|reviews?(?:$|[\s_-])|marken-|fornitori|aussteller",
    re.I,
)
PARTNERS = re.compile(r"partner|sponsor", re.I)
BANNER = re.compile(
    r"cookie|consent|gdpr|onetrust|iubenda|usercentrics|borlabs|didomi|(?:^|[\s_-])(?:cmp|cky|cmplz)(?:$|[\s_-])", re.I
)
MAKER = re.compile(
    r"(?:^|[\s_-])(?:credits?|site-?credits?|madeby|made-by|webdesign|web-?agency|developer|developed|designer|"
    r"site-?info-?author|powered|poweredby|powered-by|siteby|signature)(?:$|[\s_-])",
    re.I,
)
FEED = re.compile(
    r"twitter-tweet|tweet-text|tweet(?:$|[\s_-])|instagram-media|tiktok-embed|fb-post|fb-video|bluesky-embed|"
    r"mastodon-embed|text-post-media|reddit-embed|telegram-post|"
    r"(?:sbi|ctf|cff|juicer|flockler|feed|insta-?gallery)[\w]*[_-]{1,2}"
    r"(?:post|item|entry|tile|photo|card|author|avatar|username)(?:$|[\s_-])",
    re.I,
)
CONTENT = re.compile(
    r"entry-content|post-content|post-body|article-body|article__body|article-text|story-body|richtext|blog-post", re.I
)
PEOPLE_HEADING = re.compile(
    r"\b(?:team|staff|people|leadership|authors?|contributors?|speakers?|founders?|board|faculty)\b|"
    r"autor[ei]?\b|auteurs?|équipe|equipo|equipe|squadra|mitarbeiter|ansprechpartner|vorstand|chi\s+siamo|команда|チーム|团队",
    re.I,
)
PARTNER_HEADING = re.compile(
    r"\b(?:partners?|sponsors?|supporters?|clients?|customers?|exhibitors?|members|retailers|stockists|our\s+brands)\b|"
    r"partenaires?|partenairen?|kunden|förderer|aussteller|mitglieder|sostenitori|clienti|fornitori|patrocinador(?:es)?|"
    r"socios|colaborador(?:es)?|apoiadores|parceiros|partnerzy|партн[её]р|спонсор|协办|スポンサー|協賛|合作伙伴",
    re.I,
)
# What may stand beside a network's name on the link to one's own account there.
PLATFORM_WORDS = re.compile(
    r"^(?:icon|logo|our|on|auf|su|sur|en|no|na|w|v|in|us|visit|page|pagina|página|seite|profile|profil|profilo|perfil|"
    r"official|offizielle|ufficiale|officiel|oficial|the|a|link|links|to|go|zu|zur|unser|unsere|nostra|nuestra|notre|"
    r"nossa|onze|opens?|new|window|tab|external|neues|fenster|nuova|finestra|nueva|ventana|nouvelle|fenêtre|"
    r"btn|button|white|black|logo|svg|footer|header|social|media|follow|like|fan|"
    r"@|\W|x|fb|ig|yt|li|tw|vk|ok|in|facebook|instagram|insta|twitter|linkedin|youtube|tiktok|telegram|snapchat|"
    r"pinterest|threads|bluesky|mastodon|whatsapp|vimeo|twitch|discord|reddit|tumblr|xing|flickr|spotify|soundcloud|"
    r"github|medium|вконтакте|одноклассники|фейсбук|инстаграм|телеграм|公式|微博|"
    r"channel|kanal|canale|canal|chaîne|account|konto|compte|cuenta|conta|sayfamız|でフォロー|を見る)*$",
    re.I,
)
# Words that name no company: a title of them says nothing.
GENERIC = frozenset({
    "home", "homepage", "start", "startseite", "hauptseite", "accueil", "inicio", "início", "pagina iniziale", "index",
    "welcome", "benvenuti", "willkommen", "bienvenue", "bienvenidos", "news", "blog", "shop", "store", "official",
    "officialsite", "officialwebsite", "online", "onlineshop", "login", "contact", "kontakt", "contatti", "contacto",
    "about", "aboutus", "main", "web", "website", "site", "sito", "sitoufficiale", "the", "www", "www2", "mobile",
    "page", "homeofficial", "untitled", "hotel", "restaurant", "magazine", "media", "info", "corporate", "group",
    "company", "careers", "jobs", "support", "help", "shops", "art", "app", "главная", "ホーム", "首页",
})  # fmt: skip
NETWORK = re.compile(
    r"(?<![a-z])(?:(?P<facebook>facebook|fb)|(?P<x>twitter|x-twitter)|(?P<instagram>instagram|insta)|"
    r"(?P<linkedin>linkedin)|(?P<youtube>youtube)|(?P<tiktok>tiktok)|(?P<pinterest>pinterest)|(?P<telegram>telegram)|"
    r"(?P<snapchat>snapchat)|(?P<threads>threads)|(?P<vimeo>vimeo)|(?P<xing>xing)|(?P<bluesky>bluesky)|"
    r"(?P<mastodon>mastodon)|(?P<vk>vkontakte|vk)|(?P<twitch>twitch)|(?P<whatsapp>whatsapp))(?![a-z])",
    re.I,
)

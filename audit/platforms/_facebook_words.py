"""What Facebook's pages say instead of a Page, and beside its figures, in the languages of the site."""

from __future__ import annotations

import re

SHELL_TITLES = frozenset({"facebook", "", "error", "welcome to facebook"})
LOGIN_TITLES = re.compile(
    r"(?:log in(?:to| to| with)? facebook|log into facebook|entra (?:en|a) facebook|"
    r"(?:welcome to )?facebook\s*[-–—|:].*(?:log ?in|sign up|accedi|iscriviti|anmelden|registrieren|connexion|"
    r"inscription|se connecter|entrar|entre|inicia(?:r)? sesión|войдите|giriş|logi?n|přihlaste).*|accedi a facebook|"
    r"iniciar sesión en facebook|se connecter à facebook|connexion à facebook|bei facebook anmelden|"
    r"entrar no facebook|iniciar sessão no facebook|aanmelden bij facebook|"
    r"(?:log in|accedi|anmelden|connexion) \| facebook)",
    re.IGNORECASE,
)
SITE_NAMES = re.compile(r"facebook|فيسبوك|فيس بوك|フェイスブック|페이스북|臉書|脸书", re.IGNORECASE)
# What the site adds to the name in a title: itself, and before it the tab that is open ("Coca-Cola - Home | Facebook").
SITE_END = re.compile(r"\s*\|\s*Facebook\s*$", re.IGNORECASE)
TAB_END = re.compile(
    r"\s+[-–]\s+(?:home|about|posts|photos|videos|reviews|community|events|shop|services|menu|inicio|página inicial|"
    r"início|publicaciones|fotos|acerca de|accueil|à propos|publications|startseite|info|beiträge|informazioni|foto|"
    r"video|recensioni|strona główna|главная|ana sayfa|ホーム|首页|首頁|홈|الصفحة الرئيسية|होम|beranda|trang chủ)\s*$",
    re.IGNORECASE,
)
MISSING_TITLES = re.compile(
    r"(?:page not found|pagina non trovata|página no encontrada|page introuvable|seite nicht gefunden|"
    r"página não encontrada|pagina niet gevonden|nie znaleziono strony|страница не найдена|sayfa bulunamadı|"
    r"ページが見つかりません|找不到(?:页面|頁面|網頁)|페이지를 찾을 수 없)\b.*",
    re.IGNORECASE,
)
# Age, country or deletion: Facebook does not say which, so it is never "missing".
UNAVAILABLE = re.compile(
    r"this (?:content|page) isn(?:[’']|&#0?39;)t available|questo contenuto non è (?:al momento )?disponibile|"
    r"questa pagina non è disponibile|este contenido no está disponible|esta página no está disponible|"
    r"ce contenu n[’']est pas disponible|cette page n[’']est pas disponible|"
    r"dieser inhalt ist (?:momentan|derzeit|aktuell) nicht verfügbar|"
    r"diese seite ist (?:momentan|derzeit) nicht verfügbar|"
    r"este conteúdo não está disponível|esta página não está disponível|"
    r"deze content is (?:momenteel|op dit moment|nu) niet beschikbaar|"
    r"(?:materiał|ta (?:zawartość|treść)|te treści) (?:jest|nie jest|nie są) (?:teraz |obecnie )?(?:nie)?dostępn\w+|"
    r"(?:этот )?контент (?:сейчас )?недоступен|цей (?:вміст|контент) зараз недоступний|"
    r"bu içerik şu anda (?:kullanılamıyor|mevcut değil)|このコンテンツは現在(?:ご)?利用(?:いただけません|できません)|"
    r"(?:目前|暂时|暫時)(?:无法|無法)查看此(?:内容|內容)|(?:内容|內容)目前(?:无法|無法)(?:查看|顯示)|"
    r"현재 이 콘텐츠를 (?:이용할|볼) 수 없|هذا المحتوى غير (?:متوفر|متاح)|"
    r"यह (?:सामग्री|कंटेंट)\s.{0,20}?(?:उपलब्ध|मौजूद) नहीं|innehållet är inte tillgängligt|"
    r"(?:dette )?indhold(?:et)? er ikke tilgængeligt|(?:dette )?innhold(?:et)? er ikke tilgjengelig|"
    r"tento obsah (?:teď|nyní|momentálne) není dostupný|tento obsah (?:nie je|momentálne nie je) dostupný|"
    r"acest conținut nu este disponibil|ez a tartalom (?:jelenleg|most) nem (?:érhető el|elérhető)|"
    r"konten ini tidak tersedia|nội dung này hiện không|sisältö ei ole saatavilla|"
    r"αυτό το περιεχόμενο δεν είναι διαθέσιμο|התוכן הזה (?:לא|אינו) זמין|เนื้อหานี้ไม่พร้อม|"
    r"page you requested cannot be displayed|you must log in to continue",
    re.IGNORECASE,
)
OUT_OF_ORDER = re.compile(
    r"sorry, something went wrong|si è verificato un errore|se produjo un error|ein fehler ist aufgetreten|"
    r"désolé, une erreur s[’']est produite|algo deu errado|something went wrong",
    re.IGNORECASE,
)
OLD_BROWSER = re.compile(
    r"update your browser\b.*|aggiorna il (?:tuo )?browser\b.*|unsupported browser\b.*", re.IGNORECASE
)
VERIFIED_LABELS = (
    "Verified Page", "Verified Account", "Verified account", "Pagina verificata", "Página verificada",
    "Page vérifiée", "Verifizierte Seite", "Account verificato",
)  # fmt: skip
# The boxes of the desktop page of 2018 to 2020: a sentence with one figure.
BOXES = {
    "likes": (
        "people like this", "person likes this", "persone piace", "Piace a ", "personas les gusta esto",
        "persona le gusta esto", "personnes aiment ça", "Personen gefällt das", "pessoas curtiram isso",
        "pessoas gostam disto", "vinden dit leuk", "lubi to", "Нравится ",
    ),
    "followers": (
        "people follow this", "person follows this", "persone seguono", "Follower: ", "personas siguen esto",
        "personnes suivent", "haben das abonniert", "pessoas estão seguindo isso", "pessoas seguem isto",
        "mensen volgen dit", "obserwuje to", "Подписан",
    ),
}  # fmt: skip
# What stands before the figure of such a box, and which words stand in a sentence beside a figure and its label.
FIGURE_LEADS = re.compile(r"(?:a|piace a|follower:|нравится|подписан\w*)?", re.IGNORECASE)
FIGURE_WORDS = re.compile(
    r"\b(?:a|de|di|d|mal|personen|persone|personas?|personnes?|people|pessoas?|osób|mensen|mentions|dette|dies|"
    r"quest[oa]|esto|ça|this|page|pagina|elemento|broj oznaka|użytkownicy|którzy|отметок|людям|человек\w*|tane|kişi|"
    r"users?|total)\b|[件人名个個次位条คน]|명|개",
    re.IGNORECASE,
)
FOLLOWING = re.compile(
    r"following|seguit[ioae]|seguid[oa]s?|siguiendo|seguindo|a seguir|suivi\w*|abonnements?|gefolgt|folgt|подпис\w*|"
    r"підпис\w*|フォロー中|팔로잉|关注|關注|追蹤中?|takip(?: edilen)?|يتابع\w*|volgend|följer|følger|mengikuti|"
    r"obserwowan\w*|sleduje|követés\w*|urmăriri|đang theo dõi|กำลังติดตาม|"
    r"फ़ॉलोइंग|फॉलोइंग|נעקבים|ακολουθεί|seurattu\w*|prati",
    re.IGNORECASE,
)
# The title of the site's own page of what a search has found, behind what was looked for.
SEARCH_TITLES = re.compile(
    r".*\s[-–|]\s(?:search results|facebook search|risultati (?:della|di) ricerca|resultados de (?:la )?búsqueda|"
    r"résultats de (?:la )?recherche|suchergebnisse|resultados da (?:pesquisa|busca)|zoekresultaten|"
    r"wyniki wyszukiwania|результаты поиска|arama sonuçları|検索結果|搜索结果|搜尋結果|검색 결과|نتائج البحث)"
    r"(?:\s\|\sFacebook)?",
    re.IGNORECASE,
)

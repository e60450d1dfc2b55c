"""The words by which networks say in many languages that a person has to log in, or that a page is not there.

They are read in titles and headlines alone: a company may write any of them in a text of its own.
"""

from __future__ import annotations

import re

LOGIN = re.compile(
    r"\b(?:log ?in|log ?into|sign ?(?:in|up|on)|accedi|iscriviti|anmelden|einloggen|registrieren|connexion|"
    r"se connecter|s[’']identifier|s[’']inscrire|inicia(?:r)? sesión|registrarse|entrar|entre|cadastre-se|"
    r"iniciar sessão|inloggen|aanmelden|log ?på|logga in|logg inn|masuk|log masuk|daftar)\b|"
    r"\b(?:kirjaudu|oturum aç|giriş yap|zaloguj|přihl|prihl|conectează|autentificare|bejelentkez|prijav|"
    r"войти|войдите|вход|регистрация|увійти|увійдіть|σύνδεση|đăng nhập)|"
    r"ログイン|サインイン|登录|登入|로그인|تسجيل الدخول|כניסה|התחבר|เข้าสู่ระบบ|लॉग इन|साइन अप|ورود به",
    re.IGNORECASE,
)
NOT_FOUND = re.compile(
    r"page not found|not found|pagina non trovata|página no encontrada|no se (?:ha )?encontr\w+|page introuvable|"
    r"(?:seite )?nicht gefunden|página não encontrada|pagina niet gevonden|nie znaleziono|страница не найдена|"
    r"сторінк\w+ не знайдено|sayfa bulunamadı|sidan (?:hittades inte|finns inte)|"
    r"siden (?:blev ikke fundet|finnes ikke)|"
    r"sivua ei löydy|stránka nenalezena|az oldal nem található|pagina nu a fost găsită|halaman tidak ditemukan|"
    r"không tìm thấy trang|ページが見つかりません|找不到(?:页面|頁面|網頁)|未找到页面|페이지를 찾을 수 없|"
    r"الصفحة غير موجودة|"
    r"لم يتم العثور على الصفحة|पेज नहीं मिला",
    re.IGNORECASE,
)
# "Sorry, this page isn't available": without a reason, on networks that say so of accounts that are not there.
PAGE_UNAVAILABLE = re.compile(
    r"(?:this page|profile) (?:isn|is)(?:[’']|&#0?39;)?(?:t| not) available|"
    r"(?:questa pagina|(?:il|questo) profilo) non è disponibile|"
    r"(?:esta página|(?:el|este) perfil) no está disponible|"
    r"diese(?:s)? (?:seite|profil) ist (?:leider )?nicht verfügbar|"
    r"(?:cette page|(?:le|ce) profil) n[’']est (?:malheureusement )?pas disponible|"
    r"(?:esta página|(?:o|este) perfil) não está disponível|deze pagina is (?:helaas )?niet beschikbaar|"
    r"(?:эта )?страница недоступна|ta strona (?:jest niedostępna|nie jest dostępna)|bu sayfaya ulaşılamıyor|"
    r"(?:このページ|このプロフィール)は(?:ご)?利用(?:いただけません|できません)|(?:此|该|該)(?:页面|頁面|網頁)(?:无法|無法)|"
    r"페이지를 사용할 수 없|هذه الصفحة غير متاحة|यह पेज उपलब्ध नहीं",
    re.IGNORECASE,
)

"""What X says of an account that is not there, in the languages of its interface."""

from __future__ import annotations

import re

GONE = re.compile(
    r"account (?:is )?suspended|user has been suspended|account sospeso|cuenta suspendida|compte suspendu|"
    r"account (?:wurde )?gesperrt|conta suspensa|compte suspès|"
    r"аккаунт заблокирован|уч[её]тная запись (?:за|при)\w+|действие уч[её]тной записи приостановлено|"
    r"обліковий запис (?:призупинено|заблоковано)|"
    r"hesap askıya alındı|アカウントは凍結|계정이 일시 정지|계정이 정지|تم (?:تعليق|إيقاف) (?:هذا )?الحساب|"
    r"(?:खाता|अकाउंट) (?:निलंबित|सस्पेंड)|konto (?:jest )?zawieszone|account geschorst|账号已被(?:冻结|凍結)|"
    r"帳(?:戶|號)已(?:被)?(?:停權|凍結)|"
    r"akun ditangguhkan|kontot är avstängt|konto suspenderet|kontoen er suspendert|cont suspendat|"
    r"tài khoản (?:đã )?bị (?:tạm )?(?:đình chỉ|khóa)",
    re.IGNORECASE,
)
MISSING = re.compile(
    r"this account doesn[’']t exist|that page doesn[’']t exist|user not found|could not find user|no user found|"
    r"no user matches|sorry, that page does(?: not|n[’']t) exist|"
    r"questo account non esiste|esta cuenta no existe|ce compte n[’']existe pas|"
    r"diese[rs] (?:account|konto) existiert nicht|ess?t?a conta não existe|aquest compte no existeix|"
    r"(?:аккаунт|уч[её]тная запись) не существует|(?:цей|такий) обліковий запис не існує|"
    r"böyle bir hesap yok|bu hesap (?:mevcut değil|yok)|アカウントは存在しません|존재하지 않는 계정|"
    r"هذا الحساب غير موجود|यह (?:खाता|अकाउंट) मौजूद नहीं|(?:to )?konto nie istnieje|dit account bestaat niet|"
    r"此(?:账号|帳號|帳戶)不存在|akun ini tidak ada|kontot finns inte|kontoen findes ikke|kontoen finnes ikke|"
    r"acest cont nu există|tài khoản này không tồn tại|tento účet neexistuje",
    re.IGNORECASE,
)
PROTECTED = re.compile(r"not authorized to view|posts are protected|tweets are protected", re.IGNORECASE)
# The page that a visitor without an account is sent to: "X. It's what's happening", "Log in to X".
FRONT_TITLES = re.compile(
    r"(?:x|twitter)\. it[’']s what[’']s happening(?: / (?:x|twitter))?|"
    r"(?:log ?in|sign ?(?:in|up)) (?:to|for) (?:x|twitter)\b.*|"
    r"(?:accedi|iscriviti) (?:a|su) (?:x|twitter)\b.*|(?:inicia(?:r)? sesión|regístrate) en (?:x|twitter)\b.*|"
    r"(?:bei (?:x|twitter) (?:anmelden|registrieren)|(?:connectez-vous|se connecter|connexion|inscrivez-vous) "
    r"(?:à|sur) (?:x|twitter))\b.*|(?:entrar|entre|inscreva-se) no (?:x|twitter)\b.*|(?:x|twitter)にログイン.*",
    re.IGNORECASE,
)

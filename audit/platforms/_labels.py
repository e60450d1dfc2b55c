"""The words beside a figure in the languages in which networks show their pages.

A word is matched in any of its forms, from its beginning; the number stands right before or right after it.
"""

from __future__ import annotations

import re

FOLLOWERS = re.compile(
    r"follower\w*|people follow this|persone seguono|haben das abonniert|seguidor\w*|abonn[ée]\w*|abonnent\w*|"
    r"volgers?\b|följare\b|følgere?\b|seuraaj\w*|jälgija\w*|sekotāj\w*|sekėj\w*|obserwując\w*|sledující\w*|"
    r"sledovate\w*|sledilc\w*|pratitel\w*|pratilac\w*|пратил\w*|követő\w*|urmăritor\w*|"
    r"подписчик\w*|читател\w*|читач\w*|підписник\w*|відстежувач\w*|последовател\w*|"
    r"takipçi\w*|izləyici\w*|ακόλουθο\w*|עוקבים|(?:من )?ال?متابع\w*|دنبال\u200c?کنند\w*|"
    r"フォロワー|(?:位)?(?:粉丝|粉絲)|关注者|關注者|(?:位)?追蹤者|(?:位)?追踪者|팔로워|pengikut|người theo dõi|ผู้ติดตาม|"
    r"फ[़]?ॉलोअर|फ[़]?ॉलोवर|অনুসরণকারী|ফলোয়ার",
    re.IGNORECASE,
)
LIKES = re.compile(
    r"likes?\b|people like this|mi piace|piace a|me gusta|m[’']agrada|j[’']aime|mentions j[’']aime|gefällt(?: mir)?|"
    r"[„\"]?gefällt mir[“\"]?-angaben|curtidas?|curtiram|gostos?\b|vind-ik-leuks?|vinden dit leuk|"
    r"(?:to lubią|lubią to|lubi to)\b|polubie[nń]\w*|polubiło|to se mi líbí|páči sa mi to|všeč\w*|atsegite|mėgsta|"
    r"patīk|meeldi\w*|(?:отметк\w+ )?[«\"]?нравится[»\"”]?|лайк\w*|вподобан\w*|подобається|свиђањ\w*|харесвания|"
    r"beğen\w*|gilla\w*-markeringar|gillar|synes godt om|liker\w*|tykkäyst\w*|tykkää|aprecieri|îmi place|"
    r"kedvelés\w*|sviđa(?: mi se)?|いいね！?」?|次赞|個讚|个赞|讚好|좋아하는 사람|좋아요|suka\b|(?:lượt )?thích|ถูกใจ|"
    r"تسجيل إعجاب|إعجاب\w*|پسند|(?:סימוני )?לייק\w*|μου αρέσει|αρέσει σε|लाइक|पसंद",
    re.IGNORECASE,
)

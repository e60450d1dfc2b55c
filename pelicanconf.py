"""The agency: who signs the audits, and how their sites look. Every client's site is built with these settings."""

# Who you are. The e-mail address also tells the servers that are asked for pages whom to write to.
AGENCY_NAME = "Studio Cinquepassi"
AGENCY_EMAIL = "audit@cinquepassi.example"
AGENCY_URL = "https://cinquepassi.example"

THEME = "themes/finestra"
TIMEZONE = "UTC"
SITEURL = ""
RELATIVE_URLS = True

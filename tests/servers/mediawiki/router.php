<?php
// As on Wikipedia: articles lie under /wiki/, MediaWiki's own entry points under /w/; there is nothing else.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (is_file($_SERVER['DOCUMENT_ROOT'] . $path)) {
    return false;
}
if (strncmp($path, '/wiki/', 6) !== 0) {
    http_response_code(404);
    return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/w/index.php';
chdir($_SERVER['DOCUMENT_ROOT'] . '/w');
require 'index.php';

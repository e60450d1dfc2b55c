<?php
// PHP's own server sends every address that is no file to WordPress.
$root = $_SERVER['DOCUMENT_ROOT'];
if (is_file($root . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH))) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
chdir($root);
require 'index.php';

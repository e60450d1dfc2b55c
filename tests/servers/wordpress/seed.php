<?php
// Installs WordPress in argv[1] under the address of its wp-config.php, with argv[2] posts, one a day, and nothing else.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url($argv[3], PHP_URL_HOST);
function wp_mail() { return true; }
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Torrefazione Aurora', 'redazione', 'redazione@aurora.example', true, '', 'secret');
foreach (get_posts(['post_type' => ['post', 'page'], 'numberposts' => -1, 'post_status' => 'any']) as $post) {
    wp_delete_post($post->ID, true);
}
update_option('permalink_structure', '/%year%/%postname%/');
update_option('timezone_string', 'Europe/Rome');
for ($number = 1; $number <= (int) $argv[2]; $number++) {
    $published = gmdate('Y-m-d H:i:s', 1767225600 + 86400 * $number); // 2026-01-01 and so many days
    wp_insert_post(['post_title' => "Notizia $number", 'post_content' => "Testo della notizia $number.",
        'post_status' => 'publish', 'post_author' => 1, 'post_date_gmt' => $published]);
}
wp_insert_post(['post_title' => 'Bozza', 'post_content' => 'Non ancora.', 'post_status' => 'draft', 'post_author' => 1]);
flush_rewrite_rules();

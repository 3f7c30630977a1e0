<?php
define('DB_NAME', 'club');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('CLUB_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', 'loopback only');
    define($name . '_SALT', 'loopback only');
}
define('WP_HOME', getenv('CLUB_ADDRESS'));
define('WP_SITEURL', getenv('CLUB_ADDRESS'));
define('WP_CONTENT_URL', WP_HOME . '/wp-content'); // no address is known while installing
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';

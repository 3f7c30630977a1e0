<?php
// Install WordPress and write the club's blog into it, through WordPress' own functions. The blog comes as JSON
// on standard input; the password for REST and the posts' ids go to standard output.
define('WP_INSTALLING', true);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
(new mysqli('localhost', 'root', '', '', 0, getenv('CLUB_SOCKET')))->query('create database club');
$_SERVER['HTTP_HOST'] = parse_url(getenv('CLUB_ADDRESS'), PHP_URL_HOST);
require getcwd() . '/wp-load.php';
foreach (['upgrade', 'file', 'image', 'media', 'taxonomy'] as $part) {
    require_once ABSPATH . "wp-admin/includes/$part.php";
}
$club = json_decode(stream_get_contents(STDIN), true);

function sure($value)
{
    return is_wp_error($value) ? exit($value->get_error_message() . "\n") : $value;
}

function category(array $names): int
{
    $parent = 0;
    foreach ($names as $name) {
        $known = term_exists($name, 'category', $parent);
        $parent = (int) ($known ?: sure(wp_insert_term($name, 'category', ['parent' => $parent])))['term_id'];
    }
    return $parent;
}

function author(string $name): int
{
    $login = sanitize_user(strtolower(strtok($name, ' ')));
    $known = get_user_by('login', $login);
    return $known ? $known->ID : sure(wp_insert_user(
        ['user_login' => $login, 'user_pass' => 'loopback', 'display_name' => $name, 'role' => 'author']
    ));
}

function upload(string $file, int $post): int
{
    copy($file, $copy = wp_tempnam($file));
    return sure(media_handle_sideload(['name' => basename($file), 'tmp_name' => $copy], $post));
}

$admin = wp_install($club['title'], 'keeper', 'keeper@club.example', true, '', 'loopback')['user_id'];
array_map(fn ($id) => wp_delete_post($id, true), [1, 2, 3]);
switch_theme('twentytwentyone');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('posts_per_page', 4);
update_option('blogdescription', '');
update_option('timezone_string', 'UTC');
kses_remove_filters();
$ids = [];
foreach ($club['posts'] as $post) {
    $ids[$post['slug']] = $id = sure(wp_insert_post(wp_slash([
        'post_status' => 'publish', 'post_title' => $post['title'], 'post_name' => $post['slug'],
        'post_date' => $post['date'] . ':00', 'post_author' => author($post['author']),
        'post_category' => [category($post['categories'])], 'tags_input' => $post['tags'],
    ]), true));
    $content = $post['content'];
    foreach ($post['pictures'] as $name => $file) {
        $picture = upload($file, $id);
        $content = str_replace(["PICTURE-ID:$name", "PICTURE:$name"], [$picture, wp_get_attachment_url($picture)], $content);
    }
    sure(wp_update_post(wp_slash(['ID' => $id, 'post_content' => $content]), true));
}
sure(wp_insert_post(wp_slash(['post_type' => 'page', 'post_status' => 'publish'] + $club['page']), true));
wp_insert_comment([
    'comment_post_ID' => $ids[$club['comment']['slug']], 'comment_author' => $club['comment']['author'],
    'comment_content' => $club['comment']['text'], 'comment_approved' => 1,
]);
flush_rewrite_rules();
[$password] = sure(WP_Application_Passwords::create_new_application_password($admin, ['name' => 'tests']));
echo json_encode(['password' => $password, 'ids' => $ids]);

-- A small blog: a post with flags of every kind, a clean one and one that is gone.
insert into sites (id, home_url, name, created_at)
values ('kettles', 'http://kettles.example/', 'Kettle Notes', '2026-03-01T08:00:00.000Z');
insert into runs (id, site_id, action, state, started_at, finished_at, posts, flags_open, pipeline_version, message)
values (1, 'kettles', 'crawl', 'complete', '2026-03-01T08:00:00.000Z', '2026-03-01T08:01:00.000Z', 3, 4, '0.1.0', '3 posts.');

insert into posts (id, site_id, url, title, published, language, words, section_count, in_links, platform, cms_post_id,
                   state, revision_id, first_seen_at, last_seen_at, last_run_id)
values
('p1', 'kettles', 'http://kettles.example/kettles/', 'Kettles', '2021-05-01', 'en', 55, 2, 4, 'wordpress', '42', 'live',
 1, '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z', 1),
('p2', 'kettles', 'http://kettles.example/clean/', 'A clean post', '2021-05-02', 'en', 4, 0, 0, 'wordpress', '43', 'live',
 2, '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z', 1),
('p3', 'kettles', 'http://kettles.example/gone/', 'Gone with the steam', '2021-05-03', 'en', 4, 0, 1, 'wordpress', '44',
 'gone', 3, '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z', 1);

insert into revisions (id, post_id, number, content_hash, title, title_raw, text, text_raw, intro, blocks, metadata,
                       pipeline_version, first_seen_at, first_run_id)
values
(1, 'p1', 1, 'h1', 'Kettles', 'Kettles | Kettles', '',
'A kettle that sings is a kettle worth keeping.
1. Before you start
Unplug it. kettle-base-1024x683.jpgThe base must be dry before you open it.
One small screwdriver
A soft cloth
2. Descaling
vinegar: 1 part
water:   2 parts
The inside after ten minutes
Readers wrote “Error: Contact form not found.” to me for a week.
Error: Contact form not found.', '',
'[["paragraph",0,1,null,null],["heading",2,1,"heading","start"],["paragraph",0,1,null,null],["list_item",0,1,null,null],
["list_item",0,1,null,null],["heading",4,1,"heading",null],["code",0,2,null,null],["caption",0,1,null,null],
["quote",0,1,null,null],["paragraph",0,1,null,null],["heading",2,0,"heading",null]]',
'{"title":"Kettles | Kettles","authors":["Ada"],"published":"2021-05-01","provenance":{"authors":"json-ld"}}',
'0.1.0', '2026-03-01T08:00:00.000Z', 1),
(2, 'p2', 1, 'h2', 'A clean post', 'A clean post', 'All is well here.', 'All is well here.', 'All is well here.',
'[["paragraph",0,1,null,null]]', '{"title":"A clean post"}', '0.1.0', '2026-03-01T08:00:00.000Z', 1),
(3, 'p3', 1, 'h3', 'Gone', 'Gone', 'Gone with the steam.', 'Gone with the steam.', 'Gone with the steam.',
'[["paragraph",0,1,null,null]]', '{"title":"Gone"}', '0.1.0', '2026-03-01T08:00:00.000Z', 1);
update posts set text = (select text_raw from revisions where id = revision_id);
update revisions set text = text_raw where text = '';

insert into post_urls (url, site_id, post_id, role, is_current, first_seen_at)
select url, site_id, id, 'fetched', 1, first_seen_at from posts;
insert into sections (id, post_id, revision_id, position, level, heading, heading_raw, marked, words, text) values
(1, 'p1', 1, 0, 2, '1. Before you start', '1. Before you start', 'heading', 24, 'One small screwdriver'),
(2, 'p1', 1, 1, 4, '2. Descaling', '2. Descaling', 'heading', 22, 'vinegar: 1 part');
insert into categories (id, site_id, name, path) values (1, 'kettles', 'Care', 'Home / Care');
insert into post_categories values ('p1', 1, 0);
insert into tags (id, site_id, name) values (1, 'kettles', 'steam');
insert into post_tags values ('p1', 1, 0);
insert into authors (id, site_id, name) values (1, 'kettles', 'Ada');
insert into post_authors values ('p1', 1, 0);
insert into images (post_id, position, section, src) values ('p1', 0, 0, 'http://kettles.example/base.jpg');
insert into links (post_id, position, url, text, internal, target_post_id)
values ('p1', 0, 'http://kettles.example/gone/', 'more', 1, 'p3');
insert into urls (id, site_id, url, source, first_seen_at, last_seen_at)
values (1, 'kettles', 'http://kettles.example/', 'seed', '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z');
insert into failures (run_id, site_id, url, stage, reason, failed_at) values
(1, 'kettles', 'http://kettles.example/bad/', 'fetch', 'The server did not answer.', '2026-03-01T08:00:30.000Z');

insert into rules (name, summary, severity, fix, page) values
('image-filename', 'The name of an image file in the text.', 'error', 'safe',
 '**Finds** a file name.' || char(10, 10) || '**Leaves alone** `<b>code</b>` & friends.' || char(10, 10) || '- one' || char(10) || '- two'),
('broken-form', 'A form''s error notice where the form should stand.', 'error', 'safe', '**Finds** notices.'),
('repeated-title', 'The title said twice.', 'warning', 'suggested', '**Finds** repetition.'),
('skipped-level', 'A heading that skips a level.', 'info', 'none', '**Finds** jumps.');
insert into causes values ('cause1', 'kettles', 'broken-form', 'The form was deleted', 2, 1, '2026-03-01T08:00:00.000Z', '2014-06');
insert into findings (key, site_id, post_id, revision_id, rule, severity, confidence, quote, prefix, suffix, start, place,
                      section, glued, fix, replacement, evidence, cause_id) values
('f1', 'kettles', 'p1', 1, 'image-filename', 'error', 0.95, 'kettle-base-1024x683.jpg', 'Unplug it. ', 'The base must',
 (select instr(text_raw, 'kettle-base') - 1 from revisions where id = 1), 'paragraph', 0, 'before', 'safe', '',
 '[{"kind":"size-suffix","detail":"1024x683"},{"kind":"same-post","detail":"an image of this post has the name"}]', null),
('f2', 'kettles', 'p1', 1, 'broken-form', 'error', 0.99, char(10) || 'Error: Contact form not found.', 'for a week.', '',
 (select instr(text_raw, char(10) || 'Error: Contact') - 1 from revisions where id = 1), 'paragraph', 1, 'none', 'safe', '',
 '[]', 'cause1'),
('f3', 'kettles', 'p1', 1, 'repeated-title', 'warning', 0.8, ' | Kettles', 'Kettles', '', null, 'title', null, 'none',
 'suggested', '', '[]', null),
('f4', 'kettles', 'p1', 1, 'skipped-level', 'info', 1.0, '2. Descaling', '', '',
 (select instr(text_raw, '2. Descaling') - 1 from revisions where id = 1), 'heading', 1, 'none', 'none', null, '[]', null),
('f5', 'kettles', null, null, 'broken-form', 'error', 0.9, '[contact-form-7 id="9"]', 'Write: ', ' (c)', null, 'furniture',
 null, 'none', 'none', null, '[]', 'cause1');
insert into finding_history (key, post_id, site_id, rule, quote, first_seen_at, first_run_id, last_seen_at, last_run_id)
select key, post_id, site_id, rule, trim(quote, char(10)), '2026-03-01T08:00:00.000Z', 1, '2026-03-01T08:00:00.000Z', 1
from findings;
insert into furniture_posts values ('f5', 'p1'), ('f5', 'p2');
update findings set pages = 2 where key = 'f5';
delete from flags;
insert into flags select * from flags_now;
insert into posts_fts (posts_fts) values ('rebuild');
insert into sections_fts (sections_fts) values ('rebuild');
insert into run_flags values (1, 'error', 3, 3, 0, 0), (1, 'warning', 1, 1, 0, 0), (1, 'info', 1, 1, 0, 0);

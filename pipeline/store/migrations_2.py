"""Schema steps on posts and what they hold (continues `migrations`)."""

from sqlite_utils import Database

from pipeline.store.migrations import migrations

steps = migrations
"""The same set: each file of steps adds its own when it is imported."""


@steps()
def m002_posts(db: Database) -> None:
    """Posts, every URL that led to them, and their revisions with all they hold."""
    db.executescript(
        """
        create table posts (
            id text primary key,         -- 16 hex of SHA-256 over site and first canonical URL; kept for ever
            site_id text not null references sites(id),
            kind text not null default 'post',        -- what the page is
            url text not null,           -- the current one
            title text,                  -- clean
            published text,              -- ISO 8601 as the page writes it, never converted
            updated text,
            language text,               -- BCP 47
            words integer not null default 0,
            section_count integer not null default 0,
            image_count integer not null default 0,
            link_count integer not null default 0,
            in_links integer not null default 0,      -- links from other posts of the site
            reading_ease real,           -- Flesch, adapted to the language; null where none is defined
            description text,
            comment_count integer,
            platform text,
            cms_post_id text,            -- id in the CMS where the page shows it
            text text not null default '',            -- clean body, for search
            state text not null default 'live' check (state in ('live', 'missing', 'gone')),
            revision_id integer,         -- newest revision
            first_seen_at text not null,
            last_seen_at text not null,
            last_run_id integer references runs(id)
        ) strict;
        create index posts_site on posts(site_id, published);
        create index posts_published on posts(published);
        create index posts_language on posts(language);
        create index posts_state on posts(state);
        create index posts_words on posts(words);
        create index posts_run on posts(last_run_id);

        create table post_urls (
            url text not null,
            site_id text not null references sites(id),
            post_id text not null references posts(id),
            role text not null check (role in ('fetched', 'canonical', 'redirected', 'moved')),
            is_current integer not null check (is_current in (0, 1)),
            first_seen_at text not null,
            primary key (site_id, url)
        ) strict;
        create index post_urls_post on post_urls(post_id);

        create table revisions (
            id integer primary key,
            post_id text not null references posts(id),
            number integer not null,     -- from 1
            content_hash text not null,  -- over text_raw and metadata
            title text,
            title_raw text,              -- before cleaning
            text text not null,          -- clean
            text_raw text not null,      -- before cleaning, one block per line
            intro text not null,
            blocks text not null,        -- JSON: [kind, level, lines, marked, anchor] per block of text_raw
            metadata text not null,      -- JSON: the record's metadata and provenance
            changes text,                -- what differs from the revision before, in words
            pipeline_version text not null,
            part_hashes text not null default '{}',   -- JSON: part -> hash; equal rows are not rewritten
            digest text,                 -- SHA-256 of the payload it was read from
            warc_file text,
            warc_offset integer,
            first_seen_at text not null,
            first_run_id integer references runs(id),
            unique (post_id, number)
        ) strict;
        create index revisions_source on revisions(warc_file, warc_offset);
        create index revisions_run on revisions(first_run_id);

        create table sections (
            id integer primary key,
            post_id text not null references posts(id),
            revision_id integer not null references revisions(id),
            position integer not null,   -- index in the post, from 0
            level integer not null check (level between 1 and 6),
            heading text not null,       -- clean, printed number included
            heading_raw text not null,
            number text,                 -- printed number: "1", "2.3", "IV"
            parent integer,              -- position of the section it stands under
            marked text not null check (marked in ('heading', 'bold')),
            anchor text,                 -- id to link to
            words integer not null default 0,
            text text not null           -- clean text up to the next heading
        ) strict;
        create index sections_post on sections(post_id, position);
        create index sections_revision on sections(revision_id);
        create index sections_level on sections(level);

        create table categories (
            id integer primary key,
            site_id text not null references sites(id),
            name text not null,
            parent_id integer references categories(id),
            path text not null,          -- names from the outermost, joined by " / "
            unique (site_id, path)
        ) strict;
        create index categories_parent on categories(parent_id);
        create table post_categories (
            post_id text not null references posts(id),
            category_id integer not null references categories(id),
            position integer not null,
            primary key (post_id, category_id)
        ) strict;
        create index post_categories_category on post_categories(category_id);
        create table tags (
            id integer primary key,
            site_id text not null references sites(id),
            name text not null,
            unique (site_id, name)
        ) strict;
        create table post_tags (
            post_id text not null references posts(id),
            tag_id integer not null references tags(id),
            position integer not null,
            primary key (post_id, tag_id)
        ) strict;
        create index post_tags_tag on post_tags(tag_id);
        create table authors (
            id integer primary key,
            site_id text not null references sites(id),
            name text not null,
            unique (site_id, name)
        ) strict;
        create table post_authors (
            post_id text not null references posts(id),
            author_id integer not null references authors(id),
            position integer not null,
            primary key (post_id, author_id)
        ) strict;
        create index post_authors_author on post_authors(author_id);

        create table images (
            id integer primary key,
            post_id text not null references posts(id),
            position integer not null,
            section integer,             -- position of its section; null before the first
            src text not null,
            alt text,
            title text,
            caption text
        ) strict;
        create index images_post on images(post_id, position);
        create table links (
            id integer primary key,
            post_id text not null references posts(id),
            position integer not null,
            section integer,
            url text not null,
            text text not null,
            internal integer not null check (internal in (0, 1)),
            target_post_id text references posts(id)
        ) strict;
        create index links_post on links(post_id, position);
        create index links_target on links(target_post_id);
        create index links_internal on links(internal);
        """
    )

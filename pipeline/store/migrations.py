"""Numbered steps from an empty file to the current schema; an applied step is never edited.

Comments stand inside the SQL because SQLite keeps them and Datasette shows them. Steps run through
`db.executescript`, which stays inside the open transaction; the connection's own would commit it.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("copydesk")

MACHINE_OWNED = ("revisions", "sections", "images", "links", "findings", "causes", "flags")
"""Content that reprocessing replaces."""


@migrations()
def m001_crawling(db: Database) -> None:
    """History of crawling: what was asked for, when, and what came of it."""
    db.executescript(
        """
        create table sites (
            id text primary key,         -- slug that its owner chose or its first host gave; never changes
            home_url text not null,
            name text,                   -- as the site calls itself
            platform text,               -- CMS or generator, where recognised
            theme text,
            template text,               -- JSON: what was learned from its pages
            paused integer not null default 0 check (paused in (0, 1)),
            created_at text not null     -- ISO 8601, UTC, like every _at
        ) strict;

        create table runs (
            id integer primary key,
            site_id text not null references sites(id),
            action text not null check (action in ('crawl', 'process')),
            state text not null
                check (state in ('running', 'complete', 'partial', 'refused', 'failed', 'stopped')),
            started_at text not null,
            finished_at text,
            requests integer not null default 0,
            fetched integer not null default 0,     -- answers with a body
            unchanged integer not null default 0,   -- 304 or the same bytes
            new_posts integer not null default 0,
            changed_posts integer not null default 0,
            gone_posts integer not null default 0,
            failed integer not null default 0,
            skipped_by_robots integer not null default 0,
            posts integer not null default 0,       -- posts known after the run
            flags_open integer not null default 0,  -- open flags after the run
            size_bytes integer not null default 0,  -- bytes received
            template_confidence real,               -- 0 to 1
            pipeline_version text not null,
            message text,                           -- the run's one-sentence report
            report text                             -- JSON: counts by cause
        ) strict;
        create index runs_site on runs(site_id, id);

        create table urls (
            id integer primary key,
            site_id text not null references sites(id),
            url text not null,
            state text not null default 'todo'
                check (state in ('todo', 'doing', 'done', 'gone', 'failed', 'skipped')),
            kind text                    -- null until the newest payload was looked at
                check (kind in
                    ('post', 'listing', 'page', 'attachment', 'feed', 'sitemap', 'error', 'other')),
            source text not null,        -- how it was found: seed, sitemap, feed, link, redirect …
            priority integer not null default 0,
            depth integer not null default 0,
            lastmod text,                -- as a sitemap or feed says it
            tries integer not null default 0,
            next_try_at text,
            status integer,              -- last HTTP status
            error text,                  -- last kind of failure
            etag text,
            last_modified text,
            media_type text,
            digest text,                 -- SHA-256 of the last payload
            redirects_to text,
            warc_file text,              -- where the newest copy of the payload is
            warc_offset integer,
            first_seen_at text not null,
            last_seen_at text not null,
            last_fetched_at text,
            last_run_id integer references runs(id),
            unique (site_id, url)
        ) strict;
        create index urls_frontier on urls(site_id, state, priority, depth, id);
        create index urls_kind on urls(kind, state);
        create index urls_redirects on urls(redirects_to) where redirects_to is not null;
        create index urls_run on urls(last_run_id);

        create table fetches (
            id integer primary key,
            run_id integer not null references runs(id),
            url_id integer not null references urls(id),
            fetched_at text not null,
            outcome text not null
                check (outcome in ('new', 'changed', 'unchanged', 'redirect', 'gone', 'failed', 'skipped')),
            status integer,
            size_bytes integer not null default 0,
            duration_ms integer,
            digest text,
            warc_file text,
            warc_offset integer,
            error text
        ) strict;
        create index fetches_run on fetches(run_id, outcome);
        create index fetches_url on fetches(url_id, id);

        create table failures (
            id integer primary key,
            run_id integer references runs(id),
            site_id text references sites(id),
            url text,
            stage text not null check (stage in ('fetch', 'archive', 'extract', 'audit', 'store')),
            reason text not null,        -- one sentence
            detail text,                 -- traceback, where there is one
            failed_at text not null
        ) strict;
        create index failures_run on failures(run_id, stage);
        create index failures_site on failures(site_id);
        """
    )

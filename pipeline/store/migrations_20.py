"""Schema steps on nights: hints, how far they are trusted, what needs a person (continues 5)."""

from sqlite_utils import Database

from pipeline.store import migrations_5

steps = migrations_5.steps


@steps()
def m020_nights(db: Database) -> None:
    """What sitemaps, feeds and the CMS say of pages, and whether it proved true."""
    db.executescript(
        """
        alter table urls add column reason text;
        alter table urls add column is_linked integer not null default 0;
        alter table fetches add column reason text;
        update urls set is_linked = 1 where source in ('link', 'redirect');

        create table listings (          -- which document lists which address, and what it says of it
            url_id integer not null references urls(id),
            source text not null check (source in ('sitemap', 'feed', 'rest')),
            lastmod text,                -- its last change, as written
            listed_in integer references urls(id),        -- the document; null: no longer listed
            changed_run_id integer,      -- the run that last read another lastmod
            primary key (url_id, source)
        ) strict;
        create index listings_document on listings(listed_in);

        create table trust (             -- how far a site's hints are believed, and why
            site_id text not null references sites(id),
            source text not null check (source in ('sitemap', 'feed', 'rest', 'validators')),
            verdict text not null check (verdict in ('presumed', 'trusted', 'doubted')),
            reason text not null,        -- one sentence
            vouched integer not null default 0,           -- pages it called unchanged that were asked anyway
            missed integer not null default 0,            -- of these, pages whose text had changed
            claimed integer not null default 0,           -- pages that it called changed
            empty integer not null default 0,             -- of these, pages whose text had not
            good_nights integer not null default 0,       -- nights in a row with evidence and without a lie
            decided_run_id integer references runs(id),
            primary key (site_id, source)
        ) strict;
        create index trust_run on trust(decided_run_id);

        create table events (            -- what needs a person; nothing is believed until it ended
            id integer primary key,
            site_id text not null references sites(id),
            kind text not null check (kind in ('vanished', 'collapsed', 'template', 'moved', 'unreachable')),
            summary text not null,       -- one sentence
            posts integer not null default 0,             -- how many posts it is about
            examples text,               -- JSON: some of their URLs
            first_run_id integer references runs(id),
            last_run_id integer references runs(id),
            first_seen_at text not null,
            last_seen_at text not null,
            ended_at text,               -- a later run no longer saw it, or somebody accepted it
            ended_by text check (ended_by in ('crawl', 'accepted'))
        ) strict;
        create index events_site on events(site_id, ended_at);
        create index events_first on events(first_run_id);
        create index events_last on events(last_run_id);

        create view orphans as           -- live posts that no page of their site links to
            select p.id as post_id, p.site_id, p.url, p.title, p.published, p.first_seen_at
            from posts p
            where p.state = 'live' and p.in_links = 0 and not exists (
                select 1 from post_urls pu join urls u on u.site_id = pu.site_id and u.url = pu.url
                where pu.post_id = p.id and u.is_linked = 1);

        create view broken_links as      -- links of live posts to posts or pages of the site that are gone
            select l.id as link_id, p.site_id, l.post_id, p.url as post_url, l.section, l.url, l.text,
                coalesce(t.state, 'gone') as target_state, l.target_post_id
            from links l join posts p on p.id = l.post_id
            left join posts t on t.id = l.target_post_id
            where l.internal = 1 and p.state = 'live' and (t.state in ('missing', 'gone')
                or (t.id is null and exists (select 1 from urls u where u.site_id = p.site_id
                    and u.url = substr(l.url, 1, instr(l.url || '#', '#') - 1) and u.state = 'gone')));
        """
    )

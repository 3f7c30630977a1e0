"""Schema steps on what is held back, and on traps (continues 40)."""

from sqlite_utils import Database

from pipeline.store import migrations_40

steps = migrations_40.steps


@steps()
def m060_held(db: Database) -> None:
    """Which pages an event holds back, by what it is known; and an event for paths that bring nothing."""
    db.executescript(
        """
        create table events_60 (         -- what needs a person; nothing is believed until it ended
            id integer primary key,
            site_id text not null references sites(id),
            kind text not null
                check (kind in ('vanished', 'collapsed', 'template', 'moved', 'unreachable', 'trap')),
            summary text not null,       -- one sentence
            posts integer not null default 0,             -- how many posts it is about
            examples text,               -- JSON: some of their URLs
            first_run_id integer references runs(id),
            last_run_id integer references runs(id),
            first_seen_at text not null,
            last_seen_at text not null,
            ended_at text,               -- a later run no longer saw it, or somebody accepted it
            ended_by text check (ended_by in ('crawl', 'accepted')),
            mark text                    -- the line that came (+) or went (-) on all posts of a 'template'
        ) strict;
        insert into events_60 select *, null from events;
        drop table events;
        alter table events_60 rename to events;
        create index events_site on events(site_id, ended_at);
        create index events_first on events(first_run_id);
        create index events_last on events(last_run_id);

        alter table urls add column held_event_id integer references events(id);
        create index urls_held on urls(held_event_id) where held_event_id is not null;

        insert or ignore into flags select * from flags_now;  -- findings older than the table
        """
    )


@steps()
def m061_links_counted(db: Database) -> None:
    """Count a post's links within the site from an index; by the other one, all such links were read."""
    db.executescript(
        """
        drop index links_internal;
        create index links_internal on links(post_id, internal);
        """
    )


@steps()
def m062_listed_categories(db: Database) -> None:
    """Remember how the CMS calls a post's categories: another name is a hint like another date."""
    db.executescript("alter table listings add column categories text;")


@steps()
def m063_since_when(db: Database) -> None:
    """Say of a cause since which month's posts it stands there; the next run fills it in."""
    db.executescript("alter table causes add column since text;")


@steps()
def m064_section_history(db: Database) -> None:
    """Say since when and until when each heading stood in its post: every revision tells its own."""
    db.executescript(
        """
        create table headings (          -- every heading that a post ever had
            post_id text not null references posts(id),
            heading text not null,       -- as the page had it
            first_seen_at text not null, -- when a revision first had it
            last_seen_at text,           -- when its post was last fetched with it; null while it stands
            primary key (post_id, heading)
        ) strict, without rowid;

        insert into headings
        with blocks as (                 -- [kind, level, lines, ...]; a block's text begins at line `line`
            select r.post_id, r.id as revision_id, r.number, r.first_seen_at,
                json_extract(b.value, '$[0]') as kind, json_extract(b.value, '$[2]') as lines,
                sum(json_extract(b.value, '$[2]')) over (partition by r.post_id, r.id order by b.key)
                    - json_extract(b.value, '$[2]') as line
            from revisions r, json_each(iif(json_valid(r.blocks), r.blocks, '[]')) b
        ), texts as (
            select id as revision_id, '[' || replace(replace(replace(json_quote(text_raw),
                '\\\\', char(1)), '\\n', '","'), char(1), '\\\\') || ']' as lines from revisions
        ), lines as (
            select t.revision_id, l.key as line, l.value as text
            from texts t, json_each(iif(json_valid(t.lines), t.lines, '[]')) l
        ), seen as (
            select b.post_id, l.text as heading, min(b.first_seen_at) as first_seen_at,
                max(b.number) as number
            from blocks b join lines l on l.revision_id = b.revision_id and l.line = b.line
            where b.kind = 'heading' and b.lines > 0 group by b.post_id, l.text
        )
        select h.post_id, h.heading, h.first_seen_at,
            iif(r.id = p.revision_id, null, coalesce(
                (select max(f.fetched_at) from revisions later
                    join post_urls pu on pu.post_id = h.post_id
                    join urls u on u.site_id = pu.site_id and u.url = pu.url
                    join fetches f on f.url_id = u.id and f.outcome in ('new', 'changed', 'unchanged')
                    where later.post_id = h.post_id and later.number = h.number + 1
                    and f.run_id < later.first_run_id),
                r.first_seen_at))
        from seen h join posts p on p.id = h.post_id
        join revisions r on r.post_id = h.post_id and r.number = h.number;

        create view section_history as   -- headings, with when they were first and last seen
        select h.post_id, h.heading, h.first_seen_at,
            coalesce(h.last_seen_at, p.last_seen_at) as last_seen_at,
            h.last_seen_at is null and p.state = 'live' as stands
        from headings h join posts p on p.id = h.post_id;
        """
    )

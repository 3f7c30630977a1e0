"""Schema steps for the desk's speed and its charts (continues `migrations_4`)."""

from sqlite_utils import Database

from pipeline.store import migrations_4

steps = migrations_4.steps
"""Every step there is; the newest file holds the complete set."""


@steps()
def m008_queue(db: Database) -> None:
    """The queue's rows, kept: adding up 100,000 flags for each look at it cost ten one-row pages."""
    db.executescript(
        """
        create index flags_waiting on flags(post_id, first_seen_at, severity, rule, site_id)
            where state in ('open', 'claimed', 'reopened');
        create index flags_waiting_cause on flags(cause_id, post_id, severity)
            where state in ('open', 'claimed', 'reopened');
        create index flags_waiting_rule on flags(rule, site_id, post_id, severity, first_seen_at)
            where state in ('open', 'claimed', 'reopened');
        create index finding_history_text on finding_history(site_id, rule, quote);
        create index flags_claimed on flags(actor) where state = 'claimed';
        create index flags_confidence on flags(confidence);
        create index flags_state_confidence on flags(state, confidence);
        create index flags_first_seen on flags(first_seen_at);
        create index posts_calendar on posts(state, published, id);
        create index sections_words on sections(words);

        create view queue_now as          -- the definition of queue: posts with flags that wait for somebody
            select w.*, 3 * errors + 2 * warnings + infos as points,
                cast(julianday(waiting_since) as integer) as waiting_day, p.in_links
            from (select post_id, min(site_id) as site_id,
                      sum(severity = 'error') as errors, sum(severity = 'warning') as warnings,
                      sum(severity = 'info') as infos, min(first_seen_at) as waiting_since
                  from flags where state in ('open', 'claimed', 'reopened') and post_id is not null
                  group by post_id) w
            join posts p on p.id = w.post_id;
        create table queue (
            post_id text primary key references posts(id),
            site_id text not null references sites(id),
            errors integer not null,
            warnings integer not null,
            infos integer not null,
            waiting_since text not null,  -- when the oldest of these flags was first seen
            points integer not null,      -- an error weighs 3, a warning 2, an info 1
            waiting_day integer,          -- the same as waiting_since, as a Julian day
            in_links integer not null     -- the post's
        ) strict, without rowid;
        create index queue_weight on queue(points * (1 + in_links / 10.0));
        create index queue_day on queue(waiting_day);
        create index queue_counts on queue(errors, warnings, infos);
        create index queue_site on queue(site_id, waiting_day);
        insert into queue select * from queue_now;

        create trigger flags_join_queue after insert on flags
        when new.state in ('open', 'claimed', 'reopened') and new.post_id is not null begin
            insert into queue
            select new.post_id, new.site_id, new.severity = 'error', new.severity = 'warning',
                new.severity = 'info', new.first_seen_at,
                case new.severity when 'error' then 3 when 'warning' then 2 else 1 end,
                cast(julianday(new.first_seen_at) as integer), p.in_links
            from posts p where p.id = new.post_id
            on conflict(post_id) do update set
                errors = errors + excluded.errors, warnings = warnings + excluded.warnings,
                infos = infos + excluded.infos, points = points + excluded.points,
                waiting_since = min(waiting_since, excluded.waiting_since),
                waiting_day = min(waiting_day, excluded.waiting_day);
        end;
        create trigger flags_leave_queue after delete on flags
        when old.state in ('open', 'claimed', 'reopened') and old.post_id is not null begin
            delete from queue where post_id = old.post_id and errors + warnings + infos = 1;
            update queue set errors = errors - (old.severity = 'error'),
                warnings = warnings - (old.severity = 'warning'), infos = infos - (old.severity = 'info'),
                points = points - case old.severity when 'error' then 3 when 'warning' then 2 else 1 end
            where post_id = old.post_id;
            update queue set (waiting_since, waiting_day) =
                (select min(f.first_seen_at), cast(julianday(min(f.first_seen_at)) as integer)
                 from flags f where f.post_id = old.post_id and f.state in ('open', 'claimed', 'reopened'))
            where post_id = old.post_id and waiting_since = old.first_seen_at;
        end;
        create trigger posts_move_in_queue after update of in_links on posts
        when old.in_links <> new.in_links begin
            update queue set in_links = new.in_links where post_id = new.id;
        end;
        create trigger flags_move_in_queue after update on flags begin  -- only by hand: flags are made anew
            delete from queue where post_id in (old.post_id, new.post_id);
            insert into queue select * from queue_now where post_id in (old.post_id, new.post_id);
        end;
        """
    )


@steps()
def m009_run_flags(db: Database) -> None:
    """How each run left the flags, by severity: what the charts over time are drawn from."""
    db.executescript(
        """
        create table run_flags (
            run_id integer not null references runs(id),
            severity text not null check (severity in ('error', 'warning', 'info')),
            waiting integer not null,    -- flags that waited for somebody once the run was over
            new integer not null,        -- seen for the first time
            fixed integer not null,      -- no longer found
            reopened integer not null,   -- found again
            primary key (run_id, severity)
        ) strict, without rowid;
        create index finding_history_first on finding_history(first_run_id);
        create index finding_history_fixed on finding_history(fixed_run_id) where fixed_run_id is not null;
        create index finding_history_reopened on finding_history(reopened_run_id)
            where reopened_run_id is not null;

        create trigger runs_count_flags after update of state on runs
        when old.state = 'running' and new.state <> 'running' begin
            insert or replace into run_flags
            select new.id, s.severity,
                (select count(*) from flags f where +f.severity = s.severity and f.site_id = new.site_id
                    and f.state in ('open', 'claimed', 'reopened')),
                (select count(*) from finding_history h join findings f on f.key = h.key
                    where h.site_id = new.site_id and h.first_run_id = new.id and f.severity = s.severity),
                (select count(*) from finding_history h join findings f on f.key = h.key
                    where h.site_id = new.site_id and h.fixed_run_id = new.id and f.severity = s.severity),
                (select count(*) from finding_history h join findings f on f.key = h.key
                    where h.site_id = new.site_id and h.reopened_run_id = new.id and f.severity = s.severity)
            from (select 'error' as severity union all select 'warning' union all select 'info') s;
        end;
        """
    )


@steps()
def m010_edit_url(db: Database) -> None:
    """Where a site's CMS edits a post, for CMSs whose editor cannot be guessed."""
    db.executescript(
        """
        alter table sites add column edit_url text;  -- template with {id}, {slug}, {path} or {url}
        """
    )

"""Schema steps on what makes a post matter to its readers (continues 30)."""

from sqlite_utils import Database

from pipeline.store import migrations_30

steps = migrations_30.steps
"""Every step there is; the newest file holds the complete set."""

IMPORTANCE = "1 + coalesce({post}.views_share, {post}.in_links / 10.0)"


@steps()
def m040_page_views(db: Database) -> None:
    """Imported page views take the place of links in, wherever a post's importance is weighed."""
    of_post = IMPORTANCE.format(post="p")
    db.executescript(
        f"""
        alter table posts add column page_views integer;  -- in the imported time; null: none imported
        alter table posts add column views_share real;    -- as multiples of the site's average post
        alter table queue add column importance real not null default 1;

        drop view queue_now;
        create view queue_now as          -- the definition of queue: posts with flags that wait for somebody
            select w.*, 3 * errors + 2 * warnings + infos as points,
                cast(julianday(waiting_since) as integer) as waiting_day, p.in_links,
                {of_post} as importance
            from (select post_id, min(site_id) as site_id,
                      sum(severity = 'error') as errors, sum(severity = 'warning') as warnings,
                      sum(severity = 'info') as infos, min(first_seen_at) as waiting_since
                  from flags where state in ('open', 'claimed', 'reopened') and post_id is not null
                  group by post_id) w
            join posts p on p.id = w.post_id;
        delete from queue;
        insert into queue select * from queue_now;
        drop index queue_weight;
        create index queue_weight on queue(points * importance);

        drop trigger flags_join_queue;
        create trigger flags_join_queue after insert on flags
        when new.state in ('open', 'claimed', 'reopened') and new.post_id is not null begin
            insert into queue
            select new.post_id, new.site_id, new.severity = 'error', new.severity = 'warning',
                new.severity = 'info', new.first_seen_at,
                case new.severity when 'error' then 3 when 'warning' then 2 else 1 end,
                cast(julianday(new.first_seen_at) as integer), p.in_links, {of_post}
            from posts p where p.id = new.post_id
            on conflict(post_id) do update set
                errors = errors + excluded.errors, warnings = warnings + excluded.warnings,
                infos = infos + excluded.infos, points = points + excluded.points,
                waiting_since = min(waiting_since, excluded.waiting_since),
                waiting_day = min(waiting_day, excluded.waiting_day);
        end;
        drop trigger posts_move_in_queue;
        create trigger posts_move_in_queue after update of in_links, views_share on posts
        when old.in_links <> new.in_links or old.views_share is not new.views_share begin
            update queue set in_links = new.in_links, importance = {IMPORTANCE.format(post="new")}
            where post_id = new.id;
        end;
        """
    )
    _widen_inventory(db)


def _widen_inventory(db: Database) -> None:
    """Make the inventory anew with page views and importance beside the links in."""
    sql = db.execute("select sql from sqlite_master where name = 'inventory'").fetchone()[0]
    added = f"p.in_links, p.page_views, round({IMPORTANCE.format(post='p')}, 1) as importance,"
    db.execute("drop view inventory")
    db.execute(sql.replace("p.in_links,", added, 1))

"""Schema steps on flags, search and the inventory (continues `migrations_3`)."""

from sqlite_utils import Database

from pipeline.store import migrations_3
from pipeline.store.search import enable_search

steps = migrations_3.steps
"""Every step there is; the newest file holds the complete set."""


@steps()
def m004_flags(db: Database) -> None:
    """A finding with its newest fact: what editors see. Defined by the view flags_now, kept as a table."""
    db.executescript(
        """
        create view live_verdicts as      -- verdicts that were not taken back, with what they were said of
            select v.id, v.finding, v.verdict, v.scope, v.until, v.reason, v.note, v.actor, v.decided_at,
                   said.site_id, said.post_id, said.rule, said.quote
            from verdicts v cross join finding_history said  -- cross: verdicts first, they are few
            where said.key = v.finding and v.verdict <> 'undone'
              and not exists (select 1 from verdicts u where u.undoes = v.id
                              and not exists (select 1 from verdicts again where again.undoes = u.id));

        create view standing_verdicts as  -- the newest verdict of each finding that was not taken back
            select v.* from verdicts v
            where v.verdict <> 'released'
              and v.id = (select max(w.id) from live_verdicts w where w.finding = v.finding);

        create view verdict_reach as      -- which findings a verdict speaks of, by its scope
            select v.id as verdict_id, reached.key as key
            from verdicts v
            join finding_history said on said.key = v.finding
            join finding_history reached on case v.scope
                when 'here' then reached.key = said.key
                when 'post' then reached.post_id is said.post_id and reached.rule = said.rule
                                 and reached.site_id = said.site_id
                when 'text' then reached.site_id = said.site_id and reached.rule = said.rule
                                 and reached.quote = said.quote
                else reached.site_id = said.site_id and reached.rule = said.rule end;

        create view flags_now as          -- the definition of flags: newest fact wins
            select f.key, f.id as finding_id, f.site_id, f.post_id, f.rule, f.severity,
                case
                    when p.state = 'gone' then 'gone'
                    when h.fixed_run_id > coalesce(h.reopened_run_id, 0) then 'fixed'
                    when v.verdict = 'dismissed' and v.until <= date('now') then 'open'
                    when v.verdict in ('claimed', 'accepted', 'dismissed', 'reopened') then v.verdict
                    when v.verdict is null and h.reopened_at is not null then 'reopened'
                    else 'open'
                end as state,
                f.confidence, f.quote, f.place, f.section, f.glued, f.fix, f.replacement, f.cause_id,
                v.actor, v.decided_at, h.first_seen_at, h.last_seen_at
            from findings f
            join finding_history h on h.key = f.key
            left join posts p on p.id = f.post_id
            left join verdicts v on v.id = max(
                coalesce((select max(w.id) from live_verdicts w
                    where w.finding = f.key and w.scope = 'here'
                      and (h.reopened_at is null or julianday(w.decided_at) >= julianday(h.reopened_at))), 0),
                coalesce((select max(+w.id) from live_verdicts w  -- +: by the index of the few
                    where w.scope <> 'here' and w.site_id = h.site_id and w.rule = h.rule
                      and (w.scope = 'rule' or (w.scope = 'text' and w.quote = h.quote)
                           or (w.scope = 'post' and w.post_id is h.post_id))
                      -- a standing dismissal of a text or rule also covers what comes back
                      and (h.reopened_at is null or w.verdict = 'dismissed'
                           or julianday(w.decided_at) >= julianday(h.reopened_at))), 0));

        create table flags (
            key text primary key,        -- the finding's key
            finding_id integer not null references findings(id),
            site_id text not null references sites(id),
            post_id text references posts(id),
            rule text not null references rules(name),
            severity text not null,
            state text not null check (state in
                ('open', 'claimed', 'accepted', 'dismissed', 'fixed', 'reopened', 'gone')),
            confidence real not null,
            quote text not null,
            place text not null,
            section integer,
            glued text not null,
            fix text not null,
            replacement text,
            cause_id text references causes(id),
            actor text,                  -- who gave the standing verdict
            decided_at text,
            first_seen_at text not null,
            last_seen_at text not null
        ) strict;
        create index flags_state on flags(state, severity);
        create index flags_state_rule on flags(state, rule);
        create index flags_post on flags(post_id, state);
        create index flags_site on flags(site_id, state);
        create index flags_rule on flags(rule, state);
        create index flags_severity on flags(severity);
        create index flags_cause on flags(cause_id);
        create index flags_finding on flags(finding_id);
        create index flags_place on flags(place);
        """
    )


@steps()
def m005_flag_triggers(db: Database) -> None:
    """Keep flags current in the transaction of whoever writes a verdict or a post's state."""
    db.executescript(
        """
        create trigger verdicts_refresh_flags after insert on verdicts begin
            delete from flags where key in (select key from verdict_reach where verdict_id in
                (new.id, new.undoes, (select undoes from verdicts where id = new.undoes)));
            insert into flags select * from flags_now where key in
                (select key from verdict_reach where verdict_id in
                    (new.id, new.undoes, (select undoes from verdicts where id = new.undoes)));
        end;
        create trigger posts_refresh_flags after update of state on posts when old.state <> new.state begin
            delete from flags where post_id = new.id;
            insert into flags select * from flags_now where post_id = new.id;
        end;
        create trigger verdicts_append_only before update on verdicts begin
            select raise(abort, 'verdicts are append-only: write a new one with undoes');
        end;
        create trigger verdicts_keep before delete on verdicts begin
            select raise(abort, 'verdicts are append-only: write a new one with undoes');
        end;
        create trigger editorial_append_only before update on editorial begin
            select raise(abort, 'editorial is append-only: write a new row');
        end;
        create trigger editorial_keep before delete on editorial begin
            select raise(abort, 'editorial is append-only: write a new row');
        end;
        """
    )


@steps()
def m006_search(db: Database) -> None:
    """Full-text search over posts and sections."""
    enable_search(db)


@steps()
def m007_inventory(db: Database) -> None:
    """One row per post with the columns of a content audit."""
    db.executescript(
        """
        create view inventory as
            select p.id as post_id, p.url, p.title, p.kind as type, p.site_id as site,
                (select group_concat(path, '; ') from (select c.path from post_categories pc
                    join categories c on c.id = pc.category_id where pc.post_id = p.id
                    order by pc.position)) as categories,
                (select group_concat(name, '; ') from (select t.name from post_tags pt
                    join tags t on t.id = pt.tag_id where pt.post_id = p.id
                    order by pt.position)) as tags,
                (select group_concat(name, '; ') from (select a.name from post_authors pa
                    join authors a on a.id = pa.author_id where pa.post_id = p.id
                    order by pa.position)) as authors,
                p.published, p.updated, p.language, p.words, p.section_count as sections, p.reading_ease,
                p.image_count as images,
                (select count(*) from images i where i.post_id = p.id
                    and coalesce(trim(i.alt), '') = '') as images_without_alt,
                (select count(*) from links l where l.post_id = p.id and l.internal = 1) as links_internal,
                (select count(*) from links l where l.post_id = p.id and l.internal = 0) as links_external,
                p.in_links,
                (select count(*) from flags f where f.post_id = p.id and f.severity = 'error'
                    and f.state in ('open', 'claimed', 'reopened')) as open_errors,
                (select count(*) from flags f where f.post_id = p.id and f.severity = 'warning'
                    and f.state in ('open', 'claimed', 'reopened')) as open_warnings,
                (select count(*) from flags f where f.post_id = p.id and f.severity = 'info'
                    and f.state in ('open', 'claimed', 'reopened')) as open_infos,
                p.state, e.owner, e.decision, e.priority, e.due, e.notes, e.last_reviewed,
                p.first_seen_at, p.last_seen_at
            from posts p
            left join editorial e on e.id = (select max(id) from editorial where post_id = p.id);
        """
    )

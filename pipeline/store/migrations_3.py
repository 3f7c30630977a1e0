"""Schema steps on findings, verdicts and what people decide (continues `migrations_2`)."""

from sqlite_utils import Database

from pipeline.store import migrations_2

steps = migrations_2.steps


@steps()
def m003_findings(db: Database) -> None:
    """What rules claim (machine-owned) and what editors say of it (append-only)."""
    db.executescript(
        """
        create table rules (
            name text primary key,       -- kebab-case
            summary text not null,       -- one sentence
            severity text not null check (severity in ('error', 'warning', 'info')),
            fix text not null check (fix in ('safe', 'suggested', 'none')),
            page text not null           -- the rule's documentation, Markdown
        ) strict;

        create table causes (
            id text primary key,         -- content-derived
            site_id text not null references sites(id),
            rule text not null references rules(name),
            summary text not null,       -- "Contact Form 7: the form was deleted"
            findings integer not null default 0,
            posts integer not null default 0,
            first_seen_at text not null
        ) strict;
        create index causes_site on causes(site_id, rule);
        create index causes_rule on causes(rule);

        create table findings (
            id integer primary key,
            key text not null,           -- post, rule, quote, occurrence: verdicts refer to it; one row each
            site_id text not null references sites(id),
            post_id text references posts(id),            -- null for broken furniture
            revision_id integer references revisions(id), -- the last revision that shows it
            position integer not null default 0,          -- order within the post's record
            rule text not null references rules(name),
            severity text not null check (severity in ('error', 'warning', 'info')),
            confidence real not null check (confidence between 0 and 1),
            quote text not null,
            prefix text not null,
            suffix text not null,
            start integer,               -- offset of quote in text_raw; null outside it
            occurrence integer not null default 0,
            place text not null check (place in ('title', 'heading', 'paragraph', 'list_item', 'table_cell',
                'caption', 'quote', 'code', 'attribute', 'metadata', 'furniture')),
            section integer,             -- position of its section
            glued text not null check (glued in ('before', 'after', 'both', 'none')),
            fix text not null check (fix in ('safe', 'suggested', 'none')),
            replacement text,            -- "" deletes; null when the fix is none
            evidence text not null,      -- JSON: [{kind, detail}]
            cause_id text references causes(id),
            pages integer not null default 1,             -- pages that show it (furniture); 0: none now
            examples text                                 -- JSON: some of their URLs (furniture)
        ) strict;
        create unique index findings_key on findings(key);
        create index findings_post on findings(post_id, revision_id);
        create index findings_revision on findings(revision_id);
        create index findings_rule on findings(rule, severity);
        create index findings_cause on findings(cause_id);
        create index findings_site on findings(site_id, place);

        create table furniture_posts (   -- which posts show a piece of broken furniture
            key text not null,           -- findings.key
            post_id text not null references posts(id),
            primary key (key, post_id)
        ) strict;
        create index furniture_posts_post on furniture_posts(post_id);

        create table finding_history (   -- when each finding was there: cannot be rebuilt, never dropped
            key text primary key,
            post_id text,
            site_id text not null,
            rule text not null,
            quote text not null,         -- white space folded
            first_seen_at text not null,
            first_run_id integer,
            last_seen_at text not null,
            last_run_id integer,
            fixed_at text,               -- a complete run fetched the post and no longer found it
            fixed_run_id integer,
            reopened_at text,            -- found again after that
            reopened_run_id integer
        ) strict;
        create index finding_history_post on finding_history(post_id);
        create index finding_history_rule on finding_history(site_id, rule);

        create table verdicts (          -- append-only
            id integer primary key,
            finding text not null,       -- findings.key; may outlive it
            verdict text not null
                check (verdict in ('claimed', 'released', 'accepted', 'dismissed', 'reopened', 'undone')),
            undoes integer references verdicts(id),
            scope text not null default 'here' check (scope in ('here', 'post', 'text', 'rule')),
            until text,                  -- date on which a dismissal ends
            reason text,
            note text,
            actor text not null,
            decided_at text not null
        ) strict;
        create index verdicts_finding on verdicts(finding, id);
        create index verdicts_undoes on verdicts(undoes) where undoes is not null;
        create index verdicts_wide on verdicts(scope, id) where scope <> 'here';

        create table editorial (         -- append-only; the newest row of a post counts
            id integer primary key,
            post_id text not null references posts(id),
            owner text,
            decision text check (decision in ('keep', 'update', 'merge', 'redirect', 'delete')),
            priority text,
            due text,
            notes text,
            last_reviewed text,
            actor text not null,
            decided_at text not null
        ) strict;
        create index editorial_post on editorial(post_id, id);
        """
    )

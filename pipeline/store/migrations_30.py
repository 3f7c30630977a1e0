"""Schema steps on what auditors expect of a post (continues 20)."""

from sqlite_utils import Database

from pipeline.store import migrations_20

steps = migrations_20.steps


@steps()
def m030_audit_columns(db: Database) -> None:
    """Reading time and theme of a post; both, its description and its place in the CMS in the inventory."""
    db.executescript(
        """
        alter table posts add column reading_time_min integer;
        alter table posts add column theme text;

        drop view inventory;
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
                p.published, p.updated, p.language, p.description, p.words, p.reading_time_min,
                p.section_count as sections, p.reading_ease, p.image_count as images,
                (select count(*) from images i where i.post_id = p.id
                    and coalesce(trim(i.alt), '') = '') as images_without_alt,
                (select count(*) from links l where l.post_id = p.id and l.internal = 1) as links_internal,
                (select count(*) from links l where l.post_id = p.id and l.internal = 0) as links_external,
                p.in_links, p.comment_count as comments,
                (select count(*) from flags f where f.post_id = p.id and f.severity = 'error'
                    and f.state in ('open', 'claimed', 'reopened')) as open_errors,
                (select count(*) from flags f where f.post_id = p.id and f.severity = 'warning'
                    and f.state in ('open', 'claimed', 'reopened')) as open_warnings,
                (select count(*) from flags f where f.post_id = p.id and f.severity = 'info'
                    and f.state in ('open', 'claimed', 'reopened')) as open_infos,
                p.state, p.platform, p.theme, p.cms_post_id,
                e.owner, e.decision, e.priority, e.due, e.notes, e.last_reviewed,
                p.first_seen_at, p.last_seen_at
            from posts p
            left join editorial e on e.id = (select max(id) from editorial where post_id = p.id);
        """
    )

"""The figures behind the charts: one query each, the same for the overview and for the report."""

from dataclasses import dataclass

WAITING = "state in ('open', 'claimed', 'reopened')"
RUNS = 30
"""Runs that the charts over time show."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart: what it is called, what it says, and what it is drawn from."""

    name: str
    title: str
    says: str
    sql: str


_NEWEST = (
    "select id, site_id, substr(started_at, 1, 10) as day from runs"
    f" where state <> 'running' order by id desc limit {RUNS}"
)
FIGURES = (
    Figure(
        "open-flags",
        "Open flags after each run",
        "Flags that waited for a decision once the run was over, by severity.",
        f"""select r.id as run, r.day, r.site_id as site, f.severity, f.waiting as flags
            from ({_NEWEST}) r join run_flags f on f.run_id = r.id order by r.id, f.severity""",
    ),
    Figure(
        "changes",
        "New, fixed and reopened flags",
        "What each run found for the first time, no longer found, and found again.",
        f"""select r.id as run, r.day, r.site_id as site, sum(f.new) as new, sum(f.fixed) as fixed,
                sum(f.reopened) as reopened
            from ({_NEWEST}) r join run_flags f on f.run_id = r.id group by r.id order by r.id""",
    ),
    Figure(
        "rules-categories",
        "Where each rule finds something",
        "Open flags by rule and category, the twelve largest of each.",
        f"""with pairs as (
                select f.rule, c.path as category, count(*) as flags
                from flags f join post_categories pc on pc.post_id = f.post_id
                join categories c on c.id = pc.category_id where f.{WAITING} group by f.rule, c.path)
            select * from pairs
            where rule in (select rule from pairs group by rule order by sum(flags) desc limit 12)
              and category in (select category from pairs group by category order by sum(flags) desc limit 12)
            order by rule, category""",
    ),
    Figure(
        "calendar",
        "Publishing calendar",
        "Posts by month; the fuller the colour, the larger the share of posts with open flags.",
        """select substr(p.published, 1, 4) as year, substr(p.published, 6, 2) as month, count(*) as posts,
               count(q.post_id) as flagged
           from posts p left join queue q on q.post_id = p.id
           where p.state in ('live', 'missing') and p.published is not null group by 1, 2 order by 1, 2""",
    ),
    Figure(
        "section-lengths",
        "How long sections are",
        "Sections by their number of words.",
        """select case when words < 25 then 0 when words < 50 then 25 when words < 100 then 50
               when words < 200 then 100 when words < 400 then 200 when words < 800 then 400 else 800 end
               as from_words, count(*) as sections
           from sections group by 1 order by 1""",
    ),
    Figure(
        "ages",
        "How long open flags have waited",
        "Open flags by the days since a crawl first saw them.",
        f"""select case when days < 7 then 0 when days < 30 then 7 when days < 90 then 30
                when days < 180 then 90 when days < 365 then 180 else 365 end as from_days, count(*) as flags
            from (select julianday('now') - julianday(first_seen_at) as days from flags where {WAITING})
            group by 1 order by 1""",
    ),
    Figure(
        "precision",
        "How often editors agree with each rule",
        "Share of decided flags that editors accepted, least agreed first.",
        """select f.rule, sum(v.verdict = 'accepted') as accepted, sum(v.verdict = 'dismissed') as dismissed
           from standing_verdicts v join flags f on f.key = v.finding
           where v.verdict in ('accepted', 'dismissed') group by f.rule
           order by 1.0 * sum(v.verdict = 'accepted') / count(*), f.rule""",
    ),
)
# What the figures depend on; cheap to ask, so that charts are drawn again only when one of these moved.
STAMP = """
select (select max(id) from verdicts), (select max(id) from runs), (select max(finished_at) from runs),
       (select max(id) from findings), (select max(id) from sections), (select count(*) from queue),
       date('now')
"""

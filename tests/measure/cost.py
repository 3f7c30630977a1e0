"""Print what copydesk costs beside trafilatura and plain Scrapy, measured in the same run: `make bench`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from measure import crawl_cost, night_cost, page_cost, table

Scores = dict[str, float | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; print tables, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval-dir", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=5000, help="pages of the made-up blog")
    parser.add_argument("--sample", type=int, default=300, help="single pages to time")
    parser.add_argument("--only", choices=["page", "crawl", "night", ""], default="")
    parser.add_argument("--json", default="", help="write all figures to this file")
    options = parser.parse_args(arguments)
    results: dict[str, dict[str, float | None]] = {}
    if options.only in ("page", ""):
        results["cost of a page"] = page_cost.measure(options.eval_dir, options.sample)
    if options.only in ("crawl", ""):
        for pages in sorted({min(1000, options.pages), options.pages}):
            print(f"crawling {pages} pages three times", file=sys.stderr)
            results[f"cost of a crawl of {pages} pages"] = crawl_cost.measure(pages)
        results["memory of the crawling process"] = crawl_cost.growth(list(results.values()))
    if options.only in ("night", ""):
        results[f"cost of a night with nothing new, {options.pages} posts"] = night_cost.measure(
            options.pages
        )
    for title, figures in results.items():
        print(f"## {title}\n\n{table.figures_table('cost', figures)}\n")
    table.save(options.json, results)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

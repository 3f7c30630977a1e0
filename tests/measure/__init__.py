"""Measure copydesk: accuracy beside other extractors, cost beside other crawlers, endurance."""

"""XML that is neither a web page nor a feed: exports of sites and trackers, and anything else with a text in it."""

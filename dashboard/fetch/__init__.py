"""Fetches one web page that a user asks for: the only request that this program ever sends to another host."""

from dashboard.fetch.client import LARGEST, REDIRECTS, SECONDS, Page, fetch
from dashboard.fetch.hosts import Refused

__all__ = ["LARGEST", "REDIRECTS", "SECONDS", "Page", "Refused", "fetch"]

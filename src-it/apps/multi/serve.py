"""Serves the page that the build made."""

from pathlib import Path

from flask import Flask

app = Flask(__name__)


@app.get("/")
def front_page():
    return Path("page.html").read_text(encoding="utf-8")

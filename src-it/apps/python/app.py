"""One page that says which Flask serves it."""

from importlib.metadata import version
from os import environ

from flask import Flask

app = Flask(__name__)


@app.get("/")
def front_page():
    return f"{environ.get('GREETING', 'Hello')} from Python, by Flask {version('flask')}\n"

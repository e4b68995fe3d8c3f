"""The service of the two that answers in JSON."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def front_page():
    return {"service": "api"}

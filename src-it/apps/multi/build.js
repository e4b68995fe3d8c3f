"use strict";

// The page, from its text in Markdown.
const { marked } = require("marked");
const { readFileSync, writeFileSync } = require("node:fs");

writeFileSync("page.html", marked.parse(readFileSync("page.md", "utf8")));

"use strict";

const express = require("express");
const { version } = require("express/package.json");

const app = express();
const greeting = process.env.GREETING || "Hello";

app.get("/", (request, response) => {
  response.type("text/plain").send(`${greeting} from Node.js, by Express ${version}\n`);
});
app.use(express.static("public"));

const server = app.listen(process.env.PORT || 5000, "0.0.0.0");
process.on("SIGTERM", () => server.close(() => process.exit(0)));

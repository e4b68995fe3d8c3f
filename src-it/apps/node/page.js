// What the browser gets, bundled by the build script.
document.title = "Hello from Node.js";

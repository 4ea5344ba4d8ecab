// Python in the browser, in a thread of its own: it takes questions and posts answers as HTML.
const parts = new URL("parts/", import.meta.url);
const say = (text) => postMessage({ progress: text });

async function bytes(name) {
  const response = await fetch(new URL(name, parts));
  if (!response.ok) throw new Error(`${name} is not there (${response.status})`);
  return response.arrayBuffer();
}

async function start() {
  const list = await (await fetch(new URL("parts.json", parts))).json();
  say(`Loading Python and the library (${Math.round(list.bytes / 1e6)} MB, once)…`);
  const archives = Promise.all(list.archives.map(bytes));
  const { loadPyodide } = await import(new URL("pyodide.mjs", parts));
  const python = await loadPyodide();
  const folder = python.runPython("import site; site.getsitepackages()[0]");
  for (const [k, archive] of (await archives).entries()) {
    const isWheel = list.archives[k].endsWith(".whl");
    python.unpackArchive(archive, isWheel ? "wheel" : "zip", isWheel ? {} : { extractDir: folder });
  }
  say("Reading the library…");
  return { python, answers: python.runPython("from answers import answers; answers") };
}

const ready = start();
onmessage = async ({ data }) => {
  try {
    const { python, answers } = await ready;
    say("Solving…");
    for (const html of answers(python.toPy(data))) postMessage({ html });
    postMessage({ done: true });
  } catch (error) {
    const lines = String(error.message ?? error).trim().split("\n");
    postMessage({ failed: lines.at(-1) }); // of a traceback the last line says what it is
  }
};

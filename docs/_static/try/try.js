// The page "Try it": two forms, their questions to Python, and its answers.
(() => {
  "use strict";
  const place = new URL(".", document.currentScript.src);
  const page = document.getElementById("try");
  const status = page.querySelector(".try-status");
  const stop = page.querySelector(".try-stop");
  const buttons = [...page.querySelectorAll("button[type=submit]")];
  const field = (name) => page.querySelector(`[name="${name}"]`);
  const NUMBERS = [1, 2];
  let worker = null;

  const EXAMPLES = {
    "Stag hunt": ["stag hare", "stag hare", "s s 0 t t 0 t t", "0 < t < s"],
    "Hawk and Dove": ["hawk dove", "hawk dove",
      "(v-c)/2 (v-c)/2 v 0 0 v v/2 v/2", "v > 0, c > 0"],
    "Battle of the sexes": ["opera match", "opera match", "a b 0 0 0 0 b a", "a > b > 0"],
    "Prisoner's dilemma": ["cooperate defect", "cooperate defect", "r r s t t s p p",
      "t > r > p > s"],
    "Inspection": ["comply cheat", "inspect trust", "0 -k 0 0 g-f f-k g -h",
      "0 < g < f, k > 0, h > 0"],
  };

  function fill([rows, columns, payoffs, given]) {
    const values = payoffs.split(" ");
    NUMBERS.forEach((i) => {
      field(`row${i}`).value = rows.split(" ")[i - 1];
      field(`column${i}`).value = columns.split(" ")[i - 1];
      NUMBERS.forEach((j) => {
        field(`row-payoff${i}${j}`).value = values.shift();
        field(`column-payoff${i}${j}`).value = values.shift();
      });
    });
    field("given").value = given;
  }

  const QUESTIONS = {
    game: () => ({
      ask: "game",
      given: field("given").value,
      actions: ["row", "column"].map((side) => NUMBERS.map((i) => field(`${side}${i}`).value)),
      payoffs: NUMBERS.map((i) => NUMBERS.map((j) =>
        ["row", "column"].map((side) => field(`${side}-payoff${i}${j}`).value))),
    }),
    proof: () => ({
      ask: "proof", statement: field("statement").value, given: field("premises").value,
    }),
  };

  function say(text, state) {
    status.textContent = text;
    page.dataset.state = state;
    buttons.forEach((button) => { button.disabled = state !== "ready"; });
    stop.hidden = state !== "busy";
  }

  function end() {
    if (worker) worker.terminate();
    worker = null;
  }

  function ask(form) {
    const answer = form.querySelector(".try-answer");
    answer.replaceChildren();
    answer.before(page.querySelector(".try-bar")); // where the one who pressed the button looks
    worker ??= new Worker(new URL("worker.mjs", place), { type: "module" });
    say("Starting…", "busy");
    const fail = (text) => {
      end();
      say(`This did not work: ${text}`, "ready");
    };
    worker.onerror = (event) => fail(event.message ?? "the browser runs no such thread");
    worker.onmessage = ({ data }) => {
      if (data.progress) say(data.progress, "busy");
      if (data.html) answer.insertAdjacentHTML("beforeend", `<div>${data.html}</div>`);
      if (data.done) say("Done. Change something and ask again.", "ready");
      if (data.failed) fail(data.failed);
    };
    worker.postMessage(QUESTIONS[form.dataset.ask]());
  }

  async function begin() {
    const choice = field("example");
    choice.append(...Object.keys(EXAMPLES).map((name) => new Option(name)));
    choice.onchange = () => fill(EXAMPLES[choice.value]);
    fill(Object.values(EXAMPLES)[0]);
    page.querySelectorAll("form").forEach((form) => {
      form.onsubmit = (event) => { event.preventDefault(); ask(form); };
    });
    stop.onclick = () => { end(); say("Stopped.", "ready"); };
    if (location.protocol === "file:") {
      return say("A browser runs Python only on a page that is served. In the folder of this site: "
        + "python -m http.server, then open the address it prints.", "missing");
    }
    const parts = await fetch(new URL("parts/parts.json", place)).catch(() => null);
    if (!parts?.ok) {
      return say("This copy of the site was built without Python for the browser. To add it: "
        + "python docs/_ext/browser_parts.py FOLDER-OF-THE-SITE", "missing");
    }
    const { bytes } = await parts.json();
    return say(`The first answer loads ${Math.round(bytes / 1e6)} MB from this site and takes up `
      + "to half a minute; the next ones take a second or two.", "ready");
  }

  begin();
})();

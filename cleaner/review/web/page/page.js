/**
 * Review in the browser: shows what the server knows, and sends it what the reader decides.
 *
 * Nothing is decided here. The server answers every decision with the state that follows from it.
 */

import { askForFix, askForRest, showKeys } from "./dialogs.js";
import { element, set, the } from "./dom.js";
import { matches, showDocuments, showNames, showProgress, showReports } from "./lists.js";
import { showGroup, showWarnings } from "./panel.js";
import { Gone, Refused, ask } from "./server.js";
import { chosenWords, mark, marksOf, showDocument } from "./text.js";

/** What the server knows, as /api/state returns it. */
let state = /** @type {any} */ (null);
/** The document that is shown, as /api/document returns it. */
let shown = /** @type {any} */ (null);
/** Where the reader is: the id of a group, the index of one of its marks, and the filter. */
const here = { group: "", at: 0, filter: "" };
let pointing = false; // whether a click in the text chooses words for the rule
let busy = Promise.resolve(); // decisions go to the server one after the other
/** Decisions that the server has not answered yet: the status of each group, by its id. */
const onTheWay = new Map();

// -- what there is

const byId = (id) => state.groups.find((group) => group.id === id);
const filtered = () => state.groups.filter((group) => matches(group, here.filter, state.documents));
const pending = () => filtered().filter((group) => !group.status);
const isDecided = (group) => group.status === "accepted" || group.status === "rejected";

/** Return the index of a document in which a group was found: the one shown if that has it. */
function documentOf(group) {
  const found = group.forms.flatMap((form) => form.places.map((place) => place.document));
  return shown && found.includes(shown.id) ? shown.id : found[0];
}

// -- showing it

function showAll() {
  const group = byId(here.group);
  showProgress(state.progress);
  set(the("project"), { text: state.project });
  for (const [id, can] of [["undo", state.can_undo], ["redo", state.can_redo]]) {
    set(the(id), { disabled: !can, title: can || null });
  }
  showNames(filtered(), here.group, here.filter);
  showDocuments(state.documents, shown ? shown.id : -1);
  showReports(state.reports);
  showGroup(group, whatIsLeft());
  if (group) showMarked(false);
  set(the("finish-button"), { class: state.progress.decided === state.progress.total ? "main" : null });
}

function whatIsLeft() {
  if (!state.groups.length) return "Nothing is waiting to be decided.";
  const skipped = state.progress.skipped ? ` ${state.progress.skipped} skipped; they wait.` : "";
  return `You are through. ${state.progress.accepted} accepted, ${state.progress.rejected} rejected.${skipped} “Clean the files” shows what changes.`;
}

/** Mark the place that the keys are about. */
function showMarked(focus) {
  const marks = marksOf(here.group);
  here.at = Math.max(0, Math.min(here.at, marks.length - 1));
  mark(here.group, marks[here.at], focus);
  const group = byId(here.group);
  const kept = marks[here.at]?.classList.contains("kept") ?? false;
  set(the("not-here"), { "aria-pressed": String(kept), disabled: !marks.length || isDecided(group) });
  set(the("previous-place"), { disabled: marks.length < 2 });
  set(the("next-place"), { disabled: marks.length < 2 });
}

async function openDocument(id) {
  shown = await ask(`document/${id}`);
  showDocument(shown);
}

async function showMore() {
  const rest = await ask(`document/${shown.id}?from=${shown.more}`);
  shown = { ...rest, blocks: [...shown.blocks, ...rest.blocks] };
  showDocument(shown);
  showMarked(false);
}

/** Read the shown document again: what was decided shows in it. */
async function refreshDocument() {
  if (!shown) return;
  const hadFocus = the("article").contains(document.activeElement);
  const length = shown.blocks.length;
  shown = await ask(`document/${shown.id}`);
  while (shown.more && shown.blocks.length < length) {
    const rest = await ask(`document/${shown.id}?from=${shown.more}`);
    shown = { ...rest, blocks: [...shown.blocks, ...rest.blocks] };
  }
  showDocument(shown);
  if (hadFocus) showMarked(true); // the mark that had it may be a new one
}

let looked = 0; // counts the looks at what a rule would do, so that a late answer is not shown
async function showTrial() {
  const look = ++looked;
  const group = byId(here.group);
  if (!group) return;
  showWarnings(null);
  the("diff").removeAttribute("open");
  try {
    const { remarks } = await ask(`trial/${encodeURIComponent(group.id)}`);
    if (look === looked) showWarnings(remarks);
  } catch (error) {
    if (look === looked) showWarnings([{ tone: "bad", text: error.message }]);
  }
}

/** Go to a name, and to a document in which it is. */
async function goTo(id, { at = 0, document = undefined, focus = true } = {}) {
  here.group = id;
  here.at = at;
  endPointing();
  const group = byId(id);
  if (group) {
    const wanted = document ?? documentOf(group);
    if (wanted !== undefined && (!shown || shown.id !== wanted)) await openDocument(wanted);
  }
  showAll();
  if (group) showMarked(focus);
  else if (focus) the("text").focus();
  void showTrial();
}

function tell(text, bad = false) {
  set(the("message"), { text, class: bad ? "bad" : "" });
}

function explain(error) {
  if (error instanceof Gone) {
    the("gone").hidden = false;
    set(the("gone"), {
      text: "The program behind this page has ended. Nothing that you decided is lost. Start cleaner review --web again; then use the address that it prints.",
    });
  } else {
    tell(error.message, true);
  }
}

// -- deciding

let acceptsTyped = false; // whether the name that is being typed is accepted at once

/** Take over a state from the server; what is on the way to it counts as decided. */
async function adopt(next) {
  state = next;
  for (const group of state.groups) group.status = onTheWay.get(group.id) ?? group.status;
  tell(state.message.text, state.message.bad);
  await refreshDocument();
}

/**
 * Send a decision; decisions follow one another in the order in which they were made.
 * @param {Record<string, unknown>} action
 * @returns {Promise<boolean>} whether it was carried out.
 */
function act(action) {
  const sent = busy.then(() => send(action));
  busy = sent.then(() => undefined);
  return sent;
}

async function send(action) {
  try {
    const next = await ask("act", { revision: state.revision, ...action });
    onTheWay.delete(action.group);
    await adopt(next);
    showAll();
    return true;
  } catch (error) {
    onTheWay.delete(action.group);
    await adopt(error.state ?? (await ask("state").catch(() => state)));
    explain(error);
    showAll();
    return false;
  }
}

const STATUSES = { accept: "accepted", reject: "rejected", skip: "skipped" };

/**
 * Decide about the name in the panel, and go to the next one that is not decided. The reader does
 * not wait for the server; what it refuses is not decided, and is said.
 */
async function decide(action, group = byId(here.group)) {
  if (!group) return;
  if (isDecided(group)) {
    tell(`Already ${group.status}. u takes back the last step.`, true);
    return;
  }
  if (action === "accept" && !group.canonical) {
    tell("It has no name yet. Type the right one; Enter accepts it.");
    acceptsTyped = true;
    the("typed").focus();
    return;
  }
  const before = state.groups.indexOf(group);
  const inPanel = the("panel").contains(document.activeElement);
  onTheWay.set(group.id, STATUSES[action]);
  group.status = STATUSES[action];
  void act({ action, group: group.id });
  const waiting = pending();
  const next = waiting.find((one) => state.groups.indexOf(one) > before) ?? waiting[0];
  await goTo(next ? next.id : "", { focus: !inPanel });
  if (inPanel && next) the("title").focus();
}

async function change(action) {
  const group = byId(here.group);
  if (!group || isDecided(group)) return;
  if (await act({ group: group.id, ...action })) void showTrial();
}

async function takeBack(action) {
  const label = action === "undo" ? state.can_undo : state.can_redo;
  if (!label) {
    tell(action === "undo" ? "There is nothing to take back." : "There is nothing to do again.");
    return;
  }
  const before = new Map(state.groups.map((group) => [group.id, JSON.stringify(group)]));
  if (!(await act({ action }))) return;
  const changed = state.groups.find((group) => before.get(group.id) !== JSON.stringify(group));
  await goTo(changed ? changed.id : here.group, { focus: !the("panel").contains(document.activeElement) });
}

/** Ask about all names that are left, then decide them. */
async function decideRest(action) {
  const groups = pending();
  if (!groups.length) {
    tell("Nothing is left to decide.");
    return;
  }
  const chosen = await askForRest(action, groups, (id) => ask(`trial/${encodeURIComponent(id)}`));
  if (!chosen?.groups.length) return;
  if (await act({ action: `${action}_all`, ...chosen })) {
    const next = pending()[0];
    await goTo(next ? next.id : "");
  }
}

// -- where the rule acts

function endPointing() {
  if (pointing) setPointing(false);
}

function setPointing(on) {
  pointing = on;
  set(the("point"), { "aria-pressed": String(on) });
  the("article").classList.toggle("pointing", on);
  the("pointing").hidden = !on;
  if (on) {
    set(the("pointing"), {
      text: "Click a word of the text, or select several. The rule then acts only in texts that contain it. Esc ends this.",
    });
  }
}

function toggleEvidence(phrase) {
  const group = byId(here.group);
  if (!group || !phrase) return;
  const when = group.when.includes(phrase)
    ? group.when.filter((one) => one !== phrase)
    : [...group.when, phrase];
  void change({ action: "evidence", when, everywhere: false });
}

function everywhere() {
  const group = byId(here.group);
  if (group) void change({ action: "evidence", when: group.when, everywhere: !group.everywhere });
}

// -- places

function move(by) {
  const marks = marksOf(here.group);
  if (!marks.length) return;
  const next = here.at + by;
  if (next >= 0 && next < marks.length) {
    here.at = next;
    showMarked(true);
  } else {
    void goToOtherDocument(by);
  }
}

/** Go to the next document, or the one before, in which the name in the panel is. */
async function goToOtherDocument(by) {
  const group = byId(here.group);
  const ids = [...new Set(group.forms.flatMap((form) => form.places.map((place) => place.document)))];
  ids.sort((one, other) => one - other);
  const next = ids[ids.indexOf(shown.id) + by];
  if (next === undefined) {
    tell(by > 0 ? "This is its last place that is listed." : "This is its first place.");
    return;
  }
  await goTo(group.id, { at: by > 0 ? 0 : Number.MAX_SAFE_INTEGER, document: next });
}

function keepHere() {
  const marked = marksOf(here.group)[here.at];
  if (!marked) return;
  const kept = !marked.classList.contains("kept");
  const { form, place, column } = marked.dataset;
  const line = /** @type {HTMLElement} */ (marked.closest(".block")).dataset.line;
  const where =
    place === undefined
      ? { action: "keep_at", document: shown.id, line: Number(line), column: Number(column) }
      : { action: "keep", place: Number(place) };
  void change({ ...where, form: Number(form), kept });
}

function toggleForm(index, on) {
  void change({ action: "drop", form: index, in: on });
}

function dropMarked() {
  const marked = marksOf(here.group)[here.at];
  const index = Number(marked?.dataset.form ?? 0);
  const form = byId(here.group)?.forms[index];
  if (form) toggleForm(index, !form.in);
}

function swap() {
  const group = byId(here.group);
  const marked = marksOf(here.group)[here.at];
  const form = group?.forms[Number(marked?.dataset.form ?? 0)];
  if (!form || group.relation === "garble") {
    tell("It is no spelling in use. e lets you type another name.");
    return;
  }
  void change({ action: "name", canonical: form.form });
}

function nextLevel() {
  const levels = ["fix", "suggest", "report"];
  const group = byId(here.group);
  if (group) void change({ action: "level", level: levels[(levels.indexOf(group.level) + 1) % 3] });
}

function neighbour(by) {
  const groups = filtered();
  const at = groups.findIndex((group) => group.id === here.group);
  const next = groups[at < 0 ? (by > 0 ? 0 : groups.length - 1) : at + by];
  if (next) void goTo(next.id);
  else tell(by > 0 ? "This is the last name." : "This is the first name.");
}

async function quit() {
  if (!confirm("End the review? What you decided is saved.")) return;
  await ask("quit", {}).catch(() => undefined);
  the("gone").hidden = false;
  set(the("gone"), { text: "The review has ended. What you decided is saved. You can close this page." });
}

function showDiffOfGoldens() {
  const diff = /** @type {HTMLDetailsElement} */ (the("diff"));
  diff.open = !diff.open;
}

async function loadDiff() {
  const diff = /** @type {HTMLDetailsElement} */ (the("diff"));
  if (!diff.open || !here.group) return;
  const text = /** @type {HTMLElement} */ (diff.querySelector("pre"));
  try {
    const { lines } = await ask(`diff/${encodeURIComponent(here.group)}`);
    text.textContent = lines.join("\n") || "No golden would change.";
  } catch (error) {
    text.textContent = error.message;
  }
}

// -- keys

/** What each key does, for the help and for the keyboard. */
const KEYS = /** @type {[string, string, () => unknown][]} */ ([
  ["a", "accept the name: its forms become variants in a rule", () => decide("accept")],
  ["r", "reject it: these forms are never suggested for this name again", () => decide("reject")],
  ["s", "skip it for now; the next review asks again", () => decide("skip")],
  ["u", "undo the last step, even if it wrote a rule", () => takeBack("undo")],
  ["y", "redo what was undone; U does the same", () => takeBack("redo")],
  ["x", "leave the marked form out, or take it back in", dropMarked],
  ["e", "type the right name", () => the("typed").focus()],
  ["c", "the marked spelling is the right one", swap],
  ["w", "choose words that a text must contain for the rule to act", () => setPointing(!pointing)],
  ["E", "let the rule act in every text, or only in some", everywhere],
  ["l", "what the rule does: fix, suggest, report", nextLevel],
  ["n", "the marked place is right and must never change", keepHere],
  ["j", "next name", () => neighbour(1)],
  ["k", "previous name", () => neighbour(-1)],
  ["→", "next place of this name; ← goes back", () => move(1)],
  ["/", "show only some names", () => the("filter").focus()],
  ["g", "what changes in texts that have goldens", showDiffOfGoldens],
  ["v", "both versions, side by side, or cleaned", nextView],
  ["A", "accept the rest, after a look at the list", () => decideRest("accept")],
  ["R", "reject the rest, after a look at the list", () => decideRest("reject")],
  ["S", "skip the rest, after a look at the list", () => decideRest("skip")],
  ["?", "show the keys", () => showKeys(KEYS)],
  ["q", "end the review", quit],
]);
const DONE_BY = new Map(KEYS.map(([key, , does]) => [key, does]));
DONE_BY.set("U", () => takeBack("redo"));
DONE_BY.set("ArrowRight", () => move(1));
DONE_BY.set("ArrowLeft", () => move(-1));

const TAKES_KEYS = "input:not([type=checkbox]):not([type=radio]), select, textarea, dialog";

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Escape" && pointing) return endPointing();
  if (event.key === "Escape" && target.matches("input")) return the("text").focus();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  if (target.closest(TAKES_KEYS) || document.querySelector("dialog[open]")) return undefined;
  if (event.key.startsWith("Arrow") && target.matches("input[type=radio]")) return undefined;
  const does = DONE_BY.get(event.key);
  if (!does || !state) return undefined;
  event.preventDefault();
  return does();
}

// -- the view of the text

function view() {
  return /** @type {HTMLInputElement} */ (document.querySelector("input[name=view]:checked")).value;
}

function showView() {
  the("article").dataset.view = view();
}

function nextView() {
  const choices = [.../** @type {any} */ (document.querySelectorAll("input[name=view]"))];
  const at = choices.findIndex((one) => one.checked);
  choices[(at + 1) % choices.length].checked = true;
  showView();
}

async function cleaned() {
  const answer = await ask(`cleaned/${shown.id}`);
  if (answer.binary) throw new Error("This format is no text. Clean the files writes it.");
  return answer;
}

async function copy() {
  const { text } = await cleaned();
  await navigator.clipboard.writeText(text);
  tell("The cleaned text is in the clipboard.");
}

async function save() {
  const { name, text } = await cleaned();
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = element("a", { href: address, download: name.split("/").pop() });
  link.click();
  URL.revokeObjectURL(address);
  tell(`${name}: the cleaned text was saved as a download.`);
}

// -- wiring

/** @param {string} id @param {string} kind @param {(event: any) => unknown} does */
function on(id, kind, does) {
  the(id).addEventListener(kind, async (event) => {
    try {
      await does(event);
    } catch (error) {
      explain(error);
    }
  });
}

function wire() {
  document.addEventListener("keydown", (event) => {
    Promise.resolve(pressed(event)).catch(explain);
  });
  for (const action of ["accept", "reject", "skip"]) {
    on(action, "click", () => decide(action));
    on(`${action}-rest`, "click", () => decideRest(action));
  }
  on("undo", "click", () => takeBack("undo"));
  on("redo", "click", () => takeBack("redo"));
  on("help-button", "click", () => showKeys(KEYS));
  on("finish-button", "click", finish);
  on("next", "click", () => neighbour(1));
  on("previous", "click", () => neighbour(-1));
  on("next-place", "click", () => move(1));
  on("previous-place", "click", () => move(-1));
  on("not-here", "click", keepHere);
  on("point", "click", () => setPointing(!pointing));
  on("more", "click", showMore);
  on("copy", "click", copy);
  on("save", "click", save);
  on("diff", "toggle", loadDiff);
  on("filter", "input", (event) => {
    here.filter = event.target.value.trim();
    showAll();
  });
  on("view", "change", showView);
  on("level", "change", (event) => change({ action: "level", level: event.target.value }));
  on("everywhere", "change", everywhere);
  on("naming", "submit", async (event) => {
    event.preventDefault();
    const canonical = /** @type {HTMLInputElement} */ (the("typed")).value.trim();
    if (!canonical) return tell("Nothing was typed. The name is unchanged.");
    await change({ action: "name", canonical });
    if (acceptsTyped) return decide("accept");
    return the("accept").focus();
  });
  on("typed", "blur", () => {
    acceptsTyped = false;
  });
  on("adding", "submit", (event) => {
    event.preventDefault();
    const word = /** @type {HTMLInputElement} */ (the("word"));
    toggleEvidence(word.value.trim());
    word.value = "";
  });
  on("names", "click", (event) => {
    const button = event.target.closest("[data-group]");
    return button ? goTo(button.dataset.group, { focus: false }) : undefined;
  });
  on("documents", "click", async (event) => {
    const button = event.target.closest("[data-document]");
    if (!button) return;
    await openDocument(Number(button.dataset.document));
    const [first] = the("article").querySelectorAll(".name.open");
    if (first) await goTo(/** @type {HTMLElement} */ (first).dataset.group ?? "", { document: shown.id, focus: false });
    else showAll();
  });
  on("reports", "change", async (event) => {
    const done = event.target.checked;
    await act({ action: "report_done", report: event.target.dataset.report, done });
  });
  on("forms", "change", (event) => toggleForm(Number(event.target.dataset.form), event.target.checked));
  on("evidence", "click", (event) => {
    const button = event.target.closest("[data-phrase]");
    if (button) toggleEvidence(button.dataset.phrase);
  });
  on("rivals", "click", (event) => {
    const button = event.target.closest("[data-rival]");
    return button ? change({ action: "name", canonical: button.dataset.rival }) : undefined;
  });
  on("article", "click", (event) => {
    if (pointing) return toggleEvidence(chosenWords(event));
    return goToMark(event.target.closest(".name"));
  });
  on("article", "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return undefined;
    const one = event.target.closest(".name");
    if (one) event.preventDefault();
    return goToMark(one);
  });
}

/** @param {HTMLElement|null} one */
function goToMark(one) {
  if (!one) return undefined;
  const group = one.dataset.group ?? "";
  return goTo(group, { at: marksOf(group).indexOf(one), document: shown.id });
}

async function finish() {
  const result = await askForFix(
    () => ask("preview"),
    (backup) => ask("fix", { revision: state.revision, backup }),
  );
  if (!result) return;
  tell(result.way_back);
  await adopt(await ask("state"));
  showAll();
}

/** Take over what other pages and terminals decide. */
async function follow() {
  for (;;) {
    try {
      const { revision } = await ask(`events?revision=${encodeURIComponent(state.revision)}`);
      the("gone").hidden = true;
      await busy;
      if (revision !== state.revision) {
        await adopt(await ask("state"));
        showAll();
      }
    } catch (error) {
      if (error instanceof Refused && error.status === 403) return explain(error);
      explain(error);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
}

async function begin() {
  wire();
  showView();
  try {
    state = await ask("state");
    const first = pending()[0] ?? state.groups[0];
    if (!first && state.documents.length) await openDocument(state.documents[0].id);
    await goTo(first ? first.id : "", { focus: false });
    void follow();
  } catch (error) {
    explain(error);
  }
}

void begin();

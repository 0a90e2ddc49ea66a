/**
 * Review in the browser: shows what the server knows, and sends it what the reader decides.
 *
 * Nothing is decided here. The server answers every decision with the state that follows from it.
 */

import { askForFix, askForRest, showKeys } from "./dialogs.js";
import { count, element, sentence, set, the } from "./dom.js";
import { matches, showDocuments, showLost, showNames, showProgress, showReports } from "./lists.js";
import { showGroup, showWarnings } from "./panel.js";
import { Gone, Refused, ask } from "./server.js";
import { chosenWords, mark, marksOf, pointAt, showDocument } from "./text.js";

/** What the server knows, as /api/state returns it. */
let known = /** @type {any} */ (null);
/** The same, with the decisions that are on the way to the server; see `onTheWay`. */
let state = /** @type {any} */ (null);
/** The document that is shown, as /api/document returns it. */
let shown = /** @type {any} */ (null);
/** Where the reader is: the id of a group, the index of one of its marks, and the filter. */
const here = { group: "", at: 0, filter: "" };
let pointing = false; // whether a click in the text chooses words for the rule
let cleanedFiles = false; // whether the files were cleaned after the last decision
let steps = 0; // counts what the reader does, to know whether a late answer may move the reader
/** Decisions that the server has not answered yet: the status of each group, by its id. */
const onTheWay = new Map();
/** Decisions that were not carried out, and that the reader has not looked at: why, by the id. */
const lost = new Map();
/** How many changes of a name were refused, by its id. */
const refusals = new Map();

// -- one after the other

let busy = Promise.resolve(); // ends when the last of the tasks has ended; never fails

/**
 * Run a task after all those that were begun before it. Whatever replaces the state goes through
 * here: an answer that was overtaken by a newer one would bring back an old state.
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
function inTurn(task) {
  const ended = busy.then(task);
  busy = ended.then(() => undefined, () => undefined);
  return ended;
}

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
    set(the(id), { disabled: !can, title: can ? `${id === "undo" ? "Undo" : "Redo"}: ${can}` : null });
  }
  showNames(filtered(), here.group, here.filter);
  showDocuments(state.documents, shown ? shown.id : -1);
  showReports(state.reports);
  showGroup(group, whatIsLeft());
  if (group) showMarked(false);
  const left = pending().length;
  for (const action of ["accept", "reject", "skip"]) set(the(`${action}-rest`), { disabled: !left });
  set(the("finish-button"), { class: state.progress.decided === state.progress.total ? "main" : null });
  the("finish-here").hidden = Boolean(group) || !state.documents.length || cleanedFiles;
  the("diff").hidden = !state.goldens;
  showLost(state.groups, lost);
}

function whatIsLeft() {
  const next = cleanedFiles
    ? "The files are cleaned. Close this page, or end the review with q."
    : "Now see what changes in the files, and clean them.";
  if (!state.groups.length) return `Nothing is waiting to be decided. ${next}`;
  const skipped = state.progress.skipped ? `, ${state.progress.skipped} skipped for another time` : "";
  return `You are through: ${state.progress.accepted} accepted, ${state.progress.rejected} rejected${skipped}. ${next}`;
}

/** Mark the place that the keys are about. */
function showMarked(focus) {
  const marks = marksOf(here.group);
  here.at = Math.max(0, Math.min(here.at, marks.length - 1));
  mark(here.group, marks[here.at], focus);
  const group = byId(here.group);
  const kept = marks[here.at]?.classList.contains("kept") ?? false;
  set(the("not-here"), { "aria-pressed": String(kept), disabled: !marks.length || isDecided(group) });
  const [before, after] = group ? neighbours(group) : [];
  set(the("previous-place"), { disabled: here.at === 0 && before === undefined });
  set(the("next-place"), { disabled: here.at >= marks.length - 1 && after === undefined });
}

/** Return the documents before and after the one shown in which a name is, if there are such. */
function neighbours(group) {
  const ids = new Set(group.forms.flatMap((form) => form.places.map((place) => place.document)));
  const others = [...ids].filter((id) => id !== shown?.id).sort((one, other) => one - other);
  return [others.findLast((id) => id < shown?.id), others.find((id) => id > shown?.id)];
}

let reading = { id: -1, ended: Promise.resolve() }; // the last document that was asked for

/**
 * Read a document, at least so many blocks of it, and show it. Of several that are read at the same
 * time, only the one that was asked for last is shown; all of them end with that.
 */
function readDocument(id, length = 0) {
  const look = { id, ended: Promise.resolve() };
  reading = look;
  look.ended = askForBlocks(id, length).then(
    (found) => {
      if (reading !== look) return reading.ended;
      const hadFocus = the("article").contains(document.activeElement);
      shown = found;
      showDocument(shown);
      if (hadFocus) showMarked(true); // the mark that had it may be a new one
      return undefined;
    },
    (error) => {
      if (reading !== look) return reading.ended;
      look.id = shown?.id ?? -1;
      throw error;
    },
  );
  return look.ended;
}

async function askForBlocks(id, length) {
  let found = await ask(`document/${id}`);
  while (found.more && found.blocks.length < length) {
    const rest = await ask(`document/${id}?from=${found.more}`);
    found = { ...rest, blocks: [...found.blocks, ...rest.blocks] };
  }
  return found;
}

async function showMore() {
  await readDocument(shown.id, shown.blocks.length + 1);
  showMarked(false);
}

/** Read the document again that is shown, or will be: what was decided shows in it. */
async function refreshDocument() {
  if (reading.id < 0) return;
  await readDocument(reading.id, reading.id === shown?.id ? shown.blocks.length : 0);
}

let looked = 0; // counts the looks at what a rule would do, so that a late answer is not shown
async function showTrial() {
  const look = ++looked;
  const group = byId(here.group);
  if (!group) return;
  the("diff").removeAttribute("open");
  if (isDecided(group)) return showWarnings([]);
  showWarnings(null);
  try {
    const { remarks } = await ask(`trial/${encodeURIComponent(group.id)}`);
    if (look === looked) showWarnings(remarks);
  } catch (error) {
    if (look === looked) showWarnings([{ tone: "bad", text: error.message }]);
  }
}

/** Go to a name, and to a document in which it is. */
async function goTo(id, { at = 0, document = undefined, focus = true } = {}) {
  const step = steps; // a reader who types by now keeps the focus
  here.group = id;
  here.at = at;
  endPointing();
  const group = byId(id);
  showAll(); // what the keys are about is on the screen before its document is
  if (group) {
    const wanted = document ?? documentOf(group);
    if (wanted !== undefined && wanted !== reading.id) await readDocument(wanted).catch(explain);
    else await reading.ended.catch(() => undefined);
    if (here.group !== id) return; // the reader is somewhere else by now
    here.at = at;
  }
  showAll();
  const moves = focus && step === steps;
  if (group) showMarked(moves);
  else if (moves) the("text").focus();
  void showTrial();
}

function tell(text, bad = false) {
  set(the("message"), { text: sentence(text), class: bad ? "bad" : "" });
}

function explain(error) {
  if (error instanceof Gone) {
    the("gone").hidden = false;
    set(the("gone"), {
      text: `The program behind this page has ended. ${lost.size ? "What is listed above may not be saved; everything else that you decided is." : "Nothing that you decided is lost."} Start cleaner review --web again; then use the address that it prints.`,
    });
  } else {
    tell(error.message, true);
  }
}

// -- deciding

let acceptsTyped = false; // whether the name that is being typed is accepted at once

/** Return a state with the groups that an answer leaves out, because they are as they were. */
function whole(next) {
  if (!next.brief) return next;
  const changed = new Map(next.groups.map((group) => [group.id, group]));
  return { ...next, groups: known.groups.map((group) => changed.get(group.id) ?? group) };
}

/** Work out what is shown: what the server knows, with what is on the way to it. */
function foresee() {
  const groups = known.groups.map((group) => {
    const status = onTheWay.get(group.id);
    return status ? { ...group, status } : group;
  });
  state = { ...known, groups };
}

/** Take over a state from the server. Called in turn only; see `inTurn`. */
async function adopt(next) {
  known = next;
  foresee();
  showAll();
  await refreshDocument().catch((error) => tell(error.message, true));
  showAll();
}

/**
 * Send an action after those that were sent before it.
 * @param {() => Record<string, unknown>|null} action - what to send, worked out when its turn has
 *   come; null for nothing.
 * @param {string} [decided] - the id of the group that it decides.
 * @returns {Promise<boolean>} whether it was carried out.
 */
function act(action, decided = "") {
  return inTurn(async () => {
    let group = decided;
    try {
      const wanted = action();
      if (!wanted) return false;
      group = wanted.group;
      const next = await ask("act", { revision: known.revision, brief: true, ...wanted });
      onTheWay.delete(decided);
      lost.delete(decided);
      cleanedFiles = false;
      tell(next.message.text, next.message.bad);
      await adopt(whole(next));
      return true;
    } catch (error) {
      onTheWay.delete(decided);
      if (decided) lost.set(decided, error.message);
      else refusals.set(group, (refusals.get(group) ?? 0) + 1);
      await adopt(error.state ?? (await ask("state").catch(() => known)));
      explain(error);
      return false;
    }
  });
}

const STATUSES = { accept: "accepted", reject: "rejected", skip: "skipped" };

/**
 * Decide about the name in the panel, and go to the next one that is not decided. The reader does
 * not wait for the server; what it refuses is not decided, and is said.
 */
async function decide(action, group = byId(here.group)) {
  if (!group) return;
  if (isDecided(group)) {
    tell(`Already ${group.status}. Press u to take back the last step.`, true);
    return;
  }
  if (action === "accept" && !group.canonical) {
    tell("It has no name yet. Type the right one; Enter accepts it.");
    acceptsTyped = true;
    typeInto("typed");
    return;
  }
  const before = state.groups.findIndex((one) => one.id === group.id);
  const inPanel = the("panel").contains(document.activeElement);
  onTheWay.set(group.id, STATUSES[action]);
  foresee();
  const ids = pending().map((one) => one.id);
  const next = state.groups.slice(before).find((one) => ids.includes(one.id))?.id ?? ids[0] ?? "";
  const there = goTo(next, { focus: !inPanel }); // asks for its document first
  const carriedOut = act(deciding(action, group.id), group.id);
  const step = steps;
  await there.catch(explain);
  if (inPanel && next && step === steps) the("title").focus();
  if (await carriedOut) return;
  if (step === steps) await lookAtLost(group.id);
}

/** Return how to work out a decision. What was refused since the reader made it is not decided. */
function deciding(action, group) {
  const before = refusals.get(group) ?? 0;
  return () => {
    if ((refusals.get(group) ?? 0) === before) return { action, group };
    throw new Error("a change that was made before it was refused; look at it again");
  };
}

/** Go to a name whose decision was not carried out, and say why. */
async function lookAtLost(id) {
  const why = lost.get(id);
  lost.delete(id);
  await goTo(id, { focus: !the("panel").contains(document.activeElement) });
  tell(why ?? "", true);
}

/**
 * Change what is chosen for the name in the panel.
 * @param {(group: any) => Record<string, unknown>|null} action - what to send, from the group as it
 *   is when its turn has come.
 */
async function change(action) {
  const id = here.group;
  const group = byId(id);
  if (!group || isDecided(group)) return;
  const done = await act(() => {
    const now = known.groups.find((one) => one.id === id);
    const wanted = now && action(now);
    return wanted ? { group: id, ...wanted } : null;
  });
  if (done && here.group === id) void showTrial();
}

async function takeBack(action) {
  let before = new Map();
  const done = await act(() => {
    if (!(action === "undo" ? known.can_undo : known.can_redo)) {
      tell(action === "undo" ? "There is nothing to take back." : "There is nothing to do again.");
      return null;
    }
    before = new Map(known.groups.map((group) => [group.id, JSON.stringify(group)]));
    return { action };
  });
  if (!done) return;
  const changed = known.groups.find((group) => before.get(group.id) !== JSON.stringify(group));
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
  if (await act(() => ({ action: `${action}_all`, ...chosen }))) {
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
      text: "Click a word of the text, or select several. The rule then acts only in texts that contain what you chose. Esc ends this.",
    });
  }
}

async function toggleEvidence(phrase) {
  if (!phrase) return;
  await change(({ when }) => {
    const others = when.filter((one) => one !== phrase);
    const wanted = others.length < when.length ? others : [...when, phrase];
    return { action: "evidence", when: wanted, everywhere: false };
  });
}

/** Remove a phrase; the focus goes to the next one, or to the field for another. */
async function removeEvidence(button) {
  const at = [...the("evidence").children].indexOf(button.parentElement);
  await toggleEvidence(button.dataset.phrase);
  const left = the("evidence").querySelectorAll("button");
  (left[Math.min(at, left.length - 1)] ?? the("word")).focus();
}

function everywhere() {
  void change((group) => ({ action: "evidence", when: group.when, everywhere: !group.everywhere }));
}

// -- places

function move(by) {
  const marks = marksOf(here.group);
  if (!byId(here.group)) return;
  tell("");
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
  const next = neighbours(group)[by > 0 ? 1 : 0];
  if (next === undefined) {
    tell(by > 0 ? "This is the last listed place of this name." : "This is the first place of this name.");
    return;
  }
  await goTo(group.id, { at: by > 0 ? 0 : Number.MAX_SAFE_INTEGER, document: next });
}

/** Return the words of the form that the keys are about. */
function markedForm() {
  const marked = marksOf(here.group)[here.at];
  return byId(here.group)?.forms[Number(marked?.dataset.form ?? 0)]?.form;
}

/** Return the number of a form; a name that is swapped has its forms in another order. */
const numberOf = (group, form) => group.forms.findIndex((one) => one.form === form);

function keepHere() {
  const marked = marksOf(here.group)[here.at];
  if (!marked) return;
  const kept = !marked.classList.contains("kept");
  const { place, column } = marked.dataset;
  const line = /** @type {HTMLElement} */ (marked.closest(".block")).dataset.line;
  const where =
    place === undefined
      ? { action: "keep_at", document: shown.id, line: Number(line), column: Number(column) }
      : { action: "keep", place: Number(place) };
  const form = markedForm();
  void change((group) => ({ ...where, form: numberOf(group, form), kept }));
}

/** Leave a form out, or take it back in. A click changes the box itself, also if that is refused. */
async function toggleForm(box) {
  const [id, form, wanted] = [here.group, box.dataset.form, box.checked];
  await change((group) => ({ action: "drop", form: numberOf(group, form), in: wanted }));
  const now = byId(id)?.forms.find((one) => one.form === form);
  if (now) box.checked = now.in;
}

function dropMarked() {
  const form = markedForm();
  void change((group) => {
    const number = numberOf(group, form);
    return number < 0 ? null : { action: "drop", form: number, in: !group.forms[number].in };
  });
}

function swap() {
  const group = byId(here.group);
  const form = markedForm();
  if (!form || group.relation === "garble") {
    tell("This is a garbled form, not another spelling. Press e to type a name.");
    return;
  }
  void change(() => ({ action: "name", canonical: form }));
}

/** Let the reader type into a field; what is in it is replaced. */
function typeInto(id) {
  const field = /** @type {HTMLInputElement} */ (the(id));
  unfold(field);
  field.focus();
  field.select();
}

function nextLevel() {
  const levels = ["fix", "suggest", "report"];
  void change(({ level }) => ({ action: "level", level: levels[(levels.indexOf(level) + 1) % 3] }));
}

function neighbour(by) {
  const groups = filtered();
  const at = groups.findIndex((group) => group.id === here.group);
  const next = groups[at < 0 ? (by > 0 ? 0 : groups.length - 1) : at + by];
  tell("");
  if (next) void goTo(next.id);
  else tell(by > 0 ? "This is the last name." : "This is the first name.");
}

async function quit() {
  if (!confirm("End the review? What you decided is saved.")) return;
  await inTurn(() => ask("quit", {})).catch(() => undefined);
  the("gone").hidden = false;
  set(the("gone"), { text: "The review has ended. What you decided is saved. You can close this page." });
}

function showDiffOfGoldens() {
  const diff = /** @type {HTMLDetailsElement} */ (the("diff"));
  diff.open = !diff.open;
  unfold(diff.parentElement);
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
  ["a", "accept it: these forms are corrected to the name from now on", () => decide("accept")],
  ["r", "reject it: these forms are never suggested for this name again", () => decide("reject")],
  ["s", "skip it for now; the next review asks again", () => decide("skip")],
  ["u", "undo the last step, even if it wrote a rule", () => takeBack("undo")],
  ["y", "redo what was undone; U does the same", () => takeBack("redo")],
  ["x", "leave the marked form out, or take it back in", dropMarked],
  ["e", "type the right name", () => typeInto("typed")],
  ["c", "the marked spelling is the right one", swap],
  ["w", "choose words that a text must contain for the rule to act", () => setPointing(!pointing)],
  ["E", "let the rule act in every text, or only in some", everywhere],
  ["l", "what happens where it acts: corrected, only suggested, only reported", nextLevel],
  ["n", "the marked place is right and must never change", keepHere],
  ["j", "next name", () => neighbour(1)],
  ["k", "previous name", () => neighbour(-1)],
  ["→", "next place of this name; ← goes back", () => move(1)],
  ["/", "show only some names", () => typeInto("filter")],
  ["g", "what changes in the golden texts", showDiffOfGoldens],
  ["v", "both versions, side by side, or cleaned", nextView],
  ["A", "accept the rest, after a look at the list", () => decideRest("accept")],
  ["R", "reject the rest, after a look at the list", () => decideRest("reject")],
  ["S", "skip the rest, after a look at the list", () => decideRest("skip")],
  ["?", "show the keys", () => showKeys(KEYS)],
  ["f", "look at what cleaning changes in the files, and clean them", finish],
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
  steps += 1;
  return does();
}

// -- narrow windows

const NARROW = matchMedia("(max-width: 46rem)"); // as in page.css

/** Fold what is beside the text where there is no room beside it. */
function foldAsWide() {
  for (const part of document.querySelectorAll("#fold, details.list")) {
    /** @type {HTMLDetailsElement} */ (part).open = !NARROW.matches;
  }
}

/** Open everything that an element is folded into. */
function unfold(there) {
  for (let part = there; part; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
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
  if (answer.binary) throw new Error("This document is not a text file. “Clean the files” writes it.");
  return answer;
}

async function copy() {
  const { text } = await cleaned();
  await navigator.clipboard.writeText(text);
  tell("The cleaned text was copied to the clipboard.");
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
  document.addEventListener("click", () => (steps += 1), { capture: true });
  addEventListener("beforeunload", (event) => {
    if (onTheWay.size) event.preventDefault();
  });
  for (const action of ["accept", "reject", "skip"]) {
    on(action, "click", () => decide(action));
    on(`${action}-rest`, "click", () => decideRest(action));
  }
  on("undo", "click", () => takeBack("undo"));
  on("redo", "click", () => takeBack("redo"));
  on("help-button", "click", () => showKeys(KEYS));
  on("finish-button", "click", finish);
  on("finish-here", "click", finish);
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
  on("level", "change", (event) => change(() => ({ action: "level", level: event.target.value })));
  on("everywhere", "change", everywhere);
  on("naming", "submit", async (event) => {
    event.preventDefault();
    const canonical = /** @type {HTMLInputElement} */ (the("typed")).value.trim();
    if (!canonical) return tell("Nothing was typed. The name is unchanged.");
    await change(() => ({ action: "name", canonical }));
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
  on("lost", "click", (event) => {
    const button = event.target.closest("[data-lost]");
    return button ? lookAtLost(button.dataset.lost) : undefined;
  });
  on("names", "click", (event) => {
    const button = event.target.closest("[data-group]");
    if (!button) return undefined;
    tell("");
    return goTo(button.dataset.group, { focus: false });
  });
  on("documents", "click", async (event) => {
    const button = event.target.closest("[data-document]");
    if (!button) return;
    await readDocument(Number(button.dataset.document));
    const [first] = the("article").querySelectorAll(".name.open");
    if (first) await goTo(/** @type {HTMLElement} */ (first).dataset.group ?? "", { document: shown.id, focus: false });
    else showAll();
  });
  on("reports", "change", async (event) => {
    const done = event.target.checked;
    const { report } = event.target.dataset;
    await act(() => ({ action: "report_done", report, done }));
    event.target.checked = state.reports.find((one) => one.id === report)?.done ?? false;
  });
  on("members", "change", async (event) => {
    const number = Number(event.target.value);
    while (shown.more && shown.blocks.length <= number) await showMore();
    event.target.value = String(number);
    the("article").children[number]?.scrollIntoView({ block: "start" });
  });
  on("reports", "click", (event) => {
    const button = event.target.closest("[data-line]");
    return button ? goToReport(button.dataset) : undefined;
  });
  on("forms", "change", (event) => toggleForm(event.target));
  on("evidence", "click", (event) => {
    const button = event.target.closest("[data-phrase]");
    return button ? removeEvidence(button) : undefined;
  });
  on("rivals", "click", (event) => {
    const button = event.target.closest("[data-rival]");
    return button ? change(() => ({ action: "name", canonical: button.dataset.rival })) : undefined;
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

/** Show where a report is. If its words were changed since, that is the line where they were. */
async function goToReport({ document: id, id: report, line }) {
  if (id === undefined) return tell("This text is not among the documents of this review.");
  if (!shown || shown.id !== Number(id)) await readDocument(Number(id));
  while (shown.more && shown.blocks.at(-1).line < Number(line)) await showMore();
  showAll();
  const words = the("article").querySelector(`[data-report="${CSS.escape(report)}"]`);
  const blocks = [...the("article").querySelectorAll(".block")];
  const block = blocks.findLast((one) => Number(one.dataset.line) <= Number(line));
  pointAt(words ?? block ?? blocks[0]);
  return undefined;
}

/** @param {HTMLElement|null} one */
function goToMark(one) {
  if (!one) return undefined;
  const group = one.dataset.group ?? "";
  return goTo(group, { at: marksOf(group).indexOf(one), document: shown.id });
}

async function finish() {
  let revision = ""; // what is decided after this one is not in the preview
  const preview = async () => {
    revision = await inTurn(async () => known.revision);
    return ask("preview");
  };
  const clean = async (backup) => {
    tell("Cleaning the files …");
    const done = await ask("fix", { revision, backup });
    cleanedFiles = true;
    tell("");
    await adopt(await ask("state"));
    return done;
  };
  const done = await askForFix(preview, (backup) => inTurn(() => clean(backup)));
  if (done) tell(`${count(done.written.length, "file")} cleaned. ${done.way_back}`);
}

/** Take over what other pages and terminals decide. */
async function follow() {
  for (;;) {
    try {
      const { revision } = await ask(`events?revision=${encodeURIComponent(known.revision)}`);
      the("gone").hidden = true;
      await inTurn(async () => {
        if (!isNewer(revision, known.revision)) return; // an answer to this page was faster
        const next = await ask("state");
        if (next.message.text !== known.message.text) tell(next.message.text, next.message.bad);
        await adopt(next);
      });
    } catch (error) {
      if (error instanceof Refused && error.status === 403) return explain(error);
      explain(error);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
}

/** Return whether a revision is newer than another one, or of another server. */
function isNewer(revision, other) {
  const [[series, number], [otherSeries, otherNumber]] = [revision, other].map((one) => one.split("-"));
  return series !== otherSeries || Number(number) > Number(otherNumber);
}

async function begin() {
  wire();
  showView();
  foldAsWide();
  NARROW.addEventListener("change", foldAsWide);
  try {
    known = await ask("state");
    foresee();
    const first = pending()[0] ?? state.groups[0];
    if (!first && state.documents.length) await readDocument(state.documents[0].id);
    await goTo(first ? first.id : "", { focus: false });
    void follow();
  } catch (error) {
    explain(error);
  }
}

void begin();

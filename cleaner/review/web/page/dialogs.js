/**
 * What asks before something large is done, and the help.
 */

import { count, element, sentence, set, the } from "./dom.js";

/**
 * Show a dialog; return what it was closed with.
 * @param {string} id
 * @returns {Promise<string>}
 */
function asked(id) {
  const dialog = /** @type {HTMLDialogElement} */ (the(id));
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

/**
 * Show all keys.
 * @param {[string, string, unknown][]} keys
 */
export function showKeys(keys) {
  const rows = keys.flatMap(([key, said]) => [
    element("dt", {}, element("kbd", { text: key })),
    element("dd", { text: said }),
  ]);
  the("keys").replaceChildren(...rows);
  return asked("help");
}

const VERBS = { accept: "Accept", reject: "Reject", skip: "Skip" };

/**
 * Show the names that are left, and return the ids of those that the reader lets stand; null if
 * nothing is to be done. Names that something speaks against are unticked as soon as that is known;
 * `doubtful` are those of them that the reader ticked again.
 * @param {"accept"|"reject"|"skip"} action
 * @param {any[]} groups
 * @param {(id: string) => Promise<{remarks: {tone: string, text: string}[]}>} trial
 * @returns {Promise<{groups: string[], doubtful: string[]}|null>}
 */
export async function askForRest(action, groups, trial) {
  const able = action === "accept" ? groups.filter((group) => group.canonical) : groups;
  set(the("bulk-title"), { text: `${VERBS[action]} the rest` });
  const nameless = groups.length - able.length;
  set(the("bulk-said"), {
    text: nameless ? `${count(nameless, "name")} without a right name cannot be accepted.` : "",
  });
  const rows = able.map((group) => row(group, action));
  the("bulk-names").replaceChildren(...rows.map(({ item }) => item));
  const boxes = rows.map(({ box }) => box);
  const go = the("bulk-go");
  const recount = () => {
    const number = boxes.filter((box) => box.checked).length;
    set(go, { text: `${VERBS[action]} ${count(number, "name")}`, value: "yes", disabled: !number });
  };
  the("bulk-names").onchange = recount;
  recount();
  let open = true;
  if (action === "accept") void lookAtEach(rows, trial, recount, () => open);
  const answer = await asked("bulk");
  open = false;
  if (answer !== "yes") return null;
  const chosen = rows.filter(({ box }) => box.checked);
  const doubtful = chosen.filter(({ why }) => why.textContent);
  const ids = (some) => some.map(({ group }) => group.id);
  return { groups: ids(chosen), doubtful: ids(doubtful) };
}

/** @param {any} group @param {string} action */
function row(group, action) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", value: group.id }));
  box.checked = true;
  const forms = group.forms.filter((form) => form.in).map((form) => form.form).join(", ");
  const said = action === "accept" ? `${forms} → ${group.canonical}` : `${group.title}: ${forms}`;
  const why = element("small");
  const item = element("li", {}, element("label", { class: "tick" }, box, element("span", { text: said })), why);
  return { group, box, why, item };
}

/** Untick each name that something speaks against, and say what. */
async function lookAtEach(rows, trial, recount, isOpen) {
  for (const { group, box, why } of rows) {
    if (!isOpen()) return;
    try {
      const { remarks } = await trial(group.id);
      const bad = remarks.filter((remark) => remark.tone === "bad");
      if (!bad.length) continue;
      box.checked = false;
      const more = bad.length > 1 ? ` (and ${count(bad.length - 1, "more line")})` : "";
      set(why, { text: `! ${sentence(bad[0].text)}${more}`, class: "bad" });
    } catch (error) {
      box.checked = false;
      set(why, { text: `! ${sentence(error.message)}`, class: "bad" });
    }
    recount();
  }
}

/**
 * Show what cleaning the files would change; clean them if the reader says so.
 * @param {() => Promise<any>} preview
 * @param {(backup: boolean) => Promise<any>} fix
 * @returns {Promise<any>} what was done; null if nothing.
 */
export async function askForFix(preview, fix) {
  const body = the("finish-body");
  const go = /** @type {HTMLButtonElement} */ (the("fix"));
  body.replaceChildren(element("p", { text: "Working out what would change …" }));
  set(go, { disabled: true, text: "Clean", value: "yes", hidden: false });
  the("backup-part").hidden = false;
  set(the("finish-close"), { text: "Cancel" });
  const looking = preview().then((found) => showPreview(found, body, go), (error) => showError(error, body));
  const answer = await asked("finish");
  await looking;
  if (answer !== "yes") return null;
  const backup = /** @type {HTMLInputElement} */ (the("backup")).checked;
  const done = await fix(backup);
  showDone(done, body);
  go.hidden = true;
  the("backup-part").hidden = true;
  set(the("finish-close"), { text: "Close" });
  const closed = asked("finish");
  the("finish-close").focus();
  await closed;
  return done;
}

function showError(error, body) {
  body.replaceChildren(element("p", { class: "bad", text: sentence(error.message) }));
}

function showPreview(found, body, go) {
  const files = found.files.filter((file) => file.fixes);
  const fixes = files.reduce((sum, file) => sum + file.fixes, 0);
  const parts = [
    element("p", { text: fixes ? `${count(fixes, "fix", "fixes")} in ${count(files.length, "file")}.` : "Nothing would change." }),
  ];
  if (found.rules.length) parts.push(ruleTable(found.rules));
  for (const file of found.files.filter((one) => one.refused)) {
    parts.push(element("p", { class: "bad", text: `${file.name}: left alone: ${file.refused}` }));
  }
  for (const one of found.diff) parts.push(fileDiff(one));
  body.replaceChildren(...parts);
  set(go, { disabled: !fixes, text: `Clean ${count(files.length, "file")}` });
  if (document.activeElement === the("finish-title")) (fixes ? go : the("finish-close")).focus();
}

function ruleTable(rules) {
  const head = element("tr", {}, element("th", { scope: "col", text: "Rule" }), element("th", { scope: "col", text: "Fixes" }));
  const rows = rules.map(({ rule, fixes }) =>
    element("tr", {}, element("th", { scope: "row", text: rule }), element("td", { text: fixes.toLocaleString("en") })),
  );
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

function fileDiff({ name, lines }) {
  const shown = changedLines(lines.filter((line) => !/^(---|\+\+\+|@@|\\)/.test(line)));
  return element(
    "details",
    {},
    element("summary", { text: name }),
    element("pre", { tabindex: "0", "aria-label": `Changes in ${name}` }, ...shown),
  );
}

/** Return the lines of a diff; in each pair of an old and a new line, the words that differ stand out. */
function changedLines(lines) {
  const shown = [];
  for (let at = 0; at < lines.length; ) {
    let old = at;
    while (lines[old]?.startsWith("-")) old += 1;
    let end = old;
    while (lines[end]?.startsWith("+")) end += 1;
    const pairs = old - at === end - old ? old - at : 0;
    for (let pair = 0; pair < pairs; pair += 1) {
      const [before, after] = differingWords(lines[at + pair].slice(1), lines[old + pair].slice(1));
      shown.push(line("del", "−", before), line("ins", "+", after));
    }
    if (!pairs) {
      for (const one of lines.slice(at, Math.max(end, at + 1))) {
        shown.push(line({ "+": "ins", "-": "del" }[one[0]] ?? "span", one[0], [one.slice(1)]));
      }
    }
    at = Math.max(end, at + 1);
  }
  return shown;
}

function line(tag, sign, parts) {
  return element(tag, { class: "changed" }, `${sign} `, ...parts, "\n");
}

const MOST_WORDS = 600; // of a line that are compared one by one; of longer ones, only the ends

/**
 * Return the parts of two lines; the words that the other line lacks are marked.
 * @param {string} before
 * @param {string} after
 */
function differingWords(before, after) {
  const [old, now] = [before, after].map((text) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []);
  let first = 0;
  while (first < Math.min(old.length, now.length) && old[first] === now[first]) first += 1;
  let last = 0;
  const room = Math.min(old.length, now.length) - first;
  while (last < room && old.at(-1 - last) === now.at(-1 - last)) last += 1;
  const middles = [old, now].map((words) => words.slice(first, words.length - last));
  const kept = middles.every((words) => words.length <= MOST_WORDS) ? commonWords(...middles) : [[], []];
  const end = old.slice(old.length - last).join("");
  return middles.map((words, side) => [
    old.slice(0, first).join(""),
    ...words.map((word, at) => (kept[side][at] ? word : element("mark", { text: word }))),
    end,
  ]);
}

/** Return for each word of two lists whether it is in the longest list that both have in common. */
function commonWords(old, now) {
  const length = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      length[i][j] = old[i] === now[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const kept = [Array(old.length).fill(false), Array(now.length).fill(false)];
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j]) {
      kept[0][i] = kept[1][j] = true;
      i += 1;
      j += 1;
    } else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return kept;
}

function showDone(done, body) {
  const parts = [
    element("p", { text: `${count(done.written.length, "file")} cleaned. ${done.way_back}` }),
    element("p", { text: "Close this, and end the review with q, or go on with other names." }),
  ];
  for (const { name, why } of done.refused) {
    parts.push(element("p", { class: "bad", text: `${name}: left alone: ${why}` }));
  }
  body.replaceChildren(...parts);
}

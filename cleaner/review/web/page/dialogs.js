/**
 * What asks before something large is done, and the help.
 */

import { count, element, set, the } from "./dom.js";

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
      set(why, { text: `! ${bad[0].text}${more}`, class: "bad" });
    } catch (error) {
      box.checked = false;
      set(why, { text: `! ${error.message}`, class: "bad" });
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
  body.replaceChildren(element("p", { text: "Looking what would change …" }));
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
  await asked("finish");
  return done;
}

function showError(error, body) {
  body.replaceChildren(element("p", { class: "bad", text: error.message }));
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
}

function ruleTable(rules) {
  const head = element("tr", {}, element("th", { scope: "col", text: "Rule" }), element("th", { scope: "col", text: "Fixes" }));
  const rows = rules.map(({ rule, fixes }) =>
    element("tr", {}, element("th", { scope: "row", text: rule }), element("td", { text: fixes.toLocaleString("en") })),
  );
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

function fileDiff({ name, lines }) {
  const kinds = { "+": "ins", "-": "del" };
  const shown = lines.map((line) => element(kinds[line[0]] ?? "span", { class: "line", text: `${line}\n` }));
  return element(
    "details",
    {},
    element("summary", { text: name }),
    element("pre", { tabindex: "0", "aria-label": `Changes in ${name}` }, ...shown),
  );
}

function showDone(done, body) {
  const parts = [element("p", { text: `${count(done.written.length, "file")} cleaned. ${done.way_back}` })];
  for (const { name, why } of done.refused) {
    parts.push(element("p", { class: "bad", text: `${name}: left alone: ${why}` }));
  }
  body.replaceChildren(...parts);
}

/**
 * The name beside the text: who it is, its forms, and where its rule will act.
 */

import { count, element, fillList, listed, sentence, set, the } from "./dom.js";

const FEW = 3; // warnings that are shown at once
const MOST_NAMED = 4; // forms that the question names
const DECIDED = {
  accepted: "Accepted. Undo takes it back.",
  rejected: "Rejected. Undo takes it back.",
  skipped: "Skipped for now.",
};

/**
 * Show a name; none if all are decided.
 * @param {any} group
 * @param {string} otherwise - what to say if there is none.
 */
export function showGroup(group, otherwise) {
  the("group").hidden = !group;
  set(the("nothing"), { text: otherwise, hidden: Boolean(group) });
  if (!group) return;
  const fixed = group.status === "accepted" || group.status === "rejected";
  set(the("title"), { text: group.title });
  set(the("decided"), { text: DECIDED[group.status] ?? "", hidden: !group.status, class: `decided ${group.status}` });
  showWho(group);
  showQuestion(group, fixed);
  showNaming(group, fixed);
  showForms(group, fixed);
  showEvidence(group, fixed);
  for (const id of ["accept", "reject", "everywhere", "level", "typed", "word", "point"]) {
    set(the(id), { disabled: fixed });
  }
  for (const id of ["naming", "adding"]) set(/** @type {any} */ (the(id).querySelector("button")), { disabled: fixed });
}

/** @param {any} group */
function showWho(group) {
  const parts = [];
  if (group.zh) parts.push(element("span", { lang: "zh", text: group.zh }));
  if (group.ko) parts.push(element("span", { lang: "ko", text: group.ko }));
  for (const said of [group.role || group.type, ...also(group)]) if (said) parts.push(element("span", { text: said }));
  const joined = parts.flatMap((part, index) => (index ? [" · ", part] : [part]));
  the("who").replaceChildren(...joined);
}

/** Say what the reader is asked, and what the buttons do. */
function showQuestion(group, fixed) {
  const name = group.canonical ? `“${group.canonical}”` : "one name";
  const forms = group.forms.filter((form) => form.in).map((form) => `“${form.form}”`);
  const few = forms.length > MOST_NAMED ? `these ${forms.length} forms` : listed(forms);
  const are = forms.length > 1 ? "Are" : "Is";
  const become = group.canonical ? `changes ${forms.length > 1 ? "them" : "it"} to ${name}` : "asks for the right name";
  set(the("question"), {
    text: `${are} ${few} meant to be ${name}? Accept ${become}. Reject leaves ${forms.length > 1 ? "them" : "it"} alone and never asks again.`,
    hidden: fixed,
  });
}

/** @param {any} group */
function also(group) {
  const said = [];
  if (group.aliases.length) said.push(`also right: ${group.aliases.join(", ")}`);
  if (group.canonical_count) said.push(`spelled this way ${count(group.canonical_count, "time")}`);
  return said;
}

/** @param {any} group @param {boolean} fixed */
function showNaming(group, fixed) {
  const typed = /** @type {HTMLInputElement} */ (the("typed"));
  const field = `${group.id} ${group.canonical}`;
  if (typed.dataset.of !== field) {
    typed.value = group.canonical;
    typed.dataset.of = field;
  }
  the("proposals").replaceChildren(...group.proposals.map((name) => element("option", { value: name })));
  the("rivals").hidden = !group.rivals.length;
  const buttons = group.rivals.map((name) =>
    element("button", { type: "button", "data-rival": name, disabled: fixed, text: name }),
  );
  the("rivals").replaceChildren("Or is it: ", ...buttons);
}

/** @param {any} group @param {boolean} fixed */
function showForms(group, fixed) {
  const single = group.forms.length === 1;
  const left = group.forms.filter((form) => form.in).length;
  const only = (form) => form.in && left === 1; // a rule needs one
  fillList(
    the("forms"),
    group.forms.map((form) => ({ ...form, fixed, only: only(form), single, group: group.id, places: form.places.length })),
    (form) => `${group.id} ${form.form}`,
    () =>
      element(
        "li",
        {},
        element("label", { class: "tick" }, element("input", { type: "checkbox" }), element("strong"), element("span")),
        element("small"),
      ),
    (child, form) => {
      const [label, why] = /** @type {any} */ (child.children);
      const [box, name, said] = label.children;
      box.checked = form.in;
      set(box, { "data-form": form.form, disabled: form.fixed || form.only, hidden: form.single });
      set(name, { text: form.form });
      const likely = form.sure ? "sure" : `${form.score} %`;
      set(said, {
        text: ` ${form.count.toLocaleString("en")} × · ${likely}`,
        title: `${count(form.count, "time")}; how sure it is that this is the same name: ${likely}`,
      });
      set(why, { text: form.why });
    },
  );
}

/** @param {any} group @param {boolean} fixed */
function showEvidence(group, fixed) {
  const phrases = group.everywhere ? [] : group.when;
  fillList(
    the("evidence"),
    phrases.map((phrase) => ({ phrase, fixed })),
    (one) => one.phrase,
    () => element("li", {}, element("button", { type: "button" })),
    (child, one) => {
      const button = /** @type {HTMLElement} */ (child.firstElementChild);
      set(button, { "data-phrase": one.phrase, disabled: one.fixed, "aria-label": `Remove ${one.phrase}`, text: `${one.phrase} ×` });
    },
  );
  const everywhere = /** @type {HTMLInputElement} */ (the("everywhere"));
  everywhere.checked = group.everywhere;
  let said = "It acts only in texts that contain one of these.";
  if (group.everywhere) said = "It acts in every text.";
  else if (!phrases.length) said = "Choose words that a text about this name contains, or let it act in every text.";
  set(the("evidence-said"), { text: said });
  const level = /** @type {HTMLSelectElement} */ (the("level"));
  level.value = group.level;
}

/**
 * Show what speaks for and against the rule.
 * @param {{tone: string, text: string}[]|null} remarks - null if nobody knows yet.
 */
export function showWarnings(remarks) {
  const shown = remarks ?? [{ tone: "plain", text: "Working out what it would change …" }];
  const first = shown.slice(0, FEW);
  const rest = shown.slice(FEW);
  the("warnings").replaceChildren(...first.map(warning));
  const more = the("more-warnings");
  more.hidden = !rest.length;
  const [summary, list] = /** @type {any} */ (more.children);
  set(summary, { text: `${count(rest.length, "more line")}` });
  list.replaceChildren(...rest.map(warning));
}

/** @param {{tone: string, text: string}} remark */
function warning(remark) {
  const sign = { bad: "! ", good: "+ " }[remark.tone] ?? "";
  return element("li", { class: remark.tone, text: `${sign}${sentence(remark.text)}` });
}

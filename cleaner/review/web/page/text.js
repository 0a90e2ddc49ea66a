/**
 * The document in the middle of the page: its words, and the names that are marked in it.
 */

import { element, fillList, set, the } from "./dom.js";

/** What a reader who does not see colours is told about a marked form. */
const STATES = {
  open: "not decided",
  accepted: "accepted",
  rejected: "rejected",
  skipped: "skipped",
  dropped: "left out",
  kept: "stays as it is",
};
const HEADINGS = { headline: true, title: true };

/**
 * Return the words that come before and after in a part.
 * @param {any} part - see /api/document.
 * @returns {Node[]}
 */
function words(part) {
  const before = element("del", { class: "before", text: part.text });
  if (part.after === undefined || part.after === part.text) {
    return [element("span", { class: "both", text: part.text })];
  }
  return [before, element("ins", { class: "after", text: part.after })];
}

/**
 * Return a part of a block as an element, or as plain text.
 * @param {any} part
 * @returns {Node}
 */
function drawn(part) {
  if (part.group !== undefined) {
    const said = `${part.text}, ${STATES[part.state]}${part.after ? `, would become ${part.after}` : ""}`;
    return element(
      "span",
      {
        class: `name ${part.state}`,
        role: "button",
        tabindex: "-1",
        "aria-label": said,
        "data-group": part.group,
        "data-form": part.form,
        "data-place": part.place,
        "data-column": part.column,
      },
      ...words(part),
    );
  }
  if (part.rule) {
    const instead = part.instead ? `, perhaps “${part.instead}”` : "";
    const why = part.message ? `${part.rule}${instead}: ${part.message}` : part.rule;
    const lost = part.report && part.state === "rule" ? " lost" : "";
    const settings = { class: `${part.state}${lost}`, title: why, "data-report": part.report };
    return element("span", settings, ...words(part));
  }
  return document.createTextNode(part.text);
}

/**
 * Return the columns of a block: one, and the cleaned text beside it if something changes.
 * @param {any} block
 * @returns {HTMLElement}
 */
function made(block) {
  const heading = HEADINGS[block.kind];
  const tag = heading ? `h${Math.min(6, (block.level ?? 1) + 2)}` : "p";
  const there = element("div", { class: `block ${block.kind}`, "data-line": block.line });
  if (block.label) there.append(element("small", { class: "label", text: block.label }));
  there.append(element(tag, { class: "words" }, ...block.parts.map(drawn)));
  const changes = block.parts.some((part) => part.after !== undefined && part.after !== part.text);
  if (changes) {
    const after = element(tag === "p" ? "p" : "div", { class: "beside" });
    for (const part of block.parts) {
      const dies = part.state === "rejected" || part.state === "dropped" || part.state === "kept";
      const text = part.after === undefined || dies ? part.text : part.after;
      after.append(text === part.text ? text : element("ins", { text }));
    }
    there.append(after);
  } else there.classList.add("same");
  return there;
}

/**
 * Show a document. Blocks that say the same as before are not touched.
 * @param {any} shown - as /api/document returns it.
 */
export function showDocument(shown) {
  set(the("document-name"), { text: shown.name });
  const members = shown.members ?? [];
  the("members").hidden = members.length < 2;
  const options = members.map(({ title, block }) => element("option", { value: block, text: title }));
  the("members").replaceChildren(...options);
  // A part that has no headline of its own is told by its name.
  const titles = new Map(members.map(({ name, title, block }) => [block, title === name ? name : ""]));
  fillList(
    the("article"),
    shown.blocks,
    (_, index) => `${shown.id}-${index}`,
    () => element("div"),
    (child, block, index) => {
      const there = made(block);
      if (titles.has(index)) there.prepend(element("small", { class: "member", text: titles.get(index) }));
      child.className = there.className;
      child.dataset.line = there.dataset.line;
      child.replaceChildren(...there.childNodes);
    },
  );
  the("more").hidden = !shown.more;
}

/**
 * Return the marked forms of a group in the order of the text.
 * @param {string} group
 * @returns {HTMLElement[]}
 */
export function marksOf(group) {
  return [...the("article").querySelectorAll(`.name[data-group="${CSS.escape(group)}"]`)].map(
    (mark) => /** @type {HTMLElement} */ (mark),
  );
}

/**
 * Show which group and which of its marks the keys are about.
 * @param {string} group
 * @param {HTMLElement|undefined} marked
 * @param {boolean} focus - whether to put the focus there, too.
 */
export function mark(group, marked, focus) {
  for (const old of the("article").querySelectorAll(".current, .marked")) {
    old.classList.remove("current", "marked");
    old.removeAttribute("aria-current");
    old.setAttribute("tabindex", "-1");
  }
  for (const one of marksOf(group)) one.classList.add("current");
  if (!marked) return;
  marked.classList.add("marked");
  marked.setAttribute("aria-current", "true");
  marked.setAttribute("tabindex", "0");
  const { top, bottom } = marked.getBoundingClientRect();
  const hidden = the("panel").getBoundingClientRect();
  const floor = hidden.left > 100 ? innerHeight : Math.min(innerHeight, hidden.top);
  if (top < 80 || bottom > floor - 20) marked.scrollIntoView({ block: "center" });
  if (focus) marked.focus({ preventScroll: true });
}

/**
 * Show a reader some words of the text, or a block of it.
 * @param {HTMLElement|undefined} there
 */
export function pointAt(there) {
  for (const old of the("article").querySelectorAll(".pointed")) old.classList.remove("pointed");
  if (!there) return;
  there.classList.add("pointed");
  there.scrollIntoView({ block: "center" });
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}’'.&-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu;

/**
 * Return the words that a reader has chosen in the text: those selected, or the one clicked.
 * @param {MouseEvent} event
 * @returns {string}
 */
export function chosenWords(event) {
  const selected = (getSelection()?.toString() ?? "").replace(/\s+/g, " ").trim();
  if (selected) return selected;
  let node, at;
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
    [node, at] = [caret?.offsetNode, caret?.offset ?? 0];
  } else {
    const range = document.caretRangeFromPoint(event.clientX, event.clientY);
    [node, at] = [range?.startContainer, range?.startOffset ?? 0];
  }
  if (!node || node.nodeType !== Node.TEXT_NODE) return "";
  for (const found of (node.textContent ?? "").matchAll(WORD)) {
    if (found.index <= at && at <= found.index + found[0].length) return found[0];
  }
  return "";
}

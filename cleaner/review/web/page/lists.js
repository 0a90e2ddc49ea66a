/**
 * What is beside the text: all names, all documents, and what has to be looked up.
 */

import { count, element, fillList, set, the } from "./dom.js";

const SIGNS = { accepted: "✓", rejected: "✗", skipped: "–" };

/**
 * Return whether each word of a filter occurs in the names, forms or documents of a group.
 * @param {any} group
 * @param {string} wanted
 * @param {any[]} documents
 */
export function matches(group, wanted, documents) {
  const parts = [group.title, group.canonical, group.type, group.zh, group.ko, ...group.aliases];
  for (const form of group.forms) {
    parts.push(form.form, ...form.places.map((place) => documents[place.document]?.name));
  }
  const text = parts.join("\n").toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/**
 * Show the names; the one with the id `current` is the one in the panel.
 * @param {any[]} groups
 * @param {string} current
 * @param {string} wanted - the filter.
 */
export function showNames(groups, current, wanted) {
  set(the("no-names"), {
    text: `No name, form or document contains “${wanted}”.`,
    hidden: groups.length > 0 || !wanted,
  });
  fillList(
    the("names"),
    groups.map(({ id, title, status, count, sure }) => ({ id, title, status, count, sure })),
    (group) => group.id,
    () =>
      element(
        "li",
        {},
        element(
          "button",
          {},
          element("span", { class: "sign", "aria-hidden": "true" }),
          element("span", { class: "title" }),
          element("span", { class: "count" }),
        ),
      ),
    (child, group) => {
      const button = /** @type {HTMLElement} */ (child.firstElementChild);
      const [sign, title, times] = /** @type {any} */ (button.children);
      set(child, { class: group.status || "open" });
      set(button, {
        "data-group": group.id,
        "aria-label": `${group.title}, ${count(group.count, "place")}, ${group.status || "not decided"}`,
      });
      set(sign, { text: SIGNS[group.status] ?? "" });
      set(title, { text: group.title });
      set(times, { text: group.count.toLocaleString("en") });
    },
  );
  for (const child of the("names").children) {
    const button = /** @type {HTMLElement} */ (child.firstElementChild);
    const here = button.dataset.group === current;
    if (here !== (button.getAttribute("aria-current") === "true")) {
      set(button, { "aria-current": here ? "true" : null });
      if (here) child.scrollIntoView({ block: "nearest" });
    }
  }
}

/**
 * Show the decisions that were not carried out, so that nobody takes them for made.
 * @param {any[]} groups
 * @param {Map<string, string>} lost - why, by the id of the group.
 */
export function showLost(groups, lost) {
  the("lost").hidden = lost.size === 0;
  fillList(
    the("lost"),
    [...lost].map(([id, why]) => ({ id, why, title: groups.find((one) => one.id === id)?.title ?? id })),
    (one) => one.id,
    () => element("li", {}, element("span"), " ", element("button", { type: "button", text: "Go there" })),
    (child, one) => {
      const [said, button] = /** @type {any} */ (child.children);
      set(said, { text: `What you decided about “${one.title}” was not carried out: ${one.why}` });
      set(button, { "data-lost": one.id, "aria-label": `Go to ${one.title}` });
    },
  );
}

/**
 * Show the documents with what is open in each.
 * @param {any[]} documents
 * @param {number} current
 */
export function showDocuments(documents, current) {
  fillList(
    the("documents"),
    documents,
    (one) => String(one.id),
    () => element("li", {}, element("button", {}, element("span", { class: "title" }), element("span", { class: "count" }))),
    (child, one) => {
      const button = /** @type {HTMLElement} */ (child.firstElementChild);
      const [title, open] = /** @type {any} */ (button.children);
      set(button, { "data-document": one.id });
      set(title, { text: one.name });
      set(open, { text: one.open ? `${one.open.toLocaleString("en")} open` : one.decided ? "done" : "" });
    },
  );
  for (const child of the("documents").children) {
    const button = /** @type {HTMLElement} */ (child.firstElementChild);
    set(button, { "aria-current": button.dataset.document === String(current) ? "true" : null });
  }
}

/**
 * Show what has to be looked up in the source.
 * @param {any[]} reports
 */
export function showReports(reports) {
  const left = reports.filter((report) => !report.done).length;
  the("reports-part").hidden = reports.length === 0;
  set(the("reports-count"), { text: left ? `(${left})` : "" });
  fillList(
    the("reports"),
    reports,
    (report) => report.id,
    () =>
      element(
        "li",
        {},
        element(
          "label",
          { class: "tick" },
          element("input", { type: "checkbox" }),
          element("span", { class: "title" }),
        ),
        element("button", { class: "where", type: "button" }),
      ),
    (child, report) => {
      const [label, where] = /** @type {any} */ (child.children);
      label.firstElementChild.checked = report.done;
      set(label.firstElementChild, { "data-report": report.id });
      set(label.lastElementChild, { text: `“${report.text}”: ${report.message}` });
      set(where, {
        text: `${report.file}, line ${lineOf(report.place)}`,
        "data-line": lineOf(report.place),
        "data-id": report.id,
        "data-document": report.document ?? null,
      });
    },
  );
}

/** Return the line of a place such as 3:42 or chapter.xhtml:3:42. */
function lineOf(place) {
  return place.match(/(\d+):\d+$/)?.[1] ?? "1";
}

/**
 * Show how far the review is.
 * @param {{decided: number, total: number}} progress
 */
export function showProgress(progress) {
  const bar = /** @type {HTMLProgressElement} */ (the("progress"));
  bar.max = Math.max(progress.total, 1);
  bar.value = progress.decided;
  const of = `${progress.decided.toLocaleString("en")} of ${count(progress.total, "name")} decided`;
  set(the("progress-text"), { text: progress.total ? of : "No names to decide" });
  bar.hidden = !progress.total;
}

/**
 * Elements made of data. Text gets into the page as text only, never as markup.
 */

/**
 * Return a new element.
 * @param {string} tag
 * @param {Record<string, unknown>} [settings] - attributes; `text` is what it says, a function in
 *   `onclick` and the like is what it does; null and false leave an attribute out.
 * @param {...(Node|string|null)} children
 * @returns {HTMLElement}
 */
export function element(tag, settings = {}, ...children) {
  const made = document.createElement(tag);
  set(made, settings);
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/**
 * Give an element these attributes, and touch only those that differ.
 * @param {HTMLElement} there
 * @param {Record<string, unknown>} settings - see `element`.
 */
export function set(there, settings) {
  for (const [name, value] of Object.entries(settings)) {
    if (name === "text") {
      if (there.textContent !== value) there.textContent = String(value);
    } else if (typeof value === "function") {
      there.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (value === null || value === undefined || value === false) {
      there.removeAttribute(name);
    } else {
      const written = value === true ? "" : String(value);
      if (there.getAttribute(name) !== written) there.setAttribute(name, written);
    }
  }
}

/**
 * Return the element with an id that the page has.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function the(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return /** @type {T} */ (found);
}

/**
 * Make the children of an element those that data ask for. A child whose key stays is kept, so the
 * focus is not lost, and it is touched only if its data differ.
 * @template T
 * @param {HTMLElement} parent
 * @param {T[]} data
 * @param {(one: T, index: number) => string} keyOf
 * @param {(one: T) => HTMLElement} make
 * @param {(child: HTMLElement, one: T, index: number) => void} fill
 */
export function fillList(parent, data, keyOf, make, fill) {
  const old = new Map();
  for (const child of parent.children) old.set(/** @type {HTMLElement} */ (child).dataset.key, child);
  let next = parent.firstElementChild;
  data.forEach((one, index) => {
    const key = keyOf(one, index);
    const child = old.get(key) ?? make(one);
    old.delete(key);
    child.dataset.key = key;
    const said = JSON.stringify([one, index]);
    if (child.said !== said) {
      fill(child, one, index);
      child.said = said;
    }
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  });
  for (const child of old.values()) child.remove();
}

/**
 * Say a number with its noun.
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/**
 * Return what the server says as a sentence: with a capital, unless it begins with the name of a
 * file, and with a full stop.
 * @param {string} text
 */
export function sentence(text) {
  const begun = text.replace(/^[a-z]+(?=[ ,])/, (word) => word[0].toUpperCase() + word.slice(1));
  return !begun || /[.!?…”:]$/.test(begun) ? begun : `${begun}.`;
}

/**
 * Return words as a sentence lists them.
 * @param {string[]} words
 */
export function listed(words) {
  const others = words.slice(0, -1).join(", ");
  return others ? `${others} and ${words.at(-1)}` : words.join("");
}

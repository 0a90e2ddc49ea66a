/**
 * The server that this page belongs to.
 */

/** What the server refused, or could not do. `state` is there if the page was behind. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} why
   * @param {unknown} [state]
   */
  constructor(status, why, state) {
    super(why);
    this.status = status;
    this.state = state;
  }
}

/** The server is not there any more. */
export class Gone extends Error {}

const KEPT = "token"; // its name in the storage of this tab, so that the page can be loaded again

/**
 * Return the token, and take it out of the address bar.
 * @returns {string}
 */
function token() {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, "", location.pathname);
  }
  return given || sessionStorage.getItem(KEPT) || "";
}

const TOKEN = token();

/**
 * Ask the server, and return what it answers.
 * @param {string} path
 * @param {unknown} [body] - what to send; without it, this only reads.
 * @returns {Promise<any>}
 */
export async function ask(path, body) {
  const headers = /** @type {Record<string, string>} */ ({ "X-Cleaner-Token": TOKEN });
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(`/api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    throw new Gone("the server is gone");
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Refused(response.status, answer.error || `error ${response.status}`, answer.state);
}

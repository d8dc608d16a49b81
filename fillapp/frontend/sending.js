// @ts-check
// Asking the server: an answer, or why there is none.

/**
 * @typedef {{ blocks?: import("./live.js").BlockEvent[], summary?: import("./live.js").SummaryEvent }} Change
 * @typedef {Change & { error?: string, saved?: string, accepted?: string[], being_written?: boolean, revision?: number, theirs?: object, who?: string, at?: string, differences?: string, doc?: object }} Answer
 * @typedef {{ status: number, answer: Answer }} Sent
 */

/** The server could not be reached, or does not know who asks. */
export class Unreachable extends Error {
  /** @param {boolean} signedOut */
  constructor(signedOut) {
    super(signedOut ? "You are signed out. Sign in again in another tab: your text is kept here." : "The connection is lost. Your text is kept here and sent as soon as it is back.")
    this.signedOut = signedOut
  }
}

// So long a server may be silent; then the same is sent again.
const PATIENCE = 30_000
// Browsers send no more than 64 KB for a page that goes away.
const LONGEST_FAREWELL = 60_000

/** @param {string} address @param {object} data @param {{ keepalive?: boolean }} [how] @returns {Promise<Sent>} */
export function post(address, data, how = {}) {
  return send(address, JSON.stringify({ ...data, person: Number(person()) }), "application/json", how)
}

/** What a form says, as it would send it itself. @param {string} address @param {URLSearchParams} fields
 * @param {{ keepalive?: boolean }} [how] @returns {Promise<Sent>} */
export function postFields(address, fields, how = {}) {
  fields.set("person", person())
  return send(address, fields.toString(), "application/x-www-form-urlencoded", how)
}

/** @param {string} address @param {string} body @param {string} type @param {{ keepalive?: boolean }} how */
function send(address, body, type, how) {
  return ask(address, {
    method: "POST",
    body,
    headers: { "Content-Type": type, "X-CSRFToken": token() },
    keepalive: Boolean(how.keepalive) && body.length * 3 < LONGEST_FAREWELL,
    signal: AbortSignal.timeout(PATIENCE),
  })
}

/** Whom this page was made for. */
function person() {
  return document.querySelector("[data-person]")?.getAttribute("data-person") ?? ""
}

/** Of the cookie: whoever signs in again, in another tab, has another than this page was made with. */
function token() {
  const kept = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"))
  return kept?.[1] ?? field?.value ?? ""
}

/** @param {string} address @returns {Promise<Sent>} */
export const get = (address) => ask(address, {})

/** A fragment of HTML. @param {string} address */
export async function getHtml(address) {
  const response = await reach(address, {})
  if (!response.ok) throw new Unreachable(false)
  return response.text()
}

/** @param {string} address @param {RequestInit} how @returns {Promise<Sent>} */
async function ask(address, how) {
  const response = await reach(address, how)
  // A page in place of data: a server between us and Fill, or Fill starting.
  if (!response.headers.get("Content-Type")?.includes("json")) {
    if (response.status === 400 || response.status === 413) return { status: response.status, answer: { error: "This is too long to be saved. Shorten it, or move some of it elsewhere." } }
    if (response.status === 403 || response.status === 404) return { status: response.status, answer: { error: "You may not change this any more. Copy your text before you leave." } }
    throw new Unreachable(false)
  }
  try {
    return { status: response.status, answer: await response.json() }
  } catch {
    // Cut off on its way.
    throw new Unreachable(false)
  }
}

/** @param {string} address @param {RequestInit} how */
async function reach(address, how) {
  let response
  try {
    response = await fetch(address, { credentials: "same-origin", redirect: "manual", ...how })
  } catch {
    throw new Unreachable(false)
  }
  if (response.type === "opaqueredirect") throw new Unreachable(true)
  return response
}

// @ts-check
// What is typed and not saved yet, kept in this browser: it outlives the page, the network and the server.

/** @typedef {{ doc: object, revision: number, window: string, at: number }} Draft */

/** This page, among all windows of all people. */
export const WINDOW = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

const PREFIX = "fill-draft"
const ORPHANED_AFTER = 15_000
// Held for as long as this page lives: others see by it that its drafts are not left behind.
navigator.locks?.request(`fill-window-${WINDOW}`, () => new Promise(() => {}))

export class Drafts {
  /** @param {string} report @param {string} person whose drafts these are: others may use this browser, too */
  constructor(report, person) {
    this.report = report
    this.person = person
  }

  /** @param {string} key @param {object} doc @param {number} revision */
  keep(key, doc, revision) {
    const draft = { doc, revision, window: WINDOW, at: Date.now() }
    try {
      localStorage.setItem(this.name(key, WINDOW), JSON.stringify(draft))
    } catch {
      // A full or forbidden store: what is typed is still in the page, and is being sent.
    }
  }

  /** @param {string} key @param {string} [window] */
  drop(key, window = WINDOW) {
    try {
      localStorage.removeItem(this.name(key, window))
    } catch {
      // Nothing was kept then.
    }
  }

  /** What other pages left behind, by block. @returns {Promise<Map<string, Draft>>} */
  async findOrphans() {
    const alive = await liveWindows()
    const found = new Map()
    for (const name of storedNames()) {
      const [prefix, person, report, key, window] = name.split(":")
      if (prefix !== PREFIX || person !== this.person || report !== this.report || window === WINDOW) continue
      const draft = read(name)
      const isOrphan = alive ? !alive.has(window) : draft && Date.now() - draft.at > ORPHANED_AFTER
      if (draft && isOrphan && (found.get(key)?.at ?? 0) < draft.at) found.set(key, draft)
    }
    return found
  }

  /** @param {string} key @param {string} window */
  name(key, window) {
    return [PREFIX, this.person, this.report, key, window].join(":")
  }
}

/** Windows that are open now; null where the browser does not say. @returns {Promise<Set<string> | null>} */
async function liveWindows() {
  if (!navigator.locks?.query) return null
  const { held = [] } = await navigator.locks.query()
  return new Set(held.map((lock) => (lock.name ?? "").replace("fill-window-", "")))
}

function storedNames() {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

/** @param {string} name @returns {Draft | null} */
function read(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(name) ?? "null")
    return draft?.doc && Number.isInteger(draft.revision) ? draft : null
  } catch {
    return null
  }
}

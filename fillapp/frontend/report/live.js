// @ts-check
// What comes by itself: one stream of events, each block with the section as the server shows it.
import { element, replaceContent } from "../page.js"

/**
 * @typedef {{ key: string, version: string, html: string, outline: string }} BlockEvent
 * @typedef {{ line: string, done: number, total: number, left?: string, actions: string }} SummaryEvent
 */

const PATIENCE = 4_000
const REST = 60_000
const LOST = "Connection lost – trying again"
const REFUSED = "This page is no longer kept up to date. Reload it."

export class Live {
  /** @param {string} address @param {import("./report.js").Report} report */
  constructor(address, report) {
    this.address = address
    this.report = report
    this.title = document.title
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.lost = undefined
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined
    /** @type {EventSource | null} */
    this.source = null
    /** What this page has been told, as the server writes it. */
    this.seen = ""
  }

  open() {
    this.listen()
    addEventListener("pagehide", () => this.source?.close())
    // Browsers keep six connections to a server: a page that nobody looks at gives its own back.
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.resting)
      if (document.visibilityState === "visible") this.source ?? this.listen()
      else this.resting = setTimeout(() => this.rest(), REST)
    })
  }

  listen() {
    const seen = this.seen ? `?seen=${encodeURIComponent(this.seen)}` : ""
    const source = new EventSource(seen ? this.address.replace(/\?.*/, seen) : this.address)
    this.source = source
    source.addEventListener("open", () => this.setLive(true))
    source.addEventListener("error", () => this.setLive(false, source.readyState === EventSource.CLOSED))
    for (const name of ["block", "summary"]) {
      source.addEventListener(name, (event) => {
        this.seen = event.lastEventId || this.seen
        const data = JSON.parse(event.data)
        if (name === "block") this.report.showBlock(data)
        else this.showSummary(data)
      })
    }
  }

  rest() {
    this.source?.close()
    this.source = null
  }

  /** While events come nobody needs to refresh. @param {boolean} live @param {boolean} [refused] */
  setLive(live, refused = false) {
    clearTimeout(this.lost)
    document.documentElement.classList.toggle("is-live", live)
    const note = element("offline")
    note.lastChild?.replaceWith(refused ? REFUSED : LOST)
    if (live) note.hidden = true
    // A restart takes a moment, which nobody needs to know of.
    else this.lost = setTimeout(() => (note.hidden = false), PATIENCE)
  }

  /** @param {SummaryEvent} summary */
  showSummary(summary) {
    const line = element("line")
    // Setting the same text again would have it read out again.
    if (line.textContent !== summary.line) line.textContent = summary.line
    // An answer to something done here does not say.
    if (summary.left || summary.done === summary.total) element("left").textContent = summary.left ?? ""
    const done = /** @type {HTMLProgressElement} */ (element("done"))
    done.value = summary.done
    done.hidden = summary.done === summary.total
    document.title = done.hidden ? this.title : `${summary.done} of ${summary.total} · ${this.title}`
    replaceContent(element("actions"), summary.actions)
  }
}

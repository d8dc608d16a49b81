// @ts-check
// What comes by itself: one stream of events, each block with the section as the server shows it.
import { element } from "./page.js"

/**
 * @typedef {{ key: string, version: string, html: string, outline: string }} BlockEvent
 * @typedef {{ line: string, done: number, total: number, left?: string, actions: string }} SummaryEvent
 */

const PATIENCE = 4_000
const REST = 60_000
const LOST = "Connection lost – trying again"
const REFUSED = "This page is no longer kept up to date. Reload it."

/** Who is told. @typedef {{ showBlock: (event: BlockEvent) => void, showSummary: (event: SummaryEvent) => void, showMoved: () => void }} Listener */

export class Live {
  /** @param {string} address @param {Listener} listener */
  constructor(address, listener) {
    this.address = address
    this.listener = listener
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
        if (name === "block") this.listener.showBlock(data)
        else this.listener.showSummary(data)
      })
    }
    source.addEventListener("moved", () => this.listener.showMoved())
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
}

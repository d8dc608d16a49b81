// @ts-check
// What comes by itself: one stream of events, each block with the section as the server shows it.
import { element, replaceContent } from "../page.js"

/**
 * @typedef {{ key: string, version: string, html: string, outline: string }} BlockEvent
 * @typedef {{ line: string, done: number, total: number, left?: string, actions: string }} SummaryEvent
 */

const PATIENCE = 4_000

export class Live {
  /** @param {string} address @param {import("./report.js").Report} report */
  constructor(address, report) {
    this.address = address
    this.report = report
    this.title = document.title
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.lost = undefined
  }

  open() {
    const source = new EventSource(this.address)
    source.addEventListener("open", () => this.setLive(true))
    source.addEventListener("error", () => this.setLive(false))
    source.addEventListener("block", (event) => this.report.showBlock(JSON.parse(event.data)))
    source.addEventListener("summary", (event) => this.showSummary(JSON.parse(event.data)))
    addEventListener("pagehide", () => source.close())
  }

  /** While events come nobody needs to refresh. @param {boolean} live */
  setLive(live) {
    clearTimeout(this.lost)
    document.documentElement.classList.toggle("is-live", live)
    const note = element("offline")
    if (live) note.hidden = true
    // A restart takes a moment, which nobody needs to know of.
    else this.lost = setTimeout(() => (note.hidden = false), PATIENCE)
  }

  /** @param {SummaryEvent} summary */
  showSummary(summary) {
    const line = element("line")
    // Setting the same text again would have it read out again.
    if (line.textContent !== summary.line) line.textContent = summary.line
    const left = element("left")
    if (left.textContent !== (summary.left ?? "")) left.textContent = summary.left ?? ""
    const done = /** @type {HTMLProgressElement} */ (element("done"))
    done.value = summary.done
    done.hidden = summary.done === summary.total
    document.title = done.hidden ? this.title : `${summary.done} of ${summary.total} · ${this.title}`
    replaceContent(element("actions"), summary.actions)
  }
}

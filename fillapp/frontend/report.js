// @ts-check
// The report page: blocks fill in from one stream of events, each with the section as the server shows it.
import { element, replace } from "./page.js"

/**
 * @typedef {{ key: string, version: string, html: string, outline: string }} BlockEvent
 * @typedef {{ line: string, done: number, total: number, actions: string }} SummaryEvent
 */

/** @param {HTMLElement} report */
export function watchReport(report) {
  foldOutline()
  const address = report.dataset.stream
  if (address) new Live(address).open()
}

class Live {
  /** @param {string} address */
  constructor(address) {
    this.address = address
    this.title = document.title
  }

  open() {
    const source = new EventSource(this.address)
    source.addEventListener("open", () => this.setLive(true))
    source.addEventListener("error", () => this.setLive(false))
    source.addEventListener("block", (event) => showBlock(JSON.parse(event.data)))
    source.addEventListener("summary", (event) => this.showSummary(JSON.parse(event.data)))
    source.addEventListener("finished", () => {
      // Without this the browser would connect again, for ever.
      source.close()
      element("done").hidden = true
      document.title = this.title
    })
  }

  /** While events come nobody needs to refresh. @param {boolean} live */
  setLive(live) {
    document.documentElement.classList.toggle("is-live", live)
  }

  /** @param {SummaryEvent} summary */
  showSummary(summary) {
    const line = element("line")
    // Setting the same text again would have it read out again.
    if (line.textContent !== summary.line) line.textContent = summary.line
    const done = /** @type {HTMLProgressElement} */ (element("done"))
    done.value = summary.done
    document.title = `${summary.done} of ${summary.total} · ${this.title}`
    replaceContent(element("actions"), summary.actions)
  }
}

/** @param {BlockEvent} event */
function showBlock(event) {
  const section = document.getElementById(`block-${event.key}`)
  if (!section || section.dataset.version === event.version) return
  replace(section, event.html)
  replaceContent(element(`outline-${event.key}`), event.outline)
}

/** @param {HTMLElement} place @param {string} html */
function replaceContent(place, html) {
  const next = place.cloneNode(false)
  if (!(next instanceof HTMLElement)) return
  next.innerHTML = html
  if (next.innerHTML !== place.innerHTML) replace(place, next.outerHTML)
}

/** On a narrow screen the paper comes first: the outline opens on request. */
function foldOutline() {
  const outline = document.querySelector("details[data-outline]")
  const wide = matchMedia("(min-width: 60rem)")
  const fold = () => outline instanceof HTMLDetailsElement && (outline.open = wide.matches)
  fold()
  wide.addEventListener("change", fold)
}

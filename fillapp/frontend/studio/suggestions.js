// @ts-check
// Suggestions that wait to be taken or left, said on the cards of their blocks.
import { element } from "../page.js"

/** @typedef {{ state: "queued" | "running" | "done" | "failed", label: string, address: string }} Waiting */

// While the model writes some, sooner than others are looked for.
const LOOK_EVERY = 3000

export class Suggestions {
  /** @param {import("./studio.js").Studio} studio */
  constructor(studio) {
    this.studio = studio
    /** @type {Record<string, Waiting>} */
    this.waiting = {}
    /** Those taken or left on this page, which an answer on its way may still name. @type {Set<string>} */
    this.settled = new Set()
    this.looks = 0
  }

  open() {
    this.show(JSON.parse(this.studio.place.dataset.suggestions ?? "{}"))
    this.studio.place.addEventListener("suggestion-settled", (event) => {
      this.settled.add(/** @type {CustomEvent<string>} */ (event).detail)
      this.show(this.waiting)
    })
  }

  /** The suggestion for a part, if one waits. @param {string} name */
  of(name) {
    return this.waiting[name]
  }

  /** @param {Record<string, Waiting>} waiting by the part's name */
  show(waiting) {
    const before = this.waiting
    this.waiting = Object.fromEntries(Object.entries(waiting).filter(([, one]) => !this.settled.has(one.address)))
    for (const card of this.studio.cards.values()) {
      const place = card.item.querySelector("[data-suggestion]")
      if (!(place instanceof HTMLElement)) continue
      const one = this.of(card.name)
      place.hidden = !one
      place.textContent = one?.label ?? ""
      place.classList.toggle("is-ready", one?.state === "done")
      const was = before[card.name]
      if (one?.state === "done" && was && was.state !== "done") element("said").textContent = `A suggestion for “${card.called}” is ready.`
    }
    this.lookAgain()
  }

  lookAgain() {
    clearTimeout(this.looks)
    const isWritten = Object.values(this.waiting).some(({ state }) => state === "queued" || state === "running")
    if (isWritten) this.looks = setTimeout(() => (document.visibilityState === "visible" ? this.studio.look() : this.lookAgain()), LOOK_EVERY)
  }
}

// @ts-check
// The teaching page: a word is sent as its form would send it, and the parts of the page that change are put in place.
import { element, replace } from "../page.js"
import { keepSingleKeys, letterOf, wantsSingleKeys } from "../single_keys.js"
import { isTyping } from "../toast.js"

/** @typedef {{ said: string, html: string }} Answer */

const BUTTONS = { y: "say-yes", n: "say-no", s: "say-skip", u: "undo" }
// So long nobody says anything before the figures are worked out: each takes as many lessons as there are examples.
const PAUSE = 200
const LOST = "The connection is lost, so that was not kept. Try again."
const REFUSED = "That was not kept: the text is gone, or you may not read it any more. Reload the page."

/** @param {HTMLElement} room */
export function watchTeaching(room) {
  new Teaching(room).open()
}

class Teaching {
  /** @param {HTMLElement} room */
  constructor(room) {
    this.room = room
    this.busy = false
    /** What has come since; an answer to an earlier question is no longer shown. */
    this.round = 0
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pausing = undefined
  }

  open() {
    this.room.addEventListener("submit", (event) => {
      const form = event.target
      if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-live")) return
      event.preventDefault()
      this.send(form, event.submitter)
    })
    this.room.addEventListener("change", (event) => {
      const field = event.target
      if (field instanceof HTMLInputElement && field.id === "single-keys") keepSingleKeys(field.checked)
      const form = field instanceof HTMLSelectElement ? field.form : null
      if (form?.hasAttribute("data-changes")) form.requestSubmit()
    })
    const single = /** @type {HTMLInputElement} */ (element("single-keys"))
    single.checked = wantsSingleKeys()
    document.addEventListener("keydown", (event) => this.press(event))
    this.settle()
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    // A key held down answers once.
    if (event.isComposing || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const id = BUTTONS[/** @type {keyof typeof BUTTONS} */ (letterOf(event))]
    const single = document.getElementById("single-keys")
    if (!id || !(single instanceof HTMLInputElement) || !single.checked) return
    const button = document.getElementById(id)
    if (!(button instanceof HTMLButtonElement) || button.disabled) return
    event.preventDefault()
    button.click()
  }

  /** What is said while an answer is on its way was meant for what is still shown, so it does not count.
   * @param {HTMLFormElement} form @param {HTMLElement | null} by */
  async send(form, by) {
    if (this.busy) return
    this.busy = true
    const button = by instanceof HTMLButtonElement ? by : null
    const address = button?.hasAttribute("formaction") ? button.formAction : form.action
    const data = new FormData(form, button)
    this.round += 1
    clearTimeout(this.pausing)
    try {
      const answer = await this.ask(address, { method: "POST", body: data })
      if (answer) {
        this.show(answer.html)
        this.say(answer.said)
        if (form.hasAttribute("data-clears")) form.reset()
      }
    } finally {
      this.busy = false
    }
    this.settle()
  }

  /** Let the figures be worked out, and more texts be prepared, once nobody is busy. */
  settle() {
    const waits = this.room.querySelector("[data-pending], [data-waiting]")
    if (waits) this.pausing = setTimeout(() => this.work(), PAUSE)
  }

  async work() {
    const round = this.round
    const answer = await this.ask(this.room.dataset.figures ?? "", {})
    if (!answer || round !== this.round) return
    this.show(answer.html)
    if (answer.said) return this.say(answer.said)
    this.settle()
  }

  /** @param {string} address @param {RequestInit} how @returns {Promise<Answer | null>} */
  async ask(address, how) {
    try {
      const response = await fetch(address, { ...how, headers: { "X-Live": "1" }, redirect: "manual" })
      // Signed out meanwhile: the door leads back here.
      if (response.type === "opaqueredirect") location.reload()
      else if (response.ok) return await response.json()
      else this.say(REFUSED)
    } catch {
      this.say(LOST)
    }
    return null
  }

  /** Put each part in the place of the one of the same id. @param {string} html */
  show(html) {
    const holder = document.createElement("template")
    holder.innerHTML = html
    for (const part of holder.content.children) {
      const old = document.getElementById(part.id)
      if (!old || old.outerHTML === part.outerHTML) continue
      // A fold stays as somebody left it.
      const fold = old.querySelector(":scope > details")
      if (fold instanceof HTMLDetailsElement) part.querySelector(":scope > details")?.toggleAttribute("open", fold.open)
      replace(old, part.outerHTML)
    }
  }

  /** @param {string} words */
  say(words) {
    const next = document.querySelector("#ask .ask-said")
    element("teach-said").textContent = words
    element("teach-next").textContent = next ? `Next: ${next.textContent}` : ""
  }
}

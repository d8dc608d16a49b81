// @ts-check
// Better instructions by the model: asked for, watched, held against one's own, and taken or left.
import { Unreachable, get, postFields } from "../sending.js"

/**
 * @typedef {{ state: "queued" | "running" | "done" | "failed" | "cancelled", address: string, label: string,
 *   instructions: string, text: string, differences: string, problems: string[], error: string, words: string }} Suggestion
 */

const LOOK_EVERY = 1000
const LOST = "The connection is lost. The suggestion is shown when it is back."

/** The newest request of each place; an older one that is still under way shows nothing any more.
 * @type {WeakMap<HTMLElement, Suggesting>} */
const current = new WeakMap()

/** Ask for better instructions than those in `field`, and show them in `place`.
 * @param {string} address where a block's suggestions are asked for @param {HTMLTextAreaElement} field
 * @param {HTMLElement} place */
export function suggest(address, field, place) {
  const suggesting = new Suggesting(address, field, place)
  current.set(place, suggesting)
  return suggesting.ask()
}

/** Show one that was asked for before.
 * @param {string} address where others are asked for @param {string} own @param {HTMLTextAreaElement} field
 * @param {HTMLElement} place */
export function resume(address, own, field, place) {
  const suggesting = new Suggesting(address, field, place)
  suggesting.own = own
  current.set(place, suggesting)
  return suggesting.follow()
}

class Suggesting {
  /** @param {string} address @param {HTMLTextAreaElement} field @param {HTMLElement} place */
  constructor(address, field, place) {
    this.address = address
    this.field = field
    this.place = place
    this.said = liveRegion(place)
    /** Where this suggestion is looked up and stopped. */
    this.own = ""
  }

  get isCurrent() {
    return current.get(this.place) === this && this.place.isConnected
  }

  async ask() {
    this.showProgress("Asking the model", "")
    this.say("Asking the model for better instructions.")
    try {
      const fields = new URLSearchParams({ instructions: this.field.value })
      const { status, answer } = await postFields(this.address, fields)
      if (!this.isCurrent) return
      if (status !== 202) return this.showFailure(answer.error ?? "That did not work. Reload the page and try again.", status !== 422)
      this.own = /** @type {Suggestion} */ (/** @type {unknown} */ (answer)).address
      await this.follow()
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      if (this.isCurrent) this.showFailure(error.signedOut ? "You are signed out. Sign in again in another tab, then try again." : "The connection is lost. Try again when it is back.", true)
    }
  }

  /** Look until it has ended; a connection that fails for a while is no reason to stop. */
  async follow() {
    while (this.isCurrent) {
      try {
        const { status, answer } = await get(this.own)
        if (!this.isCurrent) return
        if (status !== 200) return this.showFailure(answer.error ?? "The suggestion is not there any more. Try again.", true)
        if (this.show(/** @type {Suggestion} */ (/** @type {unknown} */ (answer)))) return
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        if (error.signedOut) return this.showFailure("You are signed out. Sign in again in another tab, then try again.", true)
        this.showProgress(LOST, "")
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    }
  }

  /** Whether it has ended. @param {Suggestion} suggestion */
  show(suggestion) {
    if (suggestion.state === "done") this.showSuggestion(suggestion)
    else if (suggestion.state === "failed") this.showFailure(suggestion.error, true)
    else if (suggestion.state === "cancelled") this.clear()
    else {
      this.showProgress(suggestion.label, suggestion.words)
      return false
    }
    return true
  }

  /** @param {string} label @param {string} words */
  showProgress(label, words) {
    const line = this.place.querySelector("[data-progress]")
    if (line) {
      // Only the words change: whoever is on Stop stays there.
      line.textContent = label
      const time = this.place.querySelector("[data-time]")
      if (time) time.textContent = words
      return
    }
    const note = make("div", "suggestion is-running")
    const text = make("p", "suggestion-progress")
    const said = make("span", "", label)
    said.dataset.progress = ""
    const time = make("span", "quiet", words)
    time.dataset.time = ""
    text.append(pen(), said, time)
    note.append(text, this.buttons([["Stop", "is-quiet", () => this.stop()]]))
    this.put(note)
  }

  /** @param {Suggestion} suggestion */
  showSuggestion(suggestion) {
    const note = make("section", "suggestion")
    note.setAttribute("aria-label", "Suggested instructions")
    const head = make("p", "suggestion-head", "Suggested instructions")
    head.tabIndex = -1
    const words = make("span", "quiet", suggestion.words)
    head.append(" ", words)
    const shown = make("div", "suggestion-text")
    // Made and escaped by the server.
    shown.innerHTML = suggestion.differences
    note.append(head, shown)
    if (suggestion.problems.length) note.append(listProblems(suggestion.problems))
    if (this.field.value.trim() !== suggestion.instructions) note.append(make("p", "suggestion-note", "You have changed your instructions since: taking these puts them in their place."))
    note.append(
      this.buttons([
        ["Use these", "is-main", () => this.accept(suggestion)],
        ["Keep mine", "", () => this.refuse()],
        ["Try again", "is-quiet", () => this.again()],
      ]),
    )
    note.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      this.refuse()
    })
    this.put(note)
    this.say("A suggestion is ready, below the instructions.")
  }

  /** @param {string} sentence @param {boolean} mayTryAgain */
  showFailure(sentence, mayTryAgain) {
    const note = make("div", "suggestion is-failed")
    const head = make("p", "suggestion-head", sentence)
    head.tabIndex = -1
    note.append(head)
    /** @type {[string, string, () => void][]} */
    const buttons = [["Close", "is-quiet", () => this.refuse()]]
    if (mayTryAgain) buttons.unshift(["Try again", "", () => this.again()])
    note.append(this.buttons(buttons))
    this.put(note)
    this.say(sentence)
  }

  /** Put it into the field, as if it had been typed. @param {Suggestion} suggestion */
  accept(suggestion) {
    const before = this.field.value
    this.type(suggestion.text)
    this.settle()
    const note = make("div", "suggestion is-taken")
    note.append(make("p", "suggestion-head", "The suggested instructions are in."), this.buttons([["Take back", "is-quiet", () => this.takeBack(before)]]))
    this.put(note)
    this.field.focus()
    // Once somebody types on, there is nothing simple to take back.
    this.field.addEventListener("input", () => this.isCurrent && note.isConnected && this.clear(), { once: true })
    this.say("The suggested instructions are in.")
  }

  /** @param {string} before */
  takeBack(before) {
    this.type(before)
    this.leave()
    this.say("Your own instructions are back.")
  }

  /** @param {string} text */
  type(text) {
    this.field.value = text
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
    this.field.dispatchEvent(new Event("change", { bubbles: true }))
  }

  refuse() {
    this.leave()
    this.settle()
  }

  /** Taken or left: it is shown no more. */
  async settle() {
    if (!this.own) return
    this.place.dispatchEvent(new CustomEvent("suggestion-settled", { bubbles: true, detail: this.own }))
    try {
      await postFields(`${this.own}settle/`, new URLSearchParams())
    } catch (error) {
      // It is shown once more, and can be left again.
      if (!(error instanceof Unreachable)) throw error
    }
  }

  again() {
    const had = this.place.contains(document.activeElement)
    const next = suggest(this.address, this.field, this.place)
    if (had) focusFirst(this.place)
    return next
  }

  async stop() {
    current.delete(this.place)
    this.leave()
    this.say("Stopped.")
    if (!this.own) return
    try {
      await postFields(`${this.own}cancel/`, new URLSearchParams())
    } catch (error) {
      // Nobody waits for it here any more; its own age ends it.
      if (!(error instanceof Unreachable)) throw error
    }
  }

  /** Away with it; the keyboard goes back to the field. */
  leave() {
    const had = this.place.contains(document.activeElement)
    this.clear()
    if (had) this.field.focus()
  }

  clear() {
    this.place.replaceChildren(this.said)
  }

  /** @param {HTMLElement} note */
  put(note) {
    const had = this.place.contains(document.activeElement)
    this.place.replaceChildren(this.said, note)
    if (had) focusFirst(this.place)
  }

  /** @param {[string, string, () => void][]} buttons */
  buttons(buttons) {
    const row = make("div", "suggestion-do")
    for (const [label, look, run] of buttons) {
      const button = /** @type {HTMLButtonElement} */ (make("button", `button ${look}`, label))
      button.type = "button"
      button.addEventListener("click", run)
      row.append(button)
    }
    return row
  }

  /** @param {string} words */
  say(words) {
    this.said.textContent = words
  }
}

/** The place's live region, which must be there before it says anything. @param {HTMLElement} place */
function liveRegion(place) {
  const there = place.querySelector(":scope > [role=status]")
  if (there instanceof HTMLElement) return there
  const said = make("p", "visually-hidden")
  said.setAttribute("role", "status")
  place.prepend(said)
  return said
}

/** @param {HTMLElement} place */
function focusFirst(place) {
  const target = place.querySelector("[tabindex='-1'], button")
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}

/** @param {string[]} problems */
function listProblems(problems) {
  const holder = make("div", "suggestion-note")
  const list = make("ul", "")
  list.append(...problems.map((problem) => make("li", "", problem)))
  holder.append(make("p", "", "Look at this before you use it:"), list)
  return holder
}

function pen() {
  const mark = make("span", "suggestion-pen")
  mark.setAttribute("aria-hidden", "true")
  return mark
}

/** @param {string} tag @param {string} look @param {string} [text] */
function make(tag, look, text = "") {
  const made = document.createElement(tag)
  if (look) made.className = look
  made.textContent = text
  return made
}

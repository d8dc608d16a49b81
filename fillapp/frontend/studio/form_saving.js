// @ts-check
// Saving a form as one types: one save at a time, tried until it arrives, never over somebody else's words.
import { Unreachable } from "../sending.js"

const PAUSE = 600
const LONGEST_WAIT = 20_000
const WORDS = {
  ...{ "": "", typing: "", saving: "", saved: "" },
  lost: "Not saved yet – trying again",
  out: "Not saved yet: you are signed out. Sign in again in another tab; what you typed is kept here.",
  wrong: "Not saved yet",
  conflict: "Not saved: changed by someone else",
}

/** @typedef {keyof typeof WORDS} State */

export class FormSaving {
  /** @param {import("./card.js").Card} card */
  constructor(card) {
    this.card = card
    /** @type {State} */
    this.state = ""
    this.isDirty = false
    /** Whether the draft being applied is the answer to a save of this card. */
    this.isAnswered = false
    /** @type {Promise<void> | null} */
    this.sending = null
    /** What is typed in one sitting is undone in one step. */
    this.sitting = ""
    this.failures = 0
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    addEventListener("online", () => this.state === "lost" && this.send())
  }

  /** Whether anything is typed that has not arrived. */
  get isOpen() {
    return this.isDirty || this.sending !== null
  }

  /** Something was typed. */
  change() {
    this.sitting ||= crypto.randomUUID()
    this.isDirty = true
    if (this.state === "conflict" || this.card.studio.gone.has(this.card)) return
    this.show("typing")
    this.soon(PAUSE)
  }

  endSitting() {
    if (!this.isOpen) this.sitting = ""
  }

  /** Save what is typed, and wait until it has arrived or cannot. */
  async settle() {
    await this.sending
    if (this.isDirty && this.state !== "conflict") await this.send()
  }

  /** The page goes away. */
  flush() {
    if (this.isDirty && !this.sending && this.state !== "conflict") this.send({ keepalive: true })
  }

  /** @param {number} wait */
  soon(wait) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), wait)
  }

  /** Save over theirs, or drop mine. @param {string} stamp */
  async release(stamp) {
    this.card.stamp = stamp
    this.show("typing")
    await this.send()
  }

  forget() {
    this.isDirty = false
    this.show("")
  }

  /** @param {{ keepalive?: boolean }} [how] */
  send(how = {}) {
    clearTimeout(this.timer)
    if (this.sending || !this.isDirty) return this.sending ?? Promise.resolve()
    this.sending = this.card.studio
      .enqueue(() => this.sendNow(how))
      .finally(() => {
        this.sending = null
        if (this.isDirty && this.state === "typing") this.soon(PAUSE)
      })
    return this.sending
  }

  /** @param {{ keepalive?: boolean }} how */
  async sendNow(how) {
    const { card } = this
    if (!card.form || card.studio.gone.has(card)) return
    // Read when its turn has come: what the save before answered is known by then.
    const fields = new URLSearchParams(/** @type {any} */ (new FormData(card.form)))
    fields.set("stamp", card.stamp)
    fields.set("sitting", this.sitting)
    this.isDirty = false
    this.show("saving")
    this.isAnswered = true
    try {
      const { status, answer } = await card.studio.post(card.canMove ? `parts/${card.name}/` : "about/", fields, how)
      this.failures = 0
      this.hear(status, answer)
    } catch (error) {
      this.isDirty = true
      this.show(error instanceof Unreachable && error.signedOut ? "out" : "lost")
      this.soon(Math.min(1000 * 2 ** this.failures++, LONGEST_WAIT))
      if (!(error instanceof Unreachable)) throw error
    } finally {
      this.isAnswered = false
    }
  }

  /** @param {number} status @param {import("./studio.js").Answer} answer */
  hear(status, answer) {
    if (status === 200) {
      this.show(this.isDirty ? "typing" : "saved")
      return this.card.saved(answer)
    }
    this.isDirty = true
    // Its card says so already.
    if (this.card.studio.gone.has(this.card)) return this.show("wrong")
    if (answer.theirs) {
      this.show("conflict")
      return this.card.conflicted(answer)
    }
    this.show("wrong")
    return this.card.refused(answer)
  }

  /** @param {State} state */
  show(state) {
    this.state = state
    const place = this.card.item.querySelector("[data-saving]")
    if (place && place.textContent !== WORDS[state]) place.textContent = WORDS[state]
    this.card.studio.showSaving()
  }
}

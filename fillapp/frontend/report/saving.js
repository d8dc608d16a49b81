// @ts-check
// Saving as one types: one save at a time, tried until it arrives, and never over somebody else's words.
import { WINDOW } from "./drafts.js"
import { Unreachable, post } from "../sending.js"

const PAUSE = 700
const LONGEST_PAUSE = 4_000
const LONGEST_WAIT = 20_000

/**
 * @typedef {"" | "typing" | "saving" | "saved" | "waiting" | "lost" | "conflict" | "wrong"} State
 * @typedef {{ address: string, key: string, drafts: import("./drafts.js").Drafts, read: () => object, seconds: () => number, onState: (state: State, words: string) => void, onConflict: (answer: import("../sending.js").Answer) => void, onSaved: (answer: import("../sending.js").Answer) => void }} Wanted
 */

export class Saving {
  /** @param {Wanted} wanted @param {number} revision */
  constructor(wanted, revision) {
    this.wanted = wanted
    this.revision = revision
    this.isDirty = false
    this.isSending = false
    /** Whether it is not saved for now: "waiting" for what is being written, "conflict" until someone chooses. @type {"" | "waiting" | "conflict"} */
    this.held = ""
    this.isRefused = false
    /** Whether what the server says now is the answer to a save of this page. */
    this.isAnswered = false
    this.failures = 0
    this.typedSince = 0
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    this.keepTimer = 0
    addEventListener("online", () => this.isDirty && this.soon(0))
  }

  get isHeld() {
    return this.held !== ""
  }

  /** Whether anything is typed that has not arrived. */
  get isOpen() {
    return this.isDirty || this.isSending
  }

  /** Something was typed. */
  change() {
    const { onState } = this.wanted
    if (!this.isDirty) this.typedSince = Date.now()
    this.isDirty = true
    this.keepTimer ||= requestAnimationFrame(() => this.keep())
    if (this.isHeld) return
    onState("typing", "")
    this.soon(Math.min(PAUSE, Math.max(0, this.typedSince + LONGEST_PAUSE - Date.now())))
  }

  /** Keep what is not saved in this browser. */
  keep() {
    cancelAnimationFrame(this.keepTimer)
    this.keepTimer = 0
    if (this.isOpen) this.wanted.drafts.keep(this.wanted.key, this.wanted.read(), this.revision)
  }

  /** Send now what is not saved, also while the page goes away. */
  flush() {
    if (this.keepTimer) this.keep()
    if (this.isDirty && !this.isSending && !this.isHeld) this.send(true)
  }

  /** Wait with saving. @param {"waiting" | "conflict"} why */
  hold(why) {
    this.held = why
    clearTimeout(this.timer)
  }

  /** Save on top of `revision` from now on; `keep` what was typed, or forget it.
   * @param {number} revision @param {boolean} keep */
  release(revision, keep) {
    this.held = ""
    this.revision = revision
    if (keep) this.soon(0)
    else this.forget()
  }

  forget() {
    this.isDirty = this.isRefused = false
    this.wanted.drafts.drop(this.wanted.key)
    this.wanted.onState("", "")
  }

  /** @param {number} wait */
  soon(wait) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), wait)
  }

  async send(isLeaving = false) {
    if (this.isSending || !this.isDirty || this.isHeld) return
    const { address, read, seconds, onState } = this.wanted
    clearTimeout(this.timer)
    this.isSending = true
    this.isDirty = this.isRefused = false
    onState("saving", "Saving …")
    const doc = read()
    try {
      const data = { doc, revision: this.revision, window: WINDOW, seconds: seconds() }
      const { status, answer } = await post(address, data, { keepalive: isLeaving })
      this.isSending = false
      this.failures = 0
      this.hear(status, answer)
    } catch (error) {
      this.isSending = false
      this.isDirty = true
      const isSignedOut = error instanceof Unreachable && error.signedOut
      onState("lost", isSignedOut ? error.message : "Not saved yet – trying again")
      this.soon(Math.min(1000 * 2 ** this.failures++, LONGEST_WAIT))
      if (!(error instanceof Unreachable)) throw error
    }
  }

  /** @param {number} status @param {import("../sending.js").Answer} answer */
  hear(status, answer) {
    const { drafts, key, onState, onSaved, onConflict } = this.wanted
    if (status === 200) {
      this.revision = answer.revision ?? this.revision
      this.isAnswered = true
      onSaved(answer)
      this.isAnswered = false
      if (this.isDirty) {
        this.keep()
        return this.soon(PAUSE)
      }
      drafts.drop(key)
      return onState("saved", `Saved ${answer.saved ?? ""}`)
    }
    this.isDirty = true
    if (answer.being_written) {
      this.hold("waiting")
      return onState("waiting", "Saved once the new version is there")
    }
    if (status === 409) {
      this.hold("conflict")
      onConflict(answer)
      return onState("conflict", "Not saved: changed by someone else")
    }
    this.isRefused = true
    return onState("wrong", answer.error ?? "This could not be saved. Copy your text and reload the page.")
  }
}

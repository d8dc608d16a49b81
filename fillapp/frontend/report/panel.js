// @ts-check
// Beside the paper: what a part was asked, what is to be checked in it, and its versions.
import { element } from "../page.js"
import { getHtml } from "../sending.js"
import { openVersion } from "./versions.js"

/** @typedef {import("./block.js").Block} Block */

export class Panel {
  /** @param {import("./report.js").Report} report */
  constructor(report) {
    this.report = report
    this.place = element("about")
    /** @type {Block | null} */
    this.block = null
    this.turn = 0
    /** Wishes begun and not sent, by block. @type {Map<Block, string>} */
    this.wishes = new Map()
    this.place.addEventListener("submit", (event) => this.wish(event))
    this.place.addEventListener("click", (event) => this.click(event))
    this.place.addEventListener("keydown", (event) => event.key === "Escape" && this.close())
  }

  get isOpen() {
    return !this.place.hidden
  }

  /** @param {Block} block @param {{ toWish?: boolean }} [how] */
  async open(block, { toWish = false } = {}) {
    const from = document.activeElement
    if (!(await this.show(block))) return
    this.place.hidden = false
    // Whoever has gone on to something else meanwhile stays there.
    if (document.activeElement !== from && document.activeElement !== document.body) return
    const target = toWish ? this.place.querySelector("textarea") : null
    if (target) target.focus()
    else this.place.focus()
  }

  close() {
    const hadFocus = this.place.contains(document.activeElement)
    this.place.hidden = true
    if (hadFocus) this.block?.section.focus()
  }

  /** Show another block, if it is open. @param {Block} block */
  follow(block) {
    if (this.isOpen && block !== this.block && !this.wishWords) this.show(block)
  }

  /** @param {Block} block */
  refresh(block) {
    if (this.isOpen && block === this.block && !block.isUnfinished && !this.wishWords && !this.place.contains(document.activeElement)) this.show(block)
  }

  get wishWords() {
    return this.place.querySelector("textarea")?.value ?? ""
  }

  /** Show a block once its words are there, and the one before until then; whether it is shown. @param {Block} block */
  async show(block) {
    const turn = ++this.turn
    try {
      const html = await getHtml(`${block.address}about/`)
      // Another block may have been asked for meanwhile.
      if (turn !== this.turn) return false
      if (this.block && this.wishWords) this.wishes.set(this.block, this.wishWords)
      this.block = block
      this.place.innerHTML = `<button class="tool about-close" type="button" data-do="close-about" aria-label="Close">✕</button>${html}`
      const field = this.place.querySelector("textarea")
      if (field) field.value = this.wishes.get(block) ?? ""
      this.wishes.delete(block)
      return true
    } catch (error) {
      this.report.say(error instanceof Error ? error.message : String(error))
      return false
    }
  }

  /** @param {SubmitEvent} event */
  async wish(event) {
    event.preventDefault()
    const { target: form, submitter } = event
    const block = this.block
    if (!(form instanceof HTMLFormElement) || !block) return
    const versions = submitter instanceof HTMLButtonElement ? Number(submitter.value) : 1
    const note = this.wishWords
    block.section.focus()
    const isAsked = await this.report.actions.again(block, note, versions)
    if (isAsked && this.wishWords === note) form.reset()
  }

  /** @param {MouseEvent} event */
  click(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-compare]") : null
    if (button instanceof HTMLElement && this.block) openVersion(this.report, this.block, button.dataset.compare ?? "")
  }
}

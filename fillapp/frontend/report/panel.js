// @ts-check
// Beside the paper: what a part was asked, what is to be checked in it, and its versions.
import { element } from "../page.js"
import { getHtml } from "./sending.js"
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
    this.place.addEventListener("submit", (event) => this.wish(event))
    this.place.addEventListener("click", (event) => this.click(event))
    this.place.addEventListener("keydown", (event) => event.key === "Escape" && this.close())
  }

  get isOpen() {
    return !this.place.hidden
  }

  /** @param {Block} block @param {{ toWish?: boolean }} [how] */
  async open(block, { toWish = false } = {}) {
    this.place.hidden = false
    await this.show(block)
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

  /** @param {Block} block */
  async show(block) {
    this.block = block
    const turn = ++this.turn
    try {
      const html = await getHtml(`${block.address}about/`)
      // Another block may have been asked for meanwhile.
      if (turn !== this.turn) return
      this.place.innerHTML = `<button class="tool about-close" type="button" data-do="close-about" aria-label="Close">✕</button>${html}`
    } catch (error) {
      this.report.say(error instanceof Error ? error.message : String(error))
    }
  }

  /** @param {SubmitEvent} event */
  wish(event) {
    event.preventDefault()
    if (!(event.target instanceof HTMLFormElement) || !this.block) return
    const versions = event.submitter instanceof HTMLButtonElement ? Number(event.submitter.value) : 1
    const note = this.wishWords
    event.target.reset()
    this.block.section.focus()
    this.report.actions.again(this.block, note, versions)
  }

  /** @param {MouseEvent} event */
  click(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-compare]") : null
    if (button instanceof HTMLElement && this.block) openVersion(this.report, this.block, button.dataset.compare ?? "")
  }
}

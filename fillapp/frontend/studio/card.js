// @ts-check
// One card of the editor: a heading or text typed in place, or a block whose form opens below its head.
import { getHtml } from "../sending.js"
import { say } from "../toast.js"
import { watchRows } from "../rows.js"
import { FormSaving } from "./form_saving.js"
import { showConflict, showErrors } from "./form_notes.js"
import { helpWriting } from "./writing_help.js"
import { make } from "./studio.js"

export class Card {
  /** @param {import("./studio.js").Studio} studio @param {HTMLElement} item */
  constructor(studio, item) {
    this.studio = studio
    this.item = item
    this.name = item.dataset.part ?? ""
    /** What the form says was made of. */
    this.stamp = item.dataset.stamp ?? ""
    this.isMoving = false
    /** Whether its preview is to be written once the keyboard has left it. */
    this.isTouched = false
    this.saving = new FormSaving(this)
    /** @type {HTMLFormElement | null} */
    this.form = item.querySelector("form[data-static]")
    if (this.form) this.watch(this.form)
    this.item.addEventListener("focusout", (event) => this.leave(event))
  }

  get called() {
    return this.item.dataset.called ?? ""
  }

  get canMove() {
    return this.name !== "about"
  }

  get isBlock() {
    return this.name.startsWith("block-")
  }

  get place() {
    return [...(this.item.parentElement?.children ?? [])].indexOf(this.item) + 1
  }

  get body() {
    return /** @type {HTMLElement | null} */ (this.item.querySelector("[data-body]"))
  }

  get opener() {
    return /** @type {HTMLElement | null} */ (this.item.querySelector("[data-open]"))
  }

  get isOpen() {
    return this.body !== null && !this.body.hidden
  }

  /** @param {number} by */
  neighbour(by) {
    const other = by < 0 ? this.item.previousElementSibling : this.item.nextElementSibling
    return other instanceof HTMLElement ? this.studio.cardOf(other) : null
  }

  /** The keyboard is on the card, and the card in sight. */
  focus() {
    const target = this.item.querySelector("[data-grip]") ?? this.opener
    if (target instanceof HTMLElement) target.focus({ preventScroll: true })
    this.item.scrollIntoView({ block: "nearest" })
  }

  /** A new part: its first field waits for words. */
  async begin() {
    if (this.isBlock) await this.open()
    const field = this.item.querySelector(this.isBlock ? "[name^='block.'][name$='.instructions']" : "input, textarea")
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      field.focus()
      if (!this.isBlock) field.select()
    }
    this.item.scrollIntoView({ block: "nearest" })
  }

  async toggle() {
    if (this.isOpen) this.close()
    else await this.open()
  }

  async open() {
    const { body } = this
    if (!body || this.isOpen) return
    this.setOpen(body, true)
    this.studio.preview.showPart(this.name)
    if (!this.form) await this.load(body)
  }

  /** @param {HTMLElement} body */
  async load(body) {
    body.setAttribute("aria-busy", "true")
    try {
      const html = await getHtml(`${this.studio.address}${this.canMove ? `parts/${this.name}/` : "about/"}`)
      // What was typed meanwhile stays, and is held against theirs when it is saved.
      if (this.form && this.saving.isOpen) return undefined
      const place = placeOf(body)
      body.innerHTML = html
      place.restore()
    } catch {
      if (!this.form) this.setOpen(body, false)
      return say("The form could not be loaded. Try again when the connection is back.")
    } finally {
      body.removeAttribute("aria-busy")
    }
    this.form = body.querySelector("form")
    if (!this.form) return undefined
    this.stamp = this.form.dataset.stamp ?? ""
    for (const rows of body.querySelectorAll("[data-rows]")) if (rows instanceof HTMLElement) watchRows(rows)
    this.watch(this.form)
    if (this.isBlock) helpWriting(this, this.form)
    return undefined
  }

  /** @param {boolean} [focus] */
  close(focus = true) {
    const { body } = this
    if (!body || !this.isOpen) return
    if (focus) this.opener?.focus()
    this.setOpen(body, false)
    this.finish()
  }

  /** @param {HTMLElement} body @param {boolean} open */
  setOpen(body, open) {
    body.hidden = !open
    this.item.classList.toggle("is-open", open)
    this.opener?.setAttribute("aria-expanded", String(open))
  }

  /** @param {HTMLFormElement} form */
  watch(form) {
    form.addEventListener("input", () => this.saving.change())
    form.addEventListener("submit", (event) => event.preventDefault())
    form.addEventListener("keydown", (event) => {
      // A heading is one line: Enter has said it.
      if (event.key === "Enter" && event.target instanceof HTMLInputElement && form.hasAttribute("data-static")) event.target.blur()
    })
  }

  /** @param {FocusEvent} event */
  leave(event) {
    if (event.relatedTarget instanceof Node && this.item.contains(event.relatedTarget)) return
    // The window lost the keyboard, not the card.
    if (!document.hasFocus()) return
    this.finish()
  }

  /** Somebody is done with it for now: all is saved, and its preview follows. */
  async finish() {
    await this.saving.settle()
    this.saving.endSitting()
    if (!this.isTouched || !this.isBlock || (this.isOpen && this.item.contains(document.activeElement))) return
    this.write()
  }

  /** Write its preview now. */
  async write() {
    if (!this.isBlock) return
    await this.saving.settle()
    if (this.saving.isOpen) return
    this.isTouched = false
    this.studio.preview.refresh([this.name])
  }

  /** It was saved. @param {import("./studio.js").Answer} answer */
  saved(answer) {
    this.isTouched ||= answer.change !== undefined
    showErrors(this, [])
    this.studio.steps.note(answer)
  }

  /** What cannot be saved is said where it stands. @param {import("./studio.js").Answer} answer */
  refused(answer) {
    showErrors(this, answer.errors ?? [{ name: "", words: answer.error ?? "This could not be saved. Reload the page." }])
  }

  /** @param {import("./studio.js").Answer} answer */
  conflicted(answer) {
    showConflict(this, answer)
  }

  /** Take over how the server shows it. @param {string} html @param {string} stamp */
  update(html, stamp) {
    const next = make(html)
    const isOwn = this.saving.isAnswered || stamp === this.stamp
    this.item.dataset.stamp = stamp
    this.item.dataset.called = next.dataset.called ?? ""
    if (this.isBlock) {
      const [head, shown] = [next.querySelector("[data-open]"), this.opener]
      if (head && shown && head.innerHTML !== shown.innerHTML) shown.innerHTML = head.innerHTML
      for (const button of next.querySelectorAll("[aria-label]")) {
        const same = button.hasAttribute("data-grip") ? "[data-grip]" : `[data-do=${button.getAttribute("data-do")}]`
        this.item.querySelector(same)?.setAttribute("aria-label", button.getAttribute("aria-label") ?? "")
      }
      const isOther = this.item.dataset.kind !== next.dataset.kind
      this.item.dataset.kind = next.dataset.kind ?? ""
      if (isOwn) this.stamp = stamp
      if (isOwn ? isOther : !this.saving.isOpen) this.reload()
    } else if (isOwn) this.stamp = stamp
  }

  /** Take over what the form is made of where nothing else of the card is shown. @param {string} stamp */
  follow(stamp) {
    if (!this.form || this.saving.isAnswered) this.stamp = stamp
    else if (stamp !== this.stamp && !this.saving.isOpen) this.reload()
  }

  /** It was changed elsewhere, or is of another kind now: the form shows what there is. */
  async reload() {
    if (this.body && this.isOpen) await this.load(this.body)
    else this.form = null
  }

  /** @param {string} name */
  rename(name) {
    this.name = name
    this.item.dataset.part = name
    this.item.id = `card-${name}`
  }
}

/** Where the keyboard is in the form, for when its fields are others. @param {HTMLElement} body */
function placeOf(body) {
  const field = body.contains(document.activeElement) ? document.activeElement : null
  const caret = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text") ? field.selectionStart : null
  const more = body.querySelector("details.more")?.hasAttribute("open")
  return {
    restore() {
      if (more) body.querySelector("details.more")?.setAttribute("open", "")
      if (!field) return
      const same = field.id ? body.querySelector(`#${CSS.escape(field.id)}`) : null
      const next = same ?? body.querySelector("input:not([type=hidden]), select, textarea")
      if (next instanceof HTMLElement) next.focus({ preventScroll: true })
      if (caret !== null && (next instanceof HTMLTextAreaElement || next instanceof HTMLInputElement)) next.setSelectionRange(caret, caret)
    },
  }
}

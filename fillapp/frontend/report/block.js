// @ts-check
// One block of the page: shown as the server shows it, typed in place, and merged with what others do to it.
import { element, replace } from "../page.js"
import { WINDOW } from "./drafts.js"
import { Saving } from "./saving.js"
import { get } from "./sending.js"
import { showConflict } from "./conflict.js"

const PARTS = ["head", "foot"]
const UNFINISHED = ["waiting", "queued", "running"]

/** @typedef {typeof import("./editor.js")} EditorModule */

export class Block {
  /** @param {HTMLElement} section @param {import("./report.js").Report} report */
  constructor(section, report) {
    this.section = section
    this.report = report
    this.key = section.dataset.block ?? ""
    this.address = `${report.address}blocks/${this.key}/`
    /** @type {import("@tiptap/core").Editor | null} */
    this.editor = null
    /** @type {EditorModule | null} */
    this.module = null
    /** @type {Saving | null} */
    this.saving = null
    /** @type {Promise<void> | null} */
    this.opening = null
    this.early = ""
    section.addEventListener("change", (event) => this.choose(event))
  }

  get name() {
    return this.section.dataset.name ?? ""
  }

  get body() {
    return /** @type {HTMLElement} */ (this.section.querySelector("[data-part=body]"))
  }

  get revision() {
    return Number(this.section.dataset.revision)
  }

  get isUnfinished() {
    return UNFINISHED.includes(this.section.dataset.state ?? "")
  }

  get isToReview() {
    const { state, review } = this.section.dataset
    return (state === "ready" || state === "attention") && (review === "not yet" || review === "rejected")
  }

  /** @returns {import("./editor.js").Form | null} */
  get form() {
    return this.section.dataset.editor ? JSON.parse(this.section.dataset.editor) : null
  }

  /** Open it for typing, at a point of the screen if one was clicked. @param {{ left: number, top: number }} [at] */
  async edit(at) {
    const form = this.form
    if (!form) return this.report.say(this.section.classList.contains("is-locked") ? "This part is locked. Unlock it to change it." : "This part cannot be changed now.")
    if (!form.content) return this.body.querySelector("input")?.focus()
    if (!this.editor) {
      this.opening ??= this.open(form).finally(() => (this.opening = null))
      await this.opening
    }
    if (!this.editor) return
    const found = at ? this.editor.view.posAtCoords(at) : null
    this.editor.commands.focus(found ? found.pos : at ? undefined : "end", { scrollIntoView: !at })
    if (this.early) this.editor.commands.insertContent({ type: "text", text: this.early })
    this.early = ""
  }

  /** Keep a key that was pressed before the editor was there; whether it was one for the text.
   * @param {KeyboardEvent} event */
  takeEarly(event) {
    if (!this.opening) return false
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.early += event.key
    return true
  }

  /** @param {import("./editor.js").Form} form */
  async open(form) {
    try {
      const [module, { answer }] = await Promise.all([import("./editor.js"), get(`${this.address}document.json`)])
      const { makeToolbar } = await import("./toolbar.js")
      this.mount(module, makeToolbar, form, answer.doc ?? {}, answer.revision ?? this.revision)
    } catch (error) {
      this.report.say(error instanceof Error ? error.message : String(error))
    }
  }

  /** @param {EditorModule} module @param {typeof import("./toolbar.js").makeToolbar} makeToolbar
   * @param {import("./editor.js").Form} form @param {object} doc @param {number} revision */
  mount(module, makeToolbar, form, doc, revision) {
    const host = document.createElement("div")
    host.className = "block-host"
    this.module = module
    this.startSaving(revision)
    this.editor = module.makeEditor({
      element: host,
      doc,
      form,
      label: this.name,
      lang: this.report.language,
      onChange: () => this.saving?.change(),
      onNotice: (words) => this.report.say(words),
      onLeave: () => this.section.focus(),
    })
    this.body.replaceChildren(host, makeToolbar(this.editor, form, this.name))
    this.section.classList.add("is-typed-in")
  }

  /** @param {number} revision */
  startSaving(revision) {
    this.saving ??= new Saving(
      {
        address: `${this.address}edit/`,
        key: this.key,
        drafts: this.report.drafts,
        read: () => this.read(),
        seconds: () => this.report.viewTime.take(this.key),
        onState: (state, words) => this.showSaving(state, words),
        onConflict: (answer) => showConflict(this, answer),
        onSaved: (answer) => this.report.apply(answer),
      },
      revision,
    )
    return this.saving
  }

  /** The document as it stands in the page. @returns {object} */
  read() {
    if (this.editor) return this.editor.getJSON()
    const chosen = [...this.body.querySelectorAll("input:checked")].map((input) => /** @type {HTMLInputElement} */ (input).value)
    return { type: "doc", content: chosen.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] })) }
  }

  /** A native control was used. @param {Event} event */
  choose(event) {
    if (!(event.target instanceof HTMLInputElement) || !event.target.closest("[data-choices]")) return
    this.startSaving(this.revision).change()
  }

  /** @param {import("./saving.js").State} state @param {string} words */
  showSaving(state, words) {
    const place = this.section.querySelector("[data-save]")
    if (place && place.textContent !== words) place.textContent = words
    this.section.dataset.saving = state
    this.report.showSaving()
  }

  /** Show the section as the server shows it now; what is being typed stays. @param {string} html */
  update(html) {
    const holder = document.createElement("template")
    holder.innerHTML = html.trim()
    const next = holder.content.firstElementChild
    if (!(next instanceof HTMLElement) || next.dataset.version === this.section.dataset.version) return
    const saved = this.section.querySelector("[data-save]")?.textContent ?? ""
    for (const part of PARTS) {
      const [old, fresh] = [this.section, next].map((place) => place.querySelector(`[data-part=${part}]`))
      if (old instanceof HTMLElement && fresh) replace(old, fresh.outerHTML)
    }
    const place = this.section.querySelector("[data-save]")
    if (place) place.textContent = saved
    const before = this.revision
    this.takeAttributes(next)
    this.updateBody(/** @type {HTMLElement} */ (next.querySelector("[data-part=body]")), before)
    this.report.noteChange(this)
  }

  /** @param {HTMLElement} next */
  takeAttributes(next) {
    const kept = ["is-active", "is-typed-in"].filter((name) => this.section.classList.contains(name))
    for (const name of ["data-editor", "aria-busy"]) if (!next.hasAttribute(name)) this.section.removeAttribute(name)
    for (const { name, value } of next.attributes) this.section.setAttribute(name, value)
    this.section.classList.add(...kept)
  }

  /** @param {HTMLElement} next @param {number} before */
  updateBody(next, before) {
    const isMine = this.section.dataset.window === WINDOW
    if (!this.editor) {
      if (this.saving?.isDirty || this.saving?.isSending) return
      if (this.saving) this.saving.revision = this.revision
      if (!(isMine && this.body.querySelector("[data-choices]"))) replace(this.body, next.outerHTML)
      return
    }
    this.editor.setEditable(Boolean(this.form), false)
    this.showWriting(this.isUnfinished ? next : null)
    if (this.isUnfinished || this.revision === before || !this.saving) return
    if (isMine) this.saving.revision = this.revision
    else if (this.saving.isDirty || this.saving.isSending || this.saving.isHeld) {
      // Its save is answered with both texts.
      if (this.saving.isHeld) this.saving.release(this.saving.revision, true)
    } else this.reload()
  }

  /** What is being written, in the place of what was typed. @param {HTMLElement | null} next */
  showWriting(next) {
    this.body.querySelector(".block-writing")?.remove()
    this.section.classList.toggle("is-rewritten", Boolean(next))
    if (!next) return
    const writing = document.createElement("div")
    writing.className = "block-writing"
    writing.append(...next.childNodes)
    this.body.append(writing)
  }

  /** Take over what stands on the server; a new version can be undone like anything typed. */
  async reload() {
    const form = this.form
    const { answer } = await get(`${this.address}document.json`)
    if (!this.editor || !this.module || !this.saving || !form || this.saving.isDirty) return
    this.module.setDocument(this.editor, answer.doc ?? {}, form, { undoable: this.section.dataset.window === "" })
    this.saving.revision = answer.revision ?? this.revision
  }
}

/** Every block of the page. @param {import("./report.js").Report} report @returns {Map<string, Block>} */
export function findBlocks(report) {
  const sections = /** @type {NodeListOf<HTMLElement>} */ (element("main").querySelectorAll("[data-block]"))
  return new Map([...sections].map((section) => [section.dataset.block ?? "", new Block(section, report)]))
}

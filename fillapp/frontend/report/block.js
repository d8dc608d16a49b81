// @ts-check
// One block of the page: shown as the server shows it, typed in place, and merged with what others do to it.
import { element, replace } from "../page.js"
import { WINDOW } from "./drafts.js"
import { Saving } from "./saving.js"
import { get } from "../sending.js"
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
    /** What its editor may hold, also while nobody may type. @type {import("./editor.js").Form | null} */
    this.lastForm = null
    /** @type {Promise<void> | null} */
    this.opening = null
    /** @type {KeyboardEvent[]} */
    this.early = []
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
    if (!form) return this.report.say(this.whyClosed)
    if (!form.content) {
      // Of radio buttons the chosen one has the keyboard, or an arrow key would choose another by surprise.
      const options = [...this.body.querySelectorAll("input")]
      return (options.find((one) => one.checked) ?? options[0])?.focus()
    }
    await this.mountOnce(form)
    if (!this.editor) return
    const found = at ? this.editor.view.posAtCoords(at) : null
    this.editor.commands.focus(found ? found.pos : at ? undefined : "end", { scrollIntoView: !at })
    // At once: Tiptap's own focus waits for the next frame, and what is typed before it would be lost.
    this.editor.view.focus()
    for (const event of this.early.splice(0)) this.module?.typeKey(this.editor, event)
  }

  /** @param {import("./editor.js").Form} form */
  async mountOnce(form) {
    if (this.editor) return
    this.opening ??= this.open(form).finally(() => (this.opening = null))
    await this.opening
  }

  get whyClosed() {
    if (this.section.classList.contains("is-locked")) return "This part is locked. Unlock it to change it."
    return this.isUnfinished ? "This part is being written. Wait until it is there." : "This part cannot be changed now."
  }

  /** Keep a key that was pressed before the editor was there; whether it was one for the text.
   * @param {KeyboardEvent} event */
  takeEarly(event) {
    const isForText = event.key.length === 1 || ["Enter", "Backspace", "Delete"].includes(event.key)
    if (!this.opening || !isForText || event.ctrlKey || event.metaKey || event.altKey) return false
    this.early.push(event)
    return true
  }

  /** Put a document in the place of what stands in the page, as if it were typed.
   * @param {object} doc @param {{ undoable: boolean }} how */
  setDocument(doc, how) {
    const form = this.form ?? this.lastForm
    if (this.editor && this.module && form) return this.module.setDocument(this.editor, doc, form, how)
    const chosen = readChosen(doc)
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (this.body.querySelectorAll("[data-choices] input"))
    for (const input of inputs) input.checked = chosen.includes(input.value)
    return undefined
  }

  /** Bring back what was typed on top of an older text; the server says whether it still fits.
   * @param {import("./drafts.js").Draft} draft @returns {Promise<boolean>} whether it is back */
  async restore(draft) {
    const form = this.form
    if (!form) return false
    if (form.content) await this.mountOnce(form)
    if (form.content && !this.editor) return false
    // What is typed here already has its own way.
    const saving = this.startSaving(draft.revision)
    if (saving.isOpen) return false
    saving.revision = draft.revision
    this.setDocument(draft.doc, { undoable: true })
    saving.change()
    saving.keep()
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
    this.lastForm = form
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
    // One that was under way while a newer one came.
    if (Number(next.dataset.revision) < this.revision) return
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
    // Not any version that was typed here: one that was put back is as new to the page as anybody else's.
    const isMine = this.section.dataset.window === WINDOW && Boolean(this.saving?.isSending || this.saving?.isAnswered)
    const isOpen = Boolean(this.saving?.isOpen)
    if (!this.editor) {
      if (!isOpen) {
        if (this.saving) this.saving.revision = this.revision
        if (!(isMine && this.form && this.body.querySelector("[data-choices]"))) replace(this.body, next.outerHTML)
      } else this.tryAgain(before)
      return
    }
    this.editor.setEditable(Boolean(this.form), false)
    this.showWriting(this.isUnfinished ? next : null)
    if (this.isUnfinished || !this.saving) return
    if (isMine) this.saving.revision = this.revision
    else if (isOpen) this.tryAgain(before)
    else if (this.revision !== before && this.revision !== this.saving.revision) this.reload()
  }

  /** What could not be saved as things stood may be saved now, or is answered with both texts. @param {number} before */
  tryAgain(before) {
    const saving = this.saving
    if (!saving || !this.form || saving.isSending) return
    if (saving.held === "waiting" || (saving.held === "conflict" && this.revision !== before)) saving.release(saving.revision, true)
    else if (saving.isRefused) saving.soon(0)
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
    const answer = await get(`${this.address}document.json`).then((sent) => sent.answer).catch(() => null)
    // Without an answer the revision stays the old one: nothing typed on it goes over what is not seen.
    if (!answer?.doc || !this.editor || !this.saving || this.saving.isOpen) return
    const revision = answer.revision ?? this.revision
    if (revision < this.saving.revision) return
    this.setDocument(answer.doc, { undoable: this.section.dataset.window === "" })
    this.saving.revision = revision
  }
}

/** The options that a document of a choice names. @param {object} doc @returns {string[]} */
function readChosen(doc) {
  const { content = [] } = /** @type {{ content?: { content?: { text?: string }[] }[] }} */ (doc)
  return content.map((one) => (one.content ?? []).map((part) => part.text ?? "").join(""))
}

/** Every block of the page. @param {import("./report.js").Report} report @returns {Map<string, Block>} */
export function findBlocks(report) {
  const sections = /** @type {NodeListOf<HTMLElement>} */ (element("main").querySelectorAll("[data-block]"))
  return new Map([...sections].map((section) => [section.dataset.block ?? "", new Block(section, report)]))
}

// @ts-check
// The report page: what it shows, what comes in from outside, and what people do on it.
import { element, replaceContent } from "../page.js"
import { Actions } from "./actions.js"
import { findBlocks } from "./block.js"
import { Drafts } from "./drafts.js"
import { watchFlags } from "./flags.js"
import { watchKeys } from "./keys.js"
import { Live } from "../live.js"
import { Panel } from "./panel.js"
import { ViewTime } from "./view_time.js"

const MOVED = "This report follows another version of its template now. Reload the page to see all of it."
const SAVING_WORDS = { saving: "Saving …", typing: "Saving …", lost: "Not saved yet", conflict: "Not saved", waiting: "Not saved yet", wrong: "Not saved" }

export class Report {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place
    this.address = place.dataset.address ?? ""
    this.canEdit = place.hasAttribute("data-can-edit")
    this.language = place.querySelector(".paper")?.getAttribute("lang") ?? ""
    this.drafts = new Drafts(place.dataset.report ?? "", place.dataset.person ?? "")
    /** What was typed in a page that is gone, and has no place yet. @type {Map<string, import("./drafts.js").Draft>} */
    this.orphans = new Map()
    this.viewTime = new ViewTime()
    this.blocks = findBlocks(this)
    this.title = document.title
    this.live = new Live(place.dataset.stream ?? "", this)
    this.panel = new Panel(this)
    this.actions = new Actions(this)
    /** @type {import("./block.js").Block | null} */
    this.active = null
  }

  open() {
    foldOutline()
    for (const block of this.blocks.values()) this.viewTime.watch(block.section)
    watchFlags(this.place.querySelector(".paper"))
    this.live.open()
    this.place.addEventListener("focusin", (event) => this.activate(this.blockOf(event.target)))
    this.place.addEventListener("click", (event) => this.click(event))
    // A link to a part has put the keyboard there before anybody listened.
    this.activate(this.blockOf(document.activeElement))
    if (!this.canEdit) return
    watchKeys(this)
    // So that the first click finds the editor here.
    requestIdleCallback?.(() => Promise.all([import("./editor.js"), import("./toolbar.js")]).catch(() => {}))
    this.takeUpDrafts()
    addEventListener("beforeunload", (event) => this.unsaved.length && event.preventDefault())
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush())
  }

  /** @param {EventTarget | null} target */
  blockOf(target) {
    const section = target instanceof Element ? target.closest("[data-block]") : null
    return section instanceof HTMLElement ? (this.blocks.get(section.dataset.block ?? "") ?? null) : null
  }

  /** @param {import("./block.js").Block | null} block */
  activate(block) {
    if (!block || block === this.active) return
    this.active?.section.classList.remove("is-active")
    block.section.classList.add("is-active")
    this.active = block
    this.panel.follow(block)
  }

  /** @param {MouseEvent} event */
  click(event) {
    const target = event.target instanceof Element ? event.target : null
    const block = this.blockOf(target)
    this.activate(block)
    if (target?.closest("#do-download")) return this.download(event)
    const button = target?.closest("[data-do]")
    if (button instanceof HTMLElement) {
      event.preventDefault()
      this.actions.run(button.dataset.do ?? "", block)
    } else if (this.canEdit && block && !block.editor && target?.closest("[data-part=body] .block-value, .block-empty") && !target.closest("a, input, label") && !getSelection()?.toString()) {
      block.edit({ left: event.clientX, top: event.clientY })
    }
  }

  /** @param {import("../live.js").BlockEvent} event */
  showBlock(event) {
    const block = this.blocks.get(event.key)
    // Until it is reloaded, a page has no place for a part that the report was given since.
    if (!block) return
    block.update(event.html)
    replaceContent(element(`outline-${event.key}`), event.outline)
  }

  /** The report has other parts now than this page shows. */
  showMoved() {
    const note = element("offline")
    note.lastChild?.replaceWith(MOVED)
    note.hidden = false
  }

  /** @param {import("../live.js").SummaryEvent} summary */
  showSummary(summary) {
    const line = element("line")
    // Setting the same text again would have it read out again.
    if (line.textContent !== summary.line) line.textContent = summary.line
    // An answer to something done here does not say.
    if (summary.left || summary.done === summary.total) element("left").textContent = summary.left ?? ""
    const done = /** @type {HTMLProgressElement} */ (element("done"))
    done.value = summary.done
    done.hidden = summary.done === summary.total
    document.title = done.hidden ? this.title : `${summary.done} of ${summary.total} · ${this.title}`
    replaceContent(element("actions"), summary.actions)
  }

  /** Show what an answer brought. @param {import("../sending.js").Change} change */
  apply(change) {
    const blocks = change.blocks ?? []
    const current = blocks.filter((event) => !this.isPast(event))
    for (const event of current) this.showBlock(event)
    if (change.summary && current.length === blocks.length) this.showSummary(change.summary)
  }

  /** Whether an answer comes after the stream has brought what followed it: versions are times. @param {import("../live.js").BlockEvent} event */
  isPast(event) {
    const shown = this.blocks.get(event.key)?.section.dataset.version
    return shown !== undefined && event.version < shown
  }

  /** A block is another now. @param {import("./block.js").Block} block */
  noteChange(block) {
    this.panel.refresh(block)
    this.actions.settle(block)
    this.restore(block)
  }

  /** The file holds what was typed last. @param {MouseEvent} event */
  async download(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null
    if (!link || !this.unsaved.length) return
    event.preventDefault()
    const go = () => location.assign(link.href)
    if (await this.actions.settleAll()) go()
    else this.say("Not all that you typed is saved yet: the file would lack it.", { label: "Download without it", run: go })
  }

  get unsaved() {
    return [...this.blocks.values()].filter((block) => block.saving?.isOpen)
  }

  flush() {
    for (const block of this.unsaved) block.saving?.flush()
  }

  showSaving() {
    const states = [...this.blocks.values()].map((block) => block.section.dataset.saving ?? "")
    const worst = /** @type {const} */ (["conflict", "wrong", "lost", "waiting", "saving", "typing"]).find((state) => states.includes(state))
    const words = worst ? SAVING_WORDS[worst] : states.includes("saved") ? "All saved" : ""
    const place = element("saving")
    place.classList.toggle("is-attention", Boolean(worst && worst !== "saving" && worst !== "typing"))
    if (place.textContent !== words) place.textContent = words
  }

  /** What was typed in a page that is gone, and never arrived. */
  async takeUpDrafts() {
    this.orphans = await this.drafts.findOrphans()
    for (const key of [...this.orphans.keys()]) {
      const block = this.blocks.get(key)
      if (!block) continue
      if (block.form) await this.restore(block)
      else this.say(`What you typed in “${block.name}” earlier was not saved. It comes back once the part can be changed.`)
    }
  }

  /** @param {import("./block.js").Block} block */
  async restore(block) {
    const draft = this.orphans.get(block.key)
    if (!draft || !block.form) return
    this.orphans.delete(block.key)
    if (!(await block.restore(draft))) return
    this.drafts.drop(block.key, draft.window)
    this.say(`What you typed in “${block.name}” earlier was not saved. It is back.`)
  }

  /** @param {string} words @param {{ label: string, run: () => void }} [offer] */
  say(words, offer) {
    this.actions.say(words, offer)
  }
}

/** On a narrow screen the paper comes first: the outline opens on request. */
function foldOutline() {
  const outline = document.querySelector("details[data-outline]")
  const wide = matchMedia("(min-width: 60rem)")
  const fold = () => outline instanceof HTMLDetailsElement && (outline.open = wide.matches)
  fold()
  wide.addEventListener("change", fold)
}

// @ts-check
// What people decide: accept, reject, write again, choose, lock – each can be undone.
import { element } from "../page.js"
import { Unreachable, post } from "./sending.js"
import { openOffer } from "./versions.js"

const TOAST_SECONDS = 8
/** @typedef {import("./block.js").Block} Block */
/** @typedef {{ words: string, run: () => Promise<unknown> }} Step */

export class Actions {
  /** @param {import("./report.js").Report} report */
  constructor(report) {
    this.report = report
    /** @type {Step[]} */
    this.steps = []
    /** Blocks that are being written again, with what to do once they are there. @type {Map<Block, () => void>} */
    this.awaited = new Map()
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.hiding = undefined
  }

  /** @param {string} what @param {Block | null} block */
  run(what, block) {
    if (what === "next") return this.next()
    if (what === "accept-all") return this.acceptAll()
    if (what === "undo") return this.undo()
    if (what === "help") return /** @type {HTMLDialogElement} */ (element("help")).showModal()
    if (what === "close-about") return this.report.panel.close()
    if (!block) return undefined
    if (what === "edit") return block.edit()
    if (what === "about") return this.report.panel.open(block)
    if (what === "again") return this.report.panel.open(block, { toWish: true })
    if (what === "offer") return openOffer(this.report, block)
    if (what === "stop") return this.send(block, "stop/", {})
    if (what === "lock" || what === "unlock") return this.lock(block, what === "lock")
    const decision = { accept: "accepted", reject: "rejected", reopen: "not yet" }[what]
    return decision ? this.decide(block, decision) : undefined
  }

  /** @param {Block} block @param {string} decision */
  async decide(block, decision) {
    await this.settleTyping(block)
    const before = block.section.dataset.review ?? "not yet"
    const done = await this.send(block, "decide/", { decision, revision: block.revision, seconds: this.report.viewTime.take(block.key) })
    if (!done) return
    const words = { accepted: "Accepted", rejected: "Rejected", "not yet": "Open again" }[decision] ?? decision
    this.remember(`${words}: ${block.name}`, () => this.send(block, "decide/", { decision: before, revision: block.revision }))
    if (decision === "accepted") this.next(block)
  }

  /** @param {Block} block @param {boolean} locked */
  async lock(block, locked) {
    if (!(await this.send(block, "lock/", { locked }))) return
    this.remember(`${locked ? "Locked" : "Unlocked"}: ${block.name}`, () => this.send(block, "lock/", { locked: !locked }))
  }

  /** @param {Block} block @param {string} note @param {number} versions */
  async again(block, note, versions) {
    await this.settleTyping(block)
    const before = stands(block)
    if (!(await this.send(block, "generate/", { note, versions }))) return
    this.report.say(versions > 1 ? "Three versions are being written. The text stays until you choose." : "A new version is being written. The text stays until it is there.")
    block.section.scrollIntoView({ block: "nearest" })
    this.awaited.set(block, () => {
      if (block.section.querySelector("[data-do=offer]")) return openOffer(this.report, block)
      return before && this.remember(`New version: ${block.name}`, () => this.choose(block, before))
    })
  }

  /** Let a version stand, or with none keep what stands. @param {Block} block @param {{ candidate?: number, edit?: number }} version */
  choose(block, version) {
    return this.send(block, "choose/", { ...version, revision: block.revision })
  }

  /** @param {Block} block @param {{ candidate?: number, edit?: number }} version */
  async chooseAndRemember(block, version) {
    const before = stands(block)
    if (!(await this.choose(block, version))) return
    if (before && (version.candidate || version.edit)) this.remember(`Another version: ${block.name}`, () => this.choose(block, before))
  }

  async acceptAll() {
    this.report.flush()
    const answer = await this.post(`${this.report.address}accept/`, { by_block: this.report.viewTime.takeAll() })
    const accepted = answer?.accepted ?? []
    if (!accepted.length) return
    const blocks = accepted.map((key) => this.report.blocks.get(key)).filter((block) => block !== undefined)
    this.remember(`Accepted ${accepted.length} part${accepted.length > 1 ? "s" : ""}`, async () => {
      for (const block of blocks) await this.send(block, "decide/", { decision: "not yet", revision: block.revision })
    })
  }

  /** Go to the next block that waits for a decision, after this one or from the top. @param {Block | null} [from] */
  next(from = this.report.active) {
    const blocks = [...this.report.blocks.values()]
    const at = from ? blocks.indexOf(from) + 1 : 0
    const found = [...blocks.slice(at), ...blocks.slice(0, at)].find((block) => block.isToReview)
    if (!found) return from ? undefined : this.report.say("Nothing is left to review.")
    return goTo(found)
  }

  /** What is typed is saved before it is decided on. @param {Block} block */
  async settleTyping(block) {
    if (!block.saving?.isDirty && !block.saving?.isSending) return
    block.saving.flush()
    for (let tries = 0; tries < 50 && (block.saving.isSending || block.saving.isDirty); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** A block has come to rest. @param {Block} block */
  settle(block) {
    const then = block.isUnfinished ? undefined : this.awaited.get(block)
    if (!then) return
    this.awaited.delete(block)
    then()
  }

  /** @param {Block} block @param {string} what @param {object} data */
  send(block, what, data) {
    return this.post(`${block.address}${what}`, data)
  }

  /** @param {string} address @param {object} data @returns {Promise<import("./sending.js").Answer | null>} */
  async post(address, data) {
    try {
      const { status, answer } = await post(address, data)
      if (status === 200) {
        this.report.apply(answer)
        return answer
      }
      this.report.say(answer.error ?? "That did not work. Reload the page and try again.")
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      this.report.say(error.signedOut ? "You are signed out. Sign in again in another tab, then try again." : "The connection is lost. Try again when it is back.")
    }
    return null
  }

  /** @param {string} words @param {() => Promise<unknown>} run */
  remember(words, run) {
    this.steps.push({ words, run })
    this.say(words, { label: "Undo", run: () => this.undo() })
  }

  async undo() {
    const step = this.steps.pop()
    if (!step) return this.say("There is nothing to undo.")
    if (await step.run() !== null) this.say(`Undone. ${step.words}`)
    return undefined
  }

  /** @param {string} words @param {{ label: string, run: () => void }} [offer] */
  say(words, offer) {
    const place = element("toast")
    const line = document.createElement("span")
    line.textContent = words
    place.replaceChildren(line)
    if (offer) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "toast-button"
      button.textContent = offer.label
      button.addEventListener("click", () => {
        place.replaceChildren()
        offer.run()
      })
      place.append(button)
    }
    clearTimeout(this.hiding)
    const hide = () => (place.matches(":hover, :focus-within") ? (this.hiding = setTimeout(hide, 1000)) : place.replaceChildren())
    this.hiding = setTimeout(hide, TOAST_SECONDS * 1000)
  }
}

/** The version that stands in a block now. @param {Block} block @returns {{ candidate?: number, edit?: number } | null} */
function stands(block) {
  const [what, number] = (block.section.dataset.stands ?? "").split("-")
  return number ? { [what]: Number(number) } : null
}

/** @param {Block} block */
export function goTo(block) {
  block.section.focus({ preventScroll: true })
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
  block.section.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" })
}

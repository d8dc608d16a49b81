// @ts-check
// What people decide: accept, reject, write again, choose, lock – each can be undone.
import { element } from "../page.js"
import { Unreachable, post } from "../sending.js"
import { isTyping, say } from "../toast.js"
import { openOffer } from "./versions.js"

/** @typedef {import("./block.js").Block} Block */
/** @typedef {{ candidate?: number, edit?: number }} Version */
/** @typedef {{ words: string, run: () => Promise<unknown> }} Step */

export class Actions {
  /** @param {import("./report.js").Report} report */
  constructor(report) {
    this.report = report
    /** @type {Step[]} */
    this.steps = []
    /** Blocks that are being written again, with what to do once they are there. @type {Map<Block, () => void>} */
    this.awaited = new Map()
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
    if (!(await this.settleTyping(block))) return
    const before = block.section.dataset.review ?? "not yet"
    const done = await this.send(block, "decide/", { decision, revision: block.revision, seconds: this.report.viewTime.take(block.key) })
    if (!done) return
    const words = { accepted: "Accepted", rejected: "Rejected", "not yet": "Open again" }[decision] ?? decision
    this.remember(`${words}: ${block.name}`, this.takeBack(block, before))
    // Whoever has moved on by then stays where they are.
    if (decision === "accepted" && block === this.report.active && !isTyping()) this.next(block)
  }

  /** How a decision is undone: only while nobody has decided or written anything else since.
   * @param {Block} block @param {string} before */
  takeBack(block, before) {
    const [revision, after] = [block.revision, block.section.dataset.review]
    return async () => {
      if (block.section.dataset.review === after) return this.send(block, "decide/", { decision: before, revision })
      this.report.say(`“${block.name}” was decided on again since. It stays as it is.`)
      return null
    }
  }

  /** How another version is undone: only on the text that came of it. @param {Block} block @param {Version} before */
  putBack(block, before) {
    const { revision } = block
    return () => this.choose(block, before, revision)
  }

  /** @param {Block} block @param {boolean} locked */
  async lock(block, locked) {
    if (!(await this.send(block, "lock/", { locked }))) return
    this.remember(`${locked ? "Locked" : "Unlocked"}: ${block.name}`, () => this.send(block, "lock/", { locked: !locked }))
  }

  /** @param {Block} block @param {string} note @param {number} versions */
  async again(block, note, versions) {
    if (!(await this.settleTyping(block))) return false
    const [before, revision] = [stands(block), block.revision]
    if (!(await this.send(block, "generate/", { note, versions }))) return false
    this.report.say(versions > 1 ? "Three versions are being written. The text stays until you choose." : "A new version is being written. The text that stood here is kept.")
    block.section.scrollIntoView({ block: "nearest" })
    this.awaited.set(block, () => {
      if (block.section.querySelector("[data-do=offer]")) return this.showOffer(block)
      // One that failed or was stopped has changed nothing.
      if (before && block.revision !== revision) this.remember(`New version: ${block.name}`, this.putBack(block, before))
      return undefined
    })
    // It may have been there before the answer was.
    this.settle(block)
    return true
  }

  /** What came to choose from; nobody is torn away from what they type or look at. @param {Block} block */
  showOffer(block) {
    if (!isTyping() && !document.querySelector("dialog[open]")) return openOffer(this.report, block)
    return this.say(`New versions of “${block.name}” are there.`, { label: "Compare and choose", run: () => openOffer(this.report, block) })
  }

  /** Let a version stand, or with none keep what stands. @param {Block} block @param {Version} version
   * @param {number} revision of the text that was looked at */
  choose(block, version, revision) {
    return this.send(block, "choose/", { ...version, revision })
  }

  /** @param {Block} block @param {Version} version @param {number} revision */
  async chooseAndRemember(block, version, revision) {
    const before = stands(block)
    if (!(await this.choose(block, version, revision))) return
    if (before && (version.candidate || version.edit)) this.remember(`Another version: ${block.name}`, this.putBack(block, before))
  }

  async acceptAll() {
    if (!(await this.settleAll())) return
    // What came in meanwhile and was not seen is not among them.
    const revisions = Object.fromEntries([...this.report.blocks.values()].map((block) => [block.key, block.revision]))
    const answer = await this.post(`${this.report.address}accept/`, { by_block: this.report.viewTime.takeAll(), revisions })
    const accepted = answer?.accepted ?? []
    if (!accepted.length) return
    const blocks = accepted.map((key) => this.report.blocks.get(key)).filter((block) => block !== undefined)
    const steps = blocks.map((block) => this.takeBack(block, "not yet"))
    this.remember(`Accepted ${accepted.length} part${accepted.length > 1 ? "s" : ""}`, async () => {
      const done = []
      for (const step of steps) done.push(await step())
      return done.includes(null) ? null : done
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

  /** What is typed is saved before it is decided on; whether it is. @param {Block} block */
  async settleTyping(block) {
    const { saving } = block
    saving?.flush()
    for (let tries = 0; tries < 50 && saving?.isOpen && !saving.isHeld && !saving.isRefused; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    if (!saving?.isOpen) return true
    const why = saving.held === "conflict" ? "There are two texts for it: choose one first." : "What you typed there is not saved yet."
    this.say(`Not yet: “${block.name}”. ${why}`)
    goTo(block)
    return false
  }

  /** Whether all that is typed on the page is saved. */
  async settleAll() {
    for (const block of this.report.unsaved) if (!(await this.settleTyping(block))) return false
    return true
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

  /** @param {string} address @param {object} data @returns {Promise<import("../sending.js").Answer | null>} */
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

  /** @param {string} words @param {import("../toast.js").Offer} [offer] */
  say(words, offer) {
    say(words, offer)
  }
}

/** The version that stands in a block now. @param {Block} block @returns {Version | null} */
function stands(block) {
  const [what, number] = (block.section.dataset.stands ?? "").split("-")
  return number ? { [what]: Number(number) } : null
}

/** @param {Block} block @param {boolean} [atOnce] for a part that is about to be decided on */
export function goTo(block, atOnce = matchMedia("(prefers-reduced-motion: reduce)").matches) {
  block.section.focus({ preventScroll: true })
  block.section.scrollIntoView({ block: "start", behavior: atOnce ? "instant" : "smooth" })
}

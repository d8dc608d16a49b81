// @ts-check
// Undo and redo: the changes of this page, each of which the server can take back.
import { element } from "../page.js"
import { say } from "../toast.js"

export class Steps {
  /** @param {import("./studio.js").Studio} studio */
  constructor(studio) {
    this.studio = studio
    /** @type {number[]} */
    this.done = (studio.place.dataset.changes ?? "").split(" ").filter(Boolean).map(Number)
    /** @type {number[]} */
    this.undone = []
  }

  /** A change of this page arrived; one sitting is one change. @param {import("./studio.js").Answer | null} answer
   * @param {boolean} [aloud] */
  note(answer, aloud = false) {
    if (!answer?.change) return
    if (this.done.at(-1) !== answer.change) this.done.push(answer.change)
    this.undone = []
    this.show()
    if (aloud) say(`${answer.what}.`, { label: "Undo", run: () => this.undo() })
  }

  undo() {
    return this.take(this.done, this.undone, "There is nothing to undo.")
  }

  redo() {
    return this.take(this.undone, this.done, "There is nothing to do again.")
  }

  /** @param {number[]} from @param {number[]} to @param {string} nothing */
  async take(from, to, nothing) {
    // What is typed and not saved yet, or not answered yet, is the latest step.
    await this.studio.settle()
    await this.studio.queue
    const change = from.pop()
    if (change === undefined) return say(nothing)
    const answer = await this.studio.change("undo/", { change: String(change) })
    if (answer?.change) to.push(answer.change)
    // Not answered at all: it is still to be had.
    else if (!answer) from.push(change)
    this.show()
    if (answer?.what) say(`${answer.what}.`)
    return undefined
  }

  show() {
    const [undo, redo] = [element("undo"), element("redo")]
    for (const [button, steps] of /** @type {[HTMLButtonElement, number[]][]} */ ([[undo, this.done], [redo, this.undone]])) {
      button.disabled = steps.length === 0
    }
  }
}

// @ts-check
// The keyboard of the report page. Single keys can be switched off: not everybody presses one on purpose.
import { element } from "../page.js"
import { keepSingleKeys, letterOf, wantsSingleKeys } from "../single_keys.js"
import { isTyping } from "../toast.js"
import { goTo } from "./actions.js"

const ACTIONS = { a: "accept", x: "reject", e: "edit", Enter: "edit", r: "again", i: "about" }
const DECIDING = ["accept", "reject", "lock", "unlock"]

/** @param {import("./report.js").Report} report */
export function watchKeys(report) {
  const help = /** @type {HTMLDialogElement} */ (element("help"))
  const single = /** @type {HTMLInputElement} */ (element("single-keys"))
  single.checked = wantsSingleKeys()
  single.addEventListener("change", () => keepSingleKeys(single.checked))
  help.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-close]")) help.close()
  })
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return undefined
    if (report.active?.takeEarly(event)) return event.preventDefault()
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) return
    const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z"
    if (undoes) report.actions.undo()
    else if (event.ctrlKey || event.metaKey || event.altKey) return undefined
    else if (event.key === "?") help.showModal()
    else if (!single.checked || !press(report, event)) return undefined
    return event.preventDefault()
  })
}

/** Whether the key means something here. @param {import("./report.js").Report} report @param {KeyboardEvent} event */
function press(report, event) {
  const key = letterOf(event)
  if (key === "j" || key === "k") return step(report, key === "j" ? 1 : -1)
  // A key held down decides once.
  if (event.repeat) return false
  if (key === "n") report.actions.next()
  const block = report.active
  // Enter belongs to whatever it is pressed on, unless that is the block itself.
  if (key === "Enter" && event.target !== block?.section) return false
  const isLocked = block?.section.classList.contains("is-locked")
  const action = key === "l" ? (isLocked ? "unlock" : "lock") : ACTIONS[/** @type {keyof typeof ACTIONS} */ (key)]
  if (action && block) runInSight(report, action, block)
  return key === "n" || Boolean(block && action)
}

/** Nothing is decided on a part that has been scrolled away: the first press shows which it is.
 * @param {import("./report.js").Report} report @param {string} action @param {import("./block.js").Block} block */
function runInSight(report, action, block) {
  const { top, bottom } = block.section.getBoundingClientRect()
  if (bottom > 0 && top < innerHeight) return report.actions.run(action, block)
  goTo(block, true)
  return DECIDING.includes(action) ? report.say(`This is “${block.name}”. Press the key once more.`) : report.actions.run(action, block)
}

/** @param {import("./report.js").Report} report @param {1 | -1} by */
function step(report, by) {
  const blocks = [...report.blocks.values()]
  const at = report.active ? blocks.indexOf(report.active) + by : 0
  const next = blocks[Math.max(0, Math.min(at, blocks.length - 1))]
  if (next) goTo(next)
  return true
}

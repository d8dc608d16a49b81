// @ts-check
// The keyboard of the report page. Single keys can be switched off: not everybody presses one on purpose.
import { element } from "../page.js"
import { goTo } from "./actions.js"

const SETTING = "fill-single-keys"
const ACTIONS = { a: "accept", x: "reject", e: "edit", Enter: "edit", r: "again", i: "about" }

/** @param {import("./report.js").Report} report */
export function watchKeys(report) {
  const help = /** @type {HTMLDialogElement} */ (element("help"))
  const single = /** @type {HTMLInputElement} */ (element("single-keys"))
  single.checked = localStorage.getItem(SETTING) !== "off"
  single.addEventListener("change", () => localStorage.setItem(SETTING, single.checked ? "on" : "off"))
  help.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-close]")) help.close()
  })
  document.addEventListener("keydown", (event) => {
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
  if (event.key === "j" || event.key === "k") return step(report, event.key === "j" ? 1 : -1)
  if (event.key === "n") report.actions.next()
  const block = report.active
  // Enter belongs to whatever it is pressed on, unless that is the block itself.
  if (event.key === "Enter" && event.target !== block?.section) return false
  if (event.key === "l" && block) report.actions.run(block.section.classList.contains("is-locked") ? "unlock" : "lock", block)
  const action = ACTIONS[/** @type {keyof typeof ACTIONS} */ (event.key)]
  if (action && block) report.actions.run(action, block)
  return event.key === "n" || Boolean(block && (action || event.key === "l"))
}

/** @param {import("./report.js").Report} report @param {1 | -1} by */
function step(report, by) {
  const blocks = [...report.blocks.values()]
  const at = report.active ? blocks.indexOf(report.active) + by : 0
  const next = blocks[Math.max(0, Math.min(at, blocks.length - 1))]
  if (next) goTo(next)
  return true
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"))
}

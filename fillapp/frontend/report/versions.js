// @ts-check
// The dialog of versions: one against what stands, or several side by side to choose from.
import { element } from "../page.js"
import { getHtml } from "../sending.js"

/** @typedef {import("./block.js").Block} Block */
/** @typedef {import("./report.js").Report} Report */

/** @param {Report} report @param {Block} block */
export const openOffer = (report, block) => open(report, block, `${block.address}offered/`)

/** @param {Report} report @param {Block} block @param {string} address */
export const openVersion = (report, block, address) => open(report, block, address)

/** @param {Report} report @param {Block} block @param {string} address */
async function open(report, block, address) {
  const dialog = /** @type {HTMLDialogElement} */ (element("versions"))
  // What is compared is what stands, and that is what was typed last.
  if (!(await report.actions.settleTyping(block))) return undefined
  try {
    dialog.innerHTML = await getHtml(address)
  } catch (error) {
    return report.say(error instanceof Error ? error.message : String(error))
  }
  dialog.onclick = (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (!button) return
    if (button.hasAttribute("data-close")) dialog.close()
    if (button.hasAttribute("data-choose")) {
      dialog.close()
      report.actions.chooseAndRemember(block, read(button), Number(button.dataset.revision))
    }
  }
  dialog.onclose = () => block.section.focus()
  return dialog.showModal()
}

/** @param {HTMLButtonElement} button @returns {{ candidate?: number, edit?: number }} */
function read(button) {
  const { candidate, edit } = button.dataset
  if (candidate) return { candidate: Number(candidate) }
  return edit ? { edit: Number(edit) } : {}
}

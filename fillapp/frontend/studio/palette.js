// @ts-check
// What can be added: a heading, a text, a block of each kind, and ready-made blocks.
import { element } from "../page.js"
import { getHtml } from "../sending.js"
import { say } from "../toast.js"
import { watchPalette } from "./palette_search.js"

/** @param {import("./studio.js").Studio} studio @param {string} after the part behind which it goes */
export async function openPalette(studio, after) {
  const dialog = /** @type {HTMLDialogElement} */ (element("palette"))
  try {
    if (!dialog.childElementCount) {
      dialog.innerHTML = await getHtml(`${studio.address}palette/`)
      watchPalette(/** @type {HTMLElement} */ (dialog.querySelector("[data-palette]")))
    }
  } catch {
    return say("The blocks could not be loaded. Try again when the connection is back.")
  }
  dialog.onclick = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-add]") : null
    if (!(button instanceof HTMLElement)) return
    dialog.close()
    studio.add(button.dataset.add ?? "", after)
  }
  dialog.showModal()
  return undefined
}

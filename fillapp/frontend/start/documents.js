// @ts-check
// What is done to documents in the list: removed, replaced, taken from an earlier report.

/** @param {HTMLFormElement} form @param {import("./case.js").Case} standing @param {import("./uploads.js").Uploads} uploads */
export function watchDocuments(form, standing, uploads) {
  const replacement = /** @type {HTMLInputElement} */ (document.getElementById("replacement"))
  let replaced = ""
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (button?.dataset.replace) {
      replaced = button.dataset.replace
      replacement.click()
    } else if (button?.dataset.reuse !== undefined) {
      event.preventDefault()
      reuse(form, standing, button)
    } else if (button?.value.startsWith("remove-")) {
      event.preventDefault()
      remove(form, standing, button)
    }
  })
  replacement.addEventListener("change", () => {
    uploads.take([...(replacement.files ?? [])], replaced)
    replacement.value = ""
  })
}

/** @param {HTMLFormElement} form @param {import("./case.js").Case} standing @param {HTMLButtonElement} button */
function remove(form, standing, button) {
  const row = /** @type {HTMLElement} */ (button.closest("[data-file]"))
  const name = row.querySelector(".file-name")?.textContent ?? ""
  const near = row.nextElementSibling ?? row.previousElementSibling
  const next = near?.querySelector("button[value^=remove-]") ?? form.querySelector("[data-pick]")
  row.remove()
  if (next instanceof HTMLElement) next.focus()
  standing.changed(`${name} is removed.`)
}

/** Take the ticked documents, or all of one report. @param {HTMLFormElement} form
 * @param {import("./case.js").Case} standing @param {HTMLButtonElement} button */
async function reuse(form, standing, button) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[name=reuse]"))
  const ticked = [...boxes].filter((box) => box.checked)
  const pks = button.dataset.reuse ? button.dataset.reuse.split(" ") : ticked.map((box) => box.value)
  if (!pks.length) return standing.say("Tick the documents to add first.")
  for (const box of boxes) if (pks.includes(box.value)) box.checked = false
  await standing.add([...new Set(pks)])
  standing.say(`${pks.length} document${pks.length > 1 ? "s are" : " is"} added. ${standing.notYet}`)
}

// @ts-check
// A link in a text: a small form in the place of the toolbar, for the mouse and for Ctrl K.

/** @typedef {import("@tiptap/core").Editor} Editor */

export const LINKS = /^(https?:\/\/|mailto:)/i

/** Ask where the selected words, or those of the link at the cursor, shall lead. @param {Editor} editor */
export function askForLink(editor) {
  const place = editor.view.dom.closest("[data-block]")?.querySelector(".toolbar-place")
  if (!place || place.querySelector(".link-form")) return true
  const form = makeForm(String(editor.getAttributes("link").href ?? ""))
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"))
  const close = () => {
    form.remove()
    editor.view.focus()
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const address = complete(field.value)
    if (address && !LINKS.test(address)) return refuse(field)
    close()
    setLink(editor, address)
  })
  form.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.link) return
    close()
    if (event.target.dataset.link === "remove") setLink(editor, "")
  })
  form.addEventListener("keydown", (event) => {
    // What is typed here is no key of the page.
    event.stopPropagation()
    if (event.key === "Escape") close()
  })
  field.addEventListener("input", () => field.setCustomValidity(""))
  place.append(form)
  field.select()
  return true
}

/** @param {string} address */
function makeForm(address) {
  const form = document.createElement("form")
  form.className = "link-form"
  form.noValidate = true
  const label = document.createElement("label")
  label.textContent = "Link to "
  const field = document.createElement("input")
  field.inputMode = "url"
  field.autocomplete = "off"
  field.placeholder = "https://"
  field.value = address
  label.append(field)
  form.append(label, addButton("Set link", "submit"))
  if (address) form.append(addButton("Remove link", "button", "remove"))
  form.append(addButton("Cancel", "button", "cancel"))
  return form
}

/** @param {string} words @param {"submit" | "button"} type @param {string} [what] */
function addButton(words, type, what) {
  const button = document.createElement("button")
  button.type = type
  button.className = "toolbar-button"
  button.textContent = words
  if (what) button.dataset.link = what
  return button
}

/** An address as people write it. @param {string} typed */
function complete(typed) {
  const address = typed.trim()
  if (!address || /^[a-z][a-z0-9+.-]*:/i.test(address)) return address
  return /^[^\s/@]+@[^\s/@]+$/.test(address) ? `mailto:${address}` : `https://${address.replace(/^\/+/, "")}`
}

/** @param {HTMLInputElement} field */
function refuse(field) {
  field.setCustomValidity("A link begins with https://, http:// or mailto:.")
  field.reportValidity()
}

/** @param {Editor} editor @param {string} href */
function setLink(editor, href) {
  const chain = editor.chain().extendMarkRange("link")
  if (!href) return chain.unsetLink().run()
  if (!editor.state.selection.empty || editor.isActive("link")) return chain.setLink({ href }).run()
  const text = href.replace(/^mailto:/i, "")
  return editor.commands.insertContent([{ type: "text", text, marks: [{ type: "link", attrs: { href } }] }, { type: "text", text: " " }])
}
